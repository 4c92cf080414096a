"""Who takes part: attendee lines into counts by relation, and who the calendar's owner is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from fairlead.core.tables import ACCEPTED, DECLINED, TENTATIVE, UNANSWERED
from fairlead.core.work import Relation
from fairlead.sources.people import Who, plain_address, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairlead.sources.ics_events import Event
    from fairlead.sources.ics_guard import Line, RawCalendar

_RESPONSES: Final = {
    "ACCEPTED": ACCEPTED,
    "TENTATIVE": TENTATIVE,
    "DECLINED": DECLINED,
    "DELEGATED": DECLINED,
    "NEEDS-ACTION": UNANSWERED,
}
_ROOMS: Final = frozenset({"ROOM", "RESOURCE"})
_NOT_PEOPLE: Final = (
    "@resource.calendar.google.com",
    "@group.calendar.google.com",
    "@import.calendar.google.com",
)
_LIKELY: Final = 0.6
"""Share of the events with people in which somebody must take part to be taken for the owner."""


@dataclass(frozen=True, slots=True)
class _Person:
    key: str
    relation: Relation
    report: int
    unit: str
    response: int | None


@dataclass(slots=True)
class Attendance:
    """Counts of one event: people besides the person, by relation."""

    counts: Counter[Relation] = field(default_factory=Counter)
    functions: int = 0
    one_to_one: int = -1
    organizer: Relation = Relation.UNKNOWN
    response: int = ACCEPTED


class Attendees:
    """Turns attendee lines into counts; each line that is written alike is understood once."""

    def __init__(self, who: Who) -> None:
        self.who = who
        self._seen: dict[tuple[str, str], _Person | None] = {}

    def of(self, event: Event) -> Attendance:
        """Count who takes part in one event."""
        invited = [person for line in event.raw.lines.get("ATTENDEE", []) if (person := self._person(line))]
        organizer_line = event.raw.first("ORGANIZER")
        organizer = self._person(organizer_line) if organizer_line is not None else None
        others = {
            p.key: p for p in (*invited, *([organizer] if organizer else [])) if p.relation != Relation.SELF
        }
        found = Attendance(counts=Counter(person.relation for person in others.values()))
        found.organizer = organizer.relation if organizer else _own_if_alone(others)
        found.functions = self._functions(others.values())
        found.one_to_one = next(iter(others.values())).report if len(others) == 1 else -1
        found.response = _response(event, invited, found.organizer)
        return found

    def _functions(self, others: Iterable[_Person]) -> int:
        units = {person.unit for person in others if person.unit}
        return len(units | ({self.who.own_unit} if self.who.own_unit else set())) if units else 0

    def _person(self, line: Line) -> _Person | None:
        seen = (line.params, line.value)
        if seen not in self._seen:
            self._seen[seen] = self._understand(line)
        return self._seen[seen]

    def _understand(self, line: Line) -> _Person | None:
        address, name = address_of(line), line.param("CN")
        if line.param("CUTYPE").upper() in _ROOMS or address.endswith(_NOT_PEOPLE):
            return None
        key = self.who.key(address, name) or line.value.strip().casefold()
        relation = self.who.relation(address, name)
        number = self.who.report_number(address, name) if relation == Relation.REPORT else -1
        response = _RESPONSES.get(line.param("PARTSTAT").upper())
        return _Person(key, relation, number, self.who.units.get(key, ""), response)


def address_of(line: Line) -> str:
    """Give the address of an attendee: from ``EMAIL=`` where it is, else from the value."""
    return plain_address(line.param("EMAIL")) or plain_address(
        re.sub("^mailto:", "", line.value.strip(), flags=re.IGNORECASE)
    )


def _own_if_alone(others: dict[str, _Person]) -> Relation:
    """Take an appointment that nobody else takes part in for the person's own."""
    return Relation.UNKNOWN if others else Relation.SELF


def _response(event: Event, invited: Sequence[_Person], organizer: Relation) -> int:
    for person in invited:
        if person.relation == Relation.SELF and organizer != Relation.SELF:
            return UNANSWERED if person.response is None else person.response
        if person.relation == Relation.SELF and person.response == DECLINED:
            return DECLINED
    if event.raw.text("STATUS").upper() == "TENTATIVE":
        return TENTATIVE
    if event.raw.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "TENTATIVE":
        return TENTATIVE
    return ACCEPTED


def guess_me(who: Who, calendars: Sequence[RawCalendar]) -> Who:
    """Find whose calendar this is, and say so; unchanged, with a note, when it cannot be told."""
    named = [
        address
        for calendar in calendars
        for name in ("X-WR-CALNAME", "X-OWNER")
        if name in calendar.properties
        and (address := plain_address(calendar.properties[name].value))
        and not address.endswith(_NOT_PEOPLE)
    ]
    if named:
        address = Counter(named).most_common(1)[0][0]
        return who.named([address], [], f"Your address was taken to be {address}, after the calendar's name.")
    seen, names, events = _appearances(calendars)
    if not events:
        return who
    ranked = seen.most_common(2)
    best, count = ranked[0]
    alone = len(ranked) == 1 or ranked[1][1] < count
    if alone and count >= _LIKELY * events and events > 1:
        own_names = [plain_name(names[best])] if best in names else []
        return who.named(
            [best],
            own_names,
            f"Your address was taken to be {best}: it is in {count} of {events} events with people.",
        )
    note = (
        "Nobody takes part in nearly every event, so it is not known who you are: name your address (--me)."
    )
    return replace(who, notes=(*who.notes, note))


def _appearances(calendars: Sequence[RawCalendar]) -> tuple[Counter[str], dict[str, str], int]:
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    events = 0
    for calendar in calendars:
        for event in calendar.events:
            lines = [*event.lines.get("ATTENDEE", []), *event.lines.get("ORGANIZER", [])[:1]]
            here: set[str] = set()
            for line in lines:
                address = address_of(line)
                if (
                    address
                    and not address.endswith(_NOT_PEOPLE)
                    and line.param("CUTYPE").upper() not in _ROOMS
                ):
                    here.add(address)
                    if line.param("CN") and address not in names and "@" not in line.param("CN"):
                        names[address] = line.param("CN")
            seen.update(here)
            events += bool(here)
    return seen, names, events
