"""Time zones of calendars, from a fixed list: IANA names, Windows names, and what a file defines itself.

No name from a file is ever turned into a path: a name is looked up in the list, and only a name of
the list is opened.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NoReturn
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from fairlead.core.problems import BadInput, Problem
from fairlead.sources.rrules import OLDEST, RuleRefusedError, occurrences, parse_rule
from fairlead.sources.text import clean

if TYPE_CHECKING:
    from fairlead.sources.ics_guard import Component, Line, RawCalendar

MAX_NAME: Final = 128
MAX_CHANGES: Final = 2_000
EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - changes of zones are told on the wall clock
OLDEST_YEAR: Final = 1583
"""First whole year of the Gregorian calendar; Apple writes birthdays without a year as 1604."""
NEWEST: Final = 2200
_OFFSET: Final = re.compile(r"([+-])(\d{2}):?(\d{2}):?(\d{2})?")
_MOMENT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z?")
_UTC_NAMES: Final = frozenset(
    {"utc", "gmt", "z", "zulu", "etc/utc", "gmt+0", "gmt-0", "tzone://microsoft/utc"}
)
_MICROSOFT: Final = re.compile(r"tzone://Microsoft/", re.IGNORECASE)
_EXTRA: Final = {
    "US-Eastern": "America/New_York",
    "US-Central": "America/Chicago",
    "US-Mountain": "America/Denver",
    "US-Pacific": "America/Los_Angeles",
    "Pacific Time": "America/Los_Angeles",
    "Eastern Time": "America/New_York",
    "Romance": "Europe/Paris",
    "W. Europe": "Europe/Berlin",
    "Kolkata Standard Time": "Asia/Kolkata",
}


@cache
def names() -> frozenset[str]:
    """Give the fixed list: every IANA name of the time-zone package that is installed with Fairlead."""
    listed = resources.files("tzdata").joinpath("zones").read_text("ascii").split()
    return frozenset(listed) - {"Factory", "localtime"}


@cache
def _folded() -> dict[str, str]:
    table = {name.casefold(): name for name in names()}
    # Windows exports add words: "Mitteleuropäische Zeit" and the like stay unknown, English ones do not.
    table.update({name.casefold(): iana for name, iana in WINDOWS_TO_OLSON.items() if iana in names()})
    table.update({name.casefold(): iana for name, iana in _EXTRA.items()})
    return table


@cache
def zone(name: str) -> ZoneInfo:
    """Open a zone of the list; ``KeyError`` for any other name."""
    if name not in names():
        raise KeyError(name)
    return ZoneInfo(name)


def known_name(name: str) -> str | None:
    """Give the IANA name for an IANA or Windows name, also behind a vendor's prefix; else ``None``."""
    text = _MICROSOFT.sub("", name.strip().strip("\"'"))
    if len(text) > MAX_NAME:
        return None
    if text.casefold() in _UTC_NAMES:
        return "UTC"
    found = _folded().get(text.casefold())
    if found or "/" not in text or ".." in text:
        return found
    # "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "/Europe/Stockholm": the end counts.
    parts = text.strip("/").split("/")
    for size in (3, 2):
        found = _folded().get("/".join(parts[-size:]).casefold())
        if found and found.count("/") == size - 1:
            return found
    return None


def person_zone(name: str, where: str = "--zone") -> str:
    """Check the person's zone; ``BadInput`` when the list does not have it."""
    found = known_name(name)
    if found is None:
        raise BadInput(
            Problem(
                file=where,
                wrong=f"'{clean(name, 60)}' is no time zone that is known here.",
                right="Write an IANA name such as Europe/Berlin or America/New_York.",
            )
        )
    return found


class DefinedZone(dt.tzinfo):
    """A zone as a file defines it: moments on the wall clock from which an offset holds."""

    def __init__(self, name: str, changes: list[tuple[dt.datetime, dt.timedelta, dt.timedelta]]) -> None:
        self._name = name
        self._from = [moment for moment, _, _ in changes]
        self._changes = changes

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        """Give the offset; in an hour that comes twice the first one, in a gap the one before it."""
        if moment is None:
            return self._changes[0][2]
        wall = moment.replace(tzinfo=None)
        at = bisect_right(self._from, wall) - 1
        if at < 0:
            return self._changes[0][1]
        begun, before, after = self._changes[at]
        # Right after a change forward the wall clock has not yet reached the new time.
        if wall < begun + (after - before):
            return before
        if at + 1 < len(self._from):
            coming, before, after = self._changes[at + 1]
            if after < before and wall >= coming + (after - before) and moment.fold:
                return after
        return self._changes[at][2]

    def dst(self, moment: dt.datetime | None) -> dt.timedelta:
        """Give nothing: a definition says offsets, not which of them is summer time."""
        del moment
        return dt.timedelta(0)

    def tzname(self, moment: dt.datetime | None) -> str:
        """Give the name that the file uses."""
        del moment
        return self._name


