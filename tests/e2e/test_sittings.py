"""Sittings of My direction in a browser: where a refusal leads, where going back leads, very long words."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e.fits import fits, here
from tests.factories import PersonFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("PICTURES", "")
LONG = "Unternehmenskommunikationsinfrastrukturverantwortungsbereich"


@pytest.fixture
def ada() -> Any:
    return PersonFactory.create(name="Ada", user__email="ada@example.org")


def keep(page: Page, name: str) -> None:
    """Keep a picture for people who want to look, and hold the page to its screen."""
    fits(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def go_on(page: Page) -> None:
    page.locator(".turn > button.button").click()


def test_a_sitting_from_begin_to_end_and_back(ada, phone, signed_in):
    page = signed_in(phone, ada)
    page.goto("/direction/part/why/")
    keep(page, "why-begin")
    page.locator("button[name=stretch][value='1']").click()
    keep(page, "why-1")
    page.locator("input[name=current_track][value=expert]").check()
    go_on(page)
    page.locator("input[name=push][value=no_wish]").check()
    for who in ("nobody", "manager"):
        page.locator(f"input[name=encouraged_by][value={who}]").check()
    go_on(page)
    # The page opens at what is wrong, by eye and for whoever listens; a link leads on to the field.
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    keep(page, "why-2-refused")
    summary.get_by_role("link").click()
    expect(page.get_by_text("Who encourages you to move up?").last).to_be_in_viewport()
    page.locator("input[name=encouraged_by][value=manager]").uncheck()
    go_on(page)
    expect(page.get_by_role("heading", name="Not asked")).to_be_visible()
    keep(page, "why-3")
    page.goto("/direction/part/why/")
    keep(page, "why-begun")
    page.get_by_role("button", name="Go on where you stopped").click()
    expect(page).to_have_url(re.compile("/3/$"))
    go_on(page)
    keep(page, "why-review")
    page.get_by_role("button", name="Finish and read the result").click()
    keep(page, "why-result")
    result = page.url
    page.go_back()
    expect(page).to_have_url(result)
    expect(page.get_by_text("You have finished this sitting")).to_be_visible()
    keep(page, "why-back")


def test_words_of_sixty_letters_stand_within_the_page(ada, phone, signed_in):
    assert len(LONG) == 60
    page = signed_in(phone, ada)
    page.goto("/direction/part/energy/")
    page.get_by_role("button", name="Begin").click()
    page.locator("textarea[name=own]").fill("\n".join(f"{LONG}{n}" for n in range(9)))
    go_on(page)
    keep(page, "energy-nine")
    page.locator("textarea[name=own]").fill(LONG)
    go_on(page)
    keep(page, "energy-rate")
    page.locator("input[type=radio]").last.check()
    for field in page.locator("input[type=number]").all():
        field.fill("4")
    go_on(page)
    keep(page, "energy-review")
    page.get_by_role("button", name="Finish and read the result").click()
    keep(page, "energy-result")
    page.goto("/direction/part/energy/")
    keep(page, "energy-again")
    page.get_by_role("button", name="Add to it").click()
    keep(page, "energy-more")
    page.goto("/direction/goals/")
    for name, words, button in (
        ("why", LONG, "Keep my Why"),
        ("text", LONG, "Open this goal"),
        ("why", "", "Keep my Why"),
    ):
        here(page).locator(f"[name={name}]").fill(words)
        page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#errors")).to_be_focused()
    keep(page, "goals")
