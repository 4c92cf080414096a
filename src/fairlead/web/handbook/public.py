"""Reading the library without signing in, where the organization allows it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import redirect_to_login

from fairlead.web import headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    View = Callable[..., HttpResponseBase]

KEPT_FOR = 600
"""Seconds for which a browser may keep a page that everybody reads."""


def readable(view: View) -> View:
    """Open a page of the library to everybody who is signed in, and to visitors where the setting says so."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if not settings.PUBLIC_HANDBOOK:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        headers.for_everybody(response, seconds=KEPT_FOR)
        return response

    return answer
