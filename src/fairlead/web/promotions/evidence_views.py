"""Evidence of a case: added by hand, changed by who put it in, taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fairlead.web import access, trail
from fairlead.web.promotions import cases, queries
from fairlead.web.promotions.evidence_forms import EvidenceForm
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest
    from fairlead.web.promotions.models import CaseEvidence, Nomination


@show_or_send
@login_required
def evidence(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Add a piece of evidence."""
    found, person = access.get(request.user, "case.write", pk), request.user.person
    trail.saw(person, found, subject=found.candidate)
    form = EvidenceForm(sent(request), case=found, criterion=request.GET.get("criterion", "")[:64])
    if form.is_bound and form.is_valid():
        try:
            cases.add_evidence(person, found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:case", pk=pk)
    return _form(request, form, found)


@show_or_send
@login_required
def change_evidence(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change a piece of evidence that one put in oneself."""
    piece, person = access.get(request.user, "evidence.write", pk), request.user.person
    if piece.added_by_id != person.pk:
        raise Http404(access.NOT_HERE)
    found = piece.nomination
    trail.saw(person, found, subject=found.candidate)
    form = EvidenceForm(sent(request), case=found, piece=piece)
    if form.is_bound and form.is_valid():
        try:
            cases.change_evidence(person, piece, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:case", pk=found.pk)
    return _form(request, form, found, piece)


def _form(
    request: MemberRequest, form: EvidenceForm, case: Nomination, piece: CaseEvidence | None = None
) -> HttpResponse:
    shown = {"form": form, "case": case, "asked": queries.asked_in(case), "piece": piece}
    return render(request, "promotions/evidence.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def remove_evidence(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take a piece of evidence out."""
    piece = access.get(request.user, "evidence.write", pk)
    with telling(request, "Removed."):
        cases.remove_evidence(request.user.person, piece)
    return redirect("promotions:case", pk=piece.nomination_id)
