"""How far raters differ beyond chance, and how much of each severity may be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import chdtrc, chdtri, fdtrc, fdtri

from fairlead.core.products import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_results import Verdict

    Floats = NDArray[np.float64]

CHANCE: Final = 0.10
"""Raters are corrected where chance alone would make them differ as much in fewer rounds than this.

It is where the 80 % interval of their spread leaves 0 out.
"""

ALIKE: Final = 0.25
"""Spread in logits below which raters count as alike: about a fifth of a point in the middle of a scale."""

LIKELY_SPREAD: Final = 1.0
"""Scale of the half-normal prior of the spread in logits; it speaks up only where raters are few."""

_GRID: Final = 81
_HALVINGS: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunk:
    """Severities of one component drawn towards 0, with what remains uncertain, and the verdict."""

    severity: Floats
    se: Floats
    spread: float
    spread_low: float
    spread_high: float
    reliability: float
    p: float
    verdict: Verdict


def shrink(severity: Floats, se: Floats, freedom: int | None) -> Shrunk:
    """Draw severities of one component towards their mean, 0.

    Parameters
    ----------
    severity, se
        Logits; they sum to 0.
    freedom
        Contrasts from which the widening of ``se`` was estimated; ``None`` where it was not.

    Notes
    -----
    The spread is that of Paule & Mandel (1982, doi:10.6028/jres.087.022), its interval and the test for
    0 those of the generalized Q (Viechtbauer 2007, doi:10.1002/sim.2514), on an F distribution where errors
    were widened by an estimate. Severities are drawn towards 0 by empirical Bayes, averaged over the spreads
    that the restricted likelihood leaves possible, so that ``se`` knows that few raters tell little
    about their spread (Morris 1983, doi:10.1080/01621459.1983.10477920). Where nothing is corrected the
    severity is 0 and ``se`` the root of its expected square: the uncorrected score's interval holds it.
    """
    count = len(severity)
    if count < 2:
        return Shrunk(
            severity=np.zeros(count), se=np.full(count, LIKELY_SPREAD), spread=0.0, spread_low=0.0,
            spread_high=LIKELY_SPREAD, reliability=0.0, p=1.0, verdict="too_few",
        )  # fmt: skip
    # The errors are those of differences from the mean of all; a severity by itself varies a little more.
    variance = np.maximum(se, 1e-6) ** 2 * count / (count - 1.0)
    q = _q(0.0, severity, variance)
    p = float(_tail(q, count - 1, freedom))
    spread = _spread_at(count - 1.0, severity, variance)
    low = _spread_at(_quantile(CHANCE, count - 1, freedom), severity, variance)
    high = _spread_at(_quantile(1.0 - CHANCE, count - 1, freedom), severity, variance)
    reach = max(high, float(np.sqrt(variance.mean())), float(severity.std()))
    mean, square, likely = _averaged(severity, variance, reach)
    high = max(high, likely)  # where raters differ less than chance, Q alone would call them alike
    verdict: Verdict = "corrected" if low > 0 else "alike" if high < ALIKE else "too_few"
    corrected = verdict == "corrected"
    return Shrunk(
        severity=mean if corrected else np.zeros(count),
        se=np.sqrt(np.maximum(square - mean * mean, 0.0)) if corrected else np.sqrt(square),
        spread=spread,
        spread_low=low,
        spread_high=high,
        reliability=spread**2 / (spread**2 + float(variance.mean())),
        p=p,
        verdict=verdict,
    )


def _q(spread: float, severity: Floats, variance: Floats) -> float:
    weight = 1.0 / (variance + spread * spread)
    mean = dot(weight, severity) / float(weight.sum())
    return dot(weight, (severity - mean) ** 2)


def _spread_at(goal: float, severity: Floats, variance: Floats) -> float:
    """Find the spread at which Q is this much; 0 where it is below already."""
    if _q(0.0, severity, variance) <= goal:
        return 0.0
    low, high = 0.0, 1.0
    while _q(high, severity, variance) > goal and high < 1e3:
        high *= 2.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _q(middle, severity, variance) > goal else (low, middle)
    return (low + high) / 2.0


def _tail(q: float, df: int, freedom: int | None) -> float:
    if freedom is None:
        return float(chdtrc(df, q))
    return float(fdtrc(df, max(freedom, 1), q / df))


def _quantile(above: float, df: int, freedom: int | None) -> float:
    if freedom is None:
        return float(chdtri(df, above))
    return float(df * fdtri(df, max(freedom, 1), 1.0 - above))


def _averaged(severity: Floats, variance: Floats, reach: float) -> tuple[Floats, Floats, float]:
    """Average posterior mean and square over the possible spreads; and give their nine-tenths point."""
    spreads = np.linspace(0.0, 2.5 * reach, _GRID)
    given = variance[None, :] + spreads[:, None] ** 2
    weight = 1.0 / given
    summed = weight.sum(axis=1)
    mean = (weight @ severity) / summed
    q = np.einsum("ij,ij->i", weight, (severity[None, :] - mean[:, None]) ** 2)
    logs = -0.5 * (np.log(given).sum(axis=1) + np.log(summed) + q) - 0.5 * (spreads / LIKELY_SPREAD) ** 2
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    believed = spreads[:, None] ** 2 / given
    means = believed * severity[None, :]
    squares = believed * variance[None, :] + means**2
    likely = float(np.interp(1.0 - CHANCE, np.cumsum(chance), spreads))
    return (
        np.einsum("i,ij->j", chance, means),
        np.einsum("i,ij->j", chance, squares),
        likely,
    )
