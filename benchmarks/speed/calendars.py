"""How long it takes to tell the kinds of 200,000 events, and to audit a year of one manager's calendar.

    python benchmarks/speed/calendars.py [--tiny]

The year is a calendar of about 3,000 occurrences that this script writes: series with exceptions and
single events. Fairlead reads, classifies and audits it; beside it the library recurring-ical-events, on
which readers of calendars commonly stand, only reads it and lists its occurrences. Both run in turns in
one process, and the medians of their times are compared as a ratio. Prints JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import icalendar
import numpy as np
import recurring_ical_events

from fairlead.core.calendars import WorkingHours, audit_time
from fairlead.core.kinds import classify
from fairlead.core.tables import Meetings
from fairlead.library.kinds import load_rules, rule_entries
from fairlead.sources import ics
from fairlead.sources.people import who

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = "--tiny" in sys.argv
EVENTS = 2_000 if TINY else 200_000
DISTINCT = EVENTS // 10
TURNS = 1 if TINY else 5
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
ME = "me@example.org"


def titles() -> list[str]:
    found = [facts.title for entry in rule_entries() for facts in (*entry.examples, *entry.not_examples)]
    return [title for title in found if title]


def many_events(rng: np.random.Generator) -> Meetings:
    """A table of 200,000 events with 20,000 different titles, seven in ten of them in series."""
    known = titles()
    named = [f"{known[i % len(known)]} {i // len(known)}" for i in range(DISTINCT)]
    start = np.sort(rng.integers(0, 5 * 525_600, EVENTS)) + 29_000_000
    flags: dict[str, Any] = {
        name: np.zeros(EVENTS, dtype=bool) for name in ("all_day", "transparent", "private", "personal")
    }
    counts: dict[str, Any] = {
        name: rng.integers(0, high, EVENTS).astype(np.int16)
        for name, high in (
            ("reports", 4), ("managers", 2), ("peers", 3),
            ("other_functions", 2), ("outside", 2), ("unknown", 2),
        )
    }  # fmt: skip
    return Meetings(
        zone="UTC",
        start_utc=start,
        end_utc=start + 30,
        start_local=start,
        end_local=start + 30,
        created=start - rng.integers(0, 100_000, EVENTS),
        series=rng.integers(0, EVENTS // 8, EVENTS).astype(np.int32),
        recurring=rng.random(EVENTS) < 0.7,
        response=np.zeros(EVENTS, dtype=np.int8),
        organizer=rng.integers(0, 7, EVENTS).astype(np.int8),
        functions=np.zeros(EVENTS, dtype=np.int8),
        one_to_one=np.full(EVENTS, -1, dtype=np.int32),
        title=tuple(named[i] for i in rng.integers(0, DISTINCT, EVENTS)),
        categories=((),) * EVENTS,
        **flags,
        **counts,
    )


def written_year(rng: np.random.Generator) -> bytes:
    """A year of one manager: 40 series, some with moved and dropped instances, and 1,200 single events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//made//for timing//EN",
        "X-WR-TIMEZONE:Europe/Berlin",
    ]
    known = titles()

    def add(uid: str, start: dt.datetime, minutes: int, *more: str) -> None:
        people = [f"person{int(i)}@example.org" for i in rng.integers(0, 30, int(rng.integers(0, 7)))]
        end = start + dt.timedelta(minutes=minutes)
        lines.extend([
            "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20241201T080000Z", "CREATED:20241201T080000Z",
            f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{end:%Y%m%dT%H%M%S}",
            f"SUMMARY:{known[int(rng.integers(len(known)))]}", f"ORGANIZER:mailto:{ME}",
            f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ME}",
            *(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{person}" for person in people), *more, "END:VEVENT",
        ])  # fmt: skip

    monday = dt.datetime(2025, 1, 6)  # noqa: DTZ001 - wall clock, the zone is in the file
    for number in range(40):
        start = monday + dt.timedelta(days=int(rng.integers(5)), hours=int(rng.integers(8, 17)))
        dropped = start + dt.timedelta(weeks=int(rng.integers(2, 40)))
        rule = "RRULE:FREQ=WEEKLY;UNTIL=20251231T225959Z" + (";INTERVAL=2" if number % 8 == 0 else "")
        add(f"s{number}", start, 30, rule, f"EXDATE;TZID=Europe/Berlin:{dropped:%Y%m%dT%H%M%S}")
        moved = start + dt.timedelta(weeks=4)
        add(
            f"s{number}",
            moved + dt.timedelta(hours=1),
            30,
            f"RECURRENCE-ID;TZID=Europe/Berlin:{moved:%Y%m%dT%H%M%S}",
        )
    for number in range(1200):
        day = dt.timedelta(days=int(rng.integers(0, 350)), hours=int(rng.integers(7, 19)))
        add(f"e{number}", monday + day, int(rng.choice([15, 30, 60, 90])))
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def timed(work: Callable[[], int]) -> tuple[float, float, int]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - cpu, found


def main() -> None:
    rng = np.random.default_rng(11)
    rules = load_rules()
    meetings = many_events(rng)
    runs = [timed(lambda: len(classify(meetings, rules))) for _ in range(TURNS)]
    seconds, cpu_seconds = (statistics.median(run[i] for run in runs) for i in range(2))
    data = written_year(rng)
    hours = WorkingHours.parse("09:00-17:30")
    me = who((ME,), tuple(f"person{i}@example.org" for i in range(6)), None)

    def fairlead() -> int:
        read = ics.read([("year.ics", data)], who=me, zone="Europe/Berlin", first=FIRST, last=LAST)
        kinds = classify(read.meetings, rules, working_hours=hours)
        return audit_time(read.meetings, kinds, hours=hours, first=FIRST, last=LAST).events

    def only_measure() -> int:
        kinds = classify(table, rules, working_hours=hours)
        return audit_time(table, kinds, hours=hours, first=FIRST, last=LAST).events

    def peer() -> int:
        calendar = icalendar.Calendar.from_ical(data)
        return len(recurring_ical_events.of(calendar).between(FIRST, LAST + dt.timedelta(days=1)))

    table = ics.read([("year.ics", data)], who=me, zone="Europe/Berlin", first=FIRST, last=LAST).meetings
    ours, theirs, measure = [], [], []
    for _ in range(TURNS):
        ours.append(timed(fairlead))
        theirs.append(timed(peer))
        measure.append(timed(only_measure))
    wall, cpu = (statistics.median(run[i] for run in ours) for i in range(2))
    peer_wall, peer_cpu = (statistics.median(run[i] for run in theirs) for i in range(2))
    told = {
        "classify_events": EVENTS,
        "classify_distinct_titles": DISTINCT,
        "classify_wall_seconds": seconds,
        "classify_events_per_second": round(EVENTS / seconds),
        "classify_events_per_cpu_second": round(EVENTS / cpu_seconds),
        "year_occurrences": ours[0][2],
        "peer_occurrences": theirs[0][2],
        "audit_wall_seconds": wall,
        "audit_cpu_seconds": cpu,
        "audit_without_reading_cpu_seconds": statistics.median(run[1] for run in measure),
        "peer_wall_seconds": peer_wall,
        "peer_cpu_seconds": peer_cpu,
        "ratio_wall": wall / peer_wall,
        "ratio_cpu": cpu / peer_cpu,
        "turns": TURNS,
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
