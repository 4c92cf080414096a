"""Two profiles beside each other: shape by correlation, level, scatter and distance apart from it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.choices import Z80
from fairlead.core.direction_reading import ProfileAgreement, ProfileRow
from fairlead.core.figures import Figure
from fairlead.core.item_means import SPREAD, item_mean
from fairlead.core.phrases import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.choices import Vector

ENOUGH_ROWS: Final = 6
"""Fewer dimensions than this fall into any shape by chance."""

FLAT: Final = 0.125
"""A profile whose standard deviation is below this share of its range is flat: its shape is noise."""

CHANCE: Final = 0.1
"""A shape is told only where at most this share of all orders agrees as well."""

DRAWS: Final = 2_000
SEED: Final = 20261123
"""Draws from what choices leave open; always the same ones, so that a reading is the same twice."""

ALIKE, UNLIKE, CANNOT_SAY, TOO_LITTLE = "alike", "unlike", "cannot_say", "too_little"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """Range of mine, range of what is asked, and whether the two are one scale."""

    mine: tuple[float, float]
    asked: tuple[float, float]
    same: bool


def agree(
    on: str,
    rows: Sequence[ProfileRow],
    scales: Scales,
    as_of: str,
    *,
    flat_asked: float = FLAT,
    n_of: str = "answers",
    enough: int = ENOUGH_ROWS,
) -> ProfileAgreement:
    """Set answers beside what is asked, dimension by dimension.

    Parameters
    ----------
    on
        ``"want"``, ``"able"`` or ``"energy"``.
    rows
        Dimensions; those without mine or asked are kept in the result and left out of the figures.
    scales
        Ranges of the two.
    as_of
        ISO date of the answers.
    flat_asked
        Below this standard deviation, as a share of its range, what is asked is flat.
    n_of
        What the rows count: ``"answers"``, ``"tasks"``.
    enough
        How many known rows it takes; at least 4.

    Returns
    -------
    ProfileAgreement
        Shape without a value below ``enough`` known rows or when a profile is flat; level, scatter
        and distance only where both are on one scale.

    Notes
    -----
    Cronbach & Gleser (1953), doi:10.1037/h0057173: a squared distance mixes elevation, scatter and
    shape, D² = Δlevel² + Δscatter² + 2 s₁s₂ (1 - r), so the three are told apart and no number stands
    for all. Edwards (1993), doi:10.1111/j.1744-6570.1993.tb00889.x, says what single profile
    indices hide. The interval of r is Fisher's (z ± 1.28 / √(k - 3)), the k dimensions taken as a sample
    of what could have been asked; |r| counts there as at most 1 - 1 / (2k), because a few whole
    numbers line up by chance. Level and D² have the moderated interval of
    :func:`fairlead.core.item_means.item_mean`. Two flat profiles correlate ±1 by noise, so a flat one
    has no shape here.

    Examples
    --------
    >>> rows = [ProfileRow(name=str(i), label=str(i), mine=m, asked=a)
    ...         for i, (m, a) in enumerate([(5, 5), (4, 5), (1, 2), (2, 1), (4, 4), (2, 2)])]
    >>> found = agree("want", rows, Scales(mine=(1, 5), asked=(1, 5), same=True), "2026-11-23")
    >>> round(found.shape.value, 3), found.verdict, round(found.distance.value, 3)
    (0.899, 'alike', 0.707)
    """
    known = [(row.mine, row.asked) for row in rows if row.mine is not None and row.asked is not None]
    mine = np.array([one for one, _ in known], dtype=np.float64)
    asked = np.array([other for _, other in known], dtype=np.float64)
    too_little = (
        "" if len(known) >= enough else f"{len(known)} {n_of}; it takes {enough} to speak of a shape."
    )
    too_little = too_little or _no_shape(mine, asked, scales, flat_asked)
    shape, by_chance = _unknown("shape", len(known), n_of, as_of, too_little, _SHAPE), None
    if not too_little:
        r = correlation(mine, asked)
        low, high = fisher(r, len(known))
        shape = replace(shape, value=r, low=low, high=high, level=0.8)
        by_chance = _by_chance(r, len(known))
    return _told(on, shape, _apart(mine, asked, scales, n_of, as_of), by_chance, rows)


def agree_choices(
    draws: Vector | None, rows: Sequence[ProfileRow], as_of: str, too_little: str = ""
) -> ProfileAgreement:
    """Set values from choices beside the values that a role or a track offers.

    Parameters
    ----------
    draws
        Utilities that the choices allow, (draws, values), in the order of ``rows``; see :func:`draw`.
    rows
        The values; all of them known on the side that is asked.
    as_of
        ISO date of the answers.
    too_little
        Why nothing can be said, if so.

    Returns
    -------
    ProfileAgreement
        ``shape`` is the median of the correlations that the choices allow, with the middle 80 % of them.
        Level, scatter and distance have no value: choices say what comes first and not how much.

    Notes
    -----
    O*NET compares a person's profile of values with occupations by correlation (McCloy et al. 1999,
    Linking client assessment profiles to O*NET occupational profiles). ``by_chance`` is exact: the
    share of all orders of the offered extents that agree as well or better with the middle of the draws.
    """
    shape, by_chance = _unknown("shape", len(rows), "values", as_of, too_little, _CHOICES), None
    if not too_little and draws is not None:
        asked = np.array([row.asked for row in rows], dtype=np.float64)
        found = np.sort(_correlations(draws, asked))
        low, middle, high = np.quantile(found, [0.1, 0.5, 0.9]).tolist()
        shape = replace(shape, value=middle, low=low, high=high, level=0.8)
        by_chance = _by_orders(draws.mean(axis=0), asked)
    why = "Choices say what comes first, not how much."
    nothing = tuple(_unknown(name, len(rows), "values", as_of, why, "") for name in _APART)
    return _told("values", shape, (nothing[0], nothing[1], nothing[2]), by_chance, rows)


def draw(utility: Vector, covariance: Vector) -> Vector:
    """Draw utilities that the choices allow, (``DRAWS``, things), the same ones each time."""
    roots, directions = np.linalg.eigh(covariance)
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(utility)))
    drawn: Vector = utility + (noise * np.sqrt(np.maximum(roots, 0.0))) @ directions.T
    return drawn


def correlation(one: Vector, other: Vector) -> float:
    """Pearson's r of two profiles; 0 where one of them has no spread at all."""
    left, right = one - one.mean(), other - other.mean()
    size = math.sqrt(float(left @ left) * float(right @ right))
    return 0.0 if size <= 1e-12 else min(1.0, max(-1.0, float(left @ right) / size))


