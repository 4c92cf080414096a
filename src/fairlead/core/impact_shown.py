"""The linked tables of an impact release, and what may be told of the counts that are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.decisions import NOT_STATED
from fairlead.core.impact_rates import Count, group_rates, reference_of
from fairlead.core.impact_results import SMALL_SHARE
from fairlead.core.mantel_haenszel import mantel_haenszel
from fairlead.core.safe_counts import Counts, Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from fairlead.core.decisions import Attribute, Decisions
    from fairlead.core.impact_results import GroupRate, Scope, Word
    from fairlead.core.mantel_haenszel import MantelHaenszel
    from fairlead.core.safe_counts import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedGroup:
    """One group of a released table; ``n`` or ``selected`` is ``None`` where it is withheld.

    What follows from both (rate, ratio, interval, p, shortfall) stands only where all it is made from is
    shown. ``together`` names the groups of which this is the sum, where they are shown together only.
    """

    group: str
    n: int | None
    selected: int | None
    rate: float | None
    impact_ratio: float | None
    low: float | None
    high: float | None
    mid_p: float | None
    shortfall: float | None
    below_four_fifths: bool | None
    said: Word
    small: bool = False
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTable:
    """One decision as it may be shown; ``stratum`` is empty for all of them together.

    ``n`` and ``selected`` are of everybody and known anyway. The last group is "not stated". ``withheld``
    counts the cells that are not shown.
    """

    attribute: str
    scope: Scope
    name: str
    stratum: str
    n: int
    selected: int
    reference: str
    groups: tuple[ReleasedGroup, ...]
    withheld: int
    mantel_haenszel: MantelHaenszel | None = None
    says: str = ""


FIRST, SECOND, OUTCOME, STRATUM, ROUND = range(5)
"""Places of the dimensions in a key."""

UNNAMED = "(not named)"
"""Rows that name no unit or level; no unit can be called so."""


class Layout:
    """The tables that are shown, tied together: by step, inside strata, by round, two attributes crossed.

    ``covered`` are the rounds of former releases, each the first few of those there are now.
    """

    def __init__(self, decisions: Decisions, covered: Sequence[tuple[str, ...]] = ()) -> None:
        self.decisions = decisions
        self.attributes = decisions.attributes[:2]
        names = decisions.rounds.values if decisions.rounds is not None else ()
        if any(one != names and (one != names[: len(one)] or not one) for one in covered):
            raise ValueError("A former release covers rounds that are not the first ones of this table.")
        self.cuts = sorted({len(one) for one in covered} - {len(names)})
        dimensions = [_values(one, secret=True) for one in self.attributes]
        if len(dimensions) == 1:
            dimensions.append(_whole("", len(decisions)))
        dimensions += [
            self._outcome(),
            _values(decisions.strata, secret=False)
            if decisions.strata is not None
            else _whole("", len(decisions)),
            self._rounds(),
        ]
        self.counts = Counts(dimensions, list(self._tables()))

    def _tables(self) -> Iterator[tuple[int, ...]]:
        for place in range(len(self.attributes)):
            yield place, OUTCOME
            if self.decisions.rounds is not None:
                yield place, OUTCOME, ROUND
            if self.decisions.strata is not None:
                # A former release of fewer rounds, taken from this one, leaves the later rounds of a unit.
                yield (place, OUTCOME, STRATUM, ROUND) if self.cuts else (place, OUTCOME, STRATUM)
        if len(self.attributes) == 2:
            yield (FIRST, SECOND, OUTCOME, ROUND) if self.cuts else (FIRST, SECOND, OUTCOME)

    def _outcome(self) -> Dimension:
        """Make the tree of how far people came; a step that left nobody waiting has no node for it."""
        table = self.decisions
        everybody = np.ones(len(table), dtype=bool)
        rows, parts, above = {"": everybody}, {}, ""
        for at in range(len(table.steps)):
            waiting = table.waiting(at)
            if waiting.any():
                decided = f"decided {at}"
                rows |= {decided: table.entered(at), f"waiting {at}": waiting}
                parts[above] = (decided, f"waiting {at}")
                above = decided
            passed, refused = f"passed {at}", f"refused {at}"
            rows |= {passed: table.selected(at), refused: table.entered(at) & ~table.selected(at)}
            parts[above] = (passed, refused)
            above = passed
        return Dimension("outcome", parts, rows)

    def _rounds(self) -> Dimension:
        rounds = self.decisions.rounds
        if rounds is None:
            return _whole("round", len(self.decisions))
        rows = {"": np.ones(len(self.decisions), dtype=bool)}
        parts: dict[str, tuple[str, ...]] = {}
        single = [f"round {name}" for name in rounds.values]
        rows |= {node: rounds.of == place for place, node in enumerate(single)}
        inner: tuple[str, ...] = ()
        done = 0
        for cut in self.cuts:
            node = up_to(rounds.values[:cut])
            parts[node] = (*inner, *single[done:cut])
            rows[node] = rounds.of < cut
            inner, done = (node,), cut
        parts[""] = (*inner, *single[done:])
        return Dimension("round", parts, rows)

    def marked(self, rounds: tuple[str, ...], shown: Sequence[tuple[Key, int]]) -> NDArray[np.bool_]:
        """Mark the counts that a former release of some rounds showed.

        Raises ``ValueError`` where one of them is not what it was then.
        """
        found = np.zeros(len(self.counts.keys), dtype=bool)
        names = self.decisions.rounds.values if self.decisions.rounds is not None else ()
        all_then = "" if rounds == names else up_to(rounds)
        for key, value in shown:
            place = self.counts.places.get((*key[:ROUND], key[ROUND] or all_then))
            if place is None or self.counts.values[place] != value:
                raise ValueError(
                    "Former rounds are not what they were when they were released; take them as they were."
                )
            found[place] = True
        return found

    def never_shown(self) -> NDArray[np.bool_]:
        """Mark counts that no table shows: a unit in one round, the rounds up to a former one."""
        found = []
        for key in self.counts.keys:
            inner = bool(key[ROUND]) and bool(key[STRATUM] or (key[FIRST] and key[SECOND]))
            found.append((inner or key[ROUND].startswith("up to ")) and bool(key[FIRST] or key[SECOND]))
        return np.array(found)

    def in_turn(self) -> Iterator[NDArray[np.bool_]]:
        """Give the counts of each table, the most telling tables first.

        Everybody by one attribute, then round by round, then unit by unit, then both attributes together.
        """
        keys = self.counts.keys
        for cut in ((ROUND, STRATUM), (STRATUM,), ()):
            for place in (FIRST, SECOND):
                yield np.array(
                    [
                        bool(key[place]) and not key[1 - place] and not any(key[one] for one in cut)
                        for key in keys
                    ]
                )
        yield np.array([bool(key[FIRST] and key[SECOND]) for key in keys])


def up_to(rounds: Sequence[str]) -> str:
    """Name the rounds of a former release as one."""
    return f"up to {len(rounds)}: {rounds[-1]}"


def _values(column: Attribute, *, secret: bool) -> Dimension:
    silent = NOT_STATED if secret else UNNAMED
    if {silent, ""} & set(column.values):
        raise ValueError(f"“{silent}” is no value of {column.name}: it stands for rows that have none.")
    rows = {"": np.ones(len(column.of), dtype=bool)}
    rows |= {value: column.of == place for place, value in enumerate(column.values)}
    # Whether somebody stated anything is theirs as well; and where all stated the same, that is all of it.
    if (column.of < 0).any() or (secret and len(column.values) == 1):
        rows[silent] = column.of < 0
    return Dimension(column.name, {"": tuple(rows)[1:]}, rows, secret=secret)


def _whole(name: str, size: int) -> Dimension:
    return Dimension(name, {}, {"": np.ones(size, dtype=bool)})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table stands: the attribute's place, and the other nodes of its keys."""

    attribute: int
    scope: Scope
    name: str
    stratum: str
    n: tuple[str, ...]
    """Outcome nodes whose sum is who was decided on."""
    selected: str
    round: str = ""
    crossed: bool = False


