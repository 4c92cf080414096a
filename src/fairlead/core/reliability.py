"""How far a scale's score can be relied on: alpha, omega, and how each item goes with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.phrases import listed
from fairlead.core.scales import NOT_MY_WORK
from fairlead.core.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.scales import Scale

LEVEL: Final = 0.8
"""Coverage of the interval of alpha."""

FEWEST: Final = 30
"""People from which on a reliability is worth reading; below it the interval says so by its width."""

_SWEEPS: Final = 20_000
_STILL: Final = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFit:
    """How one item goes with the rest of its scale.

    ``rest`` is the correlation with the sum of the other items, over people who answered all;
    below 0 the item runs against them, as one does that was not turned. ``alpha_without`` is alpha
    of the others, ``loading`` the one on the single factor of omega.
    """

    item: str
    n: int
    mean: float | None
    sd: float | None
    rest: float | None
    alpha_without: float | None
    loading: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Reliability of one scale over people; ``None`` where it cannot be computed.

    ``n`` people answered at least one item, ``n_complete`` all of them. ``low`` and ``high`` bound
    ``alpha`` at 80 %. ``too_little`` says why there is no alpha or no omega, as sentences.
    """

    n: int
    n_complete: int
    items: int
    alpha: float | None
    low: float | None
    high: float | None
    alpha_standard: float | None
    omega: float | None
    mean_correlation: float | None
    fits: tuple[ItemFit, ...]
    too_little: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPeople:
    """The score of one scale for each person, and what lies behind it.

    ``scores`` are in the scale's own options, ``None`` for those who answered fewer items than the
    instrument asks for; ``answered`` counts their answers.
    """

    scale: str
    label: str
    about: str
    items: tuple[str, ...]
    low_option: float
    high_option: float
    min_answered: int
    n: int
    mean: float | None
    sd: float | None
    scores: tuple[float | None, ...]
    answered: tuple[int, ...]
    reliability: Reliability


def score_people(answers: NDArray[np.float64], scale: Scale) -> ScoredPeople:
    """Score one scale for many people, and say how reliable it is among them.

    Parameters
    ----------
    answers
        People by the items of ``scale``, in its order, as they were given: option numbers, NaN
        where nothing was said, ``NOT_MY_WORK`` (0) for items that are no part of the work.
    scale
        What to score: which items are turned, how many must be answered.

    Returns
    -------
    ScoredPeople

    Raises
    ------
    TableError
        When the table has another width or an answer lies outside the options.

    Notes
    -----
    A score is the mean of the answered items, turned where the instrument says so, from
    ``min_answered`` answers on: as :func:`fairlead.core.scales.score` for one person.

    Examples
    --------
    >>> import numpy as np
    >>> from fairlead.core.scales import Scale, ScaleItem
    >>> items = (ScaleItem(id="a"), ScaleItem(id="b", reverse=True))
    >>> scale = Scale(id="s", label="S", about="own", items=items, low_option=1.0, high_option=5.0,
    ...               min_answered=2)
    >>> score_people(np.array([[4.0, 1.0], [3.0, np.nan], [2.0, 2.0]]), scale).scores
    (4.5, None, 3.0)
    """
    keyed = keyed_answers(answers, scale)
    answered = np.sum(~np.isnan(keyed), axis=1)
    enough = answered >= max(scale.min_answered, 1)
    sums = np.where(np.isnan(keyed), 0.0, keyed).sum(axis=1)
    means = np.full(len(keyed), np.nan)
    np.divide(sums, answered, out=means, where=enough)
    scored = means[enough]
    return ScoredPeople(
        scale=scale.id,
        label=scale.label,
        about=scale.about,
        items=tuple(item.id for item in scale.items),
        low_option=scale.low_option,
        high_option=scale.high_option,
        min_answered=scale.min_answered,
        n=len(scored),
        mean=float(scored.mean()) if len(scored) else None,
        sd=float(scored.std(ddof=1)) if len(scored) > 1 else None,
        scores=tuple(None if np.isnan(mean) else mean for mean in means.tolist()),
        answered=tuple(answered.tolist()),
        reliability=reliability(keyed, [item.id for item in scale.items]),
    )


