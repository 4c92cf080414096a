"""A crossed linear model of ratings by restricted maximum likelihood: the second opinion beside severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_results import Severity
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]

_LARGEST: Final = 30.0
_TINY: Final = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterEffect:
    """By how many points a rater scores higher (above 0) or lower than the mean, drawn towards 0."""

    rater: str
    effect: float
    se: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """Where the differences between ratings come from, in squared points, and each rater's effect in points.

    ``reml`` is the restricted criterion, -2 log likelihood. ``var_pair`` is what a rater's ratings of one
    person have in common beyond both (halo). ``correlation`` is that of the effects, turned around, with
    the severities of the Rasch model; ``None`` where either does not vary.
    """

    n: int
    reml: float
    var_ratee: float
    var_rater: float
    var_pair: float
    var_residual: float
    raters: tuple[RaterEffect, ...]
    criteria: tuple[tuple[str, float], ...]
    converged: bool
    correlation: float | None = None


def crossed(ratings: Ratings, beside: Severity | None = None, *, pairs: bool = True) -> Crossed:
    """Fit score = criterion + ratee + rater + (ratee and rater) + rest, all but the criteria random.

    Parameters
    ----------
    ratings
        At least two raters and ratees; the effort grows with the cube of the number of raters.
    beside
        A result whose severities are compared.
    pairs
        Whether what a rater's ratings of one person have in common gets a variance of its own; it needs
        somebody rated by one rater on two criteria or more.

    Notes
    -----
    The ratees are absorbed and the variance of the rest profiled out; the other standard deviations, as
    multiples of the rest's, are found by L-BFGS-B. The criterion is that of Bates, Maechler, Bolker & Walker
    (2015, doi:10.18637/jss.v067.i01), up to the pairs, which enter as correlated rows.

    Examples
    --------
    >>> from fairlead.core.ratings import Ratings
    >>> rows = [(f"p{i}", f"r{j}", "all", i // 2 + j) for i in range(6) for j in range(2)]
    >>> found = crossed(Ratings.from_rows(rows), pairs=False)
    >>> [round(one.effect, 2) for one in found.raters]
    [-0.5, 0.5]
    """
    from scipy.optimize import minimize

    problem = _Problem(ratings, pairs=pairs)
    start = np.full(problem.free, 0.7)
    found = minimize(
        problem.criterion,
        start,
        method="L-BFGS-B",
        bounds=[(0.0, _LARGEST)] * problem.free,
        options={"ftol": 1e-14, "gtol": 1e-7, "maxiter": 200, "eps": 1e-6},
    )
    solved = problem.solve(np.asarray(found.x, dtype=np.float64))
    rest = solved.rest
    scale = solved.scale
    effects = scale[1] * solved.raters
    return Crossed(
        n=len(ratings),
        reml=solved.criterion,
        var_ratee=float(scale[0] ** 2 * rest),
        var_rater=float(scale[1] ** 2 * rest),
        var_pair=float(scale[2] ** 2 * rest),
        var_residual=rest,
        raters=tuple(
            RaterEffect(rater=name, effect=effect, se=se)
            for name, effect, se in zip(ratings.raters, effects.tolist(), solved.errors.tolist(), strict=True)
        ),
        criteria=tuple(zip(ratings.criteria, solved.criteria.tolist(), strict=True)),
        converged=bool(found.success),
        correlation=_correlation(effects, beside),
    )


def _correlation(effects: Floats, beside: Severity | None) -> float | None:
    if beside is None or len(effects) < 3:
        return None
    strict = np.array([one.severity for one in beside.raters])
    if effects.std() < _TINY or strict.std() < _TINY:
        return None
    return float(np.corrcoef(-effects, strict)[0, 1])


@dataclass(frozen=True, slots=True)
class _Solved:
    criterion: float
    scale: Floats
    rest: float
    raters: Floats
    errors: Floats
    criteria: Floats


class _Problem:
    """The restricted criterion as a function of standard deviations over that of the rest."""

    def __init__(self, ratings: Ratings, *, pairs: bool) -> None:
        score = ratings.score.astype(np.float64)
        self.shift = float(score.mean())  # takes nothing from the criterion and digits from nobody
        score -= self.shift
        first = np.empty(len(ratings), dtype=bool)
        first[0] = True
        first[1:] = (ratings.ratee[1:] != ratings.ratee[:-1]) | (ratings.rater[1:] != ratings.rater[:-1])
        start = np.flatnonzero(first)
        self.count, self.raters, self.criteria = len(ratings), len(ratings.raters), len(ratings.criteria)
        self.size = np.diff(np.append(start, self.count)).astype(np.float64)
        self.sum = np.add.reduceat(score, start)
        self.square = float(score @ score)
        self.ratee, self.rater = ratings.ratee[start], ratings.rater[start]
        self.people = len(ratings.ratees)
        self.free = 3 if pairs and np.any(self.size > 1) else 2
        pair = np.cumsum(first) - 1
        self.given = sparse.csr_matrix(
            (np.ones(self.count), (pair, ratings.criterion)), shape=(len(start), self.criteria)
        )
        self.by_criterion = np.bincount(ratings.criterion, minlength=self.criteria).astype(np.float64)
        self.score_by_criterion = np.bincount(ratings.criterion, score, minlength=self.criteria)
        rows = np.arange(len(start))
        one = np.ones(len(start))
        self.of_ratee = sparse.csr_matrix((one, (self.ratee, rows)), shape=(self.people, len(start)))
        self.of_rater = sparse.csr_matrix((one, (self.rater, rows)), shape=(self.raters, len(start)))

    def criterion(self, free: Floats) -> float:
        return self.solve(free).criterion

    def solve(self, free: Floats) -> _Solved:
        people, raters, together = (*free, 0.0)[:3]
        lost = 1.0 / (1.0 + self.size * together**2)
        shared = together**2 * lost
        weight, said = self.size * lost, self.sum * lost
        given = self.given.T @ sparse.diags(lost)
        diagonal = 1.0 + people**2 * (self.of_ratee @ weight)
        # Columns: criteria, then raters; each with the ratees beside it, who are taken out.
        rows = sparse.hstack(
            [
                people * (self.of_ratee @ given.T),
                people * raters * (self.of_ratee @ sparse.diags(weight) @ self.of_rater.T),
            ],
            format="csr",
        )
        rows = sparse.diags(1.0 / np.sqrt(diagonal)) @ rows
        inner = -(rows.T @ rows).toarray()
        cut = self.criteria
        inner[:cut, :cut] += np.diag(self.by_criterion)
        inner[:cut, :cut] -= (self.given.T @ sparse.diags(shared) @ self.given).toarray()
        across = raters * (given @ self.of_rater.T).toarray()
        inner[:cut, cut:] += across
        inner[cut:, :cut] += across.T
        inner[cut:, cut:] += np.diag(1.0 + raters**2 * (self.of_rater @ weight))
        ratee_side = people * (self.of_ratee @ said) / np.sqrt(diagonal)
        right = np.concatenate(
            [self.score_by_criterion - self.given.T @ (shared * self.sum), raters * (self.of_rater @ said)]
        )
        right -= rows.T @ ratee_side
        factor = np.linalg.cholesky(inner + np.eye(len(inner)) * _TINY)
        inverse = np.linalg.inv(inner + np.eye(len(inner)) * _TINY)
        solution = inverse @ right
        left = (
            self.square
            - float(shared @ self.sum**2)
            - float(ratee_side @ ratee_side)
            - float(right @ solution)
        )
        freedom = self.count - self.criteria
        rest = max(left, _TINY) / freedom
        value = freedom * (1.0 + np.log(2.0 * np.pi * rest)) - float(np.log(lost).sum())
        value += float(np.log(diagonal).sum()) + 2.0 * float(np.log(np.diagonal(factor)).sum())
        return _Solved(
            criterion=float(value),
            scale=np.array([people, raters, together]),
            rest=rest,
            raters=solution[cut:],
            errors=np.sqrt(np.maximum(rest * raters**2 * np.diagonal(inverse)[cut:], 0.0)),
            criteria=solution[:cut] + self.shift,
        )
