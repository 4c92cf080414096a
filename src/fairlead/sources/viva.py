"""Viva Insights and Workplace Analytics exports, as they come: person-weeks, hourly counts, meetings.

CSV or CSV packed with gzip, with or without byte order mark, dates as ISO, day first or month
first, text with literal ``<U+1234>`` escapes, columns of either product's generation.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.problems import BadInput, Problem
from fairlead.core.tables import NO_NOTICE, ORGANIZER_RELATIONS, WEEK_COLUMNS, Meetings, PersonWeeks
from fairlead.sources.files import read_table
from fairlead.sources.text import clean
from fairlead.sources.zones import known_name, person_zone
from fairlead.sources.zones import zone as open_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairlead.sources.files import Table

MAX_BYTES: Final = 64 * 1024 * 1024
PERSON_WEEKS, HOURLY, MEETINGS, TIES = "person-weeks", "hourly counts", "meetings", "ties between people"

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "meeting": ("meeting_hours",),
    "call": ("call_hours",),
    "email": ("email_hours",),
    "chat": ("chat_hours", "instant_message_hours"),
    "collaboration": ("collaboration_hours",),
    "after_hours": ("after_hours_collaboration_hours",),
    "weekend": ("weekend_collaboration_hours",),
    "conflicting": ("conflicting_meeting_hours",),
    "multitasking": ("multitasking_hours", "multitasking_meeting_hours"),
    "focus": ("total_focus_hours", "uninterrupted_hours"),
    "unscheduled_call": ("unscheduled_call_hours",),
    "with_manager": ("meeting_and_call_hours_with_manager", "meeting_hours_with_manager"),
    "one_to_one_with_manager": (
        "meeting_and_call_hours_with_manager_1_1",
        "meeting_and_call_hours_with_manager_1_on_1",
        "meeting_hours_with_manager_1_on_1",
    ),
    "with_skip_level": ("meeting_and_call_hours_with_skip_level", "meeting_hours_with_skip_level"),
    "coaching": ("manager_coaching_hours_1_on_1",),
    "self_organized": ("time_in_self_organized_meetings",),
    "external": ("external_collaboration_hours", "collaboration_hours_external"),
    "span": ("workweek_span", "collaboration_span"),
    "meetings": ("meetings",),
    "one_to_ones_with_manager": ("meetings_with_manager_1_on_1",),
    "emails_sent": ("emails_sent",),
    "calls": ("calls", "total_calls"),
    "meeting_in_working_time": ("meeting_hours_during_working_hours",),
}
_HOURLY: Final = {"meetings": "meetings", "emails_sent": "emails_sent", "calls": "unscheduled_calls"}
_ATTRIBUTES: Final = (
    "organization", "functiontype", "leveldesignation", "level", "supervisorindicator", "layer", "region",
    "timezone", "workingstarttimesetinoutlook", "workingendtimesetinoutlook", "workingdayssetinoutlook",
)  # fmt: skip
_MISSING: Final = frozenset({"", "NA", "N/A", "NULL", "nan", "NaN"})
_ESCAPE: Final = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?)?")
_FILETIME_ZERO: Final = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def plain_text(text: str) -> str:
    """Turn literal ``<U+7121>`` escapes of an export into letters, and clean the result."""
    found = _ESCAPE.sub(lambda hit: chr(min(int(hit.group(1), 16), 0x10FFFF)), text)
    return clean(found)


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def detect(name: str, data: bytes) -> str | None:
    """Say which export a file is, by its columns; ``None`` if it is none of them."""
    del name
    head = data[:65_536]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 65_536)
        except zlib.error:
            return None
    first = head.decode("utf-8-sig", "replace").partition("\n")[0]
    columns = {_fold(cell.strip().strip('"')) for cell in re.split("[,;\t]", first)}
    if "meetingid" in columns and columns & {"organizer", "organizer_personid"}:
        return MEETINGS
    if "primarycollaborator_personid" in columns or "primarycollaborator_organization" in columns:
        return TIES
    if "personid" in columns and columns & {"metricdate", "date"}:
        if "meetings_09_10" in columns:
            return HOURLY
        return PERSON_WEEKS if columns & {name for names in _COLUMNS.values() for name in names} else None
    return None


def read_weeks(files: Sequence[tuple[str, bytes]], *, me: str | None = None) -> PersonWeeks:
    """Read one person's weeks from one or several exports.

    Parameters
    ----------
    files
        Names and bytes of person-week or hourly exports.
    me
        The person's ``PersonId``; may be left out where a file holds one person.
    """
    found = _Weeks()
    person = me
    for name, data in files:
        kind = detect(name, data)
        if kind not in {PERSON_WEEKS, HOURLY}:
            raise _not_read(name, kind, "a person-week or hourly export")
        table = _read(name, data)
        if "personid" not in table.columns:
            raise _not_read(name, kind, "a person-week or hourly export")
        person = _choose(table, "personid", person)
        found.add(table, person, hourly=kind == HOURLY)
    if person is None or not found.weeks:
        first = files[0][0] if files else "export"
        raise BadInput(
            Problem(file=first, wrong="The export holds no weeks.", right="Export at least one week.")
        )
    return found.table(person)


def read_meetings(
    files: Sequence[tuple[str, bytes]], *, me: str | None = None, zone: str | None = None
) -> Meetings:
    """Read the meetings that one person organized from meeting exports.

    The exports name the organizer and count the others, so all others are of unknown relation.
    """
    rows: dict[tuple[str, int], _Meeting] = {}
    left_out: Counter[str] = Counter()
    person = me
    zones: Counter[str] = Counter()
    for name, data in files:
        if detect(name, data) != MEETINGS:
            raise _not_read(name, detect(name, data), "a meeting export")
        table = _read(name, data)
        by = "organizer" if "organizer" in table.columns else "organizer_personid"
        person = _choose(table, by, person)
        for meeting in _meetings(table, by, person, left_out, zones):
            if meeting.key in rows:
                left_out["duplicate"] += 1
            rows[meeting.key] = meeting
    chosen = _meeting_zone(zone, zones)
    ordered = sorted(rows.values(), key=lambda one: (one.start, one.end, one.series))
    return _meeting_table(ordered, chosen, left_out, tuple(name for name, _ in files))


def _read(name: str, data: bytes) -> Table:
    table = read_table(name, data, limit_bytes=MAX_BYTES)
    folded = tuple(_fold(column) for column in table.columns)
    if len(set(folded)) < len(folded):
        twice = next(column for column, count in Counter(folded).items() if count > 1)
        raise BadInput(
            Problem(
                file=name,
                line=table.header_line,
                wrong=f"The column '{twice}' comes twice.",
                right="Remove one.",
            )
        )
    return type(table)(
        file=table.file, columns=folded, rows=table.rows, lines=table.lines, header_line=table.header_line
    )


def _not_read(name: str, kind: str | None, wanted: str) -> BadInput:
    wrong = f"This is an export of {kind}." if kind else "No export that is known here has these columns."
    right = f"Give {wanted} of Viva Insights or Workplace Analytics, as it was downloaded."
    return BadInput(Problem(file=name, wrong=wrong, right=right))


def _choose(table: Table, column: str, me: str | None) -> str:
    people = Counter(value for value in table.column(column) if value not in _MISSING)
    if me is not None:
        if me not in people:
            wrong = f"'{clean(me, 60)}' is not among the {len(people)} ids of this export."
            raise BadInput(Problem(file=table.file, wrong=wrong, right=_examples(people)))
        return me
    if len(people) == 1:
        return next(iter(people))
    wrong = f"The export holds {len(people)} people and it is not said which one you are."
    raise BadInput(Problem(file=table.file, wrong=wrong, right=_examples(people)))


def _examples(people: Counter[str]) -> str:
    ids = [clean(person, 80) for person, _ in people.most_common(2)]
    return f"Name your id with --me, as in {' or '.join(ids)}." if ids else "Export at least one person."


@dataclass(slots=True)
class _Weeks:
    weeks: dict[dt.date, dict[str, float]] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)

    def add(self, table: Table, person: str, *, hourly: bool) -> None:
        at = {name: place for place, name in enumerate(table.columns)}
        day_column = "metricdate" if "metricdate" in at else "date"
        days = _dates(table, day_column, same_weekday=True)
        wanted = _hourly_columns(at) if hourly else _week_columns(at)
        repeated = 0
        for number, row in enumerate(table.rows):
            if row[at["personid"]] != person:
                continue
            monday = _monday(days[number].date())
            repeated += monday in self.weeks
            week = self.weeks.setdefault(monday, {})
            for name, places in wanted.items():
                week[name] = sum(_number(table, number, place) for place in places)
            for name in _ATTRIBUTES:
                if name in at and row[at[name]] not in _MISSING:
                    self.attributes[name] = plain_text(row[at[name]])
        if repeated:
            self.notes.append(f"{table.file}: {repeated} weeks were read before; the later file counts.")
        self.source.append(table.file)

    def table(self, person: str) -> PersonWeeks:
        mondays = sorted(self.weeks)
        columns = {}
        for name in WEEK_COLUMNS:
            values = np.array([self.weeks[day].get(name, np.nan) for day in mondays], dtype=np.float64)
            columns[name] = None if np.all(np.isnan(values)) else values
        return PersonWeeks(
            **columns,
            person=person,
            monday=np.array(mondays, dtype="datetime64[D]"),
            attributes=tuple(self.attributes.items()),
            notes=tuple(self.notes),
            source=tuple(self.source),
        )


def _monday(day: dt.date) -> dt.date:
    """Give the Monday of a week that an export names by its Sunday (the day before) or by any later day."""
    return day + dt.timedelta(days=1) if day.isoweekday() == 7 else day - dt.timedelta(days=day.weekday())


def _week_columns(at: dict[str, int]) -> dict[str, list[int]]:
    return {
        name: [at[known]]
        for name, candidates in _COLUMNS.items()
        for known in [next((one for one in candidates if one in at), "")]
        if known
    }


def _hourly_columns(at: dict[str, int]) -> dict[str, list[int]]:
    hours = [f"{hour:02d}_{hour + 1:02d}" for hour in range(24)]
    found = {
        name: [at[f"{stem}_{hour}"] for hour in hours if f"{stem}_{hour}" in at]
        for name, stem in _HOURLY.items()
    }
    return {name: places for name, places in found.items() if places}


def _number(table: Table, row: int, place: int, high: float = 1e7) -> float:
    text = table.rows[row][place]
    if text in _MISSING:
        return float("nan")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= high:
        raise BadInput(
            Problem(
                file=table.file,
                line=table.lines[row],
                column=place + 1,
                wrong=f"{table.columns[place]}: '{clean(text, 30)}' is no number that can be meant.",
                right="Hours and counts are numbers from 0 up, with a point for the decimals.",
            )
        )
    return value


def _dates(table: Table, column: str, *, same_weekday: bool) -> list[dt.datetime]:
    """Read a column of dates; whether the day or the month comes first is decided for the whole column."""
    texts = table.column(column)
    slashed = [_SLASHED.fullmatch(text) for text in texts]
    order = _order(table, column, [hit for hit in slashed if hit], same_weekday=same_weekday)
    found = []
    for row, text in enumerate(texts):
        hit = slashed[row]
        iso = None if hit else _ISO.fullmatch(text)
        moment = None
        if hit:
            moment = order(hit)
        elif iso:
            moment = _moment(iso.group(1), iso.group(2), iso.group(3), iso.groups()[3:])
        if moment is None:
            raise table.bad(
                row, column, f"'{clean(text, 30)}' is no date.", "Dates read 2024-03-31 or 31/03/2024."
            )
        found.append(moment)
    return found


def _moment(year: str, month: str, day: str, clock: Sequence[str | None]) -> dt.datetime | None:
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        return dt.datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        return None


def _order(
    table: Table, column: str, hits: Sequence[re.Match[str]], *, same_weekday: bool
) -> Callable[[re.Match[str]], dt.datetime | None]:
    def day_first(hit: re.Match[str]) -> dt.datetime | None:
        return _moment(hit.group(3), hit.group(2), hit.group(1), hit.groups()[3:])

    def month_first(hit: re.Match[str]) -> dt.datetime | None:
        return _moment(hit.group(3), hit.group(1), hit.group(2), hit.groups()[3:])

    possible = [order for order in (day_first, month_first) if all(order(hit) for hit in hits)]
    if len(possible) == 2 and hits and same_weekday:
        # Weeks begin on the same day: only one order makes that come true.
        steady = [o for o in possible if len({d.weekday() for hit in hits if (d := o(hit))}) == 1]
        possible = steady or possible
    if len(possible) == 2 and hits and day_first(hits[0]) != month_first(hits[0]):
        raise BadInput(
            Problem(
                file=table.file,
                line=table.lines[0],
                wrong=f"{column}: '{hits[0].group()}' may mean two days, and no other row decides it.",
                right="Write dates as 2024-03-31, or export a longer period.",
            )
        )
    return possible[0] if possible else day_first


@dataclass(frozen=True, slots=True)
class _Meeting:
    series: str
    start: int
    end: int
    created: int
    recurring: bool
    all_day: bool
    others: int
    title: str

    @property
    def key(self) -> tuple[str, int]:
        return self.series, self.start


def _meetings(
    table: Table, by: str, person: str, left_out: Counter[str], zones: Counter[str]
) -> list[_Meeting]:
    at = {name: place for place, name in enumerate(table.columns)}
    starts = _starts(table)
    found = []
    for number, row in enumerate(table.rows):
        if row[at[by]] != person:
            left_out["other organizers"] += 1
            continue
        if _true(row, at, "cancelled", "iscancelled"):
            left_out["cancelled"] += 1
            continue
        for name in ("timezone", "organizer_timezone"):
            if name in at:
                zones[row[at[name]]] += 1
        found.append(_meeting(table, number, at, starts[number]))
    return found


def _starts(table: Table) -> list[dt.datetime]:
    if "collaboration_start_time" in table.columns:
        return _dates(table, "collaboration_start_time", same_weekday=False)
    days = _dates(table, "startdate", same_weekday=False)
    clocks = table.column("starttimeutc")
    found = []
    for row, (day, clock) in enumerate(zip(days, clocks, strict=True)):
        hit = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", clock)
        if hit is None or int(hit.group(1)) > 23 or int(hit.group(2)) > 59:
            raise table.bad(row, "starttimeutc", f"'{clean(clock, 30)}' is no time.", "Times read 16:30:00.")
        found.append(day.replace(hour=int(hit.group(1)), minute=int(hit.group(2))))
    return found


def _meeting(table: Table, number: int, at: dict[str, int], start: dt.datetime) -> _Meeting:
    row = table.rows[number]
    length = "duration" if "duration" in at else "durationhours"
    hours = _number(table, number, at[length], high=24 * 366) if length in at else 0.0
    sizes = [
        _number(table, number, at[name], high=100_000)
        for name in ("number_of_attendees", "attendees", "intended_participant_count", "invitees")
        if name in at and row[at[name]] not in _MISSING
    ]
    begun = int(start.timestamp()) // 60
    number_id = row[at["meetingid"]].partition(":")[0]
    recurring = _true(row, at, "recurring", "isrecurring")
    created = _created(number_id)
    return _Meeting(
        series=number_id[:32] + number_id[40:] if recurring else row[at["meetingid"]],
        start=begun,
        end=begun + round(hours * 60 if hours == hours else 0),  # noqa: PLR0124 - NaN
        created=created if created <= begun or recurring else NO_NOTICE,
        recurring=recurring,
        all_day=_true(row, at, "all_day_meeting"),
        others=max(int(max(sizes, default=1)) - 1, 0),
        title=plain_text(row[at["subject"]]) if "subject" in at else "",
    )


def _created(meeting_id: str) -> int:
    """Read when a meeting was set up from Outlook's id: bytes 20-27 are a Windows file time."""
    if not re.fullmatch(r"040000008200[Ee]00074[Cc]5[Bb]7101[Aa]82[Ee]008[0-9A-Fa-f]{24,}", meeting_id):
        return NO_NOTICE
    ticks = int.from_bytes(bytes.fromhex(meeting_id[40:56]), "little")
    minutes = ticks // 600_000_000
    moment = _FILETIME_ZERO + dt.timedelta(minutes=min(minutes, 600 * 366 * 1440))
    return int(moment.timestamp()) // 60 if 1990 <= moment.year <= 2100 else NO_NOTICE


