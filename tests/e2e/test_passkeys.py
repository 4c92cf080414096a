"""Passkeys, codes of an app, recovery codes and sessions in a browser with an authenticator of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.fits import fits
from tests.factories import PersonFactory

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "correct horse battery staple"


@pytest.fixture
def ben() -> Person:
    return PersonFactory.create(name="Ben", user__email="ben@example.org")


def with_authenticator(page: Page, *, present: bool = True) -> Any:
    """Give the page's browser a device that keeps passkeys and knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    given = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": present,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, given["authenticatorId"]


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill("ben@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url(re.compile("/login/"))


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/$"))


def show_again(page: Page) -> None:
    """Type the password where the page asks for it once more."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def is_ours(page: Page) -> None:
    """One heading, no word of a library, nothing that sticks out of the screen, a label for each field."""
    fits(page)
    words = page.locator("body").inner_text()
    for foreign in (
        "Third-Party",
        "Authenticate",
        "Two-Factor",
        "Master key",
        "Mozilla",
        "Passwordless",
        "Invalid",
    ):
        assert foreign not in words
    unlabelled = page.evaluate(
        """() => [...document.querySelectorAll('input:not([type=hidden])')]
            .filter((e) => e.offsetParent && !e.labels.length).map((e) => e.outerHTML)"""
    )
    assert unlabelled == []


def code_of(secret: str) -> str:
    """The code that an app shows (RFC 6238), worked out here and not by the product."""
    counter = int(time.time()) // 30
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def add_passkey(page: Page, name: str = "My laptop") -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    show_again(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    is_ours(page)
    page.get_by_label("A name for it").fill(name)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def test_a_passkey_is_added_opens_the_account_without_a_password_and_is_removed(phone, ben):
    session, device = with_authenticator(phone)
    sign_in(phone)
    add_passkey(phone)
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [one["isResidentCredential"] for one in kept] == [True]
    phone.get_by_role("link", name="I have put them away").click()
    expect(phone.get_by_text("You have 1.")).to_be_visible()
    sign_out(phone)

    phone.goto("/accounts/login/")
    is_ours(phone)
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Today")

    phone.goto("/accounts/2fa/webauthn/")
    expect(phone.get_by_role("region", name="My laptop")).to_contain_text("Opens your account alone.")
    is_ours(phone)
    phone.get_by_role("link", name="Rename My laptop").click()
    show_again(phone)
    phone.get_by_label("A name for it").fill("Laptop at home")
    is_ours(phone)
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("link", name="Remove Laptop at home").click()
    expect(phone.get_by_text("no longer opens your account")).to_be_visible()
    is_ours(phone)
    phone.get_by_role("button", name="Remove it").click()
    expect(phone.get_by_text("There is none yet.")).to_be_visible()
    assert not Authenticator.objects.filter(user=ben.user).exists()

    sign_out(phone)
    phone.goto("/accounts/login/")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.get_by_text("does not belong to an account here")).to_be_visible()
    phone.goto("/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_security_key_is_asked_for_after_the_password(desk, ben):
    with_authenticator(desk)
    sign_in(desk)
    desk.goto("/accounts/2fa/webauthn/add/")
    show_again(desk)
    desk.get_by_label("Sign in with it alone, without a password").uncheck()
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(desk)
    sign_in(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text("The second factor")
    is_ours(desk)
    desk.get_by_role("button", name="Use a passkey or security key").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today")


def test_a_passkey_shows_again_who_somebody_is(desk, ben):
    with_authenticator(desk)
    sign_in(desk)
    add_passkey(desk)
    sign_out(desk)
    desk.goto("/accounts/login/")
    desk.get_by_role("button", name="Sign in with a passkey").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today")
    desk.goto("/account/leave/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Is it you?")
    desk.get_by_role("link", name="Use a passkey or security key").click()
    is_ours(desk)
    desk.get_by_role("button", name="Use a passkey or security key").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Delete everything")


def test_a_finger_that_is_not_the_owners_is_said_in_words_on_the_page(desk, ben):
    with_authenticator(desk, present=False)
    desk.goto("/accounts/login/")
    desk.get_by_role("button", name="Sign in with a passkey").click()
    expect(desk.get_by_role("alert")).to_have_text(
        "No passkey was chosen, or it took too long. You can try again."
    )
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")


def set_up_an_app(desk: Page) -> str:
    """Set it up, first with a code that is wrong, and give the key."""
    desk.goto("/accounts/2fa/")
    is_ours(desk)
    desk.get_by_role("link", name="Set it up").click()
    show_again(desk)
    is_ours(desk)
    secret = desk.locator("code").inner_text()
    desk.get_by_label("Code from the app").fill("000000")
    desk.get_by_role("button", name="Use it from now on").click()
    expect(desk.get_by_role("alert").first).to_contain_text("not the right code")
    assert desk.locator("code").inner_text() == secret
    desk.get_by_label("Code from the app").fill(code_of(secret))
    desk.get_by_role("button", name="Use it from now on").click()
    return secret


@pytest.mark.slow
def test_an_app_and_recovery_codes_from_setting_up_to_the_last_way_in(desk, ben):
    sign_in(desk)
    secret = set_up_an_app(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    is_ours(desk)
    shown = desk.locator("ol code").all_inner_texts()
    assert len(shown) == len(set(shown)) == 10
    with desk.expect_download() as started:
        desk.get_by_role("link", name="Download them").click()
    assert started.value.suggested_filename == "fairlead-recovery-codes.txt"
    assert Path(started.value.path()).read_text().split() == shown
    desk.goto("/accounts/2fa/recovery-codes/")
    expect(desk.get_by_text("10 of 10 are left")).to_be_visible()
    assert desk.locator("ol code").count() == 0, "they are shown once"
    assert shown[0] not in desk.content()
    is_ours(desk)

    sign_out(desk)
    sign_in(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text("The second factor")
    desk.get_by_label("Code from the app, or a recovery code").fill("123456")
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk.get_by_role("alert").first).to_contain_text("not the right code")
    time.sleep(30.5 - time.time() % 30)  # a code counts once, so this needs the next one
    desk.get_by_label("Code from the app, or a recovery code").fill(code_of(secret))
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today")

    for attempt, works in ((shown[3], True), (shown[3], False)):
        sign_out(desk)
        sign_in(desk)
        desk.get_by_label("Code from the app, or a recovery code").fill(attempt)
        desk.get_by_role("button", name="Sign in", exact=True).click()
        expect(desk.get_by_role("heading", level=1)).to_have_text("Today" if works else "The second factor")
        if not works:
            desk.get_by_role("button", name="Do not sign in").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_browsers_are_listed_in_words_and_signed_out_one_by_one_or_all_at_once(opens, ben):
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1"
    here, old, lost = opens(PHONE), opens(DESK, user_agent=firefox), opens(DESK, user_agent=safari)
    for page in (old, lost, here):
        sign_in(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    here.goto("/accounts/sessions/")
    is_ours(here)
    assert here.get_by_role("heading", level=2).all_inner_texts()[1:] == [
        "Safari on iPhone",
        "Firefox on Linux",
    ]
    expect(here.get_by_text("This one.")).to_have_count(1)
    here.get_by_role("button", name="Sign out Firefox on Linux").click()
    expect(here.get_by_text("That browser is signed out.")).to_be_visible()
    old.goto("/today/")
    expect(old.get_by_role("heading", level=1)).to_have_text("Sign in")
    lost.goto("/today/")
    expect(lost.get_by_role("heading", level=1)).to_have_text("Today")
    here.get_by_role("button", name="Sign out all the others").click()
    expect(here.get_by_text("Every other browser is signed out.")).to_be_visible()
    lost.goto("/today/")
    expect(lost.get_by_role("heading", level=1)).to_have_text("Sign in")
    here.goto("/today/")
    expect(here.get_by_role("heading", level=1)).to_have_text("Today")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_each_page_about_getting_in_is_ours_at_each_size_and_in_the_dark(opens, ben, size, scheme):
    page = opens(size, scheme)
    for path in (
        "login/",
        "signup/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "inactive/",
        "confirm-email/",
        "confirm-email/x/",
        "password/reset/key/done/",
    ):
        page.goto(f"/accounts/{path}")
        is_ours(page)
    sign_in(page)
    for path in (
        "email/",
        "password/change/",
        "2fa/",
        "2fa/webauthn/",
        "sessions/",
        "reauthenticate/",
        "logout/",
    ):
        page.goto(f"/accounts/{path}")
        is_ours(page)


def test_without_scripts_a_passkey_says_what_it_needs(opens, ben):
    page = opens(DESK, java_script_enabled=False)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Use your password instead.")).to_be_visible()
