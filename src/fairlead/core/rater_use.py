"""How a rater used the scale: halo, centrality and a narrow range, each with the counts that show it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import bdtrc, chdtr

from fairlead.core.rater_results import ScaleUse, UseSign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.rater_layout import Layout
    from fairlead.core.rater_residuals import Residuals
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]

CHANCE: Final = 0.05
"""How often a round without anything of the kind may show one sign among all its raters."""

_FEWEST: Final = 4
"""People rated on several criteria below which nothing is said of halo."""

_FEWEST_RATINGS: Final = 10


def scale_use(
    ratings: Ratings, layout: Layout, found: Residuals, widening: Floats, low: int, high: int
) -> tuple[ScaleUse, ...]:
    """Describe how each rater used the scale.

    Parameters
    ----------
    found
        The pass over the ratings at the estimates, each rater at the own severity.
    widening
        Factor of halo by rater: so many ratings count as one where they hang together.
    low, high
        Ends of the scale.

    Notes
    -----
    Signs are tested one-sided: one score for everything against the share among the other raters
    (binomial); the middle against what the model expects (binomial); the variance against the expected one
    (chi-square); ratings divided by the halo factor, each at 5 % over the number of raters. Beyond chance a
    sign needs size: twice the colleagues' share, half of all ratings in the middle and a quarter more than
    expected, three quarters of the expected standard deviation.
    """
    several = np.diff(np.append(layout.pair_start, len(ratings))) > 1
    sets = np.bincount(layout.pair_rater[several], minlength=layout.raters)
    flat = np.bincount(layout.pair_rater[several & found.flat], minlength=layout.raters)
    expected_flat = np.bincount(
        layout.pair_rater[several], found.flat_expected[several], minlength=layout.raters
    )
    first = int(ratings.score.min()) - low
    width = high - low + 1
    counts = np.zeros((layout.raters, width), dtype=np.int64)
    expected = np.zeros((layout.raters, width))
    here = slice(first, first + found.observed.shape[1])
    counts[:, here], expected[:, here] = found.observed, found.expected
    points = np.arange(low, high + 1)
    middle = slice((width - 1) // 2, width // 2 + 1)
    sd, expected_sd = _sd(counts, points), _sd(expected, points)
    size, used = counts.sum(axis=1), np.count_nonzero(counts, axis=1)
    amid, expected_amid = counts[:, middle].sum(axis=1), expected[:, middle].sum(axis=1)
    all_sets, all_flat = int(sets.sum()), int(flat.sum())
    told = []
    for place, name in enumerate(ratings.raters):
        others = all_sets - int(sets[place])
        one = ScaleUse(
            rater=name,
            counts=tuple(counts[place].tolist()),
            expected=tuple(expected[place].tolist()),
            used=int(used[place]),
            sets=int(sets[place]),
            flat=int(flat[place]),
            flat_expected=float(expected_flat[place]),
            flat_colleagues=(all_flat - int(flat[place])) / others if others else None,
            middle=int(amid[place]),
            middle_expected=float(expected_amid[place]),
            sd=float(sd[place]) if size[place] > 1 else None,
            sd_expected=float(expected_sd[place]) if size[place] > 1 else None,
        )
        told.append(_with_signs(one, others, float(widening[place]), points, CHANCE / layout.raters))
    return tuple(told)


def _sd(counts: NDArray[np.int64] | Floats, points: NDArray[np.int64]) -> Floats:
    size = np.maximum(counts.sum(axis=1), 1e-12)
    mean = counts @ points / size
    found: Floats = np.sqrt(np.maximum(counts @ points**2 / size - mean**2, 0.0))
    return found


def _with_signs(
    use: ScaleUse, others: int, widening: float, points: NDArray[np.int64], chance: float
) -> ScaleUse:
    signs = [
        sign
        for sign in (_halo(use, others), _centrality(use, widening, points), _range(use, widening, points))
        if sign is not None and sign.p < chance
    ]
    return replace(use, signs=tuple(signs)) if signs else use


def _halo(use: ScaleUse, others: int) -> UseSign | None:
    if use.sets < _FEWEST or not others or use.flat_colleagues is None:
        return None
    share = (use.flat_colleagues * others + 1.0) / (others + 2.0)
    if use.flat < 3 or use.flat < 2.0 * share * use.sets:
        return None
    among = round(use.flat_colleagues * others)
    return UseSign(
        kind="halo",
        sentence=(
            f"{use.flat} of {use.sets} people got one score on every criterion; from the other raters "
            f"{among:,} of {others:,} did."
        ),
        p=float(bdtrc(use.flat - 1, use.sets, share)),
    )


def _centrality(use: ScaleUse, widening: float, points: NDArray[np.int64]) -> UseSign | None:
    count = sum(use.counts)
    if count < _FEWEST_RATINGS or len(points) < 3 or 2 * use.middle < count:
        return None
    if use.middle < 1.25 * use.middle_expected:
        return None
    middle = points[(len(points) - 1) // 2 : len(points) // 2 + 1]
    share = min(use.middle_expected / count, 1.0)
    return UseSign(
        kind="centrality",
        sentence=(
            f"{use.middle} of {count} ratings stand in the middle ({_or(middle.tolist())}); of the same "
            f"people, about {use.middle_expected:.0f} would be expected there."
        ),
        p=float(bdtrc(int(use.middle / widening) - 1, int(count / widening), share)),
    )


def _range(use: ScaleUse, widening: float, points: NDArray[np.int64]) -> UseSign | None:
    count = sum(use.counts)
    if count < _FEWEST_RATINGS or use.sd is None or not use.sd_expected:
        return None
    if use.sd > 0.75 * use.sd_expected:
        return None
    given = [
        f"{point} {number:,} times" if number > 1 else f"{point} once"
        for point, number in zip(points.tolist(), use.counts, strict=True)
        if number
    ]
    free = max(count / widening - 1.0, 1.0)
    return UseSign(
        kind="range",
        sentence=(
            f"{use.used} of {len(points)} points were used ({', '.join(given)}); the scores vary by "
            f"{use.sd:.1f} points, where {use.sd_expected:.1f} would be expected of the same people."
        ),
        p=float(chdtr(free, free * (use.sd / use.sd_expected) ** 2)),
    )


def _or(numbers: Sequence[int]) -> str:
    return " or ".join(str(number) for number in numbers)
