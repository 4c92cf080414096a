"""The committee: conflicts and recusals, who rates whom, and one's own ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fairlead.web import access, trail
from fairlead.web.access import fresh
from fairlead.web.promotions import (
    assigning,
    committee,
    forms,
    queries,
    rater_pages,
    rating,
    taken_out_queries,
)
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_POST
@login_required
def conflict(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say whether one has a conflict of interest in a round."""
    seat = access.get(request.user, "committee_seat.own", pk)
    form = forms.ConflictForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("promotions:round", pk=seat.round_id)
    with telling(request, "Said. You can say it anew at any time."):
        committee.state_conflict(request.user.person, seat, conflict=form.cleaned_data["conflict"])
    return redirect("promotions:round", pk=seat.round_id)


@show_or_send
@login_required
def raters(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show who rates whom and whether that can be compared; assign, or propose anew."""
    one, person = access.get(request.user, "round.assign", pk), request.user.person
    if request.method == "POST":
        anew = request.POST.get("step") == "anew"
        with telling(request, "Taken back; assign anew." if anew else "Assigned."):
            if anew:
                assigning.shuffle(person, one)
            else:
                assigning.assign_raters(person, one)
        return redirect("promotions:raters", pk=pk)
    page = rater_pages.raters_page(person, one)
    rater_pages.note_conflicts_seen(person, page.conflicts)
    return render(request, "promotions/raters.html", {"page": page, "round": one})


@require_POST
@login_required
@fresh(needs="assignment.end")
def end_assignment(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """End one assignment."""
    found = access.get(request.user, "assignment.end", pk)
    with telling(request, "Ended."):
        assigning.end_assignment(request.user.person, found, because=request.POST.get("because", ""))
    return redirect("promotions:raters", pk=found.nomination.round_id)


@show_or_send
@login_required
def rate(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Rate a case alone: every criterion on one page, kept as far as it is filled in."""
    found, person = access.get(request.user, "case.rate", pk), request.user.person
    trail.saw(person, found, subject=found.candidate)
    given = queries.own_ratings(person, found)
    policy = queries.policy(found.round)
    pairs = []
    for asked in queries.asked_in(found):
        name = asked.criterion.id
        form = forms.RatingForm(_sent(request, name), policy=policy, criterion=name, given=given.get(name))
        pairs.append((asked, form))
    if request.method == "POST" and _keep(request, found, [form for _asked, form in pairs]):
        return redirect("promotions:rate", pk=pk)
    return _ratings(request, found, pairs)


def _sent(request: MemberRequest, criterion: str) -> Any:
    """Give what was sent, where anything was filled in for this criterion."""
    filled = any(key.startswith(f"{criterion}-") and value for key, value in request.POST.items())
    return request.POST if filled else None


def _keep(request: MemberRequest, found: Any, filled: list[forms.RatingForm]) -> bool:
    """Keep every rating that is right; say whether all that were sent are."""
    fine, kept = True, 0
    for form in filled:
        if not form.is_bound:
            continue
        if not form.is_valid():
            fine = False
            continue
        try:
            rating.rate(request.user.person, found, form.given())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            fine = False
        else:
            kept += 1
    if fine and kept:
        messages.success(request, "Kept. Nobody else reads it before all ratings are in.")
    return fine


def _wrong(pairs: list[Any]) -> list[dict[str, str]]:
    """Give what is wrong, each with the criterion's name and the way to its field."""
    found = []
    for number, (asked, form) in enumerate(pairs, 1):
        if not form.is_bound:
            continue
        title = asked.criterion.title
        found += [{"title": title, "at": f"c{number}", "says": str(says)} for says in form.non_field_errors()]
        found += [
            {"title": title, "at": field.id_for_label or field.auto_id, "says": str(says)}
            for field in form
            for says in field.errors
        ]
    return found


def _ratings(request: MemberRequest, found: Any, pairs: list[Any]) -> HttpResponse:
    person = request.user.person
    rated = queries.own_ratings(person, found)
    wrong = _wrong(pairs)
    shown = {
        "wrong": wrong,
        "rated": bool(rated),
        "unkept": len({one["title"] for one in wrong}),
        "case": found,
        "page": queries.case_page(person, found),
        "pairs": pairs,
        "mine": queries.assignment(person, found),
        "left": [
            (number, asked.criterion.title)
            for number, (asked, _form) in enumerate(pairs, 1)
            if asked.criterion.id not in rated
        ],
    }
    return render(request, "promotions/rate.html", shown, status=422 if wrong else 200)


@require_POST
@login_required
def hand_in(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Make one's ratings of a case final."""
    found = access.get(request.user, "case.rate", pk)
    try:
        rating.hand_in(request.user.person, found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("promotions:rate", pk=pk)
    messages.success(request, "Handed in. Your ratings are final until calibration.")
    return redirect("promotions:round", pk=found.round_id)


@show_or_send
@login_required
@fresh(needs="case.recuse")
def recuse(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Record that somebody has no part in a case."""
    found, person = access.get(request.user, "case.recuse", pk), request.user.person
    people, told = taken_out_queries.may_be_recused(person, found), taken_out_queries.recusal_told(found)
    who = request.GET.get("person", "")[:36]
    form = forms.RecuseForm(sent(request), people=people, me=person, told=told, who=who)
    if form.is_bound and form.is_valid():
        chosen = form.people[form.cleaned_data["person"]]
        try:
            committee.recuse(person, found, chosen, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded.")
            return redirect("promotions:round", pk=found.round_id)
    shown = {"form": form, "case": found, "people": people, "stage": taken_out_queries.recusal_stage(found)}
    return render(request, "promotions/recuse.html", shown, status=422 if form.errors else 200)
