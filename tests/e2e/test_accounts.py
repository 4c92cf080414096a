"""A stranger joins, takes everything along and leaves; by touch, by keyboard, without scripts."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import to_room
from tests.e2e.fits import fits
from tests.factories import PersonFactory, RunFactory

PASSWORD = "correct horse battery staple"
pytestmark = pytest.mark.django_db(transaction=True)


def sign_up(page: Page, email: str = "zoe@example.org") -> None:
    page.goto("/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Your name").fill("Zoe Quist")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()


def test_a_stranger_joins_on_a_phone_takes_everything_along_and_leaves(phone):
    sign_up(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Today")
    expect(phone.get_by_text("One thing to do will stand here")).to_be_visible()
    fits(phone)

    to_room(phone, "Account")
    expect(phone.get_by_text("zoe@example.org")).to_be_visible()
    fits(phone)
    phone.get_by_role("button", name="Download everything").click()
    phone.get_by_label("Password").fill(PASSWORD)
    with phone.expect_download() as started:
        phone.get_by_role("button", name="Confirm").click()
    packed = zipfile.ZipFile(io.BytesIO(Path(started.value.path()).read_bytes()))
    assert json.loads(packed.read("everything.json"))["Person"][0]["name"] == "Zoe Quist"

    phone.goto("/account/")
    phone.get_by_role("link", name="Delete everything").click()
    phone.get_by_label("Your e-mail address").fill("somebody@example.org")
    phone.get_by_role("button", name="Delete everything").click()
    expect(phone.locator("#errors").get_by_text("Nothing was removed")).to_be_visible()
    phone.get_by_label("Your e-mail address").fill("zoe@example.org")
    phone.get_by_role("button", name="Delete everything").click()
    expect(phone.get_by_text("everything in it has been removed")).to_be_visible()
    phone.goto("/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_keyboard_alone_signs_in_and_finds_the_content(desk):
    PersonFactory.create(name="Ben", user__email="ben@example.org")
    desk.goto("/accounts/login/")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to the content")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("ben@example.org")
    while desk.evaluate("document.activeElement.type") != "password":
        desk.keyboard.press("Tab")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today")
    assert desk.evaluate("getComputedStyle(document.querySelector('main')).outlineStyle") == "none"


def test_light_and_dark_follow_the_device_until_somebody_chooses(opens):
    from tests.e2e.conftest import PHONE

    page = opens(PHONE, "dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    page.goto("/")
    dark = page.evaluate(paper)
    page.get_by_role("button", name="Light").click()
    light = page.evaluate(paper)
    assert light != dark
    page.goto("/accounts/login/")
    assert page.evaluate(paper) == light, "the choice stays"
    expect(page.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="As the device").click()
    assert page.evaluate(paper) == dark


def test_the_font_is_ours_and_nothing_moves_while_a_page_loads(phone):
    phone.goto("/")
    phone.goto("/accounts/signup/")
    assert phone.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
    moved = phone.evaluate(
        """() => new Promise((done) => {
            let sum = 0;
            new PerformanceObserver((seen) => seen.getEntries().forEach((e) => (sum += e.value)))
                .observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 300);
        })"""
    )
    assert moved == 0


def test_progress_is_followed_until_the_result_is_there(desk, signed_in):
    person = PersonFactory.create(name="Ben")
    run = RunFactory.create(owner=person, state="running", progress=20, words="Reading.", page="/today/")
    signed_in(desk, person).goto(f"/runs/{run.pk}/")
    expect(desk.get_by_text("Reading.")).to_be_visible()
    type(run).objects.filter(pk=run.pk).update(progress=70, words="Drawing.")
    expect(desk.get_by_text("Drawing.")).to_be_visible(timeout=10_000)
    type(run).objects.filter(pk=run.pk).update(state="done", progress=100)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today", timeout=10_000)


def test_without_scripts_every_ground_page_still_works(opens):
    from tests.e2e.conftest import DESK

    page = opens(DESK, java_script_enabled=False)
    sign_up(page, "noscript@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.get_by_role("link", name="Account").click()
    page.get_by_role("link", name="Change these").click()
    page.get_by_label("Time zone").fill("Europe/Lisbon")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Europe/Lisbon")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Make an account")).to_be_visible()


def test_a_new_persons_zone_is_the_browsers_and_an_error_takes_the_eye_along(opens):
    page = opens({"width": 390, "height": 844}, timezone_id="America/Bogota")
    sign_up(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.goto("/account/")
    expect(page.get_by_text("America/Bogota")).to_be_visible()
    page.goto("/role/calendar/")
    expect(page.get_by_label("My time zone")).to_have_value("America/Bogota")
    page.get_by_role("button", name="Read the calendar").click()
    wrong = page.get_by_text("Not sent yet, and nothing is lost.")
    expect(wrong).to_be_in_viewport()
    expect(page.locator("#errors")).to_be_focused()


def test_from_and_to_stand_on_one_line(desk):
    sign_up(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today")
    desk.goto("/role/calendar/")
    tops = [desk.get_by_label(name).bounding_box()["y"] for name in ("From", "To optional")]
    assert tops[0] == tops[1]