def fisher(r: float, k: int) -> tuple[float, float]:
    """Fisher's 80 % interval of a correlation over k dimensions, k of 4 or more.

    Examples
    --------
    >>> [round(bound, 2) for bound in fisher(0.5, 12)]
    [0.12, 0.75]
    """
    most = 1 - 1 / (2 * k)
    middle = math.atanh(max(-most, min(most, r)))
    half = Z80 / math.sqrt(k - 3)
    return min(r, math.tanh(middle - half)), max(r, math.tanh(middle + half))


_SHAPE: Final = (
    "Correlation of your answers with what is asked, over the things you answered; 80 % interval "
    "over those things (Fisher's z)."
)
_CHOICES: Final = (
    "Correlation of your values with those offered: the middle of what your choices allow, and the middle "
    "80 % of it."
)
_SAYS: Final = {
    "want": ("You want most of what it asks most.", "You want least of what it asks most."),
    "able": ("You are most able in what it asks most.", "You are least able in what it asks most."),
    "energy": (
        "What it asks more of than other tracks gives you most.",
        "What it asks more of than other tracks takes most out of you.",
    ),
    "values": ("It offers most of what you put first.", "It offers least of what you put first."),
}
"""What a like and an unlike shape mean, by what was set side by side."""

_APART: Final = ("level", "scatter", "distance")
_FORMULAS: Final = {
    "level": "Mean of your answers minus the mean of what is asked, in points.",
    "scatter": "Standard deviation of your answers divided by that of what is asked.",
    "distance": "Root of the mean squared difference between your answers and what is asked, in points.",
}


def _unknown(name: str, n: int, n_of: str, as_of: str, too_little: str, formula: str) -> Figure:
    unit = {"shape": "correlation", "scatter": "ratio"}.get(name, "points")
    return Figure(
        name=name, value=None, unit=unit, n=n, n_of=n_of, formula=formula or _FORMULAS[name],
        left_out="What you did not answer.", as_of=as_of, too_little=too_little,
    )  # fmt: skip


