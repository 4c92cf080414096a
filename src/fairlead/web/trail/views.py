"""Pages of the record: one's own, the auditor's, the technical one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairlead.web import access
from fairlead.web.trail import queries

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def looked(request: MemberRequest) -> HttpResponseBase:
    """Say who looked at the person's data, in words."""
    person = access.require(request.user, "trail.own")
    shown = {
        "page": queries.looked(person, _number(request)),
        "may_check": access.may(request.user, "trail.read"),
        "may_run": access.may(request.user, "trail.technical"),
    }
    return render(request, "trail/looked.html", shown)


@require_safe
@login_required
def mine(request: MemberRequest) -> HttpResponseBase:
    """Say what the person did."""
    person = access.require(request.user, "trail.own")
    return render(request, "trail/mine.html", {"page": queries.own_doings(person, _number(request))})


@require_safe
@login_required
def metadata(request: MemberRequest) -> HttpResponseBase:
    """Show auditors and the works council when what was done to which kind of object, and how often."""
    access.require(request.user, "trail.read")
    try:
        before = date.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        before = None
    return render(request, "trail/metadata.html", {"record": queries.metadata(before)})


@require_safe
@login_required
def technical(request: MemberRequest) -> HttpResponseBase:
    """Show system administrators how the record is, and nothing of what is in it."""
    access.require(request.user, "trail.technical")
    return render(request, "trail/technical.html", {"record": queries.technical()})


def _number(request: MemberRequest) -> int | None:
    """Read the line before which a page begins; anything else is the first page."""
    asked = request.GET.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 18 else None
