"""How far the scores of groups lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.decisions import Attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGap:
    """Mean score of a group, and its difference from the reference.

    ``low`` and ``high`` hold the difference at the level of :class:`ScoreGaps`; ``t``, ``df`` and ``p`` are
    Welch's, ``d`` is the difference in pooled standard deviations. ``None`` for the reference itself and
    where a group has fewer than two scores, or no spread.
    """

    group: str
    n: int
    mean: float | None
    sd: float | None
    difference: float | None
    low: float | None
    high: float | None
    t: float | None
    df: float | None
    p: float | None
    d: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGaps:
    """All groups beside one reference."""

    reference: str
    groups: tuple[ScoreGap, ...]
    level: float


def score_gaps(
    scores: NDArray[np.float64], column: Attribute, *, reference: str, level: float = 0.95
) -> ScoreGaps:
    """Compare the mean scores of groups.

    Parameters
    ----------
    scores
        One a row, NaN where there is none.
    column
        The attribute of each row.
    reference
        The value the others are compared with.
    level
        Coverage of the intervals.

    References
    ----------
    Welch (1947), doi:10.1093/biomet/34.1-2.28; Cohen (1988).

    Examples
    --------
    >>> from fairlead.core.decisions import attribute
    >>> sex = attribute("sex", ["a", "a", "a", "b", "b", "b"])
    >>> gaps = score_gaps(np.array([1.0, 2.0, 3.0, 2.0, 4.0, 6.0]), sex, reference="b")
    >>> round(gaps.groups[0].difference, 3), round(gaps.groups[0].t, 3), round(gaps.groups[0].df, 3)
    (-2.0, -1.549, 2.941)
    """
    there = ~np.isnan(scores)
    of = {name: scores[there & (column.of == place)] for place, name in enumerate(column.values)}
    base = of.get(reference, np.zeros(0))
    found = [_gap(name, mine, base, level, itself=name == reference) for name, mine in of.items()]
    return ScoreGaps(reference=reference, groups=tuple(found), level=level)


def _gap(
    name: str, mine: NDArray[np.float64], base: NDArray[np.float64], level: float, *, itself: bool
) -> ScoreGap:
    mean = float(mine.mean()) if len(mine) else None
    sd = float(mine.std(ddof=1)) if len(mine) > 1 else None
    nothing = ScoreGap(
        group=name, n=len(mine), mean=mean, sd=sd, difference=None, low=None, high=None, t=None, df=None,
        p=None, d=None,
    )  # fmt: skip
    if itself or len(mine) < 2 or len(base) < 2:
        return nothing
    of_mine, of_base = float(mine.var(ddof=1)) / len(mine), float(base.var(ddof=1)) / len(base)
    error = (of_mine + of_base) ** 0.5
    if error == 0:
        return nothing
    difference = float(mine.mean() - base.mean())
    df = error**4 / (of_mine**2 / (len(mine) - 1) + of_base**2 / (len(base) - 1))
    t, away = difference / error, float(stdtrit(df, 0.5 + level / 2)) * error
    pooled = (of_mine * len(mine) * (len(mine) - 1) + of_base * len(base) * (len(base) - 1)) ** 0.5
    pooled /= (len(mine) + len(base) - 2) ** 0.5
    return ScoreGap(
        group=name, n=len(mine), mean=mean, sd=sd, difference=difference, low=difference - away,
        high=difference + away, t=t, df=df, p=float(2 * stdtr(df, -abs(t))), d=difference / pooled,
    )  # fmt: skip
