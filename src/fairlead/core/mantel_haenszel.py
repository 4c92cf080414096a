"""Two groups compared inside strata (units, levels): one common odds ratio, and whether there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import chdtrc, gammaln, ndtri

from fairlead.core.two_groups import TIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_EXACT: Final = 200_000
"""The exact test multiplies the strata's distributions; above so many values only the chi-square stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MantelHaenszel:
    """One odds ratio of a group and the one it is compared with, over all strata.

    ``odds_ratio`` below 1: the group is selected less often inside the strata. ``p`` is that of
    Cochran-Mantel-Haenszel's chi-square, ``corrected_p`` the same with the correction for continuity,
    ``exact_p`` that of the exact conditional test.
    ``homogeneity_p`` (Breslow & Day with Tarone's correction) is small where the strata
    have different odds ratios, so that one number does not describe them. ``impact_ratio`` is the common
    ratio of rates. ``strata`` held both groups and both outcomes, so that they say something;
    ``silent_strata`` did not. What cannot be computed is ``None``, and ``too_little`` says why.
    """

    odds_ratio: float | None
    low: float | None
    high: float | None
    level: float
    chi_square: float | None
    p: float | None
    corrected_chi_square: float | None
    corrected_p: float | None
    exact_p: float | None
    homogeneity: float | None
    homogeneity_df: int
    homogeneity_p: float | None
    impact_ratio: float | None
    impact_low: float | None
    impact_high: float | None
    strata: int
    silent_strata: int
    n: int
    too_little: str = ""


NO_STRATUM: Final = "In no unit or level were both groups present and some, but not all, selected."


def mantel_haenszel(tables: Sequence[tuple[int, int, int, int]], *, level: float = 0.95) -> MantelHaenszel:
    """Compare two groups inside strata.

    Parameters
    ----------
    tables
        For each stratum (selected, all) of the group and (selected, all) of the one it is compared with:
        ``(x, n, x_ref, n_ref)``.
    level
        Coverage of the intervals.

    Returns
    -------
    MantelHaenszel
        The same for the strata in any order.

    Notes
    -----
    It assumes one odds ratio in all strata; ``homogeneity_p`` is the test of that. Strata without one of
    the groups, or where all fared alike, say nothing and are counted.

    References
    ----------
    Mantel & Haenszel (1959), doi:10.1093/jnci/22.4.719; the interval: Robins, Breslow & Greenland (1986),
    doi:10.2307/2531052; homogeneity: Breslow & Day (1980), Tarone (1985), doi:10.1093/biomet/72.1.91; the
    ratio of rates: Greenland & Robins (1985), doi:10.2307/2530643; the exact test: Mehta, Patel & Gray
    (1985), doi:10.1080/01621459.1985.10478212.

    Examples
    --------
    >>> found = mantel_haenszel([(6, 16, 16, 25), (9, 34, 25, 43)])
    >>> round(found.odds_ratio, 6), round(found.p, 6), round(found.exact_p, 6)
    (0.284622, 0.001385, 0.00156)
    """
    all_of = np.array(tables, dtype=np.int64).reshape(-1, 4)
    x, n, x_ref, n_ref = all_of.T
    drawn, people = x + x_ref, n + n_ref
    telling = (n > 0) & (n_ref > 0) & (drawn > 0) & (drawn < people)
    silent = int(np.sum(~telling))
    kept = all_of[telling].astype(np.float64)
    if not len(kept):
        return _nothing(level, silent)
    odds, low, high = _odds_ratio(kept, level)
    ratio, ratio_low, ratio_high = _ratio_of_rates(kept, level)
    chi, p = _chi_square(kept, 0.0)
    corrected, corrected_p = _chi_square(kept, 0.5)
    homogeneity, df, homogeneity_p = _homogeneity(kept, odds)
    why = (
        "" if odds is not None else "In no unit or level was one of the groups both selected and passed over."
    )
    return MantelHaenszel(
        odds_ratio=odds, low=low, high=high, level=level, chi_square=chi, p=p,
        corrected_chi_square=corrected, corrected_p=corrected_p,
        exact_p=_exact_p(all_of[telling]), homogeneity=homogeneity, homogeneity_df=df,
        homogeneity_p=homogeneity_p, impact_ratio=ratio, impact_low=ratio_low, impact_high=ratio_high,
        strata=len(kept), silent_strata=silent, n=int(kept[:, [1, 3]].sum()), too_little=why,
    )  # fmt: skip


def _nothing(level: float, silent: int) -> MantelHaenszel:
    return MantelHaenszel(
        odds_ratio=None, low=None, high=None, level=level, chi_square=None, p=None,
        corrected_chi_square=None, corrected_p=None, exact_p=None,
        homogeneity=None, homogeneity_df=0, homogeneity_p=None, impact_ratio=None, impact_low=None,
        impact_high=None, strata=0, silent_strata=silent, n=0, too_little=NO_STRATUM,
    )  # fmt: skip


