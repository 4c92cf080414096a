# ruff: noqa: E501 - names of files and reasons, one line each
"""Every calendar of the reference corpus: occurrences and hours as icalendar and recurring-ical-events
read them, or a difference that is written down here with its reason.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
from pathlib import Path

import pytest

from fairlead.core.problems import BadInput
from fairlead.sources.ics import read
from fairlead.sources.ics_series import Limits

FOLDER = Path(
    os.environ.get("FAIRLEAD_REFERENCE_DATA", Path(__file__).parents[2].joinpath("..", "shared", "data"))
).joinpath("icalendar")
pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"reference data is not there: {FOLDER.name}"),
]

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2025, 12, 31)
"""The reference counts from 2000 up to 2026, that year left out."""

WIDE = Limits(per_event=100_000, per_reading=100_000)
"""The corpus is read over 26 years; the limits of uploads are made for one."""

NOT_A_CALENDAR = "A file that does not begin with BEGIN:VCALENDAR is refused before it is parsed."
REFUSED = {
    "src__icalendar__tests__events__event_with_unicode_fields.ics": NOT_A_CALENDAR,
    "src__icalendar__tests__events__issue_82_expected_output.ics": NOT_A_CALENDAR,
    "src__icalendar__tests__events__rfc_9074_example_1.ics": NOT_A_CALENDAR,
    "src__icalendar__tests__alarms__rfc_5545_absolute_alarm_example.ics": NOT_A_CALENDAR,
    "src__icalendar__tests__calendars__issue_178_custom_component_contains_other.ics": NOT_A_CALENDAR,
    "test-data__issue250.ics": NOT_A_CALENDAR,
    "test-data__issue339.ics": NOT_A_CALENDAR,
    "test-data__recur-errors.ics": NOT_A_CALENDAR,
    "tests__libedata-cal__components__event-2.ics": NOT_A_CALENDAR,
    "tests__libedata-cal__components__event-3.ics": NOT_A_CALENDAR,
    "tests__libedata-cal__components__task-7.ics": NOT_A_CALENDAR,
    "tests__libedata-cal__components__task-8.ics": NOT_A_CALENDAR,
    "src__Net-ICal-Libical__test-data__rfc2445.ics": "Events stand outside a calendar; the reference fails too.",
    "src__icalendar__tests__calendars__issue_1081_invalid_rrule_freq.ics": "A frequency that does not exist.",
    "autotests__data__RecurrenceRule__unsorted__hourly.ics": "What repeats by the hour is no appointment.",
    "autotests__data__RecurrenceRule__LibICal__LibICal_TestCase51.ics": "What repeats by the minute is none.",
    "autotests__data__RecurrenceRule__LibICal__LibICal_TestCase57.ics": "EXRULE was taken out of the standard.",
    "src__test__resources__samples__invalid__smallcluster.ics": "BYSETPOS with 54 numbers; 31 are read.",
}
DIFFERENT = {
    "src__icalendar__tests__calendars__created_calendar_with_unicode_fields.ics": (
        2, 2.0, "The reference stops at an event without start; here it is passed over and the others count."),
    "src__icalendar__tests__calendars__issue_104_broken_calendar.ics": (
        1, 1.0, "The reference fails at a line that is none; here the line is passed over."),
    "src__icalendar__tests__calendars__rfc_7529.ics": (
        4, 96.0, "Rules on other calendars are left out with a note, of SKIP=FORWARD only the leap days; the reference fails."),
    "test-data__1.ics": (0, 0.0, "DTSTART is misspelt: no start, no event; the reference fails."),
    "autotests__data__RecurrenceRule__LibICal__LibICal_TestCase01.ics": (
        6, 6.0, "A space behind BEGIN:VEVENT; the file itself says 6 events are expected."),
    "autotests__data__RecurrenceRule__LibICal__LibICal_TestCase02.ics": (
        7, 7.0, "Spaces behind the lines; COUNT=6 Thursdays and the Tuesday that DTSTART names."),
    "src__test__resources__samples__invalid__13-MoonPhase.ics": (
        41, 0.0, "The file is cut off in its last event; the 41 whole ones count."),
    "src__test__resources__samples__invalid__phpicalendar_sample.ics": (
        12452, 20348.0, "The reference drops two series: a broken DTEND (3 events without length) and bare dates (267)."),
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    if not FOLDER.is_dir():
        return []
    with FOLDER.joinpath("INDEX.csv").open(encoding="utf-8", newline="") as index:
        return list(csv.DictReader(index))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_occurrences_and_hours_are_those_of_the_reference(row):
    data = FOLDER.joinpath(row["corpus"], row["file"]).read_bytes()

    def reading():
        return read([(row["file"], data)], zone="UTC", first=FIRST, last=LAST, limits=WIDE)

    if row["file"] in REFUSED:
        with pytest.raises(BadInput) as caught:
            reading()
        assert caught.value.problems[0].file == row["file"]
        return
    found = reading()
    cancelled = dict(found.meetings.left_out).get("cancelled", 0)
    hours = float(found.meetings.minutes.sum()) / 60
    if row["file"] in DIFFERENT:
        count, wanted, _ = DIFFERENT[row["file"]]
    else:
        count, wanted = int(row["ref_n_occ_2000_2026"]), float(row["ref_hours"])
    assert len(found.meetings) + cancelled == count
    assert hours == pytest.approx(wanted, abs=0.02), "the reference keeps seconds, a reading whole minutes"


def test_every_listed_difference_is_still_one():
    names = {row["file"]: row for row in rows()}
    assert set(REFUSED) | set(DIFFERENT) <= set(names)
    assert len(names) == 110
    same = len(names) - len(REFUSED) - len(DIFFERENT)
    assert same == 84
