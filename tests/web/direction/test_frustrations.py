"""The list of frustrations: skill or will, the two sides apart, what follows."""

from __future__ import annotations

import itertools
import re

import pytest
import time_machine
from tests.web.direction import windows
from tests.web.growth import made
from tests.web.growth.later_matrix import coaching

from fairlead.core.direction_answers import SkillSide, Taught
from fairlead.web.direction import frustration_actions as actions
from fairlead.web.direction import later_sittings, shareable
from fairlead.web.direction.frustration_queries import mark
from fairlead.web.direction.models import Sitting
from fairlead.web.growth.models import Skill
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing import actions as sharing

LIST = "/direction/frustrations/"
CONFLICT = {
    "what": "Quarrels in the stand-up",
    "side": "people",
    "about": "conflict_navigation",
    "taught": "no",
    "with_tools": "5",
    "bothers": "4",
}


def add(member, **changes):
    return member.browser.post(LIST, CONFLICT | changes)


def entries(member):
    newest = Sitting.objects.filter(owner=member.person, section="frustrations").order_by("-finished_at")
    return newest[0].content if newest else []


def mark_of(member, number=1):
    """The mark of what is shown at that place, as its page carries it."""
    page = member.browser.get(f"{LIST}{number}/").content.decode()
    return page.split('name="was" value="')[1][:16]


def test_a_frustration_is_added_changed_removed_and_brought_back(cast):
    assert add(cast.ada).status_code == 302
    assert entries(cast.ada) == [
        {
            "what": "Quarrels in the stand-up",
            "side": "people",
            "about": "conflict_navigation",
            "taught": "no",
            "with_tools": 5,
            "bothers": 4,
        }
    ]
    was = mark_of(cast.ada)
    cast.ada.browser.post(f"{LIST}1/", CONFLICT | {"what": "Quarrels", "with_tools": "", "was": was})
    assert entries(cast.ada)[0]["what"] == "Quarrels"
    assert "with_tools" not in entries(cast.ada)[0]
    gone = cast.ada.browser.post(f"{LIST}1/remove/", {"was": mark_of(cast.ada)}).content.decode()
    assert entries(cast.ada) == []
    hidden = dict(
        part.split('" value="')[:2]
        for part in gone.replace('">', '" value="').split('<input type="hidden" name="')[1:]
        if not part.startswith("csrf")
    )
    cast.ada.browser.post(LIST, hidden)
    assert [one["what"] for one in entries(cast.ada)] == ["Quarrels"]


def test_what_was_changed_in_another_window_is_neither_changed_nor_removed(cast):
    add(cast.ada)
    stale = mark_of(cast.ada)
    cast.ada.browser.post(f"{LIST}1/", CONFLICT | {"what": "Budgets", "was": stale})
    for path in (f"{LIST}1/", f"{LIST}1/remove/"):
        answer = cast.ada.browser.post(path, CONFLICT | {"was": stale}, follow=True)
        assert "changed in another window" in answer.content.decode()
    assert [one["what"] for one in entries(cast.ada)] == ["Budgets"]


@pytest.mark.parametrize("side", list(SkillSide))
def test_every_answer_gets_its_reading_and_its_way_on(cast, side):
    answers = list(itertools.product(Taught, (None, 1, 3, 5)))
    content = [
        {"what": "Quarrels", "side": side, "taught": taught} | ({"with_tools": tools} if tools else {})
        for taught, tools in answers
    ]
    later_sittings.keep(actor=cast.ada.person, section="frustrations", content=content)
    page = cast.ada.browser.get(LIST).content.decode()
    lines = page.split('<li class="verdict-')[1:]
    assert len(lines) == len(answers)
    for (taught, tools), line in zip(answers, lines, strict=True):
        if tools == 5 and taught != "yes":
            expected = "Skill gap"
        elif tools == 1 and taught == "yes":
            expected = "Will gap"
        else:
            expected = "Not yet known"
        assert re.search(rf'<span class="verdict">(<a [^>]+>)?{expected}<', line), (taught, tools)
        assert ("It is a guess." in line) == (expected == "Not yet known")
        assert ("Put it on my list of skills" in line) == (expected != "Will gap")
        assert ("nothing to be ashamed of" in line) == (expected == "Will gap")


def test_technical_and_people_stand_apart_and_are_never_added_up(cast):
    add(cast.ada, what="Budgets", side="technical", about="")
    add(cast.ada, what="Quarrels", side="people")
    add(cast.ada, what="Spreadsheets", side="technical", about="")
    page = cast.ada.browser.get(LIST).content.decode()
    technical, people = page.split('id="people"')
    assert "Technical knowledge and skill" in technical
    assert "Budgets" in technical
    assert "Spreadsheets" in technical
    assert "Quarrels" not in technical
    assert "2 frustrations: 2 skill gaps" in technical
    assert "1 frustration: 1 skill gap" in people
    assert "3 frustrations" not in page


def test_the_skill_behind_a_frustration_goes_on_the_list_of_skills(cast):
    add(cast.ada)
    cast.ada.browser.post(f"{LIST}1/want-skill/", {"was": mark_of(cast.ada)})
    skill = Skill.objects.get(owner=cast.ada.person)
    assert (skill.about, skill.state) == ("conflict_navigation", "waiting")
    assert skill.came_from == "A frustration: Quarrels in the stand-up"
    cast.ada.browser.post(f"{LIST}1/want-skill/", {"was": mark_of(cast.ada)})
    assert Skill.objects.filter(owner=cast.ada.person).count() == 1


