"""What the tables hold of the organization, as the rows that the core plans with."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.roster import Standing
from fairlead.web.people.models import Person
from fairlead.web.roster.models import LongLeave, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from fairlead.core.roster import RosterRow

PERSON_FIELDS: Final = ("number", "name", "email", "hired", "left", "left_reason")
"""What the roster says about a person itself; the rest of the row is the person's own."""

ONE_DAY: Final = timedelta(days=1)


def last_day(leave: LongLeave) -> date | None:
    """Give the last day of a leave; the table keeps the first day after it."""
    return leave.until - ONE_DAY if leave.until else None


@dataclass(slots=True)
class Held:
    """People of the roster with all their positions and leaves, oldest first, and all units."""

    people: dict[str, Person]
    positions: dict[UUID, list[Position]]
    leaves: dict[UUID, list[LongLeave]]
    units: dict[UUID, Unit]
    numbers: dict[UUID, str] = field(default_factory=dict)

    def standing(self, today: date, rows: Iterable[RosterRow] = ()) -> tuple[Standing, ...]:
        """Give everybody as the core knows them; a leave that is over counts only where a row names it.

        The tables keep every leave and a file has one: an empty cell means "not away", and must not
        erase what has been.
        """
        named = {row.id: row.leave_from for row in rows}
        return tuple(self._one(number, person, today, named) for number, person in self.people.items())

    def _one(self, number: str, person: Person, today: date, named: dict[str, date | None]) -> Standing:
        position = self.newest(person)
        leave = self.newest_leave(person, today, named.get(number))
        unit = self.units.get(position.unit_id) if position and position.unit_id else None
        return Standing(
            id=number,
            name=person.name,
            email=person.email,
            manager_id=self.numbers.get(position.manager_id, "") if position and position.manager_id else "",
            unit=unit.name if unit else "",
            title=position.title if position else "",
            level=position.level if position else "",
            track=position.track if position else "",
            hired=person.hired,
            left=person.left,
            left_reason=person.left_reason,
            leave_from=leave.since if leave else None,
            leave_until=last_day(leave) if leave else None,
        )

    def newest(self, person: Person) -> Position | None:
        """Give the position that stands, or the last one."""
        found = self.positions.get(person.pk)
        return found[-1] if found else None

    def newest_leave(self, person: Person, today: date, named: date | None) -> LongLeave | None:
        """Give the leave that a row would be compared with."""
        found = self.leaves.get(person.pk)
        if not found:
            return None
        leave = found[-1]
        over = leave.until is not None and leave.until <= today
        return None if over and leave.since != named else leave

    def told(self, person: Person) -> dict[str, Any]:
        """Give all that the roster holds of one person, as plain values that can be put back."""
        return {
            "person": {name: plain(getattr(person, name)) for name in PERSON_FIELDS},
            "positions": [
                [
                    plain(value)
                    for value in (p.pk, p.since, p.until, p.manager_id, p.unit_id, p.title, p.level, p.track)
                ]
                for p in self.positions.get(person.pk, ())
            ],
            "leaves": [
                [plain(value) for value in (one.pk, one.since, one.until)]
                for one in self.leaves.get(person.pk, ())
            ],
        }  # fmt: skip


def plain(value: Any) -> Any:
    """Give a value as JSON has it."""
    return value if value is None or isinstance(value, str) else str(value)


def fingerprint(told: Any) -> str:
    """Give a short fingerprint, to see later whether something is still as it was left."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def everybody() -> Held:
    """Read the whole roster: four queries, however many people."""
    people = Person.objects.filter(number__isnull=False).order_by("number")
    return _held(people, Position.objects.all(), LongLeave.objects.all())


def some(people: Collection[UUID]) -> Held:
    """Read what the roster holds of some people."""
    found = Person.objects.filter(pk__in=people, number__isnull=False)
    held = _held(
        found, Position.objects.filter(person__in=people), LongLeave.objects.filter(person__in=people)
    )
    others = {p.manager_id for rows in held.positions.values() for p in rows if p.manager_id}
    missing = others - set(held.numbers)
    held.numbers |= {one.pk: one.number or "" for one in Person.objects.filter(pk__in=missing).only("number")}
    return held


def _held(people: Any, positions: Any, leaves: Any) -> Held:
    of_people: dict[str, Person] = {str(person.number): person for person in people}
    of_positions: dict[UUID, list[Position]] = defaultdict(list)
    for position in positions.order_by("since"):
        of_positions[position.person_id].append(position)
    of_leaves: dict[UUID, list[LongLeave]] = defaultdict(list)
    for leave in leaves.order_by("since"):
        of_leaves[leave.person_id].append(leave)
    return Held(
        people=of_people,
        positions=of_positions,
        leaves=of_leaves,
        units={unit.pk: unit for unit in Unit.objects.all()},
        numbers={person.pk: number for number, person in of_people.items()},
    )
