"""A crossed linear model of ratings by restricted maximum likelihood: the second opinion beside severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from fairlead.core.rater_results import Crossed, RaterEffect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_results import Severity
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]

_LARGEST: Final = 30.0
_TINY: Final = 1e-10


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
    solved = problem.solve(np.asarray(found.x, dtype=np.float64), errors=True)
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


@dataclass(frozen=True, slots=True)
class _Parts:
    """Sums at one deviation of the pairs; the ratees' and raters' deviations only scale them."""

    of_ratee: Floats
    beside: sparse.csr_matrix
    inner: Floats
    said: Floats
    right: Floats
    lost: float
    logs: float


class _Problem:
    """The restricted criterion as a function of standard deviations over that of the rest.

    The first two deviations come first in the row of what is free, so that slopes in them reuse the sums.
    """

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
        self.known: dict[float, _Parts] = {}

    def criterion(self, free: Floats) -> float:
        """Give the restricted criterion at these standard deviations."""
        return self.solve(free).criterion

    def solve(self, free: Floats, *, errors: bool = False) -> _Solved:
        """Solve for criteria and raters at these standard deviations."""
        people, raters, together = (*free.tolist(), 0.0)[:3]
        parts = self._parts(together)
        diagonal = 1.0 + people**2 * parts.of_ratee
        root = sparse.diags(people / np.sqrt(diagonal))
        scale = np.concatenate([np.ones(self.criteria), np.full(self.raters, raters)])
        # Columns: criteria, then raters; each with the ratees beside it, who are taken out.
        rows = root @ parts.beside @ sparse.diags(scale)
        inner = scale[:, None] * parts.inner * scale[None, :] - (rows.T @ rows).toarray()
        inner[np.diag_indices_from(inner)] += _TINY
        cut = self.criteria
        inner[range(cut, len(inner)), range(cut, len(inner))] += 1.0
        ratee_side = root @ parts.said
        right = scale * parts.right - rows.T @ ratee_side
        factor = _factored(inner)
        solution = factor.solve(right)
        left = self.square - parts.lost - float(ratee_side @ ratee_side) - float(right @ solution)
        freedom = max(self.count - self.criteria, 1)
        rest = max(left, _TINY) / freedom
        value = freedom * (1.0 + np.log(2.0 * np.pi * rest)) + parts.logs
        value += float(np.log(diagonal).sum()) + float(np.log(np.abs(factor.U.diagonal())).sum())
        spread = np.zeros(self.raters)
        if errors:
            spread = np.diagonal(factor.solve(np.eye(len(inner))))[cut:]
        return _Solved(
            criterion=float(value),
            scale=np.array([people, raters, together]),
            rest=rest,
            raters=solution[cut:],
            errors=np.sqrt(np.maximum(rest * raters**2 * spread, 0.0)),
            criteria=solution[:cut] + self.shift,
        )

    def _parts(self, together: float) -> _Parts:
        """Give what depends on the pairs' deviation alone; a slope in the others asks for it again."""
        if together in self.known:
            return self.known[together]
        lost = 1.0 / (1.0 + self.size * together**2)
        shared = together**2 * lost
        weight, said = self.size * lost, self.sum * lost
        given = sparse.diags(lost) @ self.given
        by_rater = sparse.diags(weight) @ self.of_rater.T
        inner = np.diag(np.concatenate([self.by_criterion, self.of_rater @ weight]))
        cut = self.criteria
        inner[:cut, :cut] -= (self.given.T @ sparse.diags(shared) @ self.given).toarray()
        inner[cut:, :cut] = (self.of_rater @ given).toarray()
        inner[:cut, cut:] = inner[cut:, :cut].T
        parts = _Parts(
            of_ratee=self.of_ratee @ weight,
            beside=(self.of_ratee @ sparse.hstack([given, by_rater])).tocsr(),
            inner=inner,
            said=self.of_ratee @ said,
            right=np.concatenate(
                [self.score_by_criterion - self.given.T @ (shared * self.sum), self.of_rater @ said]
            ),
            lost=float(shared @ self.sum**2),
            logs=-float(np.log(lost).sum()),
        )
        self.known = {together: parts}
        return parts


def _factored(inner: Floats) -> Any:
    """Factor a positive definite matrix by SuperLU, whose one thread beats many on so small a matrix."""
    return splu(
        sparse.csc_matrix(inner),
        permc_spec="NATURAL",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
