"""A real Chromium against a real server; every page also reports what went wrong in its console."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

# Playwright's sync API keeps an event loop in the thread, and Django refuses the database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PATIENCE = 30_000
"""Milliseconds until something that does not come is missed: a busy machine draws charts for ten seconds."""
expect.set_options(timeout=PATIENCE / 2)
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever stands in this folder as driving a browser."""
    for item in items:
        if "/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium that is installed, else Playwright's own."""
    found = next((path for name in INSTALLED if (path := shutil.which(name))), None)
    chosen = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **chosen, "args": ["--no-sandbox", "--force-color-profile=srgb"]}


@pytest.fixture(scope="session")
def vendor() -> Path:
    """The chart library, written where the static files are found."""
    from django.conf import settings
    from django.core.management import call_command

    path = settings.BUNDLE / "vega.js"
    if not path.exists():
        call_command("bundle", verbosity=0)
    return path


def _is_complaint(said: Any) -> bool:
    # A form that comes back with what is wrong in it is an answer; Chromium calls its status an error.
    # Vega's advice on how to write a chart begins with WARN and concerns no reader.
    if said.type == "warning" and said.text.startswith("WARN"):
        return False
    return said.type in {"error", "warning"} and "status of 422" not in said.text


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about, and every request that left for another host."""
    return []


@pytest.fixture
def opens(browser: Browser, live_server: Any, vendor: Path, complaints: list[str]) -> Iterator[Any]:
    """Open a page of that size and scheme; it must have complained about nothing at the end."""
    contexts: list[BrowserContext] = []

    def open_page(size: dict[str, int], scheme: str = "light", **options: Any) -> Page:
        context = browser.new_context(
            viewport=size, color_scheme=scheme, base_url=live_server.url, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: _is_complaint(said) and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda sent: (
                sent.url.startswith((live_server.url, "data:", "blob:"))
                or complaints.append(f"a request left: {sent.url}")
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(opens: Any) -> Page:
    """A phone, 390 pixels wide, light."""
    return opens(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(opens: Any) -> Page:
    """A desk, 1,440 pixels wide, light."""
    return opens(DESK)


@pytest.fixture
def dark_phone(opens: Any) -> Page:
    """A phone in the dark."""
    return opens(PHONE, "dark", has_touch=True, is_mobile=True)


@pytest.fixture
def dark_desk(opens: Any) -> Page:
    """A desk in the dark."""
    return opens(DESK, "dark")


@pytest.fixture
def signed_in(live_server: Any) -> Any:
    """Sign a person in on a page without typing: ``signed_in(page, person)``."""
    from django.conf import settings
    from django.test import Client

    def sign_in(page: Page, person: Any) -> Page:
        client = Client()
        client.force_login(person.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return sign_in


def to_room(page, name: str) -> None:
    """Go to a room as a person does: by the line of rooms, or on a phone by the list that opens."""
    menu = page.get_by_text("Rooms", exact=True)
    if menu.is_visible():
        menu.click()
    page.get_by_role("link", name=name, exact=True).click()
