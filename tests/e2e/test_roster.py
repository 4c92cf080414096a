"""People operations bring a list in, see the chart and take it back; by touch and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import to_room
from tests.e2e.fits import fits
from tests.organization import assemble_organization, sign_in

from fairlead.web.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "id,name,manager_id,unit,title\n" + "".join(
    f"N{n},New Person {n},{'E001' if n == 0 else f'N{(n - 1) // 4}'},Works,Fitter\n" for n in range(160)
)


@pytest.fixture
def ada(live_server):
    return assemble_organization().person("ada")


def enter(page: Page, live_server, person) -> Page:
    """Bring a signed-in browser in that has shown its second factor."""
    from django.conf import settings

    cookie = sign_in(person).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def through(page: Page) -> None:
    """From the list to the chart and back."""
    page.goto("/today/")
    to_room(page, "Organization")
    page.get_by_role("link", name="Import a list").click()
    page.get_by_label("A file").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.get_by_text("Nothing has happened yet")).to_be_visible()
    fits(page)
    assert not Person.objects.filter(number="N0").exists()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    fits(page)
    page.get_by_role("link", name="See the chart").click()
    expect(page.get_by_text("173 people in 6 layers")).to_be_visible()
    fits(page)
    closed = page.locator("details[hx-get]").filter(has_text="New Person").first
    closed.locator("summary").first.click(position={"x": 4, "y": 12})
    expect(closed.locator("ul.below li").first).to_be_visible()
    fits(page)
    page.get_by_label("Find a person or unit").fill("New Persn 151")
    expect(page.locator("#found").get_by_role("link", name="New Person 151")).to_be_visible()
    page.get_by_role("link", name="Changes").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Everything is as it was before")).to_be_visible()
    assert not Person.objects.filter(number="N0").exists()


def test_a_list_comes_in_and_is_taken_back_on_a_phone(phone, ada, live_server):
    through(enter(phone, live_server, ada))


def test_a_list_comes_in_and_is_taken_back_at_a_desk(desk, ada, live_server):
    through(enter(desk, live_server, ada))


def test_the_keyboard_alone_opens_a_branch_and_finds_somebody(desk, ada, live_server):
    page = enter(desk, live_server, ada)
    page.goto("/organization/")
    page.get_by_label("Find a person or unit").focus()
    page.keyboard.type("Cleo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Find somebody")
    page.locator("#found a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cleo")
    page.goto("/organization/")
    branch = page.locator("details").filter(has_text="Ben").last
    branch.locator("summary").first.focus()
    was_open = branch.evaluate("(one) => one.open")
    page.keyboard.press("Enter")
    expect(branch).to_have_js_property("open", not was_open)


def test_columns_with_other_names_are_said_on_a_phone(phone, ada, live_server):
    page = enter(phone, live_server, ada)
    page.goto("/organization/import/")
    page.get_by_label("Or a table").fill("Nummer\tWer\nN1\tNew Person\n")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which column is which?")
    fits(page)
    page.get_by_label("Nummer").select_option("Id")
    page.get_by_label("Wer").select_option("Name")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("New Person", exact=True)).to_be_visible()


def test_without_scripts_the_chart_opens_by_links(browser, ada, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = enter(context.new_page(), live_server, ada)
    page.goto("/organization/")
    page.get_by_label("Find a person or unit").fill("Ben")
    page.get_by_role("button", name="Find").click()
    page.locator("#found a").first.click()
    page.get_by_role("link", name="See the branch").click()
    expect(page.get_by_role("link", name="Cleo")).to_be_visible()
    context.close()


def test_the_whole_chart_fits_on_paper(desk, ada, live_server):
    page = enter(desk, live_server, ada)
    page.goto("/organization/")
    page.get_by_role("link", name="Set it for paper").click()
    page.emulate_media(media="print")
    expect(page.locator("ul.paper li")).to_have_count(13)
    fits(page)
    expect(page.locator("header.top")).to_be_hidden()
