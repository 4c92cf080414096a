"""A report in a real browser: read on a phone, shown to the team, taken back, printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.fits import fits
from tests.e2e.test_roster import enter
from tests.organization import assemble_organization
from tests.web.feedback import made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organization(live_server):
    return assemble_organization()


@pytest.fixture
def report(organization):
    return made.team_report(
        organization.person("cleo"),
        [organization.person("max")],
        size=12,
        comments=lambda _p, at: [
            {"question": "make_stronger", "text": f"{'Donaudampfschiff' * 8} {at}", "choice": "verbatim"}
        ],
    )


def read(page: Page, report) -> Page:
    page.goto(f"/feedback/reports/{report.pk}/")
    fits(page)
    return page


def shows_and_takes_back(page: Page, report) -> None:
    read(page, report)
    scale = page.locator("#scale-growing")
    expect(scale.get_by_role("img")).to_be_visible()
    expect(scale.get_by_text("Cleo took time to help somebody learn.")).to_be_hidden()
    scale.locator("summary").filter(has_text="Its 4 questions").click()
    expect(scale.get_by_text("Cleo took time to help somebody learn.")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="See what they would see").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your team will see")
    expect(page.get_by_text("Donaudampfschiff")).to_have_count(0)
    fits(page)
    page.get_by_role("button", name="Show this to the team").click()
    expect(page.get_by_text("Shown. Those who were asked")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def test_a_report_is_read_shown_and_taken_back_on_a_phone(phone, live_server, organization, report):
    shows_and_takes_back(enter(phone, live_server, organization.person("cleo")), report)


def test_a_report_is_read_shown_and_taken_back_on_a_desk_in_the_dark(
    dark_desk, live_server, organization, report
):
    shows_and_takes_back(enter(dark_desk, live_server, organization.person("cleo")), report)


def test_without_javascript_it_is_all_there(opens, live_server, organization, report):
    page = opens({"width": 390, "height": 844}, java_script_enabled=False)
    enter(page, live_server, organization.person("cleo"))
    page.goto(f"/feedback/reports/{report.pk}/")
    expect(page.locator("#scale-growing .scale-value").first).to_contain_text("between")
    page.get_by_role("link", name="See what they would see").click()
    page.get_by_role("button", name="Show this to the team").click()
    expect(page.get_by_text("Shown. Those who were asked")).to_be_visible()


def test_on_paper_every_question_is_open_and_no_button_is_printed(desk, live_server, organization, report):
    page = read(enter(desk, live_server, organization.person("cleo")), report)
    page.emulate_media(media="print")
    expect(page.get_by_text("Cleo took time to help somebody learn.").first).to_be_visible()
    expect(page.get_by_role("link", name="See what they would see")).to_be_hidden()
    expect(page.get_by_role("heading", name="What this rests on")).to_be_visible()


def test_people_operations_write_a_theme(phone, live_server, organization):
    report = made.team_report(
        organization.person("cleo"), size=12,
        comments=lambda _p, at: [{"question": "", "text": f"Tools come late {at}", "choice": "themes"}],
    )  # fmt: skip
    page = enter(phone, live_server, organization.person("ada"))
    page.goto(f"/feedback/reports/{report.pk}/themes/")
    fits(page)
    page.get_by_role("textbox", name="Theme").fill("Equipment arrives too late.")
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_role("link", name="Change")).to_be_visible()
    fits(page)
