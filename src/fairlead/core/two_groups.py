"""Two groups and one decision: ratios of selection rates with score intervals, exact and mid-p tests.

All functions take whole numbers and many tables at once. Nothing here compares a ratio of decimals with a
limit: what is compared is compared in whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import gammaln, ndtr, ndtri

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

TIES: Final = 1 + 1e-7
"""Tables whose probability differs by less count as equally likely, as in R's ``fisher.test``."""

MOST_CELLS: Final = 60_000
"""Probabilities that are held at once: what they need stays near the processor."""

MOST_TABLES: Final = 16_000
"""Intervals that are looked for at once."""

MOST_STEPS: Final = 100
NEAR: Final = 1e-9
"""A step of Newton's this small, beside what is left, is the last: the next would be its square."""


def below_four_fifths(x: ArrayLike, n: ArrayLike, x_ref: ArrayLike, n_ref: ArrayLike) -> NDArray[np.bool_]:
    """Say whether a selection rate is below four fifths of another, in whole numbers.

    Parameters
    ----------
    x, n
        Selected and all of the group.
    x_ref, n_ref
        Selected and all of the group it is compared with.

    Returns
    -------
    ndarray of bool
        ``5 x n_ref < 4 x_ref n``: never wrong by rounding, and false where the rate is exactly four fifths.

    References
    ----------
    Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D) (1978): a rule of thumb.

    Examples
    --------
    >>> bool(below_four_fifths(4, 6, 5, 6)), (4 / 6) / (5 / 6) < 0.8
    (False, True)
    """
    x, n, x_ref, n_ref = (np.asarray(one, dtype=np.int64) for one in (x, n, x_ref, n_ref))
    return np.asarray(5 * x * n_ref < 4 * x_ref * n)


