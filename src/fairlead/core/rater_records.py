"""The records of a result: who, how many, the estimates, and what they mean in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.rater_errors import step_errors
from fairlead.core.rater_fair import NORMAL_80, fair_scores, scores_at
from fairlead.core.rater_fit import fits, separation
from fairlead.core.rater_residuals import INFORMATION
from fairlead.core.rater_results import Component, CriterionDifficulty, FairScore, RaterSeverity, Step
from fairlead.core.rater_texts import why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.rater_design import Graph
    from fairlead.core.rater_errors import PairHalo
    from fairlead.core.rater_layout import Extremes, Layout
    from fairlead.core.rater_residuals import Residuals
    from fairlead.core.rater_results import Extreme, Method
    from fairlead.core.rater_shrink import Shrunk
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]

_EXTREME: Final[tuple[Extreme, ...]] = ("", "highest", "lowest")
_MOST_PEOPLE: Final = 400
"""People whose measures stand for all when a severity is told in points."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Estimates on the reported scale: severities sum to 0 in each component."""

    severity: Floats
    difficulty: Floats
    thresholds: Floats
    measure: Floats
    sd: Floats


class Records:
    """Puts the records of a result together."""

    def __init__(
        self,
        ratings: Ratings,
        layout: Layout,
        graph: Graph,
        method: Method,
        fitted: Fitted,
        found: Residuals,
        hangs: PairHalo,
        away: Extremes,
        plain: Floats,
        wide: Floats,
        parts: Sequence[Shrunk],
    ) -> None:
        self.ratings, self.layout, self.graph, self.method = ratings, layout, graph, method
        self.fitted, self.found, self.hangs, self.away = fitted, found, hangs, away
        self.plain, self.wide, self.parts = plain, wide, parts
        self.believed = np.zeros(layout.raters)
        self.unsure = np.zeros(layout.raters)
        for number, part in enumerate(parts):
            here = graph.of_rater == number
            self.believed[here], self.unsure[here] = part.severity, part.se
        self.corrected = np.array([part.verdict == "corrected" for part in parts])

    def program_errors(self) -> Floats:
        """Errors of severities as joint maximum likelihood programs have them, from information alone."""
        if self.method == "mml":
            return self.plain
        told: Floats = 1.0 / np.sqrt(np.maximum(self.found.by_rater[INFORMATION], 1e-12))
        return told

    def criterion_errors(self) -> Floats:
        """Errors of difficulties beside each other."""
        told: Floats = 1.0 / np.sqrt(np.maximum(self.found.by_criterion[INFORMATION], 1e-12))
        return told

    def reliability(self) -> float | None:
        """Variance of the posterior means over all variance, or separation reliability."""
        fitted = self.fitted
        if self.method == "jml":
            inside = self.away.ratee == 0
            return separation(fitted.measure[inside], fitted.sd[inside]).reliability
        means = fitted.measure
        if len(self.parts) > 1:  # components are not on one scale: their means say nothing
            size = np.maximum(np.bincount(self.graph.of_ratee, minlength=len(self.parts)), 1)
            means = (
                means - (np.bincount(self.graph.of_ratee, means, len(self.parts)) / size)[self.graph.of_ratee]
            )
        between, within = float(means.var()), float((fitted.sd**2).mean())
        return between / (between + within)

    def components(self) -> tuple[Component, ...]:
        """Give who can be compared, with the verdict."""
        names = np.array(self.ratings.ratees, dtype=object)
        return tuple(
            Component(
                number=number + 1,
                raters=raters,
                ratees=tuple(names[self.graph.of_ratee == number]),
                verdict=part.verdict,
                why=why(part, raters),
                spread=part.spread,
                spread_low=part.spread_low,
                spread_high=part.spread_high,
                reliability=part.reliability,
                p=part.p,
            )
            for number, (raters, part) in enumerate(
                zip(self.graph.design.components, self.parts, strict=True)
            )
        )

    def raters(self) -> tuple[RaterSeverity, ...]:
        """Give every rater."""
        count = self.found.counted_rater
        points = self._points()
        seen = self._means(self.layout.rater, self.layout.raters)
        columns = zip(
            self.ratings.raters,
            self.graph.design.raters,
            count.astype(int).tolist(),
            seen.tolist(),
            self.fitted.severity.tolist(),
            self.wide.tolist(),
            self.plain.tolist(),
            self.believed.tolist(),
            self.unsure.tolist(),
            *(column.tolist() for column in points),
            fits(self.found.by_rater, count, self.away.rater != 0),
            self.away.rater.tolist(),
            strict=True,
        )
        return tuple(
            RaterSeverity(
                rater=name, component=links.component, n=n, ratees=links.ratees, shared=links.shared,
                observed=observed, severity=strict, se=se, se_model=se_model, shrunk=shrunk,
                shrunk_se=shrunk_se, points=middle, points_low=low, points_high=high, fit=fit,
                extreme=_EXTREME[end],
            )
            for (
                name, links, n, observed, strict, se, se_model, shrunk, shrunk_se, middle, low, high, fit, end
            ) in columns
        )  # fmt: skip

    def _points(self) -> tuple[Floats, Floats, Floats]:
        """Tell severities in points: how much higher the people of the component score, on average."""
        told = tuple(np.zeros(self.layout.raters) for _ in range(3))
        for number in range(len(self.parts)):
            raters = np.flatnonzero(self.graph.of_rater == number)
            people = np.sort(self.fitted.measure[self.graph.of_ratee == number])
            if not len(people):
                continue
            if len(people) > _MOST_PEOPLE:
                people = people[np.linspace(0, len(people) - 1, _MOST_PEOPLE).astype(int)]
            level = self._scores(people).mean()
            bounds = (0.0, NORMAL_80, -NORMAL_80)
            for column, wide in zip(told, bounds, strict=True):
                strict = self.believed[raters] + wide * self.unsure[raters]
                moved = people[None, :] - strict[:, None]
                column[raters] = self._scores(moved.ravel()).reshape(moved.shape).mean(axis=1) - level
        return told[0], told[1], told[2]

    def _scores(self, measure: Floats) -> Floats:
        return scores_at(self.layout, self.fitted.difficulty, self.fitted.thresholds, measure)

    def _means(self, place: NDArray[np.int32], count: int) -> Floats:
        size = np.bincount(place, minlength=count)
        told: Floats = np.bincount(place, self.ratings.score, minlength=count) / np.maximum(size, 1)
        return told

    def ratees(self) -> tuple[FairScore, ...]:
        """Give every fair score."""
        layout, fitted = self.layout, self.fitted
        observed = self._means(layout.ratee, layout.people)
        corrected = self.corrected[self.graph.of_ratee]
        fair = fair_scores(
            layout,
            (self.believed, fitted.difficulty, fitted.thresholds),
            self.unsure,
            self.hangs.ratee,
            observed,
            corrected,
            fitted.measure,
        )
        count = np.bincount(layout.ratee, minlength=layout.people)
        columns = zip(
            self.ratings.ratees,
            (self.graph.of_ratee + 1).tolist(),
            count.tolist(),
            np.bincount(layout.pair_ratee, minlength=layout.people).tolist(),
            observed.tolist(),
            fair.fair.tolist(),
            fair.low.tolist(),
            fair.high.tolist(),
            corrected.tolist(),
            fitted.measure.tolist(),
            fitted.sd.tolist(),
            fits(self.found.by_ratee, count.astype(np.float64), self.away.ratee != 0),
            self.away.ratee.tolist(),
            strict=True,
        )
        return tuple(
            FairScore(
                ratee=name, component=component, n=n, raters=raters, observed=mean, fair=score, low=low,
                high=high, corrected=yes, measure=measure, se=se, fit=fit, extreme=_EXTREME[end],
            )
            for name, component, n, raters, mean, score, low, high, yes, measure, se, fit, end in columns
        )  # fmt: skip

    def criteria(self) -> tuple[CriterionDifficulty, ...]:
        """Give every criterion."""
        count = self.found.counted_criterion
        columns = zip(
            self.ratings.criteria,
            count.astype(int).tolist(),
            self._means(self.layout.criterion, self.layout.criteria).tolist(),
            self.fitted.difficulty.tolist(),
            self.criterion_errors().tolist(),
            fits(self.found.by_criterion, count, self.away.criterion != 0),
            self.away.criterion.tolist(),
            strict=True,
        )
        return tuple(
            CriterionDifficulty(
                criterion=name, n=n, observed=mean, difficulty=hard, se=se, fit=fit, extreme=_EXTREME[end]
            )
            for name, n, mean, hard, se, fit, end in columns
        )

    def steps(self) -> tuple[Step, ...]:
        """Give every threshold."""
        layout = self.layout
        errors = step_errors(layout, self.found.steps)
        above = np.hstack([layout.above, np.zeros((layout.scales, 1))])
        return tuple(
            Step(
                criterion=self.ratings.criteria[scale] if layout.scales > 1 else None,
                below=int(layout.points[scale, level]),
                above=int(layout.points[scale, level + 1]),
                threshold=float(self.fitted.thresholds[scale, level]),
                se=float(errors[scale, level]),
                n=int(above[scale, level] - above[scale, level + 1]),
            )
            for scale in range(layout.scales)
            for level in range(int(layout.tops[scale]))
        )
