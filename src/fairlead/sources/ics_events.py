"""One event of a calendar file: its times, its repetition and what it says about itself."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairlead.core.tables import NO_NOTICE
from fairlead.sources.rrules import Rule, RuleRefusedError, parse_rule
from fairlead.sources.text import clean
from fairlead.sources.zones import NEWEST, OLDEST_YEAR, ZoneBook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairlead.sources.ics_guard import Component, Line, RawCalendar

Time = dt.datetime | dt.date
"""A moment with its zone, or a whole day."""

PERSONAL: Final = frozenset(
    {
        "personal",
        "private",
        "privat",
        "persönlich",
        "familie",
        "family",
        "freizeit",
        "me time",
        "personnel",
        "privé",
    }
)
"""Categories by which people mark an event as theirs, in lower case."""

_PERSONAL_TITLE: Final = re.compile(
    r"\s*[\[(#](personal|private|privat|persönlich|familie|family)\b|\s*(personal|private|privat|persönlich)\s*:",
    re.IGNORECASE,
)
_CANCELLED_TITLE: Final = re.compile(
    r"\s*(cancell?ed|abgesagt|annul[ée]+|cancelad[oa])( event)?\s*:", re.IGNORECASE
)
_MOMENT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?")
_DURATION: Final = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?"
)
_UNKNOWN_BEFORE: Final = 1990
"""``CREATED`` in earlier years is how some producers write "not known"."""


@dataclass(slots=True)
class Event:
    """A parsed event; ``exact`` is a length that holds over clock changes (from ``DURATION``)."""

    raw: Component
    calendar: RawCalendar
    uid: str
    start: Time
    end: Time
    exact: dt.timedelta | None = None
    sequence: int = -1
    recurrence_id: Time | None = None
    future: bool = False
    rules: list[tuple[Rule, Line]] = field(default_factory=list)
    rdates: list[tuple[Time, dt.timedelta | None]] = field(default_factory=list)
    exdates: list[Time] = field(default_factory=list)
    cancelled: bool = False

    @property
    def repeats(self) -> bool:
        """Say whether the event has more than its own date."""
        return bool(self.rules or self.rdates)

    @property
    def all_day(self) -> bool:
        """Say whether the event has no clock time."""
        return not isinstance(self.start, dt.datetime) or (
            self.raw.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
        )

    @property
    def title(self) -> str:
        """Give the title, one clean line."""
        return clean(unescape(self.raw.text("SUMMARY")))

    @property
    def categories(self) -> tuple[str, ...]:
        """Give the categories, cleaned, each once."""
        found = [
            clean(unescape(part), 100)
            for line in self.raw.lines.get("CATEGORIES", [])
            for part in re.split(r"(?<!\\),", line.value)
        ]
        return tuple(dict.fromkeys(filter(None, found)))[:50]

    @property
    def private(self) -> bool:
        """Say whether it is marked private or confidential."""
        return self.raw.text("CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"}

    @property
    def personal(self) -> bool:
        """Say whether the person marked it as their own, by category or in the title."""
        return any(name.casefold() in PERSONAL for name in self.categories) or bool(
            _PERSONAL_TITLE.match(self.title)
        )

    @property
    def transparent(self) -> bool:
        """Say whether it leaves the time free."""
        busy = self.raw.text("X-MICROSOFT-CDO-BUSYSTATUS").upper()
        return self.raw.text("TRANSP").upper() == "TRANSPARENT" or busy in {"FREE", "WORKINGELSEWHERE"}

    def created(self, *, stamps_count: bool) -> int:
        """Give the minute at which it was set up, in UTC, or ``NO_NOTICE``.

        ``stamps_count`` says that this file's ``DTSTAMP`` are moments of writing and not of export.
        """
        for name in ("CREATED", "DTSTAMP"):
            if name == "DTSTAMP" and not stamps_count:
                break
            moment = read_stamp(self.raw.text(name))
            if moment is not None:
                return moment if self._plausible(moment) else NO_NOTICE
        return NO_NOTICE

    def _plausible(self, minute: int) -> bool:
        """Set up before it was over; a date after that is the date of an import."""
        end = (
            self.end
            if isinstance(self.end, dt.datetime)
            else dt.datetime.combine(self.end, dt.time(), dt.UTC)
        )
        return self.repeats or minute <= end.timestamp() // 60


def unescape(text: str) -> str:
    """Undo the backslashes of RFC 5545."""
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda found: " " if found.group(1) in "nN" else found.group(1), text)


def read_stamp(text: str) -> int | None:
    """Read ``20250102T030405Z`` as minutes since 1970 in UTC; ``None`` if it is unknown or no moment."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, _, _ = found.groups()
    if int(year) < _UNKNOWN_BEFORE:
        return None
    try:
        moment = dt.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=dt.UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) // 60