def alpha(matrix: NDArray[np.float64]) -> float | None:
    """Estimate Cronbach's alpha of a scale (Cronbach 1951, doi:10.1007/BF02310555).

    Parameters
    ----------
    matrix
        People by items, reversed items already turned; NaN where an answer is missing.

    Returns
    -------
    float or None
        ``k / (k - 1) * (1 - trace(C) / sum(C))`` with C the covariances, each over the people who
        answered both items; ``None`` with fewer than two items, with two items that fewer than two
        people both answered, where the sums of the items do not vary, or where the gaps leave
        covariances that no whole table has (alpha would be above 1). Can be negative.

    Raises
    ------
    ValueError
        When the matrix does not have two dimensions.

    Notes
    -----
    Assumes that the items measure one thing about equally well; otherwise it is a lower bound.

    Examples
    --------
    >>> import numpy as np
    >>> people = [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]
    >>> table = np.array(people, dtype=float)
    >>> round(alpha(table), 7)
    0.9093155
    """
    if matrix.ndim != 2:
        raise ValueError(f"The matrix has {matrix.ndim} dimensions; people by items are 2.")
    items = matrix.shape[1]
    if items < 2:
        return None
    covariances = _pairwise_covariances(matrix)
    if covariances is None:
        return None
    total = float(covariances.sum())
    if total <= 1e-12 * float(np.abs(covariances).max()):
        return None
    found = float(items / (items - 1) * (1.0 - np.trace(covariances) / total))
    return found if found <= 1 + 1e-12 else None


def _pairwise_covariances(matrix: NDArray[np.float64]) -> NDArray[np.float64] | None:
    seen = ~np.isnan(matrix)
    both = (seen.T.astype(np.float64)) @ seen
    if both.min() < 2:
        return None
    filled = np.where(seen, matrix - np.nanmean(matrix, axis=0), 0.0)
    sums = filled.T @ seen
    covariances: NDArray[np.float64] = (filled.T @ filled - sums * sums.T / both) / (both - 1)
    return covariances


def reliability(keyed: NDArray[np.float64], items: Sequence[str]) -> Reliability:
    """Estimate alpha and omega of a scale, and how each item goes with the others.

    Parameters
    ----------
    keyed
        People by items, reversed items already turned; NaN where an answer is missing.
    items
        Names of the items.

    Returns
    -------
    Reliability
        Alpha and omega can be negative or missing; nothing is rounded up to look well.

    Raises
    ------
    ValueError
        When names and columns do not fit.

    Notes
    -----
    Alpha: Cronbach (1951), doi:10.1007/BF02310555; its interval: Feldt (1965),
    doi:10.1007/BF02289499, with the number of people who answered everything. Covariances are each
    over the people who answered both items, as in R's psych. Omega: see :func:`omega`. Alpha
    assumes that the items measure one thing about equally well and is a lower bound otherwise;
    neither says that they measure one thing.

    Examples
    --------
    >>> import numpy as np
    >>> people = [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]
    >>> found = reliability(np.array(people, dtype=float), ["a", "b", "c", "d"])
    >>> round(found.alpha, 4), round(found.low, 2), round(found.high, 2)
    (0.9093, 0.79, 0.97)
    """
    if keyed.ndim != 2 or keyed.shape[1] != len(items):
        raise ValueError(f"There are {len(items)} names for a table of shape {keyed.shape}.")
    seen = ~np.isnan(keyed)
    whole = keyed[seen.all(axis=1)]
    found = alpha(keyed) if len(keyed) else None
    low, high = _alpha_interval(found, len(whole), len(items))
    correlations = _correlations(keyed)
    loadings = None if correlations is None else one_factor(correlations)
    standard = _correlations(keyed, whole_spread=True)
    return Reliability(
        n=int(seen.any(axis=1).sum()),
        n_complete=len(whole),
        items=len(items),
        alpha=found,
        low=low,
        high=high,
        alpha_standard=None if standard is None else _alpha_standard(standard),
        omega=None if correlations is None or loadings is None else omega(correlations),
        mean_correlation=None if standard is None else _mean_correlation(standard),
        fits=tuple(
            _fit(name, place, keyed, whole, None if loadings is None else float(loadings[place]))
            for place, name in enumerate(items)
        ),
        too_little=_why_not(
            len(items),
            [name for place, name in enumerate(items) if not seen[:, place].any()],
            found,
            correlations,
            loadings,
        ),
    )


