"""May this group's answers be averaged? Agreement within groups and how far groups differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from fairlead.core.agreement_sums import GroupSums, group_sums
from fairlead.core.chance import HIGHEST_CORRELATION, REPETITIONS, chance, uniform
from fairlead.core.intraclass import Intraclass, intraclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.chance import Chance, Null

ALIKE, DIFFERENTLY, TOO_FEW = "alike", "differently", "too few to say"
"""Verdicts: a group sees it alike, sees it differently, or too few answered to say either."""

FEWEST: Final = 4
"""Below this number nothing is said about agreement: two or three agree by chance too easily."""

CAMP: Final = 1 / 3
"""Share of a divided group's answers on each side from which on it has two camps."""

OPTIONS: Final = (2, 101)
"""How many options an item may have."""


class GroupAgreement(NamedTuple):
    """One group: its size, mean and indices of agreement; ``None`` where too few answered.

    A plain tuple with names, because there may be hundreds of thousands. ``mean`` is in the scale's
    own options. ``out_of_range``: the variance is larger than expected by chance, so ``rwg_j`` was
    set to 0; ``rwg_star`` shows by how much. ``two_camps``: answers lie on both sides and vary more
    than in nineteen of twenty random groups. ``verdict`` is ``""`` where chance was not simulated.
    """

    group: str
    n: int
    mean: float | None
    rwg_j: float | None
    ad_mean: float | None
    ad_median: float | None
    rwg_star: float | None
    awg: float | None
    out_of_range: bool
    two_camps: bool
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How an index lies over the groups that have one; ``None`` where no group has."""

    n: int
    mean: float | None
    median: float | None
    min: float | None
    max: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleAgreement:
    """Agreement and reliability of one scale over groups.

    ``n`` people answered every item; ``left_out`` did not. ``alone`` counts groups of one.
    ``correlation`` is the one between items within groups that the simulation used; ``chance`` is
    what one group in twenty of a size reaches by chance; ``ad_limit`` the largest average deviation
    that still counts as agreement, in options.
    """

    name: str
    items: int
    options: int
    lowest: int
    n: int
    left_out: int
    alone: int
    alpha: float | None
    icc: Intraclass
    rwg_j: Spread
    ad_mean: Spread
    ad_median: Spread
    rwg_star: Spread
    awg: Spread
    out_of_range: int
    two_camps: int
    alike: int
    differently: int
    too_few: int
    null: str
    null_variance: float
    ad_limit: float
    correlation: float
    repetitions: int
    chance: tuple[Chance, ...]
    groups: tuple[GroupAgreement, ...]


def agreement(
    answers: NDArray[np.integer],
    groups: NDArray[np.integer],
    labels: Sequence[str],
    *,
    options: int,
    lowest: int = 1,
    name: str = "",
    null: Null | None = None,
    rng: np.random.Generator | None = None,
    repetitions: int = REPETITIONS,
) -> ScaleAgreement:
    """Say of each group whether its members see a scale alike, and how far groups differ.

    Parameters
    ----------
    answers
        People by items: options counted from 0, ``MISSING`` (-1) where nothing was said, reversed
        items turned. Who left an item out is left out of the whole scale.
    groups
        Group of each person, as place in ``labels``.
    labels
        Names of the groups.
    options
        How many options each item has, 2 to 101.
    lowest
        Number of the lowest option, for ``mean``.
    name
        Name of the scale.
    null
        How answers fall by chance; :func:`fairlead.core.chance.uniform` if none is given.
    rng
        The source of chance for the simulated critical values; without it there are no verdicts.
    repetitions
        Random groups for each size.

    Returns
    -------
    ScaleAgreement

    Raises
    ------
    ValueError
        When shapes do not fit, an answer is no option, or a group has no label.

    Notes
    -----
    With s² the mean variance (n - 1) of the J items in a group and σ² the one expected by chance,
    rwg(J) = J (1 - s²/σ²) / (J (1 - s²/σ²) + s²/σ²), for one item 1 - s²/σ² (James, Demaree & Wolf
    1984, doi:10.1037/0021-9010.69.1.85). Where s² > σ² it is 0, as in R's multilevel, and counted as
    out of range. r*wg = 1 - s²/σ² does not grow with J and keeps its sign (Lindell, Brandt &
    Whitney 1999, doi:10.1177/01466219922031257). AD: mean distance from the item's mean or median
    (Burke, Finkelstein & Dusig 1999, doi:10.1177/109442819921004); it counts as agreement up to
    options / 6 (Burke & Dunlap 2002, doi:10.1177/1094428102005002002). a_wg: Brown & Hauenstein
    (2005), doi:10.1177/1094428105275376. A group of four or more sees a scale alike where AD stays
    within its limit and rwg(J) beats what one random group in twenty reaches (Cohen, Doveh &
    Nahum-Shani 2009), and differently where AD goes beyond its limit; within the limit but not
    beyond chance, too few answered to say. The rule of thumb of .70 is not used, because random
    answers can pass it.
    Everything follows from whole-number sums, so no tie depends on the order of rows.

    Examples
    --------
    >>> import numpy as np
    >>> said = np.array([[3, 4], [4, 4], [3, 3], [4, 3], [0, 1], [4, 4], [0, 4], [4, 0]])
    >>> found = agreement(said, np.repeat([0, 1], 4), ["ours", "theirs"], options=5,
    ...                   rng=np.random.default_rng(1))
    >>> [(g.group, round(g.rwg_j, 3), g.verdict) for g in found.groups]
    [('ours', 0.909, 'alike'), ('theirs', 0.0, 'differently')]
    """
    null = null or uniform(options)
    answers = np.asarray(answers)
    _check(answers, groups, labels, options, null)
    whole = np.flatnonzero((answers >= 0).all(axis=1)) if answers.size and answers.min() < 0 else None
    kept = (answers, groups) if whole is None else (answers[whole], groups[whole])
    sums = group_sums(*kept, len(labels), options=options)
    correlation = item_correlation(sums)
    reached = _simulated(sums, null, rng, correlation, repetitions)
    columns = _columns(sums, null, reached, lowest)
    verdicts = columns.verdict
    people = int(sums.size.sum())
    return ScaleAgreement(
        name=name,
        items=sums.items,
        options=options,
        lowest=lowest,
        n=people,
        left_out=len(answers) - people,
        alone=int(np.sum(sums.size == 1)),
        alpha=alpha_of(sums),
        icc=intraclass(sums.size, sums.total, sums.squares, unit=sums.items),
        rwg_j=_spread(columns.rwg_j),
        ad_mean=_spread(columns.ad_mean),
        ad_median=_spread(columns.ad_median),
        rwg_star=_spread(columns.rwg_star),
        awg=_spread(columns.awg),
        out_of_range=int(columns.out_of_range.sum()),
        two_camps=int(columns.two_camps.sum()),
        alike=verdicts.count(ALIKE),
        differently=verdicts.count(DIFFERENTLY),
        too_few=verdicts.count(TOO_FEW),
        null=null.name,
        null_variance=float(null.variance),
        ad_limit=options / 6,
        correlation=correlation,
        repetitions=repetitions if reached else 0,
        chance=reached,
        groups=columns.rows(labels, sums.size),
    )


def alpha_of(sums: GroupSums) -> float | None:
    """Compute coefficient alpha over all people from group sums.

    Parameters
    ----------
    sums
        Sums of one scale, of people who answered every item.

    Returns
    -------
    float or None
        As :func:`fairlead.core.reliability.alpha`; ``None`` for one item, or where totals do not vary.

    Examples
    --------
    >>> import numpy as np
    >>> rows = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> round(alpha_of(group_sums(rows, np.zeros(6, dtype=int), 1, options=11)), 7)
    0.9093155
    """
    people = int(sums.size.sum())
    whole = people * int(sums.squares.sum()) - int(sums.total.sum()) ** 2
    if sums.items < 2 or whole == 0:
        return None
    each = sum(
        people * int(squares) - int(total) ** 2
        for total, squares in zip(sums.item_totals.sum(axis=1), sums.item_squares.sum(axis=1), strict=True)
    )
    return sums.items / (sums.items - 1) * (1 - each / whole)


def item_correlation(sums: GroupSums) -> float:
    """Estimate how much two items go together within groups, 0 to 0.95.

    Parameters
    ----------
    sums
        Sums of one scale.

    Returns
    -------
    float
        Mean covariance of two items over the mean variance of one, both within groups; 0 for one
        item, where items do not vary, or where they run against each other.

    Examples
    --------
    >>> import numpy as np
    >>> said = np.array([[0, 0], [1, 1], [2, 2], [2, 1]])
    >>> round(item_correlation(group_sums(said, np.zeros(4, dtype=int), 1, options=3)), 4)
    0.8421
    """
    there = sums.size > 0
    size = sums.size[there]
    totals = float(np.sum((size * sums.squares[there] - sums.total[there] ** 2) / size))
    each = float(np.sum(sums.spread[there] / size))
    if sums.items < 2 or each <= 0.0:
        return 0.0
    found = (totals - each) / (sums.items - 1) / each
    return min(max(found, 0.0), HIGHEST_CORRELATION)


def _check(
    answers: NDArray[np.integer],
    groups: NDArray[np.integer],
    labels: Sequence[str],
    options: int,
    null: Null,
) -> None:
    if answers.ndim != 2 or answers.shape[1] < 1 or answers.dtype.kind not in "iu":
        raise ValueError("The answers are a table of whole numbers: people by items.")
    if not OPTIONS[0] <= options <= OPTIONS[1] or null.options != options:
        raise ValueError(f"There are {options} options, and {null.options} in the null.")
    if len(groups) != len(answers):
        raise ValueError(f"There are {len(answers)} people and {len(groups)} groups of theirs.")
    if answers.size and (int(answers.max()) >= options or int(answers.min()) < -1):
        raise ValueError(f"Answers are options from 0 to {options - 1}, or -1 where nothing was said.")
    if len(groups) and (int(groups.min()) < 0 or int(groups.max()) >= len(labels)):
        raise ValueError(f"Groups are places in the {len(labels)} labels.")


def _simulated(
    sums: GroupSums, null: Null, rng: np.random.Generator | None, correlation: float, repetitions: int
) -> tuple[Chance, ...]:
    sizes = np.unique(sums.size[sums.size >= FEWEST])
    if rng is None or not len(sizes):
        return ()
    return chance(sizes.tolist(), sums.items, null, rng=rng, correlation=correlation, repetitions=repetitions)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The figures of all groups as columns, NaN where there is none."""

    mean: NDArray[np.float64]
    rwg_j: NDArray[np.float64]
    ad_mean: NDArray[np.float64]
    ad_median: NDArray[np.float64]
    rwg_star: NDArray[np.float64]
    awg: NDArray[np.float64]
    out_of_range: NDArray[np.bool_]
    two_camps: NDArray[np.bool_]
    verdict: list[str]

    def rows(self, labels: Sequence[str], size: NDArray[np.int64]) -> tuple[GroupAgreement, ...]:
        figures = (self.mean, self.rwg_j, self.ad_mean, self.ad_median, self.rwg_star, self.awg)
        columns = (
            labels,
            size.tolist(),
            *map(_plain, figures),
            self.out_of_range.tolist(),
            self.two_camps.tolist(),
            self.verdict,
        )
        return tuple(map(GroupAgreement._make, zip(*columns, strict=True)))


