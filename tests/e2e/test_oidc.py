"""The organization's own sign-in in a browser: the button, the provider's page, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.fits import fits
from tests.factories import PersonFactory
from tests.provider.running import BACK, running

from fairlead.web.people.models import Person, User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.provider.running import Provider

pytestmark = pytest.mark.django_db(transaction=True)
STYLE_THERE = "https://cdn.jsdelivr.net/"  # what the provider's own page asks for; it gets nothing
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture
def sign_in(settings, live_server, provider, complaints) -> Iterator[Provider]:
    """Switch the organization's own sign-in on; going to it, and to nobody else, is no complaint."""
    client = provider.register(f"{live_server.url}{BACK}")
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider.url, "Northwind"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = client.id, client.secret
    yield provider
    there = (f"a request left: {provider.url}/", f"a request left: {STYLE_THERE}")
    complaints[:] = [said for said in complaints if not said.startswith(there)]


def goes_there(page: Page, provider: Provider, sub: str) -> None:
    page.goto("/accounts/login/")
    presses(page)
    be(page, provider, sub)


def presses(page: Page) -> None:
    """Press the button; the provider's page stays without the style that it would fetch from elsewhere."""
    page.route(f"{STYLE_THERE}**", lambda asked: asked.fulfill(body="", content_type="text/css"))
    page.get_by_role("link", name="Sign in with Northwind").click()


def be(page: Page, provider: Provider, sub: str) -> None:
    """Say over there who one is."""
    expect(page).to_have_url(re.compile(re.escape(f"{provider.url}/oauth2/authorize")))
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_somebody_of_the_roster_signs_in_for_the_first_time_with_one_button(opens, sign_in):
    page = opens(PHONE, has_touch=True, is_mobile=True)
    PersonFactory.create(user=None, name="Zoe Quist", number="E7", email="zoe@example.org")
    sign_in.knows("zoe", email="zoe@example.org", email_verified=True, name="Zoe Q.")
    page.goto("/account/")
    fits(page)
    presses(page)
    be(page, sign_in, "zoe")
    expect(page.get_by_role("heading", level=1)).to_have_text("Account")
    expect(page.get_by_text("Zoe Quist")).to_be_visible()
    assert Person.objects.get().user.email == "zoe@example.org"

    page.get_by_role("link", name="Sign in with Northwind").click()
    expect(page.get_by_text("your only way in")).to_be_visible()
    fits(page)
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    goes_there(page, sign_in, "zoe")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_whoever_is_not_known_here_meets_a_calm_page_and_can_go_back(desk, sign_in, settings, complaints):
    settings.SIGNUP = settings.ACCOUNT_SIGNUP_OPEN = False
    sign_in.knows("mallory", email="mallory@example.org", email_verified=True)
    goes_there(desk, sign_in, "mallory")
    expect(desk.get_by_role("heading", level=1)).to_have_text("You are not signed in")
    expect(desk.get_by_text("Ask people operations for an account.")).to_be_visible()
    fits(desk)
    assert not User.objects.exists()
    assert [said for said in complaints if "status of 403" in said], "the browser calls a refusal an error"
    complaints[:] = [said for said in complaints if "status of 403" not in said]
    desk.get_by_role("link", name="Sign in another way").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_thinking_better_of_it_over_there_changes_nothing(desk, sign_in, complaints):
    desk.goto("/accounts/login/")
    presses(desk)
    desk.get_by_role("button", name="Deny").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("You are not signed in")
    complaints[:] = [
        said for said in complaints if "status of 403" not in said
    ]  # this provider loses the state


def test_somebody_with_a_password_adds_the_sign_in_to_their_account(desk, sign_in):
    person = PersonFactory.create(name="Ben", user__email="ben@example.org")
    sign_in.knows("ben", email="ben@example.org", email_verified=True)
    desk.goto("/accounts/login/")
    desk.get_by_label("E-mail address").fill("ben@example.org")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today")
    desk.goto("/accounts/oidc/")
    desk.get_by_role("button", name="Use it").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Is it you?")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Confirm").click()
    desk.route(f"{STYLE_THERE}**", lambda asked: asked.fulfill(body="", content_type="text/css"))
    desk.get_by_role("link", name="Go on").click()
    be(desk, sign_in, "ben")
    expect(desk.get_by_text("ben@example.org")).to_be_visible()
    desk.goto("/account/")
    desk.get_by_role("button", name="Sign out").click()
    expect(desk).to_have_url(re.compile(r"/$"))
    expect(desk.get_by_role("button", name="Sign out")).to_have_count(0)
    goes_there(desk, sign_in, "ben")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today")
    assert User.objects.get() == person.user


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_where_it_is_the_only_door_there_is_one_button(opens, sign_in, settings, size, scheme):
    settings.OIDC_ONLY, settings.ACCOUNT_SIGNUP_OPEN = True, False
    page: Any = opens(size, scheme)
    page.goto("/accounts/login/")
    expect(page.get_by_role("link", name="Sign in with Northwind")).to_be_visible()
    fits(page)
    assert page.locator("input[type=password], input[type=email]").count() == 0


def test_it_works_without_scripts(opens, sign_in):
    page = opens(DESK, java_script_enabled=False)
    sign_in.knows("zoe", email="zoe@example.org", email_verified=True, name="Zoe")
    goes_there(page, sign_in, "zoe")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
