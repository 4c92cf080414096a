"""The score that raters of mean severity would have given, with its interval."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.rater_curves import cumulative, expected, tails, total, weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_layout import Layout

    Floats = NDArray[np.float64]

NORMAL_80: Final = 1.2815515655446004
"""Half the width of an 80 % interval in standard deviations."""

_STEP: Final = 0.3
_REACH: Final = 9.0
_ROUNDS: Final = 30
_STILL: Final = 1e-6
_NEAR: Final = 1e-4
_BLOCK: Final = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """Fair scores and the bounds of their 80 % intervals, on the scale of the ratings."""

    fair: Floats
    low: Floats
    high: Floats


class Curves:
    """What the ratings of each pair expect of a measure, on a grid with its slopes, for any measure."""

    def __init__(
        self, layout: Layout, severity: Floats, difficulty: Floats, thresholds: Floats, middle: Floats
    ) -> None:
        against = severity[layout.cell_rater] + difficulty[layout.cell_criterion]
        summed = cumulative(thresholds, layout.tops)
        reach = _REACH + float(np.abs(thresholds).max())
        low = min(float(against.min()), float(middle.min())) - reach
        high = max(float(against.max()), float(middle.max())) + reach
        self.low = low
        self.nodes = low + _STEP * np.arange(int((high - low) / _STEP) + 2)
        self.ends = (float(self.nodes[0]), float(self.nodes[-2]))
        tables = np.empty((3, len(against), len(self.nodes)))
        size = max(1, _BLOCK // len(self.nodes))
        scale = layout.scale_of[layout.cell_criterion]
        for begin in range(0, len(against), size):
            rows = slice(begin, begin + size)
            distance = self.nodes[None, :] - against[rows, None]
            mine = summed[0] if layout.scales == 1 else summed[scale[rows]]
            found, offset = weights(distance, mine)
            tables[0, rows] = np.log(total(found)) + offset
            tables[1, rows], tables[2, rows] = expected(tails(distance, mine))
        self.tables = [(layout.kinds @ table).ravel() for table in tables]
        self.people, self.person_sum = layout.people, layout.person_sum
        self.pair_ratee = layout.pair_ratee.astype(np.int64)
        self.pair_row = layout.pair_kind.astype(np.int64) * len(self.nodes)

    def part(self, people: NDArray[np.intp]) -> Curves:
        """Give the curves of some people only, renumbered."""
        found = copy(self)
        place = np.full(self.people, -1, dtype=np.int64)
        place[people] = np.arange(len(people))
        here = place[self.pair_ratee]
        kept = np.flatnonzero(here >= 0)
        found.people, found.person_sum = len(people), self.person_sum[people]
        found.pair_ratee, found.pair_row = here[kept], self.pair_row[kept]
        return found

    def value(self, measure: Floats) -> Floats:
        """Give the log likelihood of each person at a measure."""
        cell, along, inside = self._places(measure)
        logs, means = self.tables[0], self.tables[1]
        found = _between(along, logs[cell], logs[cell + 1], means[cell], means[cell + 1])
        return self.person_sum * inside - self._by_person(found)

    def slope(self, measure: Floats) -> tuple[Floats, Floats]:
        """Give the slope of the log likelihood at a measure, and the information."""
        cell, along, _ = self._places(measure)
        means, spreads = self.tables[1], self.tables[2]
        left, right = spreads[cell], spreads[cell + 1]
        found = _between(along, means[cell], means[cell + 1], left, right)
        return (
            self.person_sum - self._by_person(found),
            self._by_person(left * (1.0 - along) + right * along),
        )

    def information(self, measure: Floats) -> Floats:
        """Give the information of each pair at the measures, between two nodes in a straight line."""
        cell, along, _ = self._places(measure)
        told: Floats = self.tables[2][cell] * (1.0 - along) + self.tables[2][cell + 1] * along
        return told

    def _places(self, measure: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
        place = np.clip((measure - self.low) / _STEP, 0.0, len(self.nodes) - 1.001)
        node = place.astype(np.int64)
        return (
            self.pair_row + node[self.pair_ratee],
            (place - node)[self.pair_ratee],
            self.low + _STEP * place,
        )

    def _by_person(self, values: Floats) -> Floats:
        return np.bincount(self.pair_ratee, values, minlength=self.people).astype(np.float64, copy=False)


def _between(along: Floats, left: Floats, right: Floats, slope: Floats, slope_right: Floats) -> Floats:
    """Interpolate by the cubic that has these values and slopes at both ends of a step."""
    back = along - 1.0
    told: Floats = (
        (1.0 + 2.0 * along) * back * back * left
        + along * along * (3.0 - 2.0 * along) * right
        + _STEP * along * back * (back * slope + along * slope_right)
    )
    return told


def most_likely(curves: Curves, start: Floats, extreme: Floats) -> Floats:
    """Find each person's most likely measure; for extreme ones (``extreme`` -1 or 1) the grid's end."""
    low, high = curves.ends
    found = np.where(extreme > 0, high, np.where(extreme < 0, low, np.clip(start, low, high)))
    todo = np.flatnonzero(extreme == 0)
    part = curves.part(todo)
    at, below, above = found[todo], np.full(len(todo), low), np.full(len(todo), high)
    for _ in range(_ROUNDS):
        slope, information = part.slope(at)
        below, above = np.where(slope > 0, at, below), np.where(slope > 0, above, at)
        new = at + slope / np.maximum(information, 1e-6)
        new = np.where((new > below) & (new < above), new, (below + above) / 2.0)
        found[todo] = new
        moving = np.flatnonzero(np.abs(new - at) > _STILL)
        if not moving.size:
            break
        at = new
        if 2 * len(moving) < len(todo):
            todo, part = todo[moving], part.part(moving)
            at, below, above = at[moving], below[moving], above[moving]
    return found


def bounds(curves: Curves, best: Floats, start: Floats, width: Floats) -> tuple[Floats, Floats]:
    """Find where twice the log likelihood has fallen by ``width`` on either side of its highest point."""
    highest = curves.value(best)
    low, high = (
        _bound(curves, side, end, (best, highest, start, width))
        for side, end in zip((-1.0, 1.0), curves.ends, strict=True)
    )
    return low, high


def _bound(curves: Curves, side: float, end: float, given: tuple[Floats, Floats, Floats, Floats]) -> Floats:
    best, highest, start, width = given
    found = np.clip(best + side * np.abs(start), *curves.ends)
    todo, part, at = np.arange(len(best)), curves, found.copy()
    inner, outer = best.copy(), np.full(len(best), end)
    for _ in range(_ROUNDS):
        value, (slope, _) = part.value(at), part.slope(at)
        fallen = 2.0 * np.maximum(highest - value, 0.0)
        near = fallen < width
        inner, outer = np.where(near, at, inner), np.where(near, outer, at)
        # The root of what has fallen is nearly straight: a Newton step on it, kept inside the bracket.
        root = np.sqrt(np.maximum(fallen, 1e-12))
        new = at + side * (np.sqrt(width) - root) * root / np.maximum(np.abs(slope), 1e-9)
        inside = ((new - inner) * side > 0) & ((outer - new) * side > 0)
        new = np.where(inside, new, (inner + outer) / 2.0)
        found[todo] = new
        moving = np.flatnonzero(np.abs(new - at) > _NEAR)
        if not moving.size:
            break
        at = new
        if 2 * len(moving) < len(todo):
            todo, part, at = todo[moving], part.part(moving), at[moving]
            inner, outer, highest, width = inner[moving], outer[moving], highest[moving], width[moving]
    return found


def scores_at(layout: Layout, difficulty: Floats, thresholds: Floats, measure: Floats) -> Floats:
    """Give the score expected of raters of mean severity, averaged over the criteria."""
    finest = 0.02
    ends = (float(measure.min(initial=0.0)) - finest, float(measure.max(initial=0.0)) + finest)
    grid = np.linspace(*ends, min(4_001, int((ends[1] - ends[0]) / finest) + 3))
    summed = cumulative(thresholds, layout.tops)
    table = np.zeros(len(grid))
    for criterion in range(layout.criteria):
        scale = int(layout.scale_of[criterion])
        over = tails(grid - difficulty[criterion], summed[scale])
        points = layout.points[scale]
        table += points[0]
        for level in range(int(layout.tops[scale])):
            table += (points[level + 1] - points[level]) * over[level]
    return np.interp(measure, grid, table / layout.criteria)


def fair_scores(
    layout: Layout,
    estimates: tuple[Floats, Floats, Floats],
    errors: Floats,
    widening: Floats,
    observed: Floats,
    corrected: NDArray[np.bool_],
    start: Floats,
) -> Fair:
    """Give everybody's fair score.

    Parameters
    ----------
    estimates
        Severities as believed (0 where nothing is corrected), difficulties, thresholds.
    errors
        Standard errors of the severities.
    widening
        Factor by which the variance of each measure grows for halo.
    observed
        Mean of the ratings as given.
    corrected
        Which ratees' scores are corrected; the others keep ``observed``.
    start
        A guess of the measures, finite.

    Notes
    -----
    The fair score is the score expected at the most likely measure, so that it is the mean of the ratings
    where raters are of mean severity and everybody is rated on everything: nobody is drawn towards the
    mean of the people. The interval holds the measures at which twice the log likelihood falls short of its
    highest by no more than the square of a normal deviate, times the factor by which halo and uncertain
    severities enlarge the variance (a likelihood interval with a dispersion, McCullagh & Nelder 1989); for
    extreme ratings it has one side.
    """
    severity, difficulty, thresholds = estimates
    curves = Curves(layout, severity, difficulty, thresholds, start)
    highest = _highest(layout)
    extreme = np.where(layout.person_sum <= 0, -1.0, np.where(layout.person_sum >= highest, 1.0, 0.0))
    best = most_likely(curves, start, extreme)
    sensible = np.where(extreme == 0, best, start)
    information = curves.information(sensible)
    whole = np.bincount(layout.pair_ratee, information, minlength=layout.people)
    share = information / np.maximum(whole[layout.pair_ratee], 1e-12)
    unsure = np.bincount(layout.pair_ratee, (share * errors[layout.pair_rater]) ** 2, minlength=layout.people)
    dispersion = widening + unsure * whole
    width = NORMAL_80**2 * dispersion
    low, high = bounds(curves, best, np.sqrt(width / np.maximum(whole, 1e-6)), width)
    ends = layout.points[:, 0].mean(), layout.points[np.arange(layout.scales), layout.tops].mean()
    told = [scores_at(layout, difficulty, thresholds, one) for one in (best, low, high)]
    fair = np.where(extreme < 0, ends[0], np.where(extreme > 0, ends[1], told[0]))
    shift = np.where(corrected, 0.0, observed - fair)
    smallest = float(layout.points[:, 0].min())
    largest = float(layout.points.max())
    return Fair(
        fair=np.where(corrected, fair, observed),
        low=np.clip(np.minimum(np.where(extreme < 0, ends[0], told[1]), fair) + shift, smallest, largest),
        high=np.clip(np.maximum(np.where(extreme > 0, ends[1], told[2]), fair) + shift, smallest, largest),
    )


def _highest(layout: Layout) -> Floats:
    top = layout.tops[layout.scale_of[layout.criterion]]
    return np.bincount(layout.ratee, top, minlength=layout.people).astype(np.float64)
