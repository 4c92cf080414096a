"""A session ends when nobody uses it, and after a day's work in any case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from tests.cast import member

from fairlead.web.people import sessions

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def clock(db):
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_half_an_hour_without_a_page_ends_it(clock):
    ada = member("ada")
    assert ada.browser.get("/today/").status_code == 200
    clock.move_to(START + timedelta(minutes=29))
    assert ada.browser.get("/today/").status_code == 200
    clock.move_to(START + timedelta(minutes=29 + 31))
    assert ada.browser.get("/today/").headers["Location"] == "/accounts/login/?next=/today/"


def test_twelve_hours_end_it_however_busy(clock):
    ada = member("ada")
    for minutes in range(0, 12 * 60 + 1, 20):
        clock.move_to(START + timedelta(minutes=minutes))
        assert ada.browser.get("/today/").status_code == 200, minutes
    clock.move_to(START + timedelta(hours=12, minutes=1))
    assert ada.browser.get("/today/").status_code == 302


def test_a_page_that_asks_for_its_progress_is_nobody_at_the_keyboard(clock):
    ada = member("ada")
    ada.browser.get("/today/")
    for minutes in range(5, 31, 5):
        clock.move_to(START + timedelta(minutes=minutes))
        ada.browser.get("/today/", headers={"HX-Request": "true", "HX-Trigger": "progress"})
    clock.move_to(START + timedelta(minutes=31))
    assert ada.browser.get("/today/").status_code == 302


def test_being_seen_is_noted_once_a_minute_and_not_on_every_page(clock, django_assert_num_queries):
    ada = member("ada")
    ada.browser.get("/today/")
    seen = ada.browser.session[sessions.SEEN]
    clock.move_to(START + timedelta(seconds=59))
    ada.browser.get("/today/")
    assert ada.browser.session[sessions.SEEN] == seen
    clock.move_to(START + timedelta(seconds=61))
    ada.browser.get("/today/")
    assert ada.browser.session[sessions.SEEN] == seen + 61