class EventReader:
    """Reads the events of one file; what cannot be read is noted with its line."""

    def __init__(self, calendar: RawCalendar, floating: dt.tzinfo) -> None:
        self.calendar = calendar
        self.floating = floating
        self.zones = ZoneBook(calendar, floating)
        self.method = (
            calendar.properties["METHOD"].value.strip().upper() if "METHOD" in calendar.properties else ""
        )

    def read(self) -> Iterator[Event]:
        """Yield every event that has a start."""
        scale = self.calendar.properties.get("CALSCALE")
        if scale is not None and scale.value.strip().upper() != "GREGORIAN":
            self.calendar.refuse(
                scale.number, f"The calendar scale is {clean(scale.value, 30)}.", "Only GREGORIAN is read."
            )
        for raw in self.calendar.events:
            event = self._event(raw)
            if event is not None:
                yield event

    def _event(self, raw: Component) -> Event | None:
        start_line = raw.first("DTSTART")
        if start_line is None:
            self.calendar.passed_over["events without a start"] += 1
            return None
        start = self.moment(start_line)
        if start is None:
            return None
        start, end, exact = self._span(raw, start)
        event = Event(
            raw=raw,
            calendar=self.calendar,
            uid=raw.text("UID")[:1_000],
            start=start,
            end=end,
            exact=exact,
            sequence=_sequence(raw.text("SEQUENCE")),
            cancelled=self._is_cancelled(raw),
        )
        return event if self._repetition(raw, event) else None

    def _is_cancelled(self, raw: Component) -> bool:
        if raw.text("STATUS").upper() == "CANCELLED" or self.method == "CANCEL":
            return True
        free = raw.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
        return free and bool(_CANCELLED_TITLE.match(raw.text("SUMMARY")))

    def _repetition(self, raw: Component, event: Event) -> bool:
        """Read what repeats; ``False`` when the event cannot be placed at all."""
        for line in raw.lines.get("EXRULE", []):
            self.calendar.refuse(
                line.number, "EXRULE is not read.", "Single dates are left out with EXDATE.", line.column(0)
            )
        for line in raw.lines.get("RRULE", []):
            try:
                rule = self._rule(line)
            except RuleRefusedError as refused:
                if not refused.harmless:
                    self.calendar.refuse(
                        line.number, refused.wrong, refused.right, line.column(refused.offset)
                    )
                self.calendar.note(line.number, f"{refused.wrong} The event is left out.")
                return False
            if rule is not None:
                event.rules.append((rule, line))
        for line in raw.lines.get("RDATE", []):
            event.rdates.extend(self._rdates(line))
        for line in raw.lines.get("EXDATE", []):
            event.exdates.extend(
                moment for part in _values(line) if (moment := self.moment(line, part)) is not None
            )
        line_id = raw.first("RECURRENCE-ID")
        if line_id is not None:
            event.recurrence_id = self.moment(line_id)
            event.future = line_id.param("RANGE").upper() == "THISANDFUTURE"
            return event.recurrence_id is not None
        return True

    def _rule(self, line: Line) -> Rule | None:
        if "=" not in line.value:
            # vCalendar 1.0 and empty rules: the event itself is still clear.
            self.calendar.note(
                line.number,
                "The repetition rule is not of iCalendar; the event counts once.",
            )
            return None
        return parse_rule(line.value)

    def _rdates(self, line: Line) -> Iterator[tuple[Time, dt.timedelta | None]]:
        for part in _values(line):
            begin, slash, end = part.partition("/")
            start = self.moment(line, begin)
            if start is None:
                continue
            length: dt.timedelta | None = None
            if slash:
                length = read_duration(end)
                if length is None:
                    stop = self.moment(line, end)
                    comparable = isinstance(stop, dt.datetime) and isinstance(start, dt.datetime)
                    length = stop - start if comparable else None  # type: ignore[operator]  # both are moments
                if length is None or length < dt.timedelta(0):
                    self.calendar.note(line.number, "A period without a readable end is passed over.")
                    continue
            yield start, length

    def moment(self, line: Line, text: str | None = None) -> Time | None:
        """Read a date or a moment with its zone; ``None`` with a note when it is neither."""
        text = (line.value if text is None else text).strip()
        found = _MOMENT.fullmatch(text)
        if found is None:
            self.calendar.note(line.number, f"{line.name}: {_quoted(text)} is no date and is passed over.")
            return None
        year, month, day, hour, minute, second, utc = found.groups()
        try:
            if hour is None:
                moment: Time = dt.date(int(year), int(month), int(day))
            else:
                zone = dt.UTC if utc else self._zone(line)
                moment = dt.datetime(
                    int(year),
                    int(month),
                    int(day),
                    int(hour),
                    int(minute),
                    min(int(second or 0), 59),
                    tzinfo=zone,
                )
        except ValueError:
            self.calendar.note(line.number, f"{line.name}: {_quoted(text)} is no date and is passed over.")
            return None
        if not OLDEST_YEAR <= moment.year <= NEWEST:
            self.calendar.note(line.number, f"{line.name}: the year {moment.year} cannot be meant.")
            return None
        return moment

    def _zone(self, line: Line) -> dt.tzinfo:
        name = line.param("TZID") if line.params else ""
        return self.zones.resolve(name, line) if name else self.floating

    def _span(self, raw: Component, start: Time) -> tuple[Time, Time, dt.timedelta | None]:
        """Give start, end and, for a ``DURATION`` in hours, the exact length."""
        end_line, length_line = raw.first("DTEND"), raw.first("DURATION")
        end = self.moment(end_line) if end_line is not None else None
        if end is not None:
            return (*self._in_order(raw, start, end), None)
        length = read_duration(length_line.value) if length_line is not None else None
        if length is not None:
            if length < dt.timedelta(0):
                self.calendar.note(raw.number, "The event lasts less than nothing and counts as a moment.")
                length = dt.timedelta(0)
            return self._with_length(start, length)
        if isinstance(start, dt.datetime):
            return start, start, None
        return start, start + dt.timedelta(days=1), None

    def _with_length(self, start: Time, length: dt.timedelta) -> tuple[Time, Time, dt.timedelta | None]:
        if not isinstance(start, dt.datetime):
            if length % dt.timedelta(days=1) == dt.timedelta(0):
                return start, start + length, None
            start = dt.datetime.combine(start, dt.time(), self.floating)
        return start, later(start, length), length

    def _in_order(self, raw: Component, start: Time, end: Time) -> tuple[Time, Time]:
        if isinstance(start, dt.datetime) != isinstance(end, dt.datetime):
            # A day beside a moment begins at midnight of the moment's zone.
            moment = start if isinstance(start, dt.datetime) else end
            zone = moment.tzinfo if isinstance(moment, dt.datetime) else self.floating
            start, end = as_moment(start, zone), as_moment(end, zone)
        if end < start:
            self.calendar.note(raw.number, "The event ends before it starts; the two are exchanged.")
            return end, start
        return start, end


def as_moment(time: Time, zone: dt.tzinfo | None) -> dt.datetime:
    """Give a day as its midnight in a zone, a moment as it is."""
    if isinstance(time, dt.datetime):
        return time
    return dt.datetime.combine(time, dt.time(), zone)


def later(start: dt.datetime, length: dt.timedelta) -> dt.datetime:
    """Add whole days on the wall clock and the rest in real time, as RFC 5545 counts a duration."""
    rest = length - dt.timedelta(days=length.days)
    day = start + dt.timedelta(days=length.days)
    return (day.astimezone(dt.UTC) + rest).astimezone(start.tzinfo) if rest else day


def read_duration(text: str) -> dt.timedelta | None:
    """Read ``PT1H30M``, ``P1D``, ``-PT5M``; ``None`` when it is none."""
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    size = dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -size if found.group(1) == "-" else size


def _values(line: Line) -> list[str]:
    return [part for part in line.value.split(",") if part.strip()]


def _sequence(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else -1


def _quoted(text: str) -> str:
    """Quote what is at least written like a date; anything else may be a title, and notes stay."""
    return f"'{text}'" if re.fullmatch(r"[0-9TZ:+-]{1,30}", text) else "this"
