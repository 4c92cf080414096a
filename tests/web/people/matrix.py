"""Who gets what from the pages about getting in: they are about oneself, and none names another person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession

if TYPE_CHECKING:
    from collections.abc import Callable


def own_browser(person: Any) -> dict[str, Any]:
    """Give a session of the person in another browser than the one that asks."""
    session = UserSession.objects.create(
        user=person.user, ip="192.0.2.7", user_agent="Firefox", session_key="another-browser"
    )
    return {"pk": session.pk}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """Give the table; without an issuer in the settings the organization's own sign-in does not exist."""
    nobody, members = "404 404 404", "in 404 404"
    return {
        "accounts/oidc/login/": row(nobody, "405 405 405"),
        "accounts/oidc/callback/": row(nobody, "405 405 405"),
        "accounts/oidc/": row(members, "405 405 405"),
        "accounts/oidc/again/": row(members, "405 405 405"),
        "accounts/oidc/connect/": row("405 405 405", "in again again"),
        "accounts/oidc/remove/": row("405 405 405", "in again again"),
        "accounts/sessions/<int:pk>/end/": row(
            "405 405 405", "in 302 404", own=own_browser, missing={"pk": 0}
        ),
    }
