"""Numbers and dates inside the sentences of an audit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairlead.core.figures import Figure


def percent(value: float) -> str:
    """Write a share in whole per cent.

    Examples
    --------
    >>> percent(0.314)
    '31 %'
    """
    return f"{100 * value:.0f} %"


def with_interval(found: Figure) -> str:
    """Write a share with its interval, where it has one: ``31 % (27 to 36 %)``."""
    if found.value is None:
        return "not known"
    if found.low is None or found.high is None:
        return percent(found.value)
    return f"{percent(found.value)} ({100 * found.low:.0f} to {percent(found.high)})"


def day(iso: str) -> str:
    """Write an ISO date in words.

    Examples
    --------
    >>> day("2026-11-02")
    '2 November 2026'
    """
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B %Y}"


def ended(text: str) -> str:
    """End somebody's own words with a full stop, unless they end a sentence themselves.

    Examples
    --------
    >>> ended("Sailing"), ended("Really! ")
    ('Sailing.', 'Really!')
    """
    said = text.rstrip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def count(n: int, one: str) -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> count(1, "week"), count(3, "week")
    ('1 week', '3 weeks')
    """
    return f"{n:,} {one}" if n == 1 else f"{n:,} {one}s"
