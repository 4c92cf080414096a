"""Switching mail about rounds on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fairlead.web import access
from fairlead.web.promotions import letters
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_POST
@login_required
def mail(request: MemberRequest) -> HttpResponseBase:
    """Switch one's own mail about rounds on or off."""
    person = access.require(request.user, "round.see")
    wanted = request.POST.get("wanted") == "yes"
    with telling(request, "Mail about rounds is on." if wanted else "Mail about rounds is off."):
        letters.choose(person, wanted=wanted)
    return redirect("promotions:index")
