"""From a file chosen in the browser to the reading; every page of the room in both sizes and schemes."""

from __future__ import annotations

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


def chosen(data: bytes, name: str = "work.ics") -> dict[str, Any]:
    return {"name": name, "mimeType": "text/calendar", "buffer": data}


def test_a_file_is_chosen_and_the_reading_opens(ada, desk, signed_in):
    page = signed_in(desk, ada.person)
    page.goto("/role/")
    page.get_by_role("link", name="Read a calendar").first.click()
    page.get_by_label("Calendar files").set_input_files(chosen(made.ics()))
    page.get_by_label("Addresses of my reports").fill(made.REPORT)
    page.get_by_label("My role").fill("engineering manager")
    page.get_by_label("Architectural and Engineering Managers").check()
    page.get_by_role("button", name="Read the calendar").click()
    expect(page.get_by_role("heading", name="The map")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Architectural and Engineering Managers").first).to_be_visible()
    expect(page.locator("#figure-map svg").first).to_be_visible()


def test_a_bad_file_is_named_and_the_form_keeps_what_was_typed(ada, desk, signed_in, complaints):
    page = signed_in(desk, ada.person)
    page.goto("/role/calendar/")
    page.get_by_label("Calendar files").set_input_files(chosen(b"no calendar", "notes.ics"))
    page.get_by_label("Addresses of my reports").fill("kept@example.org")
    page.get_by_role("button", name="Read the calendar").click()
    expect(page.locator("#outcome")).to_contain_text("notes.ics", timeout=30_000)
    expect(page.get_by_label("Addresses of my reports")).to_have_value("kept@example.org")
    assert page.get_by_label("Calendar files").evaluate("field => field.files.length") == 1


def test_what_is_missing_is_said_beside_the_form(ada, desk, signed_in):
    page = signed_in(desk, ada.person)
    page.goto("/role/calendar/")
    page.get_by_role("button", name="Read the calendar").click()
    expect(page.locator("#outcome")).to_contain_text("Choose at least one file")


PAGES = (
    "role/",
    "role/calendar/",
    "role/readings/",
    "role/rules/",
    "role/questions/role-audit/",
    "role/asked/",
    "role/asked/role/11-9041.00/",
    "role/asked/description/",
    "role/asked/own/",
    "role/high-payoff/",
    "role/procedures/",
    "role/decision/",
    "role/delete-everything/",
)


@pytest.mark.parametrize("look", ["phone", "dark_phone", "desk", "dark_desk"])
def test_no_page_is_wider_than_the_screen(ada, look, request, signed_in):
    page = signed_in(request.getfixturevalue(look), ada.person)
    reading = made.stand(ada)
    more = (
        f"role/readings/{reading.pk}/",
        f"role/readings/{reading.pk}/events/",
        f"role/sort/{reading.calendar_id}/",
    )
    for path in (*PAGES, *more):
        page.goto(f"/{path}")
        fits(page)


def test_words_and_figures_have_enough_contrast_in_both_schemes(ada, desk, dark_desk, signed_in):
    made.stand(ada)
    for page in (desk, dark_desk):
        signed_in(page, ada.person)
        page.goto("/role/")
        weak = page.evaluate(CONTRAST)
        assert weak == []


CONTRAST = """() => {
  const channel = value => { const c = value / 255; return c <= 0.03928
    ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const told = "p, a, button, h1, h2, h3, summary, li, td, th";
  for (const e of document.getElementById("main").querySelectorAll(told)) {
    if (!e.offsetParent || !e.textContent.trim() || e.disabled) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)} ${ratio}`);
  }
  return weak;
}"""
