"""Over time: how soon a question may come back, and what may be said about a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import date

    from fairlead.core.notches import Shown

DAYS: Final = 60
"""Days between two figures of the same question: nearer waves differ by whoever came or went."""

Trend = Literal["", "lower", "about the same", "higher"]


def too_soon(now: date, before: date) -> bool:
    """Say whether a question may not be shown again yet.

    Examples
    --------
    >>> from datetime import date
    >>> too_soon(date(2026, 3, 1), date(2026, 1, 1)), too_soon(date(2026, 3, 2), date(2026, 1, 1))
    (True, False)
    """
    return (now - before).days < DAYS


def trend(now: Shown, before: Shown) -> Trend:
    """Say how a figure moved, in words, from what was shown of both and nothing else.

    Parameters
    ----------
    now, before
        The figures as shown.

    Returns
    -------
    str
        Figures less than the coarser step apart are about the same. ``""`` where one of them is open
        on the side of the change, so that nobody can say.

    Examples
    --------
    >>> from fairlead.core.notches import show
    >>> four, three = show(24, 6, 1, 5, k=5).shown, show(18, 6, 1, 5, k=5).shown
    >>> trend(four, three), trend(three, three)
    ('higher', 'about the same')
    """
    if now.end and now.end == before.end:
        return "about the same" if now.at == before.at else ""
    # A hair less than the step, because steps such as 0.2 are not exact in floating point.
    step = max(now.step, before.step) - 1e-9
    if now.at - before.at >= step:
        return "" if before.end == "or more" or now.end == "or less" else "higher"
    if before.at - now.at >= step:
        return "" if before.end == "or less" or now.end == "or more" else "lower"
    return "about the same"
