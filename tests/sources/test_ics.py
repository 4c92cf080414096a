"""What is read from a calendar, what is dropped, and what is said about it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import numpy as np
import pytest
from tests.sources.ics_text import calendar, event, meetings, read, starts

from fairlead.core.problems import BadInput
from fairlead.core.tables import ACCEPTED, DECLINED, NO_NOTICE, TENTATIVE, UNANSWERED
from fairlead.sources import ics
from fairlead.sources.ics_series import Limits
from fairlead.sources.people import who

ME = who(["ann@example.com"])


def test_an_exception_a_moved_instance_and_an_extra_date_are_each_in_their_place():
    series = event(
        "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20250113T090000Z", "RDATE:20250201T120000Z", "SUMMARY:Weekly"
    )
    moved = event(
        "RECURRENCE-ID:20250120T090000Z",
        "SUMMARY:Moved",
        start="DTSTART:20250121T150000Z",
        end="DTEND:20250121T153000Z",
    )
    table = meetings(calendar(series, moved))
    assert starts(table) == [
        "2025-01-06 09:00", "2025-01-21 15:00", "2025-01-27 09:00", "2025-02-01 12:00", "2025-02-03 09:00",
    ]  # fmt: skip
    assert table.title == ("Weekly", "Moved", "Weekly", "Weekly", "Weekly")
    assert table.minutes.tolist() == [60, 30, 60, 60, 60]
    assert set(table.series.tolist()) == {0}
    assert table.recurring.all()


def test_this_and_future_moves_the_rest_of_the_series():
    series = event("RRULE:FREQ=DAILY;COUNT=4")
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20250108T090000Z",
        start="DTSTART:20250108T110000Z", end="DTEND:20250108T113000Z",
    )  # fmt: skip
    table = meetings(calendar(series, later))
    assert starts(table) == ["2025-01-06 09:00", "2025-01-07 09:00", "2025-01-08 11:00", "2025-01-09 11:00"]
    assert table.minutes.tolist() == [60, 60, 30, 30]


def test_cancelled_events_and_instances_are_counted_as_left_out():
    series = event("RRULE:FREQ=DAILY;COUNT=3")
    one = event(
        "RECURRENCE-ID:20250107T090000Z", "STATUS:CANCELLED", start="DTSTART:20250107T090000Z", end=""
    )
    whole = event("STATUS:CANCELLED", uid="2")
    outlook = event("SUMMARY:Canceled: Budget", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", uid="3")
    table = meetings(calendar(series, one, whole, outlook))
    assert starts(table) == ["2025-01-06 09:00", "2025-01-08 09:00"]
    assert dict(table.left_out) == {"cancelled": 3}


@pytest.mark.parametrize(
    ("answer", "code"),
    [("ACCEPTED", ACCEPTED), ("TENTATIVE", TENTATIVE), ("DECLINED", DECLINED), ("NEEDS-ACTION", UNANSWERED)],
)
def test_the_persons_answer_is_taken_from_their_own_line(answer, code):
    data = calendar(
        event(
            "ORGANIZER:mailto:bo@example.com",
            f"ATTENDEE;PARTSTAT={answer}:mailto:Ann@Example.com",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:cy@example.com",
        )
    )
    assert meetings(data, who=ME).response.tolist() == [code]


def test_a_declined_personal_event_stays_in_the_table():
    data = calendar(
        event(
            "CATEGORIES:Familie",
            "ORGANIZER:mailto:bo@x.org",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@example.com",
        )
    )
    table = meetings(data, who=ME)
    assert table.personal.tolist() == [True]
    assert table.response.tolist() == [DECLINED]


def test_private_is_not_personal_and_free_is_transparent():
    table = meetings(
        calendar(
            event("CLASS:PRIVATE", uid="1"),
            event("CATEGORIES:Work,Personal", uid="2"),
            event("SUMMARY:[Personal] Dentist", uid="3"),
            event("TRANSP:TRANSPARENT", uid="4"),
            event("X-MICROSOFT-CDO-BUSYSTATUS:FREE", uid="5"),
            event("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", uid="6"),
        )
    )
    assert table.private.tolist() == [True, False, False, False, False, False]
    assert table.personal.tolist() == [False, True, True, False, False, False]
    assert table.transparent.tolist() == [False, False, False, True, True, False]
    assert table.response[5] == TENTATIVE


def test_the_highest_sequence_of_an_event_in_several_files_wins():
    old = calendar(event("SEQUENCE:1", "SUMMARY:Old"))
    new = calendar(
        event("SEQUENCE:2", "SUMMARY:New", start="DTSTART:20250106T140000Z", end="DTEND:20250106T150000Z")
    )
    for files in ((old, new), (new, old)):
        table = meetings(*files)
        assert table.title == ("New",)
        assert dict(table.left_out) == {"duplicate": 1}
    assert len(meetings(old, old, old)) == 1


def test_events_without_uid_are_each_their_own_unless_alike():
    same = event("SUMMARY:A", uid="")
    other = event("SUMMARY:B", uid="")
    assert meetings(calendar(same, other), calendar(same)).title == ("A", "B")


def test_a_zip_gives_what_its_files_give():
    first, second = (
        calendar(event(uid="1")),
        calendar(event(uid="2", start="DTSTART:20250107T090000Z", end="")),
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("work.ics", first)
        archive.writestr("deep/home.ics", second)
        archive.writestr("__MACOSX/._work.ics", b"\0\1")
        archive.writestr("readme.txt", b"x")
    found = ics.read(
        [("all.zip", out.getvalue())], zone="UTC", first=dt.date(2025, 1, 1), last=dt.date(2025, 2, 1)
    )
    assert starts(found.meetings) == starts(meetings(first, second))
    assert found.meetings.source == ("all.zip/work.ics", "all.zip/deep/home.ics")


def test_notice_is_counted_from_the_setting_up_of_the_series():
    table = meetings(calendar(event("RRULE:FREQ=WEEKLY;COUNT=3", "CREATED:20250101T080000Z")))
    assert set(table.created.tolist()) == {28928640}
    assert dt.datetime.fromtimestamp(28928640 * 60, dt.UTC) == dt.datetime(2025, 1, 1, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize("created", ["19000101T120000Z", "00001231T000000Z", "20250106T110000Z", "nonsense"])
def test_a_setting_up_that_cannot_be_meant_is_no_notice(created):
    assert meetings(calendar(event(f"CREATED:{created}"))).created.tolist() == [NO_NOTICE]


def test_stamps_of_an_export_are_not_taken_for_the_setting_up():
    exported = [event("DTSTAMP:20250101T080000Z", uid=str(n)) for n in range(5)]
    assert set(meetings(calendar(*exported)).created.tolist()) == {NO_NOTICE}
    written = [event(f"DTSTAMP:202412{n + 10}T080000Z", uid=str(n)) for n in range(5)]
    assert NO_NOTICE not in meetings(calendar(*written)).created.tolist()


def test_without_days_the_year_up_to_the_last_dated_event_is_read():
    data = calendar(event(uid="1"), event(uid="2", start="DTSTART:20230601T090000Z", end=""))
    found = ics.read([("a.ics", data)], zone="UTC", today=dt.date(2025, 9, 1))
    assert (found.first, found.last) == (dt.date(2024, 1, 8), dt.date(2025, 1, 6))
    assert len(found.meetings) == 1
    assert any("365 days" in note for note in found.notes)


def test_a_series_without_end_is_read_up_to_today():
    found = ics.read([("a.ics", calendar(event("RRULE:FREQ=WEEKLY")))], zone="UTC", today=dt.date(2025, 3, 3))
    assert found.last == dt.date(2025, 3, 3)
    assert len(found.meetings) == 9


@pytest.mark.parametrize(
    ("first", "last"), [(dt.date(2025, 2, 1), dt.date(2025, 1, 1)), (dt.date(1, 1, 1), dt.date(2025, 1, 1))]
)
def test_a_period_that_is_none_is_refused(first, last):
    with pytest.raises(BadInput, match="is no period"):
        read(calendar(event()), first=first, last=last)


def test_tasks_and_free_busy_lists_are_passed_over_with_a_note():
    data = calendar(
        "BEGIN:VTODO\r\nUID:9\r\nDUE:20250101T090000Z\r\nEND:VTODO", event(), event(uid="2", start="", end="")
    )
    found = read(data)
    assert len(found.meetings) == 1
    assert any("tasks (1)" in note for note in found.notes)
    assert any("events without a start (1)" in note for note in found.notes)


def test_a_broken_line_costs_only_itself_and_is_named():
    data = calendar(
        event("SUMMARY:Kept", "this is no line"), event(uid="2", start="DTSTART:20251399T090000Z", end="")
    )
    found = read(data)
    assert found.meetings.title == ("Kept",)
    assert any("line 8" in note and "no calendar line" in note for note in found.notes)
    assert not any("this is no line" in note for note in found.notes), "it may be the rest of a title"
    assert any("line 12" in note and "20251399T090000Z" in note for note in found.notes)


def test_long_and_wrapped_titles_are_cut_and_cleaned():
    long = "SUMMARY:" + "ab" * 5_000
    folded = "\r\n ".join(long[i : i + 60] for i in range(0, len(long), 60))
    table = meetings(calendar(event(folded), event("SUMMARY:A\\, b\\nc \u202edcba\u0007e\u0301", uid="2")))
    assert len(table.title[0]) == 1_000
    assert table.title[1] == "A, b c dcbaé"


def test_an_outlook_mail_address_in_capitals_and_a_byte_order_mark_are_read():
    data = b"\xef\xbb\xbf" + calendar(
        event("ORGANIZER:MAILTO:BO@EXAMPLE.COM", "ATTENDEE:MAILTO:ANN@EXAMPLE.COM")
    )
    table = meetings(data.replace(b"\r\n", b"\n"), who=ME)
    assert table.people.tolist() == [2]


def test_limits_are_told_with_the_line_of_the_rule():
    with pytest.raises(BadInput) as caught:
        read(calendar(event("RRULE:FREQ=DAILY")), limits=Limits(per_event=100))
    (problem,) = caught.value.problems
    assert problem.line == 7
    assert "360 times" in problem.wrong


def test_three_years_of_a_daily_event_need_a_shorter_period():
    with pytest.raises(BadInput, match="1,000 times are read"):
        read(calendar(event("RRULE:FREQ=DAILY")), first=dt.date(2025, 1, 6), last=dt.date(2028, 1, 5))


@pytest.mark.parametrize("data", [b"", b"BEGIN:VCARD\n", b"\xff\xfeB\0", b"hello", b"PK\x03\x04broken"])
def test_what_is_no_calendar_is_refused_by_name(data):
    with pytest.raises(BadInput) as caught:
        read(data)
    assert caught.value.problems[0].file == "1.ics"


def test_no_calendar_at_all_is_refused():
    with pytest.raises(BadInput, match="No calendar was given"):
        ics.read([])


def test_a_calendar_without_events_gives_an_empty_table():
    table = meetings(calendar())
    assert len(table) == 0
    assert table.start_utc.dtype == np.int64


def test_names_of_files_keep_no_path():
    found = ics.read(
        [("/home/ann/secret/work.ics", calendar(event()))], zone="UTC", first=dt.date(2025, 1, 1)
    )
    assert found.meetings.source == ("work.ics",)


def test_without_days_a_young_calendar_is_read_from_the_week_of_its_first_event():
    data = calendar(event(uid="1"), event(uid="2", start="DTSTART:20241218T090000Z", end=""))
    found = ics.read([("a.ics", data)], zone="UTC", today=dt.date(2025, 9, 1))
    assert (found.first, found.last) == (dt.date(2024, 12, 16), dt.date(2025, 1, 6))
    assert "Read: the 22 days from 16 December 2024 to 6 January 2025." in found.notes
