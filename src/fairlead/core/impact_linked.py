"""Whether released impact tables, taken together, say of somebody what they stated.

:mod:`fairlead.core.impact_release` makes one table of decisions safe, each row for itself. Here rows are tied
to people: who stands in two rounds stated the same in both, so that two tables which are safe alone can tell
what the one stated who stands in only one of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from fairlead.core.decisions import NOT_STATED
from fairlead.core.impact_shown import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.core.safe_counts import Key


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
    """What one release showed, and the rows behind it; ``rounds`` in the order of time."""

    shown: tuple[tuple[Key, int], ...]
    rows: tuple[Row, ...]
    rounds: tuple[str, ...]


def gives_away(
    earlier: Sequence[Sighted], new: Sighted, stated: Sequence[Mapping[str, str]], *, minimum: int
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
    minimum
        As in the releases.

    Returns
    -------
    bool
        People who are alike in all that is known of them (rounds, units, outcomes, whether they state it now)
        are one class. Where fewer than ``minimum`` of a class state a value, the whole numbers that fit all
        that was shown span ``minimum`` and may reach it, or are all that the size of the class allows; where
        that fails for one class, it is ``True``.

    Notes
    -----
    Exact ends by integer programs (HiGHS). The reader is taken to know who was decided on when, where and
    how, and who states something now. Who had stated it at a former release is not kept: it is taken to be
    those who state it now, and where that cannot be, anybody. Former releases that fit with neither (somebody
    stated something else since) are left out, the oldest first: a reader who ties them together is wrong.
    Each attribute is looked at for itself, and both taken together for themselves.
    """
    words: list[tuple[int, Mapping[str, str]]] = list(enumerate(stated[:2]))
    if len(words) == 2:
        first, second = stated[:2]
        words.append((2, {one: f"{first[one]}\n{second[one]}" for one in first.keys() & second.keys()}))
    return any(_narrowed(list(earlier), new, place, told, minimum) for place, told in words)


def _narrowed(
    earlier: list[Sighted], new: Sighted, place: int, told: Mapping[str, str], minimum: int
) -> bool:
    while True:
        for anybody in (False, True):
            program = _Program([*earlier, new], place, told, anybody=anybody)
            if program.fits():
                return not program.open_enough(minimum)
        if not earlier:
            return False
        earlier = earlier[1:]


@dataclass(frozen=True, slots=True)
class _Class:
    """People who are alike in all that is known; ``rows`` count their rows in each release."""

    size: int
    told: bool
    rows: tuple[Mapping[tuple[str, str, int, bool], int], ...]
    values: Mapping[str, int]


