"""Changing the organization by hand: people, positions, long leave, units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.roster import actions, forms, queries
from fairlead.web.roster.standing import ONE_DAY
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _form(
    request: MemberRequest,
    form: Form,
    does: Callable[[dict[str, Any]], str],
    *,
    of: Any = None,
    **shown: Any,
) -> HttpResponseBase:
    """Show a form, or do what it says and go to where ``does`` leads; a refusal stands above the form.

    ``of`` is what the form shows of somebody's, whose record then says who looked.
    """
    if of is not None and request.method != "POST":
        actions.look(request.user.person, of)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(does(form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    shown |= {"form": form, "units": queries.units()}
    return render(request, "roster/form.html", shown, status=422 if form.errors else 200)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(person: Any) -> str:
    return reverse("roster:person", args=[person.pk])


@show_or_send
@login_required
def add(request: MemberRequest) -> HttpResponseBase:
    """Add somebody."""
    me = access.require(request.user, "roster.edit")

    def does(said: dict[str, Any]) -> str:
        made, _ = actions.save_person(me, person=None, verb="add_person", **said)
        messages.success(request, f"{made} is in the roster.")
        return _page(made)

    form = forms.PersonForm(_sent(request))
    return _form(request, form, does, title="Add a person", verb="Add", back=reverse("roster:organization"))


@show_or_send
@login_required
def change(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change somebody from today on."""
    found = access.get(request.user, "roster.edit", pk)

    def does(said: dict[str, Any]) -> str:
        _, changed = actions.save_person(request.user.person, person=found, verb="change_person", **said)
        messages.success(request, "Saved." if changed else "Nothing was different, so nothing was changed.")
        return _page(found)

    form = forms.PersonForm(_sent(request), initial=queries.form_of(found), known=True)
    says = "A change of manager, unit, title, level or track counts from today; what was until now is kept."
    return _form(
        request, form, does, title=f"Change {found}", says=says, verb="Save", back=_page(found), of=found
    )


