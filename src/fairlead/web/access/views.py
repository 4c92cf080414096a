"""The page "Who sees what", printed from the policy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairlead.web.access import printed
from fairlead.web.access.doors import require
from fairlead.web.access.relations import columns

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def who_sees_what(request: MemberRequest) -> HttpResponseBase:
    """Show every object, or every role, with what the reader is marked."""
    person = require(request.user, "settings.read")
    mine = columns(request.user, person)
    by_role = request.GET.get("by") == "role"
    shown = {
        "by_role": by_role,
        "parts": printed.by_role(mine) if by_role else printed.by_object(mine),
        "you_are": printed.names(mine),
    }
    return render(request, "access/who_sees_what.html", shown)
