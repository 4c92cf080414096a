"""Which counts of linked tables to withhold so that nobody can work them out from the counts that are shown.

The margins stand: totals without the secret are known to everybody. A count below the minimum is withheld,
and further counts with it, until the exact bounds of every withheld count are wide enough.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

Key = tuple[str, ...]
"""A count: the node of each dimension, ``""`` for all of it."""

GIVE_BACK: Final = 60
"""Up to so many further counts each is tried again: is it needed after all?"""


class UnsafeCountsError(Exception):
    """What was shown before leaves no way to protect the counts; nothing may be shown."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of cutting: a tree of nodes from the root ``""``, and which rows each node holds.

    The parts of a node are disjoint and together hold all its rows. A ``secret`` dimension is not known
    to those who read the tables, not even who said nothing; what is told by the other dimensions is known.
    """

    name: str
    parts: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, NDArray[np.bool_]]
    secret: bool = False

    def nodes(self) -> tuple[str, ...]:
        """Give every node, the root first."""
        return tuple(self.rows)


class Counts:
    """All counts of some tables over the same rows, and the sums that tie them together.

    ``ceilings`` are the counts whatever the secret: what everybody knows a count cannot exceed.
    """

    def __init__(self, dimensions: Sequence[Dimension], tables: Sequence[Sequence[int]]) -> None:
        """``tables`` name the dimensions, by place, that each table crosses."""
        self.dimensions = tuple(dimensions)
        places: dict[Key, int] = {}
        values: list[int] = []
        for table in tables:
            for key in self._keys(table):
                if key not in places:
                    places[key] = len(values)
                    values.append(self._count(key))
        self.keys = tuple(places)
        self.places = places
        self.values = np.array(values, dtype=np.int64)
        secret = [at for at, one in enumerate(self.dimensions) if one.secret]
        self.known = np.array([not any(key[at] for at in secret) for key in self.keys])
        self.ceilings = np.array([self._ceiling(key) for key in self.keys], dtype=np.int64)
        sums = {
            (places[key], parts): None
            for table in tables
            for key in self._keys(table)
            for parts in self._sums(key, table)
        }
        self.sums: tuple[tuple[int, tuple[int, ...]], ...] = tuple(sums)
        self.in_sums: list[list[int]] = [[] for _ in values]
        for number, (total, parts) in enumerate(self.sums):
            for cell in (total, *parts):
                self.in_sums[cell].append(number)

    def _keys(self, table: Sequence[int]) -> Iterator[Key]:
        chosen = [one.nodes() if at in table else ("",) for at, one in enumerate(self.dimensions)]
        yield from product(*chosen)

    def _count(self, key: Key) -> int:
        masks = [one.rows[node] for one, node in zip(self.dimensions, key, strict=True) if node] or [
            self.dimensions[0].rows[""]
        ]
        return int(np.logical_and.reduce(masks).sum())

    def _ceiling(self, key: Key) -> int:
        return self._count(
            tuple("" if one.secret else node for one, node in zip(self.dimensions, key, strict=True))
        )

    def _sums(self, key: Key, table: Sequence[int]) -> Iterator[tuple[int, ...]]:
        for at in table:
            parts = self.dimensions[at].parts.get(key[at], ())
            if parts:
                yield tuple(self.places[(*key[:at], part, *key[at + 1 :])] for part in parts)


class Bounds:
    """The least and the most that each small count can be, as far as it had to be known.

    Every whole solution that was found is a witness for all counts at once, so that few have to be
    looked for. What is withheld later only widens what is known; what is shown later leaves the witnesses
    that have it as it is.
    """

    def __init__(
        self,
        counts: Counts,
        withheld: NDArray[np.bool_],
        minimum: int,
        witnesses: Sequence[NDArray[np.int64]] = (),
    ) -> None:
        """``witnesses`` of other bounds are kept where they have everything that is shown as it is."""
        self.counts = counts
        self.withheld = withheld
        self.minimum = minimum
        self.small = np.flatnonzero(withheld & (counts.values < minimum)).tolist()
        shown, true = ~withheld, counts.values[~withheld]
        self.witnesses = [counts.values, *(one for one in witnesses if np.array_equal(one[shown], true))]
        self.low, self.high = np.min(self.witnesses, axis=0), np.max(self.witnesses, axis=0)

    def showing(self, cells: Sequence[int]) -> Bounds:
        """Give the bounds with some counts shown."""
        withheld = self.withheld.copy()
        withheld[list(cells)] = False
        found = Bounds(self.counts, withheld, self.minimum, self.witnesses)
        found.small = self.small
        return found

    def safe(self) -> bool:
        """Say whether every small count is open enough; one that was not is looked at first next time."""
        for place, cell in enumerate(self.small):
            if not self.check(cell):
                self.small.insert(0, self.small.pop(place))
                return False
        return True

    def alone(self, cells: Sequence[int]) -> bool:
        """Say whether some sum of these counts would miss a single small count if they were shown."""
        small = set(self.small)
        for number in {number for cell in cells for number in self.counts.in_sums[cell]}:
            total, parts = self.counts.sums[number]
            left = [one for one in (total, *parts) if self.withheld[one] and one not in cells]
            if len(left) == 1 and left[0] in small:
                return True
        return False

    def wide(self, cell: int) -> bool:
        """Say whether the witnesses leave a small count open enough.

        It spans the minimum at least, and may be the minimum or more; where its known total is less than
        that, it may be all that the total lets it be.
        """
        reach = min(self.minimum, int(self.counts.ceilings[cell]))
        return bool(self.high[cell] >= reach and self.high[cell] - self.low[cell] >= reach)

    def check(self, cell: int) -> bool:
        """Say whether a small count is open enough, and look for the witnesses it takes."""
        for most in (True, False):
            if self.wide(cell):
                return True
            self._solve(cell, most=most)
        return self.wide(cell)

    def _solve(self, cell: int, *, most: bool) -> None:
        """Find the exact end of a withheld count in whole numbers (HiGHS)."""
        # Only a table with small counts needs it, and it is slow to load.
        from scipy.optimize import Bounds as Box
        from scipy.optimize import LinearConstraint, milp

        cells, sums = self._around(cell)
        column = {one: number for number, one in enumerate(cells)}
        rows, columns, signs, fixed = [], [], [], np.zeros(len(sums))
        for row, number in enumerate(sums):
            total, parts = self.counts.sums[number]
            for one, sign in ((total, 1.0), *((part, -1.0) for part in parts)):
                if one in column:
                    rows.append(row)
                    columns.append(column[one])
                    signs.append(sign)
                else:
                    fixed[row] -= sign * self.counts.values[one]
        matrix = csr_array((signs, (rows, columns)), shape=(len(sums), len(cells)))
        goal = np.zeros(len(cells))
        goal[column[cell]] = -1.0 if most else 1.0
        done = milp(
            goal,
            constraints=LinearConstraint(matrix, fixed, fixed) if len(sums) else (),
            integrality=np.ones(len(cells)),
            bounds=Box(0.0, self.counts.ceilings[cells].astype(float)),
        )
        if done.x is None:
            raise UnsafeCountsError("The counts do not fit together.")
        witness = self.counts.values.copy()
        witness[cells] = np.rint(done.x).astype(np.int64)
        self.witnesses.append(witness)
        self.low, self.high = np.minimum(self.low, witness), np.maximum(self.high, witness)

    def _around(self, cell: int) -> tuple[list[int], list[int]]:
        """Give the withheld counts that hang together with one, and the sums between them."""
        cells, sums, waiting = {cell: None}, dict[int, None](), [cell]
        while waiting:
            for number in self.counts.in_sums[waiting.pop()]:
                if number in sums:
                    continue
                sums[number] = None
                total, parts = self.counts.sums[number]
                for one in (total, *parts):
                    if self.withheld[one] and one not in cells:
                        cells[one] = None
                        waiting.append(one)
        return list(cells), list(sums)


def protect(
    counts: Counts,
    minimum: int,
    *,
    shown_before: NDArray[np.bool_] | None = None,
    never_shown: NDArray[np.bool_] | None = None,
    witnesses: list[NDArray[np.int64]] | None = None,
) -> NDArray[np.bool_]:
    """Choose the counts to withhold.

    Parameters
    ----------
    counts
        The tables.
    minimum
        Counts below it are withheld, zeros too: "none of them" says something about everybody.
    shown_before
        Counts that are known already and cannot be withheld any more.
    never_shown
        Counts that are not meant to be shown (now); small ones must not be worked out either.
    witnesses
        Whole solutions of an earlier choice over the same counts; new ones are added.

    Returns
    -------
    ndarray of bool
        For each count whether it is withheld. Of every small one the whole numbers that fit all that is
        shown span ``minimum`` at least, and it may be ``minimum`` or more; or they are all that its known
        total lets it be. Larger ones are withheld for the sake of the small ones alone.

    Raises
    ------
    UnsafeCountsError
        When what was shown before leaves no way.

    Notes
    -----
    Exact bounds by integer programs, one direction at a time, over the counts that hang together. Which
    further count to withhold is chosen greedily: of those in one sum with the count in danger the
    innermost and smallest. Where few are withheld each further one is then tried again. Somebody who
    knows exactly how the choice is made could rule out some of the numbers that fit; the spans are what
    follows from the figures alone.

    References
    ----------
    Fischetti & Salazar (2001), doi:10.1287/mnsc.47.7.1008.9805; Willenborg & de Waal (2001),
    doi:10.1007/978-1-4613-0121-9.
    """
    nothing = np.zeros(len(counts.values), dtype=bool)
    before = nothing if shown_before is None else shown_before
    inner = nothing if never_shown is None else never_shown & ~before
    fixed = counts.known | before
    # What cannot be but 0 says nothing.
    withheld: NDArray[np.bool_] = (inner | (counts.values < minimum)) & ~fixed & (counts.ceilings > 0)
    first = withheld.copy()
    _pair(counts, withheld, fixed)
    bounds = Bounds(counts, withheld, minimum, witnesses or ())
    waiting = deque(bounds.small)
    while waiting:
        cell = waiting.popleft()
        while not bounds.check(cell):
            more = _further(counts, withheld, fixed, cell)
            if more is None:
                raise UnsafeCountsError("What was shown before leaves some counts too few possible values.")
            withheld[more] = True
            _pair(counts, withheld, fixed)
    bounds = _give_back(bounds, first)
    if witnesses is not None:
        witnesses[:] = bounds.witnesses
    return bounds.withheld


def _pair(counts: Counts, withheld: NDArray[np.bool_], fixed: NDArray[np.bool_]) -> None:
    """Withhold a second count in every sum that has one: alone it is what is missing from the others."""
    waiting = deque(range(len(counts.sums)))
    while waiting:
        total, parts = counts.sums[waiting.popleft()]
        cells = (total, *parts)
        if sum(bool(withheld[one]) for one in cells) != 1:
            continue
        open_ones = [one for one in cells if not (withheld[one] or fixed[one]) and counts.ceilings[one]]
        if open_ones:
            more = min(open_ones, key=lambda one: _worth(counts, one))
            withheld[more] = True
            waiting.extend(counts.in_sums[more])


def _further(counts: Counts, withheld: NDArray[np.bool_], fixed: NDArray[np.bool_], cell: int) -> int | None:
    """Choose a further count to withhold: near the one in danger, innermost and smallest first."""
    seen, layer = {cell}, [cell]
    while layer:
        found, following = set(), []
        for one in layer:
            for number in counts.in_sums[one]:
                total, parts = counts.sums[number]
                for other in (total, *parts):
                    if other in seen:
                        continue
                    if withheld[other]:
                        seen.add(other)
                        following.append(other)
                    elif not fixed[other]:
                        found.add(other)
        if found:
            return min(found, key=lambda one: _worth(counts, one))
        layer = following
    return None


def _worth(counts: Counts, cell: int) -> tuple[int, int, Key]:
    """Order counts by what is lost with them: sums over much, and large ones, last."""
    key = counts.keys[cell]
    return sum(not node for node in key), int(counts.values[cell]), key


def _give_back(bounds: Bounds, first: NDArray[np.bool_]) -> Bounds:
    """Show again each further count without which the rest is safe, the most telling first."""
    counts, further = bounds.counts, bounds.withheld & ~first
    single = [(one,) for one in np.flatnonzero(further).tolist()]
    if len(single) > GIVE_BACK:
        return bounds
    # What stands in one sum holds each other up: they go together or not at all.
    pairs = [
        both
        for total, parts in counts.sums
        if len(both := tuple(one for one in (total, *parts) if further[one])) == 2
    ]
    for cells in sorted([*pairs, *single], key=lambda some: _worth(counts, some[0]), reverse=True):
        back = [one for one in cells if bounds.withheld[one]]
        if back and not bounds.alone(back) and (without := bounds.showing(back)).safe():
            bounds = without
    return bounds


def is_safe(counts: Counts, withheld: NDArray[np.bool_], minimum: int) -> bool:
    """Attack what is shown from the beginning: say whether all small counts are open enough."""
    return Bounds(counts, withheld, minimum).safe()
