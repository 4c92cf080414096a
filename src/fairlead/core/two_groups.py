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

MOST_CELLS: Final = 4_000_000
"""Probabilities that are held at once."""

MOST_STEPS: Final = 60


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
    starts = np.cumsum(sizes) - sizes
    number = np.repeat(np.arange(len(x)), sizes)
    at = np.arange(len(number)) - starts[number] + low[number]
    fixed = logs[n] + logs[n_ref] + logs[drawn] + logs[n + n_ref - drawn] - logs[n + n_ref]
    rest = drawn[number] - at
    weight = fixed[number] - logs[at] - logs[n[number] - at] - logs[rest] - logs[n_ref[number] - rest]
    weight = np.exp(weight)
    seen = weight[starts + x - low][number]
    as_likely = (weight <= seen * TIES) & (weight >= seen / TIES)
    less = np.add.reduceat(np.where((weight <= seen * TIES) & ~as_likely, weight, 0.0), starts)
    same = np.add.reduceat(np.where(as_likely, weight, 0.0), starts)
    rarest = np.minimum.reduceat(weight, starts)[number]
    tied = np.add.reduceat(np.where(weight <= rarest * TIES, weight, 0.0), starts)
    return np.stack([np.minimum(less + same, 1.0), np.minimum(less + same / 2, 1.0), tied / 2])


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
    was selected, and its coverage stays near ``level`` in small groups. The limits are found by secants of
    the signed root of the statistic over the logarithm of the ratio, kept inside a bracket.

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
    a, size, b, size_b = (np.array(one) for one in np.broadcast_arrays(*given))
    z = float(ndtri(0.5 + level / 2))
    some = b > 0
    # Where there is no ratio any table will do; the answer is thrown away.
    b = np.where(some, b, 1.0)
    size_b = np.maximum(size_b, b)
    tables = (a, size, b, size_b)
    half = np.maximum(a, 0.5)
    point = np.log(half * size_b / (size * b))
    spread = np.sqrt(np.maximum(1 / half - 1 / size + 1 / b - 1 / size_b, 1 / (size + size_b)))
    low = np.exp(_limit(tables, z, point - z * spread, point, rising=-1.0))
    high = np.exp(_limit(tables, -z, point + z * spread, point, rising=1.0))
    low = np.where(a == 0, 0.0, low)
    return np.where(some, low, np.nan), np.where(some, high, np.nan)


def _limit(
    tables: tuple[NDArray[np.float64], ...], goal: float,
    guess: NDArray[np.float64], inner: NDArray[np.float64], *, rising: float,
) -> NDArray[np.float64]:  # fmt: skip
    """Find the logarithm of the ratio at which the signed root of the score statistic is ``goal``."""
    near, far = inner.copy(), guess.copy()
    at_near, at_far = (_signed_root(tables, one) - goal for one in (near, far))
    for _ in range(MOST_STEPS):
        inside = at_near * at_far > 0
        if not inside.any():
            break
        near, at_near = np.where(inside, far, near), np.where(inside, at_far, at_near)
        far = np.where(inside, far + rising * np.maximum(np.abs(far - inner), 0.5), far)
        at_far = _signed_root(tables, far) - goal
    for step in range(MOST_STEPS):
        gap = at_far - at_near
        tiny = np.abs(gap) < 1e-300
        new = far - at_far * (far - near) / np.where(tiny, 1.0, gap)
        middle = (near + far) / 2
        lowest, highest = np.minimum(near, far), np.maximum(near, far)
        # Every third step halves the bracket, so that a flat side cannot hold it open.
        new = np.where(tiny | (new <= lowest) | (new >= highest) | (step % 3 == 2), middle, new)
        value = _signed_root(tables, new) - goal
        beyond = value * at_near > 0
        near, at_near = np.where(beyond, new, near), np.where(beyond, value, at_near)
        far, at_far = np.where(beyond, far, new), np.where(beyond, at_far, value)
        if float(np.max(np.minimum(np.abs(value), np.abs(far - near)), initial=0.0)) < 1e-12:
            break
    return np.where(np.abs(at_near) < np.abs(at_far), near, far)


def _signed_root(
    tables: tuple[NDArray[np.float64], ...], log_ratio: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the signed root of the score statistic; above 0 where the rate seen is above the ratio asked."""
    x, n, x_ref, n_ref = tables
    ratio = np.exp(np.minimum(log_ratio, 300.0))
    a = ratio * (n + n_ref)
    b = ratio * (n + x_ref) + x + n_ref
    c = x + x_ref
    # The smaller root, in the form that does not subtract two nearly equal numbers.
    p_ref = 2 * c / (b + np.sqrt(np.maximum(b * b - 4 * a * c, 0.0)))
    p = np.minimum(ratio * p_ref, 1.0)
    p_ref = np.minimum(p_ref, 1.0)
    away = x - n * p
    spread = n * p * (1 - p)
    spread_ref = n_ref * p_ref * (1 - p_ref)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(spread > 0, away**2 / spread, 0.0)
        part_ref = np.where(spread_ref > 0, (x_ref - n_ref * p_ref) ** 2 / spread_ref, 0.0)
    people = n + n_ref
    root = np.sqrt((part + part_ref) * (people - 1) / people)
    return np.asarray(np.sign(x * n_ref - ratio * x_ref * n) * root)


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