class Telling:
    """Tables of a release, made of shown counts alone."""

    def __init__(self, layout: Layout, withheld: NDArray[np.bool_], *, reference: str, level: float) -> None:
        self.layout = layout
        self.counts = layout.counts
        self.withheld = withheld
        self.reference = reference
        self.level = level

    def tables(self) -> Iterator[ReleasedTable]:
        """Give every table: of each attribute whole, steps, rounds and strata; then both together."""
        steps = self.layout.decisions.steps
        last = f"passed {len(steps) - 1}"
        ends = tuple(f"refused {at}" for at in range(len(steps)))
        for place in range(len(self.layout.attributes)):
            whole = _Place(place, "whole", "", "", (last, *ends), last)
            reference = self.reference if place == FIRST else ""
            named = bool(reference)
            reference = reference or self._reference(whole)
            yield self._table(whole, reference, named=named)
            for at, name in enumerate(steps if len(steps) > 1 else ()):
                n = (f"passed {at}", f"refused {at}")
                yield self._table(_Place(place, "step", name, "", n, n[0]), reference, named=named)
            for node in self._nodes(ROUND, "round "):
                name = node.removeprefix("round ")
                here = _Place(place, "round", name, "", (last, *ends), last, node)
                yield self._table(here, reference, named=named)
            for node in self._nodes(STRATUM):
                here = _Place(place, "whole", "", node, (last, *ends), last)
                yield self._table(here, reference, named=named)
        if len(self.layout.attributes) == 2:
            both = _Place(FIRST, "whole", "", "", (last, *ends), last, crossed=True)
            yield self._table(both, self._reference(both), named=False)

    def _nodes(self, dimension: int, beginning: str = "") -> list[str]:
        nodes = self.counts.dimensions[dimension].nodes()
        return [node for node in nodes if node and node.startswith(beginning)]

    def _groups(self, at: _Place) -> list[tuple[str, tuple[str, str]]]:
        """Give the groups of a table: their name, and their nodes of both attributes."""
        dimensions = self.counts.dimensions
        if at.crossed:
            first, second = (
                [one for one in dimensions[place].nodes() if one and one != NOT_STATED]
                for place in (FIRST, SECOND)
            )
            return [(f"{a}, {b}", (a, b)) for a in first for b in second]
        nodes = [one for one in dimensions[at.attribute].nodes() if one]
        return [(one, (one, "") if at.attribute == FIRST else ("", one)) for one in nodes]

    def _shown(self, at: _Place, nodes: tuple[str, str], outcomes: Sequence[str]) -> int | None:
        """Give a sum of shown counts, or nothing where one of them is withheld.

        A total that is shown stands for its parts.
        """
        if set(outcomes) == set(at.n) and not self._waiting():
            above = "" if at.scope != "step" else self._above(at)
            return self._cell((*nodes, above, at.stratum, at.round))
        found = [self._cell((*nodes, one, at.stratum, at.round)) for one in outcomes]
        return None if None in found else sum(one for one in found if one is not None)

    def _above(self, at: _Place) -> str:
        step = self.layout.decisions.steps.index(at.name)
        return f"passed {step - 1}" if step else ""

    def _waiting(self) -> bool:
        return bool(self.layout.decisions.open.any())

    def _cell(self, key: Key) -> int | None:
        place = self.counts.places[key]
        return None if self.withheld[place] else int(self.counts.values[place])

    def _known(self, at: _Place) -> tuple[int, int]:
        n = self._shown(at, ("", ""), at.n)
        x = self._shown(at, ("", ""), (at.selected,))
        assert n is not None  # noqa: S101 - what has no secret in it is never withheld
        assert x is not None  # noqa: S101 - as above
        return n, x

    def _counted(self, at: _Place) -> list[tuple[str, int | None, int | None]]:
        return [
            (name, self._shown(at, nodes, at.n), self._shown(at, nodes, (at.selected,)))
            for name, nodes in self._groups(at)
        ]

    def _reference(self, at: _Place) -> str:
        return reference_of(_both(self._counted(at)))

    def _table(self, at: _Place, reference: str, *, named: bool) -> ReleasedTable:
        n, selected = self._known(at)
        counted = self._counted(at)
        full = _both(counted)
        hidden = [name for name, of, x in counted if of is None or x is None]
        together: tuple[str, ...] = ()
        # The rest is known from the total; with silence in it, it is no group.
        if len(hidden) > 1 and NOT_STATED not in hidden and not at.crossed:
            rest = Count(
                ", ".join(hidden),
                n - sum(of for _, of, x in counted if of is not None and x is not None),
                selected - sum(x for _, of, x in counted if of is not None and x is not None),
            )
            full.append(rest)
            together = tuple(hidden)
        rates = {one.group: one for one in group_rates(full, reference, named=named, level=self.level)}
        stated = sum(of for name, of, _ in counted if of is not None and name != NOT_STATED)
        groups = [_group(name, of, x, rates.get(name), stated) for name, of, x in counted]
        if together:
            one = rates[", ".join(together)]
            groups.append(_group(one.group, one.n, one.selected, one, stated, together))
        silent = [one for one in groups if one.group == NOT_STATED]
        groups = [one for one in groups if one.group != NOT_STATED] + silent
        found, says = self._within(at, reference) if at.scope == "whole" and not at.stratum else (None, "")
        return ReleasedTable(
            attribute=self._name(at), scope=at.scope, name=at.name, stratum=at.stratum, n=n,
            selected=selected, reference=reference, groups=tuple(groups),
            withheld=sum((of is None) + (x is None) for _, of, x in counted), mantel_haenszel=found,
            says=says,
        )  # fmt: skip

    def _name(self, at: _Place) -> str:
        names = [one.name for one in self.layout.attributes]
        return ", ".join(names) if at.crossed else names[at.attribute]

    def _within(self, at: _Place, reference: str) -> tuple[MantelHaenszel | None, str]:
        """Compare everybody else with the reference inside the strata that are shown in full."""
        strata = self._nodes(STRATUM)
        if not strata or not reference or at.crossed:
            return None, ""
        tables = []
        for node in strata:
            here = _Place(at.attribute, "whole", "", node, at.n, at.selected)
            counted = {name: (n, x) for name, n, x in self._counted(here)}
            mine, chosen = counted.get(reference, (None, None))
            silent, chosen_silent = counted.get(NOT_STATED, (0, 0))
            n, x = self._known(here)
            if mine is None or chosen is None or silent is None or chosen_silent is None:
                continue
            tables.append((x - chosen - chosen_silent, n - mine - silent, chosen, mine))
        inside = self.layout.decisions.strata.name if self.layout.decisions.strata is not None else ""
        if not tables:
            return None, f"No {inside} can be shown in full, so nothing is said of what happens within."
        left = len(strata) - len(tables)
        shown = f"{len(tables)} of {len(strata)} shown in full"
        told = f"Everybody else beside {reference} within each {inside} ({shown})."
        if left:
            told += " The others hold withheld counts and are left out."
        return mantel_haenszel(tables, level=self.level), told


def _both(counted: Sequence[tuple[str, int | None, int | None]]) -> list[Count]:
    return [
        Count(name, n, x) for name, n, x in counted if name != NOT_STATED and n is not None and x is not None
    ]


def _group(
    name: str,
    n: int | None,
    selected: int | None,
    rate: GroupRate | None,
    stated: int,
    together: tuple[str, ...] = (),
) -> ReleasedGroup:
    said: Word = "too few to say" if rate is None else rate.said
    return ReleasedGroup(
        group=name, n=n, selected=selected,
        rate=selected / n if n and selected is not None else None,
        impact_ratio=rate.impact_ratio if rate else None, low=rate.low if rate else None,
        high=rate.high if rate else None, mid_p=rate.mid_p if rate else None,
        shortfall=rate.shortfall if rate else None,
        below_four_fifths=rate.below_four_fifths if rate else None, said=said,
        small=n is not None and n * SMALL_SHARE < stated and name != NOT_STATED, together=together,
    )  # fmt: skip
