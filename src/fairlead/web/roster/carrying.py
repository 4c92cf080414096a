"""Carrying a plan out in the tables, and putting back what was before."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import ProtectedError

from fairlead.web.people.models import Person
from fairlead.web.roster import standing
from fairlead.web.roster.models import LongLeave, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import Model

    from fairlead.core.roster import RosterPlan, RosterRow
    from fairlead.web.roster.standing import Held


_LOCK: Final = 6_021_901
"""Any number that nobody else takes: PostgreSQL knows the roster's lock by it."""

_BATCH: Final = 2_000
_POSITION: Final = ("since", "until", "manager", "unit", "title", "level", "track")


def one_at_a_time() -> None:
    """Let a second change of the roster wait until this transaction is over.

    SQLite needs nothing: its transactions begin by taking the one lock for writing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


class Carrying:
    """One plan on its way into the tables: everything is worked out first, then written in bulk."""

    def __init__(self, held: Held, today: date) -> None:
        self.held = held
        self.today = today
        self.before: dict[str, Any] = {}
        self.touched: dict[uuid.UUID, Person] = {}
        self.new_people: list[Person] = []
        self.new_units: list[Unit] = []
        self.changed: dict[type[Model], dict[uuid.UUID, Any]] = {Person: {}, Position: {}, LongLeave: {}}
        self.made: dict[type[Model], dict[uuid.UUID, Any]] = {Position: {}, LongLeave: {}}
        self.dropped: dict[type[Model], set[uuid.UUID]] = {Position: set(), LongLeave: set()}
        self.readdressed: list[uuid.UUID] = []
        self.unit_of = {unit.name: unit for unit in held.units.values()}

    def carry_out(self, plan: RosterPlan) -> dict[str, Any]:
        """Write the plan, and give what was before; stands or falls with the transaction around it."""
        adopted = _known_by_verified_address(plan.added)
        for row in plan.added:
            self._begin(row, adopted.get(row.email.casefold()) if row.email else None)
        for row in plan.added:
            self._first_position(row)
        for row in (*(one.row for one in plan.changed), *plan.returned):
            self._change(row)
        for leaving in plan.left:
            person = self._touch(leaving.id)
            self._set_person(person, left=leaving.on, left_reason=leaving.reason)
            self._end(person, leaving.on)
        self._write()
        return self.told()

    # One person at a time

    def _begin(self, row: RosterRow, account: Person | None) -> None:
        """Make the person, or give somebody who is here with a verified address their place."""
        person = account or Person(name="")
        was = self.held.told(person) if account else None
        self.before[str(person.pk)] = {"name": row.name, "was": was}
        self.touched[person.pk] = person
        for name in standing.PERSON_FIELDS[1:]:
            setattr(person, name, getattr(row, name))
        person.number = row.id
        if account is None:
            self.new_people.append(person)
        else:
            self.changed[Person][person.pk] = person
        self.held.people[row.id] = person
        self.held.numbers[person.pk] = row.id

    def _first_position(self, row: RosterRow) -> None:
        person = self.held.people[row.id]
        since = row.hired or (min(self.today, row.left) if row.left else self.today)
        until = row.left + standing.ONE_DAY if row.left else None
        self._make(
            Position(person=person, since=min(since, row.left or since), until=until, **self._details(row))
        )
        self._leave(person, row)

    def _change(self, row: RosterRow) -> None:
        person = self._touch(row.id)
        first, hired = self._first(person), person.hired
        self._set_person(person, **{name: getattr(row, name) for name in standing.PERSON_FIELDS[1:]})
        if first and hired and row.hired and hired != row.hired and first.since == hired:
            self._begin_earlier_or_later(first, row.hired)
        self._position(person, row)
        self._leave(person, row)

    def _position(self, person: Person, row: RosterRow) -> None:
        """End what was and begin what is; a second change on the same day corrects that day's row."""
        newest, details = self.held.newest(person), self._details(row)
        if newest is None:
            self._make(Position(person=person, since=row.hired or self.today, **details))
        elif newest.until is not None and newest.until <= self.today and row.left is None:
            since = row.hired if row.hired and row.hired >= newest.until else self.today
            self._make(Position(person=person, since=since, **details))
        elif any(getattr(newest, name) != value for name, value in details.items()):
            gone = newest.until is not None and newest.until <= self.today
            if newest.since >= self.today or gone:
                self._edit(newest, details)
            else:
                until, newest.until = newest.until, self.today
                self._edit(newest, {})
                self._make(Position(person=person, since=self.today, until=until, **details))
        if row.left is None:
            newest = self.held.newest(person)
            if newest is not None and newest.until is not None:
                self._edit(newest, {"until": None})
        else:
            self._end(person, row.left)

    def _end(self, person: Person, left: date) -> None:
        """End the positions with somebody's last day; those that would begin after it never were."""
        until = left + standing.ONE_DAY
        rows = self.held.positions.get(person.pk)
        if not rows:
            return
        while len(rows) > 1 and rows[-1].since >= until:
            self._drop(Position, rows.pop())
        newest = rows[-1]
        self._edit(newest, {"since": min(newest.since, left), "until": until})

    def _begin_earlier_or_later(self, first: Position, hired: date) -> None:
        if first.until is None or hired < first.until:
            self._edit(first, {"since": hired})

    def _leave(self, person: Person, row: RosterRow) -> None:
        leave = self.held.newest_leave(person, self.today, row.leave_from)
        until = row.leave_until + standing.ONE_DAY if row.leave_until else None
        if leave is None:
            if row.leave_from:
                self._make(LongLeave(person=person, since=row.leave_from, until=until))
        elif row.leave_from:
            if (leave.since, leave.until) != (row.leave_from, until):
                leave.since, leave.until = row.leave_from, until
                self._note(LongLeave, leave)
        elif leave.since < self.today:
            leave.until = self.today
            self._note(LongLeave, leave)
        else:
            self.held.leaves[person.pk].remove(leave)
            self._drop(LongLeave, leave)

    # Notes of what is to be written

    def _touch(self, number: str) -> Person:
        person = self.held.people[number]
        if person.pk not in self.touched:
            self.touched[person.pk] = person
            self.before[str(person.pk)] = {"name": person.name, "was": self.held.told(person)}
        return person

    def _set_person(self, person: Person, **values: Any) -> None:
        if any(getattr(person, name) != value for name, value in values.items()):
            if "email" in values and values["email"] != person.email:
                self.readdressed.append(person.pk)
            for name, value in values.items():
                setattr(person, name, value)
            if not person._state.adding:  # noqa: SLF001 - Django's public name for it
                self.changed[Person][person.pk] = person

    def _details(self, row: RosterRow) -> dict[str, Any]:
        manager = self.held.people.get(row.manager_id)
        return {
            "manager_id": manager.pk if manager else None,
            "unit_id": self._unit(row.unit).pk if row.unit else None,
            "title": row.title,
            "level": row.level,
            "track": row.track,
        }

    def _unit(self, name: str) -> Unit:
        found = self.unit_of.get(name)
        if found is None:
            found = self.unit_of[name] = Unit(name=name)
            self.held.units[found.pk] = found
            self.new_units.append(found)
        return found

    def _first(self, person: Person) -> Position | None:
        rows = self.held.positions.get(person.pk)
        return rows[0] if rows else None

    def _make(self, row: Position | LongLeave) -> None:
        self.made[type(row)][row.pk] = row
        kept: Any = self.held.positions if isinstance(row, Position) else self.held.leaves
        kept[row.person_id] = sorted([*kept.get(row.person_id, ()), row], key=lambda one: one.since)

    def _edit(self, position: Position, values: dict[str, Any]) -> None:
        if values and all(getattr(position, name) == value for name, value in values.items()):
            return
        for name, value in values.items():
            setattr(position, name, value)
        self._note(Position, position)

    def _note(self, model: type[Model], row: Any) -> None:
        if row.pk not in self.made[model]:
            self.changed[model][row.pk] = row

    def _drop(self, model: type[Model], row: Any) -> None:
        self.changed[model].pop(row.pk, None)
        if self.made[model].pop(row.pk, None) is None:
            self.dropped[model].add(row.pk)

    # Writing

    def _write(self) -> None:
        Unit.objects.bulk_create(self.new_units)
        for pks in _batches(self.readdressed):  # two people may swap their addresses
            Person.objects.filter(pk__in=pks).update(email="")
        Person.objects.bulk_create(self.new_people, batch_size=_BATCH)
        _overwrite(Person, self.changed[Person].values(), standing.PERSON_FIELDS)
        for model in (Position, LongLeave):
            for pks in _batches(sorted(self.dropped[model])):
                model.objects.filter(pk__in=pks).delete()
        _overwrite(Position, self.changed[Position].values(), _POSITION)
        _overwrite(LongLeave, self.changed[LongLeave].values(), ("since", "until"))
        Position.objects.bulk_create(self.made[Position].values(), batch_size=_BATCH)
        LongLeave.objects.bulk_create(self.made[LongLeave].values(), batch_size=_BATCH)

    def told(self) -> dict[str, Any]:
        """Give what was before, and how it was left."""
        for pk, person in self.touched.items():
            self.before[str(pk)]["now"] = standing.fingerprint(self.held.told(person))
        return {
            "people": self.before,
            "units": {str(unit.pk): {"was": None, "now": told_of_unit(unit)} for unit in self.new_units},
        }


