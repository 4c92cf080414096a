"""Random calendars, occurrence by occurrence, against icalendar with recurring-ical-events."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from icalendar import Calendar
from recurring_ical_events import of
from tests.sources.ics_text import FIRST, LAST, calendar, event, meetings

RULES = [
    "FREQ=DAILY;COUNT=12", "FREQ=DAILY;INTERVAL=3;UNTIL=20250601T000000Z", "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1SU", "FREQ=YEARLY",
]  # fmt: skip
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"]


def stamp(name: str, zone: str, *moments: dt.datetime) -> str:
    written = ",".join(f"{moment:%Y%m%dT%H%M%S}" for moment in moments)
    return f"{name}:{written}Z" if zone == "UTC" else f"{name};TZID={zone}:{written}"


def random_series(draw: random.Random, uid: str) -> list[str]:
    zone = draw.choice(ZONES)
    start = dt.datetime(2024, draw.randint(1, 12), draw.randint(1, 28), draw.randint(4, 20), tzinfo=dt.UTC)
    length = dt.timedelta(minutes=draw.choice([15, 30, 60, 90, 600]))
    rule = draw.choice(RULES)
    plain = event(
        f"RRULE:{rule}",
        uid=uid,
        start=stamp("DTSTART", zone, start),
        end=stamp("DTEND", zone, start + length),
    )
    # Which dates the rule hits is asked of the library, so that exceptions really hit some of them.
    hits = [
        found["DTSTART"].dt.replace(tzinfo=dt.UTC)
        for found in of(Calendar.from_ical(calendar(plain))).between(FIRST, LAST)
    ]
    chosen = draw.sample(hits, min(len(hits), 4))
    extra = [start + dt.timedelta(days=draw.randint(200, 700), hours=1)] if draw.random() < 0.5 else []
    more = [stamp("EXDATE", zone, *chosen[:2])] if chosen[:2] else []
    more += [stamp("RDATE", zone, *extra)] if extra else []
    parts = [plain.replace(f"RRULE:{rule}", "\r\n".join([f"RRULE:{rule}", *more]))]
    for moment in chosen[2:]:
        moved = moment + dt.timedelta(hours=draw.randint(-30, 30))
        parts.append(
            event(
                stamp("RECURRENCE-ID", zone, moment), uid=uid,
                start=stamp("DTSTART", zone, moved), end=stamp("DTEND", zone, moved + length / 3),
            )
        )  # fmt: skip
    return parts


@pytest.mark.parametrize("seed", range(6))
def test_series_with_exceptions_moved_instances_and_extra_dates_are_the_librarys(seed):
    draw = random.Random(seed)
    data = calendar(*(part for number in range(25) for part in random_series(draw, f"u{number}")))
    begin = dt.datetime.combine(FIRST, dt.time(), dt.UTC)
    end = dt.datetime.combine(LAST + dt.timedelta(days=1), dt.time(), dt.UTC)
    wanted = sorted(
        (int(found["DTSTART"].dt.timestamp()) // 60, int(found["DTEND"].dt.timestamp()) // 60)
        for found in of(Calendar.from_ical(data)).between(begin, end)
    )
    table = meetings(data)
    ours = sorted(zip(table.start_utc.tolist(), table.end_utc.tolist(), strict=True))
    assert len(ours) > 300
    assert ours == wanted
