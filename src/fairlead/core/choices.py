"""Best and worst of three: what a handful of choices says about an order, and what it leaves open."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

SPREAD: Final = 1.0
"""Expected standard deviation of utilities: two things then lie apart so far that one of them is put
first in 87 of 100 comparisons (median); see the recovery table of the method page for other spreads."""

Z80: Final = 1.2815515655446004
"""Half width of an 80 % interval in standard errors."""

STEPS: Final = 60
"""Newton's method is done after six; more only guard against answers nobody gives."""


def fit(
    sets: Sequence[tuple[int, int, int]], things: int, *, spread: float = SPREAD
) -> tuple[Vector, Vector]:
    """Fit utilities to choices of the best and the worst of three.

    Parameters
    ----------
    sets
        One (best, middle, worst) per answered set, as positions from 0 to ``things - 1``.
    things
        How many things there are.
    spread
        Standard deviation of the normal prior of each utility; more than 0.

    Returns
    -------
    tuple of arrays
        Utilities (``things``,) with mean 0 and their covariance (``things``, ``things``), in log odds.

    Raises
    ------
    ValueError
        When a set names a thing twice, or one that does not exist.

    Notes
    -----
    The model is the maximum-difference model of Marley & Louviere (2005),
    doi:10.1016/j.jmp.2005.05.003: in a set S the pair (i, j) is chosen as best and worst with a
    probability proportional to exp(u_i - u_j), over all ordered pairs of S. The number of times a
    thing was best minus the number of times it was worst is sufficient for its utility, and turning
    "most" into "least" turns the signs, nothing else. The prior is normal with mean 0 and standard
    deviation ``spread``. The estimate is the mode of the posterior (Newton's method; the logarithm of
    the posterior is concave), the covariance the inverse of its curvature there.

    Examples
    --------
    >>> utility, covariance = fit([(0, 1, 2), (0, 1, 2)], 3)
    >>> bool(utility[0] > 0.5), bool(abs(utility[1]) < 1e-9), bool(np.isclose(utility[0], -utility[2]))
    (True, True, True)
    """
    for chosen in sets:
        if len(set(chosen)) != 3 or not all(0 <= at < things for at in chosen):
            raise ValueError(f"{chosen} names one thing twice, or one that is not among {things}.")
    ways = _ways(sets, things)
    counts = np.zeros(things)
    for best, _, worst in sets:
        counts[best] += 1
        counts[worst] -= 1
    utility = np.zeros(things)
    prior = np.eye(things) / spread**2
    curvature = prior
    for _ in range(STEPS):
        mean, curvature = _moments(ways, utility, prior)
        step = np.linalg.solve(curvature, counts - mean - utility / spread**2)
        utility += step
        if np.abs(step).max() < 1e-10:
            break
    covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    return utility - utility.mean(), _centred(covariance)


def put_first(utility: Vector) -> Vector:
    """Say how often each thing would be put before another one of them, 0 to 1 (mean ½).

    Parameters
    ----------
    utility
        Utilities in log odds, (..., things).

    Notes
    -----
    Of two things the model puts i first with probability 1 / (1 + exp(-2 (u_i - u_j))); the mean
    over the others is given.

    Examples
    --------
    >>> put_first(np.array([0.0, 0.0, 0.0])).tolist()
    [0.5, 0.5, 0.5]
    """
    apart = utility[..., :, None] - utility[..., None, :]
    things = utility.shape[-1]
    chances: Vector = ((1 / (1 + np.exp(-2 * apart))).sum(axis=-1) - 0.5) / (things - 1)
    return chances


