"""One file of people on its way in: read, looked at, done in one transaction, and undone."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.core.problems import Problem
from fairlead.core.roster import plan_roster
from fairlead.sources import plain, roster, sandbox
from fairlead.web import trail
from fairlead.web.roster import carrying, standing
from fairlead.web.roster.models import RosterImport
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.core.roster import RosterPlan
    from fairlead.sources.roster import RosterFile
    from fairlead.web.people.models import Person
    from fairlead.web.roster.standing import Held

State = RosterImport.State

MANY: Final = 0.2
"""A file that marks more than this share of the people as left needs their number typed."""

OVERTAKEN: Final = (
    "The roster has changed since this was worked out. Look once more at what would happen now."
)
ALREADY: Final = "This list is not waiting any more."
TYPE_IT: Final = "Type {number} to say that so many people are to be marked as left."
CHANGED_SINCE: Final = "This cannot be undone: {names} changed since."
_NAMED: Final = 10


def begin(
    actor: Person | None,
    *,
    name: str,
    data: bytes,
    complete: bool,
    mapping: Mapping[str, str] | None = None,
) -> RosterImport:
    """Read a file in the sandbox and work out what it would change; ``BadInput`` if it is no table."""
    name = name[:200]
    table = sandbox.read_table(name, data, rows_alone=True)
    found = RosterImport(
        actor=actor,
        file=name,
        digest=hashlib.sha256(data).hexdigest(),
        complete=complete,
        mapping=dict(mapping or {}),
        rows=plain.table_out(table),
    )
    _work_out(found)
    found.save()
    trail.record(actor, "preview_import", found, rows=len(table))
    return found


def begin_pasted(actor: Person, *, text: str, complete: bool) -> RosterImport:
    """Read what was pasted from a sheet."""
    return begin(actor, name=roster.PASTED, data=roster.pasted_bytes(text), complete=complete)


@transaction.atomic
def choose_columns(actor: Person, waiting: RosterImport, mapping: Mapping[str, str]) -> RosterImport:
    """Take the columns as somebody has said, and work it out again."""
    found = _waiting(waiting)
    found.mapping = dict(mapping)
    _work_out(found)
    found.save()
    trail.record(actor, "choose_columns", found)
    return found


@transaction.atomic
def look_again(waiting: RosterImport) -> RosterImport:
    """Work out once more what a waiting list would change, as the roster stands now."""
    found = _waiting(waiting)
    _work_out(found)
    found.save(update_fields=["plan"])
    return found


@transaction.atomic
def drop(actor: Person | None, waiting: RosterImport) -> None:
    """Do not import it: its rows are removed at once."""
    found = _waiting(waiting)
    found.state, found.rows, found.plan = State.DROPPED, None, _kept(found.plan)
    found.save(update_fields=["state", "rows", "plan"])
    trail.record(actor, "drop_import", found)


@transaction.atomic
def carry_out(actor: Person | None, waiting: RosterImport, *, typed: str = "") -> RosterImport:
    """Do what the preview says, all of it or nothing; ``Refused`` where it would be something else now.

    Sent twice, the second finds it done.
    """
    carrying.one_at_a_time()
    found = RosterImport.objects.select_for_update().get(pk=waiting.pk)
    if found.state == State.DONE:
        return found
    if found.state != State.PREVIEW or not found.plan.get("ready"):
        raise Refused(ALREADY)
    seen = found.plan["fingerprint"]
    held = standing.everybody()
    plan = _work_out(found, held)
    if plan is None or found.plan["fingerprint"] != seen:
        raise Refused(OVERTAKEN)
    if found.plan["many"] and typed.strip() != str(found.plan["many"]):
        raise Refused(TYPE_IT.format(number=found.plan["many"]))
    found.before = carrying.Carrying(held, timezone.localdate()).carry_out(plan)
    found.state, found.done_at, found.rows, found.plan = State.DONE, timezone.now(), None, _kept(found.plan)
    found.save()
    known = {pk for pk, said in found.before["people"].items() if said["was"] is not None}
    changed = [one for one in held.people.values() if str(one.pk) in known]
    # Each of them finds in their record that it was changed, and by whom.
    doings = [trail.Doing("change_person", one, one, {"by": "import"}) for one in changed]
    trail.record_many(actor, [*doings, trail.Doing("import", found, None, found.plan["counts"])])
    return found


def undo(actor: Person | None, done: RosterImport) -> RosterImport:
    """Put back what an import or a change by hand replaced, unless somebody changed it since."""
    with transaction.atomic():
        carrying.one_at_a_time()
        found = RosterImport.objects.select_for_update().get(pk=done.pk)
        if found.state != State.DONE or found.before is None:
            raise Refused("There is nothing to undo here any more.")
        undoing = carrying.Undoing(found.before)
        others = undoing.changed_since()
        if others:
            raise Refused(CHANGED_SINCE.format(names=_listed(others)))
        undoing.put_back()
        found.state, found.undone_at, found.before = State.UNDONE, timezone.now(), None
        found.save(update_fields=["state", "undone_at", "before"])
        trail.record(actor, "undo_import", found, people=len(undoing.people))
    return found


def read_again(found: RosterImport, held: Held) -> RosterFile:
    """Give a waiting list as rows, with the columns as they are chosen now."""
    table = plain.table_in(found.rows)
    today = timezone.localdate()
    return roster.from_table(table, names=found.mapping, today=today, standing=held.standing(today))


def _work_out(found: RosterImport, held: Held | None = None) -> RosterPlan | None:
    """Plan the list against the roster and keep what it says; ``None`` while its columns are not known."""
    held = held or standing.everybody()
    today = timezone.localdate()
    read = read_again(found, held)
    columns = {
        "mapping": [list(pair) for pair in read.mapping],
        "samples": [[name, list(cells)] for name, cells in read.samples],
        "unmapped": list(read.unmapped),
    }
    if read.needs_mapping:
        found.plan = columns | {"ready": False, "problems": [asdict(one) for one in read.problems]}
        return None
    known = held.standing(today, read.rows)
    plan = plan_roster(
        read.rows,
        known,
        file=found.file,
        columns=read.columns,
        complete=found.complete,
        today=today,
        places=read.places,
    )
    found.plan = columns | {"ready": True} | told(plan, read, len([one for one in known if not one.left]))
    return plan


def told(plan: RosterPlan, read: RosterFile, present: int) -> dict[str, Any]:
    """Give a plan as plain values for the preview, the report and a comparison."""
    lists: dict[str, Any] = {
        "added": [[row.line, row.id, row.name, row.title, row.unit] for row in plan.added],
        "changed": [
            [one.row.line, one.row.id, one.row.name, [[c.field, c.before, c.after] for c in one.changes]]
            for one in plan.changed
        ],
        "left": [[one.line, one.id, one.name, one.on.isoformat(), one.reason, one.why] for one in plan.left],
        "returned": [[row.line, row.id, row.name, row.title, row.unit] for row in plan.returned],
        "refused": [asdict(one) for one in plan.refused],
        "notices": [asdict(one) for one in (*read.notices, *plan.notices)],
        "new_units": list(plan.new_units),
    }
    counts = {name: len(lists[name]) for name in ("added", "changed", "left", "returned")}
    counts |= {"unchanged": plan.unchanged, "refused": len({one.line for one in plan.refused})}
    return lists | {
        "counts": counts,
        "empty": plan.empty,
        "many": len(plan.left) if len(plan.left) > MANY * present else 0,
        "fingerprint": standing.fingerprint(lists),
    }


def _kept(plan: dict[str, Any]) -> dict[str, Any]:
    """Keep of a plan what the report needs, and no row of anybody who was taken in."""
    return {
        name: plan[name] for name in ("counts", "refused", "notices", "new_units", "problems") if name in plan
    }


def _waiting(waiting: RosterImport) -> RosterImport:
    found = RosterImport.objects.select_for_update().get(pk=waiting.pk)
    if found.state != State.PREVIEW:
        raise Refused(ALREADY)
    return found


def _listed(names: list[str]) -> str:
    shown = names[:_NAMED] if len(names) <= _NAMED + 1 else [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    return names[0] if len(names) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def problems(told_: list[dict[str, Any]]) -> list[Problem]:
    """Give kept sentences as problems."""
    return [Problem(**one) for one in told_]
