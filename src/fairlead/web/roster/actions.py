"""Every change of the organization made by hand; each can be undone as an import can."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.core.roster import COLUMNS, RosterRow, plan_roster
from fairlead.web import trail
from fairlead.web.people.models import Person
from fairlead.web.rooms import offers
from fairlead.web.roster import carrying, standing
from fairlead.web.roster.forgetting import forget_names
from fairlead.web.roster.models import LongLeave, Position, RosterImport, Unit
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

__all__ = ["forget_names"]  # offered to all rooms, beside what is written here

BY_HAND: Final = {
    "add_person": "Added",
    "change_person": "Changed",
    "mark_left": "Marked as left",
    "bring_back": "Brought back",
    "correct_position": "Corrected a position",
    "remove_position": "Removed a position",
    "change_leave": "Changed a long leave",
    "change_unit": "Changed a unit",
    "merge_units": "Merged a unit",
}
"""What can be done by hand, in the words of the list of changes."""

_HIGHEST: Final = 100
"""Floors to walk up before giving up: no organization has as many."""


def look(actor: Person, of: Person | Position | LongLeave) -> None:
    """Note that somebody opened what only its person and people operations see."""
    trail.saw(actor, of, subject=of if isinstance(of, Person) else of.person)


def note_export(actor: Person) -> None:
    """Note that the roster was taken along: for whoever did it, and for each person who is in it."""
    everybody = Person.objects.filter(number__isnull=False).exclude(pk=actor.pk).only("pk")
    mine = trail.Doing("export_roster", actor)
    trail.record_many(actor, [mine, *(trail.Doing("export_roster", one, one) for one in everybody)])


# --- people ----------------------------------------------------------------------------------


@transaction.atomic
def save_person(
    actor: Person, *, person: Person | None, verb: str, **values: Any
) -> tuple[Person, RosterImport | None]:
    """Add or change somebody as a list of one row would: the same checks, the same sentences.

    ``values`` are columns of the roster; what is not named stays. Without a difference nothing is
    written and there is no record.
    """
    carrying.one_at_a_time()
    today = timezone.localdate()
    number: str = (person.number or "") if person else values["id"]
    held = standing.some(_around(person, values))
    if person is None and Person.objects.filter(number=number).exists():
        raise Refused(f"The id {number} is somebody's already.")
    known = {one.id: one for one in held.standing(today)}
    before = {name: getattr(known[number], name) for name in COLUMNS} if number in known else {}
    row = RosterRow(line=1, **before | values)
    # A leave that is over is not in `known` unless the row names it: it stays as it is.
    plan = plan_roster([row], known.values(), file="", columns=COLUMNS, complete=False, today=today)
    if plan.refused:
        raise Refused(" ".join(f"{one.wrong} {one.right}".strip() for one in plan.refused))
    wrong = [one for one in plan.notices if "none of the four tracks" in one.wrong]
    if wrong:
        raise Refused(f"{wrong[0].wrong} {wrong[0].right}")
    if plan.empty:
        return held.people[number], None
    before_it = carrying.Carrying(held, today).carry_out(plan)
    done = held.people[number]
    return done, _keep(actor, verb, done, before_it)


@transaction.atomic
def correct_position(actor: Person, *, position: Position, **values: Any) -> RosterImport | None:
    """Correct a stretch of time in the past or now: from, to, unit, manager, title, level, track."""
    with _by_hand(actor, "correct_position", [position.person]) as record:
        for name, value in values.items():
            setattr(position, name, value)
        _check_position(position)
        position.save()
    return record[0]


@transaction.atomic
def remove_position(actor: Person, *, position: Position) -> RosterImport | None:
    """Remove a stretch of time that never was."""
    if not Position.objects.filter(person=position.person).exclude(pk=position.pk).exists():
        raise Refused("This is the only position of this person; correct it instead.")
    with _by_hand(actor, "remove_position", [position.person]) as record:
        position.delete()
    return record[0]


@transaction.atomic
def save_leave(
    actor: Person, *, person: Person, leave: LongLeave | None, since: date, last: date | None
) -> RosterImport | None:
    """Add or correct a long leave: its days, never why."""
    until = last + standing.ONE_DAY if last else None
    others = LongLeave.objects.filter(person=person).exclude(pk__in=[leave.pk] if leave else [])
    for other in others:
        if (until is None or other.since < until) and (other.until is None or since < other.until):
            end = standing.last_day(other)
            raise Refused(f"There is a leave already from {other.since} to {end or 'now'}.")
    with _by_hand(actor, "change_leave", [person]) as record:
        LongLeave.objects.update_or_create(
            pk=leave.pk if leave else uuid.uuid4(),
            defaults={"person": person, "since": since, "until": until},
        )
    return record[0]


@transaction.atomic
def remove_leave(actor: Person, *, leave: LongLeave) -> RosterImport | None:
    """Remove a long leave that was not."""
    with _by_hand(actor, "change_leave", [leave.person]) as record:
        leave.delete()
    return record[0]


# --- units -----------------------------------------------------------------------------------


@transaction.atomic
def save_unit(
    actor: Person, *, unit: Unit | None, name: str, parent: Unit | None, closed_on: date | None
) -> Unit:
    """Add a unit, rename it, put it inside another one, or close it."""
    same = Unit.objects.filter(name=name).exclude(pk__in=[unit.pk] if unit else []).first()
    if same:
        raise Refused(f"There is a unit called {name} already. To make one of two, merge them.")
    above = parent
    for _ in range(_HIGHEST):
        if above is None:
            break
        if unit and above.pk == unit.pk:
            raise Refused(f"{name} would be inside itself.")
        above = above.parent
    if unit and closed_on and _people_of(unit, closed_on):
        raise Refused(f"There are people in {unit.name} on that day. Move them first, or merge the unit.")
    found = unit or Unit()
    with _by_hand(actor, "change_unit", [], [found]):
        found.name, found.parent, found.closed_on = name, parent, closed_on
        found.save()
    return found


@transaction.atomic
def merge_units(actor: Person, *, unit: Unit, into: Unit, always: bool) -> RosterImport | None:
    """Move everybody of a unit into another one today; ``always`` corrects the past as well.

    Afterwards the unit is closed, or, if it was the same one all along, gone.
    """
    if unit.pk == into.pk:
        raise Refused("A unit cannot be merged with itself.")
    carrying.one_at_a_time()
    today = timezone.localdate()
    rows = Position.objects.filter(unit=unit)
    moved = rows if always else rows.exclude(until__lte=today)
    people = list(Person.objects.filter(pk__in=moved.values("person"), number__isnull=False))
    parts = list(Unit.objects.filter(parent=unit))
    with _by_hand(actor, "merge_units", people, [unit, into, *parts]) as record:
        Unit.objects.filter(parent=unit).exclude(pk=into.pk).update(parent=into)
        if into.parent_id == unit.pk:
            into.parent = unit.parent
            into.save(update_fields=["parent"])
        if always:
            moved.update(unit=into)
            for _room, unit_merged in offers("actions", "unit_merged"):
                unit_merged(unit, into)
            Unit.objects.filter(pk=unit.pk).delete()
        else:
            _move(list(moved), into, today)
            Unit.objects.filter(pk=unit.pk).update(closed_on=today)
    return record[0]


def _move(rows: list[Position], into: Unit, today: date) -> None:
    """End standing positions today and begin the same ones in another unit."""
    begun = [row for row in rows if row.since >= today]
    Position.objects.filter(pk__in=[row.pk for row in begun]).update(unit=into)
    ended = [(row, row.until) for row in rows if row.since < today]
    Position.objects.filter(pk__in=[row.pk for row, _ in ended]).update(until=today)
    Position.objects.bulk_create(
        [
            Position(
                person_id=row.person_id,
                since=today,
                until=until,
                manager_id=row.manager_id,
                unit=into,
                title=row.title,
                level=row.level,
                track=row.track,
            )
            for row, until in ended
        ]
    )


# --- what all of them share --------------------------------------------------------------------


@contextmanager
def _by_hand(
    actor: Person, verb: str, people: Collection[Person], units: Collection[Unit] = ()
) -> Iterator[list[RosterImport]]:
    """Keep what people and units were before, so that the change can be undone; in one transaction."""
    carrying.one_at_a_time()
    kept: list[RosterImport] = []
    pks = [person.pk for person in people]
    names = {person.pk: str(person) for person in people}
    was = _told(pks)
    were: dict[uuid.UUID, Any] = {one.pk: None for one in units}
    were |= {
        one.pk: carrying.told_of_unit(one) for one in Unit.objects.filter(pk__in=[one.pk for one in units])
    }
    yield kept
    now = _told(pks)
    are = {one.pk: carrying.told_of_unit(one) for one in Unit.objects.filter(pk__in=list(were))}
    before = {
        "people": {
            str(pk): {"name": names[pk], "was": was[pk], "now": standing.fingerprint(now[pk])} for pk in pks
        },
        "units": {str(pk): {"was": were[pk], "now": are.get(pk)} for pk in were},
    }
    about: Any = people[0] if len(people) == 1 else next(iter(units), None)  # type: ignore[index]
    kept.append(_keep(actor, verb, about, before))


def _told(pks: Collection[uuid.UUID]) -> dict[uuid.UUID, Any]:
    held = standing.some(pks)
    return {person.pk: held.told(person) for person in held.people.values()}


def _keep(actor: Person, verb: str, about: Person | Unit, before: dict[str, Any]) -> RosterImport:
    """Note a change in the list of changes and in the record."""
    done = RosterImport.objects.create(
        actor=actor,
        state=RosterImport.State.DONE,
        file=str(about)[:200],
        digest="",
        mapping={"by_hand": verb, "kind": about._meta.model_name, "about": str(about.pk)},  # noqa: SLF001 - Django's public name
        before=before,
        done_at=timezone.now(),
    )
    trail.record(actor, verb, about, subject=about if isinstance(about, Person) else None)
    return done


def _around(person: Person | None, values: dict[str, Any]) -> set[uuid.UUID]:
    """Find whom a change of one person can concern: the manager and all above, whoever has the address."""
    found = {person.pk} if person else set()
    if values.get("email"):
        found |= set(Person.objects.filter(email__iexact=values["email"]).values_list("pk", flat=True))
    boss = Person.objects.filter(number=values.get("manager_id") or None).values_list("pk", flat=True).first()
    if boss is None and person:
        newest = Position.objects.filter(person=person).order_by("-since").first()
        boss = newest.manager_id if newest else None
    for _ in range(_HIGHEST):
        if boss is None or boss in found:
            break
        found.add(boss)
        newest = Position.objects.filter(person=boss).order_by("-since").first()
        boss = newest.manager_id if newest else None
    return found


def _check_position(position: Position) -> None:
    """Refuse a stretch that ends before it begins, meets another one, or closes a circle."""
    if position.until and position.until <= position.since:
        raise Refused("The position ends before it begins.")
    for other in Position.objects.filter(person=position.person).exclude(pk=position.pk):
        if (position.until is None or other.since < position.until) and (
            other.until is None or position.since < other.until
        ):
            last = other.until - standing.ONE_DAY if other.until else "now"
            raise Refused(f"It overlaps with the position from {other.since} to {last}.")
    boss = position.manager_id
    for _ in range(_HIGHEST):
        if boss is None:
            return
        if boss == position.person_id:
            raise Refused("The reporting lines would go round in a circle.")
        above = Position.objects.on(position.since).filter(person=boss).first()
        boss = above.manager_id if above else None


def _people_of(unit: Unit, day: date) -> bool:
    return Position.objects.on(day).filter(unit=unit).exists()
