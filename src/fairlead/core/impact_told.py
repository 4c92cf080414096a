"""What more may be told of released impact tables: tests, what happens within units, rounds watched.

Everything here is made from counts that :mod:`fairlead.core.impact_release` shows, and from nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.decisions import NOT_STATED
from fairlead.core.impact_rates import Count, group_rates
from fairlead.core.impact_results import LEVEL
from fairlead.core.impact_strata import stratified
from fairlead.core.watching import ALARM, watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.impact_release import ReleasedImpact, ReleasedTable
    from fairlead.core.impact_results import GroupRate, Stratified
    from fairlead.core.watching import Table, Watched

SILENT: Final = frozenset({NOT_STATED})


def rates_of(table: ReleasedTable, *, level: float = LEVEL) -> dict[str, GroupRate]:
    """Compare the groups of a released table that are shown in full, with all tests and why it is said so.

    Groups that are shown together only stand under their names joined by commas. The figures that a released
    table holds itself are the same.
    """
    counts = [Count(one.group, one.n, one.selected) for one in table.groups
              if one.group not in SILENT and one.n is not None and one.selected is not None]  # fmt: skip
    found = group_rates(counts, table.reference, named=False, level=level)
    return {one.group: one for one in found}


def within(
    found: ReleasedImpact, attribute: str, *, inside: str, level: float = LEVEL
) -> tuple[Stratified, ...]:
    """Compare each group with the reference inside the units that show both in full.

    Pooled and inside are both of these units alone, so that a difference in direction (Simpson's paradox)
    does not come from the units that are left out. Groups without any such unit are left out.

    Parameters
    ----------
    found
        A release.
    attribute
        One of its attributes.
    inside
        What the units are called in sentences ("unit", "level").
    """
    whole = found.find(attribute)
    strata = [one for one in found.tables if one.attribute == attribute and one.stratum]
    told = []
    for group in whole.groups:
        if group.group in {NOT_STATED, whole.reference} or group.together:
            continue
        tables = [one for table in strata if (one := _beside(table, group.group, whole.reference))]
        if tables:
            told.append(
                stratified(group.group, tables, reference=whole.reference, inside=inside, level=level)
            )
    return tuple(told)


def _beside(table: ReleasedTable, group: str, reference: str) -> Table | None:
    shown = {one.group: (one.selected, one.n) for one in table.groups}
    x, n = shown.get(group, (None, None))
    x_ref, n_ref = shown.get(reference, (None, None))
    if x is None or n is None or x_ref is None or n_ref is None:
        return None
    return x, n, x_ref, n_ref


def over_rounds(
    tables: Sequence[tuple[str, ReleasedTable | None]], groups: Sequence[str], *, level: float = LEVEL
) -> tuple[Watched, ...]:
    """Watch each group beside everybody else over the rounds, as far as each round shows it.

    Everybody else are all others who were decided on, those who stated nothing among them: how many they are
    is known, also where the silent are withheld.

    Parameters
    ----------
    tables
        Every round in order of time with its released table, or nothing where none was released.
    groups
        The groups to watch: all that can be stated, chosen before anybody looked.
    level
        Coverage of the running intervals.

    Returns
    -------
    tuple of Watched
        Those with one round at least. A group is watched up to the first round that does not show it:
        a round passed over because its count is small would be passed over because of what was decided,
        and the promise of the alarm would be gone. Stopping early keeps it.
    """
    if len(groups) < 2:
        return ()
    found = []
    for group in groups:
        rounds: list[tuple[str, list[Table]]] = []
        for name, table in tables:
            one = None if table is None else _others(table, group)
            if one is None:
                break
            rounds.append((name, [one]))
        if rounds:
            found.append(watched(group, rounds, limit=len(groups) / ALARM, level=level))
    return tuple(found)


def _others(table: ReleasedTable, group: str) -> Table | None:
    shown = {one.group: (one.selected, one.n) for one in table.groups}
    x, n = shown.get(group, (None, None))
    return None if x is None or n is None else (x, n, table.selected - x, table.n - n)
