"""The two questionnaires: one screen per idea, saved at each step, finished, repeated, expired."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.web.audits.matrix import own_sheet

from fairlead.library import load
from fairlead.library.schema import Asks
from fairlead.web.audits.models import AnswerSheet, Reading

RUT = load.instrument("rut-check")


def begin(member, name="rut-check"):
    answer = member.browser.post(f"/role/questions/{name}/")
    return AnswerSheet.objects.get(owner=member.person, finished_at=None), answer["Location"]


def screen_with(kind):
    return next(
        number
        for number, section in enumerate(RUT.sections, start=1)
        if any(item.kind == kind for item in section.items)
    )


def answer_all(member, value):
    """Answer every choice with the same option and finish."""
    sheet, _ = begin(member)
    for number, section in enumerate(RUT.sections, start=1):
        said = {
            item.id: str(min(value, len(RUT.options[item.options])))
            for item in section.items
            if item.kind == "choice" and item.options
        }
        assert member.browser.post(f"/role/answers/{sheet.pk}/{number}/", said).status_code == 302
    member.browser.post(f"/role/answers/{sheet.pk}/review/")
    sheet.refresh_from_db()
    return sheet


@pytest.mark.parametrize("name", ["rut-check", "role-audit"])
def test_every_screen_can_be_opened_and_says_how_far_it_is(cast, name):
    sheet, first = begin(cast.ada, name)
    sections = load.instrument(name).sections
    assert first == f"/role/answers/{sheet.pk}/1/"
    for number, section in enumerate(sections, start=1):
        page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/{number}/").content.decode()
        assert f"Screen {number} of {len(sections)}" in page
        for item in section.items:
            assert f'id="{item.id}"' in page


@pytest.mark.parametrize("name", load.instruments(Asks.ROLE, Asks.PULSE))
def test_what_is_asked_of_others_is_not_offered_about_oneself(cast, name):
    assert cast.ada.browser.get(f"/role/questions/{name}/").status_code == 404
    assert cast.ada.browser.post(f"/role/questions/{name}/").status_code == 404
    assert not AnswerSheet.objects.filter(instrument=name).exists()
    page = cast.ada.browser.get("/role/").content.decode()
    assert load.instrument("role-audit").title in page
    assert load.instrument(name).title not in page


def test_an_answer_is_saved_at_its_step_and_stands_there_later(cast):
    sheet, first = begin(cast.ada)
    item = RUT.sections[0].items[0]
    answer = cast.ada.browser.post(first, {item.id: "3"})
    assert answer["Location"] == f"/role/answers/{sheet.pk}/2/"
    sheet.refresh_from_db()
    assert sheet.values == {item.id: 3.0}
    page = cast.ada.browser.get(first).content.decode()
    assert page.count("checked") == 1


def test_one_goes_on_where_one_stopped(cast):
    sheet, first = begin(cast.ada)
    cast.ada.browser.post(first, {RUT.sections[0].items[0].id: "3"})
    again, place = begin(cast.ada)
    assert again == sheet
    assert place == f"/role/answers/{sheet.pk}/2/"
    assert "1 answered so far" in cast.ada.browser.get("/role/questions/rut-check/").content.decode()
    assert "Begun, 1 answered so far" in cast.ada.browser.get("/today/").content.decode()


def test_a_screen_that_was_only_opened_waits_for_nobody(cast):
    begin(cast.ada)
    assert "answered so far" not in cast.ada.browser.get("/today/").content.decode()
    assert "begun, 0" not in cast.ada.browser.get("/role/").content.decode()


def test_back_saves_as_well(cast):
    sheet, _ = begin(cast.ada)
    item = RUT.sections[1].items[0]
    answer = cast.ada.browser.post(f"/role/answers/{sheet.pk}/2/", {item.id: "2", "go": "back"})
    assert answer["Location"] == f"/role/answers/{sheet.pk}/1/"
    sheet.refresh_from_db()
    assert sheet.values[item.id] == 2.0


def test_an_answer_can_be_taken_away_again(cast):
    sheet, first = begin(cast.ada)
    cast.ada.browser.post(first, {RUT.sections[0].items[0].id: "3"})
    cast.ada.browser.post(first, {})
    sheet.refresh_from_db()
    assert sheet.values == {}


def test_not_part_of_my_work_is_an_answer_and_no_score(cast):
    name = "role-audit"
    sheet, _ = begin(cast.ada, name)
    instrument = load.instrument(name)
    number, item = next(
        (number, item)
        for number, section in enumerate(instrument.sections, start=1)
        for item in section.items
        if item.may_not_be_mine
    )
    page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/{number}/").content.decode()
    assert instrument.not_mine in page
    cast.ada.browser.post(f"/role/answers/{sheet.pk}/{number}/", {item.id: "0"})
    sheet.refresh_from_db()
    assert sheet.values == {item.id: 0.0}
    review = cast.ada.browser.get(f"/role/answers/{sheet.pk}/review/").content.decode()
    assert f"<dd>{instrument.not_mine}</dd>" in review


def test_a_number_out_of_bounds_is_refused_with_its_bounds_and_nothing_is_saved(cast):
    sheet, _ = begin(cast.ada)
    number = screen_with("number")
    item = next(item for item in RUT.sections[number - 1].items if item.kind == "number")
    answer = cast.ada.browser.post(f"/role/answers/{sheet.pk}/{number}/", {item.id: "100000"})
    assert answer.status_code == 422
    assert f"{item.high:g}" in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.values == {}


def test_ticks_come_back_as_they_were_given(cast):
    sheet, _ = begin(cast.ada)
    many = screen_with("many")
    cast.ada.browser.post(f"/role/answers/{sheet.pk}/{many}/", {"team_needs": ["training", "rest"]})
    sheet.refresh_from_db()
    assert sheet.texts["team_needs"] == "training\nrest"
    page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/{many}/").content.decode()
    assert page.count("checked") == 2


def test_an_option_that_is_not_offered_is_not_taken(cast):
    sheet, first = begin(cast.ada)
    assert cast.ada.browser.post(first, {RUT.sections[0].items[0].id: "99"}).status_code == 422
    sheet.refresh_from_db()
    assert sheet.values == {}


def test_nothing_answered_gives_no_result(cast):
    sheet, _ = begin(cast.ada)
    cast.ada.browser.post(f"/role/answers/{sheet.pk}/review/")
    sheet.refresh_from_db()
    assert not sheet.is_finished
    assert not Reading.objects.exists()


def test_finishing_makes_a_reading_without_any_calendar(cast):
    sheet = answer_all(cast.ada, 2)
    assert sheet.is_finished
    audit = Reading.objects.get().run.result["audit"]
    assert audit["time"] is None
    assert audit["rut"]["index"]["value"] is not None
    assert cast.ada.browser.get("/role/").status_code == 200


def test_the_result_shows_each_scale_with_its_interval(cast):
    sheet = answer_all(cast.ada, 2)
    page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/").content.decode()
    for scale in RUT.scales:
        assert scale.label in page
    assert page.count('class="range"') == len(RUT.scales)


def finished(member, values, texts=None, *, version=RUT.version, days=0):
    return AnswerSheet.objects.create(
        owner=member.person,
        instrument="rut-check",
        version=version,
        sha256="0" * 64,
        values=values,
        texts=texts or {},
        finished_at=timezone.now() - timedelta(days=days),
    )


def test_scales_with_too_few_answers_stand_in_one_sentence_and_nothing_is_a_row_of_dashes(cast):
    sheet = finished(cast.ada, {"rushed_choices": 2.0, "beside_energy": 5.0})
    page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/").content.decode()
    assert "Signs of a rut (1 of 6, 4 needed)" in page
    assert 'class="scale-line"' not in page
    assert page.count("Far more true of them") == 1
    assert "\N{EN DASH}</td>" not in page
    assert "What you said besides" not in page


def test_numbers_and_ticks_stand_on_the_result_beside_those_of_the_time_before(cast):
    finished(cast.ada, {"loved_now": 45.0, "missed_engagements": 1.0}, days=40)
    sheet = finished(cast.ada, {"loved_now": 30.0, "loved_before": 60.0}, {"team_needs": "training\nrest"})
    page = (
        cast.ada.browser.get(f"/role/answers/{sheet.pk}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "<dd>30 percent" in page
    assert ": 45 percent</span>" in page
    assert "<dd>60 percent</dd>" in page
    assert "Training<br>Rest" in page
    assert "personal, family or social engagements" not in page


def test_what_the_other_is_ahead_in_comes_first_and_can_become_a_decision(cast):
    sheet = finished(cast.ada, {"beside_energy": 2.0, "beside_plans_ahead": 5.0, "beside_home_on_time": 4.0})
    page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/").content.decode()
    asks = [trait for trait in ("plans_ahead", "home_on_time", "energy") if f"?ask={trait}#new" in page]
    assert asks == ["plans_ahead", "home_on_time"]
    assert (
        page.index("Having a plan beyond") < page.index("Leaving work in time") < page.index("Having energy")
    )
    decision = cast.ada.browser.get("/role/decision/?ask=plans_ahead").content.decode()
    assert (
        "I ask the manager I have in mind how they do this: having a plan beyond this quarter.</textarea>"
        in decision
    )


@pytest.mark.parametrize("trait", ["own", "nonsense", "rushed_choices", "<script>"])
def test_only_a_trait_begins_a_decision(cast, trait):
    page = cast.ada.browser.get("/role/decision/", {"ask": trait}).content.decode()
    assert "I ask the manager" not in page


def test_answers_to_an_earlier_version_are_set_aside_with_a_sentence_and_can_be_deleted(cast):
    old = finished(
        cast.ada, {"rushed_choices": 5.0, "gone": 2.0}, {"ask_them": "How?"}, version="1.0", days=30
    )
    page = cast.ada.browser.get(f"/role/answers/{old.pk}/").content.decode()
    assert "These 3 answers are set aside: the questions have changed since" in page
    assert "set aside, because the questions have changed" in (
        cast.ada.browser.get("/role/questions/rut-check/").content.decode()
    )
    new = finished(cast.ada, dict.fromkeys(["rushed_choices", "resentment", "both_ends", "caught_fire"], 1.0))
    assert "than on" not in cast.ada.browser.get(f"/role/answers/{new.pk}/").content.decode()
    cast.ada.browser.post(f"/role/answers/{old.pk}/delete/")
    assert list(AnswerSheet.objects.filter(owner=cast.ada.person)) == [new]


def test_begun_answers_to_an_earlier_version_are_told_and_go_when_one_begins_anew(cast):
    old = finished(cast.ada, {"rushed_choices": 5.0}, version="1.0")
    AnswerSheet.objects.update(finished_at=None)
    for way in ("1/", "review/"):
        assert (
            cast.ada.browser.get(f"/role/answers/{old.pk}/{way}")["Location"] == "/role/questions/rut-check/"
        )
    page = cast.ada.browser.get("/role/questions/rut-check/").content.decode()
    assert "You had begun version 1.0 of these questions, with 1 answer." in page
    assert "Go on where you stopped" not in page
    assert "answered so far" not in cast.ada.browser.get("/today/").content.decode()
    sheet, _ = begin(cast.ada)
    assert sheet.version == RUT.version
    assert sheet.values == {}
    assert AnswerSheet.objects.count() == 1


def test_repeated_it_shows_the_drift(cast):
    with time_machine.travel(timezone.now() - timedelta(days=50), tick=False):
        cast.ada.browser.force_login(cast.ada.person.user)
        answer_all(cast.ada, 1)
    cast.ada.browser.force_login(cast.ada.person.user)
    later = answer_all(cast.ada, 4)
    page = cast.ada.browser.get(f"/role/answers/{later.pk}/").content.decode()
    assert "Higher than on" in page
    assert re.search(r"Higher than on [^(]+ \(\+\d\.\d\d, \+\d\.\d\d to \+\d\.\d\d\)", page)
    drift = Reading.objects.first().run.result["audit"]["rut"]["drift"]
    assert {one["moved"] for one in drift} - {"about the same"}


def test_answers_expire(cast):
    sheet = own_sheet(cast.ada.person, finished=True)
    with time_machine.travel(timezone.now() + timedelta(days=RUT.expires_after_days + 1), tick=False):
        cast.ada.browser.force_login(cast.ada.person.user)
        page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/").content.decode()
    assert "These answers are history" in page


def test_finished_answers_cannot_be_changed(cast):
    sheet = own_sheet(cast.ada.person, finished=True)
    assert cast.ada.browser.get(f"/role/answers/{sheet.pk}/1/").status_code == 404
    assert cast.ada.browser.post(f"/role/answers/{sheet.pk}/1/", {}).status_code == 404


def test_an_unknown_questionnaire_is_not_there(cast):
    assert cast.ada.browser.get("/role/questions/iq-test/").status_code == 404


@pytest.mark.parametrize("number", [0, 999])
def test_a_screen_that_is_not_there_is_not_there(cast, number):
    sheet, _ = begin(cast.ada)
    assert cast.ada.browser.get(f"/role/answers/{sheet.pk}/{number}/").status_code == 404
