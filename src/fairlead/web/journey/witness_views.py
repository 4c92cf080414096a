"""A witness: asked about one thing, sees that thing alone, answers with one click, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, finding, trail
from fairlead.web.journey import forms, snapshots, witness_actions, witness_queries
from fairlead.web.journey.digesting import digest
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@show_or_send
@login_required
def ask(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show exactly what a witness would see, find one, and ask them."""
    found = access.get(request.user, "accomplishment.view", pk)
    person = request.user.person
    shown = snapshots.shown(found)
    form = forms.FindForm(request.POST if request.method == "POST" else None)
    page = {"entry": found, "copy": shown, "digest": digest(shown), "form": form}
    page |= {"near": witness_queries.near(person), "days": witness_actions.STANDS_FOR.days}
    if form.is_bound and form.is_valid():
        if form.cleaned_data["step"] != "ask":
            if finding.too_many_searches(person, "journey"):
                form.add_error("who", "That were many searches. Try again in an hour.")
            else:
                page |= {"matches": finding.find(person, form.cleaned_data["who"]), "searched": True}
        elif _asked(request, page):
            return redirect("journey:entry", pk=pk)
    return render(request, "journey/witness_ask.html", page, status=422 if form.errors else 200)


def _asked(request: MemberRequest, page: dict[str, object]) -> bool:
    form, person = page["form"], request.user.person
    assert isinstance(form, forms.FindForm)  # noqa: S101 - put there by the caller
    witness = finding.chosen(person, form.cleaned_data["chosen"])
    if witness is None:
        form.add_error("who", "Look for somebody, and choose one of those found.")
        return False
    shown = page["copy"] if form.cleaned_data["digest"] == page["digest"] else {}
    assert isinstance(shown, dict)  # noqa: S101 - as above
    try:
        witness_actions.ask(actor=person, entry=page["entry"], witness=witness, seen=shown)  # type: ignore[arg-type]
    except Refused as no:
        form.add_error(None, str(no))
        return False
    # A message waits in the session, which is not sealed: it names nobody.
    messages.success(request, "Asked. They see this one thing under Today, and were sent a link by mail.")
    return True


@require_safe
@login_required
def witness(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show the one thing to the witness, and to its owner as the witness sees it."""
    found = access.get(request.user, "witness.view", pk)
    person = request.user.person
    trail.saw(person, found, subject=found.owner)
    page = {"found": found, "copy": found.copy, "digest": digest(found.copy)}
    return render(request, "journey/witness.html", page | {"mine": found.owner_id == person.pk})


@require_POST
@login_required
def confirm(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say that one saw it."""
    found = access.get(request.user, "witness.view", pk)
    form = forms.DigestForm(request.POST)
    read = found.copy if form.is_valid() and form.cleaned_data["digest"] == digest(found.copy) else {}
    with telling(request, "Thank you. Who asked you sees that you saw it."):
        witness_actions.confirm(actor=request.user.person, found=found, seen=read)
    return redirect("today")


@require_POST
@login_required
def did_not_see(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say that one did not see it."""
    found = access.get(request.user, "witness.view", pk)
    with telling(request, "Thank you. Who asked you reads that you did not see this, and nothing else."):
        witness_actions.did_not_see(actor=request.user.person, found=found)
    return redirect("today")


@require_POST
@login_required
def withdraw(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take it back, as the one or the other."""
    found = access.get(request.user, "witness.view", pk)
    mine, entry = found.owner_id == request.user.person.pk, found.entry_id
    with telling(request, "Taken back."):
        witness_actions.withdraw(actor=request.user.person, found=found)
    return redirect("journey:entry", pk=entry) if mine else redirect("today")
