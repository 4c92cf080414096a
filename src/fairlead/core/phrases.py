"""Numbers, dates and names inside sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def listed(names: Sequence[str], most: int = 0) -> str:
    """List names with a last ``and``; with semicolons where a name has a comma of its own.

    ``most`` limits how many are named; the others are counted.

    Examples
    --------
    >>> listed(["Ada"]), listed(["Ada", "Bo", "Cy"]), listed(["Ada", "Bo", "Cy"], 2)
    ('Ada', 'Ada, Bo and Cy', 'Ada, Bo and 1 more')
    >>> listed(["letters, calls", "visits"])
    'letters, calls; and visits'
    """
    told = list(names)
    if most and len(told) > most:
        told = [*told[:most], f"{len(told) - most:,} more"]
    if len(told) < 2:
        return "".join(told)
    if any(", " in one for one in told):
        return f"{'; '.join(told[:-1])}; and {told[-1]}"
    return f"{', '.join(told[:-1])} and {told[-1]}"


def count(n: int, one: str) -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> count(1, "week"), count(3, "week")
    ('1 week', '3 weeks')
    """
    return f"{n:,} {one}" if n == 1 else f"{n:,} {one}s"
