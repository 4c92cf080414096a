"""Exports of Viva Insights, small and awkward: dates in either order, escapes, missing numbers."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from fairlead.core.problems import BadInput
from fairlead.sources import sandbox, viva

HEAD = "PersonId,MetricDate,Meeting_hours,Email_hours,Organization"


def weeks(*rows: str, head: str = HEAD, me: str | None = None, start: str = ""):
    return viva.read_weeks([("weeks.csv", "\n".join([start + head, *rows]).encode())], me=me)


def test_a_week_named_by_its_sunday_is_moved_to_its_monday():
    found = weeks("a,2024-03-31,1,2,IT", "a,2024-04-07,3,4,IT")
    assert [str(day) for day in found.monday] == ["2024-04-01", "2024-04-08"]
    assert found.meeting.tolist() == [1, 3]
    assert found.attributes == (("organization", "IT"),)


def test_a_week_named_by_its_monday_stays():
    assert [str(day) for day in weeks("a,2024-04-01,1,2,IT").monday] == ["2024-04-01"]


@pytest.mark.parametrize(
    ("texts", "mondays"),
    [
        (("12/15/2019", "12/22/2019"), ["2019-12-16", "2019-12-23"]),
        (("31/03/2024", "07/04/2024"), ["2024-04-01", "2024-04-08"]),
        (("07/04/2024", "05/05/2024"), ["2024-04-08", "2024-05-06"]),
        (("1/5/2020", "1/12/2020"), ["2020-01-06", "2020-01-13"]),
    ],
)
def test_the_order_of_day_and_month_is_found_for_the_whole_column(texts, mondays):
    found = weeks(*(f"a,{text},1,2,IT" for text in texts))
    assert [str(day) for day in found.monday] == mondays


def test_a_date_that_may_mean_two_days_is_refused():
    with pytest.raises(BadInput, match="may mean two days"):
        weeks("a,01/02/2024,1,2,IT")


def test_a_missing_number_is_no_zero():
    found = weeks("a,2024-04-01,NA,2,IT", "a,2024-04-08,3,,IT")
    assert np.isnan(found.meeting[0])
    assert np.isnan(found.email[1])


@pytest.mark.parametrize("value", ["-1", "abc", "inf", "1e99", "1,5"])
def test_a_number_that_cannot_be_meant_is_named_by_line_and_column(value):
    with pytest.raises(BadInput) as caught:
        weeks("a,2024-04-01,1,2,IT", f'a,2024-04-08,"{value}",2,IT')
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 3)


def test_names_with_parentheses_and_either_generation_are_known():
    head = (
        'PersonId,MetricDate,"Copilot_actions_taken_in_Copilot_chat_(work)",'
        "Meeting_and_call_hours_with_manager_1:1,Meetings"
    )
    found = weeks("a,2024-04-01,7,0.5,3", head=head)
    assert found.one_to_one_with_manager.tolist() == [0.5]
    assert found.meetings.tolist() == [3]


def test_two_files_of_one_person_are_put_together():
    one = f"{HEAD}\na,2024-04-01,1,2,IT\n".encode()
    two = b"\xef\xbb\xbfPersonId,Date,Total_focus_hours\na,2024-04-01,9\na,2024-04-08,8\n"
    found = viva.read_weeks([("1.csv", one), ("2.csv.gz", gzip.compress(two))])
    assert found.meeting.tolist()[0] == 1
    assert found.focus.tolist() == [9, 8]
    assert np.isnan(found.meeting[1])
    assert found.source == ("1.csv", "2.csv.gz")


def test_an_unknown_person_and_an_unknown_file_are_refused():
    with pytest.raises(BadInput, match="'z' is not among the 1 ids"):
        weeks("a,2024-04-01,1,2,IT", me="z")
    with pytest.raises(BadInput, match="No export that is known"):
        viva.read_weeks([("x.csv", b"a,b\n1,2\n")])
    with pytest.raises(BadInput, match="ties between people"):
        viva.read_weeks([("t.csv", b"PrimaryCollaborator_PersonId,x\n1,2\n")])
    assert viva.detect("x", b"\x1f\x8bbroken") is None


MEETINGS = (
    "MeetingId,Organizer,Subject,All_Day_Meeting,Cancelled,Recurring,Intended_participant_count,Number_of_attendees,"
    "Collaboration_start_time,TimeZone,Duration"
)


def test_meetings_keep_days_escapes_and_sizes():
    rows = [
        MEETINGS,
        "1,me,<U+7121><U+984C><U+202E>x,FALSE,FALSE,FALSE,4,3,05/12/2022 16:30,Pacific Standard Time,0.5",
        "2,me,Day off,TRUE,FALSE,FALSE,1,1,13/12/2022 00:00,Pacific Standard Time,24",
        "3,me,Gone,FALSE,TRUE,FALSE,1,1,13/12/2022 16:30,Pacific Standard Time,1",
        "4,other,Theirs,FALSE,FALSE,FALSE,1,1,13/12/2022 16:30,Pacific Standard Time,1",
    ]
    data = "\n".join(rows).encode()
    found = viva.read_meetings([("m.csv", data)], me="me")
    assert found.zone == "America/Los_Angeles"
    assert found.title == ("無題x", "Day off")
    assert found.people.tolist() == [4, 1]
    assert (found.start_local % 1440).tolist() == [8 * 60 + 30, 0]
    assert found.minutes.tolist() == [30, 1440]
    assert dict(found.left_out) == {"cancelled": 1, "other organizers": 1}
    there = sandbox.read_viva_meetings([("m.csv", data)], me="me")
    assert there.start_utc.tolist() == found.start_utc.tolist()


def test_weeks_come_through_the_sandbox_with_their_gaps():
    data = f"{HEAD}\na,2024-04-01,NA,2,IT\n".encode()
    found = sandbox.read_weeks([("w.csv", data)])
    assert np.isnan(found.meeting[0]) if found.meeting is not None else True
    assert found.email.tolist() == [2]
    assert found.meeting is None
