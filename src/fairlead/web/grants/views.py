"""The pages about roles: who holds which, proposing, the second yes, ending; one's own; one's coach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.access import fresh
from fairlead.web.grants import actions, forms, queries
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

FORM = ["GET", "HEAD", "POST"]


@require_safe
@login_required
def roles(request: MemberRequest) -> HttpResponseBase:
    """Show who holds which role, what waits, what is over."""
    person = access.require(request.user, "grant.view")
    shown = {"lines": queries.everybodys(person), "may_propose": access.may(request.user, "grant.propose")}
    return render(request, "grants/roles.html", shown)


@require_safe
@login_required
def mine(request: MemberRequest) -> HttpResponseBase:
    """Show one's own roles and one's coach."""
    person = access.require(request.user, "grant.own")
    shown = {
        "lines": queries.own(person),
        "person": person,
        "may_view": access.may(request.user, "grant.view"),
        "in_chart": access.may(request.user, "roster.view"),
    }
    return render(request, "grants/mine.html", shown)


@require_http_methods(FORM)
@login_required
@fresh(needs="grant.propose")
def propose(request: MemberRequest) -> HttpResponseBase:
    """Propose somebody for a role."""
    person = access.require(request.user, "grant.propose")
    form = forms.ProposeForm(request.POST if request.method == "POST" else None, actor=person)
    if request.method == "POST" and form.is_valid() and _proposed(person, form):
        messages.success(request, "Proposed. It counts once a second person has said yes.")
        return redirect("grants:roles")
    return render(request, "grants/propose.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(FORM)
@login_required
def coach(request: MemberRequest) -> HttpResponseBase:
    """Ask somebody to be one's coach."""
    person = access.require(request.user, "roster.view")
    form = forms.CoachForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.choose_coach(person, coach=said["person"], until=said["until"], reason=said["reason"])
        except actions.Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Asked. It counts once your coach has said yes.")
            return redirect("grants:mine")
    return render(request, "grants/coach.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_required
@fresh(needs="grant.confirm")
def confirm(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say the second yes."""
    grant = access.get(request.user, "grant.confirm", pk)
    _do(request, actions.confirm, grant, "Confirmed. The role counts from its first day.")
    return redirect("grants:roles")


@require_POST
@login_required
def agree(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say yes to being somebody's coach."""
    grant = access.get(request.user, "grant.own", pk)
    _do(request, actions.agree, grant, "You are their coach now. Either of you ends it at any time.")
    return redirect("grants:mine")


@require_POST
@login_required
def decline(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say no to a proposal, or take one's own back."""
    grant = access.get(request.user, "grant.end", pk)
    _do(request, actions.decline, grant, "Declined. The role does not begin.")
    return redirect(_back(request))


@require_http_methods(FORM)
@login_required
@fresh
def end(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """End a role at once or on a day."""
    grant = access.get(request.user, "grant.end", pk)
    form = forms.EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if said["when"] == "now":
                actions.end(request.user.person, grant)
            else:
                actions.end_on(request.user.person, grant, said["day"])
        except actions.Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Done. Whoever holds it finds it in their record.")
            return redirect(_back(request))
    return render(
        request, "grants/end.html", {"form": form, "grant": grant}, status=422 if form.errors else 200
    )


def _proposed(person: Any, form: forms.ProposeForm) -> bool:
    said = form.cleaned_data
    try:
        actions.propose(
            person,
            person=said["person"],
            role=said["role"],
            until=said["until"],
            reason=said["reason"],
            unit=UUID(said["unit"]) if said["unit"] else None,
        )
    except actions.Refused as no:
        form.add_error(None, str(no))
        return False
    return True


def _do(request: MemberRequest, action: Callable[..., Any], grant: Any, done: str) -> None:
    with telling(request, done):
        action(request.user.person, grant)


def _back(request: MemberRequest) -> str:
    return "grants:roles" if access.may(request.user, "grant.view") else "grants:mine"
