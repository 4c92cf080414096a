"""Marginal maximum likelihood of many-facet Rasch models: ratees integrated out, their spread estimated.

The ratees' measures are normal with mean 0 and a standard deviation that is estimated with everything else,
on a grid whose width and density follow that deviation and the sharpest posterior. All raters are free; the
criteria's contrasts and the thresholds' sum to 0. Equal pairs of ratee and rater share one row of a table
over the grid, so that a pass costs one product of a sparse and a dense matrix each way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.products import dot
from fairlead.core.rater_curves import cumulative, expected, log_total, tails
from fairlead.core.rater_solve import Metric, climb

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from fairlead.core.rater_layout import Layout

    Floats = NDArray[np.float64]

GIVEN_BACK: Final = 0.3
"""Points given back to a rater or criterion whose ratings all stand on one end of the scale."""

FARTHEST: Final = 10.0
"""Severities, difficulties and thresholds, in logits, are held from here on."""

FLATTEST: Final = 2.3
"""The logarithm of the spread is held from here on, on both sides: from a tenth of a logit to ten."""

_FIRM: Final = 0.2
WIDEST: Final = 9.0
_WIDTH: Final = 5.5
_WIDER: Final = 1.25
_DENSITY: Final = (0.9, 1.5)
"""Steps of the grid in standard deviations of the sharpest posterior, for few people and for many.

