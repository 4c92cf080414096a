"""Rounds: the list, a round before its opening, a round while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.access import fresh
from fairlead.web.promotions import forms, letters, peers_queries, queries, rater_pages, rounds
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

EARLY = "Why it ends before its announced last day. Everybody who reads this round reads it."

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: MemberRequest) -> Any:
    """Give what a form sent, also when it sent nothing; ``None`` where the page is only shown."""
    return request.POST if request.method == "POST" else None


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponseBase:
    """List the rounds, what waits for the reader, and how to begin one."""
    person = access.require(request.user, "round.see")
    found = access.visible(request.user, "round.see")
    shown = {
        "rounds": queries.lines(found),
        "waiting": queries.waits_for(person),
        "own": queries.own_cases(person),
        "said": peers_queries.said_by(person),
        "runs": access.may(request.user, "round.run"),
        "sees_rates": access.may(request.user, "impact.see"),
        "signed": bool(queries.signed_frameworks()),
        "mail": letters.wants(person),
    }
    return render(request, "promotions/index.html", shown)


@show_or_send
@login_required
def new(request: MemberRequest) -> HttpResponseBase:
    """Begin a round."""
    person = access.require(request.user, "round.run")
    form = forms.RoundForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            made = rounds.begin(person, rounds.Wanted(**form.wanted()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:round", pk=made.pk)
    return _form(request, form)


@show_or_send
@login_required
def change(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change a round that is being prepared."""
    one = access.get(request.user, "round.run", pk)
    if one.state != "draft":
        return redirect("promotions:round", pk=pk)
    form = forms.RoundForm(sent(request), draft=one)
    if form.is_bound and form.is_valid():
        try:
            rounds.change(request.user.person, one, rounds.Wanted(**form.wanted()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:round", pk=pk)
    return _form(request, form, one)


def _form(request: MemberRequest, form: forms.RoundForm, one: Any = None) -> HttpResponse:
    shown = {"form": form, "round": one, "signed": form.signed}
    return render(request, "promotions/round_form.html", shown, status=422 if form.errors else 200)


@require_safe
@login_required
def one_round(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show a round: to everybody what it stands on, to each what is theirs in it."""
    one = access.get(request.user, "round.see", pk)
    return _round(request, one)


def _round(request: MemberRequest, one: Any, **more: Any) -> HttpResponse:
    page = queries.round_page(request.user.person, one)
    draft = page.runs and one.state == "draft"
    if page.assigns and not draft:
        rater_pages.note_conflicts_seen(request.user.person, page.seats)
    shown = {
        "page": page,
        "round": one,
        "opening_form": more.get("opening_form") or (forms.OpeningForm(one=one) if draft else None),
        "seat_form": more.get("seat_form") or (forms.SeatForm(one=one) if draft else None),
        "early_form": more.get("early_form") or forms.ReasonForm(read_by=EARLY),
        "conflict_form": more.get("conflict_form") or forms.ConflictForm(),
    }
    name = "promotions/round_draft.html" if draft else "promotions/round.html"
    return render(request, name, shown, status=422 if more else 200)


@require_POST
@login_required
def add_opening(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Add an opening to a draft."""
    one = access.get(request.user, "round.run", pk)
    form = forms.OpeningForm(request.POST, one=one)
    if form.is_valid():
        try:
            rounds.add_opening(request.user.person, one, **form.values())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:round", pk=pk)
    return _round(request, one, opening_form=form)


@require_POST
@login_required
def remove_opening(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take an opening out of a draft."""
    found = access.get(request.user, "opening.run", pk)
    with telling(request, "Removed."):
        rounds.remove_opening(request.user.person, found)
    return redirect("promotions:round", pk=found.round_id)


@require_POST
@login_required
def give_seat(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Give somebody a seat in the committee of a draft."""
    one = access.get(request.user, "round.run", pk)
    form = forms.SeatForm(request.POST, one=one)
    if form.is_valid():
        try:
            rounds.give_seat(request.user.person, one, form.chosen, form.cleaned_data["part"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:round", pk=pk)
    return _round(request, one, seat_form=form)


@require_POST
@login_required
def take_seat(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take somebody out of the committee of a draft."""
    found = access.get(request.user, "committee_seat.run", pk)
    with telling(request, "Removed."):
        rounds.take_seat(request.user.person, found)
    return redirect("promotions:round", pk=found.round_id)


@require_POST
@login_required
@fresh(needs="round.run")
def open_round(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Open a round: from now on nothing of what it stands on changes."""
    one = access.get(request.user, "round.run", pk)
    with telling(request, "Opened. What it stands on is fixed from now on."):
        rounds.open_round(request.user.person, one, seen=request.POST.get("seen", ""))
    return redirect("promotions:round", pk=pk)


@require_POST
@login_required
@fresh(needs="round.assign")
def go_on(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take a round to its next phase."""
    one = access.get(request.user, "round.assign", pk)
    form, verb = forms.ReasonForm(request.POST, read_by=EARLY), request.POST.get("verb", "")
    said = form.cleaned_data.get("reason", "") if form.is_valid() else ""
    try:
        rounds.go_on(request.user.person, one, verb, reason=said)
    except Refused as refusal:
        if "reason" in request.POST:
            if not form.errors:
                form.add_error("reason", str(refusal))
            return _round(request, access.get(request.user, "round.assign", pk), early_form=form)
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The round has gone on.")
    return redirect("promotions:round", pk=pk)


@show_or_send
@login_required
@fresh(needs="round.run")
def cancel(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Ask why, then end a round without decisions."""
    one = access.get(request.user, "round.run", pk)
    form = forms.ReasonForm(sent(request), read_by="Everybody who reads the round reads it.")
    if form.is_bound and form.is_valid():
        try:
            rounds.cancel(request.user.person, one, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            return redirect("promotions:round", pk=pk)
    shown = {"form": form, "round": one}
    return render(request, "promotions/cancel.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def delete(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete a round that is being prepared."""
    one = access.get(request.user, "round.run", pk)
    try:
        rounds.delete(request.user.person, one)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("promotions:round", pk=pk)
    messages.success(request, "Deleted.")
    return redirect("promotions:index")
