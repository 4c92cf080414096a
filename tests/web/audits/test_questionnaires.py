"""The two questionnaires: one screen per idea, saved at each step, finished, repeated, expired."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.web.audits.matrix import own_sheet

from fairlead.library import load
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


def test_ticks_and_register_lines_come_back_as_they_were_given(cast):
    sheet, _ = begin(cast.ada)
    many = screen_with("many")
    cast.ada.browser.post(f"/role/answers/{sheet.pk}/{many}/", {"team_needs": ["training", "rest"]})
    register = screen_with("register")
    cast.ada.browser.post(
        f"/role/answers/{sheet.pk}/{register}/",
        {"payoff_register.training": "onboarding", "payoff_register.own": "tidy the wiki\nfewer tools"},
    )
    sheet.refresh_from_db()
    assert sheet.texts["team_needs"] == "training\nrest"
    assert sheet.texts["payoff_register"] == "training: onboarding\nown: tidy the wiki\nown: fewer tools"
    page = cast.ada.browser.get(f"/role/answers/{sheet.pk}/{register}/").content.decode()
    assert 'value="onboarding"' in page
    assert "tidy the wiki\nfewer tools" in page
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


def test_repeated_it_shows_the_drift(cast):
    with time_machine.travel(timezone.now() - timedelta(days=50), tick=False):
        cast.ada.browser.force_login(cast.ada.person.user)
        answer_all(cast.ada, 1)
    cast.ada.browser.force_login(cast.ada.person.user)
    later = answer_all(cast.ada, 4)
    page = cast.ada.browser.get(f"/role/answers/{later.pk}/").content.decode()
    assert "Higher than on" in page
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
