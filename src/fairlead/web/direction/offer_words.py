"""What is often promised with an offer, and a promise in the language of the page."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.utils.translation import gettext_noop

from fairlead.library import load
from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.direction.models import OfferPromise

BENEFITS: Final = {
    "influence": gettext_noop("More influence"),
    "input": gettext_noop("Being asked before things are settled"),
    "authority": gettext_noop("Deciding more myself"),
    "people": gettext_noop("New people and new experiences"),
    "rung": gettext_noop("The way to the rung after it"),
    "pay": gettext_noop("More pay"),
    "title": gettext_noop("Another title"),
}
"""What is often promised with a promotion (row 10), to tick instead of typing."""


def presets(kind: str) -> dict[str, str]:
    """Give what can be ticked as promised: benefits of our own list, burdens of the library's (row 14)."""
    if kind == OfferPromise.Kind.BENEFIT:
        return BENEFITS
    return {one.id: one.label for one in load.direction_texts().burdens}


def in_words(text: str) -> str:
    """Say a promise in the language of the page, where it was ticked; what was written stays as it is.

    Ticked ones are kept in the words of the original, so that no table knows in which language.
    """
    if asked_in.now() == ORIGINAL:
        return text
    burdens = _burdens(asked_in.now())
    return burdens[text] if text in burdens else asked_in.said(text) if text in BENEFITS.values() else text


@cache
def _burdens(language: str) -> dict[str, str]:
    theirs = {one.id: one.label for one in load.direction_texts(language).burdens}
    return {one.label: theirs[one.id] for one in load.direction_texts().burdens}
