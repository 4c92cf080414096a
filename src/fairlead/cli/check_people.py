"""What ``fairlead check`` says of a people list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairlead.cli.check_page import Found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairlead.core.roster import RosterPlan, Standing
    from fairlead.sources.roster import RosterFile


def check_people(
    name: str, data: bytes, names: Mapping[str, str], today: date, known: set[str] | None = None
) -> Found:
    """Try a people list as the first import into an empty roster; ``known`` takes up people's names."""
    from fairlead.core.roster import apply, plan_roster
    from fairlead.sources.roster import read_roster

    read = read_roster(name, data, names=names, today=today)
    found = Found(file=name, kind="people list", notes=_columns(read), mapping=read.mapping)
    if read.needs_mapping:
        return replace(found, problems=read.problems)
    plan = plan_roster(
        read.rows,
        (),
        file=name,
        columns=read.columns,
        complete=False,
        today=today,
        places=read.places,
    )
    if known is not None:
        known |= {way for row in read.rows for way in (row.name, row.email, row.id) if way}
    notices = (str(one).removeprefix(f"{name}, ") for one in (*read.notices, *plan.notices))
    return replace(
        found,
        numbers=_organization(apply(plan, ()), len(read.rows), plan, today),
        notes=(*found.notes, *(notice.removeprefix(f"{name}: ") for notice in notices)),
        problems=plan.refused,
    )


def _columns(read: RosterFile) -> tuple[str, ...]:
    """Say what columns with other names than ours were taken for, and which are not read."""
    notes = []
    taken = [f"“{theirs}” is {ours}" for theirs, ours in read.mapping if ours not in {"", theirs}]
    if taken:
        notes.append(f"Columns: {', '.join(taken)}.")
    if read.unmapped:
        notes.append(f"Not read: {', '.join(read.unmapped)}.")
    if not read.needs_mapping and "email" not in read.columns:
        notes.append("Without an email column people are told apart by their names only.")
    return tuple(notes)


def _organization(
    people: Sequence[Standing], rows: int, plan: RosterPlan, today: date
) -> tuple[tuple[str, str | int | float | None], ...]:
    from fairlead.core.roster import org_facts

    facts = org_facts(people, today=today)
    return (
        ("rows", rows),
        ("rows_refused", len({problem.line for problem in plan.refused})),
        ("people", facts.people),
        ("left", facts.left),
        ("with_email", sum(bool(person.email) for person in people)),
        ("with_manager", facts.people - facts.without_manager),
        ("units", facts.units),
        ("heads", facts.heads),
        ("levels_deep", facts.levels_deep),
        ("span_median", facts.span_median),
        ("span_largest", facts.span_largest),
    )
