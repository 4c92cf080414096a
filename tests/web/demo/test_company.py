"""The demo company is believable and always the same."""

import datetime as dt

import pytest

from fairlead.web.demo import CAST, cast, company
from fairlead.web.demo.calendars import Regular, Sudden, calendar, circle
from fairlead.web.demo.staging import employee

MONDAY = dt.date(2026, 11, 16)


@pytest.fixture(scope="module")
def everyone():
    return company.employees(MONDAY)


def test_the_company_has_240_people_with_one_address_each(everyone):
    assert len(everyone) == 240
    assert len({one.email for one in everyone}) == 240
    assert len({one.id for one in everyone}) == 240


def test_the_company_is_the_same_every_time(everyone):
    assert company.employees(MONDAY) == everyone


def test_the_people_stay_the_same_on_another_day(everyone):
    later = company.employees(MONDAY + dt.timedelta(days=100))
    assert [one.name for one in later] == [one.name for one in everyone]


def test_everybody_but_the_managing_director_reports_up_to_the_managing_director(everyone):
    bosses = {one.id: one.manager_id for one in everyone}
    for one in everyone:
        steps, at = 0, one.id
        while bosses[at]:
            at, steps = bosses[at], steps + 1
            assert steps < 6
        assert at == everyone[0].id


def test_every_member_of_the_cast_is_one_person_of_the_company(everyone):
    found = {employee(member, everyone).email for member in cast.CAST}
    assert found == {player.email for player in CAST}
    assert len(found) == len(cast.CAST) == 8


def test_a_calendar_is_the_same_bytes_for_the_same_seed_and_others_for_another(everyone):
    around = circle(everyone[1], everyone)
    regular = (Regular(title="Plan", days="MO", at="10:00", minutes=60, who=("reports",)),)
    sudden = (Sudden(titles=("Outage",), at_first=2, at_last=4, minutes=30, notice=(1, 3)),)

    def made(seed):
        return calendar(around, regular, sudden, first=MONDAY, weeks=8, seed=seed)

    assert made(3) == made(3)
    assert made(3) != made(4)


def test_what_comes_up_comes_up_more_often_where_the_story_says_so(everyone):
    sudden = (Sudden(titles=("Outage",), at_first=0.5, at_last=9, minutes=30, notice=(1, 3)),)
    made = calendar(circle(everyone[1], everyone), (), sudden, first=MONDAY, weeks=40, seed=1)
    weeks = [int(line.split("-")[2]) for line in made.decode().splitlines() if line.startswith("UID:")]
    assert sum(week >= 20 for week in weeks) > 2 * sum(week < 20 for week in weeks)
