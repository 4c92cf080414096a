"""My growth: the one skill, the list behind it, and where the rest is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairlead.web.growth import queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """Show the one skill that is open, or what will stand here."""
    return render(request, "growth/index.html", {"home": queries.home(request.user.person)})
