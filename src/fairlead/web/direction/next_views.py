"""Pages of the next level: a role, its week, its burdens, a talk with somebody who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from fairlead.library import load
from fairlead.web import access, asked_in
from fairlead.web.direction import next_actions, next_forms, next_queries
from fairlead.web.direction.offer_views import sent, show_or_send

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
@asked_in.speaks(load.direction_languages)
def next_level(request: MemberRequest) -> HttpResponseBase:
    """Show what the person found out about the next level, and what is still open."""
    person = request.user.person
    found = next_queries.next_level(person)
    shown: dict[str, Any] = {"found": found, "preview": next_queries.preview(person, found.code)}
    shown["want_words"] = (
        load.direction_texts(asked_in.now()).answer("would_want", found.would_want)
        if found.would_want
        else ""
    )
    return render(request, "direction/next_page.html", shown)


@require_safe
@login_required
@asked_in.speaks(load.direction_languages)
def next_role(request: MemberRequest) -> HttpResponseBase:
    """Find the role to look at."""
    form = next_forms.SearchForm(request.GET)
    wording = form.cleaned_data["q"].strip() if form.is_valid() else ""
    return render(request, "direction/next_role.html", next_queries.search(wording))


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def choose_next_role(request: MemberRequest) -> HttpResponseBase:
    """Look at this role from now on."""
    form = next_forms.RoleForm(request.POST)
    if not form.is_valid():
        raise Http404(access.NOT_HERE)
    role = form.cleaned_data["role"]
    if form.cleaned_data["code"]:
        role = next_queries.title_of(form.cleaned_data["code"])
        if not role:
            raise Http404(access.NOT_HERE)
    next_actions.keep(actor=request.user.person, role=role)
    return redirect("direction:next_level")


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def next_burdens(request: MemberRequest) -> HttpResponseBase:
    """Ask how the person would take each burden (row 14)."""
    person = request.user.person
    found = next_queries.next_level(person)
    form = next_forms.BurdensForm(sent(request), lines=found.burdens)
    if request.method == "POST" and form.is_valid():
        own = form.cleaned_data["own"]
        said = form.said() | ({own: "bearable"} if own else {})
        next_actions.keep_burdens(actor=person, said=said)
        if own:
            messages.success(
                request, gettext_noop("Added at the end, as bearable for now. Say how you would take it.")
            )
            return redirect("direction:next_burdens")
        return redirect("direction:next_level")
    shown = {"form": form, "role": found.role, "role_language": found.role_language}
    return render(request, "direction/next_burdens.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def next_talk(request: MemberRequest) -> HttpResponseBase:
    """Show the guide for a talk, and keep what was heard (row 62)."""
    person = request.user.person
    found = next_queries.next_level(person)
    initial = {"heard": found.heard, "would_want": found.would_want}
    form = next_forms.TalkForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        next_actions.keep(actor=person, **form.cleaned_data)
        messages.success(request, gettext_noop("Kept. Only you see it, unless you show it to your coach."))
        return redirect("direction:next_level")
    shown = {
        "form": form,
        "talk": load.direction_texts(asked_in.now()).talk,
        "role": found.role,
        "role_language": found.role_language,
    }
    return render(request, "direction/next_talk.html", shown, status=422 if form.errors else 200)
