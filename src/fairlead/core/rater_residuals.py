"""One pass over all ratings at given estimates: what was expected of each, summed by whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.rater_curves import cumulative, expected, tails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from fairlead.core.rater_layout import Layout
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]

_CHUNK: Final = 40_000
"""Ratings looked at together: what they need stays near the processor.

Sums of products are taken by einsum and not by BLAS, whose threads cost more than they give here.
"""

SURPRISE, INFORMATION, SQUARED, INFIT_SPREAD, OUTFIT_SPREAD = range(5)
"""Rows of sums: squared residuals, information, squared standardized residuals, what their spread needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Residuals:
    """Sums of one pass.

    ``by_ratee``, ``by_rater`` and ``by_criterion`` have one row for each of the five sums. Ratings of
    people in ``left_out`` add nothing to the last two, but they are counted: joint maximum likelihood has
    extreme people at infinity, where nothing surprises.
    ``pair_residual`` and ``pair_information`` are sums over what one rater gave one person. ``expected``
    are expected counts of raters by score from the lowest that was given, ``steps`` the information of
    thresholds (scales, levels, levels).
    """

    by_ratee: Floats
    by_rater: Floats
    by_criterion: Floats
    counted_rater: Floats
    counted_criterion: Floats
    pair_residual: Floats
    pair_information: Floats
    steps: Floats
    expected: Floats
    observed: NDArray[np.int64]
    flat: NDArray[np.bool_]
    flat_expected: Floats
    pairs_of_raters: int
    exact: int
    exact_expected: float


