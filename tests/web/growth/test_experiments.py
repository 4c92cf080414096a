"""An experiment: how it is now, what is planned, the same asked again, and what it says (row 82)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.web.growth import made

from fairlead.core.scales import Scale, ScaleItem, drift, score
from fairlead.core.tables import Answers
from fairlead.library import load
from fairlead.web.growth import experiments, measuring
from fairlead.web.growth.models import Experiment, Practice
from fairlead.web.runs.actions import Refused
from fairlead.web.today import today

FIRST = date(2026, 3, 2)


@pytest.fixture
def skill(cast):
    return made.skill(cast.ada.person, state="open", opened_on=FIRST)


def answers(skill, value, content="3"):
    items = load.practices()[skill.about].items
    return {name: str(value) for name in items} | {measuring.SATISFACTION: content}


def begin(cast, skill, *, weeks=4, value=2, content="3", **more):
    sent = answers(skill, value, content) | {"weeks": str(weeks)} | more
    return cast.ada.browser.post(f"/growth/skills/{skill.pk}/begin/", sent, follow=True)


def after(cast, skill, *, before, now, content=("3", "3")):
    """An experiment measured on its day."""
    with time_machine.travel(FIRST, tick=False):
        begin(cast, skill, value=before, content=content[0])
    one = Experiment.objects.get()
    with time_machine.travel(one.due_on, tick=False):
        cast.ada.browser.force_login(cast.ada.person.user)
        page = cast.ada.browser.post(
            f"/growth/experiments/{one.pk}/measure/", answers(skill, now, content[1]), follow=True
        )
        one.refresh_from_db()
        return one, page.content.decode()


def test_an_experiment_keeps_how_it_is_now_and_sets_the_day_to_ask_again(cast, skill):
    with time_machine.travel(FIRST, tick=False):
        begin(cast, skill, weeks=6, value=2)
    one = Experiment.objects.get()
    assert (one.begun_on, one.due_on, one.satisfaction_before) == (FIRST, date(2026, 4, 13), 3)
    assert set(one.baseline) == set(load.practices()[skill.about].items)
    assert set(one.baseline.values()) == {2.0}


def test_a_later_wording_does_not_change_what_is_asked_again(cast, skill):
    one = made.experiment(skill)
    page = cast.ada.browser.get(f"/growth/experiments/{one.pk}/measure/").content.decode()
    assert "Question one" in page
    assert "Question two" in page


@pytest.mark.parametrize("weeks", ["3", "13", ""])
def test_an_experiment_takes_four_to_twelve_weeks(cast, skill, weeks):
    answer = begin(cast, skill, weeks=weeks)
    assert answer.status_code == 422
    assert not Experiment.objects.exists()


def test_too_few_answers_to_tell_a_change_later_are_not_taken(cast, skill):
    answer = cast.ada.browser.post(f"/growth/skills/{skill.pk}/begin/", {"weeks": "4", "spoke_directly": "2"})
    assert answer.status_code == 422
    assert experiments.TOO_FEW in answer.content.decode()
    not_mine = answers(skill, 0) | {"weeks": "4"}
    assert cast.ada.browser.post(f"/growth/skills/{skill.pk}/begin/", not_mine).status_code == 422


def test_only_the_open_skill_is_experimented_with_and_once_at_a_time(cast, skill):
    waiting = made.skill(cast.ada.person, "reliability")
    assert "Take up “Reliability” first" in begin(cast, waiting).content.decode()
    begin(cast, skill)
    assert "running already" in begin(cast, skill).content.decode()
    assert Experiment.objects.count() == 1


def test_it_cannot_be_measured_again_before_its_day(cast, skill):
    one = made.experiment(skill, due_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="It is due on"):
        experiments.measure(
            actor=cast.ada.person, experiment=one, values={"one": 3, "two": 3}, satisfaction=3
        )
    page = cast.ada.browser.get(f"/growth/experiments/{one.pk}/measure/").content.decode()
    assert "It is due on" in page


def test_a_clear_change_is_named_with_its_interval(cast, skill):
    one, page = after(cast, skill, before=1, now=4, content=("2", "5"))
    change = measuring.change(one)
    assert change.behaviour.value == 3.0
    assert change.behaviour.low > 0
    assert "You do these things more often than before." in page
    assert "You are more content with your work than before." in page


def test_a_small_change_is_not_called_one(cast, skill):
    one, page = after(cast, skill, before=3, now=3, content=("3", "4"))
    change = measuring.change(one)
    assert change.behaviour.low < 0 < change.behaviour.high
    assert "No change that we could tell from chance." in page
    assert "No change in how content you are with your work that we could tell from chance." in page


def test_the_change_is_that_of_the_core_for_the_same_answers(cast, skill):
    one, _page = after(cast, skill, before=2, now=3)
    scale = Scale(
        id="x", label="x", about="", items=tuple(ScaleItem(id=name) for name in one.baseline),
        low_option=1, high_option=5, min_answered=2,
    )  # fmt: skip
    told = [
        score(Answers(instrument="x", version="1", answered_on=on, values=values, texts={}), [scale])
        for on, values in (("2026-03-02", one.baseline), ("2026-03-30", one.again))
    ]
    expected = drift(*told)[0]
    found = measuring.change(one).behaviour
    assert (found.value, found.low, found.high) == (expected.change, expected.low, expected.high)


def test_without_an_answer_about_content_nothing_is_said_about_it(cast, skill):
    _one, page = after(cast, skill, before=1, now=4, content=("", "4"))
    assert "Whether you are more content cannot be said" in page
    assert "Too little to say" in page


def test_questions_that_were_not_answered_both_times_are_left_out(cast, skill):
    one = made.experiment(
        skill, again={"one": 5, "two": 0}, ended_on=timezone.localdate(), satisfaction_after=3
    )
    change = measuring.change(one)
    assert change.behaviour.value is None
    assert "too few questions" in change.says


def test_stopping_early_takes_a_reason_and_keeps_it(cast, skill):
    one = made.experiment(skill)
    page = cast.ada.browser.post(f"/growth/experiments/{one.pk}/stop/", {}, follow=True).content.decode()
    assert "why it ends early" in page
    one.refresh_from_db()
    assert one.ended_on is None
    sent = {"because": "A new team, another question."}
    page = cast.ada.browser.post(f"/growth/experiments/{one.pk}/stop/", sent, follow=True).content.decode()
    assert "Stopped early: <bdi>A new team, another question.</bdi>" in page


def test_a_practice_is_planned_on_a_day_and_done_with_a_note(cast, skill):
    with time_machine.travel(FIRST, tick=False):
        begin(cast, skill)
        one = Experiment.objects.get()
        sent = {"practice": "the_talk_you_avoid", "day": "2026-03-05", "at": "14:00"}
        cast.ada.browser.post(f"/growth/experiments/{one.pk}/plan/", sent)
    found = Practice.objects.get()
    assert (found.planned_for, f"{found.planned_at:%H:%M}", found.stretch) == (date(2026, 3, 5), "14:00", 3)
    with time_machine.travel(date(2026, 3, 5), tick=False):
        cast.ada.browser.force_login(cast.ada.person.user)
        sent = {"done": "1", "note": "Harder before than during."}
        page = cast.ada.browser.post(f"/growth/planned/{found.pk}/done/", sent, follow=True).content.decode()
    found.refresh_from_db()
    assert found.done_on == date(2026, 3, 5)
    assert "Harder before than during." in page


def test_a_note_or_a_reason_that_is_too_long_is_refused_and_stays_in_its_own_field(cast, skill):
    one = made.experiment(skill)
    found = made.practice(one)
    for address, name, most in (
        (f"/growth/planned/{found.pk}/done/", "note", 1000),
        (f"/growth/experiments/{one.pk}/stop/", "because", 500),
    ):
        typed = "a\r\n" + "y" * most
        answer = cast.ada.browser.post(address, {name: typed, "done": "1"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert f"These are {most + 2} letters, and at most {most} are kept." in page
        assert page.count("y" * most) == 1
        assert 'id="stop-because"' in page
        assert page.count('id="id_because"') == 1
    found.refresh_from_db()
    one.refresh_from_db()
    assert (found.done_on, one.ended_on) == (None, None)


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-31"])
def test_a_practice_is_planned_within_the_weeks_of_its_experiment(cast, skill, day):
    with time_machine.travel(FIRST, tick=False):
        begin(cast, skill)
        one = Experiment.objects.get()
        sent = {"practice": "the_talk_you_avoid", "day": day}
        answer = cast.ada.browser.post(f"/growth/experiments/{one.pk}/plan/", sent)
    assert answer.status_code == 422
    assert "Choose a day from today to 30 March 2026" in answer.content.decode()


def test_a_practice_of_another_skill_is_not_planned(cast, skill):
    one = made.experiment(skill, due_on=timezone.localdate() + timedelta(days=9))
    other = load.practices()["innovation"].practices[0].id
    sent = {"practice": other, "day": timezone.localdate().isoformat()}
    assert cast.ada.browser.post(f"/growth/experiments/{one.pk}/plan/", sent).status_code == 422
    with pytest.raises(Refused, match="three practices"):
        experiments.plan(
            actor=cast.ada.person, experiment=one, practice=other, day=timezone.localdate(), at=None
        )


def test_today_says_when_it_is_time_to_look_again_and_what_was_planned(cast, skill):
    one = made.experiment(skill, due_on=timezone.localdate() + timedelta(days=1))
    assert "Next there: plan a practice." in today(cast.ada.person).do.does
    planned = made.practice(one, practice="the_talk_you_avoid", planned_for=timezone.localdate())
    planned.planned_for -= timedelta(days=7)
    planned.save()
    (late,) = today(cast.ada.person).waiting
    assert late.title == "Hold the talk that you have put off longest"
    assert late.says.endswith("note what came of it")
    planned.planned_for -= timedelta(days=1)
    planned.save()
    assert not today(cast.ada.person).waiting
    Experiment.objects.update(due_on=timezone.localdate())
    assert today(cast.ada.person).do.title == "Look again"


@pytest.mark.parametrize(("days", "named"), [(0, True), (6, True), (7, False)])
def test_today_names_what_is_planned_this_week_with_its_occasion_on_one_line(cast, skill, days, named):
    with time_machine.travel(FIRST, tick=False):
        one = made.experiment(skill, begun_on=FIRST, due_on=FIRST + timedelta(days=20))
        day = FIRST + timedelta(days=days)
        made.practice(
            one, practice="the_talk_you_avoid", planned_for=day, planned_at="14:00", event="my one-to-one"
        )
        does = today(cast.ada.person).do.does.replace("\N{NO-BREAK SPACE}", " ")
    on = f"{day:%A} {day.day} Mar 2026, 14:00 (my one-to-one)"
    line = f"“Hold the talk that you have put off longest” on {on}."
    assert (does == f"This week: {line}") == named
    assert line in does


def test_the_history_of_experiments_stays_with_the_skill(cast, skill):
    made.experiment(skill, begun_on=FIRST, ended_on=FIRST + timedelta(weeks=1), ended_because="Ill.")
    made.experiment(skill, again={"one": 5, "two": 5}, satisfaction_after=4, ended_on=timezone.localdate())
    page = cast.ada.browser.get(f"/growth/skills/{skill.pk}/").content.decode()
    assert "stopped early" in page
    assert "measured again" in page
    assert "Begin another experiment" in page


def test_nobody_else_reaches_an_experiment_or_a_practice(cast, skill):
    one = made.experiment(skill)
    practice = made.practice(one)
    for other in (cast.ben, cast.eve):
        for address in (f"experiments/{one.pk}/plan/", f"experiments/{one.pk}/measure/"):
            assert other.browser.get(f"/growth/{address}").status_code == 404
        for address in (
            f"experiments/{one.pk}/stop/",
            f"experiments/{one.pk}/remind/",
            f"planned/{practice.pk}/done/",
            f"planned/{practice.pk}/remove/",
        ):
            assert other.browser.post(f"/growth/{address}").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_a_skill_costs_the_same_with_one_experiment_and_with_three(
    cast, skill, django_assert_num_queries, many
):
    for _one in range(many):
        over = made.experiment(skill, ended_on=timezone.localdate(), ended_because="Enough.")
        for _practice in range(many):
            made.practice(over, planned_for=timezone.localdate())
    cast.ada.browser.get(f"/growth/skills/{skill.pk}/")
    with django_assert_num_queries(11):
        cast.ada.browser.get(f"/growth/skills/{skill.pk}/")


@pytest.mark.parametrize("page", ["measure", "plan"])
def test_going_back_after_the_end_leads_to_the_result_with_a_sentence(cast, skill, page):
    one = made.experiment(skill, ended_on=timezone.localdate(), again={"one": 5, "two": 5})
    for way in (cast.ada.browser.get, cast.ada.browser.post):
        answer = way(f"/growth/experiments/{one.pk}/{page}/", follow=True)
        assert answer.redirect_chain == [(f"/growth/skills/{skill.pk}/", 302)]
        assert "This experiment is over. Here is what came of it." in answer.content.decode()


def test_going_back_after_the_beginning_leads_to_what_runs(cast, skill):
    made.experiment(skill)
    answer = cast.ada.browser.get(f"/growth/skills/{skill.pk}/begin/", follow=True)
    assert answer.redirect_chain == [(f"/growth/skills/{skill.pk}/", 302)]
    assert "An experiment is running already." in answer.content.decode()


def test_people_under_stress_is_asked_again_by_its_own_scale_with_the_reversed_turned(cast):
    skill = made.skill(cast.ada.person, "people_under_stress", state="open", opened_on=FIRST)
    asked = {one["id"]: one for one in measuring.questions_of(skill.about)}
    assert {one["instrument"] for one in asked.values()} == {"two-sides"}
    assert [name for name, one in asked.items() if one["reverse"]] == ["wanted_out"]
    # Every answer one better, which is one lower for the reversed one.
    before = {name: (4.0 if one["reverse"] else 2.0) for name, one in asked.items()}
    again = {name: (1.0 if one["reverse"] else 5.0) for name, one in asked.items()}
    one = made.experiment(skill, questions=list(asked.values()), baseline=before, again=again,
                          ended_on=timezone.localdate())  # fmt: skip
    change = measuring.change(one)
    assert change.behaviour.value == 3.0
    assert change.says == "By your own answers, this is more true of you than before."
    assert "from 1 (not true) to 5 (fully true)" in change.behaviour.formula


def test_an_experiment_asks_again_in_the_language_it_began_in(cast):
    skill = made.skill(cast.ada.person, "people_under_stress", state="open", opened_on=FIRST)
    german = load.instrument("two-sides", "de").item("same_tone").text
    page = cast.ada.browser.get(f"/growth/skills/{skill.pk}/begin/?lang=de").content.decode()
    assert german in page
    assert "Denken Sie an die letzten vier Wochen" in page
    assert "Wie zufrieden sind Sie zurzeit mit Ihrer Arbeit?" in page
    assert '<div lang="de">' in page
    begin(cast, skill)
    one = Experiment.objects.get()
    assert german in {question["text"] for question in one.questions}
    Experiment.objects.update(due_on=timezone.localdate())
    page = cast.ada.browser.get(f"/growth/experiments/{one.pk}/measure/?lang=en").content.decode()
    assert german in page
    assert "Denken Sie an die letzten vier Wochen" in page
