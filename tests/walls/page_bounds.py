"""What can still be: those who are in exactly the same sums are a class, and a program bounds its answers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from tests.walls.words import agreeing

if TYPE_CHECKING:
    from collections.abc import Sequence

LOW, HIGH = 1, 5

Sum = tuple[tuple[int, ...], int, int]
"""Which classes of people, and the least and the most that their answers can be together."""


def classes_of(sums: Sequence[np.ndarray], people: int) -> tuple[tuple[int, ...], list[tuple[int, ...]]]:
    """Put together those who are in exactly the same sums; nothing can tell them apart."""
    member = np.zeros((len(sums), people), dtype=bool)
    for number, rows in enumerate(sums):
        member[number, rows] = True
    kinds, place = np.unique(member.T, axis=0, return_inverse=True)
    place = place.ravel()
    there = [kind for kind in range(len(kinds)) if kinds[kind].any()]
    known = {kind: number for number, kind in enumerate(there)}
    sizes = tuple(int((place == kind).sum()) for kind in there)
    inside = [tuple(known[kind] for kind in there if kinds[kind][number]) for number in range(len(sums))]
    return sizes, inside


@lru_cache(maxsize=65536)
def still_open(
    sizes: tuple[int, ...], sums: tuple[Sum, ...], words: tuple[tuple[tuple[int, ...], str], ...]
) -> tuple[int, ...]:
    """Count for each class how many values one of its answers can have, by mixed-integer programming."""
    found = []
    for number, n in enumerate(sizes):
        low, high = extremes(sizes, sums, (number,))
        values = min(HIGH, high - (n - 1) * LOW) - max(LOW, low - (n - 1) * HIGH) + 1
        for inside, word in words:
            if number in inside:
                least, most = extremes(sizes, sums, inside)
                many = sum(sizes[one] for one in inside)
                values = min(
                    values, agreeing(many, least - many * LOW, most - many * LOW, HIGH - LOW + 1, word)
                )
        found.append(values)
    return tuple(found)


@lru_cache(maxsize=65536)
def extremes(sizes: tuple[int, ...], sums: tuple[Sum, ...], wanted: tuple[int, ...]) -> tuple[int, int]:
    """Give the least and the most that the answers of some classes can be together."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    goal = np.zeros(len(sizes))
    goal[list(wanted)] = 1
    matrix = np.zeros((len(sums), len(sizes)))
    for row, (inside, _low, _high) in enumerate(sums):
        matrix[row, list(inside)] = 1
    many = np.array(sizes)
    rules = [LinearConstraint(matrix, [one[1] for one in sums], [one[2] for one in sums])] if sums else []
    both = []
    for sign in (1, -1):
        done = milp(
            sign * goal,
            integrality=np.ones(len(sizes)),
            bounds=Bounds(many * LOW, many * HIGH),
            constraints=rules,
        )
        assert done.success, f"no answers at all fit what the pages say: {done.message}"
        both.append(round(sign * done.fun))
    return both[0], both[1]
