"""Whole-number sums over groups of answers, from which every index of agreement follows.

All sums are integers, so an index does not depend on the order in which rows come, and a variance
that equals the expected one equals it exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

MISSING: Final = -1
"""The code of an answer that was not given; options count from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSums:
    """Sums of one scale by group, one entry per group, for those who go on computing.

    Parameters
    ----------
    items, options
        How many items the scale has and how many options each of them.
    size
        int64: people who answered every item.
    total, squares
        int64: sum of people's totals over the items, and of the squares of these totals.
    item_totals, item_squares
        int64, items by groups: sums of the answers and of their squares.
    off_mean
        int64: sum over items and people of n times the distance from the item's mean in the group.
    off_median
        int64: sum over items and people of the distance from the item's median in the group.
    low, high
        int64: answers on the lowest and on the highest options (two of five, three of seven).
    """

    items: int
    options: int
    size: NDArray[np.int64]
    total: NDArray[np.int64]
    squares: NDArray[np.int64]
    item_totals: NDArray[np.int64]
    item_squares: NDArray[np.int64]
    off_mean: NDArray[np.int64]
    off_median: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @property
    def item_spread(self) -> NDArray[np.int64]:
        """Size times the sum of squares around the mean, items by groups: n (n - 1) s²."""
        return self.size * self.item_squares - self.item_totals * self.item_totals

    @property
    def spread(self) -> NDArray[np.int64]:
        """``item_spread`` summed over the items."""
        found: NDArray[np.int64] = self.size * self.item_squares.sum(axis=0)
        found -= np.einsum("ig,ig->g", self.item_totals, self.item_totals)
        return found

    def against(self, variance: Fraction) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Mean item variance and expected variance as whole numbers on one footing."""
        found = self.spread * variance.denominator
        expected = self.size * (self.size - 1) * (self.items * variance.numerator)
        return found, expected

    def ratio(self, variance: Fraction) -> NDArray[np.float64]:
        """Mean item variance over the expected one; NaN for groups of fewer than two."""
        found, expected = self.against(variance)
        return _divided(found, expected)

    def rwg_j(self, variance: Fraction) -> NDArray[np.float64]:
        """rwg(j), 0 where the variance is larger than expected; rwg for one item; NaN below two."""
        found, expected = self.against(variance)
        alike = self.items * np.maximum(expected - found, 0)
        return _divided(alike, np.where(expected > 0, alike + found, 0))

    @property
    def ad_mean(self) -> NDArray[np.float64]:
        """Average deviation from the item's mean, averaged over items; NaN below two."""
        return _divided(self.off_mean, np.where(self.size > 1, self.items * self.size * self.size, 0))

    @property
    def ad_median(self) -> NDArray[np.float64]:
        """Average deviation from the item's median, averaged over items; NaN below two."""
        return _divided(self.off_median, np.where(self.size > 1, self.items * self.size, 0))

    @property
    def awg(self) -> NDArray[np.float64]:
        """a_wg averaged over the items for which it exists; NaN where it exists for none.

        1 - 2 s² (n - 1) / (n (M - L)(H - M)); 1 where all stand on one end; undefined for an item
        whose mean lies nearer to an end than one person at the other end could bring it.
        """
        top = self.options - 1
        above, below = self.item_totals, self.size * top - self.item_totals
        value = 1.0 - _divided(2 * self.item_spread, above * below)
        value[(above == 0) | (below == 0)] = 1.0
        unknown = ((above > 0) & (above < top)) | ((below > 0) & (below < top)) | (self.size < 2)
        known = ~unknown
        sums: NDArray[np.float64] = np.where(known, value, 0.0).sum(axis=0)
        return _divided(sums, known.sum(axis=0))

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean of all answers, options counted from 0; NaN for groups of nobody."""
        return _divided(self.total, self.items * self.size)


def group_sums(
    answers: NDArray[np.integer], groups: NDArray[np.integer], count: int, *, options: int
) -> GroupSums:
    """Sum the answers to one scale by group.

    Parameters
    ----------
    answers
        People by items, options counted from 0, nothing missing.
    groups
        The group of each person, 0 to ``count - 1``, in any order.
    count
        How many groups there are; some may have nobody.
    options
        How many options each item has.

    Returns
    -------
    GroupSums

    Notes
    -----
    One pass per item counts how often each option was chosen in each group; everything else
    follows from these counts. Time grows with people times items plus groups times options.

    Examples
    --------
    >>> import numpy as np
    >>> said = np.array([[0, 1], [2, 1], [4, 4], [4, 4]])
    >>> found = group_sums(said, np.array([0, 0, 1, 1]), 2, options=5)
    >>> found.item_totals.tolist(), found.spread.tolist(), found.ad_mean.tolist()
    ([[2, 8], [2, 8]], [4, 0], [0.5, 0.0])
    """
    items = answers.shape[1]
    where = np.asarray(groups, dtype=np.int64)
    size = np.bincount(where, minlength=count)
    columns = answers.T
    totals = columns[0].astype(np.int64)
    for column in columns[1:]:
        totals += column
    made = _Running.empty(items, count)
    for item, column in enumerate(columns):
        chosen = np.bincount(column * np.int64(count) + where, minlength=options * count)
        made.add(item, chosen.reshape(options, count), size)
    # Squares of totals stay far below 2**53, where a double still holds every whole number.
    squares = np.bincount(where, weights=totals * totals, minlength=count).astype(np.int64)
    return GroupSums(
        items=items,
        options=options,
        size=size,
        total=made.item_totals.sum(axis=0),
        squares=squares,
        item_totals=made.item_totals,
        item_squares=made.item_squares,
        off_mean=made.off_mean,
        off_median=made.off_median,
        low=made.low,
        high=made.high,
    )


@dataclass(slots=True)
class _Running:
    """Sums that grow item by item, so that only one table of counts is held at a time."""

    item_totals: NDArray[np.int64]
    item_squares: NDArray[np.int64]
    off_mean: NDArray[np.int64]
    off_median: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @classmethod
    def empty(cls, items: int, count: int) -> _Running:
        by_item = [np.zeros((items, count), dtype=np.int64) for _ in range(2)]
        return cls(*by_item, *(np.zeros(count, dtype=np.int64) for _ in range(4)))

    def add(self, item: int, chosen: NDArray[np.int64], size: NDArray[np.int64]) -> None:
        """Take in one item: ``chosen`` is options by groups."""
        options = len(chosen)
        total, squares = self.item_totals[item], self.item_squares[item]
        for option in range(1, options):
            total += option * chosen[option]
            squares += option * option * chosen[option]
        for option in range(options):
            self.off_mean += chosen[option] * np.abs(option * size - total)
        # Up to each border between options, the smaller side is what stands away from the median.
        below = np.zeros_like(size)
        for option in range(options - 1):
            below += chosen[option]
            self.off_median += np.minimum(below, size - below)
        for place in range(options // 2):
            self.low += chosen[place]
            self.high += chosen[options - 1 - place]


def _divided(over: NDArray[np.generic], under: NDArray[np.generic]) -> NDArray[np.float64]:
    """Divide, with NaN where there is nothing to divide by."""
    found = np.full(np.shape(over), np.nan)
    np.divide(over, under, out=found, where=np.asarray(under, dtype=bool))
    return found