def told_of_unit(unit: Unit) -> list[str | None]:
    """Give a unit as plain values that can be put back."""
    return [unit.name, standing.plain(unit.parent_id), standing.plain(unit.closed_on)]


def _known_by_verified_address(rows: Sequence[RosterRow]) -> dict[str, Person]:
    """Find accounts outside the roster whose address was verified: never one that was only typed."""
    wanted = {row.email.casefold() for row in rows if row.email}
    if not wanted:
        return {}
    verified = EmailAddress.objects.filter(verified=True, user__person__number=None).select_related(
        "user__person"
    )
    return {
        one.email.casefold(): one.user.person
        for one in verified.exclude(user__person=None)
        if one.email.casefold() in wanted
    }


def _overwrite(model: type[Model], rows: Collection[Any], fields: Iterable[str]) -> None:
    """Write changed rows as inserts that meet their own key: many times faster than one long CASE."""
    if rows:
        model._default_manager.bulk_create(  # noqa: SLF001 - Django's public name for it
            list(rows),
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=list(fields),
        )


def _batches(keys: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


# Putting back


class Undoing:
    """What one change left behind, compared with what is there now, and put back."""

    def __init__(self, before: dict[str, Any]) -> None:
        self.people: dict[str, Any] = before.get("people", {})
        self.units: dict[str, Any] = before.get("units", {})
        self.held = standing.everybody()
        self.by_pk = {str(person.pk): person for person in self.held.people.values()}

    def changed_since(self) -> list[str]:
        """Name whom or what somebody has changed since, so that it cannot be put back."""
        found = [said["name"] for pk, said in self.people.items() if not self._as_left(pk, said)]
        added = {uuid.UUID(pk) for pk, said in self.people.items() if said["was"] is None}
        found += [
            self.by_pk[str(row.person_id)].name
            for rows in self.held.positions.values()
            for row in rows
            if row.manager_id in added and str(row.person_id) not in self.people
        ]
        for pk, said in self.units.items():
            unit = self.held.units.get(uuid.UUID(pk))
            if said["was"] is not None and (told_of_unit(unit) if unit else None) != said["now"]:
                found.append(unit.name if unit else said["was"][0])
        return sorted(dict.fromkeys(found))

    def _as_left(self, pk: str, said: dict[str, Any]) -> bool:
        person = self.by_pk.get(pk)
        if person is None or (said["was"] is None and person.user_id is not None):
            return False
        left_as: str = said["now"]
        return standing.fingerprint(self.held.told(person)) == left_as

    def put_back(self) -> None:
        """Put everything back as it was."""
        touched = [uuid.UUID(pk) for pk in self.people]
        for pks in _batches(touched):
            Position.objects.filter(person__in=pks).delete()
            LongLeave.objects.filter(person__in=pks).delete()
        added = [uuid.UUID(pk) for pk, said in self.people.items() if said["was"] is None]
        for pks in _batches(added):
            Person.objects.filter(pk__in=pks).delete()
        self._units()
        was = {pk: said["was"] for pk, said in self.people.items() if said["was"] is not None}
        for pks in _batches([uuid.UUID(pk) for pk in was]):
            Person.objects.filter(pk__in=pks).update(email="")
        for pk, told in was.items():
            for name, value in told["person"].items():
                setattr(self.by_pk[pk], name, _day(value) if name in {"hired", "left"} else value)
        _overwrite(Person, [self.by_pk[pk] for pk in was], standing.PERSON_FIELDS)
        Position.objects.bulk_create(
            [_position(pk, row, self.by_pk) for pk, told in was.items() for row in told["positions"]],
            batch_size=_BATCH,
        )
        LongLeave.objects.bulk_create(
            [
                LongLeave(pk=row[0], person_id=pk, since=_day(row[1]), until=_day(row[2]))
                for pk, told in was.items()
                for row in told["leaves"]
            ],
            batch_size=_BATCH,
        )

    def _units(self) -> None:
        for pk, said in self.units.items():
            if said["was"] is not None:
                name, parent, closed = said["was"]
                Unit.objects.update_or_create(
                    pk=uuid.UUID(pk),
                    defaults={"name": name, "parent_id": parent, "closed_on": _day(closed)},
                )
                continue
            unit = Unit.objects.filter(pk=pk).first()
            if unit and not unit.positions.exists() and not unit.parts.exists():
                with suppress(ProtectedError):  # something else names it, such as a survey: it stays, empty
                    unit.delete()


def _day(value: str | None) -> Any:
    return date.fromisoformat(value) if value else None


def _position(person: str, row: Sequence[Any], there: Collection[str]) -> Position:
    pk, since, until, manager, unit, title, level, track = row
    manager = manager if manager in there else None  # erased since
    return Position(
        pk=pk,
        person_id=person,
        since=_day(since),
        until=_day(until),
        manager_id=manager,
        unit_id=unit,
        title=title,
        level=level,
        track=track,
    )
