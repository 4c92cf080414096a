"""The plan on one page: three to five years, kept as a whole and undone as a whole (row 68)."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.utils import timezone
from tests.cast import assemble

from fairlead.web import rights, today, vault
from fairlead.web.growth import plan_actions, plan_queries
from fairlead.web.growth.later_models import VERSIONS_KEPT, Plan
from fairlead.web.growth.models import Year
from fairlead.web.trail.models import Entry


@pytest.fixture
def cast(db):
    return assemble()


@pytest.fixture
def cleo(cast):
    return cast.cleo


NOW = timezone.localdate().year
AGAIN = f"{NOW + 1}-01-15"


def written(**more):
    """Three years; each with something."""
    base = {"start": "From here", "aim": "To there", "review_on": AGAIN}
    years = {
        f"{part}_{NOW + number}": f"{part} in {NOW + number}"
        for number in range(3)
        for part in plan_queries.PARTS
    }
    return base | years | more


def write(cleo, years="", **more):
    return cleo.browser.post(f"/growth/plan/write/{years}", written(**more))


def page(cleo):
    answer = cleo.browser.get("/growth/plan/")
    assert answer.status_code == 200
    return answer.content.decode()


def the_plan():
    with vault.on_duty("test"):
        return Plan.objects.get()


def years():
    with vault.on_duty("test"):
        return {one.year: one.content for one in Year.objects.all()}


def test_an_empty_page_says_what_will_stand_there(cleo):
    assert "No plan yet" in page(cleo)


def test_what_was_written_stands_year_by_year_in_its_parts(cleo):
    assert write(cleo).status_code == 302
    shown = page(cleo)
    for said in written().values():
        if said != AGAIN:
            assert said in shown
    assert (
        shown.index("able in") < shown.index("tried in") < shown.index("let_go in") < shown.index("help in")
    )
    assert sorted(years()) == [NOW, NOW + 1, NOW + 2]


def test_nobody_else_reads_it(cast, cleo):
    write(cleo, start="Planted start")
    for name, member in cast:
        if name != "cleo":
            assert "Planted" not in member.browser.get("/growth/plan/").content.decode()
            for act in ("undo", "delete"):
                assert member.browser.post(f"/growth/plan/{the_plan().pk}/{act}/").status_code == 404
    assert "Planted" not in str(list(Entry.objects.values_list("facts")))
    with vault.seen_by(cleo.person):
        assert "Planted start" in json.dumps(rights.everything(cleo.person), default=str)


@pytest.mark.parametrize(
    ("asked", "count"), [("", 3), ("?years=4", 4), ("?years=5", 5), ("?years=9", 3), ("?years=²", 3)]
)
def test_three_to_five_years_can_be_planned(cleo, asked, count):
    shown = cleo.browser.get(f"/growth/plan/write/{asked}").content.decode()
    assert shown.count('class="year-fields"') == count


def test_the_form_asks_about_as_many_years_as_are_planned(cleo):
    write(cleo, "?years=5", **{f"able_{NOW + 4}": "Far away"})
    shown = cleo.browser.get("/growth/plan/write/").content.decode()
    assert shown.count('class="year-fields"') == 5
    assert "Far away" in shown


def test_an_empty_plan_is_not_kept(cleo):
    answer = cleo.browser.post("/growth/plan/write/", {})
    assert answer.status_code == 422
    assert "Write at least one thing" in answer.content.decode()


def test_a_part_that_would_not_fit_on_the_page_is_refused_and_nothing_is_lost(cleo):
    answer = write(cleo, **{f"able_{NOW}": "x" * 201})
    assert answer.status_code == 422
    assert "tried in" in answer.content.decode()
    assert "x" * 201 in answer.content.decode()
    assert f'<a href="#id_able_{NOW}">' in answer.content.decode()


def test_a_change_is_undone_to_the_letter(cleo):
    write(cleo)
    before = (years(), the_plan().start, the_plan().aim, the_plan().review_on)
    write(cleo, start="Elsewhere", review_on="", **{f"able_{NOW}": "", f"help_{NOW + 1}": "Somebody else"})
    assert "Elsewhere" in page(cleo)
    cleo.browser.post(f"/growth/plan/{the_plan().pk}/undo/")
    assert (years(), the_plan().start, the_plan().aim, the_plan().review_on) == before
    assert "Undo the last change" not in page(cleo)
    said = cleo.browser.post(f"/growth/plan/{the_plan().pk}/undo/", follow=True).content.decode()
    assert "There is nothing to go back to." in said


def test_years_that_were_left_out_come_back_with_undo(cleo):
    write(cleo, "?years=5", **{f"able_{NOW + 4}": "Far away"})
    write(cleo, "?years=3")
    assert max(years()) == NOW + 2
    cleo.browser.post(f"/growth/plan/{the_plan().pk}/undo/")
    assert years()[NOW + 4] == {"able": "Far away"}


def test_keeping_the_same_again_is_no_change(cleo):
    write(cleo)
    write(cleo)
    assert the_plan().earlier == []


def test_a_handful_of_earlier_states_is_kept(cleo):
    for number in range(VERSIONS_KEPT + 3):
        write(cleo, start=f"State {number}")
    kept = [one["start"] for one in the_plan().earlier]
    assert kept == [f"State {number}" for number in range(2, VERSIONS_KEPT + 2)]


def test_a_year_that_is_over_stays_to_be_read_and_is_not_asked_about(cleo):
    write(cleo)
    with time_machine.travel(dt.datetime(NOW + 1, 2, 1, 12, tzinfo=dt.UTC)), vault.seen_by(cleo.person):
        shown = plan_queries.shown(cleo.person)
        assert [one.year for one in shown.over] == [NOW]
        assert [one.year for one in shown.ahead] == [NOW + 1, NOW + 2]
        assert list(plan_queries.span(cleo.person)) == [NOW + 1, NOW + 2, NOW + 3]
        plan_actions.keep(
            cleo.person, start="", aim="", review_on=None, years={NOW + 1: {"able": "Something new"}}
        )
        assert plan_queries.years_of(cleo.person)[NOW]["able"] == f"able in {NOW}"


def test_the_plan_stands_under_today_when_its_day_has_come(cleo):
    write(cleo)
    for day, stands in ((dt.date(2027, 1, 14), False), (dt.date(2027, 1, 15), True)):
        with time_machine.travel(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)):
            with vault.seen_by(cleo.person):
                found = [one.title for one in today.today(cleo.person).waiting]
            assert ("Your plan for the coming years" in found) is stands


def test_deleting_takes_the_years_along(cleo):
    write(cleo)
    cleo.browser.post(f"/growth/plan/{the_plan().pk}/delete/")
    assert years() == {}
    assert "No plan yet" in page(cleo)


def test_the_page_costs_as_many_queries_with_five_years_as_with_three(cleo, django_assert_num_queries):
    for count in ("?years=3", "?years=5"):
        write(cleo, count, **{f"able_{NOW + 4}": "Far"})
        with vault.seen_by(cleo.person), django_assert_num_queries(3):
            plan_queries.shown(cleo.person)


def test_a_day_to_look_at_the_plan_again_that_has_passed_is_refused_and_one_that_passes_stays(cleo):
    today = timezone.localdate()
    answer = write(cleo, review_on=(today - dt.timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    assert "This day has passed" in answer.content.decode()
    assert "To there" in answer.content.decode()
    ahead = today + dt.timedelta(days=10)
    assert write(cleo, review_on=ahead.isoformat()).status_code == 302
    with vault.on_duty("test"):
        Plan.objects.update(review_on=today - dt.timedelta(days=3))
    stands = (today - dt.timedelta(days=3)).isoformat()
    assert write(cleo, review_on=stands, aim="Elsewhere").status_code == 302
    assert the_plan().aim == "Elsewhere"
