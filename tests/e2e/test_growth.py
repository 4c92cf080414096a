"""One skill is chosen, tried for some weeks and measured again, on a phone and at a desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.e2e.fits import fits, here
from tests.factories import PersonFactory
from tests.web.growth import made

from fairlead.web.growth.models import Experiment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada(db: None) -> Any:
    return PersonFactory.create(name="Ada", user__email="ada@example.org")


def answer_all(page: Page, words: str, content: str) -> None:
    questions = here(page).locator("fieldset.question").all()
    assert questions
    for question in questions:
        chosen = question.get_by_label(words, exact=True)
        (chosen if chosen.count() else question.get_by_label(content, exact=True)).check()


def test_a_skill_is_chosen_tried_and_measured_again(ada: Any, phone: Page, signed_in: Any) -> None:
    page = signed_in(phone, ada)
    page.goto("/growth/")
    expect(page.get_by_text("Nothing is chosen yet")).to_be_visible()
    fits(page)
    page.get_by_label("Skill", exact=True).select_option("conflict_navigation")
    page.get_by_role("button", name="Put on my list").click()
    page.get_by_role("button", name="Take up “Conflict navigation”").click()
    expect(page.get_by_text("is the skill you work on now")).to_be_visible()
    fits(page)

    page.get_by_role("link", name="Begin an experiment").click()
    answer_all(page, "Never", "Little")
    page.get_by_label("Weeks until the same is asked again").select_option("4")
    fits(page)
    page.get_by_role("button", name="Begin", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Plan a practice")
    page.get_by_label("Practice", exact=True).select_option(index=1)
    page.get_by_label("Day", exact=True).fill((timezone.localdate() + timedelta(days=2)).isoformat())
    page.get_by_label("Time of day").fill("14:00")
    fits(page)
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("heading", name="Planned so far")).to_be_visible()
    page.get_by_role("link", name="That is enough").click()
    page.get_by_text("Done", exact=False).first.click()
    page.get_by_label("What came of it").first.fill("Shorter than I feared.")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Shorter than I feared.").first).to_be_visible()

    Experiment.objects.update(due_on=timezone.localdate())
    page.goto("/today/")
    page.get_by_role("link", name="Answer them").click()
    answer_all(page, "About every week", "Very")
    fits(page)
    page.get_by_role("button", name="See what changed").click()
    expect(page.get_by_text("You do these things more often than before.")).to_be_visible()
    page.get_by_text("How this was computed").first.click()
    expect(page.get_by_text("asked twice in the same words")).to_be_visible()
    fits(page)


def test_the_keyboard_orders_the_list_and_a_second_skill_waits(
    ada: Any, dark_desk: Page, signed_in: Any
) -> None:
    made.skill(ada, "reliability", state="open", opened_on=timezone.localdate())
    for place, about in enumerate(("innovation", "risk_mitigation"), 1):
        made.skill(ada, about, place=place, came_from="You chose it yourself.")
    page = signed_in(dark_desk, ada)
    page.goto("/growth/")
    expect(page.get_by_text("The next one can be taken up when")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Take up"))).to_have_count(0)
    up = page.get_by_role("button", name="Move “Risk mitigation” up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".skills li").first).to_contain_text("Risk mitigation")
    fits(page)


def test_the_secret_address_is_shown_once(ada: Any, phone: Page, signed_in: Any) -> None:
    page = signed_in(phone, ada)
    page.goto("/growth/dates/")
    fits(page)
    page.get_by_role("button", name="Make an address").click()
    address = page.locator("code.secret").inner_text()
    fits(page)
    assert page.request.get(address).headers["content-type"].startswith("text/calendar")
    page.goto("/growth/dates/")
    expect(page.locator("code.secret")).to_have_count(0)
    expect(page.get_by_role("button", name="Make a new address")).to_be_visible()
