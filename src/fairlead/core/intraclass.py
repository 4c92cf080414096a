"""Intraclass correlations of people in groups: analysis of variance, and REML, from sums alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVEL: Final = 0.8
"""Coverage of the interval of ICC(1)."""

_GRID: Final = 400
_HALVINGS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Intraclass:
    """ICC(1) and ICC(2) of one scale; ``None`` where too little is there to say it.

    ``icc1`` and ``icc2`` follow the analysis of variance with the mean group size, as Bliese (2000)
    and R's multilevel; they can be negative and are then shown so. ``icc1_n0`` takes the size that
    is right for groups of unequal size. ``icc1_reml`` and ``icc2_reml`` come from the variances of
    restricted maximum likelihood, which cannot be below 0. ``low`` and ``high`` bound ``icc1_n0`` at
    80 %. Mean squares and variances are in squared points of the score.
    """

    n: int
    groups: int
    mean_size: float | None = None
    n0: float | None = None
    ms_between: float | None = None
    ms_within: float | None = None
    f: float | None = None
    p: float | None = None
    icc1: float | None = None
    icc2: float | None = None
    icc1_n0: float | None = None
    low: float | None = None
    high: float | None = None
    icc1_reml: float | None = None
    icc2_reml: float | None = None
    var_between: float | None = None
    var_within: float | None = None
    too_little: str = ""


def intraclass(
    size: NDArray[np.int64], total: NDArray[np.int64], squares: NDArray[np.int64], *, unit: int = 1
) -> Intraclass:
    """Compute ICC(1) and ICC(2) from the sums of each group.

    Parameters
    ----------
    size
        People in each group; groups of nobody are left out.
    total, squares
        Sum of the people's totals and of the squares of these totals, whole numbers.
    unit
        What a total is divided by to become a score: the number of items.

    Returns
    -------
    Intraclass
        ``too_little`` says why there is none, as a sentence.

    Notes
    -----
    With mean squares between (B) and within (W) groups and k the mean size, ICC(1) = (B - W) /
    (B + (k - 1) W) and ICC(2) = (B - W) / B (Bliese 2000; Shrout & Fleiss 1979,
    doi:10.1037/0033-2909.86.2.420). n0 = (N - Σ n² / N) / (G - 1). The interval is that of the F
    distribution with n0 and is approximate where sizes differ. REML maximizes the restricted
    likelihood of the one-way random model over ICC(1) in [0, 1); ICC(2) then follows by
    Spearman-Brown with the mean size. Groups of one inform the variance between groups only.

    Examples
    --------
    >>> import numpy as np
    >>> rows = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> found = intraclass(np.full(6, 4), rows.sum(axis=1), (rows**2).sum(axis=1))
    >>> round(found.icc1, 7), round(found.icc2, 7)
    (0.1657418, 0.4427971)
    """
    there = size > 0
    size, total, squares = size[there], total[there], squares[there]
    people, groups = int(size.sum()), len(size)
    if groups < 2 or people == groups:
        why = "It takes two groups." if groups < 2 else "It takes a group of two or more."
        return Intraclass(n=people, groups=groups, too_little=why)
    between, within = _mean_squares(size, total, squares, unit)
    mean_size = people / groups
    n0 = (people - float(np.sum(size * size)) / people) / (groups - 1)
    if between == 0.0 and within == 0.0:
        return Intraclass(
            n=people,
            groups=groups,
            mean_size=mean_size,
            n0=n0,
            ms_between=0.0,
            ms_within=0.0,
            too_little="Everybody has the same score.",
        )
    ratio, p, low, high = _f_test(between, within, (groups - 1, people - groups), n0)
    means = total / (unit * size)
    share, var_within = _reml(size, means, within * (people - groups))
    return Intraclass(
        n=people,
        groups=groups,
        mean_size=mean_size,
        n0=n0,
        ms_between=between,
        ms_within=within,
        f=ratio,
        p=p,
        icc1=(between - within) / (between + (mean_size - 1) * within),
        icc2=(between - within) / between if between > 0 else None,
        icc1_n0=(between - within) / (between + (n0 - 1) * within),
        low=low,
        high=high,
        icc1_reml=share,
        icc2_reml=mean_size * share / (1 + (mean_size - 1) * share),
        var_between=var_within * share / (1 - share) if share < 1 else float(np.var(means, ddof=1)),
        var_within=var_within,
    )


def _mean_squares(
    size: NDArray[np.int64], total: NDArray[np.int64], squares: NDArray[np.int64], unit: int
) -> tuple[float, float]:
    people, groups = int(size.sum()), len(size)
    # n Σx² - (Σx)² is a whole number in each group: no difference of large sums is rounded.
    inside = float(np.sum((size * squares - total * total) / size))
    middle = int(total.sum()) / people
    outside = float(np.sum((total - size * middle) ** 2 / size))
    return outside / (groups - 1) / unit**2, inside / (people - groups) / unit**2


def _f_test(
    between: float, within: float, degrees: tuple[int, int], n0: float
) -> tuple[float | None, float | None, float | None, float | None]:
    from scipy.special import fdtrc, fdtri  # noqa: PLC0415 - half a second that other commands do not need

    if within == 0.0:
        return None, 0.0, 1.0, 1.0
    ratio = between / within
    ends = (ratio / float(fdtri(*degrees, (1 + LEVEL) / 2)), ratio / float(fdtri(*degrees, (1 - LEVEL) / 2)))
    low, high = ((end - 1) / (end + n0 - 1) for end in ends)
    return ratio, float(fdtrc(*degrees, ratio)), low, high


def _reml(size: NDArray[np.int64], means: NDArray[np.float64], inside: float) -> tuple[float, float]:
    """Give ICC(1) and the variance within groups by restricted maximum likelihood.

    Groups of one size enter together: their number, the sum of their means and of the squares.
    """
    if inside == 0.0:
        return 1.0, 0.0
    sizes, place, number = np.unique(size, return_inverse=True, return_counts=True)
    centred = means - float(np.sum(size * means) / np.sum(size))
    first = np.bincount(place, weights=centred).astype(np.float64)
    second = np.bincount(place, weights=centred * centred).astype(np.float64)
    model = _Profile(
        sizes=sizes.astype(np.float64), number=number, first=first, second=second,
        inside=inside, degrees=float(size.sum() - 1),
    )  # fmt: skip
    share = model.best()
    return share, model.at(share)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Profile:
    """The restricted likelihood of the one-way random model as a function of ICC(1) alone."""

    sizes: NDArray[np.float64]
    number: NDArray[np.int64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    inside: float
    degrees: float

    def at(self, share: float) -> tuple[float, float]:
        """Slope of twice the negative log-likelihood in the odds, and the variance within."""
        inflation = 1 + self.sizes * (share / (1 - share))
        weight = self.sizes / inflation
        fall = -weight * weight
        all_weight = float(weight @ self.number)
        middle = float(weight @ self.first) / all_weight
        around = self.second - 2 * middle * self.first + self.number * middle * middle
        quadratic = self.inside + float(weight @ around)
        slope = (
            self.degrees * float(fall @ around) / quadratic
            + float(weight @ self.number)
            + float(fall @ self.number) / all_weight
        )
        return slope, quadratic / self.degrees

    def best(self) -> float:
        """Find the lowest point: a grid for the valley, then halvings on the slope."""
        grid = np.linspace(0.0, 1.0, _GRID, endpoint=False)
        place = int(np.argmin(self._values(grid)))
        low = float(grid[max(place - 1, 0)])
        high = float(grid[place + 1]) if place + 1 < _GRID else 1.0
        if place == 0 and self.at(0.0)[0] >= 0:
            return 0.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if middle in {low, high}:
                break
            low, high = (middle, high) if self.at(middle)[0] < 0 else (low, middle)
        return (low + high) / 2

    def _values(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Twice the negative log-likelihood at each share, but for a constant."""
        inflation = 1 + np.outer(shares / (1 - shares), self.sizes)
        weight = self.sizes / inflation
        all_weight = weight @ self.number
        middle = (weight @ self.first) / all_weight
        # Σ w (m - middle)² = Σ w m² - middle Σ w m, the weighted mean being the middle.
        quadratic = self.inside + weight @ self.second - middle * (weight @ self.first)
        values: NDArray[np.float64] = (
            self.degrees * np.log(quadratic) + np.log(inflation) @ self.number + np.log(all_weight)
        )
        return values
