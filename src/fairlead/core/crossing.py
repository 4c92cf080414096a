"""What figures of teams and of a lens together leave open for each answer.

Sums of teams lie inside one another, and so do sums of the values of a lens; the two families cross.
Each alone is bounded by going up and down; together they are a transport problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.notches import possible, spare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Groups:
    """People who are in exactly the same figures; the group of each row, -1 for nobody's."""

    of: NDArray[np.int64]
    sizes: NDArray[np.int64]


def groups(supports: Sequence[NDArray[np.int64]], people: int) -> Groups:
    """Put together who is in exactly the same figures."""
    marks = np.zeros(people, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for number, rows in enumerate(supports, start=1):
            marks[rows] += _mixed(number)
    found, of, sizes = np.unique(marks, return_inverse=True, return_counts=True)
    of = of.astype(np.int64)
    if len(found) and found[0] == 0:
        return Groups(of - 1, sizes[1:].astype(np.int64))
    return Groups(of, sizes.astype(np.int64))


@cache
def _mixed(number: int) -> np.uint64:
    """Spread a number over 64 bits (the last steps of splitmix64), so that sums of marks do not meet."""
    mask = 2**64 - 1
    mark = (number * 0x9E3779B97F4A7C15) & mask
    mark = ((mark ^ (mark >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mark = ((mark ^ (mark >> 27)) * 0x94D049BB133111EB) & mask
    return np.uint64(mark ^ (mark >> 31))


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
        teams = groups([one.rows for one in sums if not one.lens], len(said))
        values = groups([one.rows for one in sums if one.lens], len(said))
        there = np.flatnonzero((teams.of >= 0) | (values.of >= 0))
        # Whoever is in no sum of one family is one more group of it.
        parted = np.stack([teams.of[there], values.of[there]]) + 1
        self.place, of = np.unique(parted, axis=1, return_inverse=True)
        of = of.ravel()
        self.sizes = np.bincount(of)
        self.points = np.bincount(of, weights=said[there] - lowest).astype(np.int64)
        self.most = self.sizes * (highest - lowest)
        class_of = np.full(len(said), -1, dtype=np.int64)
        class_of[there] = of
        self.member = np.zeros((len(sums), len(self.sizes)), dtype=bool)
        for number, one in enumerate(sums):
            self.member[number, class_of[one.rows]] = True
        many = np.array([len(one.rows) for one in sums])
        self.low = np.array([one.low for one in sums]) - many * lowest
        self.high = np.array([one.high for one in sums]) - many * lowest
        shown = self.member @ self.points
        self.up, self.down = self.high - shown, shown - self.low
        lens = [one.lens for one in sums]
        self.span = highest - lowest
        shape = (len(teams.sizes) + 1, len(values.sizes) + 1)
        self.given, self.room = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.given[tuple(self.place)] = self.points
        self.room[tuple(self.place)] = self.most - self.points
        # Which figures hold a group of teams, and which a value.
        self.of_team = self._figures([one for one, is_lens in enumerate(lens) if not is_lens], 0, shape[0])
        self.of_value = self._figures([one for one, is_lens in enumerate(lens) if is_lens], 1, shape[1])

    def _figures(self, family: list[int], side: int, count: int) -> NDArray[np.bool_]:
        found = np.zeros((len(self.up), count), dtype=bool)
        for one in family:
            found[one, self.place[side, self.member[one]]] = True
        return found

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
        """Give how far the points of a class go at least, each way, point by point."""
        here = int(self.points[one])
        return (
            here - self._steps(one, enough, (self.room, self.given), (self.up, self.down)),
            here + self._steps(one, enough, (self.given, self.room), (self.down, self.up)),
        )

    def _steps(
        self,
        one: int,
        enough: int,
        grids: tuple[NDArray[np.int64], NDArray[np.int64]],
        slacks: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> int:
        """Count the points that a class takes, each by itself, from one other, or around a square.

        Around a square no sum changes: two of a team and two of a value give and take in turns.
        """
        team, value = (int(at) for at in self.place[:, one])
        gives, takes = (grid.copy() for grid in grids)
        loses, gains = (slack.copy() for slack in slacks)

        def move(at: tuple[int, int], *, take: bool) -> None:
            by = 1 if take else -1
            gives[at] += by
            takes[at] -= by
            held = self.of_team[:, at[0]] | self.of_value[:, at[1]]
            gains[held] -= by
            loses[held] += by

        for done in range(enough):
            if takes[team, value] < 1:
                return done
            swaps = (
                self._swaps(self.of_team, team, gains, loses),
                self._swaps(self.of_value, value, gains, loses),
            )
            beside, below = gives[team] > 0, gives[:, value] > 0
            beside[value] = below[team] = False
            changed = [(team, value)]
            if not (gains[self.member[:, one]] > 0).all():
                square = (takes > 0) & below[:, None] & beside[None, :]
                if square.any():
                    far, other = (int(at) for at in np.argwhere(square)[0])
                    changed += [(team, other), (far, value), (far, other)]
                elif (beside & swaps[1]).any():
                    changed.append((team, int(np.argmax(beside & swaps[1]))))
                elif (below & swaps[0]).any():
                    changed.append((int(np.argmax(below & swaps[0])), value))
                else:
                    return done
            for number, at in enumerate(changed):
                move(at, take=number in {0, 3})
        return enough

    @staticmethod
    def _swaps(
        of: NDArray[np.bool_], one: int, gains: NDArray[np.int64], loses: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Say from which other team, or value, a point may come; figures that hold both do not change."""
        held = of[:, one]
        together = of[held & (gains < 1)].all(axis=0)
        apart = of[~held & (loses < 1)].any(axis=0)
        found: NDArray[np.bool_] = np.logical_and(together, np.logical_not(apart))
        return found

    def _ends(self, one: int, _enough: int) -> tuple[int, int]:
        return self._end(one, least=True), self._end(one, least=False)

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
