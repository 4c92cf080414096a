"""What every answer carries: nothing of a signed-in person is kept by a browser or a proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"

_KEPT: Final = "fairlead_kept_for"


def for_everybody(response: HttpResponseBase, *, seconds: int) -> None:
    """Say that a page is the same for every visitor and may be kept for so long."""
    setattr(response, _KEPT, seconds)


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Forbid keeping any page but those that say they are for everybody; static files never reach this."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path_info.startswith("/static/"):
            response.headers["Cache-Control"] = _keeping(request, response)
        return response

    return answer


def _keeping(request: HttpRequest, response: HttpResponseBase) -> str:
    """Let a page be kept only where it said so, nobody is signed in, and it carries no cookie."""
    seconds = getattr(response, _KEPT, None)
    if seconds is None or response.cookies or response.status_code != 200:
        return "no-store"
    return "no-store" if request.user.is_authenticated else f"public, max-age={seconds}"
