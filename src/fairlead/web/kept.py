"""What somebody typed stays in their own browser when they were signed out before they sent it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

DOORS: Final = (settings.LOGIN_URL, "account_reauthenticate", "mfa_reauthenticate")
"""Where somebody is led who has to sign in, or to sign in again, first."""

WORTH: Final = 20
"""Characters from which on a text is worth keeping; a button that was pressed is pressed again."""

_SECRET: Final = re.compile(r"password|passcode|secret|^code$|^otp$|credential", re.IGNORECASE)


def keeps(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show what was typed once more where a form would be dropped for signing in; nothing is stored here."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method != "POST" or not isinstance(response, HttpResponseRedirect):
            return response
        led = response.url.partition("?")[0]
        if led not in {resolve_url(door) for door in DOORS} or not texts(request):
            return response
        return page(request, sign_in=response.url)

    return answer


def texts(request: HttpRequest) -> list[str]:
    """Give what was typed and is worth keeping; nothing where a secret was sent with it."""
    if any(_SECRET.search(name) for name in request.POST):
        return []
    fields = (values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return [text for values in fields for text in values if len(text) >= WORTH]


def may_send_again(request: HttpRequest) -> bool:
    """Say whether a form with an old token comes from a page of ours, by what no foreign page can send."""
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    return request.method == "POST" and ours and request.user.is_authenticated and bool(texts(request))


def page(request: HttpRequest, *, sign_in: str = "") -> HttpResponseBase:
    """Show what was typed, and let it be sent again once somebody is signed in."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    shown = {
        "sign_in": sign_in, "fields": fields, "texts": texts(request), "files": list(request.FILES),
        "to": request.get_full_path(), "bare": True,
    }  # fmt: skip
    return render(request, "kept.html", shown, status=403)
