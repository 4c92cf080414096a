"""What a calendar file must be before anything interprets it, and its lines, each with its number.

Only bytes come in. The file is cut into lines and components under fixed limits; the few
properties that the audit needs are kept and all others (descriptions, places, attachments, alarms)
are dropped here, before they are ever parsed. Every refusal names file and line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

from fairlead.core.problems import BadInput, Problem
from fairlead.sources.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB: Final = 1024 * 1024
MAX_BYTES: Final = 64 * MIB
MAX_COMPONENTS: Final = 100_000
MAX_DEPTH: Final = 8
MAX_LINES: Final = 3_000_000
"""Lines of a file as they stand; an export of 64 MiB has about 1.2 million."""
MAX_LINE: Final = 64 * 1024
"""Characters of one kept line after unfolding; titles are cut instead (they may be any length)."""
MAX_ATTENDEES: Final = 2_000
MAX_ZONES: Final = 200
MAX_VALUES: Final = 5_000
"""Lines of one kind (``EXDATE``, ``RDATE``) in one event."""
MAX_NOTES: Final = 8
"""Bad lines that are named one by one; further ones are counted."""

EVENT_PROPERTIES: Final = frozenset({
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID",
    "SEQUENCE", "SUMMARY", "CATEGORIES", "CLASS", "STATUS", "TRANSP", "ORGANIZER", "ATTENDEE", "CREATED",
    "DTSTAMP", "LAST-MODIFIED", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT",
})  # fmt: skip
ZONE_PROPERTIES: Final = frozenset({"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"})
CALENDAR_PROPERTIES: Final = frozenset({
    "VERSION", "METHOD", "CALSCALE", "X-WR-CALNAME", "X-WR-TIMEZONE", "X-OWNER", "X-WR-RELCALID",
})  # fmt: skip
_MANY: Final = {"ATTENDEE": MAX_ATTENDEES, "EXDATE": MAX_VALUES, "RDATE": MAX_VALUES, "CATEGORIES": 100}
_CUT: Final = frozenset({"SUMMARY", "CATEGORIES", "X-WR-CALNAME"})
_NAME: Final = re.compile(r"([A-Za-z0-9-]{1,80})[;:]")
_QUOTED: Final = re.compile(r'"[^"]*"')
_TOP: Final = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"})
_OBSERVANCES: Final = frozenset({"STANDARD", "DAYLIGHT"})


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: name, parameters as written, value, and the number of its first line."""

    name: str
    params: str
    value: str
    number: int
    folded: bool = False

    def column(self, offset: int) -> int | None:
        """Give the column of a place in the value; ``None`` when the line is folded."""
        if self.folded:
            return None
        return len(self.name) + len(self.params) + 2 + offset

    def param(self, name: str) -> str:
        """Give the value of a parameter without its quotes, or ``""``."""
        upper = self.params.upper()
        at = upper.find(f";{name}=")
        if at < 0:
            return ""
        rest = self.params[at + len(name) + 2 :]
        if rest.startswith('"'):
            return rest[1:].partition('"')[0]
        return rest.partition(";")[0].strip()


