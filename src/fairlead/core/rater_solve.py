"""Climbing a likelihood in the metric of its information, where most parameters are raters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from fairlead.core.products import dot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_DENSE: Final = 64
"""Raters up to which the information is factored; beyond, its sparse product is iterated."""

_FLOOR: Final = 0.01
_MEMORY: Final = 12
_HALVINGS: Final = 30
_SUFFICIENT: Final = 1e-4


class Function(Protocol):
    """What can be climbed."""

    def value(self, at: Floats) -> tuple[float, Floats]:
        """Give value and gradient."""

    def metric(self, at: Floats) -> Metric:
        """Give the information around the point where the value was taken last."""


@dataclass(frozen=True, slots=True)
class Top:
    """Where the climb ended."""

    at: Floats
    value: float
    passes: int
    converged: bool
    metric: Metric
    memory: list[tuple[Floats, Floats, float]]


class Metric:
    """Approximate information: raters, ratees taken out of it, and small blocks beside them.

    The raters' part is D - B' (I + prior)^-1 B with the pairs' information B, its sums by rater D and by
    ratee I: the Schur complement of the ratees.
    """

    def __init__(
        self,
        ratee: NDArray[np.int32],
        rater: NDArray[np.int32],
        information: Floats,
        shape: tuple[int, int],
        *,
        prior: float,
        small: Sequence[Floats],
    ) -> None:
        table = sparse.csr_matrix((information, (ratee, rater)), shape=shape)
        self.own = np.asarray(table.sum(axis=0)).ravel()
        weight = 1.0 / np.sqrt(np.asarray(table.sum(axis=1)).ravel() + prior)
        self.half = (sparse.diags(weight) @ table).tocsr()
        self.back = self.half.T.tocsr()
        self.floor = _FLOOR  # where nothing is known, steps stay small; it moves no maximum
        self.small = [cho_factor(_firm(block)) for block in small if block.size]
        self.sizes = [len(block) for block in small if block.size]
        self.whole = None
        if shape[1] <= MOST_DENSE:
            dense = np.diag(self.own + self.floor) - (self.back @ self.half).toarray()
            self.whole = cho_factor(_firm(dense))
        else:
            squares = self.half.copy()
            squares.data **= 2
            left = self.own - np.asarray(squares.sum(axis=0)).ravel()
            self.diagonal = np.maximum(left, 1e-3 * self.own) + self.floor

    def solve(self, row: Floats) -> Floats:
        """Multiply with the inverse."""
        raters = len(self.own)
        parts = [self._raters(row[:raters])]
        begin = raters
        for size, factor in zip(self.sizes, self.small, strict=True):
            parts.append(cho_solve(factor, row[begin : begin + size]))
            begin += size
        return np.concatenate(parts)

    def _raters(self, row: Floats) -> Floats:
        if self.whole is not None:
            found: Floats = cho_solve(self.whole, row)
            return found
        return conjugate(
            lambda x: (self.own + self.floor) * x - self.back @ (self.half @ x), row, self.diagonal
        )


def conjugate(product: object, row: Floats, diagonal: Floats, *, tolerance: float = 1e-4) -> Floats:
    """Solve by conjugate gradients, scaled by a diagonal."""
    assert callable(product)  # noqa: S101 - narrows the type
    x = np.zeros_like(row)
    left = row.copy()
    scaled = left / diagonal
    way = scaled.copy()
    size = dot(left, scaled)
    goal = tolerance**2 * size
    for _ in range(200):
        if size <= goal or size == 0.0:
            break
        along = product(way)
        step = size / dot(way, along)
        x += step * way
        left -= step * along
        scaled = left / diagonal
        new = dot(left, scaled)
        way = scaled + (new / size) * way
        size = new
    return x


def climb(
    function: Function,
    start: Floats,
    *,
    tolerance: float,
    most: int,
    refresh: int = 0,
    before: Top | None = None,
) -> Top:
    """Find the maximum by L-BFGS (Nocedal 1980, doi:10.1090/S0025-5718-1980-0572855-7) in a metric.

    It ends where a step could gain less than ``tolerance`` in log likelihood. The metric is taken at the
    start and ``refresh`` times more while steps are large, or is that of a climb ``before`` on nearly the
    same function, whose memory of bends is kept as well.
    """
    at = start.copy()
    value, gradient = function.value(at)
    metric = function.metric(at) if before is None else before.metric
    memory = [] if before is None else before.memory
    passes = 1
    while passes < most:
        way = _direction(gradient, memory, metric)
        gain = dot(gradient, way)
        if gain <= 0.0:  # rounding has turned the memory around: begin anew from the metric
            memory.clear()
            way = metric.solve(gradient)
            gain = dot(gradient, way)
        if gain / 2.0 < tolerance:
            return Top(at, value, passes, converged=True, metric=metric, memory=memory)
        step = min(1.0, 4.0 / max(float(np.abs(way).max()), 1e-12))
        for _ in range(_HALVINGS):
            new_value, new_gradient = function.value(at + step * way)
            passes += 1
            if new_value >= value + _SUFFICIENT * step * gain - 1e-10 * abs(value):
                break
            step *= 0.4
        else:
            break
        moved, change = step * way, gradient - new_gradient
        bend = dot(moved, change)
        if bend > 1e-12 * dot(moved, moved):
            memory.append((moved, change, bend))
            del memory[:-_MEMORY]
        at, value, gradient = at + moved, new_value, new_gradient
        if refresh and gain > 1.0:
            metric = function.metric(at)
            refresh -= 1
    return Top(at, value, passes, converged=False, metric=metric, memory=memory)


def _direction(gradient: Floats, memory: list[tuple[Floats, Floats, float]], metric: Metric) -> Floats:
    left = gradient.copy()
    shares = []
    for moved, change, bend in reversed(memory):
        share = dot(moved, left) / bend
        shares.append(share)
        left -= share * change
    way = metric.solve(left)
    for (moved, change, bend), share in zip(memory, reversed(shares), strict=True):
        way += (share - dot(change, way) / bend) * moved
    return way


def _firm(block: Floats) -> Floats:
    """Lift a matrix a little, so that what the data leave open stays where it is."""
    return block + np.eye(len(block)) * (_FLOOR + 1e-9 * float(np.trace(block)) / len(block))
