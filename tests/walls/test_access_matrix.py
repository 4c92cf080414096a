"""Every address, everybody of the organization, every method, against a written table."""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from tests.cast import Browser, Member
from tests.organization import MANAGERS, ROLES, Organization, assemble_organization, sign_in
from tests.walls.form_reading import Forms
from tests.walls.matrix import MATRIX, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN_METHODS = ("put", "patch", "delete")
OWNER = "cleo"
OTHERS = tuple(name for name in MANAGERS if name != OWNER)
NOT_YOURS = "404"


@pytest.fixture
def organization(db: None) -> Organization:
    return assemble_organization(signed_in=True)


def addresses(resolver: Any = None, before: str = "") -> dict[str, Any]:
    """Every route that the resolver knows, with its pattern."""
    found: dict[str, Any] = {}
    for part in (resolver or get_resolver()).url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            found.update(addresses(part, route))
        elif isinstance(part, URLPattern):
            found[route] = part
    return found


def path_of(route: str, values: dict[str, Any]) -> str:
    """Fill a route's places, or take the path that its row gives."""
    if MATRIX[route].path:
        return MATRIX[route].path
    for converter in ("uuid:", "int:", "str:", "slug:", ""):
        for name, value in values.items():
            route = route.replace(f"<{converter}{name}>", str(value))
    assert "<" not in route, f"{route}: say in the table how to fill it"
    return "/" + route


def said(response: Any) -> str:
    """An answer in the words of the table."""
    place = response.headers.get("Location", "")
    if response.status_code == 302 and place.startswith("/accounts/login/"):
        return "in"
    if response.status_code == 302 and place.startswith(
        ("/accounts/reauthenticate/", "/accounts/2fa/reauth")
    ):
        return "again"
    return str(response.status_code)


@functools.cache
def _handler() -> ClientHandler:
    """Put the middleware together once, and not for each request."""
    return ClientHandler(enforce_csrf_checks=False)


def ask(who: Member | Any, method: str, path: str, data: Any = None) -> Any:
    """Send one request in a browser like the member's (or as a person), and take back what it changed."""
    browser = Browser(raise_request_exception=False)
    browser.handler = _handler()
    cache.clear()  # how often somebody asks is counted there
    with transaction.atomic():
        if isinstance(who, Member):
            browser.cookies.load(who.browser.cookies.output(header="", sep=";"))
        elif who is not None:
            sign_in(who, browser)
        response = getattr(browser, method)(path, data)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    response.body = body
    return response


