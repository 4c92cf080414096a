"""What the tests of this room make: calendars with planted words, and a person who has read one."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLE, PLACE, NOTE, GUEST = "Quarzlibelle", "Nebelhornzimmer", "Brennesseltext", "kim.schattenblume"
"""Planted: a word of a title, a place, a note, a guest's address. None of them may stay."""

FIRST = date(2026, 8, 31)
REPORT = f"{GUEST}@example.org"


def ics(*, me: str = "ada@example.org", weeks: int = 8, unclear: int = 3, extra: str = "") -> bytes:
    """A calendar of so many weeks from the last Monday of August 2026."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN"]
    plan = (
        (0, "09:00", 30, "1:1", [REPORT], weeks),
        (0, "10:00", 60, "Budget and headcount review", ["boss@example.org"], weeks),
        (1, "09:30", 90, "Sprint planning", [REPORT, "lee@example.org", "mo@example.org"], weeks),
        (2, "13:00", 180, "Deep work: coding", [], weeks),
        (3, "11:00", 60, "Mentoring circle", ["lee@example.org", "mo@example.org"], weeks),
    )
    for number, (day, at, minutes, title, guests, count) in enumerate(plan):
        lines += _event(
            f"plan{number}", FIRST + timedelta(days=day), at, minutes, title, [me, *guests], count=count
        )
    for number in range(unclear):
        title = f"{TITLE} {'abcdefghij'[number]}"
        lines += _event(
            f"dark{number}",
            FIRST + timedelta(days=4),
            f"{9 + number:02}:00",
            60,
            title,
            [me, "lee@example.org", "mo@example.org"],
            count=weeks,
        )
    for number in range(weeks):
        day = FIRST + timedelta(weeks=number, days=2)
        lines += _event(
            f"fire{number}", day, "16:00", 60, "Incident: gateway down", [me, "ops@example.org"], notice=2
        )
    return ("\r\n".join([*lines, *filter(None, extra.split("\n")), "END:VCALENDAR"]) + "\r\n").encode()


def _event(
    uid: str,
    day: date,
    at: str,
    minutes: int,
    title: str,
    guests: Iterable[str],
    *,
    count: int = 1,
    notice: int = 0,
) -> list[str]:
    hour, minute = (int(part) for part in at.split(":"))
    end = hour * 60 + minute + minutes
    created = f"{day:%Y%m%d}T{hour - notice:02}0000Z" if notice else "20260801T080000Z"
    me, *others = guests
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@tests",
        f"CREATED:{created}",
        f"DTSTAMP:{created}",
        f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T{hour:02}{minute:02}00",
        f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T{end // 60:02}{end % 60:02}00",
        *([f"RRULE:FREQ=WEEKLY;COUNT={count}"] if count > 1 else []),
        f"SUMMARY:{title}",
        f"LOCATION:{PLACE}",
        f"DESCRIPTION:{NOTE}",
        f"ORGANIZER:mailto:{me}",
        *(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{guest}" for guest in (me, *others)),
        "END:VEVENT",
    ]


def form(*, data: bytes | None = None, name: str = "work.ics", **more: Any) -> dict[str, Any]:
    """What the upload form sends."""
    return {
        "calendars": SimpleUploadedFile(name, ics() if data is None else data),
        "addresses": "ada@example.org",
        "reports": REPORT,
        "zone": "Europe/Berlin",
        "day_starts": "09:00",
        "day_ends": "17:30",
        "titles": "forget",
        **more,
    }


def read(member: Any, **more: Any) -> Any:
    """Send a calendar as that member and give the newest reading."""
    from fairlead.web.audits.models import Reading

    answer = member.browser.post("/role/calendar/", form(**more))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    reading = Reading.objects.filter(owner=member.person).select_related("run", "calendar").first()
    assert reading is not None, failed(member)
    return reading


def failed(member: Any) -> str:
    """The sentence of the newest run that failed."""
    from fairlead.web.runs.models import Run

    run = Run.objects.filter(owner=member.person).first()
    return "" if run is None else run.error


_KEPT: dict[str, Any] = {}


def stand(member: Any) -> Any:
    """Give a member a reading as ``read`` makes it; made once and then copied, because drawing is slow."""
    from fairlead.web.audits.models import CalendarImport, Reading, SortingSalt
    from fairlead.web.runs.models import Run, State

    if not _KEPT:
        _remember(
            read(member, role="x", role_code="11-9041.00"), SortingSalt.objects.get(owner=member.person)
        )
        return Reading.objects.filter(owner=member.person).first()
    person = member.person
    person.role_code, person.role_title = "11-9041.00", "Architectural and Engineering Managers"
    person.save(update_fields=["role_code", "role_title"])
    SortingSalt.objects.update_or_create(owner=person, defaults={"salt": _KEPT["salt"]})
    run = Run.objects.create(
        owner=person, kind="calendar", state=State.DONE, progress=100, **deepcopy(_KEPT["run"])
    )
    calendar = CalendarImport.objects.create(owner=person, run=run, **_KEPT["calendar"])
    return Reading.objects.create(owner=person, run=run, calendar=calendar, **_KEPT["reading"])


def _remember(reading: Any, salt: Any) -> None:
    names = {
        "run": ("result", "svgs", "method", "page"),
        "calendar": (
            "digest",
            "names",
            "options",
            "first_day",
            "last_day",
            "events",
            "table",
            "placed",
            "notes",
        ),
        "reading": ("made_on", "role_title", "line"),
    }
    rows = {"run": reading.run, "calendar": reading.calendar, "reading": reading}
    for name, fields in names.items():
        _KEPT[name] = {field: deepcopy(getattr(rows[name], field)) for field in fields}
    _KEPT["salt"] = bytes(salt.salt)
