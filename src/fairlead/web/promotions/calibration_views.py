"""Calibration: raw and fair scores, one's own reading first, the ratings behind each, a rating changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fairlead.web import access, trail
from fairlead.web.access import NOT_HERE
from fairlead.web.promotions import (
    apart_queries,
    calibration,
    calibration_forms,
    calibration_queries,
    calibration_ratings,
    flags_queries,
)
from fairlead.web.promotions.facts import fits
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@show_or_send
@login_required
def calibrating(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show a round's ratings on one scale to its committee; let them be put there."""
    one, person = access.get(request.user, "round.calibration", pk), request.user.person
    if request.method == "POST":
        try:
            run = calibration.work_out(person, one)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("promotions:calibration", pk=pk)
        return redirect("runs:run", pk=run.pk)
    page = calibration_queries.page(person, one)
    calibration_queries.note_seen(person, page)
    taken = apart_queries.taken_from(person, one) if len(page.parts) > 1 else []
    return render(request, "promotions/calibration/round.html", {"page": page, "round": one, "taken": taken})


@show_or_send
@login_required
def mine(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show a rater how their own ratings compare; let them say that they have read it."""
    one, person = access.get(request.user, "severity.own", pk), request.user.person
    if request.method == "POST":
        with telling(request, "Noted that you have read it."):
            calibration.confirm(person, one)
        return redirect("promotions:calibration_mine", pk=pk)
    shown = {"page": calibration_queries.mine(person, one), "round": one}
    return render(request, "promotions/calibration/mine.html", shown)


@require_safe
@login_required
def of_rater(request: MemberRequest, pk: UUID, rater: UUID) -> HttpResponseBase:
    """Show the ratings behind one rater's reading."""
    one, person = access.get(request.user, "round.calibration", pk), request.user.person
    found = calibration_ratings.of_rater(person, one, rater)
    if found is None:
        raise Http404(NOT_HERE)
    name, lines = found
    calibration_ratings.note_ratings_seen(person, lines)
    shown = {"name": name, "lines": lines, "round": one}
    return render(request, "promotions/calibration/rater.html", shown)


@require_safe
@login_required
def of_case(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show the ratings of a case with what was changed and why."""
    case, person = access.get(request.user, "case.ratings", pk), request.user.person
    lines = calibration_ratings.of_case_lines(person, case)
    calibration_ratings.note_ratings_seen(person, lines)
    committee = calibration_queries.may_read_scores(person, case.round)
    shown = {
        "case": case,
        "round": case.round,
        "groups": calibration_ratings.grouped(lines),
        "score": calibration_queries.score_of(person, case),
        "stale": committee and not fits(case.round),
        "committee": committee,
        "safeguard": flags_queries.safeguard(case) if committee else None,
    }
    return render(request, "promotions/calibration/case.html", shown)


@show_or_send
@login_required
def revise(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change one's own rating, with a reason."""
    rating, person = access.get(request.user, "rating.revise", pk), request.user.person
    case = rating.assignment.nomination
    trail.saw(person, case, subject=case.candidate)
    form = calibration_forms.ReviseForm(
        request.POST if request.method == "POST" else None,
        scale=calibration_ratings.scale_of(case.round),
        now=rating.score,
        least=calibration_ratings.least_of(case.round),
    )
    if form.is_bound and form.is_valid():
        try:
            calibration.revise(person, rating, score=form.chosen, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("score" if form.chosen == rating.score else "reason", str(refusal))
        else:
            messages.success(request, "Changed. Before and after stand beside each other.")
            return redirect("promotions:calibration_mine", pk=case.round_id)
    title, seen = calibration_ratings.asked_words(rating)
    shown = {
        "form": form,
        "case": case,
        "round": case.round,
        "title": title,
        "seen": seen,
        "line": calibration_ratings.lines(person, [rating], case.round)[0],
    }
    return render(request, "promotions/calibration/revise.html", shown, status=422 if form.errors else 200)
