"""The written Why, without which no promotion goal is opened (row 63)."""

from __future__ import annotations

import pytest

from fairlead.web.direction import goal_actions, later_sittings
from fairlead.web.direction.models import PromotionGoal, Sitting
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

GOALS = "/direction/goals/"


def page(member):
    return member.browser.get(GOALS).content.decode()


def write_why(member, why="To see people grow"):
    return member.browser.post(f"{GOALS}why/", {"why": why})


def open_goal(member, text="Lead of platform"):
    return member.browser.post(f"{GOALS}open/", {"text": text})


@pytest.mark.parametrize("why", ["", "   ", "\n\t"])
def test_no_goal_is_opened_without_its_why_by_the_action_itself(cast, why):
    with pytest.raises(Refused, match="Write your Why first"):
        goal_actions.open_goal(actor=cast.ada.person, text="Lead", why=why)
    assert not PromotionGoal.objects.exists()


def test_a_goal_sent_without_a_why_is_refused_kindly_with_the_reason(cast):
    assert "Open this goal" not in page(cast.ada)
    answer = open_goal(cast.ada)
    assert answer.status_code == 422
    assert "A goal that somebody else gave you looks the same as your own" in answer.content.decode()
    assert not PromotionGoal.objects.exists()
    write_why(cast.ada, "  ")
    assert open_goal(cast.ada).status_code == 422


@pytest.mark.parametrize("emptied", ["", "  \n "])
def test_the_why_cannot_be_emptied_while_a_goal_stands_on_it(cast, emptied):
    write_why(cast.ada)
    open_goal(cast.ada)
    answer = write_why(cast.ada, emptied)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "A goal is open, and it stands on its Why" in said
    assert 'class="field field-wrong"' in said
    assert Sitting.objects.get(section="next_level").content["why"] == "To see people grow"
    goal = PromotionGoal.objects.get()
    cast.ada.browser.post(f"{GOALS}{goal.pk}/close/", {"because": "Enough"})
    assert write_why(cast.ada, emptied).status_code == 302
    assert Sitting.objects.get(section="next_level").content["why"] == ""
    assert "Your Why has been taken away" in page(cast.ada)


def test_somebody_elses_open_goal_keeps_nobody_from_emptying_their_own_why(cast):
    write_why(cast.ben)
    open_goal(cast.ben)
    write_why(cast.ada)
    assert write_why(cast.ada, "").status_code == 302


@pytest.mark.parametrize(("path", "name", "most"), [("why/", "why", 2000), ("open/", "text", 300)])
def test_what_is_too_long_is_refused_whole_and_stays_as_typed(cast, path, name, most):
    write_why(cast.ada)
    assert f"At most {most:,} letters" in page(cast.ada)
    assert "maxlength" not in page(cast.ada)
    long = "q" * (most + 1)
    answer = cast.ada.browser.post(f"{GOALS}{path}", {name: long})
    assert answer.status_code == 422
    assert f"These are {most + 1} letters" in answer.content.decode()
    assert long in answer.content.decode()
    assert not PromotionGoal.objects.exists()


def test_a_word_at_the_end_of_a_goal_that_is_too_long_stays_as_typed(cast):
    write_why(cast.ada)
    open_goal(cast.ada)
    goal = PromotionGoal.objects.get()
    answer = cast.ada.browser.post(f"{GOALS}{goal.pk}/close/", {"because": "w" * 501})
    assert answer.status_code == 422
    assert "w" * 501 in answer.content.decode()
    assert 'href="#id_because"' in answer.content.decode()
    goal.refresh_from_db()
    assert goal.closed_on is None


def test_a_goal_keeps_the_why_it_was_opened_with(cast):
    write_why(cast.ada)
    assert open_goal(cast.ada).status_code == 302
    write_why(cast.ada, "Another reason by now")
    goal = PromotionGoal.objects.get()
    assert (goal.text, goal.why, goal.closed_on) == ("Lead of platform", "To see people grow", None)
    shown = page(cast.ada)
    assert "To see people grow" in shown
    assert "Another reason by now" in shown


def test_a_goal_is_closed_with_a_word_opened_again_and_deleted_for_good(cast):
    write_why(cast.ada)
    open_goal(cast.ada)
    goal = PromotionGoal.objects.get()
    cast.ada.browser.post(f"{GOALS}{goal.pk}/close/", {"because": "I would rather build"})
    assert "Closed goals" in page(cast.ada)
    assert "I would rather build" in page(cast.ada)
    cast.ada.browser.post(f"{GOALS}{goal.pk}/open-again/")
    goal.refresh_from_db()
    assert (goal.closed_on, goal.closed_because) == (None, "")
    cast.ada.browser.post(f"{GOALS}{goal.pk}/delete/")
    assert not PromotionGoal.objects.exists()


def test_warnings_stand_at_the_why_with_their_answers_and_block_nothing(cast):
    said = {"push": "pushed", "levels_reached": 3, "encouraged_by": ["manager"], "encouragement": 5}
    later_sittings.keep(actor=cast.ada.person, section="why", content=said)
    shown = page(cast.ada)
    assert 'id="sign-pushed"' in shown
    assert 'id="sign-treadmill"' in shown
    assert "The answers behind it" in shown
    write_why(cast.ada)
    assert open_goal(cast.ada).status_code == 302


def test_somebody_whose_wish_is_their_own_is_not_warned(cast):
    later_sittings.keep(actor=cast.ada.person, section="why", content={"push": "own", "levels_reached": 0})
    assert "Before you write" not in page(cast.ada)


def test_the_why_changes_nothing_else_that_was_said_of_the_next_level(cast):
    later_sittings.keep(
        actor=cast.ada.person, section="next_level", content={"role": "Head of X", "heard": "Long days"}
    )
    write_why(cast.ada)
    assert Sitting.objects.get(section="next_level").content == {
        "role": "Head of X",
        "heard": "Long days",
        "why": "To see people grow",
    }


def test_the_record_says_that_a_goal_was_opened_and_not_which(cast):
    write_why(cast.ada, "Quarzlibelle")
    open_goal(cast.ada, "Nebelhorn")
    lines = repr(list(Entry.objects.values()))
    assert "promotiongoal" in lines
    assert "Quarzlibelle" not in lines
    assert "Nebelhorn" not in lines


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_goals(cast, rows, django_assert_num_queries):
    for number in range(rows):
        goal_actions.open_goal(actor=cast.ada.person, text=f"Goal {number}", why="Because")
    cast.ada.browser.get(GOALS)
    with django_assert_num_queries(10):
        cast.ada.browser.get(GOALS)
