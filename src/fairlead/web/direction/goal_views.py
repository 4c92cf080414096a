"""The page of the Why and the promotion goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.web import access
from fairlead.web.direction import goal_actions, goal_forms, goal_queries
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


KEPT: Final = "Your Why is kept. Only you see it, unless you show it to your coach."
TAKEN_AWAY: Final = "Your Why has been taken away. A goal can be opened when one stands here again."


@require_safe
@login_required
def goals(request: MemberRequest) -> HttpResponseBase:
    """Show the Why, and the goals that stand on it."""
    return _page(request)


def _page(
    request: MemberRequest,
    *,
    why: goal_forms.WhyForm | None = None,
    goal: goal_forms.GoalForm | None = None,
    closing: tuple[UUID, goal_forms.CloseForm] | None = None,
    refusal: str = "",
) -> HttpResponseBase:
    found = goal_queries.goals(request.user.person)
    shown = {
        "found": found,
        "why_form": why or goal_forms.WhyForm(initial={"why": found.why}),
        "goal_form": goal or goal_forms.GoalForm(),
        "close_form": closing[1] if closing else goal_forms.CloseForm(),
        "closing": closing[0] if closing else None,
        "prompts": goal_queries.PROMPTS,
        "refusal": refusal,
    }
    wrong = bool(refusal or closing or (why and why.errors) or (goal and goal.errors))
    return render(request, "direction/goal_page.html", shown, status=422 if wrong else 200)


@require_POST
@login_required
def keep_why(request: MemberRequest) -> HttpResponseBase:
    """Keep the Why."""
    form = goal_forms.WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, why=form)
    why = form.cleaned_data["why"]
    try:
        goal_actions.keep_why(actor=request.user.person, why=why)
    except Refused as refusal:
        form.add_error("why", str(refusal))
        return _page(request, why=form)
    messages.success(request, KEPT if why.strip() else TAKEN_AWAY)
    return redirect("direction:goals")


@require_POST
@login_required
def open_goal(request: MemberRequest) -> HttpResponseBase:
    """Open a goal, where its Why stands."""
    form, person = goal_forms.GoalForm(request.POST), request.user.person
    if not form.is_valid():
        return _page(request, goal=form)
    why = goal_queries.goals(person).why
    try:
        goal_actions.open_goal(actor=person, text=form.cleaned_data["text"], why=why)
    except Refused as refusal:
        return _page(request, goal=form, refusal=str(refusal))
    return redirect("direction:goals")


@require_POST
@login_required
def close_goal(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Close a goal."""
    goal = access.get(request.user, "promotion_goal.view", pk)
    form = goal_forms.CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, closing=(goal.pk, form))
    goal_actions.close_goal(actor=request.user.person, goal=goal, because=form.cleaned_data["because"])
    return redirect("direction:goals")


@require_POST
@login_required
def open_again(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Open a closed goal again."""
    goal = access.get(request.user, "promotion_goal.view", pk)
    goal_actions.open_again(actor=request.user.person, goal=goal)
    return redirect("direction:goals")


@require_POST
@login_required
def delete_goal(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete a goal."""
    goal = access.get(request.user, "promotion_goal.view", pk)
    goal_actions.delete_goal(actor=request.user.person, goal=goal)
    messages.success(request, "The goal has been deleted.")
    return redirect("direction:goals")
