"""Whether the items of a scale hang together by one thing: eigenvalues, chance, loadings with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.reliability import keyed_answers, one_factor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.scales import Scale

    Matrix = NDArray[np.float64]

ENOUGH: Final = 100
"""People who answered every item, below whom nothing is said of structure."""

LEVEL: Final = 0.8
"""Coverage of the intervals."""

RANDOM: Final = 500
"""Random tables of the same size that eigenvalues are held against."""

RESAMPLES: Final = 400
"""Resamples behind an interval; fewer in very large tables, where they hardly differ."""

MOST_ROWS: Final = 8_000_000
SEED: Final = 20261123
"""Always the same draws, so that the same answers give the same figures twice."""

_SWEEPS: Final = 500
_STILL: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """How strongly one item goes with the one factor, -1 to 1, with an interval at ``LEVEL``."""

    item: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorStructure:
    """What a table of answers says about the structure of one scale.

    ``n`` people answered every item. ``eigenvalues`` are those of the correlations, largest first;
    ``by_chance`` the 95th percentile of the same in random tables of this size; ``factors`` how many
    stand above chance. ``omega`` is McDonald's, with an interval. ``too_little`` says why the rest is
    empty.
    """

    scale: str
    n: int
    items: int
    eigenvalues: tuple[float, ...] = ()
    by_chance: tuple[float, ...] = ()
    factors: int | None = None
    loadings: tuple[Loading, ...] = ()
    omega: float | None = None
    low: float | None = None
    high: float | None = None
    too_little: str = ""


def structure(answers: Matrix, scale: Scale, *, seed: int = SEED) -> FactorStructure:
    """Say how the items of one scale hang together among those who answered all of them.

    Parameters
    ----------
    answers
        People by the items of ``scale``, in its order, as given; NaN where nothing was said,
        ``NOT_MY_WORK`` (0) for items that are no part of the work.
    scale
        Which items are turned, and the lowest and highest option.
    seed
        Of the random tables and of the resamples.

    Returns
    -------
    FactorStructure
        With ``too_little`` and no figures for fewer than three items or ``ENOUGH`` people.

    Raises
    ------
    TableError
        When the table has another width or an answer lies outside the options.

    Notes
    -----
    Parallel analysis (Horn 1965, doi:10.1007/BF02289447) against the 95th percentile (Glorfeld 1995,
    doi:10.1177/0013164495055003002). Random tables are normal and independent; their correlations are
    drawn outright by Bartlett's decomposition, so that the size of the table costs nothing. Loadings
    are those of :func:`fairlead.core.reliability.one_factor`; intervals are percentiles over resamples
    of people (Efron 1979, doi:10.1214/aos/1176344552). One factor is assumed by alpha and omega and
    shown by neither; ``factors`` is what speaks for it or against it.

    Examples
    --------
    >>> import numpy as np
    >>> from fairlead.core.scales import Scale, ScaleItem
    >>> scale = Scale(id="s", label="S", about="own", low_option=1.0, high_option=5.0, min_answered=2,
    ...               items=tuple(ScaleItem(id=name) for name in "abc"))
    >>> draw = np.random.default_rng(1)
    >>> answers = np.clip(np.round(3 + draw.normal(size=(200, 1)) + draw.normal(size=(200, 3))), 1, 5)
    >>> found = structure(answers, scale)
    >>> found.n, found.factors, found.low < found.omega < found.high
    (200, 1, True)
    """
    keyed = keyed_answers(answers, scale)
    whole = keyed[~np.isnan(keyed).any(axis=1)]
    n, items = whole.shape
    why = _too_little(whole)
    if why:
        return FactorStructure(scale=scale.id, n=n, items=items, too_little=why)
    draw = np.random.default_rng(seed)
    correlations = np.asarray(np.corrcoef(whole.T), dtype=np.float64)
    eigenvalues = np.asarray(np.linalg.eigvalsh(correlations)[::-1], dtype=np.float64)
    by_chance = chance_eigenvalues(n, items, draw)
    loadings = one_factor(correlations)
    names = [item.id for item in scale.items]
    told, low, high = _with_intervals(loadings, names, _resampled(whole, draw))
    return FactorStructure(
        scale=scale.id,
        n=n,
        items=items,
        eigenvalues=tuple(eigenvalues.tolist()),
        by_chance=tuple(by_chance.tolist()),
        factors=leading(eigenvalues, by_chance),
        loadings=told,
        omega=None if loadings is None else float(_omegas(loadings[None], correlations[None])[0]),
        low=low,
        high=high,
        too_little="" if loadings is not None else "One factor does not describe these items.",
    )


def chance_eigenvalues(n: int, items: int, draw: np.random.Generator) -> Matrix:
    """Give the 95th percentile of each eigenvalue in random tables of ``n`` people and so many items."""
    below = np.tril_indices(items, -1)
    roots = np.zeros((RANDOM, items, items))
    roots[:, below[0], below[1]] = draw.standard_normal((RANDOM, len(below[0])))
    freedom = n - 1 - np.arange(items)
    roots[:, np.arange(items), np.arange(items)] = np.sqrt(draw.chisquare(freedom, (RANDOM, items)))
    scatter = roots @ roots.transpose(0, 2, 1)
    found = np.linalg.eigvalsh(_as_correlations(scatter))[:, ::-1]
    chance: Matrix = np.quantile(found, 0.95, axis=0)
    return chance


def leading(eigenvalues: Matrix, by_chance: Matrix) -> int:
    """Count the eigenvalues above chance, from the largest one down to the first that is not.

    Examples
    --------
    >>> import numpy as np
    >>> leading(np.array([2.0, 0.9, 0.8]), np.array([1.2, 1.0, 0.7]))
    1
    """
    above = eigenvalues > by_chance
    return int(len(above) if above.all() else np.argmin(above))


def _too_little(whole: Matrix) -> str:
    n, items = whole.shape
    if items < 3:
        return "It takes three items to speak of structure."
    if n < ENOUGH:
        return f"It takes {ENOUGH} people who answered every item; {n:,} did."
    if np.ptp(whole, axis=0).min() <= 0:
        return "An item does not vary: everybody answered it alike."
    return ""


def _as_correlations(scatter: Matrix) -> Matrix:
    spread = np.sqrt(np.einsum("bii->bi", scatter))
    found: Matrix = scatter / spread[:, :, None] / spread[:, None, :]
    return found


def _resampled(whole: Matrix, draw: np.random.Generator) -> Matrix:
    """Give the correlations of resamples of people, resamples by items by items."""
    n, items = whole.shape
    centred = whole - whole.mean(axis=0)
    found = []
    for _ in range(max(50, min(RESAMPLES, MOST_ROWS // n))):
        times = np.bincount(draw.integers(0, n, n), minlength=n).astype(np.float64)
        mean = times @ centred / n
        found.append((centred * times[:, None]).T @ centred / n - np.outer(mean, mean))
    scatter = np.array(found)
    varies = np.einsum("bii->bi", scatter).min(axis=1) > 0
    return _as_correlations(scatter[varies].reshape(-1, items, items))


def _one_factor_each(correlations: Matrix) -> Matrix:
    """Find one factor for each of many correlation matrices at once; rows without a solution are left out."""
    items = correlations.shape[1]
    off = correlations - np.eye(items)
    values, vectors = np.linalg.eigh(correlations)
    loadings = vectors[:, :, -1] * np.sqrt(np.maximum(values[:, -1:], 0.0)) * 0.9
    with np.errstate(all="ignore"):  # a resample that runs away is left out below
        for _ in range(_SWEEPS):
            before = loadings.copy()
            for item in range(items):
                others = (loadings**2).sum(axis=1) - loadings[:, item] ** 2
                loadings[:, item] = np.einsum("bi,bi->b", off[:, item], loadings) / others
            if not np.nanmax(np.abs(loadings - before)) >= _STILL:
                break
    good = np.isfinite(loadings).all(axis=1) & (np.abs(loadings).max(axis=1) < 1.0)
    return np.where(good[:, None], loadings * np.where(loadings.sum(axis=1) < 0, -1.0, 1.0)[:, None], np.nan)


def _omegas(loadings: Matrix, correlations: Matrix) -> Matrix:
    found: Matrix = 1.0 - (1.0 - loadings**2).sum(axis=1) / correlations.sum(axis=(1, 2))
    return found


def _with_intervals(
    loadings: Matrix | None, names: Sequence[str], resampled: Matrix
) -> tuple[tuple[Loading, ...], float | None, float | None]:
    """Give loadings and omega with intervals; without, where more than one resample in ten has no factor."""
    if loadings is None:
        return (), None, None
    each = _one_factor_each(resampled)
    there = ~np.isnan(each).any(axis=1)
    if there.mean() < 0.9:
        told = tuple(
            Loading(item=name, value=float(value), low=None, high=None)
            for name, value in zip(names, loadings, strict=True)
        )
        return told, None, None
    ends = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    lows, highs = np.quantile(each[there], ends, axis=0)
    low, high = np.quantile(_omegas(each[there], resampled[there]), ends)
    told = tuple(
        Loading(item=name, value=float(value), low=float(least), high=float(most))
        for name, value, least, most in zip(names, loadings, lows, highs, strict=True)
    )
    return told, float(low), float(high)
