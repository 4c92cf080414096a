"""The committee talks about a case: notes under a name, votes apart, their count beside the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.web import access, trail
from fairlead.web.promotions import conferring, conferring_forms, conferring_queries
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def talk(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what the committee notes about a case; to members their own vote and the count."""
    return _talk(request, access.get(request.user, "notes.see", pk))


def _talk(request: MemberRequest, case: Any, **more: Any) -> HttpResponse:
    person = request.user.person
    page = conferring_queries.page(person, case)
    conferring_queries.note_seen(person, case, page)
    shown = {
        "page": page,
        "case": case,
        "round": case.round,
        "note_form": more.get("note_form") or conferring_forms.NoteForm(),
        "vote_form": more.get("vote_form") or conferring_forms.VoteForm(mine=page.mine),
    }
    return render(request, "promotions/talk.html", shown, status=422 if more else 200)


@require_POST
@login_required
def note(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Note something about a case."""
    case = access.get(request.user, "notes.write", pk)
    form = conferring_forms.NoteForm(request.POST)
    if form.is_valid():
        try:
            conferring.note(request.user.person, case, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Noted, under your name.")
            return redirect("promotions:talk", pk=pk)
    return _talk(request, case, note_form=form)


@show_or_send
@login_required
def change_note(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change one's own note, or withdraw it."""
    found, person = access.get(request.user, "note.own", pk), request.user.person
    case = found.nomination
    if request.method == "POST" and request.POST.get("step") == "withdraw":
        with telling(request, "Withdrawn. It is gone for good."):
            conferring.withdraw_note(person, found)
        return redirect("promotions:talk", pk=case.pk)
    trail.saw(person, case, subject=case.candidate)
    form = conferring_forms.NoteForm(sent(request), initial={"text": found.text})
    if form.is_bound and form.is_valid():
        try:
            conferring.change_note(person, found, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Changed. Readers see that it was.")
            return redirect("promotions:talk", pk=case.pk)
    shown = {"form": form, "case": case, "round": case.round}
    return render(request, "promotions/note.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def vote(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Vote, take a vote back, or count the votes once all are in."""
    case, person = access.get(request.user, "vote.cast", pk), request.user.person
    step = request.POST.get("step", "")
    if step == "take-back":
        with telling(request, "Your vote is taken back; your notes stay."):
            conferring.take_vote_back(person, case)
        return redirect("promotions:talk", pk=pk)
    if step == "count":
        with telling(request, "Counted. The counts stand beside the decision, and decide nothing."):
            conferring.count(person, case)
        return redirect("promotions:talk", pk=pk)
    form = conferring_forms.VoteForm(request.POST, mine=None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            conferring.vote(person, case, said=said["said"], notes=said["notes"])
        except Refused as refusal:
            form.add_error("said", str(refusal))
        else:
            messages.success(request, "Kept. Nobody else reads it.")
            return redirect("promotions:talk", pk=pk)
    return _talk(request, case, vote_form=form)
