"""Numbers and words of a reading, as ``render.words`` writes them everywhere."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from fairlead.core.work import label
from fairlead.library.translations import ORIGINAL
from fairlead.render import words
from fairlead.web import asked_in

if TYPE_CHECKING:
    from fairlead.core.figures import Figure
    from fairlead.core.roles import SentenceReading
    from fairlead.core.scales import Drift

_NUMBERED: Final = re.compile(r"(?:(?<=\.)|^) ?\d+\. (?=[A-Z])")
register = template.Library()
register.filter("figure", words.figure)
register.filter("basis", words.basis)
register.filter("figure_label", words.figure_label)


@register.filter
def word(name: str) -> str:
    """Give the plain words of a vocabulary member, in the language of the page."""
    return asked_in.said(label(str(name)))


@register.filter
def share(value: float | None) -> str:
    """Write 0.234 as 23 %."""
    return words.amount(value, "share")


@register.filter
def hours(value: float | None) -> str:
    """Write 14.52 as 14.5 h, or as the language has it in which the page asks."""
    if value is None or asked_in.now() == ORIGINAL:
        return words.amount(value, "hours")
    return asked_in.hours(value)


@register.filter
def number(value: float | None) -> str:
    """Write at most one decimal, and none where there is none."""
    return words.amount(value, "count")


@register.filter
def points(value: float | None) -> str:
    """Write a score with one decimal, always, so that scores stand under each other."""
    return words.amount(value, "points")


@register.filter
def signed(value: float | None) -> str:
    """Write a difference with its sign."""
    if value is None:
        return words.DASH
    return f"+{words.number(value)}" if value > 0 else words.number(value)


@register.filter
def moved(drift: Drift) -> str:
    """Write a change with its interval, to hundredths, so that one that misses zero does not show as 0.0."""
    change, low, high = (
        f"{value:+.2f}".replace("-", "\N{MINUS SIGN}") for value in (drift.change, drift.low, drift.high)
    )
    return f"{change}, {low} to {high}"


@register.filter
def amount(found: Figure) -> str:
    """Write the number of a figure in its unit, without its interval."""
    return words.amount(found.value, found.unit)


@register.filter
def interval(found: Figure) -> str:
    """Write the interval of a figure in its unit; empty when it has none."""
    if found.low is None or found.high is None:
        return ""
    return f"{words.amount(found.low, found.unit)} to {words.amount(found.high, found.unit)}"


@register.filter
def day(found: str | date | None) -> str:
    """Write a date as 2 Mar 2026, or as the language has it in which the page asks."""
    if not found or asked_in.now() == ORIGINAL:
        return words.day(str(found)) if found else ""
    return asked_in.day(date.fromisoformat(str(found)[:10]))


@register.filter
def numbered(text: str) -> tuple[str, tuple[str, ...], str]:
    """Part "First. 1. This. 2. That. Last." into what comes first, the numbered lines, and what comes last.

    Each line is one sentence; what follows the sentence of the last line belongs to all of them.
    """
    first, *lines = _NUMBERED.split(text)
    last = ""
    if lines:
        line, stop, last = lines[-1].partition(". ")
        lines[-1] = line + stop.rstrip()
    return first, tuple(lines), last


@register.filter
def marked(sentence: SentenceReading) -> SafeString:
    """Mark the words that decided; the text itself stays text."""
    pieces: list[SafeString] = []
    at = 0
    for start, end in sentence.words:
        pieces.append(format_html("{}", sentence.text[at:start]))
        pieces.append(format_html('<mark class="{}">{}</mark>', sentence.kind, sentence.text[start:end]))
        at = end
    pieces.append(format_html("{}", sentence.text[at:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def drawing(svg: str) -> SafeString:
    """Let through an SVG that the worker drew from numbers; the renderer escapes every text in it."""
    return mark_safe(svg)  # noqa: S308 - never written by a person


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """Look a key up, ``None`` when it is not there."""
    return mapping.get(key)


@register.filter
def two(value: float | None) -> str:
    """Write two decimals."""
    return words.DASH if value is None else f"{value:.2f}".replace("-", "−")


@register.filter
def percent_of(value: float | None) -> str:
    """Write a share as a length out of 100, for a drawn bar."""
    return f"{100 * (value or 0):.1f}"
