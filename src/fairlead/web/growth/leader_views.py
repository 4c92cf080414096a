"""Leaders I have had: what to keep, what never to repeat (rows 85, 118)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from fairlead.library.prompts import prompts
from fairlead.web import access
from fairlead.web.growth import leader_actions as actions
from fairlead.web.growth import leader_queries as queries
from fairlead.web.growth.leader_forms import LeaderForm
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@show_or_send
@login_required
def leaders(request: MemberRequest) -> HttpResponseBase:
    """Show the leaders and the rules that came of them, or write one down."""
    person = request.user.person
    form = LeaderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(person, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect("growth:leaders")
    found = queries.leaders(person)
    page = {
        "form": form,
        "leaders": found,
        "rules": queries.rules(found),
        "prompts": prompts().of("leaders"),
    }
    return render(request, "growth/leader_list.html", page, status=422 if form.errors else 200)


@show_or_send
@login_required
def leader(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change what is written of one leader."""
    found = access.get(request.user, "leader.view", pk)
    initial = {name: getattr(found, name) for name in LeaderForm.base_fields}
    form = LeaderForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change(request.user.person, leader=found, **form.cleaned_data)
        return redirect("growth:leaders")
    page = {"form": form, "leader": found, "prompts": prompts().of("leaders")}
    return render(request, "growth/leader_one.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def remove(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Remove one leader."""
    found = access.get(request.user, "leader.view", pk)
    actions.remove(request.user.person, leader=found)
    messages.success(request, "Removed.")
    return redirect("growth:leaders")
