# ruff: noqa: E501 - hostile lines are clearer unbroken
"""Forty files made to hurt, each refused or made harmless within two seconds of processor time."""

from __future__ import annotations

import datetime as dt
import io
import resource
import time
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from fairlead.core.problems import BadInput
from fairlead.library.load import read_yaml
from fairlead.sources import ics, sandbox
from fairlead.sources.files import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 2.0
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass(frozen=True)
class Bomb:
    """A hostile file, and what must come of it: words of the refusal, or how many events remain."""

    name: str
    kind: str
    make: Callable[[], bytes]
    says: str = ""
    events: int = -1

    @property
    def file(self) -> str:
        return f"{self.name}.{self.kind}"


def calendar(*lines: str, head: tuple[str, ...] = ()) -> bytes:
    event = (
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20240101T090000Z",
        "DTEND:20240101T100000Z",
        *lines,
        "END:VEVENT",
    )
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *head, *event, "END:VCALENDAR", ""]).encode()


def rule(text: str) -> Callable[[], bytes]:
    return lambda: calendar(f"RRULE:{text}")


def many(text: str, count: int) -> bytes:
    events = [
        f"BEGIN:VEVENT\nUID:{n}\nDTSTART:19010101T090000Z\nDURATION:PT1H\nRRULE:{text}\nEND:VEVENT"
        for n in range(count)
    ]
    return "\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR"]).encode()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("calendar.ics")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def lying_size() -> bytes:
    """Declare one byte in the directory for a member that unpacks to ten megabytes."""
    data = bytearray(zipped(("calendar.ics", b"A" * 10_000_000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return bytes(data)


def workbook(sheet: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>', strings: str = "") -> bytes:
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        (
            "[Content_Types].xml",
            f'{head}<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>'.encode(),
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            f'Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/workbook.xml",
            f'<workbook {ns} xmlns:r="{rel}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            f'Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            f"{strings}<worksheet {ns}><sheetData>{sheet}</sheetData></worksheet>".encode(),
        ),
    )


LAUGHS = (
    "<!DOCTYPE x ["
    '<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
YAML_LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

BOMBS = [
    # Repetition rules
    Bomb("every-second", "ics", rule("FREQ=SECONDLY"), "FREQ=SECONDLY"),
    Bomb("every-minute-with-count", "ics", rule("FREQ=MINUTELY;COUNT=999999999"), "FREQ=MINUTELY"),
    Bomb("every-hour-for-ever", "ics", rule("FREQ=HOURLY;UNTIL=99991231T235959Z"), "FREQ=HOURLY"),
    Bomb("never-true", "ics", rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), events=1),
    Bomb("never-true-many", "ics", lambda: many("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31", 2_000), events=0),
    Bomb("interval-zero", "ics", rule("FREQ=DAILY;INTERVAL=0"), "INTERVAL=0"),
    Bomb("interval-huge", "ics", rule("FREQ=YEARLY;INTERVAL=99999999999999999999"), "INTERVAL=99999"),
    Bomb("count-huge", "ics", rule("FREQ=DAILY;COUNT=2147483647"), "COUNT=2147483647"),
    Bomb("lists-multiply", "ics", rule(
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(31)))};"
        f"BYSECOND={','.join(map(str, range(31)))}"), "times on each of its days"),
    Bomb("list-too-long", "ics", rule(f"FREQ=DAILY;BYMINUTE={','.join(map(str, range(60)))}"), "BYMINUTE lists 60"),
    Bomb("exrule", "ics", lambda: calendar("RRULE:FREQ=DAILY", "EXRULE:FREQ=SECONDLY"), "EXRULE is not read"),
    Bomb("too-many-series", "ics", lambda: many("FREQ=DAILY", 2_000), "more than 20,000 occurrences"),
    # Archives
    Bomb("zip-of-zeros", "zip", lambda: zipped(("a.ics", b"\0" * 40_000_000)), "times"),
    Bomb("zip-too-large", "zip", lambda: zipped(*((f"{n}.ics", bytes(11 << 20)) for n in range(5))), "MiB"),
    Bomb("zip-many-members", "zip", lambda: zipped(*((f"{n}.ics", b"") for n in range(51))), "51 files"),
    Bomb("zip-in-zip", "zip", lambda: zipped(("b.zip", zipped(("a.ics", b"BEGIN:VCALENDAR")))), "archive itself"),
    Bomb("zip-slip-and-link", "zip", lambda: zipped(("../../a.ics", b"BEGIN:VCALENDAR")), "outside the archive"),
    Bomb("zip-that-lies", "zip", lying_size, "damaged"),
    # XML and workbooks
    Bomb("billion-laughs", "xlsx", lambda: workbook(CELL, strings=LAUGHS), "declares entities"),
    Bomb("external-entity", "xlsx", lambda: workbook(
        CELL, strings='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "declares entities"),
    Bomb("utf-16-doctype", "xlsx", lambda: zipped(("xl/workbook.xml", "<!DOCTYPE a>".encode("utf-16"))), "UTF-8"),
    Bomb("far-cell", "xlsx", lambda: workbook(
        CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "empty rows"),
    Bomb("xlsx-of-zeros", "xlsx", lambda: zipped(("xl/worksheets/sheet1.xml", b" " * 40_000_000)), "times"),
    # YAML
    Bomb("yaml-laughs", "yaml", YAML_LAUGHS.encode, "anchor"),
    Bomb("yaml-deep", "yaml", (b"[" * 5_000 + b"]" * 5_000).strip, "deep"),
    Bomb("yaml-python", "yaml", b"!!python/object/apply:os.system ['true']\n".strip, "tag"),
    Bomb("yaml-long", "yaml", (b"a: " + b"x" * 300_000).strip, "long"),
    Bomb("yaml-twice", "yaml", b"a: 1\na: 2\n".strip, "twice"),
    # CSV
    Bomb("csv-open-quote", "csv", lambda: b'id,name\n1,"' + b"x" * 4_000_000, "CSV"),
    Bomb("csv-wide", "csv", lambda: b"a," * 2_000_000 + b"\n1\n", "cells"),
    Bomb("csv-long-table", "csv", lambda: b"id\n" + b"1\n" * 200_000, "100,000 rows"),
    Bomb("csv-binary", "csv", lambda: b"id,name\n1,\x00\x01\x02\n", "binary"),
    # Time zones
    Bomb("tz-path", "ics", lambda: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=../../../../etc/passwd:20240101T090000\n"
         b"END:VEVENT\nEND:VCALENDAR\n", "names a path"),
    Bomb("tz-long-name", "ics", lambda: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=" + b"A" * 5_000
         + b":20240101T090000\nEND:VEVENT\nEND:VCALENDAR\n", "5,000 characters"),
    Bomb("tz-secondly", "ics", lambda: calendar("DTSTART;TZID=X:20240101T090000", head=(
        "BEGIN:VTIMEZONE", "TZID:X", "BEGIN:STANDARD", "DTSTART:19000101T000000", "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100", "RRULE:FREQ=SECONDLY", "END:STANDARD", "END:VTIMEZONE",
    )).replace(b"DTSTART:20240101T090000Z\r\n", b""), "FREQ=SECONDLY"),
    Bomb("tz-daily-for-ever", "ics", lambda: calendar("DTSTART;TZID=X:20240101T090000", head=(
        "BEGIN:VTIMEZONE", "TZID:X", "BEGIN:STANDARD", "DTSTART:19000101T000000", "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100", "RRULE:FREQ=DAILY", "END:STANDARD", "END:VTIMEZONE",
    )).replace(b"DTSTART:20240101T090000Z\r\n", b""), "time zone changes"),
    # Text that is not what it seems
    Bomb("bidi-title", "ics", lambda: calendar(f"SUMMARY:Pay {BIDI}day"), events=1),
    Bomb("bidi-category", "ics", lambda: calendar("SUMMARY:x", f"CATEGORIES:{BIDI}a,b{BIDI}"), events=1),
    Bomb("bidi-combining-title", "ics", lambda: calendar("SUMMARY:" + "a" + "\u0301\u0323" * 2_000_000), events=1),
    Bomb("bidi-column", "csv", f"id{BIDI},id\n1,2\n".encode, "comes twice"),
]  # fmt: skip


def read_here(bomb: Bomb) -> ics.CalendarRead | None:
    data = bomb.make()
    if bomb.kind in {"ics", "zip"}:
        return ics.read([(bomb.file, data)], zone="UTC", first=FIRST, last=LAST)
    if bomb.kind == "yaml":
        read_yaml(bomb.file, data)
    else:
        read_table(bomb.file, data)
    return None


def read_there(bomb: Bomb) -> ics.CalendarRead | None:
    data = bomb.make()
    if bomb.kind in {"ics", "zip"}:
        return sandbox.read_calendar([(bomb.file, data)], zone="UTC", first=FIRST, last=LAST)
    if bomb.kind == "yaml":
        sandbox.read_document(bomb.file, data)
    else:
        sandbox.read_table(bomb.file, data)
    return None


def check(bomb: Bomb, read: Callable[[Bomb], ics.CalendarRead | None]) -> None:
    if bomb.events < 0:
        with pytest.raises(BadInput) as caught:
            read(bomb)
        problem = caught.value.problems[0]
        assert problem.file.startswith(bomb.name), "the refusal names the file"
        assert bomb.says in problem.wrong + problem.file
        assert problem.right.strip(), "the refusal says what would be right"
        return
    found = read(bomb)
    assert found is not None
    assert len(found.meetings) == bomb.events
    told = "".join(
        [*found.meetings.title, *(c for cs in found.meetings.categories for c in cs), *found.notes]
    )
    assert not set(told) & set(BIDI)
    assert all(len(title) <= 1_000 for title in found.meetings.title)


def test_there_are_forty_of_them():
    assert len(BOMBS) == 40
    assert len({bomb.name for bomb in BOMBS}) == 40


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
def test_the_reader_refuses_or_disarms_in_two_seconds(bomb):
    began = time.process_time()
    check(bomb, read_here)
    assert time.process_time() - began < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
def test_the_sandbox_refuses_or_disarms_in_two_seconds(bomb):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    check(bomb, read_there)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty-lines", b"BEGIN:VCALENDAR\n" + b"\n" * (60 << 20), "lines"),
        ("one-line", b"BEGIN:VCALENDAR" + b"x" * (60 << 20), "characters long"),
        ("one-folded-line", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:" + b"\n x" * (2 << 20), "characters long"),
        ("nested", b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 1_000_000, "deep in one another"),
        ("components", b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 100_001, "more than 100,000"),
    ],
)
def test_files_that_are_only_large_are_refused_in_two_seconds(name, data, says):
    began = time.process_time()
    with pytest.raises(BadInput, match=says):
        ics.read([(name, data)], zone="UTC", first=FIRST, last=LAST)
    assert time.process_time() - began < SECONDS


def test_a_symbolic_link_in_an_archive_is_refused():
    with pytest.raises(BadInput, match="symbolic link"):
        ics.read([("link.zip", link())], zone="UTC", first=FIRST, last=LAST)


@pytest.mark.parametrize(
    ("line", "number"),
    [("RRULE:FREQ=SECONDLY", 7), ("EXRULE:FREQ=DAILY", 7), ("RRULE:FREQ=DAILY;BYHOUR=99", 7)],
)
def test_a_refused_rule_is_named_by_line_and_column(line, number):
    with pytest.raises(BadInput) as caught:
        ics.read([("work.ics", calendar(line))], zone="UTC", first=FIRST, last=LAST)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("work.ics", number)
    assert problem.column is not None
    assert 1 <= problem.column <= len(line)
