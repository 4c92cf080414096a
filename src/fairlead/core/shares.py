"""Parts of a whole with honest intervals: hours over weeks, and a role's emphasis beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.quantiles import t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

Z80: Final = 1.2815515655446004
"""Half width of an 80 % interval in standard errors."""

EXCHANGE: Final = 1.5
"""An hour of one kind of work may serve a role's emphasis this many times as well as another hour."""

UNSORTED_ODDS: Final = 3.0
"""A kind may be this many times as frequent, or as rare, in unsorted time as in sorted time."""

MIXED: Final = 0.2
"""So much of the time of one kind may have served another competency of that kind than its entry says."""

MIN_WEEKS: Final = 2
"""One week says nothing about how weeks differ."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number between 0 and 1 with the bounds of its 80 % interval."""

    value: float
    low: float
    high: float


def asked_interval(share: float, low: float | None, high: float | None) -> Estimate:
    """Widen the interval of a role's emphasis by what is not known about emphasis and hours.

    Parameters
    ----------
    share, low, high
        A part of all that the role asks (0 to 1) and its own 80 % interval, if it has one.

    Returns
    -------
    Estimate
        The same share; the bounds lie where its odds are divided and multiplied by
        ``exp(sqrt(own² + ln(EXCHANGE)²))``, with ``own`` the distance of the role's own bound on the
        scale of log odds.

    Notes
    -----
    Emphasis is not hours. Taking a share of emphasis for a share of hours assumes that an hour
    serves every kind of work alike; ``EXCHANGE`` says how wrong that may be.

    Examples
    --------
    >>> found = asked_interval(0.5, None, None)
    >>> round(found.low, 3), round(found.high, 3)
    (0.4, 0.6)
    """
    below = 0.0 if low is None else _log_odds(share) - _log_odds(min(low, share))
    above = 0.0 if high is None else _log_odds(max(high, share)) - _log_odds(share)
    middle, allowance = _log_odds(share), math.log(EXCHANGE)
    return Estimate(
        value=share,
        low=min(share, _from_log_odds(middle - math.hypot(below, allowance))),
        high=max(share, _from_log_odds(middle + math.hypot(above, allowance))),
    )


def done_shares(hours: NDArray[np.float64]) -> tuple[Estimate, ...]:
    """Estimate the parts of a whole from hours per week, with intervals over weeks.

    Parameters
    ----------
    hours
        Weeks by parts, in hours, none negative; at least ``MIN_WEEKS`` weeks with hours.

    Returns
    -------
    tuple of Estimate
        One per part; the values sum to 1. The interval is Wilson's (1927,
        doi:10.1080/01621459.1927.10502953) for an effective number of hours, with Student's t for
        the number of weeks.

    Raises
    ------
    ValueError
        With too few weeks that have hours, or a negative number.

    Notes
    -----
    The effective number of hours is all hours divided by the design effect: the variance of the
    ratio over weeks (Cochran 1977, chapter 6) over that of independent hours, summed over the parts
    and never below 1. Where every hour is of one part, weeks are counted instead. Weeks are taken
    as exchangeable.

    Examples
    --------
    >>> import numpy as np
    >>> week = np.array([[10.0, 20.0], [14.0, 16.0], [12.0, 18.0], [12.0, 18.0]])
    >>> round(done_shares(week)[0].value, 3)
    0.4
    """
    weeks = hours[hours.sum(axis=1) > 0]
    if (hours < 0).any() or weeks.shape[0] < MIN_WEEKS:
        raise ValueError("Shares over weeks take at least two weeks with hours, none of them negative.")
    shares = weeks.sum(axis=0) / weeks.sum()
    counted = float(weeks.sum()) / design_effect(weeks)
    quantile = t_quantile(weeks.shape[0] - 1, 0.9)
    return tuple(wilson(float(share), counted, quantile) for share in shares)


def design_effect(weeks: NDArray[np.float64]) -> float:
    """Say how many hours of these weeks tell as much as one independent hour; at least 1.

    Parameters
    ----------
    weeks
        Weeks by parts, in hours; every week has hours, and there are at least two.
    """
    total, n = float(weeks.sum()), weeks.shape[0]
    shares = weeks.sum(axis=0) / total
    independent = float((shares * (1 - shares)).sum()) / total
    if independent <= 0:
        return max(1.0, float(total / n))
    off = weeks - weeks.sum(axis=1, keepdims=True) * shares
    between = n / (n - 1) * float((off**2).sum()) / total**2
    return max(1.0, float(between / independent))


