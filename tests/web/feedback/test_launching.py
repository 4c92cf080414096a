"""A launch fixes whom a survey asks, what, and by which rules; what is unsafe is refused in a sentence."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import PersonFactory, UnitFactory
from tests.web.feedback.asking import DAY, Company, draft, launched, people, questionnaire, seats, wanted

from fairlead.core.disclosure import fingerprint
from fairlead.web import vault
from fairlead.web.feedback import launching, spacing, surveys, terms
from fairlead.web.feedback.audience import audience
from fairlead.web.feedback.models import OPEN, OwnInstrument, Seat, Survey
from fairlead.web.people.models import Person
from fairlead.web.roster.models import LongLeave, Position
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry
from fairlead.web.vault import writing

MORNING = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def company(db):
    return Company()


def refused(survey: Survey) -> str:
    with pytest.raises(Refused) as caught:
        launching.freeze(survey.made_by, survey)
    survey.refresh_from_db()
    assert survey.state == "draft"
    assert seats(survey) == {}
    assert survey.pk not in writing.standing()
    return str(caught.value)


# --- who is asked -------------------------------------------------------------------------------


def test_a_pulse_asks_everybody_in_teams_and_the_head_alone(company):
    survey = launched(company.head)
    assert set(seats(survey)) == company.everybody
    there = terms.organization_of(survey)
    assert there.alone == (str(company.head.pk),)
    teams = {one.id: (one.above, len(one.members)) for one in there.teams}
    assert teams == {
        str(company.head.pk): ("", 2),
        str(company.anna.pk): (str(company.head.pk), 7),
        str(company.bo.pk): (str(company.head.pk), 3),
    }
    assert survey.terms == fingerprint(there, terms.policy_of(survey))


def test_upward_feedback_asks_nobody_without_a_manager(company):
    survey = launched(company.head, "upward")
    assert set(seats(survey)) == company.everybody - {company.head.pk}
    assert terms.organization_of(survey).alone == ()
    assert seats(survey)[company.anna.pk].team == str(company.head.pk)


def test_a_unit_is_asked_with_all_its_parts_and_no_one_else(company):
    looms = UnitFactory.create(name="Looms", parent=company.works)
    weavers = people(2, company.anna, looms)
    survey = launched(company.head, unit=company.works)
    assert set(seats(survey)) == {one.pk for one in (company.anna, *company.annas, *weavers)}


def test_who_left_is_away_or_has_a_closed_account_is_not_asked(company):
    today = timezone.localdate()
    left, away, closed, back, invited = company.annas[:5]
    left.left = today - DAY
    left.save()
    LongLeave.objects.create(person=away, since=today - DAY, until=None)
    LongLeave.objects.create(person=back, since=today - 9 * DAY, until=today)
    closed.user.is_active = False
    closed.user.save()
    invited.user = None
    invited.save()
    survey = launched(company.head)
    assert set(seats(survey)) == company.everybody - {left.pk, away.pk, closed.pk}
    plan = launching.plan(draft(company.head, "upward"), today)
    assert plan.audience.without_account == 1


def test_a_manager_without_a_place_leaves_their_team_without_a_manager(company):
    Position.objects.filter(person=company.bo).update(until=timezone.localdate())
    survey = launched(company.head)
    assert {str(one.pk) for one in company.bos} < set(terms.organization_of(survey).alone)
    upward = launched(company.head, "upward")
    assert not {one.pk for one in company.bos} & set(seats(upward))


def test_a_manager_asks_their_own_team_and_never_themselves(company):
    survey = launched(company.anna, "upward", about=company.anna)
    assert set(seats(survey)) == {one.pk for one in company.annas}
    assert [one.id for one in terms.organization_of(survey).teams] == [str(company.anna.pk)]


def test_feedback_about_ones_work_asks_those_one_named_who_are_still_here(company):
    named = [*company.annas[:6], company.bo]
    survey = draft(company.anna, "role", about=company.anna, people=tuple(one.pk for one in named))
    LongLeave.objects.create(person=named[0], since=timezone.localdate())
    assert launching.plan(survey, timezone.localdate()).audience.dropped == 1
    launching.freeze(company.anna, survey)
    assert set(seats(survey)) == {one.pk for one in named[1:]}


def test_a_circle_in_the_roster_is_told_by_name(company):
    Position.objects.filter(person=company.head).update(manager=company.annas[0])
    said = refused(draft(company.bo))
    assert "circle" in said
    assert str(company.anna) in said


def test_the_lens_is_what_the_roster_says_in_four_bands(company):
    today = timezone.localdate()
    years = {0: "under 1 year", 1: "1 to 3 years", 3: "3 to 7 years", 7: "over 7 years"}
    for person, number in zip(company.annas, years, strict=False):
        person.hired = (
            today.replace(year=today.year - number) if today.day < 29 else today - number * 366 * DAY
        )
        person.save()
    nearly = company.annas[4]
    nearly.hired = today - 364 * DAY
    nearly.save()
    there = seats(launched(company.head, lens="tenure"))
    assert [there[one.pk].lens for one in company.annas[:4]] == list(years.values())
    assert there[nearly.pk].lens == "under 1 year"
    assert there[company.head.pk].lens == ""


# --- what is fixed ------------------------------------------------------------------------------


def test_a_launch_gives_one_seat_and_one_place_in_the_box_to_each(company):
    survey = launched(company.head)
    assert survey.state == "open"
    assert all(seat.used == OPEN for seat in seats(survey).values())
    assert survey.pk in writing.standing()
    assert terms.digest_of(survey.instrument_text) == survey.instrument_digest
    line = Entry.objects.get(verb="launch_survey")
    assert line.facts == {"asked": len(company.everybody), "k": 5}


def test_a_survey_that_begins_later_waits_and_opens_on_its_day(company):
    with time_machine.travel(MORNING, tick=False):
        survey = launched(company.head, opens=5, closes=15)
        assert survey.state == "frozen"
    for days, state in ((4, "frozen"), (5, "open")):
        with time_machine.travel(MORNING + days * DAY, tick=False):
            launching.open_due(timezone.localdate())
            survey.refresh_from_db()
            assert survey.state == state


def test_a_survey_is_launched_once(company):
    survey = launched(company.head)
    before = set(seats(survey))
    with pytest.raises(Refused, match="was launched"):
        launching.freeze(company.head, survey)
    assert set(seats(survey)) == before
    for no in (
        lambda: surveys.change(company.head, survey, wanted()),
        lambda: surveys.delete(company.head, survey),
    ):
        with pytest.raises(Refused, match="nothing of it changes"):
            no()


def test_a_new_organization_changes_nothing_after_the_launch(company):
    survey = launched(company.head)
    kept, rules = survey.organization, survey.terms
    Position.objects.filter(person__in=company.annas).update(manager=company.bo, unit=company.sales)
    newcomers = people(4, company.bo)
    survey.refresh_from_db()
    assert (survey.organization, survey.terms) == (kept, rules)
    assert not {one.pk for one in newcomers} & set(seats(survey))
    assert fingerprint(terms.organization_of(survey), terms.policy_of(survey)) == rules


def test_only_what_the_preview_showed_is_launched(company):
    survey = draft(company.head)
    seen = launching.plan(survey, timezone.localdate()).seen
    people(1, company.anna)
    with pytest.raises(Refused, match="has changed since you looked"):
        launching.freeze(company.head, survey, seen=seen)
    with pytest.raises(Refused, match="preview"):
        launching.freeze(company.head, survey, seen="")
    assert seats(survey) == {}
    launching.freeze(company.head, survey, seen=launching.plan(survey, timezone.localdate()).seen)


# --- refusals -----------------------------------------------------------------------------------


def test_fewer_than_five_people_are_never_asked(company):
    survey = draft(company.head, unit=company.sales)
    said = refused(survey)
    assert "It would ask 4 people" in said
    assert "choose a larger unit" in said


def test_upward_feedback_needs_one_team_that_can_have_a_figure(company):
    survey = draft(company.head, "upward", k=8)
    assert "No manager here has 8 people in their team" in refused(survey)


def test_own_feedback_from_a_team_that_shrank_is_refused_and_says_what_to_do(company):
    survey = draft(company.anna, "upward", about=company.anna)
    Position.objects.filter(person__in=company.annas[:3]).update(manager=company.bo)
    assert "Ask openly" in refused(survey)
    with pytest.raises(Refused, match="Ask openly"):
        draft(company.head, "upward", about=company.head)


@pytest.mark.parametrize(
    ("opens", "closes", "says"),
    [
        (-1, 14, "first day is over"),
        (0, 2, "choose a last day from"),
        (0, 61, "choose a last day from"),
        (31, 40, "fixed at the launch"),
    ],
)
def test_days_that_do_not_fit_are_refused_with_those_that_do(company, opens, closes, says):
    with pytest.raises(Refused, match=says):
        draft(company.head, opens=opens, closes=closes)


def test_a_draft_that_lay_too_long_is_not_launched(company):
    with time_machine.travel(MORNING, tick=False):
        survey = draft(company.head)
    with time_machine.travel(MORNING + DAY, tick=False):
        assert "first day is over" in refused(survey)


def test_a_questionnaire_of_another_kind_is_refused(company):
    with pytest.raises(Refused, match="does not fit this kind"):
        surveys.begin(company.head, "pulse", wanted(questionnaire=questionnaire("upward")))


def test_a_questionnaire_that_is_offered_no_more_is_refused(company):
    survey = draft(company.head)
    Survey.objects.filter(pk=survey.pk).update(instrument="gone", instrument_digest="0" * 64)
    survey.refresh_from_db()
    assert "offered no more" in refused(survey)


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("pulse", {"k": 6}, "5 people or more"),
        ("upward", {"k": 4}, "5 people or more"),
        ("upward", {"k": 21}, "up to 20"),
        ("upward", {"lens": "track"}, "Only a pulse that asks everybody"),
        ("pulse", {"lens": "salary"}, "Only a pulse that asks everybody"),
    ],
)
def test_no_rule_is_loosened_and_no_other_lens_taken(company, kind, more, says):
    with pytest.raises(Refused, match=says):
        draft(company.head, kind, **more)


def test_a_lens_is_for_everybody_alone(company):
    with pytest.raises(Refused, match="Only a pulse that asks everybody"):
        draft(company.head, lens="track", unit=company.works)


def test_nobody_begins_a_survey_about_somebody_else(company):
    for kind, about in (
        ("role", company.bo),
        ("upward", company.bo),
        ("pulse", company.anna),
        ("role", None),
    ):
        with pytest.raises(Refused):
            draft(company.anna, kind, about=about, people=tuple(one.pk for one in company.annas))


@pytest.mark.parametrize("number", [0, 1, 4, 31])
def test_five_to_thirty_colleagues_are_named(company, number):
    others = [*company.annas, *people(24)]
    named = tuple(one.pk for one in others[:number])
    with pytest.raises(Refused, match="Choose 5 to 30 colleagues"):
        draft(company.anna, "role", about=company.anna, people=(*named, company.anna.pk))


# --- the same questions again -------------------------------------------------------------------


def spaced(company, first: int, second: int, **more) -> str:
    """Launch one pulse on a day and try another later; give what is said against it."""
    with time_machine.travel(MORNING, tick=False):
        launched(company.head, closes=first)
    with time_machine.travel(MORNING + 20 * DAY, tick=False):
        again = draft(company.head, closes=second - 20, **more)
        return "".join(launching.plan(again, timezone.localdate()).refusals)


def test_the_same_questions_come_back_after_sixty_days_and_not_before(company):
    said = spaced(company, 10, 69)
    last = terms.spoken(MORNING.date() + 70 * DAY)
    assert f"choose a last day from {last} on" in said


def test_on_the_sixtieth_day_they_may(company):
    assert spaced(company, 10, 70) == ""


def test_other_questions_may_be_asked_at_any_time(company):
    assert spaced(company, 10, 40, name="pulse-fairness") == ""


def test_other_people_may_be_asked_at_any_time(company):
    more = people(6, company.bo, company.sales)
    with time_machine.travel(MORNING, tick=False):
        launched(company.head, unit=company.works)
        assert launched(company.head, unit=company.sales)
        assert len(more) == 6


def test_nearly_the_same_people_are_not_asked_twice_at_once(company):
    launched(company.head)
    people(1, company.anna)
    (said,) = launching.plan(draft(company.head), timezone.localdate()).refusals
    assert said.startswith("A survey that is not over yet asks nearly the same people")
    assert str(company.head) not in said
    assert "How is it going" not in said


def test_a_copy_of_the_questions_under_another_name_is_known(company):
    shipped = questionnaire("pulse", "pulse-fairness")
    text = shipped.text.replace("id: pulse-fairness", "id: our-own", 1)
    OwnInstrument.objects.create(
        name="our-own", version="1.0", title="Ours", asks="pulse", text=text, digest=terms.digest_of(text)
    )
    launched(company.head, name="pulse-fairness")
    copied = draft(company.head, name="our-own")
    assert any("same questions" in one for one in launching.plan(copied, timezone.localdate()).refusals)


def test_the_same_questions_about_different_people_are_free(company):
    launched(company.anna, "upward", about=company.anna)
    named = tuple(one.pk for one in company.annas)
    assert launched(company.bo, "role", about=company.bo, people=named)


def test_the_same_questions_about_the_same_person_are_not_asked_of_the_same_people(company):
    launched(company.anna, "upward", about=company.anna)
    named = tuple(one.pk for one in company.annas[:5])
    again = draft(company.anna, "role", about=company.anna, people=named)
    assert "about the same person" in "".join(launching.plan(again, timezone.localdate()).refusals)


def test_a_survey_of_the_organization_goes_round_teams_whose_manager_asks_the_same(company):
    annas = {one.pk for one in company.annas}
    mine = launched(company.anna, "upward", about=company.anna)
    waiting = draft(company.head, "upward", name=mine.instrument)
    plan = launching.plan(waiting, timezone.localdate())
    (refusal,) = plan.refusals
    assert refusal.startswith("No manager here has 5 people in their team who can be asked")
    people(5, company.bo, company.sales)
    survey = launching.freeze(company.head, waiting)
    assert not annas & set(seats(survey))
    there = {one.id: (one.above, len(one.members)) for one in terms.organization_of(survey).teams}
    assert there[str(company.anna.pk)] == (str(company.head.pk), 0)
    assert there[str(company.bo.pk)] == (str(company.head.pk), 8)
    assert launching.plan(draft(company.head, "upward", name=mine.instrument), timezone.localdate()).refusals


def test_other_questions_go_round_nobody(company):
    mine = launched(company.anna, "upward", about=company.anna)
    other = next(one.id for one in terms.offered("upward") if one.id != mine.instrument)
    survey = launched(company.head, "upward", name=other)
    assert {one.pk for one in company.annas} <= set(seats(survey))


def test_a_cancelled_survey_stands_against_nothing(company):
    surveys.cancel(company.head, launched(company.head))
    assert launching.plan(draft(company.head), timezone.localdate()).ready


def test_a_later_wave_promises_no_less(company):
    with time_machine.travel(MORNING, tick=False):
        first = launched(company.head, "upward", k=7)
    Survey.objects.filter(pk=first.pk).update(state="released", released_at=MORNING)
    with time_machine.travel(MORNING + 100 * DAY, tick=False):
        said = launching.plan(draft(company.head, "upward", k=5), timezone.localdate()).refusals
        assert said == (
            "An earlier wave promised 7 people behind every figure. Choose 7 or more for this one too.",
        )
        assert launching.plan(draft(company.head, "upward", k=7), timezone.localdate()).ready


def test_what_is_compared_are_the_words_however_they_are_set(company):
    one = questionnaire("pulse").instrument
    item = one.items[0]
    assert " ".join(item.text.upper().casefold().split()) in spacing._questions(one)


# --- how long it takes --------------------------------------------------------------------------


@pytest.mark.slow
def test_ten_thousand_people_are_asked_in_seconds(db):
    (head,) = people(1)
    managers = people(20, head)
    crowd = Person.objects.bulk_create(
        [Person(name=f"P{n}", number=f"N{n}", hired=dt.date(2020, 1, 1)) for n in range(10_000)]
    )
    Position.objects.bulk_create(
        [
            Position(person=one, since=dt.date(2024, 1, 1), manager=(managers + crowd)[n // 8])
            for n, one in enumerate(crowd)
        ]
    )
    survey = draft(head, lens="tenure")
    began = time.process_time()
    launching.freeze(head, survey)
    took = time.process_time() - began
    assert len(seats(survey)) == 10_021
    assert took < 30, f"{took:.1f} s of CPU"


def test_positions_are_read_once_however_many(company, django_assert_num_queries):
    survey = draft(company.head)
    for _ in range(2):
        with django_assert_num_queries(2):
            audience(survey, timezone.localdate())
        people(3, company.anna)


def test_an_outsider_with_an_account_can_be_named(company):
    outside = [PersonFactory.create() for _ in range(5)]
    survey = launched(company.anna, "role", about=company.anna, people=tuple(one.pk for one in outside))
    assert set(seats(survey)) == {one.pk for one in outside}


def test_a_launch_costs_as_many_queries_however_many_are_asked(company):
    costs = []
    for name in ("pulse-culture", "pulse-fairness"):
        survey = draft(company.head, name=name)
        with CaptureQueriesContext(connection) as caught:
            launching.freeze(company.head, survey)
        costs.append(len(caught))
        people(40, company.anna)
    assert costs[0] == costs[1], "keys are opened together and seats written together"


def test_keys_that_are_opened_together_are_those_that_open_one_by_one(company):
    numbers = [one.pk for one in company.annas]
    with vault.on_duty("test"), transaction.atomic():
        vault.open_keys(numbers[:3])
        vault.open_keys(numbers)
    survey = launched(company.head, lens="track")
    for one in company.annas:
        with vault.seen_by(one):
            assert Seat.objects.get(survey=survey, owner=one).used == OPEN
    with vault.seen_by(company.annas[0]):
        assert not Seat.objects.filter(owner=company.annas[1]).exists()


def test_ten_drafts_about_oneself_are_enough(company):
    named = tuple(one.pk for one in company.annas)
    for _ in range(10):
        draft(company.anna, "role", about=company.anna, people=named)
    with pytest.raises(Refused, match="Delete one first"):
        draft(company.anna, "role", about=company.anna, people=named)
    assert draft(company.anna), "drafts for the organization are others"