@pytest.mark.parametrize("side", ["people", "technical"])
def test_what_was_put_to_no_skill_is_asked_about_and_never_assigned(cast, side):
    add(cast.ada, side=side, about="")
    page = cast.ada.browser.get(LIST).content.decode()
    assert "Skill: not yet assigned" in page
    assert 'value="" selected>Choose one' in page
    answer = cast.ada.browser.post(f"{LIST}1/want-skill/", {"was": mark_of(cast.ada)})
    assert answer.status_code == 422
    refusal = answer.content.decode()
    assert refusal.count("Choose the skill it is closest to") == 2
    assert '<a href="#id_about_1">' in refusal
    assert 'id="id_about_1"' in refusal
    assert not Skill.objects.exists()
    sent = {"was": mark_of(cast.ada), "about": "people_under_stress"}
    cast.ada.browser.post(f"{LIST}1/want-skill/", sent)
    assert Skill.objects.get(owner=cast.ada.person).about == "people_under_stress"
    assert entries(cast.ada)[0]["about"] == "people_under_stress"
    assert "Skill: not yet assigned" not in cast.ada.browser.get(LIST).content.decode()


def test_a_skill_that_runs_or_waits_is_not_offered_again(cast):
    add(cast.ada)
    add(cast.ada, what="Late promises", about="reliability")
    made.skill(cast.ada.person, state="open", opened_on="2026-11-02")
    page = cast.ada.browser.get(LIST).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    first, second = page.split('<li class="verdict-')[1:]
    assert "You are working on “Conflict navigation” since 2 Nov 2026." in first
    assert "Put it on my list of skills" not in first
    assert "Put on your list, this one waits there" in second
    assert "Put it on my list of skills" in second


@pytest.mark.parametrize(
    "wrong",
    [{"what": ""}, {"side": ""}, {"side": "both"}, {"with_tools": "6"}, {"about": "charisma"}],
)
def test_what_is_no_answer_is_refused_and_nothing_kept(cast, wrong):
    assert add(cast.ada, **wrong).status_code == 422
    assert entries(cast.ada) == []


def test_twenty_frustrations_are_the_most(cast):
    content = [{"what": f"Task {n}", "side": "people"} for n in range(20)]
    later_sittings.keep(actor=cast.ada.person, section="frustrations", content=content)
    answer = add(cast.ada)
    assert answer.status_code == 422
    assert "20 frustrations are the most" in answer.content.decode()


def test_each_day_keeps_its_own_list_and_the_same_day_only_its_last(cast):
    add(cast.ada, what="One")
    add(cast.ada, what="Two")
    with time_machine.travel("2031-01-15T12:00:00Z", tick=False):
        cast.ada.browser.cookies.clear()
        cast.ada.browser.force_login(cast.ada.person.user)
        page = cast.ada.browser.get(LIST).content.decode()
        assert "describes nobody any more" in page
        add(cast.ada, what="Three")
        assert "describes nobody any more" not in cast.ada.browser.get(LIST).content.decode()
    found = Sitting.objects.filter(section="frustrations").order_by("finished_at")
    assert [[one["what"] for one in sitting.content] for sitting in found] == [
        ["One", "Two"],
        ["One", "Two", "Three"],
    ]


def test_nobody_else_meets_a_word_of_it(cast):
    add(cast.ada, what="Quarzlibelle")
    for other in (cast.ben, cast.eve):
        assert "Quarzlibelle" not in other.browser.get(LIST).content.decode()
        assert other.browser.get(f"{LIST}1/").status_code == 404
        other.browser.post(f"{LIST}1/remove/", {"was": mark_of(cast.ada)})
    assert len(entries(cast.ada)) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_whatever_is_on_it(cast, rows, django_assert_num_queries):
    for number in range(rows):
        add(cast.ada, what=f"Task {number}")
    cast.ada.browser.get(LIST)
    with django_assert_num_queries(8):
        cast.ada.browser.get(LIST)


def test_a_list_that_is_shown_stays_shown_when_it_changes_on_the_same_day(cast):
    add(cast.ada)
    coaching(cast.ben.person, cast.ada.person)
    shown = Sitting.objects.get(owner=cast.ada.person, section="frustrations")
    made = sharing.share(
        cast.ada.person,
        reader=cast.ben.person,
        kind="direction",
        object_id=shown.pk,
        title="Frustrations",
        snapshot=shareable.snapshot(shown, {"words"}),
        until=later_sittings.today_of(cast.ada.person),
    )
    add(cast.ada, what="Budgets")
    assert [one["what"] for one in entries(cast.ada)] == ["Quarrels in the stand-up", "Budgets"]
    assert Sitting.objects.filter(owner=cast.ada.person, section="frustrations").count() == 1
    seen = cast.ben.browser.get(f"/sharing/{made.pk}/")
    assert seen.status_code == 200
    assert "Quarrels" in seen.content.decode()
    assert "Budgets" not in seen.content.decode(), "the copy stands as it was shown"


FIRST = {"what": "Meetings", "side": "technical"}
SECOND = {"what": "Budgets", "side": "technical"}


def test_what_another_window_added_meanwhile_stays_on_the_list(cast):
    person = cast.ada.person
    with windows.another_first(person, lambda: actions.add(actor=person, **FIRST)):
        actions.add(actor=person, **SECOND)
    assert [one["what"] for one in entries(cast.ada)] == ["Meetings", "Budgets"]


def test_a_removal_counts_places_after_the_other_windows_removal(cast):
    person = cast.ada.person
    for one in (FIRST, SECOND):
        actions.add(actor=person, **one)
    was = mark(entries(cast.ada)[0])
    with (
        windows.another_first(person, lambda: actions.remove(actor=person, number=1, was=was)),
        pytest.raises(Refused, match="changed in another window"),
    ):
        actions.remove(actor=person, number=1, was=was)