@dataclass
class Walk:
    """What a walk over the table found."""

    organization: Organization
    requests: int = 0
    pairs: int = 0
    cells: set[tuple[str, str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    forms: dict[str, set[str]] = field(default_factory=dict)

    def over(self, routes: Iterable[str], others: Any) -> Walk:
        """Ask at each route as the visitor, the owner and those others that are named for it."""
        for number, route in enumerate(routes):
            with transaction.atomic():
                self._at(route, [*dict.fromkeys([*others(number), *MATRIX[route].roles])])
                transaction.set_rollback(True)
        return self

    def _at(self, route: str, others: list[str]) -> None:
        row: Row = MATRIX[route]
        path = path_of(route, row.own(self.organization.person(OWNER)) if row.own else {})
        missing = path_of(route, row.missing) if row.missing else ""
        for column, (method, written) in enumerate((("get", row.get), ("post", row.post))):
            visitor, owner, other = written.split()
            self._one("visitor", method, route, path, visitor)
            self._one(OWNER, method, route, path, owner)
            for name in others:
                expected = row.roles[name][column] if name in row.roles else other
                answer = self._one(name, method, route, path, expected)
                if missing and expected == NOT_YOURS:
                    self._same(name, method, answer, missing)

    def _one(self, name: str, method: str, route: str, path: str, expected: str) -> Any:
        answer = ask(self._member(name), method, path)
        self.requests += 1
        self.cells.add((name, method, route))
        if said(answer) != expected:
            self.wrong.append(f"{method.upper()} {path} as {name}: {said(answer)}, written is {expected}")
        if found := Forms(answer.body.partition(b"<main")[2].decode(errors="replace")).found:
            self.forms.setdefault(route, set()).update(found)
        return answer

    def _same(self, name: str, method: str, foreign: Any, missing: str) -> None:
        """A foreign object answers byte for byte like a missing one."""
        other = ask(self._member(name), method, missing)
        self.requests += 1
        self.pairs += 1
        if (foreign.status_code, foreign.body, _headers(foreign)) != (
            other.status_code,
            other.body,
            _headers(other),
        ):
            self.wrong.append(f"{method.upper()} {missing} as {name}: foreign and missing differ")

    def _member(self, name: str) -> Member | None:
        return None if name == "visitor" else self.organization[name]


def _headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if name != "Set-Cookie"}


def test_every_address_has_its_row_and_every_row_its_address():
    found = set(addresses())
    assert found - set(MATRIX) == set(), "write down who may see these"
    assert set(MATRIX) - found == set(), "these addresses are gone"


def test_each_answers_as_written_to_a_few(
    organization,
):
    """The quick walk: owner, visitor, each whom the row names, and one other by turns."""

    walk = Walk(organization).over(MATRIX, lambda number: [OTHERS[number % len(OTHERS)]])
    assert walk.wrong == []
    assert walk.forms == {}, "the server says what is too long or missing, and keeps what was typed"
    assert {name for name, _method, _route in walk.cells} >= {*MANAGERS, "visitor"}


@pytest.mark.slow
def test_each_answers_to_each_as_written(organization, capsys):
    """The whole walk; it says how much that is."""
    begun = time.process_time()
    walk = Walk(organization).over(MATRIX, lambda _number: OTHERS)
    with capsys.disabled():
        print(  # noqa: T201 - the figures are quoted in the documents
            f"\naccess matrix: {len(MATRIX)} addresses x 2 methods x "
            f"{len(MANAGERS) + 1} people "
            f"({len(set(ROLES.values())) + 1} granted roles, managers, colleagues, owner, visitor) = "
            f"{len(walk.cells)} cells, {walk.pairs} foreign-missing pairs, {walk.requests} requests "
            f"in {time.process_time() - begun:.0f} s of processor time"
        )
    assert walk.wrong == []
    assert len(walk.cells) == len(MATRIX) * 2 * (len(MANAGERS) + 1)


def test_a_wrong_row_is_found(organization, monkeypatch):
    """The walk is alive: a row that promises too little or too much does not pass."""
    monkeypatch.setitem(MATRIX, "today/", Row("in 200 404", "405 405 405"))
    monkeypatch.setitem(MATRIX, "roles/", Row("in 404 404", "405 405 405"))
    walk = Walk(organization).over(["today/", "roles/"], lambda _number: ("max", "ada"))
    assert len(walk.wrong) == 3, walk.wrong


def test_no_address_knows_another_method(organization):
    wrong = []
    for route, row in MATRIX.items():
        with transaction.atomic():
            path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
            people = (None, organization[OWNER], organization["eve"])
            for method in UNKNOWN_METHODS:
                for member, written in zip(people, row.post.split(), strict=True):
                    answer = ask(member, method, path)
                    # allauth's views read PUT as POST, and a dead link is dead for all; no second way in.
                    as_post = route.startswith("accounts/") and said(answer) == written
                    if answer.status_code < 300 and not as_post:
                        wrong.append(f"{method} {path}")
            transaction.set_rollback(True)
    assert wrong == []


def test_nothing_is_written_without_the_token_of_a_form(organization):
    wrong = []
    for route, row in MATRIX.items():
        if set(row.post.split()) == {"405"}:
            continue
        with transaction.atomic():
            path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
            browser = sign_in(organization.person(OWNER), Browser(enforce_csrf_checks=True))
            if browser.post(path).status_code not in {403, 404}:
                wrong.append(path)
            transaction.set_rollback(True)
    assert wrong == []