def _columns(sums: GroupSums, null: Null, reached: tuple[Chance, ...], lowest: int) -> _Columns:
    found, expected = sums.against(null.variance)
    ratio = sums.ratio(null.variance)
    return _Columns(
        mean=sums.mean + lowest,
        rwg_j=sums.rwg_j(null.variance),
        ad_mean=sums.ad_mean,
        ad_median=sums.ad_median,
        rwg_star=1.0 - ratio,
        awg=sums.awg,
        out_of_range=(found > expected) & (sums.size > 1),
        two_camps=_two_camps(sums, ratio, reached),
        verdict=_verdicts(sums, ratio, reached),
    )


def _by_size(sums: GroupSums, sizes: Sequence[int], values: Sequence[float]) -> NDArray[np.float64]:
    """Give each group the value of its size, NaN where its size has none."""
    table = np.full(int(sums.size.max(initial=0)) + 1, np.nan)
    table[list(sizes)] = values
    found: NDArray[np.float64] = table[sums.size]
    return found


def _two_camps(sums: GroupSums, ratio: NDArray[np.float64], reached: tuple[Chance, ...]) -> NDArray[np.bool_]:
    if not reached:
        return np.zeros(len(sums.size), dtype=bool)
    divided = ratio > _by_size(sums, [one.size for one in reached], [one.divided for one in reached])
    camp = np.ceil(CAMP * sums.items * sums.size)
    found: NDArray[np.bool_] = divided & (sums.low >= camp) & (sums.high >= camp)
    return found