@dataclass(slots=True)
class Component:
    """One event or one time-zone definition: its kept lines by name, and where it begins."""

    kind: str
    number: int
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """Give the first line of that name."""
        found = self.lines.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Give the value of the first line of that name, or ``""``."""
        found = self.lines.get(name)
        return found[0].value.strip() if found else ""


@dataclass(slots=True)
class RawCalendar:
    """A file that passed: its events and zones, what was passed over, and notes for the person."""

    file: str
    properties: dict[str, Line] = field(default_factory=dict)
    events: list[Component] = field(default_factory=list)
    zones: dict[str, Component] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    bad_lines: int = 0

    def note(self, number: int, what: str) -> None:
        """Note one line that was passed over; after some, only count."""
        self.bad_lines += 1
        if self.bad_lines <= MAX_NOTES:
            self.notes.append(f"{self.file}, line {number}: {what}")

    def refuse(self, number: int | None, wrong: str, right: str, column: int | None = None) -> NoReturn:
        """Refuse the file."""
        raise BadInput(Problem(file=self.file, line=number, column=column, wrong=wrong, right=right))


def scan(file: str, data: bytes, limit_bytes: int = MAX_BYTES) -> RawCalendar:
    """Cut one file into events and zones, or say why it is no calendar that can be read."""
    calendar = RawCalendar(file=file)
    if len(data) > limit_bytes:
        calendar.refuse(
            None,
            f"The file is {len(data) / MIB:,.1f} MiB long.",
            f"At most {limit_bytes / MIB:,.0f} MiB are read; export a shorter period or raise the limit.",
        )
    lines = _physical_lines(calendar, data)
    _Reader(calendar).read(lines)
    if calendar.bad_lines > MAX_NOTES:
        calendar.notes.append(f"{file}: {calendar.bad_lines - MAX_NOTES} more lines like these.")
    for kind, count in sorted(calendar.passed_over.items()):
        calendar.notes.append(f"{file}: passed over, since only events are read: {kind} ({count}).")
    return calendar


def _physical_lines(calendar: RawCalendar, data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        calendar.refuse(1, "The file is written in UTF-16.", "A calendar file is UTF-8; export it again.")
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if start[:15].upper() != b"BEGIN:VCALENDAR":
        shown = clean(start[:40].decode("ascii", "replace"), 30)
        calendar.refuse(
            1,
            f"The file begins with '{shown}'." if shown else "The file is empty.",
            "A calendar file begins with BEGIN:VCALENDAR.",
        )
    count = data.count(b"\n") or data.count(b"\r")
    if count > MAX_LINES:
        calendar.refuse(
            MAX_LINES,
            f"The file has {count:,} lines.",
            f"At most {MAX_LINES:,} are read; export a shorter period.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        calendar.note(number, "Some letters are not UTF-8 and are shown as \ufffd.")
        text = data.decode("utf-8-sig", "replace")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text.split("\n")


class _Reader:
    """Walks over the lines once, with the stack of open components."""

    def __init__(self, calendar: RawCalendar) -> None:
        self.calendar = calendar
        self.stack: list[Component] = []
        self.components = 0
        self.full: set[tuple[int, str]] = set()
        self.wanted: frozenset[str] = frozenset()

    def read(self, lines: list[str]) -> None:
        """Read every logical line; unfold only those that are kept."""
        for line in self._logical(lines):
            if line.name == "BEGIN":
                self._begin(line)
            elif line.name == "END":
                self._end(line)
            else:
                self._keep(line)
        if self.stack:
            self._cut_off(len(lines))

    def _logical(self, lines: list[str]) -> Iterator[Line]:
        index, total = 0, len(lines)
        match = _NAME.match
        while index < total:
            text = lines[index]
            index += 1
            found = match(text)
            if found is None:
                index = self._folded_name(lines, index)
                continue
            name = found.group(1).upper()
            if name not in self.wanted and name not in {"BEGIN", "END"}:
                while index < total and lines[index][:1] in {" ", "\t"}:
                    index += 1
                continue
            number = index
            index = self._after_folds(lines, index)
            if index > number:
                text = self._unfold(name, lines, number, index)
            yield self._split(name, text.rstrip("\r"), number, folded=index > number)

    @staticmethod
    def _after_folds(lines: list[str], index: int) -> int:
        while index < len(lines) and lines[index][:1] in {" ", "\t"}:
            index += 1
        return index

    def _folded_name(self, lines: list[str], index: int) -> int:
        """Handle a line without a name: blank, or folded before its colon, or no calendar line."""
        text = lines[index - 1].strip("\r \t")
        after = self._after_folds(lines, index)
        if not text:
            return index
        if after > index and re.fullmatch(r"[A-Za-z0-9-]{1,80}", text):
            joined = text + "".join(line[1:].rstrip("\r") for line in lines[index:after][:8])
            # Joined once, it is an ordinary line: put it back and read it again.
            lines[after - 1] = joined
            return after - 1
        if self.stack:
            # Not quoted: it may be the rest of a title or a text, and notes are kept with the reading.
            self.calendar.note(index, "This is no calendar line and is passed over.")
        return after

    def _unfold(self, name: str, lines: list[str], number: int, after: int) -> str:
        parts = [lines[number - 1].rstrip("\r")]
        size = len(parts[0])
        for line in lines[number:after]:
            part = line[1:].rstrip("\r")
            size += len(part)
            if size > MAX_LINE:
                if name in _CUT:
                    parts.append(part[:MAX_LINE])
                    break
                self._too_long(name, number, sum(map(len, lines[number - 1 : after])))
            parts.append(part)
        return "".join(parts)

    def _too_long(self, name: str, number: int, size: int) -> NoReturn:
        self.calendar.refuse(
            number,
            f"The line {name} is {size:,} characters long.",
            f"At most {MAX_LINE:,} characters are read in one line.",
        )

    def _split(self, name: str, text: str, number: int, *, folded: bool) -> Line:
        if len(text) > MAX_LINE:
            if name not in _CUT:
                self._too_long(name, number, len(text))
            text = text[:MAX_LINE]
        colon = _colon(name, text)
        if colon < 0:
            if name in {"BEGIN", "END"} or not self.stack:
                self.calendar.refuse(
                    number,
                    f"The line {name} has no colon.",
                    "A line reads NAME:value or NAME;PARAMETER=…:value.",
                )
            self.calendar.note(number, f"The line {name} has no colon and is passed over.")
            return Line("", "", "", number)
        return Line(name, text[len(name) : colon], text[colon + 1 :], number, folded)

    def _begin(self, line: Line) -> None:
        kind = line.value.strip().upper()
        if not self.stack and kind != "VCALENDAR":
            self.calendar.refuse(
                line.number,
                f"'{clean(kind, 30)}' stands outside a calendar.",
                "Components stand between BEGIN:VCALENDAR and END:VCALENDAR.",
            )
        self.components += 1
        if self.components > MAX_COMPONENTS:
            self.calendar.refuse(
                line.number,
                f"There are more than {MAX_COMPONENTS:,} components.",
                "Export a shorter period, or several files.",
            )
        if kind in _TOP and len(self.stack) > 1:
            self._leave_unended(line.number)
        if len(self.stack) >= MAX_DEPTH:
            self.calendar.refuse(
                line.number,
                f"Components stand {MAX_DEPTH + 1} deep in one another.",
                f"A calendar needs no more than {MAX_DEPTH}.",
            )
        self.stack.append(Component(kind=kind, number=line.number))
        self._want()

    def _leave_unended(self, number: int) -> None:
        """Go back to the calendar: events do not stand in one another, so an END was forgotten."""
        while self.stack[-1].kind != "VCALENDAR":
            done = self.stack.pop()
            self.calendar.note(
                number, f"{clean(done.kind, 30)} from line {done.number} is not ended and is left out."
            )

    def _end(self, line: Line) -> None:
        kind = line.value.strip().upper()
        open_kinds = [component.kind for component in self.stack]
        if kind not in open_kinds:
            self.calendar.note(line.number, f"END:{clean(kind, 30)} ends nothing that is open.")
            return
        while self.stack:
            done = self.stack.pop()
            if done.kind == kind:
                self._close(done)
                break
            self.calendar.note(
                line.number, f"{clean(done.kind, 30)} from line {done.number} is not ended and is left out."
            )
        self._want()

    def _close(self, done: Component) -> None:
        inside = self.stack[-1].kind if self.stack else ""
        if done.kind == "VEVENT":
            self.calendar.events.append(done)
        elif done.kind in _OBSERVANCES and inside == "VTIMEZONE":
            self.stack[-1].parts.append(done)
        elif done.kind == "VTIMEZONE":
            self._close_zone(done)
        elif done.kind in {"VTODO", "VFREEBUSY", "VJOURNAL"}:
            words = {"VTODO": "tasks", "VFREEBUSY": "free/busy lists", "VJOURNAL": "journal entries"}
            self.calendar.passed_over[words[done.kind]] += 1

    def _close_zone(self, done: Component) -> None:
        # Outlook escapes the comma in "Kuala Lumpur, Singapore" here, and quotes it where it is used.
        name = re.sub(r"\\(.)", r"\1", done.text("TZID"))
        if name and name not in self.calendar.zones:
            self.calendar.zones[name] = done
        if len(self.calendar.zones) > MAX_ZONES:
            self.calendar.refuse(
                done.number,
                f"The file defines more than {MAX_ZONES} time zones.",
                "A calendar needs a few; export it again.",
            )

    def _want(self) -> None:
        kind = self.stack[-1].kind if self.stack else ""
        if kind == "VEVENT":
            self.wanted = EVENT_PROPERTIES
        elif kind == "VTIMEZONE" or kind in _OBSERVANCES:
            self.wanted = ZONE_PROPERTIES
        else:
            self.wanted = CALENDAR_PROPERTIES if kind == "VCALENDAR" else frozenset()

    def _keep(self, line: Line) -> None:
        if not line.name or not self.stack:
            return
        component = self.stack[-1]
        if component.kind == "VCALENDAR":
            self.calendar.properties.setdefault(line.name, line)
            return
        found = component.lines.setdefault(line.name, [])
        if len(found) >= _MANY.get(line.name, 20):
            if line.name in {"EXDATE", "RDATE", "RRULE"}:
                self.calendar.refuse(
                    line.number,
                    f"One event has more than {len(found):,} lines {line.name}.",
                    f"At most {len(found):,} are read.",
                )
            if (component.number, line.name) not in self.full:
                self.full.add((component.number, line.name))
                what = f"More than {len(found):,} lines {line.name}; the rest is not read."
                self.calendar.note(line.number, what)
            return
        found.append(line)

    def _cut_off(self, last: int) -> None:
        top = self.stack[-1]
        if top.kind == "VCALENDAR" and len(self.stack) == 1:
            self.calendar.note(last, "The file ends without END:VCALENDAR; is it whole?")
            return
        self.calendar.note(
            last,
            f"The file is cut off inside {clean(top.kind, 30)} from line {top.number}, which is left out.",
        )


def _colon(name: str, text: str) -> int:
    """Find the colon before the value: the first outside quotes, the last for dates (zones hold colons)."""
    if name in {"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"}:
        return text.rfind(":")
    if '"' not in text:
        return text.find(":")
    masked = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    colon = masked.find(":")
    return colon if colon >= 0 else text.find(":")
