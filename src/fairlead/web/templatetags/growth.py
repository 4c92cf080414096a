"""Words of practices and experiments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import template

from fairlead.library.practice import Occasion

if TYPE_CHECKING:
    from fairlead.core.figures import Figure
    from fairlead.library.practice import PracticePage

register = template.Library()

_STRETCH: Final = {1: "easy to begin with", 2: "asks for more", 3: "asks for courage"}
_FITS: Final = {
    Occasion.ONE_TO_ONE: "in a one-to-one",
    Occasion.TEAM_MEETING: "in a team meeting",
    Occasion.WITH_MANAGER: "with your manager",
    Occasion.WITH_PEERS: "with colleagues",
    Occasion.ALONE: "on your own",
    Occasion.INCIDENT: "when something goes wrong",
    Occasion.ANY: "at any occasion",
}


@register.filter
def stretch(number: int) -> str:
    """Say how much a practice asks."""
    return _STRETCH[number]


@register.filter
def fits(occasion: str) -> str:
    """Say where a practice fits."""
    return _FITS[Occasion(occasion)]


@register.filter
def cited(page: PracticePage, key: str) -> str:
    """Give the work a practice leans on."""
    return page.research[key].cite


@register.filter
def said(value: float | None, question: dict[str, Any]) -> str:
    """Give an answer in the words it was given in."""
    words: dict[float, str] = {float(number): text for number, text in question["choices"]}
    return "not answered" if value is None else words.get(float(value), "not answered")


@register.filter
def points_moved(figure: Figure) -> str:
    """Write a change in points with its sign."""
    return f"{_signed(figure.value)} points"


@register.filter
def points_between(figure: Figure) -> str:
    """Write its interval."""
    return f"on a scale from 1 to 5, {_signed(figure.low)} to {_signed(figure.high)}"


def _signed(value: float | None) -> str:
    number = round(value or 0.0, 2)
    return f"{number:+.2f}".replace("-", "\N{MINUS SIGN}") if number else "0"
