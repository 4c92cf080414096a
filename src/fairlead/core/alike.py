"""Does a team see a question alike? One word, and only where either word leaves every answer open."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from fairlead.core.notches import FINEST, place, spare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairlead.core.notches import Shown

ALIKE: Final = Fraction(7, 10)
"""rwg from which on answers are said to be alike (LeBreton & Senter 2008, doi:10.1177/1094428106296642)."""

MOST_OPTIONS: Final = 11
"""Scales with more options are not spoken about; their variance says little about agreement."""

MOST_PEOPLE: Final = 40
"""Of a range of people without an upper end, so many are tried."""


def said(n: int, total: int, squares: int, options: int) -> Literal["alike", "differently"]:
    """Say whether answers to one question are alike.

    Parameters
    ----------
    n
        How many answered, 2 or more.
    total, squares
        Sum of the answers and of their squares, in any whole numbers one apart.
    options
        How many options the question has.

    Returns
    -------
    str
        ``"alike"`` where rwg = 1 - s²/σ² is .70 or more, with s² the variance (n - 1) and σ² =
        (options² - 1)/12 the one of answers that fall on every option equally often (James, Demaree &
        Wolf 1984, doi:10.1037/0021-9010.69.1.85).

    Examples
    --------
    >>> said(5, 20, 82, 5), said(5, 20, 92, 5)
    ('alike', 'differently')
    """
    return "alike" if _apart(n, total, squares) <= _most(n, options) else "differently"


def _apart(n: int, total: int, squares: int) -> int:
    """Give n (n - 1) times the variance, a whole number."""
    return n * squares - total * total


def _most(n: int, options: int) -> Fraction:
    """Give n (n - 1) times the largest variance that is still alike."""
    return n * (n - 1) * (1 - ALIKE) * (options**2 - 1) / 12


def _least_squares(n: int, total: int) -> int:
    """Give the smallest sum of squares of n whole numbers with this sum: they lie side by side."""
    each, more = divmod(total, n)
    return (n - more) * each**2 + more * (each + 1) ** 2


def _most_squares(total: int, top: int) -> int:
    """Give the largest sum of squares of numbers from 0 to ``top`` with this sum: all but one on an end."""
    full, rest = divmod(total, top)
    return full * top**2 + rest**2


@lru_cache(maxsize=65536)
def leaves(n: int, low: int, high: int, options: int) -> tuple[int, int]:
    """Count what every answer can still be when the sum lies within bounds and one of the words is said.

    Parameters
    ----------
    n
        How many answered.
    low, high
        The sum is known to lie between these, with options counted from 0.
    options
        How many options the question has.

    Returns
    -------
    alike, differently
        The options that one answer can have if the word is the one or the other; 0 where the word could
        not be said of every sum within the bounds, since then it would narrow the sum.

    Notes
    -----
    With one answer and the sum given, the squares of the others are least where these lie side by side,
    and most where all but one lie on the ends. Either word can be true of a sum if the least or the most
    allows it, so nothing has to be counted out.

    Examples
    --------
    >>> leaves(5, 13, 17, 5), leaves(5, 18, 20, 5)
    ((3, 5), (2, 0))
    """
    top, limit = options - 1, _most(n, options)
    alike: set[int] = set()
    apart: set[int] = set()
    every = [True, True]
    for total in range(low, high + 1):
        both = [False, False]
        for one in range(max(0, total - (n - 1) * top), min(top, total) + 1):
            rest = total - one
            if _apart(n, total, one**2 + _least_squares(n - 1, rest)) <= limit:
                alike.add(one)
                both[0] = True
            if _apart(n, total, one**2 + _most_squares(rest, top)) > limit:
                apart.add(one)
                both[1] = True
        every = [every[0] and both[0], every[1] and both[1]]
    return (len(alike) if every[0] else 0), (len(apart) if every[1] else 0)


@lru_cache(maxsize=4096)
def _sayable(shown: Shown, lowest: int, highest: int) -> bool:
    options, must = highest - lowest + 1, spare(lowest, highest)
    return all(
        min(leaves(n, low - n * lowest, high - n * lowest, options)) > must
        for n, low, high in _readings(shown, lowest, highest)
    )


def sayable(shown: Shown, n: int, low: int, high: int, lowest: int, highest: int) -> bool:
    """Decide from public things alone whether a word about agreement may stand beside a figure.

    Parameters
    ----------
    shown
        The figure.
    n, low, high
        How many answered, and the bounds of their sum from all figures together.
    lowest, highest
        Ends of the scale.

    Returns
    -------
    bool
        Whether both words leave every answer at least three fifths of its options, for each number of
        people that the figure can stand for, and say nothing about the sum.

    Examples
    --------
    >>> from fairlead.core.notches import show
    >>> three, end = show(15, 5, 1, 5, k=5), show(24, 5, 1, 5, k=5)
    >>> sayable(three.shown, 5, three.low, three.high, 1, 5), sayable(end.shown, 5, end.low, end.high, 1, 5)
    (True, False)
    """
    options = highest - lowest + 1
    if not 2 < options <= MOST_OPTIONS:
        return False
    here = leaves(n, low - n * lowest, high - n * lowest, options)
    return min(here) > spare(lowest, highest) and _sayable(shown, lowest, highest)


def _readings(shown: Shown, lowest: int, highest: int) -> Iterator[tuple[int, int, int]]:
    """Read a figure back: for each number of people the bounds of their sum."""
    step = round(shown.step * FINEST)
    last = shown.people_to or max(shown.people_from, MOST_PEOPLE)
    for n in range(shown.people_from, last + 1):
        sums = [total for total in range(n * lowest, n * highest + 1) if _is(shown, total, n, lowest, step)]
        if sums:
            yield n, sums[0], sums[-1]


def _is(shown: Shown, total: int, n: int, lowest: int, step: int) -> bool:
    at = lowest + place(total, n, lowest, step) * step / FINEST
    if shown.end == "or more":
        return at >= shown.at
    if shown.end == "or less":
        return at <= shown.at
    return at == shown.at
