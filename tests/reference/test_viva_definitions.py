"""Weekly readings beside the exports of Viva Insights and Workplace Analytics, and their known means."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from tests.core.calendar_tables import event, table

from fairlead.core.calendars import WorkingHours, audit_time, audit_weeks
from fairlead.core.kinds import Rules, classify
from fairlead.core.tables import PersonWeeks
from fairlead.core.titles import Lexicon

pytestmark = pytest.mark.reference

BESIDE = Path(__file__).parents[2].joinpath("..", "shared", "data")
DATA = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA", BESIDE)) / "viva_wpa"
NO_RULES = Rules(rules=(), lexicon=Lexicon(()))


def rows(name):
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"REFERENCE DATA ABSENT: ../shared/data/viva_wpa/{name}")
    data = path.read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def monday(text):
    day = dt.date.fromisoformat(text)
    return np.datetime64(day + dt.timedelta(days=(7 - day.weekday()) % 7), "D")


@pytest.mark.slow
def test_hours_per_week_give_the_means_that_the_package_shows_by_organization():
    """Mean per person first, then over persons; the values that vivainsights 0.4.3 prints."""
    people = defaultdict(list)
    for row in rows("pq_data.csv"):
        hours = float(row["Collaboration_hours"])
        people[row["PersonId"], row["Organization"]].append((monday(row["MetricDate"]), hours))
    means = defaultdict(list)
    for (person, organization), weeks in people.items():
        days, hours = zip(*sorted(weeks), strict=True)
        found = audit_weeks(PersonWeeks(person=person, monday=np.array(days), collaboration=np.array(hours)))
        assert found.figure("hours_per_week").n == 35
        means[organization].append(found.figure("hours_per_week").value)
    told = {name: (round(float(np.mean(values)), 6), len(values)) for name, values in means.items()}
    assert told == {
        "HR": (23.249373, 33),
        "Operations": (23.225234, 22),
        "Research": (23.187623, 52),
        "Finance": (23.100312, 68),
        "Sales": (22.984326, 13),
        "IT": (22.980218, 68),
        "Legal": (22.725075, 44),
    }


def focus(*events, hours="08:30-17:00"):
    meetings = table(event("plain", "2026-03-02 08:30"), *events, event("far", "2026-03-20 08:30", peers=1))
    first, last = dt.date(2026, 3, 2), dt.date(2026, 3, 8)
    audit = audit_time(
        meetings, classify(meetings, NO_RULES), hours=WorkingHours.parse(hours), first=first, last=last
    )
    return audit.weeks[0]


def test_a_week_without_meetings_has_the_focus_hours_that_the_export_has():
    without = [row for row in rows("sq_data.csv.gz") if float(row["Meeting_hours"]) == 0]
    assert len(without) == 19
    exported = {float(row["Total_focus_hours"]) for row in without}
    assert focus().focus_hours == 42.5
    assert max(float(row["Total_focus_hours"]) for row in rows("sq_data.csv.gz")) == 42.5
    assert 42.5 in exported


def test_focus_hours_hold_every_open_block_of_two_hours():
    for row in rows("sq_data.csv.gz"):
        assert 2 * float(row["Open_2_hour_blocks"]) <= float(row["Total_focus_hours"]) + 1e-9 <= 42.5 + 1e-6
    week = focus(event("a", "2026-03-03 10:00", peers=2), event("b", "2026-03-03 12:30", peers=2))
    # 08:30-10:00 and 11:00-12:30 are shorter than two hours; 13:30-17:00 stays.
    assert week.focus_hours == 42.5 - 5.0
    assert week.focus_hours >= 2 * week.focus_blocks


def test_overlaps_are_a_union_as_multitudes_and_viva_count_them():
    week = focus(event("a", "2026-03-03 10:00", peers=2), event("b", "2026-03-03 10:30", peers=2))
    assert week.meeting_hours == 1.5


@pytest.mark.slow
def test_every_week_of_the_export_is_read_without_a_missing_or_impossible_number():
    columns = {
        "meeting": "Meeting_hours", "call": "Call_hours", "collaboration": "Collaboration_hours",
        "after_hours": "After_hours_collaboration_hours", "focus": "Total_focus_hours",
        "coaching": "Manager_coaching_hours_1_on_1", "conflicting": "Conflicting_meeting_hours",
    }  # fmt: skip
    people = defaultdict(list)
    for row in rows("sq_data.csv.gz"):
        month, day, year = row["Date"].split("/")
        people[row["PersonId"]].append((monday(f"{year}-{month:0>2}-{day:0>2}"), row))
    assert len(people) == 629
    for person, weeks in people.items():
        weeks.sort(key=lambda week: week[0])
        kept = [row for _, row in weeks]
        numbers = {
            name: np.array([float(row[column] or "nan") for row in kept]) for name, column in columns.items()
        }
        audit = audit_weeks(PersonWeeks(person=person, monday=np.array([w[0] for w in weeks]), **numbers))
        used = numbers["collaboration"] > 0
        for name, column in (("after_hours", "after_hours"), ("focus_hours_per_week", "focus")):
            figure = audit.figure(name)
            if figure.value is not None:
                assert figure.value == pytest.approx(numbers[column][used].mean())
                assert (figure.low is None) == (figure.n < 4)
        assert audit.figure("reactive_share").value is None, "this export has no unscheduled calls"
