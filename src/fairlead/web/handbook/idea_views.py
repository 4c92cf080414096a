"""Ideas between units: found, shared, answered, tried, followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.handbook import forms, ideas, queries
from fairlead.web.handbook.forms import AnswerForm
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponseBase:
    """List ideas: all, of one unit, or those that hold what was asked for."""
    person = access.require(request.user, "idea.read")
    asked = request.GET.get("q", "")[:100]
    units = queries.units()
    unit = next((one for one in units if str(one.pk) == request.GET.get("unit")), None)
    follows = queries.followed(person)
    many = bool(asked.strip()) and queries.too_many_searches(person)
    shown = {
        "lines": queries.ideas_for(request.user, person, unit=unit, asked="" if many else asked),
        "many": many,
        "units": units,
        "unit": unit,
        "asked": asked,
        "follows": follows,
        "followed": unit in follows,
        "writes": access.may(request.user, "idea.write"),
    }
    return render(request, "handbook/ideas.html", shown)


@show_or_send
@login_required
def share(request: MemberRequest) -> HttpResponseBase:
    """Write an idea; it is shown at once, under one's name."""
    person = access.require(request.user, "idea.write")
    form = forms.idea_form(request.POST if request.method == "POST" else None)

    def send(said: dict[str, Any]) -> str:
        made = ideas.share(
            person,
            title=said["title"],
            text=said["text"],
            effect=said["effect"],
            for_units=form.chosen(),
        )
        return str(made.pk)

    return _written(request, form, send, "Shared. Everybody in the organization chart can read it.", {})


@show_or_send
@login_required
def change(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say an idea of one's own in other words, or no longer offer it."""
    found = _own_shown(request, pk)
    form = forms.change_form(request.POST if request.method == "POST" else None, found)

    def send(said: dict[str, Any]) -> str:
        ideas.change(
            request.user.person,
            idea=found,
            title=said["title"],
            text=said["text"],
            effect=said["effect"],
            for_units=form.chosen(),
            is_open=said["is_open"],
        )
        return str(found.pk)

    return _written(request, form, send, "Changed.", {"idea": found})


def _own_shown(request: MemberRequest, pk: UUID) -> Any:
    """Give one's own idea; what was taken away is not changed any more."""
    found = access.get(request.user, "idea.own", pk)
    if found.state == found.State.HIDDEN:
        raise Http404(access.NOT_HERE)
    return found


def _written(
    request: MemberRequest,
    form: forms.IdeaForm,
    send: Callable[[dict[str, Any]], str],
    done: str,
    more: dict[str, Any],
) -> HttpResponseBase:
    status = 200
    if request.method == "POST":
        if form.is_valid() and not form.looks_over(named=True):
            try:
                number = send(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, done)
                return redirect("handbook:idea", number)
        status = 422 if form.errors else 200
    return render(request, "handbook/write_idea.html", more | {"form": form}, status=status)


@show_or_send
@login_required
def idea(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one idea with what came of it, and answer it."""
    found = access.get(request.user, "idea.read", pk)
    person = request.user.person
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"tried": ""})
    status = 200
    if request.method == "POST":
        access.require(request.user, "idea.write")
        if form.is_valid() and not form.looks_over(named=True):
            with telling(request, "Your answer is there."):
                ideas.answer(
                    person, idea=found, text=form.cleaned_data["text"], tried=form.cleaned_data["tried"]
                )
            return redirect("handbook:idea", found.pk)
        status = 422 if form.errors else 200
    shown = {
        "form": form,
        "idea": found,
        "line": queries.idea_line(found, person),
        "answers": queries.answers_to(request.user, person, found),
        "writes": access.may(request.user, "idea.write"),
    }
    return render(request, "handbook/idea.html", shown, status=status)


@show_or_send
@login_required
def withdraw(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Ask, and then take back an idea of one's own with the answers to it."""
    found = access.get(request.user, "idea.own", pk)
    if request.method != "POST":
        return render(request, "handbook/withdraw_idea.html", {"idea": found})
    with telling(request, "Taken back. The idea and the answers to it are deleted."):
        ideas.withdraw(request.user.person, idea=found)
    return redirect("handbook:ideas")


@require_POST
@login_required
def withdraw_answer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take an answer of one's own back."""
    found = access.get(request.user, "idea_answer.own", pk)
    number = found.idea_id
    with telling(request, "Taken back. Your answer is deleted."):
        ideas.withdraw_answer(request.user.person, answer=found)
    return redirect("handbook:idea", number)


@require_POST
@login_required
def follow(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Begin or stop to hear of a unit's ideas."""
    person = access.require(request.user, "idea.read")
    unit = access.get(request.user, "roster.unit", pk)
    try:
        follows = ideas.follow(person, unit=unit)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        says = f"New ideas of {unit} stand under Today." if follows else f"You no longer follow {unit}."
        messages.success(request, says)
    return redirect(f"{reverse('handbook:ideas')}?unit={unit.pk}")
