"""How likely each level is at each distance between a measure and what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SAFE: Final = 300.0
"""Exponents up to which products of exponentials neither overflow nor vanish."""


def cumulative(thresholds: Floats, tops: NDArray[np.int32]) -> Floats:
    """Sum thresholds (scales by levels above 0) from level 0 on; levels that a scale lacks are infinite."""
    summed = np.zeros((thresholds.shape[0], thresholds.shape[1] + 1))
    np.cumsum(thresholds, axis=1, out=summed[:, 1:])
    summed[np.arange(summed.shape[1])[None, :] > tops[:, None]] = np.inf
    return summed


def weights(distance: Floats, summed: Floats) -> tuple[list[Floats], Floats]:
    """Give each level's weight and the logarithm of what they were divided by.

    Parameters
    ----------
    distance
        Measure minus severity minus difficulty, in logits; any shape.
    summed
        Summed thresholds of each level: a row (one scale), or one row for each row of ``distance``.

    Returns
    -------
    tuple
        One array per level, and the offset; a level's probability is its weight over their sum.
    """
    levels = summed.shape[-1]
    rows = summed.reshape((1, -1)) if summed.ndim == 1 else summed
    shape = (-1,) + (1,) * (distance.ndim - 1)
    reach = float(np.abs(distance).max(initial=0.0)) * (levels - 1)
    finite = np.where(np.isfinite(rows), rows, 0.0)
    if reach + float(np.abs(finite).max()) < _SAFE:
        odds = np.exp(distance)
        given = np.exp(-rows)
        found = [np.broadcast_to(given[:, 0].reshape(shape), distance.shape)]
        power = odds
        for level in range(1, levels):
            found.append(power * given[:, level].reshape(shape))
            if level + 1 < levels:
                power = power * odds
        return found, np.zeros(1)
    exponents = [level * distance - rows[:, level].reshape(shape) for level in range(levels)]
    highest = exponents[0]
    for one in exponents[1:]:
        highest = np.maximum(highest, one)
    return [np.exp(one - highest) for one in exponents], highest


def total(found: list[Floats]) -> Floats:
    """Sum the weights of all levels."""
    summed = found[0] + found[1]
    for one in found[2:]:
        summed += one
    return summed


def log_total(distance: Floats, summed: Floats) -> Floats:
    """Give the logarithm of the sum of weights, offset included."""
    found, offset = weights(distance, summed)
    told: Floats = np.log(total(found)) + offset
    return told


def tails(distance: Floats, summed: Floats) -> list[Floats]:
    """Give the probability of each level above 0 *or any higher one*."""
    found, _ = weights(distance, summed)
    share = 1.0 / total(found)
    above: list[Floats] = []
    running = found[-1] * share
    above.append(running)
    for one in found[-2:0:-1]:
        running = running + one * share
        above.append(running)
    return above[::-1]


def expected(above: list[Floats]) -> tuple[Floats, Floats]:
    """Give mean and variance of the level from its tails."""
    mean = above[0].copy()
    square = above[0].copy()
    for place, one in enumerate(above[1:], start=2):
        mean += one
        square += (2 * place - 1) * one
    return mean, square - mean * mean
