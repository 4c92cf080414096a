"""Joint maximum likelihood, as older programs do it: every ratee a parameter, extreme ones aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.problems import BadInput, Problem
from fairlead.core.products import dot
from fairlead.core.rater_curves import cumulative, expected, tails
from fairlead.core.rater_fair import Curves, most_likely
from fairlead.core.rater_layout import lay_out
from fairlead.core.rater_mml import GIVEN_BACK, Estimates, contrasts, given_back, held
from fairlead.core.rater_solve import Metric, climb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_layout import Layout
    from fairlead.core.rater_results import Model
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]
    Places = NDArray[np.int32]

_CHUNK: Final = 100_000
_PASSES: Final = 200
_LOOK_AT_MML: Final = "Marginal maximum likelihood (mml) can."


def fit_jml(ratings: Ratings, layout: Layout, model: Model, component: Places) -> Estimates:
    """Fit by joint maximum likelihood.

    Parameters
    ----------
    ratings, layout
        All ratings.
    model
        As in ``layout``.
    component
        Of each rater, from 0: the mean severity of each stays where it begins.

    Returns
    -------
    Estimates
        ``sd`` are the standard errors of the measures, ``spread`` the standard deviation of those that are
        not extreme. Extreme ratees have the measure at which 0.3 of a point less is expected.

    Raises
    ------
    BadInput
        Where a rater or a score is seen with extreme ratees only, who say nothing in this method.

    Notes
    -----
    The likelihood is climbed over raters, criteria and thresholds with each ratee at the most likely measure.
    With few ratings for each person, estimates lie too far apart, by about L / (L - 1) with L ratings
    (Neyman & Scott 1948, doi:10.2307/1914288; Wright & Douglas 1977).
    """
    highest = np.bincount(layout.ratee, layout.tops[layout.scale_of[layout.criterion]], layout.people)
    extreme = np.where(layout.person_sum <= 0, -1.0, np.where(layout.person_sum >= highest, 1.0, 0.0))
    inner = _without_extremes(ratings, layout, model, extreme)
    problem = _Profile(inner, extreme, component)
    found = climb(problem, problem.start(), tolerance=1e-8, most=_PASSES, refresh=3)
    severity, difficulty, thresholds = problem.parts(found.at)
    less = layout.person_sum - GIVEN_BACK * extreme
    whole = replace(layout, person_sum=less)
    curves = Curves(whole, severity, difficulty, thresholds, problem.measure)
    measure = most_likely(curves, problem.measure, np.zeros(layout.people))
    information = np.bincount(layout.pair_ratee, curves.information(measure), layout.people)
    counted = measure[extreme == 0]
    return Estimates(
        severity=severity.copy(),
        difficulty=difficulty,
        thresholds=thresholds,
        spread=float(counted.std(ddof=1)) if len(counted) > 1 else 0.0,
        measure=measure,
        sd=1.0 / np.sqrt(np.maximum(information, 1e-12)),
        log_likelihood=found.value + problem.cost,
        passes=found.passes,
        converged=found.converged,
        held=problem.cost > 0.0,
    )


def _without_extremes(ratings: Ratings, layout: Layout, model: Model, extreme: Floats) -> Layout:
    rows = np.flatnonzero(extreme[layout.ratee] == 0)
    if len(rows) == len(ratings):
        return layout
    if not len(rows):
        raise _bad(ratings, "Every person has only the lowest or only the highest score.")
    absent = np.setdiff1d(np.arange(layout.raters), ratings.rater[rows])
    if absent.size:
        name = ratings.raters[int(absent[0])]
        raise _bad(ratings, f"“{name}” rated only people who have nothing but the lowest or highest score.")
    inner = replace(
        ratings,
        ratee=ratings.ratee[rows],
        rater=ratings.rater[rows],
        criterion=ratings.criterion[rows],
        score=ratings.score[rows],
    )
    found = lay_out(inner, model)
    if found.points.shape != layout.points.shape or np.any(found.points != layout.points):
        raise _bad(ratings, "Some scores are given only to people who have nothing but one end of the scale.")
    return found


def _bad(ratings: Ratings, wrong: str) -> BadInput:
    right = f"Joint maximum likelihood cannot place that. {_LOOK_AT_MML}"
    return BadInput(Problem(file=ratings.source, wrong=wrong, right=right))


class _Profile:
    """The joint log likelihood with every measure at its best, as a function of everything else."""

    def __init__(self, layout: Layout, extreme: Floats, component: Places) -> None:
        self.layout, self.extreme, self.component = layout, extreme, component
        self.measure = np.zeros(layout.people)
        self.cost = 0.0
        self.information = np.zeros(0)
        self._level_turn = contrasts(layout.criteria)
        self._turns = [contrasts(int(top)) for top in layout.tops]
        self._rater_sum = given_back(layout, layout.cell_rater, layout.raters)
        self._criterion_sum = given_back(layout, layout.cell_criterion, layout.criteria)

    def start(self) -> Floats:
        sizes = [turn.shape[1] for turn in self._turns]
        return np.zeros(self.layout.raters + self._level_turn.shape[1] + sum(sizes))

    def parts(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        layout = self.layout
        end = layout.raters + self._level_turn.shape[1]
        difficulty: Floats = self._level_turn @ at[layout.raters : end]
        thresholds = np.zeros((layout.scales, layout.most))
        for scale, turn in enumerate(self._turns):
            begin, end = end, end + turn.shape[1]
            thresholds[scale, : turn.shape[0]] = turn @ at[begin:end]
        return at[: layout.raters], difficulty, thresholds

    def value(self, at: Floats) -> tuple[float, Floats]:
        layout = self.layout
        severity, difficulty, thresholds = self.parts(at)
        curves = Curves(layout, severity, difficulty, thresholds, self.measure)
        flags = np.where(self.extreme == 0, 0.0, 1.0)
        best = most_likely(curves, self.measure, flags)
        best[flags > 0] = 0.0
        self.measure, self.information = best, curves.information(best)
        value = float(curves.value(best)[self.extreme == 0].sum())
        value -= dot(self._rater_sum, severity) + dot(self._criterion_sum, difficulty)
        value -= float((layout.above * thresholds).sum())
        mean, above, _ = self._expected(severity, difficulty, thresholds)
        by_rater = np.bincount(layout.rater, mean, layout.raters) - self._rater_sum
        costs = held(severity), held(difficulty), held(thresholds)
        self.cost = sum(cost for cost, _ in costs)
        by_rater -= costs[0][1]
        by_rater -= self._component_mean(by_rater)
        by_criterion = np.bincount(layout.criterion, mean, layout.criteria) - self._criterion_sum
        row = [by_rater, self._level_turn.T @ (by_criterion - costs[1][1])]
        missing = above - layout.above - costs[2][1]
        row += [turn.T @ missing[scale, : turn.shape[0]] for scale, turn in enumerate(self._turns)]
        return value - self.cost, np.concatenate(row)

    def metric(self, at: Floats) -> Metric:
        layout = self.layout
        _, _, steps = self._expected(*self.parts(at))
        by_criterion = np.bincount(layout.criterion, self._spread, layout.criteria)
        turn = self._level_turn
        small = [turn.T @ (by_criterion[:, None] * turn)]
        small += [
            turn.T @ steps[scale, : turn.shape[0], : turn.shape[0]] @ turn
            for scale, turn in enumerate(self._turns)
        ]
        return Metric(
            layout.pair_ratee, layout.pair_rater, self.information, (layout.people, layout.raters),
            prior=1e-9, small=small,
        )  # fmt: skip

    def _expected(
        self, severity: Floats, difficulty: Floats, thresholds: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Give the expected level of each rating, and sums over the tails and their products by scale."""
        layout = self.layout
        summed = cumulative(thresholds, layout.tops)
        mean, self._spread = np.empty(len(layout.ratee)), np.empty(len(layout.ratee))
        above = np.zeros((layout.scales, layout.most))
        steps = np.zeros((layout.scales, layout.most, layout.most))
        for begin in range(0, len(mean), _CHUNK):
            rows = slice(begin, begin + _CHUNK)
            criterion = layout.criterion[rows]
            scale = layout.scale_of[criterion]
            distance = self.measure[layout.ratee[rows]] - severity[layout.rater[rows]] - difficulty[criterion]
            over = tails(distance, summed[0] if layout.scales == 1 else summed[scale])
            mean[rows], self._spread[rows] = expected(over)
            for one, left in enumerate(over):
                above[:, one] += np.bincount(scale, left, layout.scales)
                for other in range(one, layout.most):
                    product = np.bincount(scale, (1.0 - left) * over[other], layout.scales)
                    steps[:, one, other] += product
        return mean, above, np.maximum(steps, steps.transpose(0, 2, 1))

    def _component_mean(self, row: Floats) -> Floats:
        size = np.bincount(self.component)
        told: Floats = (np.bincount(self.component, row) / size)[self.component]
        return told
