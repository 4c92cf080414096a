"""The committee: seats past and present, ending one, and one rater more by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from fairlead.web import access, trail
from fairlead.web.access import fresh
from fairlead.web.promotions import assigning, committee_forms, committee_pages, rater_pages
from fairlead.web.promotions import committee as seats
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def committee(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """List who sits in the committee of a round and who left it."""
    one, person = access.get(request.user, "round.see", pk), request.user.person
    page = committee_pages.committee_page(person, one)
    committee_pages.note_seen(person, page)
    return render(request, "promotions/committee.html", {"page": page, "round": one})


@show_or_send
@login_required
@fresh(needs="committee_seat.end")
def end_seat(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what ends with a seat, ask why, end it."""
    seat, person = access.get(request.user, "committee_seat.end", pk), request.user.person
    form = committee_forms.EndSeatForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            seats.leave(person, seat, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "The seat has ended. What was handed in stands.")
            return redirect("promotions:committee", pk=seat.round_id)
    if seat.person_id != person.pk and seat.person is not None:
        trail.saw(person, seat, subject=seat.person)
    shown = {
        "form": form,
        "page": committee_pages.ending(person, seat),
        "seat": seat,
        "round": seat.round,
    }
    return render(request, "promotions/end_seat.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def add_rater(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Ask who else rates which case, show what that changes, then assign."""
    one, person = access.get(request.user, "round.assign", pk), request.user.person
    cases, raters = committee_pages.can_be_added(person, one)
    given = request.POST if request.method == "POST" else request.GET
    form = committee_forms.AddRaterForm(
        given if "rater" in given or request.method == "POST" else None,
        cases=cases,
        raters=raters,
        case=request.GET.get("case", "")[:36],
    )
    more = None
    if form.is_bound and form.is_valid():
        case, rater = form.chosen
        if says := committee_pages.refusal(case, rater):
            form.add_error("rater", says)
        elif request.method == "POST":
            try:
                assigning.add_rater(person, case, rater)
            except Refused as refusal:
                form.add_error("rater", str(refusal))
            else:
                messages.success(request, "Assigned.")
                return redirect("promotions:raters", pk=pk)
        if not form.errors:
            more = committee_pages.one_more(case, rater)
    shown = {
        "form": form,
        "more": more,
        "round": one,
        "cases": cases,
        "why_not": rater_pages.why_not(person, one),
    }
    return render(request, "promotions/add_rater.html", shown, status=422 if form.errors else 200)
