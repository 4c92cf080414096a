"""My direction in a browser: on a phone without JavaScript, by keyboard, and as it looks."""

from __future__ import annotations

import os
import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e.fits import fits, here
from tests.factories import PersonFactory
from tests.web.direction import sat

from fairlead.library import load
from fairlead.web import vault

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def ada() -> Any:
    return PersonFactory.create(name="Ada", user__email="ada@example.org")


def keep(page: Page, name: str) -> None:
    """Keep a picture for people who want to look, where the environment names a folder."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def full(person: Any) -> None:
    """Everything that somebody can have said, with a warning and a skill gap."""
    sat.finished(
        person,
        "why",
        {
            "reasons": ["interest", "people", "bills"],
            "main_reason": "interest",
            "push": "supposed",
            "need": "organization",
            "encouraged_by": ["manager", "colleagues"],
            "encouragement": 5,
            "levels_reached": 2,
            "success": "Good tools, and home by six.",
            "do_not_want": ["Evenings on the phone", "Only meetings"],
            "want": ["Teach two people what I know"],
            "journey": 3,
        },
    )
    mine = [(a, b, c) for a, b, c in ((0, 1, 2), (3, 4, 0), (2, 5, 1), (4, 1, 3), (5, 0, 4))]
    sets = [
        {"shown": [sat.ORDER[n] for n in one], "most": sat.ORDER[min(one)], "least": sat.ORDER[max(one)]}
        for one in mine
    ]
    turned = [{**one, "most": one["least"], "least": one["most"]} for one in sets]
    sat.finished(person, "values", {"mine": sets, "practice": turned, "stated": ["independence", "support"]})
    effects = {"4.A.2.b.2": 2, "innovation": 2, "performance_monitoring": -2, "firefighting": -1}
    tasks = [
        {"task": name, "effect": effect, "hours_spent": 4 + 3 * n, "hours_wanted": 12 - 3 * n}
        for n, (name, effect) in enumerate(effects.items())
    ]
    sat.finished(person, "energy", [*tasks, {"task": "own:Letters", "label": "Letters", "effect": 1}])
    items = [item.id for section in load.instrument("motives").sections for item in section.items]
    answers = [[item, 1 + n % 5] for n, item in enumerate(items)]
    own = [{"text": "More say in what we build", "motive": "influence"}, {"text": "It is my turn"}]
    sat.finished(person, "motives", {"answers": answers, "own": own})
    items = [item.id for section in load.instrument("two-sides").sections for item in section.items]
    sat.finished(person, "skills", [[item, 5 if n < 6 else 2] for n, item in enumerate(items)])
    sat.finished(
        person,
        "frustrations",
        [
            {"what": "Talks about pay", "side": "people", "about": "conflict_navigation"}
            | {"taught": "no", "with_tools": 4, "bothers": 4}
        ],
    )


def test_on_a_phone_without_javascript_values_are_put_in_order_and_read(ada, opens, signed_in):
    page = signed_in(
        opens({"width": 390, "height": 844}, java_script_enabled=False, has_touch=True, is_mobile=True), ada
    )
    page.goto("/direction/part/values/")
    keep(page, "begin-phone")
    page.get_by_role("button", name="Begin").tap()
    for number in count(1):
        expect(page).to_have_url(re.compile(f"/{number}/$"))
        if here(page).locator("input[name=most]").count() == 0:
            break
        for name, place in (("most", 0), ("least", 2)):
            page.locator(f"label:has(input[name={name}])").nth(place).tap()
        fits(page)
        page.locator(".turn").get_by_role("button", name="Next").tap()
    page.locator(".turn").get_by_role("button", name="Look it over").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
    page.get_by_role("button", name="Finish and read the result").tap()
    expect(page.get_by_role("heading", name="Six values, mine and daily practice")).to_be_visible()
    expect(page.locator(".bar-line")).to_have_count(12)
    fits(page)


BROKEN = """() => [...document.querySelectorAll("label.choice")].flatMap(label => {
  const walk = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), found = [];
  for (let node; (node = walk.nextNode()); )
    for (const word of node.data.matchAll(/\\p{L}+/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push(word[0]);
    }
  return found;
})"""
"""The words of an answer that stand on two lines."""


def test_no_german_word_of_a_set_is_broken_on_a_phone(ada, opens, signed_in):
    page = signed_in(opens({"width": 390, "height": 844}), ada)
    page.goto("/direction/part/values/")
    page.get_by_role("link", name="Deutsch").click()
    page.get_by_role("button", name="Anfangen").click()
    seen = ""
    for number in (1, 2, 3, 4):
        expect(page).to_have_url(re.compile(f"/{number}/$"))
        seen += here(page).locator("form.questions").inner_text()
        assert page.evaluate(BROKEN) == []
        for name, place in (("most", 0), ("least", 2)):
            page.locator(f"label:has(input[name={name}])").nth(place).click()
        page.locator(".turn").get_by_role("button", name="Weiter").click()
    assert "Arbeitsbedingungen" in seen
    assert "Selbstständigkeit" in seen


def test_by_keyboard_a_set_is_answered_changed_and_asked_again(ada, desk, signed_in):
    page = signed_in(desk, ada)
    page.goto("/direction/part/values/")
    page.get_by_role("button", name="Begin").press("Enter")
    expect(page.get_by_text("Set 1 of at most 10")).to_be_visible()
    page.locator("input[name=most]").first.focus()
    page.keyboard.press("Space")
    page.locator("input[name=least]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#errors").get_by_text("One value cannot be both")).to_be_visible()
    keep(page, "set-wrong-desk")
    page.locator("input[name=least]").nth(2).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Set 2 of at most 10")).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).press("Enter")
    expect(page.locator("input[name=least]").nth(2)).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_says_what_it_says_in_both_widths(ada, opens, signed_in, scheme):
    with vault.seen_by(ada):
        full(ada)
        from fairlead.web.direction.models import Sitting

        done = {one.section: one.pk for one in Sitting.objects.filter(owner=ada)}
    for width, height in ((1440, 900), (390, 844)):
        page = signed_in(opens({"width": width, "height": height}, scheme), ada)
        page.goto("/direction/")
        expect(
            page.get_by_role("heading", name="One thing to do next").or_(page.locator("#next-step"))
        ).to_be_visible()
        keep(page, f"home-{width}-{scheme}")
        fits(page)
        for section in done if PICTURES else ("values", "energy"):
            number = done[section]
            page.goto(f"/direction/sitting/{number}/")
            keep(page, f"{section}-{width}-{scheme}")
            fits(page)
        for section in ("energy", "passions", "motives", "why") if PICTURES else ("energy",):
            page.goto(f"/direction/part/{section}/")
            page.get_by_role("button", name="Answer again").or_(page.get_by_role("button", name="Begin")).or_(
                page.get_by_role("button", name="Go on where you stopped")
            ).first.click()
            expect(page).to_have_url(re.compile(r"/(\d+|review)/$"))
            if section == "energy":  # gone on with, it opens what is not answered yet
                page.goto(re.sub(r"/(\d+|review)/$", "/1/", page.url))
            keep(page, f"ask-{section}-{width}-{scheme}")
            fits(page)
            if section == "energy":
                page.locator(".tasks[open] input").nth(3).check()
                page.locator(".turn button.button").click()
                expect(page.get_by_role("heading", name="What each gives and takes")).to_be_visible()
                keep(page, f"ask-rate-{width}-{scheme}")
                fits(page)
        page.goto("/direction/files/")
        keep(page, f"files-{width}-{scheme}")
        fits(page)