The integral of that posterior is then off by 1e-10 or 3e-4; of all others by less.
"""

_MANY: Final = 5_000

_COARSE: Final = 21
_FINEST: Final = 201
_WING: Final = 1e-3
"""Most of any posterior that may stand on an end of the grid; else it is made wider."""

_BLOCK: Final = 40_000
_PEOPLE: Final = 4_000
"""Ratees integrated out together: their part of the table stays near the processor."""

_PASSES: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """Estimates of one fit in logits; severities are not centred, difficulties sum to 0.

    ``thresholds`` are scales by levels above 0, 0 where a scale has no such level; ``measure`` and
    ``sd`` those of the ratees; ``spread`` is the standard deviation of their population. ``held`` says that
    something was held at a bound beyond which ratings tell nothing, ``flat`` that the spread was, from below.
    """

    severity: Floats
    difficulty: Floats
    thresholds: Floats
    spread: float
    measure: Floats
    sd: Floats
    log_likelihood: float
    passes: int
    converged: bool
    held: bool
    flat: bool = False

    def against(self, layout: Layout) -> Floats:
        """Give what stands against a measure in each cell of rater and criterion."""
        told: Floats = self.severity[layout.cell_rater] + self.difficulty[layout.cell_criterion]
        return told


def fit_mml(layout: Layout) -> Estimates:
    """Fit by marginal maximum likelihood.

    Notes
    -----
    log P(X = k) / P(X = k - 1) = measure - severity - difficulty - threshold (Andrich 1978,
    doi:10.1007/BF02293814; Masters 1982, doi:10.1007/BF02296272; Linacre 1989). The marginal likelihood is
    climbed by L-BFGS in the metric of the approximate information, ratees taken out of it.
    """
    problem = _Problem(layout)
    start = problem.start()
    problem.set_grid(_COARSE, _WIDTH)
    found = climb(problem, start, tolerance=1e-1, most=20, refresh=1)
    passes = found.passes
    width = _WIDTH
    goal = 1e-7 * max(1.0, len(start) / 50)
    while True:
        problem.set_grid(problem.nodes_for(found.at, width), width)
        found = climb(problem, found.at, tolerance=goal, most=_PASSES, before=found)
        passes += found.passes
        if problem.wing < _WING or width >= WIDEST:
            break
        width *= _WIDER
    return problem.estimates(found.at, found.value, passes, converged=found.converged)


@dataclass(slots=True)
class _Problem:
    """The marginal log likelihood as a function of all parameters in one row."""

    layout: Layout
    people: list[tuple[slice, sparse.csr_matrix]] = field(init=False)
    pairs_back: sparse.csr_matrix = field(init=False)
    kinds_back: sparse.csr_matrix = field(init=False)
    cell_scale: NDArray[np.int32] = field(init=False)
    turn: list[Floats] = field(init=False)
    level_turn: Floats = field(init=False)
    rater_sum: Floats = field(init=False)
    criterion_sum: Floats = field(init=False)
    nodes: Floats = field(init=False)
    log_prior: Floats = field(init=False)
    posterior: Floats = field(init=False)
    wing: float = 1.0

    def __post_init__(self) -> None:
        layout = self.layout
        parts = (slice(at, at + _PEOPLE) for at in range(0, layout.people, _PEOPLE))
        self.people = [(part, layout.pairs[part]) for part in parts]
        self.pairs_back = layout.pairs.T.tocsr()
        self.kinds_back = layout.kinds.T.tocsr()
        self.cell_scale = layout.scale_of[layout.cell_criterion]
        self.level_turn = contrasts(layout.criteria)
        self.turn = [contrasts(int(top)) for top in layout.tops]
        self.rater_sum = given_back(layout, layout.cell_rater, layout.raters)
        self.criterion_sum = given_back(layout, layout.cell_criterion, layout.criteria)

    # The row of parameters: raters, contrasts of criteria, contrasts of thresholds, log of the spread.

    def start(self) -> Floats:
        layout = self.layout
        mean = layout.cell_sum.sum() / len(layout.ratee)
        top = float(layout.tops.mean())
        row = [np.full(layout.raters, np.log((top - mean + 0.1) / (mean + 0.1)))]
        row.append(np.zeros(max(layout.criteria - 1, 0)))
        for scale, turn in enumerate(self.turn):
            levels = layout.above[scale, : layout.tops[scale]]
            counts = -np.diff(np.append(np.append(_whole(layout, scale), levels), 0.0)) + 0.5
            steps = 1.5 * np.log(counts[:-1] / counts[1:])
            row.append(turn.T @ steps)
        row.append(np.zeros(1))
        return np.concatenate(row)

    def parts(self, at: Floats) -> tuple[Floats, Floats, Floats, float]:
        """Take severities, difficulties, thresholds and spread out of the row."""
        layout = self.layout
        severity = at[: layout.raters]
        end = layout.raters + self.level_turn.shape[1]
        difficulty = self.level_turn @ at[layout.raters : end]
        thresholds = np.zeros((layout.scales, layout.most))
        for scale, turn in enumerate(self.turn):
            begin, end = end, end + turn.shape[1]
            thresholds[scale, : turn.shape[0]] = turn @ at[begin:end]
        return severity, difficulty, thresholds, float(np.exp(at[-1]))

    def set_grid(self, count: int, width: float) -> None:
        self.nodes = np.linspace(-width, width, count)
        log_prior = -0.5 * self.nodes**2
        self.log_prior = log_prior - np.log(np.exp(log_prior).sum())

    def nodes_for(self, at: Floats, width: float) -> int:
        """How many nodes the sharpest posterior asks for."""
        spread = float(np.exp(at[-1]))
        _, sd = self._moments(spread)
        sharpest = max(float(np.quantile(sd, 0.002)), spread / 40.0)
        density = _DENSITY[self.layout.people > _MANY]
        return int(np.clip(2 * width * spread / (density * sharpest), 21, _FINEST)) | 1

    def value(self, at: Floats) -> tuple[float, Floats]:
        """Give the log likelihood and its gradient."""
        layout = self.layout
        severity, difficulty, thresholds, spread = self.parts(at)
        summed = cumulative(thresholds, layout.tops)
        against = severity[layout.cell_rater] + difficulty[layout.cell_criterion]
        theta = spread * self.nodes
        cells = np.empty((len(against), len(theta)))
        for rows in self._blocks():
            cells[rows] = log_total(theta[None, :] - against[rows, None], self._summed(summed, rows))
        value = self._integrated(layout.kinds @ cells, theta)
        value -= dot(self.rater_sum, severity) + dot(self.criterion_sum, difficulty)
        value -= float((layout.above * thresholds).sum())
        gradient = self._gradient(against, summed, theta)
        cost, slope = self._held(severity, difficulty, thresholds, float(at[-1]))
        return value - cost, gradient - slope

    def _integrated(self, kinds: Floats, theta: Floats) -> float:
        """Integrate the ratees out, some at a time; their posteriors stay for the gradient."""
        layout = self.layout
        posterior = np.empty((layout.people, len(theta)))
        logs = np.empty(layout.people)
        for rows, pairs in self.people:
            here = posterior[rows]
            np.multiply(layout.person_sum[rows, None], theta[None, :], out=here)
            here -= pairs @ kinds
            here += self.log_prior
            highest = here.max(axis=1)
            here -= highest[:, None]
            np.exp(here, out=here)
            norm = here.sum(axis=1)
            here /= norm[:, None]
            logs[rows] = np.log(norm) + highest
        self.posterior = posterior
        self.wing = float(max(posterior[:, 0].max(), posterior[:, -1].max()))
        return float(logs.sum())

    def _held(
        self, severity: Floats, difficulty: Floats, thresholds: Floats, log_spread: float
    ) -> tuple[float, Floats]:
        """Give what it costs to go beyond what ratings can tell, and its slopes."""
        parts = [held(severity), held(difficulty), held(thresholds), held(np.array([log_spread]), FLATTEST)]
        row = [parts[0][1], self.level_turn.T @ parts[1][1]]
        row += [turn.T @ parts[2][1][scale, : turn.shape[0]] for scale, turn in enumerate(self.turn)]
        row.append(parts[3][1])
        return sum(cost for cost, _ in parts), np.concatenate(row)

    def _gradient(self, against: Floats, summed: Floats, theta: Floats) -> Floats:
        layout = self.layout
        mass = self.kinds_back @ (self.pairs_back @ self.posterior)
        mean = np.empty(len(against))
        above = np.zeros((layout.scales, layout.most))
        pull = np.einsum("ij,i->j", self.posterior, layout.person_sum)
        for rows in self._blocks():
            over = tails(theta[None, :] - against[rows, None], self._summed(summed, rows))
            here = mass[rows]
            for level, one in enumerate(over):
                above[:, level] += self._by_scale(here, one, rows)
            level_mean = expected(over)[0]
            mean[rows] = np.einsum("ij,ij->i", here, level_mean)
            pull -= np.einsum("ij,ij->j", here, level_mean)
        by_rater = np.bincount(layout.cell_rater, mean, minlength=layout.raters) - self.rater_sum
        by_criterion = np.bincount(layout.cell_criterion, mean, minlength=layout.criteria)
        row = [by_rater, self.level_turn.T @ (by_criterion - self.criterion_sum)]
        missing = above - layout.above
        row += [turn.T @ missing[scale, : turn.shape[0]] for scale, turn in enumerate(self.turn)]
        row.append(np.array([pull @ theta]))
        return np.concatenate(row)

    def metric(self, at: Floats) -> Metric:
        """Give the approximate information around a point whose value was just taken."""
        layout = self.layout
        severity, difficulty, thresholds, spread = self.parts(at)
        summed = cumulative(thresholds, layout.tops)
        against = severity[layout.cell_rater] + difficulty[layout.cell_criterion]
        theta = spread * self.nodes
        mass = self.kinds_back @ (self.pairs_back @ self.posterior)
        measure, sd = self._moments(spread)
        nearest = np.clip(
            np.rint((measure / spread - self.nodes[0]) / (self.nodes[1] - self.nodes[0])),
            0, len(theta) - 1,
        ).astype(np.intp)  # fmt: skip
        cells = np.empty((len(against), len(theta)))
        steps = np.zeros((layout.scales, layout.most, layout.most))
        for rows in self._blocks():
            over = tails(theta[None, :] - against[rows, None], self._summed(summed, rows))
            cells[rows] = expected(over)[1]
            here = mass[rows]
            for one in range(layout.most):
                left = here * (1.0 - over[one])
                for other in range(one, layout.most):
                    steps[:, one, other] += self._by_scale(left, over[other], rows)
        steps = np.maximum(steps, steps.transpose(0, 2, 1))
        by_cell = np.einsum("ij,ij->i", mass, cells)
        by_pair = (layout.kinds @ cells)[layout.pair_kind, nearest[layout.pair_ratee]]
        small = [
            self.level_turn.T
            @ (_sums(layout.cell_criterion, by_cell, layout.criteria)[:, None] * self.level_turn)
        ]
        small += [
            turn.T @ steps[scale, : turn.shape[0], : turn.shape[0]] @ turn
            for scale, turn in enumerate(self.turn)
        ]
        share = np.clip(1.0 - (sd / spread) ** 2, 0.0, 1.0)
        small.append(np.array([[max(float(2.0 * (share**2).sum()), 1e-3)]]))
        return Metric(
            layout.pair_ratee, layout.pair_rater, by_pair, (layout.people, layout.raters),
            prior=1.0 / spread**2, small=small,
        )  # fmt: skip

    def estimates(self, at: Floats, value: float, passes: int, *, converged: bool) -> Estimates:
        """Give the estimates; the log likelihood is that of the ratings as they were given."""
        layout = self.layout
        severity, difficulty, thresholds, spread = self.parts(at)
        measure, sd = self._moments(spread)
        cost, _ = self._held(severity, difficulty, thresholds, float(at[-1]))
        flat = float(at[-1]) < -FLATTEST
        beyond = max(held(severity)[0], held(difficulty)[0], held(thresholds)[0]) > 0.0
        value += cost
        value += dot(self.rater_sum - _sums(layout.cell_rater, layout.cell_sum, layout.raters), severity)
        value += dot(
            self.criterion_sum - _sums(layout.cell_criterion, layout.cell_sum, layout.criteria), difficulty
        )
        return Estimates(
            severity=severity.copy(), difficulty=difficulty, thresholds=thresholds, spread=spread,
            measure=measure, sd=sd, log_likelihood=value, passes=passes, converged=converged,
            held=beyond or (cost > 0.0 and not flat), flat=flat,
        )  # fmt: skip

    def _moments(self, spread: float) -> tuple[Floats, Floats]:
        mean = np.einsum("ij,j->i", self.posterior, self.nodes)
        square = np.einsum("ij,j->i", self.posterior, self.nodes**2)
        return spread * mean, spread * np.sqrt(np.maximum(square - mean * mean, 1e-12))

    def _by_scale(self, mass: Floats, values: Floats, rows: slice) -> Floats:
        """Sum the product of two tables over the cells of each scale."""
        if self.layout.scales == 1:
            return np.array([np.einsum("ij,ij->", mass, values)])
        found: Floats = np.einsum("ij,ij->i", mass, values)
        return _sums(self.cell_scale[rows], found, self.layout.scales)

    def _summed(self, summed: Floats, rows: slice) -> Floats:
        return summed[0] if len(summed) == 1 else summed[self.cell_scale[rows]]

    def _blocks(self) -> list[slice]:
        size = max(1, _BLOCK // len(self.nodes))
        count = len(self.layout.cell_rater)
        return [slice(begin, min(begin + size, count)) for begin in range(0, count, size)]


def contrasts(count: int) -> Floats:
    """Give an orthonormal basis of the rows of ``count`` numbers that sum to 0."""
    basis = np.zeros((count, max(count - 1, 0)))
    for column in range(count - 1):
        basis[: column + 1, column] = 1.0
        basis[column + 1, column] = -(column + 1.0)
        basis[:, column] /= np.sqrt((column + 1.0) * (column + 2.0))
    return basis


def held(values: Floats, bound: float = FARTHEST) -> tuple[float, Floats]:
    """Give the cost of values beyond a bound and its slopes; nothing inside it.

    Where ratings follow one order without a contradiction the likelihood only rises towards infinity; there
    estimates are held a little beyond the bound. All others are untouched.
    """
    beyond = np.maximum(np.abs(values) - bound, 0.0)
    return float(_FIRM / 2.0 * (beyond * beyond).sum()), _FIRM * beyond * np.sign(values)


def given_back(layout: Layout, place: NDArray[np.int32], count: int) -> Floats:
    """Sum levels by rater or criterion; where all are extreme, 0.3 of a point less so.

    The maximum likelihood of an extreme rater lies at infinity; with this it lies where an expected sum
    falls short of the end by 0.3 (Wright 1998; many-facet programs do the same).
    """
    sums = _sums(place, layout.cell_sum, count)
    most = _highest(layout, place, count)
    return np.where(sums <= 0, GIVEN_BACK, np.where(sums >= most, most - GIVEN_BACK, sums))


def _highest(layout: Layout, place: NDArray[np.int32], count: int) -> Floats:
    cell_top = layout.tops[layout.scale_of[layout.cell_criterion]]
    ratings = np.asarray(layout.kinds.T @ np.bincount(layout.pair_kind, minlength=layout.kinds.shape[0]))
    return _sums(place, ratings * cell_top, count)


def _whole(layout: Layout, scale: int) -> float:
    return float(np.sum(layout.scale_of[layout.criterion] == scale))


def _sums(place: NDArray[np.int32], values: Floats, count: int) -> Floats:
    return np.bincount(place, values, minlength=count).astype(np.float64)
