"""Notches: how finely a mean may be shown, so that one answer moves it by one step at most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

FINEST: Final = 20
"""Steps are whole twentieths of a scale point; nothing finer is ever shown."""

_ROUND: Final = (1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 400, 500, 1000, 2000)
"""0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 2.5 … in twentieths."""

_FEWEST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A mean as it may be shown.

    ``at`` is the notch in scale points; with ``end`` ``"or more"`` or ``"or less"`` the mean may lie
    anywhere beyond it. ``step`` is the distance between notches. ``people_from`` to ``people_to``
    (``None``: no upper end) is how many answered, never nearer than the step tells anyway.
    """

    at: float
    end: Literal["", "or more", "or less"]
    step: float
    people_from: int
    people_to: int | None


@dataclass(frozen=True, slots=True)
class Notch:
    """A shown mean with what it says about the sum: ``low`` to ``high``, both possible."""

    shown: Shown
    low: int
    high: int


def spare(lowest: int, highest: int) -> int:
    """Say how many options besides one must stay possible for every answer: three fifths in all.

    Examples
    --------
    >>> spare(1, 5), spare(0, 1), spare(1, 7)
    (2, 1, 4)
    """
    return -(-3 * (highest - lowest + 1) // 5) - 1


@lru_cache(maxsize=256)
def _steps(span: int) -> tuple[int, ...]:
    """List the steps that divide a scale evenly, the coarsest first, in twentieths."""
    whole = FINEST * span
    found = [step for step in _ROUND if whole % step == 0 and step <= whole]
    if found[-1] * _FEWEST < whole:
        found.append(next(s for s in range(1, whole + 1) if whole % s == 0 and s * _FEWEST >= whole))
    return tuple(reversed(found))


@lru_cache(maxsize=4096)
def step_of(n: int, lowest: int, highest: int) -> int:
    """Give the step for the mean of ``n`` answers, in twentieths of a scale point.

    Parameters
    ----------
    n
        Number of answers, 5 or more.
    lowest, highest
        Ends of the scale.

    Returns
    -------
    int
        The smallest round step that is at least (highest - lowest) / n.

    Examples
    --------
    >>> [step_of(n, 1, 5) / 20 for n in (5, 7, 8, 15, 16, 19, 20, 39, 40, 79, 80, 5000)]
    [1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05]
    >>> [step_of(n, 0, 1) / 20 for n in (5, 10, 20, 400)]
    [0.2, 0.1, 0.05, 0.05]
    """
    span = highest - lowest
    return min(step for step in _steps(span) if step * n >= FINEST * span)


@lru_cache(maxsize=4096)
def people(n: int, lowest: int, highest: int, k: int) -> tuple[int, int | None]:
    """Give the numbers of answers that are shown with the same step as ``n``.

    Examples
    --------
    >>> people(6, 1, 5, 5), people(12, 1, 5, 5), people(100, 1, 5, 5)
    ((5, 7), (8, 15), (80, None))
    """
    step, whole = step_of(n, lowest, highest), FINEST * (highest - lowest)
    finer = [other for other in _steps(highest - lowest) if other < step]
    return max(k, -(-whole // step)), -(-whole // finer[0]) - 1 if finer else None


def place(total: int, n: int, lowest: int, step: int) -> int:
    """Count the notches from the lowest option to the mean, rounded half up, in whole numbers.

    Examples
    --------
    >>> [place(total, 6, 1, 20) for total in (8, 9, 14, 15)]
    [0, 1, 1, 2]
    """
    return (2 * FINEST * (total - n * lowest) + n * step) // (2 * n * step)


def _least(notch: int, n: int, lowest: int, step: int) -> int:
    """Give the smallest sum whose mean is at this notch or above."""
    return n * lowest - (-(2 * notch - 1) * n * step // (2 * FINEST))


@dataclass(frozen=True, slots=True)
class Span:
    """What a sum can be, as far as its parts are shown: ``low`` to ``high``.

    ``down`` and ``up`` say by how much the part that is nearest to an end of the scale stays away from
    it: at least so many points are left below and above.
    """

    low: int
    high: int
    down: int = 0
    up: int = 0


def show(total: int, n: int, lowest: int, highest: int, *, k: int, reach: Span | None = None) -> Notch | None:
    """Show a mean one notch coarse, and its ends as "or more" and "or less".

    Parameters
    ----------
    total
        Sum of the answers.
    n
        How many answered.
    lowest, highest
        Ends of the scale.
    k
        Least number of people behind a figure.
    reach
        What is known of the sum from figures that are already shown of its parts; else what the
        scale allows.

    Returns
    -------
    Notch or None
        ``None`` where nothing can be said that is not known already.

    Notes
    -----
    The highest notches are one from an eighth of the scale below its end, and deeper still until
    every part may be ``spare`` points below the end of the scale; likewise at the other end. Which
    notches are one depends on what is shown and never on the sum itself, so that the form of a
    figure says nothing.

    Examples
    --------
    >>> show(25, 5, 1, 5, k=5).shown.at, show(25, 5, 1, 5, k=5).shown.end
    (4.5, 'or more')
    >>> show(22, 5, 1, 5, k=5)  # doctest: +ELLIPSIS
    Notch(shown=Shown(at=4.0, end='', step=1.0, people_from=5, people_to=7), low=18, high=22)
    """
    reach = reach or Span(n * lowest, n * highest)
    low, high = reach.low, reach.high
    step = step_of(n, lowest, highest)
    span, must = FINEST * (highest - lowest), spare(lowest, highest)
    # Notches from the ends: the first at or above 7/8 of the scale, the last at or below 1/8.
    top, bottom = -(-7 * span // (8 * step)), span // (8 * step)
    while top > 0 and _least(top, n, lowest, step) > high + reach.up - must:
        top -= 1
    while bottom < top and _least(bottom + 1, n, lowest, step) - 1 < low - reach.down + must:
        bottom += 1
    if bottom >= top:
        return None
    notch = place(total, n, lowest, step)
    first, last = people(n, lowest, highest, k)
    at, end = lowest + min(max(notch, bottom), top) * step / FINEST, ""
    if notch >= top:
        at, end = rounded_end(at, lowest, highest, upper=True), "or more"
    elif notch <= bottom:
        at, end = rounded_end(at, lowest, highest, upper=False), "or less"
    return Notch(
        Shown(at=at, end=end, step=step / FINEST, people_from=first, people_to=last),  # type: ignore[arg-type]
        low if end == "or less" else max(low, _least(max(notch if not end else top, 0), n, lowest, step)),
        high
        if end == "or more"
        else min(high, _least((notch if not end else bottom) + 1, n, lowest, step) - 1),
    )


def rounded_end(at: float, lowest: int, highest: int, *, upper: bool) -> float:
    """Call the end by an eighth of the scale where the notch lies beyond it.

    Examples
    --------
    >>> rounded_end(5.0, 1, 5, upper=True), rounded_end(4.0, 1, 5, upper=True)
    (4.5, 4.0)
    """
    edge = (highest - lowest) / 8
    return min(at, highest - edge) if upper else max(at, lowest + edge)


def together(parts: Sequence[Span]) -> Span:
    """Say what a sum of parts can be.

    Examples
    --------
    >>> together([Span(18, 22, 13, 3), Span(23, 25, 18, 0)])
    Span(low=41, high=47, down=13, up=0)
    """
    return Span(
        sum(part.low for part in parts),
        sum(part.high for part in parts),
        min(part.down for part in parts),
        min(part.up for part in parts),
    )


def within(reach: Span, notch: Notch) -> Span:
    """Say what a sum can be when it is shown; what the figure takes from the ends stays away from them.

    Examples
    --------
    >>> within(Span(5, 25), show(20, 5, 1, 5, k=5))
    Span(low=18, high=22, down=13, up=3)
    """
    return Span(notch.low, notch.high, reach.down + notch.low - reach.low, reach.up + reach.high - notch.high)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one sum of ``n`` answers, and of which other sums it is made."""

    n: int
    low: int
    high: int
    inside: tuple[int, ...] = ()


def narrowed(sums: Sequence[Known]) -> list[tuple[int, int]]:
    """Work out everything that nested intervals say about each sum.

    Parameters
    ----------
    sums
        Each sum after those that it is made of, and each in one other sum at most.

    Returns
    -------
    list of (low, high)
        The exact smallest and largest possible value of each sum.

    Notes
    -----
    Once from the bottom up (a sum lies between the sums of its parts' bounds) and once from the top
    down (a part is the whole less the other parts). On nested sums this is exact.

    Examples
    --------
    >>> narrowed([Known(5, 18, 22), Known(5, 23, 25), Known(10, 38, 42, (0, 1))])
    [(18, 19), (23, 24), (41, 42)]
    """
    bounds: list[tuple[int, int]] = []
    for one in sums:
        low, high = one.low, one.high
        if one.inside:
            low = max(low, sum(bounds[part][0] for part in one.inside))
            high = min(high, sum(bounds[part][1] for part in one.inside))
        bounds.append((low, high))
    for number in range(len(sums) - 1, -1, -1):
        parts = sums[number].inside
        lows, highs = sum(bounds[part][0] for part in parts), sum(bounds[part][1] for part in parts)
        low, high = bounds[number]
        for part in parts:
            least, most = bounds[part]
            bounds[part] = max(least, low - (highs - most)), min(most, high - (lows - least))
    return bounds


def possible(n: int, low: int, high: int, lowest: int, highest: int) -> int:
    """Count the options that one of ``n`` answers can still have when their sum is ``low`` to ``high``.

    Examples
    --------
    >>> possible(5, 23, 25, 1, 5), possible(5, 24, 25, 1, 5), possible(5, 18, 22, 1, 5)
    (3, 2, 5)
    """
    least = max(lowest, low - (n - 1) * highest)
    most = min(highest, high - (n - 1) * lowest)
    return max(0, most - least + 1)
