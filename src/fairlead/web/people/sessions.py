"""A session ends when nobody uses it, after a day's work in any case, and when its person has left."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

STARTED: Final = "started"
SEEN: Final = "seen"
EVERY: Final = 60
"""Seconds between two notes of when the session was seen: a write per minute, not per page."""


def limits(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Sign out after 30 minutes without a page or 12 hours in all (both can be set), and whoever left."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and _has_left(request):
            logout(request)
            return redirect("account_inactive")
        if request.user.is_authenticated and _is_over(request):
            logout(request)
            messages.info(
                request, "You were signed out because nothing happened for a while. Please sign in again."
            )
            return redirect_to_login(request.get_full_path())
        return get_response(request)

    return answer


def _has_left(request: HttpRequest) -> bool:
    person = getattr(request.user, "person", None)
    return person is not None and person.left is not None and person.left < timezone.localdate()


def _is_over(request: HttpRequest) -> bool:
    now = int(time.time())
    session = request.session
    started, seen = session.setdefault(STARTED, now), session.setdefault(SEEN, now)
    if now - started > settings.SESSION_ABSOLUTE:
        return True
    if now - seen > settings.SESSION_IDLE:
        return True
    # A page that asks for its progress every two seconds is not somebody at the keyboard.
    if now - seen >= EVERY and request.headers.get("HX-Trigger") != "progress":
        session[SEEN] = now
    return False
