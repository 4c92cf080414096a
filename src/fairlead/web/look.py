"""What every page needs to know to draw itself: the chosen appearance, the way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse

from fairlead.web import access

if TYPE_CHECKING:
    from django.http import HttpRequest

APPEARANCE_COOKIE: Final = "fairlead_appearance"
APPEARANCES: Final = {"auto": "As the device", "light": "Light", "dark": "Dark"}


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation."""

    label: str
    href: str
    here: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """Give every template the appearance, the navigation and whether this is the demo."""
    chosen = request.COOKIES.get(APPEARANCE_COOKIE, "auto")
    return {
        "appearance": chosen if chosen in APPEARANCES else "auto",
        "appearances": APPEARANCES,
        "ways": _ways(request),
        "demo": settings.DEMO,
        "public_handbook": settings.PUBLIC_HANDBOOK,
    }


def _ways(request: HttpRequest) -> list[Way]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    rooms = [
        ("Today", "today", "/today/"),
        ("My role", "", "/role/"),
        ("My direction", "direction:index", "/direction/"),
        ("My growth", "growth:index", "/growth/"),
        ("My journey", "journey:index", "/journey/"),
        ("Feedback", "feedback:index", "/feedback/"),
        ("Handbook", "handbook:index", "/handbook/"),
        ("Account", "account", "/account"),
    ]
    if access.may(user, "roster.view"):
        rooms.insert(-3, ("Organization", "", "/organization/"))
        rooms.insert(-2, ("Promotions", "promotions:index", "/promotions/"))
    return [
        Way(label, reverse(name) if name else under, request.path_info.startswith(under))
        for label, name, under in rooms
    ]
