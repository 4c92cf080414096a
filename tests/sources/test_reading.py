"""The one path from files to a reading."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.cli.calendars import ME, REPORTS, SECRET, twelve_weeks

from fairlead.core.audit import to_json
from fairlead.core.problems import BadInput
from fairlead.sources.reading import Given, find_role, read_answers, read_time, reading

TODAY = dt.date(2026, 11, 22)
CALENDAR = (("work.ics", twelve_weeks()),)
WEEKS = (
    b"PersonId,MetricDate,Meeting_hours,Collaboration_hours,After_hours_collaboration_hours\n"
    b"p1,2026-03-01,10,20,2\np1,2026-03-08,12,22,3\np1,2026-03-15,8,18,1\n"
    b"p2,2026-03-01,99,99,99\n"
)
OWN_ROLE = b"title: Head of tea\nkinds:\n  leading: 50\n  managing: 30\n  doing: 20\n"


def given(**more):
    return Given(calendars=CALENDAR, me=(ME,), reports=REPORTS, made_on=TODAY, **more)


def test_the_same_files_give_the_same_reading_on_the_same_day():
    assert reading(given(role="engineering manager")) == reading(given(role="engineering manager"))


def test_people_are_told_apart_by_the_addresses_given():
    time = read_time(given())
    assert [o.meetings for o in time.one_to_ones] == [12, 12, 12]
    nobody = read_time(Given(calendars=CALENDAR, me=(ME,), made_on=TODAY))
    assert nobody.one_to_ones == ()


def test_titles_and_addresses_are_forgotten_unless_kept():
    forgotten = repr(reading(given()))
    assert SECRET not in forgotten
    assert "acme.example" not in forgotten
    assert SECRET in repr(reading(given(keep_titles=True)))


def test_a_people_list_says_who_reports_and_in_which_unit():
    people = b"Nr,name,email,manager_id,unit\n1,Ben,ben@acme.example,,Core\n2,Ada,ada@acme.example,1,Core\n"
    found = read_time(
        Given(
            calendars=CALENDAR,
            me=(ME,),
            people=("people.csv", people),
            columns=(("Nr", "id"),),
            made_on=TODAY,
        )
    )
    assert len(found.one_to_ones) == 1


def test_weekly_exports_are_read_as_they_come():
    time = read_time(Given(calendars=(("weeks.csv", WEEKS),), me=("p1",), made_on=TODAY))
    assert len(time.weeks) == 3
    assert time.figure("meeting_hours_per_week").value == pytest.approx(10)


def test_of_a_weekly_export_only_whole_weeks_of_the_period_are_read():
    def weeks(first, last):
        export = (("weeks.csv", WEEKS),)
        return read_time(Given(calendars=export, me=("p1",), first=first, last=last, made_on=TODAY))

    found = weeks(dt.date(2026, 3, 3), dt.date(2026, 3, 15))
    assert [week.monday for week in found.weeks] == ["2026-03-09"]
    assert (found.first_day, found.last_day) == ("2026-03-09", "2026-03-15")
    assert found.figure("meeting_hours_per_week").value == 12
    with pytest.raises(
        BadInput, match=r"holds no whole week in this period\. It holds the weeks of 2026-03-02"
    ):
        weeks(dt.date(2030, 1, 1), None)


def test_meetings_of_an_export_outside_the_period_are_left_out_and_no_fault():
    rows = (
        "MeetingId,Organizer,Subject,All_Day_Meeting,Cancelled,Recurring,Intended_participant_count,"
        "Number_of_attendees,Collaboration_start_time,TimeZone,Duration\n"
        "1,me,Plan,FALSE,FALSE,FALSE,4,3,05/12/2022 16:30,Pacific Standard Time,0.5\n"
        "2,me,Plan,FALSE,FALSE,FALSE,4,3,13/12/2022 16:30,Pacific Standard Time,0.5\n"
    )
    export = (("meetings.csv", rows.encode()),)
    for first, last in ((dt.date(2035, 1, 1), None), (None, dt.date(2001, 1, 1))):
        time = read_time(Given(calendars=export, me=("me",), first=first, last=last, made_on=TODAY))
        assert time.events == 0
        assert dict(time.left_out)["outside the period"] == 2


def test_what_an_export_does_not_hold_is_null_and_not_zero_hours():
    found = to_json(reading(Given(calendars=(("weeks.csv", WEEKS),), me=("p1",), made_on=TODAY)))
    assert found["after_hours"] == 6
    assert found["weekend"] is None


def test_a_calendar_beside_an_export_is_refused_by_name():
    mixed = Given(calendars=(*CALENDAR, ("weeks.csv", WEEKS)), me=("p1",), made_on=TODAY)
    with pytest.raises(BadInput, match=r"work\.ics: This is a calendar beside an export"):
        read_time(mixed)


def test_a_title_is_found_and_it_is_said_how_it_was_read():
    role, notes = find_role(given(role="engineering manager"))
    assert role.code == "11-9041.00"
    assert notes[0].startswith("“engineering manager” was read as Architectural and Engineering Managers")


def test_a_title_of_every_trade_is_read_with_that_remark():
    _, notes = find_role(given(role="team lead"))
    assert notes[0].startswith(
        "Every trade uses “team lead”: add yours for a closer role. “team lead” was read as"
    )
    assert "it could also be General and Operations Managers" in notes[0]


def test_a_code_needs_no_remark():
    role, notes = find_role(given(role="11-9041.00"))
    assert role.title == "Architectural and Engineering Managers"
    assert notes == ()


def test_a_profile_of_ones_own_counts_before_a_title():
    role, _ = find_role(given(role="engineering manager", own_role=("tea.yaml", OWN_ROLE)))
    assert role.title == "Head of tea"


def test_a_wording_that_finds_nothing_is_told_what_comes_near():
    with pytest.raises(BadInput, match="No role is called") as refused:
        find_role(given(role="zzqq xxyy"))
    assert refused.value.problems[0].right


def test_too_short_a_description_is_no_role_and_says_so():
    role, notes = find_role(given(description=("job.txt", b"You write code.\n")))
    assert role is None
    assert notes[0].startswith("job.txt: ")


def test_a_description_that_is_no_text_names_the_line():
    with pytest.raises(BadInput, match=r"job\.docx, line 2"):
        find_role(given(description=("job.docx", b"PK\n\xff\xfe\x00")))


def test_of_several_answers_the_newest_counts_and_the_others_are_history():
    from fairlead.library.load import instrument
    from fairlead.sources.answers import new_answers

    def filled(day):
        text = new_answers(instrument("rut-check"), day)
        return (f"{day}.yaml", text.encode())

    newest, older = read_answers([filled("2026-05-01"), filled("2026-10-01"), filled("2026-01-01")])
    assert [one.answered_on for one in newest] == ["2026-10-01"]
    assert [one.answered_on for one in older] == ["2026-01-01", "2026-05-01"]


def test_progress_is_told_in_words():
    told = []
    reading(given(), progress=told.append)
    assert told[0] == "Reading the calendar in a closed-off process."
    assert told[-1] == "Setting asked beside done."


@pytest.mark.parametrize("name", ["motives", "two-sides"])
def test_answers_about_direction_are_sent_where_they_belong(name):
    from fairlead.library.load import instrument
    from fairlead.sources.answers import new_answers

    blank = new_answers(instrument(name), "2026-11-22").encode()
    with pytest.raises(BadInput) as error:
        read_answers([("mine.yaml", blank)])
    assert "fairlead direction --new" in str(error.value.problems[0])
