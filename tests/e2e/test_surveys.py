"""A survey in a real browser: prepared, looked at and launched on a phone, at a desk, without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.fits import fits
from tests.e2e.test_roster import enter
from tests.factories import PersonFactory, PositionFactory
from tests.organization import assemble_organization

from fairlead.web.feedback.models import Survey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organization(live_server):
    found = assemble_organization()
    for name in ("Nils", "Nora", "Nadia", "Noah"):
        person = PersonFactory.create(name=f"{name} {'Langenscheidt-' * 6}{name}", number=name)
        PositionFactory.create(person=person, manager=found.person("ben"), unit=found.units["Works"])
    return found


def asks_about_own_work(page: Page) -> None:
    page.goto("/feedback/")
    fits(page)
    page.get_by_role("link", name="Ask about my work").click()
    fits(page)
    for name in ("Ben", "Max", "Nils", "Nora"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Somebody else").fill("Eve")
    page.get_by_role("button", name="Look for them").click()
    expect(page.get_by_role("checkbox", name="Eve")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Nora")).to_be_checked()
    fits(page)
    page.get_by_role("button", name="See whom it would ask").click()
    expect(page.get_by_text("5 people, as the organization stands today")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Launch it").click()
    expect(page.get_by_text("Under way until")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Cancel this survey").click()
    fits(page)
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("Cancelled. Every answer was destroyed unread.").first).to_be_visible()
    assert Survey.objects.get().state == "cancelled"


def test_colleagues_are_asked_and_the_survey_cancelled_on_a_phone(phone, live_server, organization):
    asks_about_own_work(enter(phone, live_server, organization.person("cleo")))


def test_colleagues_are_asked_and_the_survey_cancelled_at_a_desk_in_the_dark(
    dark_desk, live_server, organization
):
    asks_about_own_work(enter(dark_desk, live_server, organization.person("cleo")))


def test_colleagues_are_asked_and_the_survey_cancelled_without_javascript(opens, live_server, organization):
    page = opens({"width": 390, "height": 844}, java_script_enabled=False)
    asks_about_own_work(enter(page, live_server, organization.person("cleo")))


def test_every_questionnaire_fits_a_phone(phone, live_server, organization):
    page = enter(phone, live_server, organization.person("cleo"))
    page.goto("/feedback/questionnaires/")
    fits(page)
    links = [one.get_attribute("href") for one in page.locator("main ul.waiting a").all()]
    assert len(links) >= 4
    for link in links:
        page.goto(link)
        page.get_by_text("Answers and where it is from").first.click()
        fits(page)
