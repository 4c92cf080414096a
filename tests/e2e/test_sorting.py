"""Sorting by keyboard and by finger: under ten per cent unclear in two minutes."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.cast import Browser, Member
from tests.e2e.fits import fits
from tests.factories import PersonFactory
from tests.web.audits import made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada() -> Member:
    person = PersonFactory.create(name="Ada", user__email="ada@example.org")
    browser = Browser()
    browser.force_login(person.user)
    return Member(person, browser)


@pytest.mark.slow
def test_a_calendar_half_unclear_is_sorted_under_ten_per_cent_by_keyboard_in_two_minutes(
    ada, desk, signed_in
):
    sent = made.form(data=made.ics(weeks=26, unclear=10), last="2027-02-28", first="2026-08-31")
    calendar = made.read(ada, **sent).calendar
    page = signed_in(desk, ada.person)
    page.goto(f"/role/sort/{calendar.pk}/")
    assert share(page) > 0.4
    began = time.monotonic()
    keys = "lmdfr"
    pressed = 0
    while share(page) >= 0.10:
        assert page.locator("#sorting form[data-keys]").count(), "nothing is left to sort"
        before = page.locator("#sorting").get_attribute("data-left")
        page.keyboard.press(keys[pressed % 5])
        page.wait_for_function("left => document.getElementById('sorting').dataset.left !== left", arg=before)
        pressed += 1
    assert time.monotonic() - began < 120
    assert pressed == 9  # ten series of equal hours: one may stay unclear
    expect(page.get_by_text("under 10 %, which is good enough")).to_be_visible()
    page.get_by_role("button", name="Done: read again with this").click()
    expect(page.get_by_role("heading", name="My role")).to_be_visible(timeout=60_000)


def share(page: Any) -> float:
    return float(page.locator("#sorting meter").get_attribute("value"))


def test_keys_skip_undo_and_help(ada, desk, signed_in):
    reading = made.stand(ada)
    page = signed_in(desk, ada.person)
    page.goto(f"/role/sort/{reading.calendar_id}/")
    card = page.locator("#card")
    expect(card).to_have_text("Fridays 09:00, 1 hour, every week")
    page.keyboard.press("s")
    expect(card).to_have_text("Fridays 10:00, 1 hour, every week")
    page.keyboard.press("m")
    expect(card).to_have_text("Fridays 11:00, 1 hour, every week")
    page.keyboard.press("u")
    expect(card).to_have_text("Fridays 09:00, 1 hour, every week")
    page.keyboard.press("ArrowRight")
    expect(card).to_have_text("Fridays 10:00, 1 hour, every week")
    page.keyboard.press("?")
    expect(page.get_by_text("Keys: L M D F R")).to_be_visible()


def test_a_quick_hand_loses_no_key(ada, desk, signed_in):
    from fairlead.web.audits.models import OwnRule

    reading = made.stand(ada)
    page = signed_in(desk, ada.person)
    page.goto(f"/role/sort/{reading.calendar_id}/")
    for key in "lmd":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Everything has its kind.")).to_be_visible()
    kinds = OwnRule.objects.order_by("made_at").values_list("kind", flat=True)
    assert list(kinds) == ["leading", "managing", "doing"]


def test_by_finger_on_a_phone_each_kind_is_a_big_button(ada, phone, signed_in):
    reading = made.stand(ada)
    page = signed_in(phone, ada.person)
    page.goto(f"/role/sort/{reading.calendar_id}/")
    for name in ("Leading", "Managing", "Doing", "Firefighting", "Recovery"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 120
    page.get_by_role("button", name="Doing").tap()
    expect(page.locator("#card")).to_have_text("Fridays 10:00, 1 hour, every week")
    fits(page)


def test_without_javascript_the_buttons_do_the_same(ada, opens, signed_in):
    reading = made.stand(ada)
    page = signed_in(opens({"width": 1440, "height": 900}, java_script_enabled=False), ada.person)
    page.goto(f"/role/sort/{reading.calendar_id}/")
    page.get_by_role("button", name="Leading").click()
    expect(page.locator("#card")).to_have_text("Fridays 10:00, 1 hour, every week")