def omega(correlations: NDArray[np.float64]) -> float | None:
    """Compute omega total of a scale with one factor.

    Parameters
    ----------
    correlations
        Items by items.

    Returns
    -------
    float or None
        1 - Σu² / ΣR, where u² is what the factor leaves of each item; ``None`` where
        :func:`one_factor` finds none.

    Notes
    -----
    McDonald (1999), Test theory: a unified treatment; as R's psych with one factor and minimum
    residuals. It needs no equal loadings, other than alpha. It is that of standardized items.

    Examples
    --------
    >>> import numpy as np
    >>> loadings = np.array([0.8, 0.7, 0.6])
    >>> exact = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    >>> round(omega(exact), 6), round(float(1 - (3 - 1.49) / exact.sum()), 6)
    (0.744932, 0.744932)
    """
    loadings = one_factor(correlations)
    total = float(correlations.sum())
    if loadings is None or total <= 0.0:
        return None
    return float(1.0 - np.sum(1.0 - loadings**2) / total)


def one_factor(correlations: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Find the loadings of one factor by minimum residuals (Harman & Jones 1966).

    Parameters
    ----------
    correlations
        Items by items, three or more.

    Returns
    -------
    array or None
        One loading per item, their sum not negative; ``None`` for fewer than three items, and where
        no solution leaves every item some variance of its own (a Heywood case).

    Notes
    -----
    Minimizes the squares of the correlations that the factor leaves off the diagonal (Harman &
    Jones 1966, doi:10.1007/BF02289468), one loading at a time, which can only fall.

    Examples
    --------
    >>> import numpy as np
    >>> one_factor(np.array([[1, 0.48, 0.56], [0.48, 1, 0.42], [0.56, 0.42, 1]])).round(6).tolist()
    [0.8, 0.6, 0.7]
    """
    items = len(correlations)
    if items < 3:
        return None
    off: NDArray[np.float64] = correlations - np.diag(np.diag(correlations))
    values, vectors = np.linalg.eigh(correlations)
    loadings: NDArray[np.float64] = vectors[:, -1] * np.sqrt(max(float(values[-1]), 0.0)) * 0.9
    for _ in range(_SWEEPS):
        before = loadings.copy()
        for item in range(items):
            others = float(loadings @ loadings - loadings[item] ** 2)
            if others <= 0.0:
                return None
            loadings[item] = float(off[item] @ loadings) / others
        if not np.all(np.abs(loadings) < 1e3):
            return None
        if np.max(np.abs(loadings - before)) < _STILL:
            break
    else:
        return None
    if np.max(np.abs(loadings)) >= 1.0:
        return None
    return loadings if loadings.sum() >= 0 else -loadings


def keyed_answers(answers: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    """Turn reversed items and take “not my work” as not answered.

    Raises
    ------
    TableError
        When the table has another width or an answer lies outside the options.
    """
    if answers.ndim != 2 or answers.shape[1] != len(scale.items):
        raise TableError(f"{scale.label} has {len(scale.items)} items; the table has shape {answers.shape}.")
    given = np.where(answers == NOT_MY_WORK, np.nan, answers)
    wrong = (given < scale.low_option) | (given > scale.high_option)
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise TableError(
            f"Row {row + 1}: “{scale.items[column].id}” is {given[row, column]:g}; {scale.label} allows "
            f"{scale.low_option:g} to {scale.high_option:g}, or {NOT_MY_WORK:g}"
        )
    turned = np.array([item.reverse for item in scale.items], dtype=bool)
    keyed: NDArray[np.float64] = np.where(turned, scale.low_option + scale.high_option - given, given)
    return keyed


def _correlations(keyed: NDArray[np.float64], *, whole_spread: bool = False) -> NDArray[np.float64] | None:
    """Correlate each two items over the people who answered both; ``None`` where one cannot be had.

    ``whole_spread`` divides their covariance by the spread of each item over all who answered it, as
    R's psych does for standardized alpha (and not for omega).
    """
    items = keyed.shape[1]
    if items < 2:
        return None
    found = np.eye(items)
    for one in range(items):
        for other in range(one):
            both = keyed[~np.isnan(keyed[:, one]) & ~np.isnan(keyed[:, other])][:, [one, other]]
            if len(both) < 2 or np.ptp(both, axis=0).min() <= 1e-12:
                return None
            covariance = np.cov(both.T)
            spreads = np.nanvar(keyed[:, [one, other]], axis=0, ddof=1)
            below = spreads if whole_spread else np.diag(covariance)
            found[one, other] = found[other, one] = covariance[0, 1] / np.sqrt(below.prod())
    return found


def _alpha_interval(found: float | None, people: int, items: int) -> tuple[float, float] | tuple[None, None]:
    if found is None or people < 2:
        return None, None
    from scipy.special import fdtri  # noqa: PLC0415 - half a second that other commands do not need

    degrees = (people - 1, (people - 1) * (items - 1))
    ends = (float(fdtri(*degrees, (1 + side * LEVEL) / 2)) for side in (1, -1))
    low, high = (1.0 - (1.0 - found) * end for end in ends)
    return low, high


def _alpha_standard(correlations: NDArray[np.float64]) -> float | None:
    items = len(correlations)
    total = float(correlations.sum())
    return items / (items - 1) * (1.0 - items / total) if total > 1e-12 else None


def _mean_correlation(correlations: NDArray[np.float64]) -> float:
    items = len(correlations)
    return float((correlations.sum() - items) / (items * (items - 1)))


def _fit(
    name: str, place: int, keyed: NDArray[np.float64], whole: NDArray[np.float64], loading: float | None
) -> ItemFit:
    given = keyed[:, place][~np.isnan(keyed[:, place])]
    others = np.delete(keyed, place, axis=1)
    return ItemFit(
        item=name,
        n=len(given),
        mean=float(given.mean()) if len(given) else None,
        sd=float(given.std(ddof=1)) if len(given) > 1 else None,
        rest=_with_rest(whole, place),
        alpha_without=alpha(others) if len(keyed) and others.shape[1] > 1 else None,
        loading=loading,
    )


def _with_rest(whole: NDArray[np.float64], place: int) -> float | None:
    if whole.shape[1] < 2 or len(whole) < 3:
        return None
    rest = np.delete(whole, place, axis=1).sum(axis=1)
    found = _correlations(np.column_stack([whole[:, place], rest]))
    return None if found is None else float(found[0, 1])


def _why_not(
    items: int,
    unanswered: list[str],
    found: float | None,
    correlations: NDArray[np.float64] | None,
    loadings: NDArray[np.float64] | None,
) -> str:
    if items < 2:
        return "One item has no alpha: nothing stands beside it."
    if found is None and len(unanswered) == items:
        return "There is no alpha: nobody answered any of its items."
    if found is None and unanswered:
        return f"There is no alpha: nobody answered {listed([f'“{name}”' for name in unanswered], 5)}."
    if found is None:
        return "There is no alpha: for some items too few answered both, or the sums do not vary."
    if items < 3:
        return "There is no omega: it takes three items."
    if correlations is None:
        return "There is no omega: an item does not vary."
    if loadings is None:
        return "There is no omega: one factor does not describe these items."
    return ""