def wilson(share: float, counted: float, quantile: float) -> Estimate:
    """Give Wilson's score interval of a share seen in ``counted`` independent observations.

    Examples
    --------
    >>> found = wilson(0.0, 10, Z80)
    >>> found.low, round(found.high, 3)
    (0.0, 0.141)
    """
    square = quantile**2 / counted
    middle = (share + square / 2) / (1 + square)
    half = math.sqrt(max(share * (1 - share), 0.0) * square + square**2 / 4) / (1 + square)
    return Estimate(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def with_unsorted(found: Estimate, unsorted: float) -> Estimate:
    """Widen an interval by the part of time that is not sorted (0 to 1).

    A kind may be ``UNSORTED_ODDS`` times as frequent, or as rare, among unsorted hours as among
    sorted ones.

    Examples
    --------
    >>> found = with_unsorted(Estimate(0.3, 0.2, 0.4), 0.1)
    >>> round(found.low, 3), round(found.high, 3)
    (0.187, 0.46)
    """
    low = (1 - unsorted) * found.low + unsorted * found.low / UNSORTED_ODDS
    high = (1 - unsorted) * found.high + unsorted * min(1.0, UNSORTED_ODDS * found.high)
    return Estimate(found.value, min(found.value, low), max(found.value, high))


def with_unseen_doing(found: Estimate, unseen: float, *, doing: bool) -> Estimate:
    """Widen an interval by hands-on work that has no entry in the calendar.

    Parameters
    ----------
    found
        A part of the sorted hours.
    unseen
        Free working time as a part of itself and the sorted hours (0 to 1).
    doing
        Whether the part is doing: then its upper bound takes all free time for doing; the lower
        bound of the other parts does the same.

    Examples
    --------
    >>> found = with_unseen_doing(Estimate(0.5, 0.4, 0.6), 0.5, doing=False)
    >>> found.low, found.high
    (0.2, 0.6)
    """
    if doing:
        return Estimate(found.value, found.low, 1 - (1 - found.high) * (1 - unseen))
    return Estimate(found.value, found.low * (1 - unseen), found.high)


def with_mixed(found: Estimate, of_kind: float) -> Estimate:
    """Widen a competency's interval by what one entry can hold besides what its title says.

    Parameters
    ----------
    found
        The competency as a part of the twelve.
    of_kind
        All competencies of its kind as a part of the twelve (0 to 1).

    Examples
    --------
    >>> found = with_mixed(Estimate(0.1, 0.05, 0.15), 0.5)
    >>> round(found.low, 3), round(found.high, 3)
    (0.04, 0.25)
    """
    return Estimate(found.value, (1 - MIXED) * found.low, min(1.0, found.high + MIXED * of_kind))


def share_of(levels: Sequence[Estimate], which: int) -> Estimate:
    """Give one rating as a part of all ratings, with the errors of all of them carried through.

    Parameters
    ----------
    levels
        Ratings from 0 to 1 with 80 % intervals, errors independent, not all zero.
    which
        Position of the part.
    """
    total = sum(level.value for level in levels)
    share = levels[which].value / total
    errors = [standard_error(level) for level in levels]
    squared = sum(error**2 for error in errors) * share**2 + errors[which] ** 2 * (1 - 2 * share)
    half = Z80 * math.sqrt(max(squared, 0.0)) / total
    return Estimate(share, max(0.0, share - half), min(1.0, share + half))


def mean_of(parts: Sequence[Estimate]) -> Estimate:
    """Give the plain mean of independent numbers with its 80 % interval."""
    value = sum(part.value for part in parts) / len(parts)
    half = Z80 * math.sqrt(sum(standard_error(part) ** 2 for part in parts)) / len(parts)
    return Estimate(value, max(0.0, value - half), min(1.0, value + half))


def standard_error(found: Estimate) -> float:
    """Read a standard error off the longer side of an 80 % interval: the other may be cut at 0 or 1."""
    return max(found.value - found.low, found.high - found.value) / Z80


def _log_odds(share: float) -> float:
    inside = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))


def _from_log_odds(value: float) -> float:
    return 1 / (1 + math.exp(-value))
