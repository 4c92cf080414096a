"""The page of people operations about My growth: rounded counts, and why there is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairlead.core.coarse_counts import RULE
from fairlead.web import access
from fairlead.web.growth import counting

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def counts(request: MemberRequest) -> HttpResponseBase:
    """Show how many had a skill open, finished one, or measured again, in the quarters that are over."""
    access.require(request.user, "growth.counts")
    found = counting.quarters()
    shown = {
        "quarters": found,
        "hidden": all(one.is_hidden for one in found),
        "silent": all(one.is_hidden or one.says_nothing for one in found),
        "rule": RULE,
    }
    return render(request, "growth/counts.html", shown)
