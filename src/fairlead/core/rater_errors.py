"""How far estimates may be off: standard errors, ratees taken out, widened for what hangs together (halo)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from fairlead.core.rater_mml import contrasts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_layout import Layout
    from fairlead.core.rater_residuals import Residuals

    Floats = NDArray[np.float64]
    Places = NDArray[np.int32]

MOST_EXACT: Final = 120
"""Raters up to which the information is inverted; beyond, its inverse's diagonal is drawn."""

_DRAWS: Final = (16, 96, 16_000)
"""Fewest and most draws, and draws times raters in between."""

_ROUNDS: Final = 60
_NEAR: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class PairHalo:
    """What a rater's ratings of one person have in common: how many such sets, their spread in logits.

    ``rater`` and ``ratee`` are the factors by which the variance of each estimate grows; ``freedom`` how many
    contrasts the spread was seen in.
    """

    sets: int
    freedom: int
    sd: float
    rater: Floats
    ratee: Floats


def severity_errors(layout: Layout, information: Floats, component: Places, prior: float) -> Floats:
    """Give the standard error of each severity as a difference from the mean of its component.

    Parameters
    ----------
    information
        Of each pair of ratee and rater.
    component
        Of each rater, from 0.
    prior
        1 over the variance of the ratees' population; 0 under joint maximum likelihood.

    Notes
    -----
    The information about raters with the ratees taken out is S = D - B' (I + prior)^-1 B. Up to 120 raters it
    is inverted. Beyond, the diagonal of its inverse is the sum of the first terms of a Neumann series, which
    are computed, and of the rest, drawn with random signs (Bekas, Kokiopoulou & Saad 2007,
    doi:10.1016/j.apnum.2007.01.003), the same in every run.
    """
    table = sparse.csr_matrix(
        (information, (layout.pair_ratee, layout.pair_rater)), shape=(layout.people, layout.raters)
    )
    own = np.maximum(np.asarray(table.sum(axis=0)).ravel(), 1e-9)
    weight = 1.0 / np.sqrt(np.maximum(np.asarray(table.sum(axis=1)).ravel() + prior, 1e-12))
    half = (sparse.diags(weight) @ table @ sparse.diags(1.0 / np.sqrt(own))).tocsr()
    if layout.raters <= MOST_EXACT:
        variance = _inverted(half, own, component, pinned=prior == 0.0)
    else:
        variance = np.maximum(_drawn(half, own, component), 0.0) / own
    told: Floats = np.sqrt(variance)
    return told


def _inverted(half: sparse.csr_matrix, own: Floats, component: Places, *, pinned: bool) -> Floats:
    roots = np.sqrt(own)
    whole = np.diag(own) - roots[:, None] * (half.T @ half).toarray() * roots[None, :]
    members = _members(component)
    if pinned:  # without a prior the ratings leave a component's mean open: it is fixed, then taken out
        whole += (members @ np.diag(own.mean() / members.sum(axis=0))) @ members.T
    whole += np.eye(len(own)) * 1e-9 * own.mean()
    covariance = np.linalg.inv(whole)
    size = members.sum(axis=0)
    by_component = covariance @ members / size
    own_mean = np.einsum("ij,ij->i", by_component, members)
    whole_mean = (np.einsum("ij,ij->j", members, by_component) / size)[component]
    found: Floats = np.maximum(np.diagonal(covariance) - 2.0 * own_mean + whole_mean, 0.0)
    return found


