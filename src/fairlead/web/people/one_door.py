"""Where the organization's own sign-in is the only door, passwords have no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

PASSWORD_PAGES: Final = frozenset(
    {
        "account_signup",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "mfa_login_webauthn",
    }
)


class OneDoor:
    """Answers for every page of passwords, and for a password that is sent to the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass; the page is known only afterwards."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Say that there are no passwords here."""
        if not settings.OIDC_ONLY or request.resolver_match is None:
            return None
        page = request.resolver_match.url_name
        if page in PASSWORD_PAGES or (page == "account_login" and request.method == "POST"):
            return render(request, "account/no_passwords.html", status=403)
        return None


def offered(request: HttpRequest) -> dict[str, Any]:
    """Tell every page which ways lead in."""
    del request
    return {
        "oidc": bool(settings.OIDC_ISSUER),
        "oidc_name": settings.OIDC_NAME,
        "oidc_only": settings.OIDC_ONLY,
        "signup_open": settings.ACCOUNT_SIGNUP_OPEN,
    }