def _verdicts(sums: GroupSums, ratio: NDArray[np.float64], reached: tuple[Chance, ...]) -> list[str]:
    if not reached:
        return [TOO_FEW if size < FEWEST else "" for size in sums.size.tolist()]
    surely = ratio < _by_size(sums, [one.size for one in reached], [one.ratio for one in reached])
    # AD is a quotient of whole numbers and so is its limit: six times the one beside the other is exact.
    within = 6 * sums.off_mean <= sums.options * sums.items * sums.size * sums.size
    codes = np.where(sums.size < FEWEST, 2, np.where(within, np.where(surely, 0, 2), 1))
    words = (ALIKE, DIFFERENTLY, TOO_FEW)
    return [words[code] for code in codes.tolist()]


def _plain(column: NDArray[np.float64]) -> list[float | None]:
    plain: list[float | None] = list(column.tolist())
    for place in np.flatnonzero(np.isnan(column)).tolist():
        plain[place] = None
    return plain


def _spread(column: NDArray[np.float64]) -> Spread:
    known = column[~np.isnan(column)]
    if not len(known):
        return Spread(n=0, mean=None, median=None, min=None, max=None)
    return Spread(
        n=len(known),
        mean=float(known.mean()),
        median=float(np.median(known)),
        min=float(known.min()),
        max=float(known.max()),
    )