def _no_shape(mine: Vector, asked: Vector, scales: Scales, flat_asked: float) -> str:
    if _deviation(mine) < FLAT * (scales.mine[1] - scales.mine[0]):
        return (
            "You answered nearly the same to all: a flat profile has no shape, and agrees with all by chance."
        )
    if _deviation(asked) < flat_asked * (scales.asked[1] - scales.asked[0]):
        return "Nearly the same is asked of all: there is no shape to compare with."
    return ""


def _deviation(profile: Vector) -> float:
    return float(np.std(profile))


def _apart(
    mine: Vector, asked: Vector, scales: Scales, n_of: str, as_of: str
) -> tuple[Figure, Figure, Figure]:
    k = len(mine)
    why = "" if scales.same else "The two are not on one scale."
    if not why and k < ENOUGH_ROWS:
        why = f"{k} {n_of}; it takes {ENOUGH_ROWS}."
    level, scatter, distance = (_unknown(name, k, n_of, as_of, why, "") for name in _APART)
    if why:
        return level, scatter, distance
    reach = scales.mine[1] - scales.mine[0]
    off = (mine - asked).tolist()
    ones = [1.0] * k
    moved = item_mean(off, ones, -reach, reach, spread=SPREAD / 2)
    level = replace(level, value=moved.value, low=moved.low, high=moved.high, level=0.8)
    squares = item_mean([one**2 for one in off], ones, 0.0, reach**2, spread=SPREAD / 2)
    bounds = [math.sqrt(max(at, 0.0)) for at in (squares.value, squares.low, squares.high)]
    distance = replace(distance, value=bounds[0], low=bounds[1], high=bounds[2], level=0.8)
    spread = _deviation(asked)
    if spread <= 1e-12:
        flat = "The same is asked of all."
        return level, replace(scatter, too_little=flat), distance
    return level, replace(scatter, value=_deviation(mine) / spread), distance


def _told(
    on: str,
    shape: Figure,
    apart: tuple[Figure, Figure, Figure],
    by_chance: float | None,
    rows: Sequence[ProfileRow],
) -> ProfileAgreement:
    verdict, says = _verdict(on, shape, by_chance)
    return ProfileAgreement(
        on=on,
        shape=shape,
        level=apart[0],
        scatter=apart[1],
        distance=apart[2],
        by_chance=by_chance,
        verdict=verdict,
        says=says,
        rows=tuple(rows),
    )


def _verdict(on: str, shape: Figure, by_chance: float | None) -> tuple[str, str]:
    if shape.value is None or shape.low is None or shape.high is None or by_chance is None:
        return TOO_LITTLE, shape.too_little
    told = f"Of all possible orders {percent(by_chance)} would agree as well or better."
    if shape.low > 0 and by_chance <= CHANCE:
        return ALIKE, f"{_SAYS[on][0]} {told}"
    if shape.high < 0 and by_chance >= 1 - CHANCE:
        return UNLIKE, f"{_SAYS[on][1]} {told}"
    return CANNOT_SAY, f"No clear likeness and no clear opposite. {told}"


def _by_chance(r: float, k: int) -> float:
    """Share of random orders that agree as well: t with k - 2 degrees of freedom (Pitman 1937)."""
    from scipy.special import stdtr  # noqa: PLC0415 - half a second that most commands do not need

    if 1 - r * r <= 1e-12:
        return 0.0 if r > 0 else 1.0
    return float(stdtr(k - 2, -r * math.sqrt((k - 2) / (1 - r * r))))


def _by_orders(mine: Vector, asked: Vector) -> float:
    """Share of all orders of what is offered whose correlation reaches that of the order at hand."""
    found = _correlations(asked[_orders(len(asked))], mine)
    return float(np.mean(found >= correlation(mine, asked) - 1e-9))


@cache
def _orders(things: int) -> NDArray[np.int64]:
    return np.array(list(permutations(range(things))), dtype=np.int64)


def _correlations(rows: Vector, one: Vector) -> Vector:
    """Correlation of each row with one profile; 0 for a row without spread."""
    left = rows - rows.mean(axis=1, keepdims=True)
    right = one - one.mean()
    size = np.sqrt((left**2).sum(axis=1) * float(right @ right))
    found: Vector = np.where(size > 1e-12, left @ right / np.where(size > 1e-12, size, 1.0), 0.0)
    return found