def _odds_ratio(kept: NDArray[np.float64], level: float) -> tuple[float | None, float | None, float | None]:
    """Give Mantel and Haenszel's odds ratio and the interval of Robins, Breslow and Greenland."""
    a, c = kept[:, 0], kept[:, 2]
    b, d = kept[:, 1] - a, kept[:, 3] - c
    people = kept[:, 1] + kept[:, 3]
    r, s = a * d / people, b * c / people
    up, down = float(r.sum()), float(s.sum())
    if down == 0:
        return None, None, None
    if up == 0:
        return 0.0, None, None
    p, q = (a + d) / people, (b + c) / people
    variance = (
        float((p * r).sum()) / (2 * up**2)
        + float((p * s + q * r).sum()) / (2 * up * down)
        + float((q * s).sum()) / (2 * down**2)
    )
    odds, away = up / down, float(ndtri(0.5 + level / 2)) * variance**0.5
    return odds, odds * float(np.exp(-away)), odds * float(np.exp(away))


def _ratio_of_rates(
    kept: NDArray[np.float64], level: float
) -> tuple[float | None, float | None, float | None]:
    """Give the common ratio of rates with the interval of Greenland and Robins."""
    x, n, x_ref, n_ref = kept.T
    people = n + n_ref
    up, down = float((x * n_ref / people).sum()), float((x_ref * n / people).sum())
    if down == 0:
        return None, None, None
    if up == 0:
        return 0.0, None, None
    parts = ((x + x_ref) * n * n_ref - x * x_ref * people) / people**2
    away = float(ndtri(0.5 + level / 2)) * (float(parts.sum()) / (up * down)) ** 0.5
    ratio = up / down
    return ratio, ratio * float(np.exp(-away)), ratio * float(np.exp(away))


def _chi_square(kept: NDArray[np.float64], correction: float) -> tuple[float, float]:
    x, n, x_ref, n_ref = kept.T
    drawn, people = x + x_ref, n + n_ref
    away = abs(float((x - n * drawn / people).sum()))
    variance = float((n * n_ref * drawn * (people - drawn) / (people**2 * (people - 1))).sum())
    # As R: the correction is never larger than the difference itself.
    chi = (away - min(correction, away)) ** 2 / variance
    return chi, float(chdtrc(1, chi))


def _homogeneity(kept: NDArray[np.float64], odds: float | None) -> tuple[float | None, int, float | None]:
    """Give Breslow and Day's statistic with Tarone's correction, its degrees of freedom and its p."""
    if odds is None or odds == 0 or len(kept) == 1:
        return None, 0, None
    x, n, x_ref, n_ref = kept.T
    drawn = x + x_ref
    # The number that would be selected of the group at the common odds ratio: a root of a quadratic.
    square, linear, fixed = 1 - odds, n_ref - drawn + odds * (drawn + n), -odds * drawn * n
    root = np.sqrt(np.maximum(linear**2 - 4 * square * fixed, 0.0))
    fitted = -2 * fixed / (linear + root)
    with np.errstate(divide="ignore"):
        inverse = 1 / fitted + 1 / (drawn - fitted) + 1 / (n - fitted) + 1 / (n_ref - drawn + fitted)
    variance = 1 / inverse
    statistic = float(((x - fitted) ** 2 / variance).sum())
    statistic -= float((x - fitted).sum()) ** 2 / float(variance.sum())
    df = len(kept) - 1
    return max(statistic, 0.0), df, float(chdtrc(df, max(statistic, 0.0)))


def _exact_p(tables: NDArray[np.int64]) -> float | None:
    """Give the two-sided p of the exact test: totals that are not more likely than the one seen."""
    if int(np.minimum(tables[:, 1], tables[:, 0] + tables[:, 2]).sum()) > MOST_EXACT:
        return None
    total, seen = np.ones(1), 0
    for table in tables:
        weights, low = hypergeometric(*table.tolist())
        weights, above = _trimmed(weights)
        total, further = _trimmed(np.convolve(total, weights))
        seen += int(table[0]) - low - above - further
    if not 0 <= seen < len(total):
        return 0.0
    total /= total.sum()
    return float(min(total[total <= total[seen] * TIES].sum(), 1.0))


def _trimmed(weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    """Drop the ends that are too small for a number to hold, and say how many stood before."""
    some = np.flatnonzero(weights)
    return weights[some[0] : some[-1] + 1], int(some[0])


def hypergeometric(x: int, n: int, x_ref: int, n_ref: int) -> tuple[NDArray[np.float64], int]:
    """Give the probabilities of every number selected of a group under equal chances, and the least number.

    Examples
    --------
    >>> hypergeometric(1, 2, 1, 2)[0].round(4).tolist()
    [0.1667, 0.6667, 0.1667]
    """
    drawn = x + x_ref
    low, high = max(0, drawn - n_ref), min(n, drawn)
    at = np.arange(low, high + 1)
    logs = -gammaln(at + 1.0) - gammaln(n - at + 1.0) - gammaln(drawn - at + 1.0)
    logs -= gammaln(n_ref - drawn + at + 1.0)
    weights = np.exp(logs - logs.max())
    return weights / weights.sum(), low
