"""A survey answered in German in a browser: what scripts say, and a change of language halfway."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.fits import fits
from tests.e2e.test_feedback import SCREENS, Asked, local, shown

from fairlead.library import load

pytestmark = pytest.mark.django_db(transaction=True)
GERMAN = load.instrument("multiplier", "de")


def test_on_a_phone_the_language_is_changed_halfway_and_everything_stays(opens, signed_in):
    asked = Asked()
    page = signed_in(
        opens({"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="de-DE"), asked.ada
    )
    page.goto(asked.path)
    expect(page.get_by_role("heading", name="Über Kim Larsen")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="English").tap()
    expect(page.get_by_role("heading", name="About Kim Larsen")).to_be_visible()
    page.get_by_role("button", name="Begin").tap()
    first = SCREENS[0].items[0]
    page.locator(f"#answer-{first.id} label.choice").nth(3).tap()
    page.get_by_role("button", name="Next").tap()
    expect(page.locator("[data-how-far]")).to_contain_text(f"Screen 2 of {len(SCREENS) + 1}")

    page.get_by_role("button", name="Deutsch").tap()
    expect(page.locator("[data-how-far]")).to_contain_text(f"Seite 2 von {len(SCREENS) + 1}")
    expect(shown(page)).to_contain_text(GERMAN.sections[1].items[0].text.replace("{name}", "Kim Larsen"))
    fits(page)
    page.get_by_role("button", name="Zurück").tap()
    expect(page.locator(f"#answer-{first.id} input").nth(3)).to_be_checked()
    for _ in SCREENS:
        page.get_by_role("button", name="Weiter").tap()
    page.locator("textarea").first.fill("x" * 950)
    expect(page.locator("[data-count]").first).to_have_text("noch 50 Zeichen")
    page.locator("textarea").first.fill("Oskar hat es erklärt.")
    page.get_by_text("Nur als Thema", exact=False).first.tap()
    shown(page).get_by_role("button", name="Alles durchsehen").tap()
    expect(page.locator("mark")).to_have_text(["Oskar"])
    fits(page)
    page.get_by_role("button", name="Absenden", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Abgesendet")
    assert re.fullmatch(r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}", page.locator("#code").inner_text())
    assert local(page) == []
    fits(page)
    assert [paper["answers"][0] for paper in asked.papers()] == [4]
