"""Means of a few answers of one person, weighted or not, with an honest interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

from fairlead.core.quantiles import t_quantile
from fairlead.core.scales import LEVEL, PRIOR_DF

if TYPE_CHECKING:
    from collections.abc import Sequence

SPREAD: Final = 0.25
"""Expected standard deviation among one person's answers about different things, as a share of the range.
Larger than within one scale (``Scale.spread``), whose items are about one thing."""


@dataclass(frozen=True, slots=True)
class ItemMean:
    """A mean with its 80 % interval, in the answers' own units."""

    value: float
    low: float
    high: float


def item_mean(
    said: Sequence[float], weights: Sequence[float], bottom: float, top: float, *, spread: float = SPREAD
) -> ItemMean:
    """Give the weighted mean of answers with an 80 % interval over the things asked about.

    Parameters
    ----------
    said
        One answer for each thing, between ``bottom`` and ``top``.
    weights
        How much each counts; none negative, not all zero.
    bottom, top
        The lowest and the highest possible answer.
    spread
        Expected standard deviation among the answers as a share of ``top - bottom``.

    Returns
    -------
    ItemMean
        In the units of the answers, cut at ``bottom`` and ``top``.

    Raises
    ------
    ValueError
        When nothing was said, lengths differ, or the weights are unusable.

    Notes
    -----
    The things asked about are taken as a sample of those that could have been asked. The variance of
    one answer is the moderated one of :func:`fairlead.core.scales.score` (Smyth 2004,
    doi:10.2202/1544-6115.1027); the variance of the mean is this times Σw² / (Σw)², that is, the
    weights count as so many answers as an effective number says (Kish 1965). Weights are taken as known.

    Examples
    --------
    >>> found = item_mean([4, 3, 1], [2, 1, 1], 1, 5)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (3.0, 1.94, 4.06)
    """
    total = float(sum(weights))
    if not said or len(said) != len(weights) or min(weights) < 0 or total <= 0:
        raise ValueError("A mean takes one weight for each answer, none negative and not all zero.")
    mean = sum(one * weight for one, weight in zip(said, weights, strict=True)) / total
    degrees = PRIOR_DF + len(said) - 1
    around = sum(said) / len(said)
    squares = sum((one - around) ** 2 for one in said)
    variance = (PRIOR_DF * (spread * (top - bottom)) ** 2 + squares) / degrees
    counted = total**2 / sum(weight**2 for weight in weights)
    half = t_quantile(degrees, 0.5 + LEVEL / 2) * sqrt(variance / counted)
    return ItemMean(value=mean, low=max(bottom, mean - half), high=min(top, mean + half))
