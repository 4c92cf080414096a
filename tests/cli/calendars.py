"""A believable calendar of twelve weeks, written as a producer writes it."""

from __future__ import annotations

from datetime import datetime, timedelta

ME = "ben@acme.example"
REPORTS = ("ada@acme.example", "cem@acme.example", "dan@acme.example")
FIRST = datetime(2026, 8, 31)  # noqa: DTZ001 - a wall clock; the zone stands beside it in the file
SECRET = "The matter of Kim Unwise"


def event(uid, start, minutes, summary, people=(), *, rule="", notice=20 * 24 * 60):
    def stamp(moment):
        return moment.strftime("%Y%m%dT%H%M%S")

    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@acme.example",
        f"DTSTAMP:{stamp(start - timedelta(minutes=notice))}Z",
        f"CREATED:{stamp(start - timedelta(minutes=notice))}Z",
        f"DTSTART;TZID=Europe/Berlin:{stamp(start)}",
        f"DTEND;TZID=Europe/Berlin:{stamp(start + timedelta(minutes=minutes))}",
        f"SUMMARY:{summary}",
    ]
    if people:
        lines.append(f"ORGANIZER:mailto:{ME}")
        lines += [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{mail}" for mail in (ME, *people)]
    if rule:
        lines.append(f"RRULE:{rule}")
    return [*lines, "END:VEVENT"]


def calendar(events):
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Acme//EN", "X-WR-TIMEZONE:Europe/Berlin"]
    return "\r\n".join([*head, *(line for e in events for line in e), "END:VCALENDAR", ""]).encode()


def twelve_weeks():
    weekly = "FREQ=WEEKLY;COUNT=12"
    events = [
        event(f"one{i}", FIRST + timedelta(days=i + 1, hours=10), 30, f"1:1 {who[:3]}", [who], rule=weekly)
        for i, who in enumerate(REPORTS)
    ]
    events += [
        event("status", FIRST + timedelta(hours=9, minutes=30), 60, "Status meeting", REPORTS, rule=weekly),
        event(
            "budget",
            FIRST + timedelta(days=2, hours=14),
            90,
            "Budget review",
            ["boss@acme.example"],
            rule=weekly,
        ),
        event("jour", FIRST + timedelta(days=3, hours=14), 60, SECRET, ["zoe@acme.example"], rule=weekly),
        event("vision", FIRST + timedelta(days=4, hours=11), 60, "Vision workshop", REPORTS, rule=weekly),
        event("code", FIRST + timedelta(days=4, hours=14), 120, "Focus time: coding", [], rule=weekly),
    ]
    for week in range(0, 12, 2):
        start = FIRST + timedelta(days=7 * week + 1, hours=15)
        events.append(event(f"fire{week}", start, 120, "Incident: payments down", REPORTS, notice=60))
    return calendar(events)