def exact_and_mid_p(
    x: ArrayLike, n: ArrayLike, x_ref: ArrayLike, n_ref: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Test equal rates, given how many were selected in all: Fisher's exact test and its mid-p.

    Parameters
    ----------
    x, n, x_ref, n_ref
        Selected and all of two groups; arrays of one shape, one table each.

    Returns
    -------
    exact, mid, least : ndarray of float64, shape (tables,)
        Two-sided p of Fisher's test (all tables that are not more likely than the one seen), the same with
        half of the tables as likely as the one seen (mid-p), and the least mid-p that any table with these
        margins has: where it is large, no outcome could have told the groups apart.

    Notes
    -----
    Fisher's test is conservative in small tables; mid-p is closer to its nominal level and can exceed it
    slightly.

    References
    ----------
    Fisher (1935), doi:10.2307/2342435; Lancaster (1961), doi:10.1080/01621459.1961.10482105; Hirji, Tan &
    Elashoff (1991), doi:10.1002/sim.4780100714.

    Examples
    --------
    >>> [round(float(one[0]), 5) for one in exact_and_mid_p([12], [40], [40], [80])[:2]]
    [0.05045, 0.04147]
    """
    given = [np.atleast_1d(np.asarray(one, dtype=np.int64)) for one in (x, n, x_ref, n_ref)]
    seen, size, seen_ref, size_ref = (np.ascontiguousarray(one) for one in np.broadcast_arrays(*given))
    drawn, people = seen + seen_ref, size + size_ref
    low, high = np.maximum(0, drawn - size_ref), np.minimum(size, drawn)
    sizes = high - low + 1
    found = np.empty((3, len(seen)))
    ends = np.cumsum(sizes)
    logs = gammaln(np.arange(int(people.max(initial=0)) + 1) + 1.0)
    begin = 0
    while begin < len(seen):
        before = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + MOST_CELLS, side="right")))
        part = slice(begin, end)
        found[:, part] = _tails(
            seen[part], size[part], size_ref[part], drawn[part], low[part], sizes[part], logs
        )
        begin = end
    return found[0], found[1], found[2]


def _tails(
    x: NDArray[np.int64], n: NDArray[np.int64], n_ref: NDArray[np.int64], drawn: NDArray[np.int64],
    low: NDArray[np.int64], sizes: NDArray[np.int64], logs: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """Sum the hypergeometric probabilities of some tables laid one after the other."""
    ends = np.cumsum(sizes)
    starts = ends - sizes
    fixed = logs[n] + logs[n_ref] + logs[drawn] + logs[n + n_ref - drawn] - logs[n + n_ref]
    at = np.arange(int(ends[-1])) + np.repeat(low - starts, sizes)
    rest = np.repeat(drawn, sizes) - at
    weight = np.repeat(fixed, sizes)
    weight -= logs[at]
    weight -= logs[rest]
    weight -= logs[np.repeat(n, sizes) - at]
    weight -= logs[np.repeat(n_ref, sizes) - rest]
    np.exp(weight, out=weight)
    seen = weight[starts + x - low]
    # The rarest table stands at an end: the probabilities rise to their highest and fall again.
    first, last = weight[starts], weight[ends - 1]
    rarest = np.minimum(first, last)
    tied = np.where(first <= rarest * TIES, first, 0.0)
    tied += np.where((last <= rarest * TIES) & (sizes > 1), last, 0.0)
    weight *= weight <= np.repeat(seen * TIES, sizes)
    exact = np.add.reduceat(weight, starts)
    weight *= weight >= np.repeat(seen / TIES, sizes)
    same = np.add.reduceat(weight, starts)
    return np.stack([np.minimum(exact, 1.0), np.minimum(exact - same / 2, 1.0), tied / 2])


def ratio_interval(
    x: ArrayLike, n: ArrayLike, x_ref: ArrayLike, n_ref: ArrayLike, *, level: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the score interval of a ratio of two selection rates.

    Parameters
    ----------
    x, n, x_ref, n_ref
        Selected and all of the group, and of the group it is compared with; every ``n`` is above 0.
    level
        Coverage.

    Returns
    -------
    low, high : ndarray of float64, shape (tables,)
        All ratios that the score test (Pearson's chi-square with the rates that fit the ratio best) does
        not refuse. NaN where nobody of the second group was selected: there is no ratio then.

    Notes
    -----
    The statistic carries Miettinen & Nurminen's factor (N - 1) / N, which makes the interval a little wider
    than Koopman's. Unlike the interval by logarithms (Katz et al. 1978) it exists when nobody of the group
    was selected, and its coverage stays near ``level`` in small groups. With p and q the rates that fit a
    ratio best and t = (x - n p) / (1 - p), which is -(x_ref - n_ref q) / (1 - q), the statistic is
    t^2 ((1 - x/n) / (x - t) + (1 - x_ref/n_ref) / (x_ref + t)): convex in t, so that Newton's steps from
    beyond come down to the limit without passing it. The ratio follows from t.

    References
    ----------
    Koopman (1984), doi:10.2307/2531405; Miettinen & Nurminen (1985), doi:10.1002/sim.4780040211.

    Examples
    --------
    >>> low, high = ratio_interval(12, 40, 40, 80)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.3467, 0.9742)
    """
    given = [np.atleast_1d(np.asarray(one, dtype=np.float64)) for one in (x, n, x_ref, n_ref)]
    tables = np.stack(np.broadcast_arrays(*given))
    square = float(ndtri(0.5 + level / 2)) ** 2
    limits = np.full((2, tables.shape[1]), np.nan)
    for begin in range(0, tables.shape[1], MOST_TABLES):
        part = slice(begin, begin + MOST_TABLES)
        a, size, b, size_b = tables[:, part]
        people = size + size_b
        goal = square * people / (people - 1)
        some = b > 0
        limits[0, part][some] = _lowest_ratio(a[some], size[some], b[some], size_b[some], goal[some])
        limits[1, part][some] = 1 / _lowest_ratio(b[some], size_b[some], a[some], size[some], goal[some])
    return limits[0], limits[1]


def _lowest_ratio(
    x: NDArray[np.float64], n: NDArray[np.float64], x_ref: NDArray[np.float64],
    n_ref: NDArray[np.float64], goal: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """Give the ratio below the one seen at which the statistic is ``goal``; 0 where nobody was selected.

    Where all of the group were selected, t ends at x, and from there on p falls below 1 with q fixed: what
    the statistic still lacks is n (1 - p) / p.
    """
    missed, missed_ref = (n - x) / n, (n_ref - x_ref) / n_ref
    everybody = missed == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        # Two bounds from above: the first term alone, and both with their largest denominators.
        most = 2 * goal * x / (goal + np.sqrt(goal * goal + 4 * missed * goal * x))
        t = np.fmin(most, np.sqrt(goal / (missed / x + missed_ref / (x_ref + most))))
        for _ in range(MOST_STEPS):
            room, room_ref = x - t, x_ref + t
            left = np.where(everybody, 0.0, missed / room)
            right = missed_ref / room_ref
            bend = np.where(everybody, 0.0, left / room) - right / room_ref
            step = (t * t * (left + right) - goal) / (t * (2 * (left + right) + t * bend))
            step = np.where(step > 0, step, 0.0)
            t -= step
            if np.all(step <= NEAR * np.where(everybody, t, np.minimum(t, room))):
                break
        ratio = (x - t) * (n_ref + t) / ((n - t) * (x_ref + t))
    lacking = np.maximum(goal - x * x * missed_ref / (x_ref + x), 0.0)
    ended = n / (n + lacking) * (n_ref + t) / (x_ref + t)
    return np.where(x == 0, 0.0, np.where(everybody, ended, ratio))


def log_interval(
    x: int, n: int, x_ref: int, n_ref: int, *, level: float = 0.95
) -> tuple[float, float] | None:
    """Give the interval of a ratio by logarithms, for comparison with older reports.

    ``None`` where nobody was selected in one of the groups. Katz, Baptista, Azen & Pike (1978),
    doi:10.2307/2530610.

    Examples
    --------
    >>> low, high = log_interval(3, 8, 16, 25)
    >>> round(low, 6), round(high, 6)
    (0.228502, 1.502492)
    """
    if not (x and x_ref):
        return None
    spread = float(ndtri(0.5 + level / 2)) * np.sqrt(1 / x - 1 / n + 1 / x_ref - 1 / n_ref)
    ratio = x * n_ref / (n * x_ref)
    return float(ratio * np.exp(-spread)), float(ratio * np.exp(spread))


def shortfall(x: int, n: int, x_ref: int, n_ref: int) -> float:
    """Give how many more of a group would have been selected at one rate for both groups.

    The number selected in both together stays as it is; below 0 where the group has more than that.

    Examples
    --------
    >>> round(shortfall(3, 8, 16, 25), 4)
    1.6061
    """
    return n * (x + x_ref) / (n + n_ref) - x


def standard_deviations(x: int, n: int, x_ref: int, n_ref: int) -> float | None:
    """Give the difference of two rates in standard deviations (pooled); ``None`` where all fared alike.

    The "two standard deviations" of courts: Hazelwood School District v. United States, 433 U.S. 299.

    Examples
    --------
    >>> round(standard_deviations(3, 8, 16, 25), 4)
    -1.32
    """
    pooled = (x + x_ref) / (n + n_ref)
    if pooled in {0.0, 1.0}:
        return None
    return float((x / n - x_ref / n_ref) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / n_ref)))


def two_sided_p(deviations: float) -> float:
    """Give the two-sided normal p of a number of standard deviations."""
    return float(2 * ndtr(-abs(deviations)))


def yates_p(x: int, n: int, x_ref: int, n_ref: int) -> float | None:
    """Give the p of Pearson's chi-square with Yates's correction, for comparison with older reports.

    ``None`` where all fared alike. Yates (1934), doi:10.2307/2983604.

    Examples
    --------
    >>> round(yates_p(3, 8, 16, 25), 6)
    0.363317
    """
    people, drawn = n + n_ref, x + x_ref
    if drawn in {0, people}:
        return None
    apart = abs(x * n_ref - x_ref * n)
    away = apart - min(people / 2, apart)
    return float(2 * ndtr(-away * np.sqrt(people / (n * n_ref * drawn * (people - drawn)))))


def effect_h(x: int, n: int, x_ref: int, n_ref: int) -> float:
    """Give Cohen's h: the difference of two rates on the arcsine scale (Cohen 1988).

    Examples
    --------
    >>> round(effect_h(3, 8, 16, 25), 4)
    -0.5365
    """
    return float(2 * np.arcsin(np.sqrt(x / n)) - 2 * np.arcsin(np.sqrt(x_ref / n_ref)))
