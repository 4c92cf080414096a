"""Agreement by chance: null distributions of answers and what random groups reach (METHODS: rwg, AD)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.agreement_sums import group_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

REPETITIONS: Final = 10_000
"""Random groups for each size; the 5 % point of the variance ratio then moves by about 0.005."""

LEVEL: Final = 0.05
"""How often a group that answers by chance may be taken for one that agrees."""

HIGHEST_CORRELATION: Final = 0.95
_EACH_SIZE_TO: Final = 25
_STEP: Final = 1.25
_DRAWS: Final = 600_000
_LEAST_REPETITIONS: Final = 2_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """How answers fall on the options when nobody agrees about anything.

    ``weights`` are whole numbers, one per option from the lowest, so that the expected variance is
    an exact fraction and a tie with it is a tie.
    """

    name: str
    weights: tuple[int, ...]

    @property
    def options(self) -> int:
        """How many options there are."""
        return len(self.weights)

    @property
    def variance(self) -> Fraction:
        """Expected variance of one answer, in squared options."""
        total = sum(self.weights)
        first = sum(weight * place for place, weight in enumerate(self.weights))
        second = sum(weight * place * place for place, weight in enumerate(self.weights))
        return Fraction(total * second - first * first, total * total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What one random group in twenty of a size reaches: beyond it lies more than chance.

    ``ratio`` is the mean item variance over the expected one; ``ad_mean`` the average deviation in
    options. A group agrees more than by chance where its own lies strictly below; it is divided more
    than by chance where its ratio lies strictly above ``divided``.
    """

    size: int
    ratio: float
    ad_mean: float
    divided: float


def uniform(options: int) -> Null:
    """Give the null of James, Demaree & Wolf (1984): every option alike, variance (A² - 1) / 12.

    Parameters
    ----------
    options
        How many options there are, at least 2.

    Examples
    --------
    >>> uniform(5).variance
    Fraction(2, 1)
    """
    return Null(name="uniform", weights=(1,) * _enough(options))


def triangular(options: int) -> Null:
    """Give the null of people who lean to the middle (James, Demaree & Wolf 1984).

    Examples
    --------
    >>> triangular(5).variance, triangular(4).variance
    (Fraction(4, 3), Fraction(11, 12))
    """
    return Null(
        name="triangular", weights=tuple(min(place, options - place - 1) + 1 for place in range(options))
    )


SKEWED: Final = (
    Null(name="slightly skewed", weights=(5, 15, 20, 35, 25)),
    Null(name="moderately skewed", weights=(0, 10, 15, 40, 35)),
    Null(name="heavily skewed", weights=(0, 0, 10, 40, 50)),
)
"""Leniency on five options: variances 1.34, 0.90, 0.44 (LeBreton & Senter 2008, table 2)."""


def nulls(options: int) -> tuple[Null, ...]:
    """Give the nulls that are known for that many options: uniform first.

    Parameters
    ----------
    options
        How many options there are, at least 2. The skewed ones are published for five.

    Notes
    -----
    LeBreton & Senter (2008), doi:10.1177/1094428106296642: report agreement against more than one.

    Examples
    --------
    >>> [null.name for null in nulls(7)]
    ['uniform', 'triangular']
    """
    return (uniform(options), triangular(options), *(SKEWED if options == 5 else ()))


