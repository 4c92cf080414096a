"""Over time: how soon a question may come back, and what may be said about a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from fairlead.core.notches import Shown

DAYS: Final = 60
"""Days between two figures of the same question: nearer waves differ by whoever came or went."""

_MANY: Final = 10

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


def trend(
    now: Shown, before: Shown, members_now: Collection[str], members_before: Collection[str], k: int
) -> Trend:
    """Say how a figure moved, in words, from what was shown of both and nothing else.

    Parameters
    ----------
    now, before
        The figures as shown.
    members_now, members_before
        The people of the group at both launches, whether they answered or not.
    k
        Least number of people behind a figure.

    Returns
    -------
    str
        ``""`` where fewer than k people came and went in a group that may be smaller than ten: the
        change could be theirs. Figures less than the coarser step apart are about the same.

    Examples
    --------
    >>> from fairlead.core.notches import show
    >>> four, three = show(24, 6, 1, 5, k=5).shown, show(18, 6, 1, 5, k=5).shown
    >>> trend(four, three, "abcdef", "abcdef", 5), trend(four, three, "abcdef", "abcdeg", 5)
    ('higher', '')
    """
    moved = len(set(members_now) ^ set(members_before))
    if 0 < moved < k and min(now.people_from, before.people_from) < _MANY:
        return ""
    if now.end and now.end == before.end:
        return "about the same"
    # A hair less than the step, because steps such as 0.2 are not exact in floating point.
    step = max(now.step, before.step) - 1e-9
    if now.at - before.at >= step:
        return "higher"
    return "lower" if before.at - now.at >= step else "about the same"
