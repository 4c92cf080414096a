"""Sorting unclear events: every answer is an own rule at once, for the past and for later calendars."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.web.audits import made

from fairlead.web.audits import actions
from fairlead.web.audits.models import CalendarImport, OwnRule, Reading


@pytest.fixture
def sorting(cast):
    """Ada's sorting screen: three unclear series, 27 % of the time."""
    reading = made.stand(cast.ada)
    cast.ada.person.refresh_from_db()
    return f"/role/sort/{reading.calendar_id}/"


def series(person):
    reading = Reading.objects.filter(owner=person).first()
    return [one["series"] for one in reading.run.result["audit"]["time"]["unsorted"]]


def test_the_screen_shows_when_how_long_and_with_whom_without_a_title(cast, sorting):
    page = cast.ada.browser.get(sorting).content.decode()
    assert "Fridays 09:00, 1 hour, every week" in page
    assert "you and 2 other people" in page
    assert "unclear: 27\N{NO-BREAK SPACE}% → <strong>27\N{NO-BREAK SPACE}%</strong>" in page
    assert made.TITLE not in page


def test_each_answer_lowers_the_unclear_share_and_brings_the_next(cast, sorting):
    first = series(cast.ada.person)[0]
    page = cast.ada.browser.post(
        sorting, {"series": first, "kind": "leading"}, headers={"HX-Request": "true"}
    )
    said = page.content.decode()
    assert "27\N{NO-BREAK SPACE}% → <strong>18\N{NO-BREAK SPACE}%</strong>" in said
    assert "Fridays 10:00" in said
    assert "<html" not in said
    assert OwnRule.objects.get().kind == "leading"


def test_skip_goes_to_the_next_and_keeps_nothing(cast, sorting):
    first = series(cast.ada.person)[0]
    said = cast.ada.browser.post(sorting, {"series": first, "go": "skip"}).content.decode()
    assert "Fridays 10:00" in said
    assert "27\N{NO-BREAK SPACE}% → <strong>27\N{NO-BREAK SPACE}%</strong>" in said
    assert not OwnRule.objects.exists()


def test_undo_takes_the_last_answer_back(cast, sorting):
    one, two, _ = series(cast.ada.person)
    cast.ada.browser.post(sorting, {"series": one, "kind": "leading"})
    cast.ada.browser.post(sorting, {"series": two, "kind": "doing"})
    said = cast.ada.browser.post(sorting, {"go": "undo"}).content.decode()
    assert "Fridays 10:00" in said
    assert [rule.kind for rule in OwnRule.objects.all()] == ["leading"]


def test_a_kind_that_does_not_exist_is_not_taken(cast, sorting):
    answer = cast.ada.browser.post(sorting, {"series": series(cast.ada.person)[0], "kind": "unclear"})
    assert answer.status_code == 404
    assert not OwnRule.objects.exists()


def test_a_series_that_is_not_unclear_is_not_taken(cast, sorting):
    cast.ada.browser.post(sorting, {"series": 9999, "kind": "doing"})
    assert not OwnRule.objects.exists()


def test_reading_again_uses_the_own_rules_without_a_new_upload(cast, sorting):
    for number in series(cast.ada.person):
        cast.ada.browser.post(sorting, {"series": number, "kind": "doing"})
    home = cast.ada.browser.get("/role/").content.decode()
    assert "You have sorted 3 series since" in home
    cast.ada.browser.post("/role/read-again/")
    before, after = Reading.objects.order_by("made_at")
    hours = [one.run.result["audit"]["time"]["hours"] for one in (before, after)]
    assert hours[0]["unclear"] == 24.0
    assert hours[1]["unclear"] == 0.0
    assert hours[1]["doing"] == hours[0]["doing"] + 24.0
    assert {key: hours[1][key] for key in ("leading", "managing", "firefighting")} == {
        key: hours[0][key] for key in ("leading", "managing", "firefighting")
    }
    assert after.calendar == before.calendar
    events = cast.ada.browser.get(f"/role/readings/{after.pk}/events/").content.decode()
    assert "you sorted events of this title yourself" in events


@pytest.mark.slow
def test_own_rules_hold_for_a_later_calendar(cast, sorting):
    for number in series(cast.ada.person):
        cast.ada.browser.post(sorting, {"series": number, "kind": "managing"})
    later = made.read(cast.ada, calendars=made.form(data=made.ics(weeks=10))["calendars"])
    assert later.run.result["audit"]["time"]["hours"]["unclear"] == 0.0


def test_own_rules_of_one_person_say_nothing_about_anothers_calendar(cast, sorting):
    for number in series(cast.ada.person):
        cast.ada.browser.post(sorting, {"series": number, "kind": "managing"})
    made.stand(cast.ben)
    cast.ben.browser.post("/role/read-again/")
    assert (
        Reading.objects.filter(owner=cast.ben.person).first().run.result["audit"]["time"]["hours"]["unclear"]
        == 24.0
    )


def test_a_rule_taken_back_makes_its_events_unclear_again(cast, sorting):
    cast.ada.browser.post(sorting, {"series": series(cast.ada.person)[0], "kind": "doing"})
    rule = OwnRule.objects.get()
    assert "Fridays 09:00" in cast.ada.browser.get("/role/rules/").content.decode()
    cast.ada.browser.post(f"/role/rules/{rule.pk}/take-back/")
    assert (
        "27\N{NO-BREAK SPACE}% → <strong>27\N{NO-BREAK SPACE}%</strong>"
        in cast.ada.browser.get(sorting).content.decode()
    )


def test_a_wrong_kind_is_corrected_from_the_list_of_events(cast, sorting):
    reading = Reading.objects.get()
    wrong = next(one for one in reading.run.result["events"] if one["kind"] == "firefighting")
    cast.ada.browser.post(
        f"/role/readings/{reading.pk}/correct/", {"series": wrong["series"], "kind": "managing"}
    )
    cast.ada.browser.post("/role/read-again/")
    hours = Reading.objects.first().run.result["audit"]["time"]["hours"]
    assert (hours["firefighting"], hours["managing"]) == (0.0, 20.0 + 8.0)


@pytest.mark.slow
def test_titles_of_unclear_events_stay_only_when_asked_and_at_most_seven_days(cast):
    reading = made.read(cast.ada, titles="keep")
    sorting = f"/role/sort/{reading.calendar_id}/"
    page = cast.ada.browser.get(sorting).content.decode()
    assert f"{made.TITLE} a" in page
    assert "Budget and headcount" not in page
    titles = bytes(CalendarImport.objects.get().titles)
    assert b"Budget" not in titles
    assert made.TITLE not in repr(reading.run.result)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        cast.ada.browser.force_login(cast.ada.person.user)
        assert made.TITLE not in cast.ada.browser.get(sorting).content.decode()
        actions.tick()
    assert CalendarImport.objects.get().titles is None


@pytest.mark.slow
def test_titles_are_forgotten_at_once_on_request(cast):
    reading = made.read(cast.ada, titles="keep")
    cast.ada.browser.post(f"/role/sort/{reading.calendar_id}/forget-titles/")
    assert CalendarImport.objects.get().titles is None
    assert made.TITLE not in cast.ada.browser.get(f"/role/sort/{reading.calendar_id}/").content.decode()
