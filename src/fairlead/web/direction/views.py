"""My direction: where somebody is with each part, what it comes to, and the one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web.direction import actions, home
from fairlead.web.direction.forms import SureForm
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponseBase:
    """Show where the person is with each part, what it comes to, and one next step."""
    return render(request, "direction/index.html", {"home": home.home(request.user.person)})


@require_POST
@login_required
def want_step(request: MemberRequest) -> HttpResponseBase:
    """Put the skill of the next step on the list of what to learn."""
    try:
        actions.want_step(actor=request.user.person)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is on your list of skills, under My growth.")
    return redirect("direction:index")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_everything(request: MemberRequest) -> HttpResponseBase:
    """Delete all of this room after a typed word."""
    form = SureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.delete_everything(actor=request.user.person)
        messages.success(request, "Everything in My direction has been deleted.")
        return redirect("direction:index")
    return render(request, "direction/delete.html", {"form": form}, status=422 if form.errors else 200)
