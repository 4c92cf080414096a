"""Stepping into the people of the demo company. Outside demo mode these pages do not exist."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.web.cast import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def only_in_demo(
    view: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let the page exist only where ``FAIRLEAD_DEMO`` is on; every method is 404 elsewhere."""

    @wraps(view)
    def seen(request: HttpRequest) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request)

    return seen


@only_in_demo
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """List the cast, each with a sentence of their story."""
    return render(request, "cast/cast.html", {"cast": queries.members()})


@only_in_demo
@require_POST
def step_in(request: HttpRequest) -> HttpResponseBase:
    """Sign the visitor in as one of the cast: invented people, in the demo's own data folder only."""
    account = queries.account(request.POST.get("member", ""))
    if account is None:
        raise Http404
    logout(request)
    login(request, account, backend=BACKEND)
    return redirect("today")