@show_or_send
@login_required
def mark_left(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Give somebody a last day."""
    found = access.get(request.user, "roster.edit", pk)

    def does(said: dict[str, Any]) -> str:
        actions.save_person(request.user.person, person=found, verb="mark_left", **said)
        messages.success(request, f"The last day of {found} is {said['left']:%-d %B %Y}.")
        return _page(found)

    form = forms.LeftForm(_sent(request), initial={"left": found.left, "left_reason": found.left_reason})
    says = "From the day after, they are in no chart, hold no role and cannot sign in. It can be undone."
    return _form(
        request,
        form,
        does,
        title=f"{found} leaves",
        says=says,
        verb="Mark as left",
        back=_page(found),
        of=found,
    )


@require_POST
@login_required
def bring_back(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take somebody's last day away again."""
    found = access.get(request.user, "roster.edit", pk)
    with telling(request, f"{found} is back."):
        actions.save_person(request.user.person, person=found, verb="bring_back", left=None, left_reason="")
    return redirect(_page(found))


@show_or_send
@login_required
def add_leave(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Add a long leave."""
    found = access.get(request.user, "roster.edit", pk)

    def does(said: dict[str, Any]) -> str:
        actions.save_leave(request.user.person, person=found, leave=None, **said)
        messages.success(request, "The leave is kept.")
        return _page(found)

    says = "Only the days are kept, never why."
    form = forms.LeaveForm(_sent(request))
    title = f"Long leave of {found}"
    return _form(request, form, does, title=title, says=says, verb="Save", back=_page(found))


@show_or_send
@login_required
def change_leave(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Correct a long leave."""
    leave = access.get(request.user, "roster.leave", pk)

    def does(said: dict[str, Any]) -> str:
        actions.save_leave(request.user.person, person=leave.person, leave=leave, **said)
        messages.success(request, "The leave is kept.")
        return _page(leave.person)

    last = leave.until - ONE_DAY if leave.until else None
    form = forms.LeaveForm(_sent(request), initial={"since": leave.since, "last": last})
    return _form(
        request,
        form,
        does,
        of=leave,
        title=f"Long leave of {leave.person}",
        says="Only the days are kept, never why.",
        verb="Save",
        back=_page(leave.person),
        remove=reverse("roster:remove_leave", args=[pk]),
        remove_says="Remove this leave",
    )


@require_POST
@login_required
def remove_leave(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Remove a leave that was not."""
    leave = access.get(request.user, "roster.leave", pk)
    person = leave.person
    actions.remove_leave(request.user.person, leave=leave)
    messages.success(request, "Removed. It can be undone under Changes.")
    return redirect(_page(person))


@show_or_send
@login_required
def correct(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Correct a stretch of time."""
    position = access.get(request.user, "roster.position", pk)

    def does(said: dict[str, Any]) -> str:
        last, unit, boss = said.pop("last"), said.pop("unit"), said.pop("manager_id")
        actions.correct_position(
            request.user.person,
            position=position,
            until=last + ONE_DAY if last else None,
            unit=queries.unit_with(unit),
            manager=queries.person_called(boss),
            **said,
        )
        messages.success(request, "Corrected.")
        return _page(position.person)

    form = forms.PositionForm(_sent(request), initial=queries.started(position))
    return _form(
        request,
        form,
        does,
        of=position,
        title=f"Correct a position of {position.person}",
        says="This rewrites what was. For a change from today on, change the person instead.",
        verb="Correct",
        back=_page(position.person),
        remove=reverse("roster:remove_position", args=[pk]),
        remove_says="Remove this position",
    )


@require_POST
@login_required
def remove_position(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Remove a stretch of time that never was."""
    position = access.get(request.user, "roster.position", pk)
    person = position.person
    with telling(request, "Removed. It can be undone under Changes."):
        actions.remove_position(request.user.person, position=position)
    return redirect(_page(person))


@show_or_send
@login_required
def add_unit(request: MemberRequest) -> HttpResponseBase:
    """Add a unit."""
    me = access.require(request.user, "roster.edit")

    def does(said: dict[str, Any]) -> str:
        said["parent"] = queries.unit_with(said["parent"])
        made = actions.save_unit(me, unit=None, **said)
        messages.success(request, f"{made} is kept.")
        return reverse("roster:unit", args=[made.pk])

    form = forms.UnitForm(_sent(request))
    return _form(request, form, does, title="Add a unit", verb="Add", back=reverse("roster:units"))


@show_or_send
@login_required
def change_unit(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Rename, move or close a unit."""
    me = access.require(request.user, "roster.edit")
    unit = access.get(request.user, "roster.unit", pk)

    def does(said: dict[str, Any]) -> str:
        said["parent"] = queries.unit_with(said["parent"])
        actions.save_unit(me, unit=unit, **said)
        messages.success(request, "Saved.")
        return reverse("roster:unit", args=[pk])

    start = {"name": unit.name, "parent": str(unit.parent_id or ""), "closed_on": unit.closed_on}
    form = forms.UnitForm(_sent(request), initial=start)
    back = reverse("roster:unit", args=[pk])
    return _form(request, form, does, title=f"Change {unit}", verb="Save", back=back)


@show_or_send
@login_required
def merge_unit(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Merge a unit into another one."""
    me = access.require(request.user, "roster.edit")
    unit = access.get(request.user, "roster.unit", pk)

    def does(said: dict[str, Any]) -> str:
        into = access.get(request.user, "roster.unit", said["into"])
        actions.merge_units(me, unit=unit, into=into, always=said["always"])
        messages.success(request, f"{unit} is part of {into} now. It can be undone under Changes.")
        return reverse("roster:unit", args=[into.pk])

    form = forms.MergeForm(_sent(request))
    says = "Everybody in it moves today, its parts with them, and it is closed."
    back = reverse("roster:unit", args=[pk])
    return _form(request, form, does, title=f"Merge {unit}", says=says, verb="Merge", back=back)


@require_safe
@login_required
def suggest(request: MemberRequest) -> HttpResponseBase:
    """Complete a manager's name."""
    access.require(request.user, "roster.edit")
    found = queries.suggestions(request.GET.get("manager_id", ""))
    return render(request, "roster/_suggestions.html", {"found": found})
