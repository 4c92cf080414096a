"""Calendars for tests, written as producers write them."""

from __future__ import annotations

import datetime as dt

from fairlead.sources import ics

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)


def event(
    *lines: str, uid: str = "1", start: str = "DTSTART:20250106T090000Z", end: str = "DTEND:20250106T100000Z"
) -> str:
    given = [f"UID:{uid}"] if uid else []
    return "\r\n".join(["BEGIN:VEVENT", *given, *filter(None, (start, end)), *lines, "END:VEVENT"])


def calendar(*events: str, head: tuple[str, ...] = ()) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *head, *events, "END:VCALENDAR", ""]).encode()


def read(*files: bytes, zone: str | None = "UTC", **options):
    options = {"first": FIRST, "last": LAST, **options}
    return ics.read([(f"{number}.ics", data) for number, data in enumerate(files, 1)], zone=zone, **options)


def meetings(*files: bytes, **options):
    return read(*files, **options).meetings


def starts(table) -> list[str]:
    """Give the wall-clock starts as text."""
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return [(epoch + dt.timedelta(minutes=int(m))).strftime("%Y-%m-%d %H:%M") for m in table.start_local]