def chance(
    sizes: Sequence[int],
    items: int,
    null: Null,
    *,
    rng: np.random.Generator,
    correlation: float = 0.0,
    repetitions: int = REPETITIONS,
) -> tuple[Chance, ...]:
    """Simulate groups that answer by chance and give what one in twenty of them reaches.

    Parameters
    ----------
    sizes
        Sizes of groups, each at least 2.
    items
        How many items the scale has.
    null
        How single answers fall.
    rng
        The source of chance; the same one gives the same values.
    correlation
        How much the items of one person go together, 0 to 0.95, before answers are cut into
        options. Items that go together make agreement by chance more likely.
    repetitions
        Random groups for each size; fewer for large groups, whose figures vary less (never fewer
        than 2,500, or than asked for).

    Returns
    -------
    tuple of Chance
        One for each different size, from the smallest.

    Raises
    ------
    ValueError
        When a size is below 2, there is no item, or the correlation lies outside.

    Notes
    -----
    Dunlap, Burke & Smith-Crowe (2003), doi:10.1037/0021-9010.88.2.356, for single items; Cohen,
    Doveh & Nahum-Shani (2009), doi:10.1177/1094428107300365, for scales with correlated items:
    normal values with equal correlations are cut into options with the shares of the null. Sizes
    above 25 are simulated on a grid that grows by a quarter and interpolated in 1/√n, in which
    critical values are nearly straight.

    Examples
    --------
    >>> import numpy as np
    >>> found = chance([10], 1, uniform(5), rng=np.random.default_rng(1))[0]
    >>> bool(0.40 < 1 - found.ratio < 0.60)
    True
    """
    wanted = sorted(set(sizes))
    if wanted and wanted[0] < 2:
        raise ValueError(f"A group of {wanted[0]} has nobody to agree with.")
    if items < 1:
        raise ValueError("A scale has at least one item.")
    if not 0.0 <= correlation <= HIGHEST_CORRELATION:
        raise ValueError(f"The correlation is {correlation:g}; it lies between 0 and {HIGHEST_CORRELATION}.")
    if not wanted:
        return ()
    grid = sorted({*(size for size in wanted if size <= _EACH_SIZE_TO), *_grid(wanted[-1])})
    made = np.array([_one_size(size, items, null, rng, correlation, repetitions) for size in grid])
    # np.interp wants rising places: 1/√n falls with n, so both are turned around.
    places = -1 / np.sqrt(np.array(grid))
    here = -1 / np.sqrt(np.array(wanted))
    columns = (np.interp(here, places, made[:, column]).tolist() for column in range(3))
    return tuple(
        Chance(size=size, ratio=ratio, ad_mean=ad_mean, divided=divided)
        for size, ratio, ad_mean, divided in zip(wanted, *columns, strict=True)
    )


def draw(
    people: int, items: int, null: Null, *, rng: np.random.Generator, correlation: float = 0.0
) -> NDArray[np.int64]:
    """Draw answers by chance: people by items, options counted from 0.

    Parameters
    ----------
    people, items
        How many of each.
    null
        How single answers fall, whatever the correlation.
    correlation
        Correlation between the items of one person before cutting; 0 for none.

    Examples
    --------
    >>> import numpy as np
    >>> draw(2, 3, uniform(4), rng=np.random.default_rng(3)).shape
    (2, 3)
    """
    if correlation == 0.0 and len(set(null.weights)) == 1:
        return rng.integers(null.options, size=(people, items), dtype=np.int64)
    shares = np.cumsum(null.weights)[:-1] / sum(null.weights)
    if correlation == 0.0:
        values = rng.random((people, items), dtype=np.float32)
        cuts = shares
    else:
        from scipy.special import ndtri  # noqa: PLC0415 - half a second that other commands do not need

        values = rng.standard_normal((people, items), dtype=np.float32)
        values *= np.float32(np.sqrt(1 - correlation))
        values += np.float32(np.sqrt(correlation)) * rng.standard_normal((people, 1), dtype=np.float32)
        cuts = ndtri(shares)
    answers = np.zeros((people, items), dtype=np.int8)
    for cut in cuts:
        answers += values > np.float32(cut)
    return answers.astype(np.int64)


def _one_size(
    size: int, items: int, null: Null, rng: np.random.Generator, correlation: float, repetitions: int
) -> tuple[float, ...]:
    times = min(repetitions, max(_LEAST_REPETITIONS, _DRAWS // (size * items)))
    answers = draw(size * times, items, null, rng=rng, correlation=correlation)
    sums = group_sums(answers, np.repeat(np.arange(times), size), times, options=null.options)
    ratio, ad_mean = sums.ratio(null.variance), sums.ad_mean
    # "inverted_cdf" gives values that were reached: at most 5 % of the groups lie strictly beyond.
    asked = ((ratio, LEVEL), (ad_mean, LEVEL), (ratio, 1 - LEVEL))
    return tuple(float(np.quantile(column, level, method="inverted_cdf")) for column, level in asked)


def _grid(largest: int) -> list[int]:
    """Give the places between which large sizes are interpolated: the last exact one is the first."""
    if largest <= _EACH_SIZE_TO:
        return []
    found = [_EACH_SIZE_TO]
    while found[-1] < largest:
        found.append(min(int(np.ceil(found[-1] * _STEP)), largest))
    return found


def _enough(options: int) -> int:
    if options < 2:
        raise ValueError(f"{options} option leaves nothing to choose; there are at least 2.")
    return options
