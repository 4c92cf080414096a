# ruff: noqa: E501 - broken pieces are clearer in a block
"""Calendars broken at random: read, or refused with file and line; never a crash, never a hang."""

from __future__ import annotations

import datetime as dt
import random
import time
import tracemalloc

import numpy as np
import pytest

from fairlead.core.problems import BadInput
from fairlead.core.tables import Meetings
from fairlead.sources import ics, sandbox

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
SEED = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Example//Calendar//EN\r
X-WR-CALNAME:ann@example.com\r
X-WR-TIMEZONE:Europe/Berlin\r
BEGIN:VTIMEZONE\r
TZID:Custom\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:19700329T020000\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
END:DAYLIGHT\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:series@example.com\r
DTSTAMP:20231201T080000Z\r
CREATED:20231201T080000Z\r
DTSTART;TZID=Custom:20240108T093000\r
DTEND;TZID=Custom:20240108T100000\r
RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20240630T220000Z\r
EXDATE;TZID=Custom:20240115T093000,20240118T093000\r
RDATE;TZID=Custom;VALUE=PERIOD:20240120T090000/PT1H\r
SUMMARY:Weekly with B\xc3\xb6rn\\, Ann\r
CATEGORIES:Team,Personal\r
ORGANIZER;CN="Ann: Bee":mailto:ann@example.com\r
ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED;CUTYPE=INDIVIDUAL:mailto:bo@example.com\r
ATTENDEE;CN="Room; 3";CUTYPE=ROOM:mailto:room@example.com\r
STATUS:CONFIRMED\r
SEQUENCE:2\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:series@example.com\r
RECURRENCE-ID;TZID=Custom:20240122T093000\r
DTSTART;TZID=Custom:20240123T140000\r
DTEND;TZID=Custom:20240123T150000\r
SUMMARY:Moved once\r
SEQUENCE:3\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:day@example.com\r
DTSTART;VALUE=DATE:20240401\r
DTEND;VALUE=DATE:20240403\r
RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3\r
TRANSP:TRANSPARENT\r
X-MICROSOFT-CDO-BUSYSTATUS:OOF\r
CLASS:PRIVATE\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:one@example.com\r
DTSTART;TZID="W. Europe Standard Time":20240331T013000\r
DURATION:P1DT2H30M\r
SUMMARY:Over the night with the clock\r
 change\r
BEGIN:VALARM\r
TRIGGER:-PT15M\r
ACTION:DISPLAY\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
"""
WORDS = [
    b"BEGIN:VEVENT", b"END:VEVENT", b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"BEGIN:VALARM", b"DTSTART:", b"DTEND:",
    b"99991231T235959Z", b"00010101T000000", b"19700101", b"RRULE:FREQ=DAILY", b"RRULE:FREQ=SECONDLY", b";COUNT=-1",
    b";INTERVAL=999", b";BYSETPOS=-1", b";UNTIL=99991231", b"RECURRENCE-ID;RANGE=THISANDFUTURE:20240122T093000",
    b"DURATION:-P9999D", b"P99999W", b"TZID=", b"TZID=../../etc", b"Z", b":", b";", b"=", b'"', b",", b"\\", b"\r\n",
    b"\n ", b"\r", b"\x00", b"\xff", b"\xe2\x80\xae", b"\xed\xa0\x80", b"EXRULE:FREQ=DAILY", b"+9999", b"-0000",
    b"SEQUENCE:99999999999999999999", b"RDATE:", b"EXDATE;VALUE=DATE:20240122", b"VALUE=DATE", b"20240230", b"2024",
    b"CALSCALE:JULIAN", b"METHOD:CANCEL", b"X-WR-TIMEZONE:Mars/Base", b"ATTENDEE:", b"RRULE:", b"UID:", b"TZOFFSETTO:",
]  # fmt: skip


def mutate(draw: random.Random) -> bytes:
    data = bytearray(SEED)
    for _ in range(draw.choice([1, 1, 2, 3, 5, 8, 20])):
        at = draw.randrange(len(data) or 1)
        size = draw.choice([1, 1, 2, 4, 8, 40])
        kind = draw.randrange(7)
        if kind == 0:
            data[at : at + size] = b""
        elif kind == 1:
            data[at:at] = draw.choice(WORDS)
        elif kind == 2:
            data[at : at + size] = draw.choice(WORDS)
        elif kind == 3 and data:
            data[at] = draw.randrange(256)
        elif kind == 4:
            data[at:at] = data[at : at + size * 10] * draw.choice([1, 2, 5])
        elif kind == 5:
            lines = bytes(data).split(b"\r\n")
            draw.shuffle(lines) if draw.random() < 0.1 else lines.insert(
                draw.randrange(len(lines)), draw.choice(lines)
            )
            data = bytearray(b"\r\n".join(lines))
        else:
            data = data[: max(at, 20)]
    return bytes(data)


def attempt(data: bytes, read) -> bool:
    """Read; say whether it was read. Whatever else happens than a table or a named refusal is a failure."""
    try:
        found = read([("broken.ics", data)], first=FIRST, last=LAST, today=LAST)
    except BadInput as refused:
        (problem,) = refused.problems
        assert problem.file == "broken.ics"
        assert problem.wrong
        assert problem.right
        return False
    assert isinstance(found.meetings, Meetings)
    assert np.all(found.meetings.minutes >= 0)
    assert len(found.meetings) <= 20_000
    return True


def run(seed: int, count: int) -> tuple[int, float]:
    """Read that many broken calendars; give how many were read and the longest time one took."""
    draw = random.Random(seed)
    slowest, read = 0.0, 0
    for _ in range(count):
        data = mutate(draw)
        began = time.process_time()
        read += attempt(data, ics.read)
        slowest = max(slowest, time.process_time() - began)
    return read, slowest


def test_the_unbroken_calendar_is_read_whole():
    found = ics.read([("whole.ics", SEED)], first=FIRST, last=LAST)
    titles = list(found.meetings.title)
    assert titles.count("Moved once") == 1
    assert len(found.meetings) == 50 - 2 + 1 + 3 + 1
    assert found.who.addresses == ("ann@example.com",)


def test_five_hundred_broken_calendars_are_read_or_refused():
    read, slowest = run(seed=1, count=500)
    assert 100 < read < 500, "the sample must hold both readable and unreadable files"
    assert slowest < 2.0


@pytest.mark.slow
def test_five_thousand_broken_calendars_are_read_or_refused():
    read, slowest = run(seed=2, count=5_000)
    assert 1_000 < read < 5_000
    assert slowest < 2.0


def test_memory_stays_bounded():
    tracemalloc.start()
    try:
        run(seed=4, count=30)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64 * 2**20


@pytest.mark.slow
def test_broken_calendars_give_the_same_through_the_sandbox():
    draw = random.Random(3)
    for _ in range(150):
        data = mutate(draw)
        assert attempt(data, sandbox.read_calendar) == attempt(data, ics.read)
