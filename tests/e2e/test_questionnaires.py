"""Both questionnaires on a phone, by keyboard, without JavaScript; and as they look."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.e2e.fits import fits
from tests.factories import PersonFactory

from fairlead.library import load

pytestmark = pytest.mark.django_db(transaction=True)
RUT = load.instrument("rut-check")


@pytest.fixture
def ada() -> Any:
    return PersonFactory.create(name="Ada", user__email="ada@example.org")


def test_on_a_phone_without_javascript_from_the_first_screen_to_the_result(ada, opens, signed_in):
    page = signed_in(
        opens({"width": 390, "height": 844}, java_script_enabled=False, has_touch=True, is_mobile=True), ada
    )
    page.goto("/role/questions/rut-check/")
    page.get_by_role("button", name="Begin").tap()
    for number, section in enumerate(RUT.sections, start=1):
        expect(page.get_by_role("heading", level=1)).to_have_text(section.title)
        for item in section.items:
            if item.kind == "choice":
                page.locator(f"#{item.id} label.choice").nth(1).tap()
        fits(page)
        last = number == len(RUT.sections)
        page.locator(".turn").get_by_role("button", name="Look it over" if last else "Next").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
    page.get_by_role("button", name="Read the result").tap()
    expect(page.get_by_role("heading", name="Drift")).to_be_visible(timeout=60_000)


def test_by_keyboard_a_screen_is_answered_and_turned(ada, desk, signed_in):
    page = signed_in(desk, ada)
    page.goto("/role/questions/rut-check/")
    page.get_by_role("button", name="Begin").press("Enter")
    first = RUT.sections[0].items[0]
    page.locator(f"#{first.id} input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#{first.id} input").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(RUT.sections[1].title)
    page.get_by_role("button", name="Back").click()
    expect(page.locator(f"#{first.id} input").nth(1)).to_be_checked()


@pytest.mark.parametrize("name", ["rut-check", "role-audit"])
def test_every_choice_is_large_enough_for_a_finger(ada, phone, signed_in, name):
    page = signed_in(phone, ada)
    page.goto(f"/role/questions/{name}/")
    page.get_by_role("button", name="Begin").tap()
    page.wait_for_url("**/answers/**")
    heights = page.locator("label.choice").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 44


def test_headings_are_in_order_and_every_field_has_a_name(ada, desk, signed_in):
    page = signed_in(desk, ada)
    for path in ("/role/", "/role/calendar/", "/role/asked/", "/role/decision/", "/role/high-payoff/"):
        page.goto(path)
        levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (
            path,
            levels,
        )
        unnamed = page.locator("input:not([type=hidden]), select, textarea").evaluate_all(
            "all => all.filter(one => !one.labels.length && !one.ariaLabel).map(one => one.name)"
        )
        assert unnamed == [], path