def _drawn(half: sparse.csr_matrix, own: Floats, component: Places) -> Floats:
    back = half.T.tocsr()
    near = (back @ half).tocsr()
    first = near.diagonal()
    near.data **= 2
    second = np.asarray(near.sum(axis=1)).ravel()
    whole_own = np.bincount(component, own)
    members = sparse.csr_matrix(
        (np.sqrt(own / whole_own[component]), (np.arange(len(own)), component)),
        shape=(len(own), len(whole_own)),
    )
    generator = np.random.default_rng(20261123)  # the same errors in every run

    def without(x: Floats) -> Floats:
        told: Floats = x - members @ (members.T @ x)
        return told

    def step(x: Floats) -> Floats:
        return without(back @ (half @ x))

    fewest, most, whole = _DRAWS
    draws = max(fewest, min(most, whole // len(own)))
    signs = generator.choice([-1.0, 1.0], size=(len(own), draws))
    start = without(signs)
    term = step(step(step(start)))
    rest = _solved(step, term)
    drawn = (signs * rest).mean(axis=1)
    mean = own / whole_own[component]
    found: Floats = np.maximum(1.0 + first + second + np.maximum(drawn, 0.0) - 3.0 * mean, 1.0 - mean)
    return found


def _solved(step: object, right: Floats) -> Floats:
    """Solve (1 - step) x = right for all columns at once by conjugate gradients."""
    assert callable(step)  # noqa: S101 - narrows the type
    x = np.zeros_like(right)
    left = right.copy()
    way = right.copy()
    size = np.einsum("ij,ij->j", left, left)
    goal = _NEAR**2 * size
    for _ in range(_ROUNDS):
        if np.all(size <= goal):
            break
        along = way - step(way)
        bend = np.einsum("ij,ij->j", way, along)
        length = size / np.where(bend > 0, bend, np.inf)
        x += length * way
        left -= length * along
        new = np.einsum("ij,ij->j", left, left)
        way = left + (new / np.where(size > 0, size, 1.0)) * way
        size = new
    return x


def _members(component: Places) -> Floats:
    found = np.zeros((len(component), int(component.max()) + 1))
    found[np.arange(len(component)), component] = 1.0
    return found


def halo(layout: Layout, found: Residuals, prior: float) -> PairHalo:
    """Estimate what one rater's ratings of one person have in common beyond the person's measure.

    Notes
    -----
    Given a person, the ratings of different raters are independent; those of one rater on several criteria
    share an unknown shift with variance v. The sum of a set's residuals then has, after the person's and
    the rater's estimates are taken out, the expected square a + v b with known a and b; v is fitted by
    moments over all sets of persons who have two raters or more, and is not below 0. A set with information
    V counts as V / (1 + v V), which is what widens the errors: the correction for a cluster in its simplest
    form (Bradlow, Wainer & Wang 1999, doi:10.1007/BF02294533).
    """
    information, residual = found.pair_information, found.pair_residual
    of_ratee, of_rater = layout.pair_ratee, layout.pair_rater
    by_ratee = _by(of_ratee, information, layout.people)
    by_rater = _by(of_rater, information, layout.raters)
    squares = _by(of_ratee, information**2, layout.people)
    size = np.diff(np.append(layout.pair_start, len(layout.ratee)))
    raters = np.bincount(of_ratee, minlength=layout.people)
    use = (size > 1) & (raters[of_ratee] > 1)
    share = information / np.maximum(by_ratee[of_ratee] + prior, 1e-12)
    free = np.maximum(1.0 - information / np.maximum(by_rater[of_rater], 1e-12), 0.0)
    expected = information * (1.0 - share) * free
    bend = (information * (1.0 - share)) ** 2 + share**2 * (squares[of_ratee] - information**2)
    bend *= free
    total = float(bend[use].sum())
    variance = max(0.0, float((residual[use] ** 2 - expected[use]).sum()) / total) if total > 0 else 0.0
    wide = information + np.where(size > 1, variance, 0.0) * information**2
    freedom = int(use.sum()) - len(np.unique(of_ratee[use])) - len(np.unique(of_rater[use])) + 1
    return PairHalo(
        sets=int(np.sum(size > 1)),
        freedom=max(freedom, 0),
        sd=float(np.sqrt(variance)),
        rater=_ratio(_by(of_rater, wide, layout.raters), by_rater),
        ratee=_ratio(_by(of_ratee, wide, layout.people), by_ratee),
    )


def _by(place: Places, values: Floats, count: int) -> Floats:
    return np.bincount(place, values, minlength=count).astype(np.float64)


def _ratio(wide: Floats, plain: Floats) -> Floats:
    return np.where(plain > 0, wide / np.maximum(plain, 1e-12), 1.0)


def step_errors(layout: Layout, steps: Floats) -> Floats:
    """Give the standard errors of thresholds: scales by levels above 0."""
    found = np.zeros((layout.scales, layout.most))
    for scale, top in enumerate(layout.tops.tolist()):
        turn = contrasts(top)
        if not turn.shape[1]:
            continue
        inner = turn.T @ steps[scale, :top, :top] @ turn
        inner += np.eye(len(inner)) * 1e-9 * max(1.0, float(np.trace(inner)))
        found[scale, :top] = np.sqrt(np.einsum("ij,jk,ik->i", turn, np.linalg.inv(inner), turn))
    return found