def put_first_intervals(utility: Vector, covariance: Vector) -> tuple[Vector, Vector, Vector]:
    """Give ``put_first`` with an 80 % interval each, by the delta method on its log odds.

    Returns
    -------
    tuple of arrays
        Value, lower and upper bound, each (``things``,).
    """
    share = put_first(utility)
    things = len(utility)
    apart = utility[:, None] - utility[None, :]
    one = 1 / (1 + np.exp(-2 * apart))
    slope = -2 * one * (1 - one) / (things - 1)
    np.fill_diagonal(slope, 0.0)
    np.fill_diagonal(slope, -slope.sum(axis=1))
    slope /= (share * (1 - share))[:, None]
    error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", slope, covariance, slope), 0.0))
    middle = np.log(share / (1 - share))
    return share, 1 / (1 + np.exp(Z80 * error - middle)), 1 / (1 + np.exp(-Z80 * error - middle))


def pairs_of(sets: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """Count how often one thing was put before another: three pairs for each (best, middle, worst).

    Examples
    --------
    >>> pairs_of([(2, 0, 1)])
    {(2, 0): 1, (2, 1): 1, (0, 1): 1}
    """
    found: dict[tuple[int, int], int] = {}
    for chosen in sets:
        for pair in combinations(chosen, 2):
            found[pair] = found.get(pair, 0) + 1
    return found


def follows(before: Iterable[tuple[int, int]], things: int) -> set[tuple[int, int]]:
    """Give every pair that follows from "this before that", the said pairs among them.

    Examples
    --------
    >>> sorted(follows([(0, 1), (1, 2)], 3))
    [(0, 1), (0, 2), (1, 2)]
    """
    found = set(before)
    for middle in range(things):
        found |= {(a, d) for a, b in found if b == middle for c, d in found if c == middle}
    return found


def circles(before: dict[tuple[int, int], int], things: int) -> tuple[tuple[int, int, int], ...]:
    """Give the circular triads: a before b, b before c, and c before a, each more often than not.

    Notes
    -----
    Kendall & Babington Smith (1940), doi:10.1093/biomet/31.3-4.324. A pair that was put both ways
    equally often decides nothing and stands in no circle.

    Examples
    --------
    >>> circles({(0, 1): 1, (1, 2): 1, (2, 0): 1}, 3)
    ((0, 1, 2),)
    """

    def first(a: int, b: int) -> bool:
        return before.get((a, b), 0) > before.get((b, a), 0)

    found = []
    for a, b, c in combinations(range(things), 3):
        if first(a, b) and first(b, c) and first(c, a):
            found.append((a, b, c))
        elif first(a, c) and first(c, b) and first(b, a):
            found.append((a, c, b))
    return tuple(found)


def both_ways(before: dict[tuple[int, int], int]) -> tuple[tuple[int, int], ...]:
    """Give the pairs that were put both ways."""
    return tuple(sorted((a, b) for a, b in before if a < b and (b, a) in before))


def _ways(sets: Sequence[tuple[int, int, int]], things: int) -> Vector:
    """Give (sets, 6, things): +1 at the best and -1 at the worst of every way to answer a set."""
    ways = np.zeros((len(sets), 6, things))
    for row, shown in enumerate(sets):
        for column, (best, worst) in enumerate(permutations(sorted(shown), 2)):
            ways[row, column, best] = 1.0
            ways[row, column, worst] = -1.0
    return ways


def _moments(ways: Vector, utility: Vector, prior: Vector) -> tuple[Vector, Vector]:
    """Give the expected best minus worst counts, and the curvature of the log posterior."""
    worth = ways @ utility
    chance = np.exp(worth - worth.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    means = np.einsum("sw,swt->st", chance, ways)
    squares = np.einsum("sw,swt,swu->tu", chance, ways, ways, optimize=True)
    curvature: Vector = squares - means.T @ means + prior
    mean: Vector = means.sum(axis=0)
    return mean, curvature


def _centred(covariance: Vector) -> Vector:
    """Covariance of utilities whose mean is taken out: only differences are seen in choices."""
    rows = covariance - covariance.mean(axis=0, keepdims=True)
    centred: Vector = rows - rows.mean(axis=1, keepdims=True)
    return centred
