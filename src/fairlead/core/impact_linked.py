"""Whether released impact tables, taken together, say of somebody what they stated.

:mod:`fairlead.core.impact_release` makes one table of decisions safe, each row for itself. Here rows are tied
to people: who stands in two rounds stated the same in both, so that two tables which are safe alone can tell
what the one stated who stands in only one of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.sparse import csr_array

from fairlead.core.decisions import NOT_STATED
from fairlead.core.impact_shown import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.core.safe_counts import Key


SILENT: Final = ""
"""Instead of a value: nothing is stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person in one round, as everybody may know it: unit, how many steps passed, whether one waits."""

    person: str
    stratum: str
    round: str
    passed: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """What one release showed, and the rows behind it; ``rounds`` in the order of time.

    ``silent`` says of each attribute whether the release has a group of those who did not state it, shown or
    withheld; where it has none, everybody reads that all stated it.
    """

    shown: tuple[tuple[Key, int], ...]
    rows: tuple[Row, ...]
    rounds: tuple[str, ...]
    silent: tuple[bool, ...]


def gives_away(
    earlier: Sequence[Sighted],
    new: Sighted,
    stated: Sequence[Mapping[str, str]],
    *,
    offered: Sequence[Sequence[str]] = (),
    minimum: int,
) -> bool:
    """Say whether all releases together narrow down what a few people stated.

    Parameters
    ----------
    earlier
        Releases that stand, in any order.
    new
        The one that is to be shown as well.
    stated
        For each attribute what each person states now; whoever is not in it states nothing. With two, both
        together are a third.
    offered
        For each attribute all that can be stated, where it is known; else what is stated.
    minimum
        As in the releases.

    Returns
    -------
    bool
        People who are alike in all that is known of them (rounds, units, outcomes) are one class. Where fewer
        than ``minimum`` of a class state a value, or nothing, the whole numbers that fit all that was shown
        span ``minimum`` and may reach it, or are all that the size of the class allows; where that fails for
        one class, it is ``True``.

    Notes
    -----
    Exact ends by integer programs (HiGHS). The reader is taken to know who was decided on when, where and
    how, and to take it that everybody stated the same at every release. Where what is stated now does not
    fit that, a reader who takes it so is wrong: somebody began to state something or took it back. Then the
    reader takes it that what was stated was the same. Where nothing fits that either, the oldest release is
    left out. Each attribute is looked at for itself, and both taken together for themselves.
    """
    words: list[tuple[int, Mapping[str, str]]] = list(enumerate(stated[:2]))
    if len(words) == 2:
        first, second = stated[:2]
        words.append((2, {one: f"{first[one]}\n{second[one]}" for one in first.keys() & second.keys()}))
    known = [frozenset(those) for those in offered[:2]] or [frozenset()] * len(words)
    if len(known) == 2:
        known.append(frozenset(f"{first}\n{second}" for first in known[0] for second in known[1]))
    return any(_narrowed(list(earlier), new, place, told, known[place], minimum) for place, told in words)


def _narrowed(
    earlier: list[Sighted],
    new: Sighted,
    place: int,
    told: Mapping[str, str],
    known: frozenset[str],
    minimum: int,
) -> bool:
    while True:
        for steady in (True, False):
            program = _Program([*earlier, new], place, told, known, steady=steady)
            if program.fits():
                return not program.open_enough(minimum)
        if not earlier:
            return False
        earlier = earlier[1:]


@dataclass(frozen=True, slots=True)
class _Class:
    """People who are alike in all that is known; ``rows`` count their rows in each release."""

    size: int
    rows: tuple[Mapping[tuple[str, str, int, bool], int], ...]
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Cell:
    """How many of a class state a value at a release, as a sum of unknown numbers; ``true`` as it is now."""

    terms: Mapping[int, float]
    size: int
    true: int | None


class _Program:
    """The whole numbers that fit: of each class, how many state each value, and how many nothing."""

    def __init__(
        self,
        releases: Sequence[Sighted],
        place: int,
        told: Mapping[str, str],
        known: frozenset[str],
        *,
        steady: bool,
    ) -> None:
        """``steady``: who stated something at one release did so at every one, and who did not at none."""
        self.releases = releases
        self.place = place
        self.classes = _classes(releases, told)
        self.values = sorted(
            known
            | {value for one in self.classes for value in one.values}
            | {value for one in releases for key, _count in one.shown if (value := self._value(key))}
        )
        self.most: list[int] = []
        self.entries: list[tuple[int, int, float]] = []
        self.ends: list[tuple[float, float]] = []
        self.cells: dict[tuple[int, str, int], _Cell] = {}
        self.steady = steady
        (self._steady if steady else self._unsteady)()
        for r, release in enumerate(releases):
            for key, count in release.shown:
                value = self._value(key)
                if value is not None:
                    self._show(r, release, key, value, count)
        self.found: list[NDArray[np.int64]] = []

    def _new(self, most: int) -> int:
        self.most.append(most)
        return len(self.most) - 1

    def _line(self, terms: Mapping[int, float], low: float, high: float) -> None:
        self.entries += [(len(self.ends), column, weight) for column, weight in terms.items()]
        self.ends.append((low, high))

    def _steady(self) -> None:
        """Give each class one number for each value and one for nothing, the same at every release."""
        for c, one in enumerate(self.classes):
            spoken = any(one.rows[r] and not self._has_silent(r) for r in range(len(self.releases)))
            state = {v: self._new(one.size) for v in self.values}
            state[SILENT] = self._new(0 if spoken else one.size)
            self._line(dict.fromkeys(state.values(), 1.0), one.size, one.size)
            for r in range(len(self.releases)):
                for v, column in state.items():
                    self.cells[c, v, r] = _Cell({column: 1.0}, one.size, self._true(one, v))

    def _unsteady(self) -> None:
        """Give each class one number for each value, and at each release one for those who were silent."""
        for c, one in enumerate(self.classes):
            would = {v: self._new(one.size) for v in self.values}
            self._line(dict.fromkeys(would.values(), 1.0), one.size, one.size)
            for r in range(len(self.releases)):
                silent = {v: self._new(one.size if self._has_silent(r) else 0) for v in self.values}
                now = r == len(self.releases) - 1
                for v in self.values:
                    terms = {would[v]: 1.0, silent[v]: -1.0}
                    self._line(terms, 0.0, np.inf)
                    self.cells[c, v, r] = _Cell(terms, one.size, self._true(one, v) if now else None)
                self.cells[c, SILENT, r] = _Cell(
                    dict.fromkeys(silent.values(), 1.0), one.size, self._true(one, SILENT) if now else None
                )

    def _true(self, one: _Class, value: str) -> int:
        return one.values.get(value, 0) if value else one.size - sum(one.values.values())

    def _has_silent(self, release: int) -> bool:
        return self.place == 2 or self.releases[release].silent[self.place]

    def _value(self, key: Key) -> str | None:
        """Give the value that a count is of; nothing where it is of another attribute."""
        first, second = key[:2]
        if self.place == 2:
            both = first and second and NOT_STATED not in key[:2]
            return f"{first}\n{second}" if both else None
        mine, other = (first, second) if self.place == 0 else (second, first)
        if other or not mine:
            return None
        return SILENT if mine == NOT_STATED else mine

    def _show(self, r: int, release: Sighted, key: Key, value: str, count: int) -> None:
        """Tie the classes to one count that was shown."""
        terms: dict[int, float] = {}
        stands = _stands(key, release.rounds)
        for c, one in enumerate(self.classes):
            rows = sum(times for row, times in one.rows[r].items() if stands(*row))
            if rows:
                for column, weight in self.cells[c, value, r].terms.items():
                    terms[column] = terms.get(column, 0.0) + rows * weight
        self._line(terms, count, count)

    def fits(self) -> bool:
        """Say whether what is stated now fits all that was shown; unsteady, whether anything does."""
        if not self.most:
            return True
        if not self.steady:
            return self._solve({})
        matrix, low, high = self._tied()
        now = np.zeros(len(self.most), dtype=np.int64)
        for cell in self.cells.values():
            for column in cell.terms:
                now[column] = cell.true or 0
        told = matrix @ now
        self.found.append(now)
        return bool(np.all(now <= self.most) and np.all(told >= low) and np.all(told <= high))

    def _tied(self) -> tuple[Any, NDArray[np.float64], NDArray[np.float64]]:
        rows, columns, weights = zip(*self.entries, strict=True)
        low, high = (np.array(side) for side in zip(*self.ends, strict=True))
        shape = (len(self.ends), len(self.most))
        return csr_array((weights, (rows, columns)), shape=shape), low, high

    def _solve(self, goal: Mapping[int, float]) -> bool:
        # Slow to load, and wanted only where something is released.
        from scipy.optimize import Bounds, LinearConstraint, milp

        wanted = np.zeros(len(self.most))
        for column, weight in goal.items():
            wanted[column] = weight
        matrix, low, high = self._tied()
        done = milp(
            wanted,
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(len(self.most)),
            bounds=Bounds(0.0, np.array(self.most, dtype=float)),
        )
        if done.x is None:
            return False
        self.found.append(np.rint(done.x).astype(np.int64))
        return True

    def open_enough(self, minimum: int) -> bool:
        """Say whether of every class few enough can be told."""
        for (c, value, r), cell in self.cells.items():
            if not self.classes[c].rows[r] or (not value and not self._has_silent(r)):
                continue
            small = cell.size < minimum or (cell.true is not None and cell.true < minimum)
            if small and not self._wide(cell, min(minimum, cell.size)):
                return False
        return True

    def _wide(self, cell: _Cell, reach: int) -> bool:
        for way in (-1.0, 1.0, 0.0):
            seen = [
                sum(int(one[column]) * int(weight) for column, weight in cell.terms.items())
                for one in self.found
            ]
            if max(seen) >= reach and max(seen) - min(seen) >= reach:
                return True
            if way:
                self._solve({column: way * weight for column, weight in cell.terms.items()})
        return False


def _classes(releases: Sequence[Sighted], told: Mapping[str, str]) -> list[_Class]:
    of: dict[str, list[Counter[tuple[str, str, int, bool]]]] = {}
    for r, release in enumerate(releases):
        for row in release.rows:
            rows = of.setdefault(row.person, [Counter() for _ in releases])
            rows[r][row.stratum, row.round, row.passed, row.open] += 1
    alike: dict[tuple[object, ...], list[str]] = {}
    for person, rows in of.items():
        sign = tuple(tuple(sorted(one.items())) for one in rows)
        alike.setdefault(sign, []).append(person)
    return [
        _Class(
            size=len(people),
            rows=tuple(of[people[0]]),
            values=Counter(told[one] for one in people if one in told),
        )
        for _sign, people in sorted(alike.items(), key=lambda one: one[1])
    ]


def _stands(key: Key, rounds: Sequence[str]) -> Callable[[str, str, int, bool], bool]:
    """Say which rows a count holds: how far they came, in which unit and round."""
    outcome, stratum, in_round = key[2:]
    kind, _, at = outcome.partition(" ")
    step = int(at) if at else 0
    first = rounds[: int(in_round.split()[2].rstrip(":"))] if in_round.startswith("up to ") else ()

    def holds(unit: str, name: str, passed: int, waits: bool) -> bool:
        came = {
            "": True,
            "passed": passed > step,
            "refused": passed == step and not waits,
            "waiting": passed == step and waits,
            "decided": passed > step or (passed == step and not waits),
        }[kind]
        here = not stratum or stratum == (unit or UNNAMED)
        then = not in_round or in_round == f"round {name}" or name in first
        return came and here and then

    return holds
