"""When recurring meetings come next: projected from the newest calendar, kind and relation only."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine
from tests.web.audits import made

from fairlead.sources import ics
from fairlead.sources.people import Who
from fairlead.web.audits import occasions
from fairlead.web.audits.models import CalendarImport
from fairlead.web.audits.packing import pack

END = date(2026, 10, 25)
"""The last Sunday of the eight weeks that the calendar holds."""


def keep(person, **calendar):
    """Keep a calendar as an upload keeps it: the table, without a title."""
    found = ics.read(
        [("work.ics", made.ics(**calendar))],
        zone="Europe/Berlin",
        first=made.FIRST,
        last=END,
        who=Who(addresses=("ada@example.org",), reports=(made.REPORT,), report_labels=(made.REPORT,)),
    )
    CalendarImport.objects.create(
        owner=person, digest="x", table=pack(found.meetings), first_day=made.FIRST, last_day=END
    )


@pytest.fixture
def calendar(cast):
    keep(cast.ada.person)
    return cast.ada.person


def ahead(person, on):
    with time_machine.travel(on, tick=False):
        return occasions.next_occasions(person)


def test_the_next_date_of_each_series_is_projected_by_weekday_and_time(calendar):
    found = ahead(calendar, END)
    one = next(it for it in found if it.fits == "one_to_one")
    assert (one.day, one.at, one.minutes) == (END + timedelta(days=1), time(9), 30)
    assert one.says == "a one-to-one with somebody who reports to you, Mondays 09:00"
    focus = next(it for it in found if it.fits == "alone")
    assert (focus.day.weekday(), focus.at) == (2, time(13))
    assert [it.day for it in found] == sorted(it.day for it in found)


def test_dates_go_on_with_the_days_and_lie_ahead_always(calendar):
    for days in range(0, 60, 7):
        on = END + timedelta(days=days)
        assert {(it.day - on).days for it in ahead(calendar, on)} <= set(range(1, 8))


def test_a_calendar_of_long_ago_projects_nothing(calendar):
    assert ahead(calendar, END + timedelta(days=89))
    assert ahead(calendar, END + timedelta(days=95)) == []


def test_no_calendar_projects_nothing(cast):
    assert occasions.next_occasions(cast.ada.person) == []


def test_no_name_and_no_title_is_in_what_it_says(calendar):
    text = repr(ahead(calendar, END)).lower()
    for word in (made.TITLE, made.GUEST, "1:1", "budget", "planning", "report 1"):
        assert word.lower() not in text


def test_a_series_that_had_ended_is_not_projected(cast):
    extra = "\r\n".join(
        made._event("over", made.FIRST, "15:00", 30, "1:1", ["ada@example.org", made.REPORT], count=3)
    )
    keep(cast.ada.person, extra=extra)
    assert all(it.at != time(15) for it in ahead(cast.ada.person, END))


@pytest.mark.slow
def test_the_newest_reading_points_at_competencies_and_says_why(cast):
    reading = made.stand(cast.ada)
    for about, why in occasions.wished_skills(cast.ada.person):
        assert why
        assert about in {gap["name"] for gap in reading.run.result["audit"]["gaps"]} | {
            reading.run.result["audit"]["next_step"]["about"]
        }