def residuals(
    ratings: Ratings,
    layout: Layout,
    measure: Floats,
    against: Floats,
    thresholds: Floats,
    left_out: NDArray[np.bool_],
) -> Residuals:
    """Compare every rating with what is expected at these estimates.

    Parameters
    ----------
    measure
        One per ratee.
    against
        Severity plus difficulty: raters by criteria.
    thresholds
        Scales by levels above 0.
    left_out
        Ratees at infinity: their ratings are without surprise in the fit of raters and criteria.
    """
    sums = _Sums(ratings, layout, left_out)
    summed = cumulative(thresholds, layout.tops)
    flat = against.ravel()
    for part in _parts(layout):
        ratee = layout.ratee[part.rows]
        criterion = layout.criterion[part.rows]
        place = layout.rater[part.rows] * np.int64(layout.criteria) + criterion
        distance = measure[ratee] - flat[place]
        scale = layout.scale_of[criterion]
        over = tails(distance, summed[0] if layout.scales == 1 else summed[scale])
        sums.add(part, over, place, scale)
    return sums.told()


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of whole ratees: their ratings, their pairs, themselves."""

    rows: slice
    pairs: slice
    people: slice


def _parts(layout: Layout) -> Iterator[_Part]:
    starts = np.searchsorted(layout.ratee, np.arange(layout.people + 1))
    pair_starts = np.searchsorted(layout.pair_ratee, np.arange(layout.people + 1))
    first = 0
    while first < layout.people:
        last = int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1
        last = min(max(last, first + 1), layout.people)
        yield _Part(
            slice(int(starts[first]), int(starts[last])),
            slice(int(pair_starts[first]), int(pair_starts[last])),
            slice(first, last),
        )
        first = last


class _Sums:
    """Where the sums of all parts come together."""

    def __init__(self, ratings: Ratings, layout: Layout, left_out: NDArray[np.bool_]) -> None:
        self.layout = layout
        self.score = ratings.score
        self.low = int(ratings.score.min())
        self.width = int(ratings.score.max()) - self.low + 1
        cells = layout.raters * layout.criteria
        self.by_ratee = np.zeros((5, layout.people))
        self.by_cell = np.zeros((5, cells))
        self.counted = np.zeros(cells)
        self.residual = np.zeros(len(layout.pair_start))
        self.information = np.zeros(len(layout.pair_start))
        self.steps = np.zeros((layout.scales, layout.most, layout.most))
        self.expected = np.zeros((layout.most + 1, cells))
        self.flat = np.zeros(len(layout.pair_start), dtype=bool)
        self.flat_expected = np.zeros(len(layout.pair_start))
        self.counts = np.zeros(3)
        self.counted_in = ~left_out
        self.all_in = not left_out.any()

    def add(
        self, part: _Part, over: list[Floats], place: NDArray[np.int64], scale: NDArray[np.int32]
    ) -> None:
        layout = self.layout
        level = layout.level[part.rows]
        mean, variance = expected(over)
        likely = [1.0 - over[0], *(one - two for one, two in pairwise(over)), over[-1]]
        variance = np.maximum(variance, 1e-12)
        residual = level - mean
        square = residual * residual
        fourth = mean * mean
        fourth *= fourth * likely[0]
        for place_of, one in enumerate(likely[1:], start=1):
            away = place_of - mean
            away *= away
            fourth += one * away * away
        rows = (
            square,
            variance,
            square / variance,
            fourth - variance * variance,
            fourth / (variance * variance) - 1.0,
        )
        first = layout.ratee[part.rows]
        starts = np.flatnonzero(np.diff(first, prepend=-1))
        pair_starts = layout.pair_start[part.pairs] - part.rows.start
        inside = None if self.all_in else self.counted_in[first].astype(np.float64)
        for number, values in enumerate(rows):
            self.by_ratee[number, part.people] = np.add.reduceat(values, starts)
            kept = values if inside is None else values * inside
            self.by_cell[number] += np.bincount(place, kept, minlength=self.by_cell.shape[1])
        self.counted += np.bincount(place, minlength=len(self.counted))
        kept = residual if inside is None else residual * inside
        self.residual[part.pairs] = np.add.reduceat(kept, pair_starts)
        kept = variance if inside is None else variance * inside
        self.information[part.pairs] = np.add.reduceat(kept, pair_starts)
        self._steps(over, scale, inside)
        self._agreement(part, likely, level)
        self._use(part, likely, place, scale, pair_starts)

    def _steps(self, over: list[Floats], scale: NDArray[np.int32], inside: Floats | None) -> None:
        for one, higher in enumerate(over):
            left = 1.0 - higher if inside is None else (1.0 - higher) * inside
            for other in range(one, len(over)):
                if len(self.steps) == 1:
                    self.steps[0, one, other] += np.einsum("i,i->", left, over[other])
                else:
                    found = np.bincount(scale, left * over[other], minlength=len(self.steps))
                    self.steps[:, one, other] += found

    def _agreement(self, part: _Part, likely: list[Floats], level: NDArray[np.int32]) -> None:
        """Count pairs of raters on one person and criterion, those who agree, and those expected to."""
        criteria = self.layout.criteria
        people = part.people.stop - part.people.start
        ratee = self.layout.ratee[part.rows] - part.people.start
        cell = ratee.astype(np.int64) * criteria + self.layout.criterion[part.rows]
        size = people * criteria
        given = np.bincount(cell * len(likely) + level, minlength=size * len(likely)).reshape(size, -1)
        raters = given.sum(axis=1)
        self.counts[0] += float((raters * (raters - 1)).sum()) / 2
        self.counts[1] += float((given * (given - 1)).sum()) / 2
        for one in likely:
            together = np.bincount(cell, one, minlength=size)
            both = np.einsum("i,i->", together, together) - np.einsum("i,i->", one, one)
            self.counts[2] += float(both) / 2

    def _use(
        self,
        part: _Part,
        likely: list[Floats],
        place: NDArray[np.int64],
        scale: NDArray[np.int32],
        pair_starts: NDArray[np.int64],
    ) -> None:
        for number, one in enumerate(likely):
            self.expected[number] += np.bincount(place, one, minlength=self.expected.shape[1])
        score = self.score[part.rows]
        self.flat[part.pairs] = np.minimum.reduceat(score, pair_starts) == np.maximum.reduceat(
            score, pair_starts
        )
        told = np.zeros(len(pair_starts))
        for point in range(self.low, self.low + self.width):
            chosen = self._likely_point(likely, scale, point)
            if chosen is not None:
                told += np.exp(np.add.reduceat(np.log(np.maximum(chosen, 1e-30)), pair_starts))
        self.flat_expected[part.pairs] = told

    def _likely_point(self, likely: list[Floats], scale: NDArray[np.int32], point: int) -> Floats | None:
        """Give how likely one score is, whatever level it is on the scale of each criterion."""
        points = self.layout.points
        if len(points) == 1:
            found = np.flatnonzero(points[0, : self.layout.tops[0] + 1] == point)
            return likely[int(found[0])] if found.size else None
        inside = np.arange(points.shape[1])[None, :] <= self.layout.tops[:, None]
        chosen = np.zeros(len(scale))
        for number, one in enumerate(likely):
            here = ((points[:, number] == point) & inside[:, number])[scale]
            chosen[here] = one[here]
        return chosen

    def told(self) -> Residuals:
        layout = self.layout
        shape = (layout.raters, layout.criteria)
        by_cell = self.by_cell.reshape(5, *shape)
        counted = self.counted.reshape(shape)
        rater_scores = layout.rater.astype(np.int64) * self.width + (self.score - self.low)
        observed = np.bincount(rater_scores, minlength=layout.raters * self.width)
        steps = np.maximum(self.steps, self.steps.transpose(0, 2, 1))
        return Residuals(
            by_ratee=self.by_ratee,
            by_rater=by_cell.sum(axis=2),
            by_criterion=by_cell.sum(axis=1),
            counted_rater=counted.sum(axis=1),
            counted_criterion=counted.sum(axis=0),
            pair_residual=self.residual,
            pair_information=self.information,
            steps=steps,
            expected=self._by_point(),
            observed=observed.reshape(layout.raters, self.width),
            flat=self.flat,
            flat_expected=self.flat_expected,
            pairs_of_raters=int(self.counts[0]),
            exact=int(self.counts[1]),
            exact_expected=float(self.counts[2]),
        )

    def _by_point(self) -> Floats:
        """Sum expected counts over criteria: raters by scores."""
        layout = self.layout
        table = self.expected.reshape(-1, layout.raters, layout.criteria)
        found = np.zeros((layout.raters, self.width))
        for criterion in range(layout.criteria):
            scale = layout.scale_of[criterion]
            columns = layout.points[scale, : layout.tops[scale] + 1].astype(int) - self.low
            found[:, columns] += table[: len(columns), :, criterion].T
        return found