def define(calendar: RawCalendar, component: Component) -> DefinedZone | None:
    """Make a zone from a ``VTIMEZONE``; ``None`` with a note when it says nothing that can be used."""
    changes: list[tuple[dt.datetime, dt.timedelta, dt.timedelta]] = []
    for part in component.parts:
        before, after = _offset(part.first("TZOFFSETFROM")), _offset(part.first("TZOFFSETTO"))
        start = _moment(part.first("DTSTART"))
        if before is None or after is None or start is None:
            calendar.note(
                part.number, "This part of a time zone lacks its start or offsets and is passed over."
            )
            continue
        changes.extend((moment, before, after) for moment in _moments(calendar, part, start))
    if not changes:
        return None
    return DefinedZone(component.text("TZID"), sorted(set(changes)))


def _moments(calendar: RawCalendar, part: Component, start: dt.datetime) -> set[dt.datetime]:
    found = {start}
    for line in part.lines.get("RDATE", []):
        found.update(filter(None, (_read_moment(text) for text in line.value.split(",")[:1_000])))
    for line in part.lines.get("RRULE", []):
        found.update(_by_rule(calendar, line, start))
    if len(found) > MAX_CHANGES:
        begin = part.lines["DTSTART"][0]
        _refuse(
            calendar,
            begin,
            f"A time zone changes {len(found):,} times.",
            f"At most {MAX_CHANGES:,} are read.",
        )
    return found


def _by_rule(calendar: RawCalendar, line: Line, start: dt.datetime) -> set[dt.datetime]:
    """Count out the changes of one rule of a zone between 1900 and 2100."""
    try:
        rule = parse_rule(line.value)
        if rule.count is not None and start.year < OLDEST:
            return set()
        until = rule.until
        if isinstance(until, dt.datetime):
            # The end is in UTC and the changes on the wall clock: no zone is further away than a day.
            until = until.replace(tzinfo=None) + dt.timedelta(days=1 if until.year < NEWEST else 0)
        elif until is not None:
            until = dt.datetime.combine(until, dt.time.max)
        seconds = occurrences(rule, start, dt.date(OLDEST, 1, 1), dt.date(2100, 12, 31), until)
    except RuleRefusedError as refused:
        _refuse(calendar, line, refused.wrong, refused.right, refused.offset)
    return {EPOCH + dt.timedelta(seconds=second) for second in seconds.tolist()}


def _offset(line: Line | None) -> dt.timedelta | None:
    found = _OFFSET.fullmatch(line.value.strip()) if line else None
    if found is None:
        return None
    size = dt.timedelta(
        hours=int(found.group(2)), minutes=int(found.group(3)), seconds=int(found.group(4) or 0)
    )
    if size >= dt.timedelta(hours=24):
        return None
    return -size if found.group(1) == "-" else size


def _moment(line: Line | None) -> dt.datetime | None:
    return _read_moment(line.value) if line else None


def _read_moment(text: str) -> dt.datetime | None:
    found = _MOMENT.fullmatch(text.strip())
    try:
        return dt.datetime(*map(int, found.groups())) if found else None  # type: ignore[arg-type]  # noqa: DTZ001 - wall clock; six numbers
    except ValueError:
        return None


class ZoneBook:
    """The zones of one file: each name resolved once, unknown ones noted once."""

    def __init__(self, calendar: RawCalendar, floating: dt.tzinfo) -> None:
        self.calendar = calendar
        self.floating = floating
        self._found: dict[str, dt.tzinfo] = {}

    def resolve(self, name: str, line: Line) -> dt.tzinfo:
        """Give the zone for a ``TZID``; an unknown plain name is read in the person's zone, with a note."""
        if name in self._found:
            return self._found[name]
        if len(name) > MAX_NAME:
            _refuse(self.calendar, line, f"The time zone name is {len(name):,} characters long.", _RIGHT)
        iana = known_name(name)
        defined = self.calendar.zones.get(name)
        found: dt.tzinfo | None = zone(iana) if iana else None
        if found is None:
            if (
                ".." in name
                or "\\" in name
                or name.startswith(("/", "~", "."))
                or "://" in name
                or "\x00" in name
            ):
                _refuse(self.calendar, line, f"The time zone '{clean(name, 60)}' names a path.", _RIGHT)
            found = define(self.calendar, defined) if defined else None
        if found is None:
            self.calendar.note(
                line.number,
                f"The time zone '{clean(name, 60)}' is not known; its times are read as your own.",
            )
            found = self.floating
        self._found[name] = found
        return found


_RIGHT: Final = "Use an IANA name such as Europe/Berlin, a Windows name, or define the zone in the file."


def _refuse(calendar: RawCalendar, line: Line, wrong: str, right: str, offset: int = 0) -> NoReturn:
    calendar.refuse(line.number, wrong, right, line.column(offset))
