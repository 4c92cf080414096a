"""The list of frustrations, and what each rather is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from fairlead.core import skill_or_will
from fairlead.library import load
from fairlead.web import access, asked_in
from fairlead.web.direction import frustration_actions, frustration_forms, frustration_queries
from fairlead.web.direction.offer_views import sent, show_or_send
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def frustrations(request: MemberRequest) -> HttpResponseBase:
    """Show the list with its readings, or add to it (row 78)."""
    person = request.user.person
    form = frustration_forms.FrustrationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            frustration_actions.add(actor=person, **form.values())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext_noop("Added. What it rather is stands beside it."))
            return redirect("direction:frustrations")
    return _list(request, form, status=422 if form.errors else 200)


def _list(
    request: MemberRequest,
    form: frustration_forms.FrustrationForm,
    *,
    asked: tuple[int, frustration_forms.AssignForm] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Show the list; ``asked`` is the form beside one of its lines that needs another look."""
    found = frustration_queries.frustrations(request.user.person)
    assign = {
        line.number: frustration_forms.AssignForm(number=line.number)
        for side in found.sides
        for line in side.lines
        if line.teachable and not line.skill
    }
    if asked is not None:
        assign |= dict([asked])
    shown = {"form": form, "found": found, "assign": assign, "rule": asked_in.said(skill_or_will.RULE)}
    if asked is not None:
        shown["problem"] = asked[1]
    return render(request, "direction/frustration_list.html", shown, status=status)


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def frustration(request: MemberRequest, number: int) -> HttpResponseBase:
    """Change one frustration."""
    person = request.user.person
    entry = frustration_queries.frustration(person, number)
    if entry is None:
        raise Http404(access.NOT_HERE)
    form = frustration_forms.FrustrationForm(sent(request), initial=entry)
    if request.method == "POST" and form.is_valid():
        try:
            was = request.POST.get("was", "")
            frustration_actions.change(actor=person, number=number, was=was, **form.values())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("direction:frustrations")
    shown = {"form": form, "number": number, "mark": frustration_queries.mark(entry)}
    return render(request, "direction/frustration_change.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def remove_frustration(request: MemberRequest, number: int) -> HttpResponseBase:
    """Remove one, and offer to bring it back: its words stand in that page alone."""
    form = frustration_forms.MarkForm(request.POST)
    was = form.cleaned_data["was"] if form.is_valid() else ""
    try:
        gone = frustration_actions.remove(actor=request.user.person, number=number, was=was)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("direction:frustrations")
    return render(request, "direction/frustration_removed.html", {"entry": gone})


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def want_skill(request: MemberRequest, number: int) -> HttpResponseBase:
    """Put the skill behind one on the list of what to learn; where it is not assigned yet, ask which."""
    entry = frustration_queries.frustration(request.user.person, number)
    known = bool(entry and entry.get("about"))
    assign = frustration_forms.AssignForm(request.POST, number=number)
    form = frustration_forms.MarkForm(request.POST) if known or entry is None else assign
    if form is assign and not assign.is_valid() and "about" in assign.errors and "was" not in assign.errors:
        return _list(request, frustration_forms.FrustrationForm(), asked=(number, assign), status=422)
    said = form.cleaned_data if form.is_valid() else {}
    try:
        frustration_actions.want_skill(
            actor=request.user.person,
            number=number,
            was=said.get("was", ""),
            about=said.get("about", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext_noop("It is on your list of skills, under My growth."))
    return redirect("direction:frustrations")
