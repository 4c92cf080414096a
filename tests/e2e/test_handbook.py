"""The handbook in a real browser: a tip from writing to reading, ideas, search by keyboard, a chart."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.fits import fits
from tests.organization import assemble_organization, sign_in
from tests.web.handbook import made

pytestmark = pytest.mark.django_db(transaction=True)

LINKS = "main a:not(.word)"
TIP = "I ask the quiet ones first, and then I wait."


@pytest.fixture
def organization(live_server):
    return assemble_organization()


@pytest.fixture
def comes(live_server):
    """Let a person, with a second factor, be whose page it is."""

    def comes(page: Page, person) -> Page:
        cookies = sign_in(person).cookies.items()
        page.context.add_cookies(
            [{"name": name, "value": one.value, "url": live_server.url} for name, one in cookies]
        )
        return page

    return comes


def test_a_tip_goes_from_its_author_by_people_operations_to_a_colleague_on_a_phone(
    phone, opens, organization, comes
):
    comes(phone, organization.person("cleo")).goto("/handbook/page/conflict_navigation/")
    fits(phone, also=LINKS)
    phone.get_by_role("link", name="Write a tip").click()
    fits(phone, also=LINKS)
    phone.get_by_label("Your tip").fill(TIP + " It was on 2026-03-02.")
    phone.get_by_label("Without my name").check()
    phone.get_by_role("button", name="Send it to people operations").click()
    expect(phone.locator("mark")).to_have_text("2026-03-02")
    phone.get_by_label("Your tip").fill(TIP)
    phone.get_by_role("button", name="Send it").click()
    expect(phone.get_by_text("waiting to be read")).to_be_visible()
    fits(phone, also=LINKS)

    desk = comes(opens({"width": 1440, "height": 900}, "dark"), organization.person("ada"))
    desk.goto("/today/")
    desk.get_by_role("link", name="1 tip waits to be read").click()
    desk.get_by_role("link", name="Conflict navigation").click()
    expect(desk.get_by_text("no page shows whose it is")).to_be_visible()
    desk.get_by_role("button", name="Publish it as it is").click()
    expect(desk.get_by_text("None waits.")).to_be_visible()

    other = comes(opens({"width": 390, "height": 844}), organization.person("max"))
    other.goto("/handbook/page/conflict_navigation/")
    expect(other.get_by_text(TIP)).to_be_visible()
    expect(other.get_by_text("Without a name,")).to_be_visible()


def test_an_idea_is_shared_answered_and_followed_without_javascript(opens, organization, comes):
    page = comes(opens({"width": 390, "height": 844}, java_script_enabled=False), organization.person("cleo"))
    page.goto("/handbook/ideas/new/")
    page.get_by_label("What do you call it?").fill("Quiet mornings")
    page.get_by_label("What is it?").fill("No meetings before ten, for all of us.")
    page.get_by_label("What did it do?").fill("The backlog became shorter.")
    page.get_by_label("Sales").check()
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("heading", name="Quiet mornings")).to_be_visible()

    other = comes(opens({"width": 390, "height": 844}, java_script_enabled=False), organization.person("eve"))
    other.goto("/today/")
    other.get_by_role("link", name="An idea: Quiet mornings").click()
    other.get_by_label("We tried it, and it worked in part").check()
    other.get_by_label("What do you want to say?").fill("Mondays stay loud.")
    other.get_by_role("button", name="Answer").click()
    expect(other.get_by_text("We tried it, and it worked in part.")).to_be_visible()
    other.goto(f"/handbook/ideas/?unit={organization.units['Works'].pk}")
    other.get_by_role("button", name="Follow Works").click()
    expect(other.get_by_role("button", name="Stop following Works")).to_be_visible()


def test_a_slash_leads_to_the_search_and_what_was_found_is_marked(dark_desk, organization, comes):
    made.tip(organization.person("max"), state="published", text="Name the conflict early.")
    page = comes(dark_desk, organization.person("cleo"))
    page.goto("/handbook/")
    fits(page, also=LINKS)
    page.keyboard.press("/")
    expect(page.get_by_label("Search the handbook")).to_be_focused()
    page.keyboard.type("CONFLICT nav")
    page.keyboard.press("Enter")
    first = page.locator(".hits a").first
    expect(first).to_have_text("Conflict navigation")
    expect(first.locator("mark").first).to_have_text("Conflict")
    page.goto("/handbook/search/?q=conflict")
    expect(page.get_by_role("heading", name="From colleagues")).to_be_visible()
    fits(page, also=LINKS)


def test_a_visitor_reads_the_chart_on_a_phone_line_by_line_where_the_setting_says_so(
    phone, live_server, settings
):
    settings.PUBLIC_HANDBOOK = True
    phone.goto("/handbook/page/difference_chart/")
    fits(phone, also=LINKS)
    expect(phone.get_by_role("table").first).to_be_visible()
    columns = phone.get_by_role("table").first.get_by_role("columnheader")
    row = phone.get_by_role("table").first.get_by_role("row").nth(1)
    expect(row.get_by_text(columns.nth(1).inner_text(), exact=True)).to_be_visible()
    assert phone.context.cookies() == []
