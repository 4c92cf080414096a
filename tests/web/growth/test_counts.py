"""What people operations see of My growth: rounded counts of quarters that are over, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import PersonFactory
from tests.organization import assemble_organization
from tests.web.growth import made

from fairlead.web.growth import counting
from fairlead.web.growth.models import Skill
from fairlead.web.roster.models import Position

DAY = date(2026, 5, 20)
PAGE = "/growth/counts/"


@pytest.fixture
def organization(db):
    return assemble_organization(signed_in=True)


def in_chart(count):
    """People with a position since long ago."""
    found = [PersonFactory.create() for _number in range(count)]
    for one in found:
        Position.objects.create(person=one, title="Clerk", since=date(2020, 1, 1))
    return found


def text(browser):
    return browser.get(PAGE).content.decode()


def test_a_small_organization_is_told_that_nothing_can_be_shown(organization):
    page = text(organization["ada"].browser)
    assert "Nothing can be shown" in page
    assert "<table" not in page


def test_counts_are_rounded_down_to_tens_and_of_quarters_that_are_over(db):
    people = in_chart(40)
    for one in people[:19]:
        made.skill(one, state="open", opened_on=date(2026, 2, 1))
    for one in people[19:31]:
        skill = made.skill(one, state="done", opened_on=date(2026, 1, 5), ended_on=date(2026, 3, 31))
        made.experiment(
            skill,
            begun_on=date(2026, 1, 5),
            due_on=date(2026, 2, 2),
            again={"one": 2},
            ended_on=date(2026, 2, 2),
        )
    for one in people[31:]:
        made.skill(one, state="open", opened_on=date(2026, 4, 1))
    newest, before, *_rest = counting.quarters(DAY)
    assert newest.name == "January to March 2026"
    assert (newest.open.says, newest.finished.says, newest.measured.says) == ("10 or more",) * 3
    assert {before.open.says, before.finished.says} == {"fewer than 10"}
    assert before.says_nothing


def test_what_happens_in_the_quarter_that_runs_changes_nothing(db):
    people = in_chart(40)
    for one in people[:9]:
        made.skill(one, state="open", opened_on=date(2026, 2, 1))
    told = counting.quarters(DAY)
    made.skill(people[9], state="open", opened_on=DAY)
    Skill.objects.filter(owner=people[0]).update(state="done", ended_on=DAY)
    assert counting.quarters(DAY) == told


def test_somebody_outside_the_chart_is_not_counted(db):
    for one in (*in_chart(30)[:9], PersonFactory.create()):
        made.skill(one, state="open", opened_on=date(2026, 2, 1))
    assert counting.quarters(DAY)[0].open.says == "fewer than 10"


def test_the_page_names_nobody_and_says_what_is_never_shown(organization):
    for one in in_chart(40)[:12]:
        made.skill(one, state="open", opened_on=date(2026, 2, 1), title="Quartz")
    page = text(organization["finn"].browser)
    assert "Quartz" not in page
    assert "Clerk" not in page
    assert "Units: in most of them every count would be hidden" in page
    assert "fewer than 10" in page


@pytest.mark.parametrize("name", ["ben", "cleo", "lea", "kim", "gina", "hugo", "dora"])
def test_nobody_else_reaches_it(organization, name):
    assert organization[name].browser.get(PAGE).status_code == 404
    assert PAGE not in organization[name].browser.get("/growth/").content.decode()


def test_people_operations_find_it_under_my_growth(organization):
    assert PAGE in organization["ada"].browser.get("/growth/").content.decode()
