"""Words that lead to their page of the handbook: the pages are in memory, a link costs no query."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django import template
from django.utils.html import format_html

from fairlead.core.work import LABELS
from fairlead.library import load
from fairlead.library.practice import SKILLS
from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.handbook import pages

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from fairlead.web.handbook.search import Piece

register = template.Library()

MEASURED: Final = ("role-audit", "two-sides", "motives")
"""Questionnaires about oneself, whose scales are words of the vocabulary."""


@register.simple_tag
def word(name: str, says: str = "", of: str = "", about: str = "") -> SafeString | str:
    """Write a word of the vocabulary as a link to its page; ``says`` where the screen calls it otherwise.

    ``about`` is heard and not seen: it tells links apart that look alike because of where they stand.

    ``of`` names, with spaces, what the word may belong to ("pulse" before "pulse.change"). Without a
    page it is the plain words, and nothing is missing.
    """
    tried = (*(f"{one}.{name}" for one in of.split()), str(name))
    page = next((page for one in tried if (page := pages.of_word(one)) is not None), None)
    shown = says or LABELS.get(str(name), "") or (page.title if page else str(name).replace("_", " "))
    if page is None:
        return shown
    heard = format_html('<span class="hidden">: {}</span>', about) if about else ""
    if asked_in.now() != ORIGINAL:  # the handbook is English: its sentence does not stand on this page
        says = '<a class="word" href="{}" hreflang="{}">{}{}</a>'
        return format_html(says, pages.address(page), ORIGINAL, shown, heard)
    return format_html(
        '<a class="word" href="{}" title="{}">{}{}</a>', pages.address(page), page.short, shown, heard
    )


@register.filter
def explained(said: str) -> SafeString | str:
    """Write what a page says as a link, where it is the plain words of the vocabulary and nothing else."""
    name = _names().get(str(said))
    return word(name, says=asked_in.said(str(said))) if name else asked_in.said(str(said))


@cache
def _names() -> dict[str, str]:
    found = {words: str(name) for name, words in LABELS.items()} | {
        words: name for name, words in SKILLS.items()
    }
    found |= {track.label: track.id for track in load.tracks()}
    for name in MEASURED:
        found |= {scale.label: scale.about for scale in load.instrument(name).scales}
    return found


@register.simple_tag
def word_link(name: str, says: str) -> SafeString | str:
    """Write a link to a word's page that says more than the word; nothing where there is no page."""
    page = pages.of_word(str(name))
    if page is None:
        return ""
    return format_html('<a class="word" href="{}">{}</a>', pages.address(page), says)


@register.simple_tag
def word_short(name: str) -> str:
    """Write what a word means, in its one sentence; nothing where there is no page."""
    page = pages.of_word(str(name))
    return page.short if page else ""


@register.inclusion_tag("handbook/_pieces.html")
def pieces(found: tuple[Piece, ...]) -> dict[str, Any]:
    """Write a text with what was looked for marked in it."""
    return {"pieces": found}
