"""Every page that anybody can open, looked at by axe: on a phone in the light, at a desk in the dark.

The pages are those of the access matrix, with its objects, so that a new address is looked at without
anybody thinking of it. The answers come from the application in this process; the browser only draws.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import transaction
from tests.e2e.conftest import DESK, PHONE
from tests.organization import MANAGERS, assemble_organization
from tests.walls.matrix import MATRIX, Row
from tests.walls.test_access_matrix import OWNER, ask, path_of

from fairlead.web import asked_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

ORIGIN = "http://fairlead.test"
WHOLE = {"resultTypes": ["violations"]}
CONTRAST = {**WHOLE, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""In the dark only colours change."""


def room_of(route: str) -> str:
    return route.split("/", 1)[0] or "front"


def has_pages(row: Row) -> bool:
    return "200" in " ".join((row.get, *(get for get, _post in row.roles.values())))


ASKING = ("direction", "growth")
GERMAN = re.compile(rb"<main [^>]*lang=\"de\"")
ROOMS = sorted({room_of(route) for route, row in MATRIX.items() if has_pages(row)} - {"healthz", "readyz"})


@dataclass(frozen=True)
class Seen:
    """One page as one person got it."""

    path: str
    name: str
    html: bytes


@cache
def _axe() -> Axe:
    """Give axe without its half a megabyte of script: each page has that from its first moment."""
    return Axe("")


def pages(room: str) -> Iterator[Seen]:
    """Give each page of a room as the first who gets it: visitor, owner, then whom its row names."""
    organization = assemble_organization()
    for route, row in MATRIX.items():
        if room_of(route) != room:
            continue
        with transaction.atomic():
            path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
            for name in dict.fromkeys(("visitor", OWNER, *row.roles, *MANAGERS)):
                answer = ask(None if name == "visitor" else organization[name], "get", path)
                if answer.status_code == 200:
                    if answer.body[:15].lower() == b"<!doctype html>":  # and no part of a page, no file
                        yield Seen(path, name, answer.body)
                    break
            transaction.set_rollback(True)


def served(page: Page, seen: dict[str, bytes]) -> None:
    """Answer what the browser asks for: the page itself, and the files it is drawn with."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in seen:
            route.fulfill(body=seen[path], content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=Path(found))
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)


@pytest.fixture
def looks(browser: Browser) -> Iterator[Any]:
    """Open a page that answers from ``seen``, and let axe look at it."""
    contexts = []
    seen: dict[str, bytes] = {}

    def opened(size: dict[str, int], scheme: str) -> Page:
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        context.add_init_script(AXE_SCRIPT)
        page = context.new_page()
        served(page, seen)
        return page

    light, dark = opened(PHONE, "light"), opened(DESK, "dark")

    def look(one: Seen, *, only_light: bool = False) -> list[str]:
        seen.clear()
        seen[one.path] = one.html
        found = []
        for page, options in ((light, WHOLE), (dark, CONTRAST))[: 1 if only_light else 2]:
            page.goto(ORIGIN + one.path, wait_until="load")
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > page.viewport_size["width"]:
                found.append(f"{one.path} ({one.name}): {wide} pixels wide")
            for wrong in _axe().run(page, options=options).response["violations"]:
                where = "; ".join(" ".join(map(str, node["target"])) for node in wrong["nodes"][:3])
                found.append(f"{one.path} ({one.name}): {wrong['id']}: {wrong['help']}: {where}")
        return found

    yield look
    for context in contexts:
        context.close()


@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing(db: None, looks, room):
    found, count = [], 0
    for one in pages(room):
        count += 1
        found += looks(one)
    assert count, "no page was opened"
    assert found == []


def german_pages() -> Iterator[Seen]:
    """Give each page that asks its owner in German, where the browser was told to."""
    organization = assemble_organization()
    organization[OWNER].browser.cookies[asked_in.COOKIE] = "de"
    for route, row in MATRIX.items():
        if room_of(route) not in ASKING or not has_pages(row):
            continue
        with transaction.atomic():
            path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
            answer = ask(organization[OWNER], "get", path)
            if answer.status_code == 200 and GERMAN.search(answer.body):
                yield Seen(path, OWNER, answer.body)
            transaction.set_rollback(True)


def test_axe_finds_nothing_in_german_on_a_phone(db: None, looks):
    """What asks in German: long words, the language said where it changes."""
    found, paths = [], []
    for one in german_pages():
        paths.append(one.path)
        found += looks(one, only_light=True)
    assert found == []
    assert len(paths) > 15
    for part in ("frustrations/", "next-level/", "offers/", "tracks/", "plan/", "mentors/"):
        assert any(part in path for path in paths), part


def test_axe_is_awake(looks):
    html = (
        b'<!doctype html><html lang="en"><head><title>A</title></head><body><main><h1>A</h1>'
        b'<img src="/x.png"><p style="color:#bbb;background:#fff">pale</p></main></body></html>'
    )
    found = " ".join(looks(Seen("/planted/", "nobody", html)))
    assert "image-alt" in found
    assert found.count("color-contrast") == 2
