"""The demo company is believable and always the same."""

import datetime as dt

import pytest

from fairlead.web.demo import CAST, cast, company, history
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
    assert len(found) == len(cast.CAST) == 12


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


# --- three years of it -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def past(everyone):
    return history.history(everyone, MONDAY)


def on(past, day):
    """Who was what on a day."""
    return [row for row in past.stretches if row.since <= day and (row.until is None or row.until > day)]


def test_the_past_is_the_same_every_time(everyone, past):
    assert history.history(everyone, MONDAY) == past


def test_today_everybody_stands_where_the_company_has_them(everyone, past):
    now = {row.person: row for row in on(past, MONDAY)}
    assert set(now) == {one.id for one in everyone}
    for one in everyone:
        row = now[one.id]
        assert (row.manager, row.unit, row.title, row.level) == (
            one.manager_id,
            one.unit,
            one.title,
            str(one.level),
        )


@pytest.mark.parametrize("ago", [30, 200, 400, 700, 1000])
def test_on_each_day_everybody_is_in_one_place_and_reports_to_somebody_who_is_there(past, ago):
    rows = on(past, MONDAY - dt.timedelta(days=ago))
    there = {row.person for row in rows}
    assert len(there) == len(rows) > 60
    assert all(row.manager in there for row in rows if row.manager)
    assert sum(not row.manager for row in rows) == 1
    bosses = {row.person: row.manager for row in rows}
    for person in there:
        steps, at = 0, person
        while bosses[at]:
            at, steps = bosses[at], steps + 1
            assert steps < 8


def test_people_joined_left_rose_and_were_away(everyone, past):
    assert len(past.left) >= history.LEFT
    assert len({row.person for row in past.stretches if row.until}) > 60
    assert all(since >= min(one.hired for one in everyone) for _, since, _ in past.away)
    assert sum(until is None or until > MONDAY for _, _, until in past.away) == 3


def test_the_director_was_promoted_five_months_ago_and_two_of_the_plant_left_lately(past):
    director = next(
        row.person for row in past.stretches if row.title == "Engineering Director" and row.until is None
    )
    mine = sorted((row for row in past.stretches if row.person == director), key=lambda row: row.since)
    assert mine[-1].since == MONDAY - dt.timedelta(days=152)
    assert mine[-2].title == "Firmware Team Lead"
    units = {one.id: one.unit for one in past.people}
    lately = [who for who, (day, _) in past.left.items() if day > MONDAY - dt.timedelta(days=60)]
    assert sum(units[who] == "Manufacturing" for who in lately) >= 2


def test_everybody_has_an_id_and_an_address_of_their_own(past):
    assert len({one.id for one in past.people}) == len({one.email for one in past.people}) == len(past.people)


@pytest.mark.django_db
def test_the_roster_goes_in_with_a_handful_of_statements(everyone, past, django_assert_max_num_queries):
    from fairlead.web.roster import chart, standing

    with django_assert_max_num_queries(40):
        history.write(past)
    page = chart.whole(MONDAY)
    assert (page.people, page.floors) == (240, 4)
    assert len(standing.everybody().people) == len(past.people)
