"""What figures of teams and of a lens together leave open for each answer.

Sums of teams lie inside one another, and so do sums of the values of a lens; the two families cross.
Each alone is bounded by going up and down; together they are a transport problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.notches import possible, spare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure: whether it is a value of the lens, the rows behind it, the least and most it can be."""

    lens: bool
    rows: NDArray[np.int64]
    low: int
    high: int


def fewest_possible(
    sums: Sequence[Sum], said: NDArray[np.int64], lowest: int, highest: int, *, enough: int | None = None
) -> int:
    """Count the options that the answer with the fewest can still have, over all sums together.

    Parameters
    ----------
    sums
        Figures of two families, teams and values of a lens; within a family two sums are disjoint or
        one holds the other.
    said
        Everybody's answer, by row, between ``lowest`` and ``highest`` in every row of a sum.
    lowest, highest
        Ends of the scale.
    enough
        Options that are enough: an answer with so many is not looked at further. By default as many as
        every answer must keep.

    Returns
    -------
    int
        Exact where it is less than ``enough``, else ``enough``.

    Notes
    -----
    People in exactly the same sums are a class. What is looked for is, for each class, the least and
    the most that its sum can be while every figure stays what it is. The matrix of two nested families
    is totally unimodular (Edmonds 1970), so that the linear program has a solution in whole answers.
    Most classes need none: a class whose answers are not all at one end, or that can give or take
    points without any figure changing, is open already.

    Examples
    --------
    Nine people in two teams and two halves; the halves say little, the whole and one half say all:

    >>> said = np.array([1, 1, 1, 1, 1, 3, 3, 3, 3, 3])
    >>> whole, half = np.arange(10), np.arange(5, 10)
    >>> fewest_possible([Sum(False, whole, 18, 22), Sum(True, half, 13, 17)], said, 1, 5)
    3
    >>> fewest_possible([Sum(False, whole, 18, 20), Sum(True, half, 14, 17)], said, 1, 5)
    2
    """
    enough = spare(lowest, highest) + 1 if enough is None else enough
    if not sums:
        return enough
    crossing = _Crossing(sums, said, lowest, highest)
    return min((crossing.options(one, enough) for one in range(len(crossing.sizes))), default=enough)


class _Crossing:
    """Classes of people, and the figures over them; points are counted from the lowest option."""

    def __init__(self, sums: Sequence[Sum], said: NDArray[np.int64], lowest: int, highest: int) -> None:
        inside = np.zeros((len(sums), len(said)), dtype=bool)
        for number, one in enumerate(sums):
            inside[number, one.rows] = True
        there = np.flatnonzero(inside.any(axis=0))
        kinds, of = np.unique(inside[:, there].T, axis=0, return_inverse=True)
        self.member = kinds.T
        self.sizes = np.bincount(of.ravel(), minlength=len(kinds))
        points = np.bincount(of.ravel(), weights=said[there] - lowest, minlength=len(kinds))
        self.points = points.astype(np.int64)
        self.most = self.sizes * (highest - lowest)
        many = np.array([len(one.rows) for one in sums])
        self.low = np.array([one.low for one in sums]) - many * lowest
        self.high = np.array([one.high for one in sums]) - many * lowest
        shown = self.member @ self.points
        self.up, self.down = self.high - shown, shown - self.low
        self.lens = np.array([one.lens for one in sums])
        self.span = highest - lowest

    def options(self, one: int, enough: int) -> int:
        """Count the options of an answer in a class, up to ``enough``."""
        low = high = int(self.points[one])
        found = possible(int(self.sizes[one]), low, high, 0, self.span)
        for widen in (self._moved, self._ends):
            if found >= enough:
                return enough
            low, high = widen(one, enough)
            found = possible(int(self.sizes[one]), low, high, 0, self.span)
        return min(found, enough)

    def _moved(self, one: int, enough: int) -> tuple[int, int]:
        """Give how far the points of a class go by single moves, each way."""
        here, ways = int(self.points[one]), range(enough, 0, -1)
        return (
            here - next((by for by in ways if self._can(one, -by)), 0),
            here + next((by for by in ways if self._can(one, by)), 0),
        )

    def _ends(self, one: int, _enough: int) -> tuple[int, int]:
        return self._end(one, least=True), self._end(one, least=False)

    def _can(self, one: int, by: int) -> bool:
        """Say whether a class can take so many points by itself, from one other, or around a square."""
        if not 0 <= self.points[one] + by <= self.most[one]:
            return False
        return any(self._fits(change) for change in self._moves(one, by))

    def _fits(self, change: dict[int, int]) -> bool:
        moved = np.zeros(len(self.up), dtype=np.int64)
        for place, by in change.items():
            if not 0 <= self.points[place] + by <= self.most[place]:
                return False
            moved += self.member[:, place] * by
        return bool((moved <= self.up).all() and (-moved <= self.down).all())

    def _moves(self, one: int, by: int) -> Iterator[dict[int, int]]:
        yield {one: by}
        others = [other for other in range(len(self.sizes)) if other != one]
        for other in others:
            yield {one: by, other: -by}
        for beside in self._like[0][one]:
            for below in self._like[1][one]:
                corner = [place for place in self._like[0][below] if place in self._like[1][beside]]
                for place in corner:
                    yield {one: by, beside: -by, below: -by, place: by}

    @cached_property
    def _like(self) -> tuple[list[list[int]], list[list[int]]]:
        """List for each class the others in the same sums of teams, and in the same of the lens."""
        found = []
        for family in (~self.lens, self.lens):
            _, group = np.unique(self.member[family].T, axis=0, return_inverse=True)
            group = group.ravel()
            found.append(
                [
                    [int(other) for other in np.flatnonzero(group == group[one]) if other != one]
                    for one in range(len(group))
                ]
            )
        return found[0], found[1]

    def _end(self, one: int, *, least: bool) -> int:
        """Give the least or the most points of a class while every figure stays what it is."""
        # Only what a lens brings close to an end needs it, and it is slow to load.
        from scipy.optimize import linprog

        goal = np.zeros(len(self.sizes))
        goal[one] = 1 if least else -1
        matrix = self.member.astype(float)
        done = linprog(
            goal,
            A_ub=np.vstack([matrix, -matrix]),
            b_ub=np.concatenate([self.high, -self.low]),
            bounds=np.column_stack([np.zeros(len(self.sizes)), self.most]),
            method="highs",
        )
        # The true answers fit, so there is a solution.
        points = float(done.fun)
        return round(points if least else -points)
