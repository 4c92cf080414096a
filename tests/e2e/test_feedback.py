"""Answering a survey: by finger, by keyboard, without JavaScript, and after going away and coming back."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.e2e.fits import fits, here
from tests.factories import PersonFactory
from tests.web.feedback import boxed

from fairlead.library import load
from fairlead.web.feedback.models import USED, Seat
from fairlead.web.vault.reading import papers

pytestmark = pytest.mark.django_db(transaction=True)
INSTRUMENT = load.instrument("multiplier")
SCREENS = [section for section in INSTRUMENT.sections if any(item.kind == "choice" for item in section.items)]
CHOICES = [item for item in INSTRUMENT.items if item.kind == "choice"]
WORDS = INSTRUMENT.comment_items()
PHONE = {"width": 390, "height": 844}


class Asked:
    """Ada is asked about Kim, with five others."""

    def __init__(self) -> None:
        self.ada = PersonFactory.create(name="Ada", user__email="ada@example.org")
        self.kim = PersonFactory.create(name="Kim Larsen", user=None, number="E1")
        PersonFactory.create(name="Oskar Quist", user=None, number="E2")
        self.made = boxed.opened(
            [[self.ada, *boxed.staff(5)]],
            kind="upward",
            managers=[self.kim],
            closes_on=timezone.localdate() + dt.timedelta(days=5),
        )
        self.seat = Seat.objects.get(survey=self.made.survey, owner=self.ada)
        self.path = f"/feedback/answer/{self.seat.pk}/"

    def papers(self) -> list[dict[str, Any]]:
        return papers(self.made.survey.pk)


@pytest.fixture
def asked() -> Asked:
    return Asked()


def shown(page: Any) -> Any:
    """The one screen that is shown."""
    return page.locator("[data-screen]:visible")


def local(page: Any) -> list[str]:
    # What a page keeps or forgets is done when its scripts have run.
    return here(page).evaluate("Object.keys(localStorage).filter(name => name.startsWith('fairlead.'))")


def test_on_a_phone_by_finger_from_the_promise_to_the_receipt_and_back(asked, phone, signed_in):
    page = signed_in(phone, asked.ada)
    page.goto(asked.path)
    expect(shown(page)).to_have_count(1)
    expect(page.get_by_role("heading", name="About Kim Larsen")).to_be_visible()
    expect(page.locator(".promised li")).to_have_count(3)
    page.get_by_role("button", name="Begin").tap()
    for number, section in enumerate(SCREENS, start=1):
        expect(shown(page)).to_have_count(1)
        expect(shown(page).get_by_role("heading", level=2)).to_be_focused()
        expect(page.locator("[data-how-far]")).to_contain_text(f"Screen {number} of {len(SCREENS) + 1}")
        for item in section.items:
            if item.kind == "choice":
                page.locator(f"#answer-{item.id} label.choice").nth(3).tap()
        fits(page)
        heights = page.locator("label.choice:visible").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert min(heights) >= 44
        shown(page).get_by_role("button", name="Next").tap()
    page.get_by_label(WORDS[0].text.replace("{name}", "Kim Larsen"), exact=True).fill("Oskar told me so.")
    shown(page).get_by_text("As a theme only", exact=False).first.tap()
    shown(page).get_by_role("button", name="Look it over").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
    expect(page.locator("mark")).to_have_text(["Oskar"])
    fits(page)
    assert asked.papers() == []
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent")
    code = page.locator("#code").inner_text()
    assert re.fullmatch(r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}", code)
    assert local(page) == []
    fits(page)
    (paper,) = asked.papers()
    assert paper["answers"] == [4] * len(CHOICES)
    assert [one["choice"] for one in paper["comments"]] == ["themes"]

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have sent your answers")
    assert len(asked.papers()) == 1, "loading the receipt again sends nothing"
    assert code not in page.content()
    page.get_by_role("link", name="Take them back").tap()
    page.get_by_label("The code of your receipt").fill(code.lower())
    page.get_by_role("button", name="Take them back").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back")
    assert asked.papers() == []


def test_at_a_desk_by_keyboard_alone(asked, desk, signed_in):
    page = signed_in(desk, asked.ada)
    page.goto(asked.path)
    page.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    for section in SCREENS:
        expect(shown(page).get_by_role("heading", level=2)).to_be_focused()
        for item in (item for item in section.items if item.kind == "choice"):
            page.keyboard.press("Tab")
            expect(page.locator(f"#answer-{item.id} input").first).to_be_focused()
            page.keyboard.press("ArrowRight")
            expect(page.locator(f"#answer-{item.id} input").nth(1)).to_be_checked()
        # On an answer Enter leads on to the next screen, and never sends.
        page.keyboard.press("Enter")
    expect(shown(page).get_by_role("heading", level=2)).to_have_text("In your own words")
    expect(page).to_have_url(re.compile(re.escape(asked.path) + "$"))
    page.keyboard.press("Tab")
    page.keyboard.type("Decisions are explained.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(shown(page).get_by_role("heading", level=2)).to_have_text("In your own words")
    shown(page).get_by_role("button", name="Look it over").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
    page.locator("textarea").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
    assert asked.papers() == [], "Enter does not send early"
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent")
    (paper,) = asked.papers()
    assert paper["answers"] == [2] * len(CHOICES)
    assert [one["choice"] for one in paper["comments"]] == ["verbatim"]


def test_on_a_phone_without_javascript_on_one_page(asked, opens, signed_in):
    page = signed_in(opens(PHONE, java_script_enabled=False, has_touch=True, is_mobile=True), asked.ada)
    page.goto(asked.path)
    expect(
        page.get_by_text("Nothing is kept until you press “Send” at the end.", exact=False)
    ).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()
    for item in CHOICES:
        page.locator(f"#answer-{item.id} label.choice").last.tap()
    first = page.locator(f"#answer-{CHOICES[0].id} label.choice")
    first.nth(0).tap()
    fits(page)
    page.get_by_role("button", name="Look it over").last.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
    page.get_by_role("button", name="Change").first.tap()
    expect(first.nth(0).locator("input")).to_be_checked()
    page.get_by_role("button", name="Look it over").last.tap()
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent")
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    (paper,) = asked.papers()
    assert paper["answers"] == [1, *[None] * (len(CHOICES) - 1)], "“I have not seen this” is no answer"


def test_going_away_and_coming_back_keeps_what_was_typed_and_where(asked, desk, signed_in):
    page = signed_in(desk, asked.ada)
    page.goto(asked.path)
    page.get_by_role("button", name="Begin").click()
    page.locator(f"#answer-{CHOICES[0].id} label.choice").nth(2).click()
    shown(page).get_by_role("button", name="Next").click()
    page.goto("/today/")
    page.goto(asked.path)
    expect(shown(page).get_by_role("heading", level=2)).to_have_text(SCREENS[1].title)
    shown(page).get_by_role("button", name="Back").click()
    expect(page.locator(f"#answer-{CHOICES[0].id} input").nth(2)).to_be_checked()
    page.go_back()
    expect(shown(page).get_by_role("heading", level=2)).to_have_text(SCREENS[1].title)
    page.go_forward()
    expect(shown(page).get_by_role("heading", level=2)).to_have_text(SCREENS[0].title)
    assert Seat.objects.get(pk=asked.seat.pk).used != USED
    assert local(page) == [f"fairlead.answers.{asked.seat.pk}"]


def test_sent_with_two_quick_presses_the_receipt_is_shown(asked, desk, signed_in):
    page = signed_in(desk, asked.ada)
    page.goto(asked.path)
    page.get_by_role("button", name="Begin").click()
    page.locator(f"#answer-{CHOICES[0].id} label.choice").nth(2).click()
    page.evaluate("document.querySelector('form[data-answer]').requestSubmit()")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent")
    expect(page.locator("#code")).to_be_visible()
    assert len(asked.papers()) == 1


def test_what_is_changed_while_looking_it_over_is_kept_too(asked, desk, signed_in):
    page = signed_in(desk, asked.ada)
    page.goto(asked.path)
    page.get_by_role("button", name="Begin").click()
    page.locator(f"#answer-{CHOICES[0].id} label.choice").nth(2).click()
    page.evaluate("document.querySelector('form[data-answer]').requestSubmit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
    page.locator("textarea").first.fill("Changed at the end.")
    page.goto(asked.path)
    expect(shown(page).get_by_role("heading", level=2)).to_have_text("In your own words")
    expect(page.locator("textarea").first).to_have_value("Changed at the end.")
    expect(page.locator(f"#answer-{CHOICES[0].id} input").nth(2)).to_be_checked()


def test_it_is_forgotten_when_asked_to_and_when_the_rules_are_others(asked, desk, signed_in):
    page = signed_in(desk, asked.ada)
    page.goto(asked.path)
    page.get_by_role("button", name="Begin").click()
    page.locator(f"#answer-{CHOICES[0].id} label.choice").nth(2).click()
    page.get_by_role("button", name="Forget what I typed here").last.click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    assert local(page) == []
    expect(page.locator("#messages")).to_contain_text("Forgotten.")
    assert page.locator("input:checked").count() == 0
    name, over = f"fairlead.answers.{asked.seat.pk}", "fairlead.answers.00000000-0000-4000-8000-000000000000"
    kept = f'{{"terms": "others", "until": "2999-01-01", "values": {{"answer-{CHOICES[0].id}": "3"}}}}'
    page.evaluate(
        "([name, kept, over]) => { localStorage.setItem(name, kept); localStorage.setItem(over, "
        "JSON.stringify({ terms: 'x', until: '2020-01-01', values: {} })); }",
        [name, kept, over],
    )
    page.goto(asked.path)
    assert page.locator("input:checked").count() == 0
    assert local(page) == [name], "what belonged to a survey that is over is gone"


def test_a_mistake_leads_to_its_screen_and_loses_nothing(asked, phone, signed_in):
    page = signed_in(phone, asked.ada)
    page.goto(asked.path)
    page.get_by_role("button", name="Begin").tap()
    page.locator(f"#answer-{CHOICES[0].id} label.choice").nth(0).tap()
    for _ in SCREENS:
        shown(page).get_by_role("button", name="Next").tap()
    page.locator("textarea").first.fill("x" * 1_001)
    expect(page.get_by_text("1 characters too many")).to_be_visible()
    shown(page).get_by_role("button", name="Look it over").tap()
    expect(page.locator("#errors")).to_be_focused()
    expect(shown(page).get_by_role("heading", level=2)).to_have_text("In your own words")
    expect(page.locator("textarea").first).to_have_value("x" * 1_001)
    expect(page.locator(f"#answer-{CHOICES[0].id} input").nth(0)).to_be_checked()


def test_headings_are_in_order_and_every_field_has_a_name(asked, desk, signed_in):
    page = signed_in(desk, asked.ada)
    page.goto(asked.path)
    page.get_by_role("button", name="Begin").click()
    page.locator(f"#answer-{CHOICES[0].id} label.choice").nth(0).click()
    for _ in range(2):
        levels = (
            here(page).locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
        )
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        unnamed = page.locator("input:not([type=hidden]), select, textarea").evaluate_all(
            "all => all.filter(one => !one.labels.length && !one.ariaLabel).map(one => one.name)"
        )
        assert unnamed == []
        page.evaluate("document.querySelector('form[data-answer]').requestSubmit()")
        expect(page.get_by_role("heading", level=1)).to_have_text("Look it over")