class _Program:
    """The whole numbers that fit: of each class, how many state each value."""

    def __init__(
        self, releases: Sequence[Sighted], place: int, told: Mapping[str, str], *, anybody: bool
    ) -> None:
        """``anybody``: not only who states nothing now may have stated nothing at a former release."""
        self.releases = releases
        self.place = place
        self.classes = _classes(releases, told)
        self.values = sorted(
            {value for one in self.classes for value in one.values}
            | {value for one in releases for key, _count in one.shown if (value := self._value(key))}
        )
        self.bounds: list[int] = []
        self.state = {(c, v): self._new(one.size) for c, one in enumerate(self.classes) for v in self.values}
        last = len(releases) - 1
        self.silent = {
            (c, v, r): self._new(one.size)
            for c, one in enumerate(self.classes)
            for r in range(last)
            if one.rows[r] and (anybody or not one.told)
            for v in self.values
        }
        self.entries: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self._tie()
        self.matrix = csr_array(
            (
                [one[2] for one in self.entries],
                ([one[0] for one in self.entries], [one[1] for one in self.entries]),
            ),
            shape=(len(self.low), max(len(self.bounds), 1)),
        )
        self.found: list[NDArray[np.int64]] = []

    def _new(self, most: int) -> int:
        self.bounds.append(most)
        return len(self.bounds) - 1

    def _value(self, key: Key) -> str:
        """Give the value that a count is of, or nothing where it is of another attribute."""
        first, second = key[:2]
        if self.place == 2:
            return f"{first}\n{second}" if first and second and NOT_STATED not in key[:2] else ""
        mine, other = (first, second) if self.place == 0 else (second, first)
        return "" if other or mine == NOT_STATED else mine

    def _silent(self, key: Key) -> bool:
        return self.place < 2 and key[self.place] == NOT_STATED and not key[1 - self.place]

    def _line(self, terms: Mapping[int, float], low: float, high: float) -> None:
        self.entries += [(len(self.low), column, weight) for column, weight in terms.items()]
        self.low.append(low)
        self.high.append(high)

    def _tie(self) -> None:
        for c, one in enumerate(self.classes):
            self._line({self.state[c, v]: 1.0 for v in self.values}, one.size, one.size)
        for (c, v, r), column in self.silent.items():
            del r
            self._line({self.state[c, v]: 1.0, column: -1.0}, 0.0, np.inf)
        for r, release in enumerate(self.releases):
            for key, count in release.shown:
                value = self._value(key)
                if value or self._silent(key):
                    self._shown(r, release, key, count)

    def _shown(self, r: int, release: Sighted, key: Key, count: int) -> None:
        """Tie the classes to one count that was shown."""
        value, last = self._value(key), len(self.releases) - 1
        if not value and r == last:
            return  # who states nothing now is known
        terms: dict[int, float] = {}
        stands = _stands(key, release.rounds)
        for c, one in enumerate(self.classes):
            rows = sum(times for row, times in one.rows[r].items() if stands(*row))
            if not rows:
                continue
            if not value:
                terms |= {self.silent[c, v, r]: float(rows) for v in self.values if (c, v, r) in self.silent}
            elif r < last or one.told:
                terms[self.state[c, value]] = float(rows)
                if (c, value, r) in self.silent:
                    terms[self.silent[c, value, r]] = -float(rows)
        self._line(terms, count, count)

    def fits(self) -> bool:
        """Say whether any whole numbers fit, and keep some."""
        return not self.bounds or self._solve(0, 0.0)

    def _solve(self, column: int, way: float) -> bool:
        # Slow to load, and wanted only where something is released.
        from scipy.optimize import Bounds, LinearConstraint, milp

        goal = np.zeros(len(self.bounds))
        goal[column] = way
        done = milp(
            goal,
            constraints=LinearConstraint(self.matrix, np.array(self.low), np.array(self.high)),
            integrality=np.ones(len(self.bounds)),
            bounds=Bounds(0.0, np.array(self.bounds, dtype=float)),
        )
        if done.x is None:
            return False
        self.found.append(np.rint(done.x).astype(np.int64))
        return True

    def open_enough(self, minimum: int) -> bool:
        """Say whether of every class few enough can be told."""
        for c, one in enumerate(self.classes):
            for v in self.values:
                small = one.size < minimum or (one.told and one.values.get(v, 0) < minimum)
                if small and not self._wide(self.state[c, v], min(minimum, one.size)):
                    return False
        return True

    def _wide(self, column: int, reach: int) -> bool:
        for way in (-1.0, 1.0, 0.0):
            seen = [int(one[column]) for one in self.found]
            if max(seen) >= reach and max(seen) - min(seen) >= reach:
                return True
            if way:
                self._solve(column, way)
        return False


def _classes(releases: Sequence[Sighted], told: Mapping[str, str]) -> list[_Class]:
    of: dict[str, list[Counter[tuple[str, str, int, bool]]]] = {}
    for r, release in enumerate(releases):
        for row in release.rows:
            rows = of.setdefault(row.person, [Counter() for _ in releases])
            rows[r][row.stratum, row.round, row.passed, row.open] += 1
    alike: dict[tuple[object, ...], list[str]] = {}
    for person, rows in of.items():
        sign = (person in told, *(tuple(sorted(one.items())) for one in rows))
        alike.setdefault(sign, []).append(person)
    return [
        _Class(
            size=len(people),
            told=people[0] in told,
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
