"""Calendars: ``.ics`` files of any producer, or a zip of them, into the table of meetings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.problems import BadInput, Problem
from fairlead.core.tables import ORGANIZER_RELATIONS, Meetings
from fairlead.core.work import Relation
from fairlead.sources import archive
from fairlead.sources.attendance import Attendance, Attendees, guess_me
from fairlead.sources.ics_events import Event, EventReader, Time, as_moment, read_stamp
from fairlead.sources.ics_guard import MAX_BYTES, RawCalendar, scan
from fairlead.sources.ics_read import CalendarRead
from fairlead.sources.ics_series import LONGEST, Expander, Limits, Occurrence, Window
from fairlead.sources.people import Who
from fairlead.sources.text import clean
from fairlead.sources.zones import known_name, person_zone
from fairlead.sources.zones import zone as open_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WINDOW: Final = dt.timedelta(days=365)
MAX_FILES: Final = 50
DEFAULT_LIMITS: Final = Limits()
_MINUTE: Final = dt.timedelta(minutes=1)
_EPOCH_DAY: Final = dt.date(1970, 1, 1)


def read(
    files: Sequence[tuple[str, bytes]],
    *,
    who: Who | None = None,
    zone: str | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    limit_bytes: int = MAX_BYTES,
    limits: Limits = DEFAULT_LIMITS,
    today: dt.date | None = None,
) -> CalendarRead:
    """Read calendars of one person.

    Parameters
    ----------
    files
        Names (for messages only) and bytes; a zip stands for the ``.ics`` files in it.
    who
        Who the person is and who others are; without addresses the owner is guessed, with a note.
    zone
        The person's zone; else the calendar's own, else the one most events are in, else UTC.
    first, last
        The days wanted; else the 365 days up to today or to the last dated event, if that is earlier,
        and no more than from the week of the first event on.

    Raises
    ------
    BadInput
        A file is no calendar, is hostile or too large; names file and line.
    """
    calendars = [scan(name, data, limit_bytes) for name, data in _unpacked(files, limit_bytes)]
    notes: list[str] = []
    zone_name = _choose_zone(zone, calendars, notes)
    person_clock = open_zone(zone_name)
    who = who or Who()
    if not who.addresses:
        who = guess_me(who, calendars)
    events = [event for calendar in calendars for event in EventReader(calendar, person_clock).read()]
    left_out: Counter[str] = Counter()
    events = _newest(events, left_out)
    events = _not_endless(events, left_out)
    window = _window(events, first, last, today or dt.datetime.now(person_clock).date(), person_clock, notes)
    occurrences = list(Expander(window, limits).expand(events))
    kept = [found for found in occurrences if not found.event.cancelled and not found.core.cancelled]
    left_out["cancelled"] += len(occurrences) - len(kept)
    meetings = _table(kept, who, window, calendars, zone_name, left_out)
    for calendar in calendars:
        notes.extend(calendar.notes)
        skipped = calendar.passed_over["events without a start"]
        if skipped:
            notes.append(f"{calendar.file}: passed over: events without a start ({skipped}).")
    return CalendarRead(
        meetings=meetings, who=who, first=window.first, last=window.last, notes=(*who.notes, *notes)
    )


def _unpacked(files: Sequence[tuple[str, bytes]], limit_bytes: int) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for name, data in files:
        shown = clean(name.replace("\\", "/").rpartition("/")[2], 120) or "calendar"
        if not archive.is_zip(data):
            found.append((shown, data))
            continue
        inside = [
            (f"{shown}/{member}", content)
            for member, content in archive.members(shown, data)
            if member.lower().endswith((".ics", ".ical", ".ifb", ".icalendar", ".vcs"))
        ]
        if not inside:
            raise BadInput(
                Problem(
                    file=shown, wrong="The archive holds no .ics file.", right="Pack the exported calendars."
                )
            )
        found.extend(inside)
    total = sum(len(data) for _, data in found)
    if not found or len(found) > MAX_FILES or total > limit_bytes:
        first = found[0][0] if found else "calendar"
        wrong = (
            f"{len(found)} files with {total / 2**20:,.1f} MiB were given."
            if found
            else "No calendar was given."
        )
        right = f"1 to {MAX_FILES} files with at most {limit_bytes / 2**20:,.0f} MiB together are read."
        raise BadInput(Problem(file=first, wrong=wrong, right=right))
    return found


def _choose_zone(zone: str | None, calendars: Sequence[RawCalendar], notes: list[str]) -> str:
    if zone is not None:
        return person_zone(zone)
    for calendar in calendars:
        line = calendar.properties.get("X-WR-TIMEZONE")
        found = known_name(line.value) if line else None
        if found:
            notes.append(f"Times are read in {found}, the calendar's own time zone.")
            return found
    counted = Counter(
        line.param("TZID")
        for calendar in calendars
        for event in calendar.events
        if (line := event.first("DTSTART")) is not None and line.params
    )
    for name, _ in counted.most_common():
        found = known_name(name) if name else None
        if found:
            notes.append(f"Times are read in {found}, the zone of most events.")
            return found
    notes.append("The calendar names no time zone, so times are read in UTC; name yours with --zone.")
    return "UTC"


def _newest(events: list[Event], left_out: Counter[str]) -> list[Event]:
    """Keep one of each event and instance: the highest SEQUENCE, then the one written last."""
    best: dict[tuple[object, ...], Event] = {}
    for event in events:
        if event.uid:
            key: tuple[object, ...] = (event.uid, _instant(event.recurrence_id), event.future)
        else:
            key = ("", _instant(event.start), _instant(event.end), event.raw.text("SUMMARY"))
        known = best.get(key)
        if known is None:
            best[key] = event
            continue
        left_out["duplicate"] += 1
        if _version(event) >= _version(known):
            best[key] = event
    return list(best.values())


def _instant(time: Time | None) -> object:
    return time.astimezone(dt.UTC) if isinstance(time, dt.datetime) else time


def _version(event: Event) -> tuple[int, int]:
    written = read_stamp(event.raw.text("LAST-MODIFIED")) or read_stamp(event.raw.text("DTSTAMP")) or 0
    return event.sequence, written


def _not_endless(events: list[Event], left_out: Counter[str]) -> list[Event]:
    kept = [e for e in events if as_moment(e.end, dt.UTC) - as_moment(e.start, dt.UTC) <= LONGEST]
    if len(kept) < len(events):
        left_out["longer than a year"] += len(events) - len(kept)
    return kept


def _window(
    events: Sequence[Event],
    first: dt.date | None,
    last: dt.date | None,
    today: dt.date,
    person_clock: dt.tzinfo,
    notes: list[str],
) -> Window:
    if last is None:
        dated = max((_last_day(event, today) for event in events), default=today)
        last = max(min(today, dated), first or dt.date.min)
    if first is None:
        first = _first_of(events, last)
        notes.append(f"Read: the {(last - first).days + 1} days from {_day(first)} to {_day(last)}.")
    if not 1900 <= first.year <= last.year <= 2200 or first > last:
        raise BadInput(
            Problem(
                file="--from/--to",
                wrong=f"{first} to {last} is no period.",
                right="Give two days, the earlier one first, between 1900 and 2200.",
            )
        )
    return Window(first=first, last=last, zone=person_clock)


def _first_of(events: Sequence[Event], last: dt.date) -> dt.date:
    """Give the Monday of the first week with an event, at most a year back; before it nothing is known."""
    year = last - WINDOW + dt.timedelta(days=1)
    starts = [e.start.date() if isinstance(e.start, dt.datetime) else e.start for e in events]
    begun = min((day for day in starts if day <= last), default=year)
    return max(year, begun - dt.timedelta(days=begun.weekday()))


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _last_day(event: Event, today: dt.date) -> dt.date:
    """Give the last day on which an event is known to take place."""
    ends = [event.end, *(moment for moment, _ in event.rdates)]
    for rule, _ in event.rules:
        if rule.until is None and rule.count is None:
            return today
        # A counted series may run on; today caps it, and nothing is lost by looking that far.
        ends.append(rule.until if rule.until is not None else today)
    return max(end.date() if isinstance(end, dt.datetime) else end for end in ends)


def _table(
    kept: list[Occurrence],
    who: Who,
    window: Window,
    calendars: Sequence[RawCalendar],
    zone_name: str,
    left_out: Counter[str],
) -> Meetings:
    attendees = Attendees(who)
    stamps = {id(calendar): _stamps_count(calendar) for calendar in calendars}
    about: dict[int, tuple[Attendance, int, str, tuple[str, ...], tuple[bool, bool, bool, bool]]] = {}
    numbers: dict[int, int] = {}
    rows = []
    for found in kept:
        event = found.event
        if id(event) not in about:
            flags = (event.all_day, event.transparent, event.private, event.personal)
            created = event.created(stamps_count=stamps[id(event.calendar)])
            about[id(event)] = (attendees.of(event), created, event.title, event.categories, flags)
        number = numbers.setdefault(id(found.core), len(numbers))
        rows.append((*_clock(found, window.zone), number, found.core.repeats, *about[id(event)]))
    rows.sort(key=lambda row: (row[0], row[1], row[4]))
    columns = list(zip(*rows, strict=True)) if rows else [()] * 11
    (
        start_utc,
        end_utc,
        start_local,
        end_local,
        series,
        recurring,
        seen,
        created_at,
        title,
        categories,
        marks,
    ) = columns

    def flag(place: int) -> NDArray[np.bool_]:
        return np.array([mark[place] for mark in marks], dtype=bool)

    def people(relation: Relation) -> NDArray[np.int16]:
        return np.array([min(one.counts[relation], 10_000) for one in seen], dtype=np.int16)

    return Meetings(
        zone=zone_name,
        start_utc=np.array(start_utc, dtype=np.int64),
        end_utc=np.array(end_utc, dtype=np.int64),
        start_local=np.array(start_local, dtype=np.int64),
        end_local=np.array(end_local, dtype=np.int64),
        created=np.array(created_at, dtype=np.int64),
        series=np.array(series, dtype=np.int32),
        recurring=np.array(recurring, dtype=bool),
        all_day=flag(0),
        transparent=flag(1),
        private=flag(2),
        personal=flag(3),
        response=np.array([one.response for one in seen], dtype=np.int8),
        organizer=np.array([ORGANIZER_RELATIONS.index(one.organizer) for one in seen], dtype=np.int8),
        reports=people(Relation.REPORT),
        managers=people(Relation.MANAGER),
        peers=people(Relation.PEER),
        other_functions=people(Relation.OTHER_FUNCTION),
        outside=people(Relation.OUTSIDE),
        unknown=people(Relation.UNKNOWN),
        functions=np.array([min(one.functions, 100) for one in seen], dtype=np.int8),
        one_to_one=np.array([one.one_to_one for one in seen], dtype=np.int32),
        title=tuple(title),
        categories=tuple(categories),
        report_labels=who.report_labels,
        left_out=tuple(sorted((what, count) for what, count in left_out.items() if count)),
        source=tuple(calendar.file for calendar in calendars),
    )


def _clock(found: Occurrence, person_clock: dt.tzinfo) -> tuple[int, int, int, int]:
    """Give start and end as minutes, in UTC and on the person's wall clock."""
    start, end = as_moment(found.start, person_clock), as_moment(found.end, person_clock)
    if found.event.all_day and isinstance(found.start, dt.datetime):
        # Outlook writes whole days as midnights of the sender's zone: the days are what is meant.
        start = start.replace(tzinfo=person_clock)
        end = end.replace(tzinfo=person_clock)
    begun, ended = int(start.timestamp()) // 60, int(end.timestamp()) // 60
    return begun, max(begun, ended), _wall(start, person_clock), _wall(end, person_clock)


def _wall(moment: dt.datetime, person_clock: dt.tzinfo) -> int:
    local = moment.astimezone(dt.UTC).astimezone(person_clock)
    return (local.date() - _EPOCH_DAY).days * 1_440 + local.hour * 60 + local.minute


def _stamps_count(calendar: RawCalendar) -> bool:
    """Say whether ``DTSTAMP`` tells when events were written: not if an export set them all at once."""
    if "METHOD" in calendar.properties and len(calendar.events) == 1:
        return True
    stamps = [stamp for event in calendar.events if (stamp := read_stamp(event.text("DTSTAMP"))) is not None]
    if len(stamps) < 3:
        return False
    return max(stamps) - min(stamps) > 24 * 60 and len(set(stamps)) > len(stamps) // 2
