"""Viva Insights and Workplace Analytics sample exports, read as they come, against the csv module."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from fairlead.core.problems import BadInput
from fairlead.core.tables import NO_NOTICE
from fairlead.sources import viva

FOLDER = Path(
    os.environ.get("FAIRLEAD_REFERENCE_DATA", Path(__file__).parents[2].joinpath("..", "shared", "data"))
).joinpath("viva_wpa")
pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"reference data is not there: {FOLDER.name}"),
]


def given(name: str) -> tuple[str, bytes]:
    return name, FOLDER.joinpath(name).read_bytes()


def plainly(name: str) -> list[dict[str, str]]:
    data = FOLDER.joinpath(name).read_bytes()
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def sunday(text: str, order: str) -> dt.date:
    return dt.datetime.strptime(text, order).replace(tzinfo=dt.UTC).date()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("pq_data.csv", viva.PERSON_WEEKS),
        ("sq_data.csv.gz", viva.PERSON_WEEKS),
        ("em_data.csv.gz", viva.HOURLY),
        ("mt_data.csv", viva.MEETINGS),
        ("mt_data.csv.gz", viva.MEETINGS),
        ("p2p_data.csv", viva.TIES),
        ("p2g_data.csv", viva.TIES),
        ("g2g_data.csv", viva.TIES),
    ],
)
def test_each_export_is_known_by_its_columns(name, kind):
    assert viva.detect(*given(name)) == kind


@pytest.mark.parametrize(
    ("name", "column", "theirs", "order"),
    [
        ("pq_data.csv", "meeting", "Meeting_hours", "%Y-%m-%d"),
        ("pq_data.csv", "one_to_one_with_manager", "Meeting_and_call_hours_with_manager_1_1", "%Y-%m-%d"),
        ("pq_data.csv", "weekend", "Weekend_collaboration_hours", "%Y-%m-%d"),
        ("sq_data.csv.gz", "focus", "Total_focus_hours", "%m/%d/%Y"),
        ("sq_data.csv.gz", "coaching", "Manager_coaching_hours_1_on_1", "%m/%d/%Y"),
        ("sq_data.csv.gz", "chat", "Instant_Message_hours", "%m/%d/%Y"),
    ],
)
def test_weeks_carry_the_exports_own_numbers(name, column, theirs, order):
    rows = plainly(name)
    people = sorted({row["PersonId"] for row in rows})
    for person in people[:: len(people) // 2]:
        weeks = viva.read_weeks([given(name)], me=person)
        wanted = {
            sunday(row["MetricDate" if "MetricDate" in row else "Date"], order) + dt.timedelta(days=1): float(
                row[theirs]
            )
            for row in rows
            if row["PersonId"] == person
        }
        assert dict(zip(weeks.monday.tolist(), getattr(weeks, column).tolist(), strict=True)) == wanted


def test_columns_that_an_export_lacks_are_absent():
    person = plainly("pq_data.csv")[0]["PersonId"]
    weeks = viva.read_weeks([given("pq_data.csv")], me=person)
    assert weeks.focus is None
    assert weeks.coaching is None
    assert weeks.unscheduled_call is not None


def test_hourly_counts_are_added_up_over_the_day():
    rows = plainly("em_data.csv.gz")
    person = rows[0]["PersonId"]
    weeks = viva.read_weeks([given("em_data.csv.gz")], me=person)
    own = sorted((row for row in rows if row["PersonId"] == person), key=lambda row: row["Date"])
    wanted = [sum(int(v) for name, v in row.items() if name.startswith("Emails_sent_")) for row in own]
    assert weeks.emails_sent.tolist() == wanted


def test_many_people_and_nobody_named_is_refused_with_two_examples():
    rows = plainly("pq_data.csv")
    with pytest.raises(BadInput) as caught:
        viva.read_weeks([given("pq_data.csv")])
    (problem,) = caught.value.problems
    assert "300 people" in problem.wrong
    assert sum(person in problem.right for person in {row["PersonId"] for row in rows}) == 2


@pytest.mark.parametrize(
    ("name", "who", "cancelled"),
    [("mt_data.csv", "Organizer", "Cancelled"), ("mt_data.csv.gz", "Organizer_PersonId", "IsCancelled")],
)
def test_meetings_of_one_organizer_keep_their_hours(name, who, cancelled):
    rows = plainly(name)
    person = Counter(row[who] for row in rows).most_common(1)[0][0]
    own = [row for row in rows if row[who] == person and row[cancelled] == "FALSE"]
    meetings = viva.read_meetings([given(name)], me=person)
    length = "Duration" if "Duration" in own[0] else "DurationHours"
    assert len(meetings) == len(own)
    assert meetings.minutes.sum() == round(sum(float(row[length]) for row in own) * 60)
    assert meetings.zone == "America/Los_Angeles"
    assert dict(meetings.left_out)["other organizers"] == sum(row[who] != person for row in rows)


def test_working_hours_come_out_in_the_organizers_zone():
    rows = plainly("mt_data.csv.gz")
    starts = []
    for person, _ in Counter(row["Organizer_PersonId"] for row in rows).most_common(25):
        meetings = viva.read_meetings([given("mt_data.csv.gz")], me=person)
        starts.extend((meetings.start_local % 1440 / 60).tolist())
    assert 8 <= np.median(starts) <= 17
    assert np.mean([(7 <= start < 18) for start in starts]) > 0.9


def test_escaped_letters_become_letters():
    titles = set()
    rows = plainly("mt_data.csv")
    assert any("<U+" in row["Subject"] for row in rows)
    for person in {row["Organizer"] for row in rows if "<U+" in row["Subject"] and row["Organizer"] != "NA"}:
        titles.update(viva.read_meetings([given("mt_data.csv")], me=person).title)
    assert titles
    assert not any("<U+" in title for title in titles)


def test_outlook_ids_tell_when_a_meeting_was_set_up():
    rows = plainly("mt_data.csv.gz")
    known = late = 0
    for person, _ in Counter(row["Organizer_PersonId"] for row in rows).most_common(20):
        meetings = viva.read_meetings([given("mt_data.csv.gz")], me=person)
        known += int(np.sum(meetings.created != NO_NOTICE))
        late += int(np.sum(meetings.created > meetings.start_utc))
    assert known > 50
    assert late == 0