def _true(row: Sequence[str], at: dict[str, int], *names: str) -> bool:
    return any(name in at and row[at[name]].upper() in {"TRUE", "1", "YES"} for name in names)


def _meeting_zone(zone: str | None, zones: Counter[str]) -> str:
    if zone is not None:
        return person_zone(zone)
    for name, _ in zones.most_common():
        known = known_name(name)
        if known:
            return known
    return "UTC"


def _meeting_table(
    rows: Sequence[_Meeting], zone: str, left_out: Counter[str], source: tuple[str, ...]
) -> Meetings:
    clock = open_zone(zone)
    numbers: dict[str, int] = {}
    n = len(rows)
    start = np.array([one.start for one in rows], dtype=np.int64)
    end = np.array([one.end for one in rows], dtype=np.int64)
    # Whole days are midnights in UTC: the days are meant, so they become the person's midnights.
    all_day = np.array([one.all_day for one in rows], dtype=bool)
    offsets = np.array([_offset(one.start, clock) for one in rows], dtype=np.int64)
    end_offsets = np.array([_offset(one.end, clock) for one in rows], dtype=np.int64)
    start, start_local = start - offsets * all_day, start + offsets * ~all_day
    end, end_local = end - end_offsets * all_day, end + end_offsets * ~all_day
    order = np.argsort(start, kind="stable")
    rows = [rows[place] for place in order.tolist()]
    none = np.zeros(n, dtype=np.int16)
    no = np.zeros(n, dtype=bool)
    return Meetings(
        zone=zone,
        start_utc=start[order],
        end_utc=end[order],
        start_local=start_local[order],
        end_local=end_local[order],
        created=np.array([one.created for one in rows], dtype=np.int64),
        series=np.array([numbers.setdefault(one.series, len(numbers)) for one in rows], dtype=np.int32),
        recurring=np.array([one.recurring for one in rows], dtype=bool),
        all_day=all_day[order],
        transparent=no,
        private=no,
        personal=no,
        response=np.zeros(n, dtype=np.int8),
        organizer=np.full(n, ORGANIZER_RELATIONS.index("self"), dtype=np.int8),
        reports=none,
        managers=none,
        peers=none,
        other_functions=none,
        outside=none,
        unknown=np.array([min(one.others, 10_000) for one in rows], dtype=np.int16),
        functions=np.zeros(n, dtype=np.int8),
        one_to_one=np.full(n, -1, dtype=np.int32),
        title=tuple(one.title for one in rows),
        categories=((),) * n,
        left_out=tuple(sorted(left_out.items())),
        source=source,
    )


def _offset(minute: int, clock: dt.tzinfo) -> int:
    moment = dt.datetime.fromtimestamp(minute * 60, dt.UTC).astimezone(clock)
    offset = moment.utcoffset()
    return int(offset.total_seconds()) // 60 if offset is not None else 0
