"""Every address, every member of the cast, every method, against a written table."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from tests.cast import Browser
from tests.organization import MANAGERS, Organization, assemble_organization, sign_in
from tests.walls.matrix import MATRIX, Row

UNKNOWN_METHODS = ("put", "patch", "delete")


@pytest.fixture
def organization(db: None) -> Organization:
    return assemble_organization()


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


def ask(person: Any, method: str, path: str) -> Any:
    """Send one request as that person, in a browser of its own, and take back what it changed."""
    browser = Browser(raise_request_exception=False)
    cache.clear()  # how often somebody asks is counted there
    with transaction.atomic():
        if person is not None:
            sign_in(person, browser)
        response = getattr(browser, method)(path)
        body = response.content if not response.streaming else b""
        transaction.set_rollback(True)
    response.body = body
    return response


def test_every_address_has_its_row_and_every_row_its_address():
    found = set(addresses())
    assert found - set(MATRIX) == set(), "write down who may see these"
    assert set(MATRIX) - found == set(), "these addresses are gone"


OWNER = "cleo"
OTHERS = [name for name in MANAGERS if name != OWNER]


@pytest.mark.parametrize("route", list(MATRIX))
def test_each_answers_to_each_as_written(organization, route):
    row: Row = MATRIX[route]
    owner = organization.person(OWNER)
    values = row.own(owner) if row.own else {}
    path = path_of(route, values)
    for column, (method, written) in enumerate((("get", row.get), ("post", row.post))):
        for_visitor, for_owner, for_others = written.split()
        assert said(ask(None, method, path)) == for_visitor, f"{method} {path} as a visitor"
        for name in OTHERS:
            expected = row.roles[name][column] if name in row.roles else for_others
            assert said(ask(organization.person(name), method, path)) == expected, (
                f"{method} {path} as {name}"
            )
        assert said(ask(owner, method, path)) == for_owner, f"{method} {path} as its owner"


@pytest.mark.parametrize("route", [route for route, row in MATRIX.items() if row.missing])
def test_a_foreign_object_answers_byte_for_byte_like_a_missing_one(organization, route):
    row = MATRIX[route]
    foreign = path_of(route, row.own(organization.person(OWNER)))
    missing = path_of(route, row.missing)
    for column, (method, written) in enumerate((("get", row.get), ("post", row.post))):
        for name in OTHERS:
            expected = row.roles[name][column] if name in row.roles else written.split()[2]
            if expected != "404":
                continue
            person = organization.person(name)
            one, other = ask(person, method, foreign), ask(person, method, missing)
            assert (one.status_code, one.body) == (other.status_code, other.body) == (404, one.body), name
            assert _headers(one) == _headers(other), name


def _headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if name != "Set-Cookie"}


@pytest.mark.parametrize("route", list(MATRIX))
def test_no_address_knows_another_method(organization, route):
    row = MATRIX[route]
    path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
    people = (None, organization.person(OWNER), organization.person("eve"))
    for method in UNKNOWN_METHODS:
        for person, written in zip(people, row.post.split(), strict=True):
            answer = ask(person, method, path)
            # allauth's views read PUT as POST, and a dead link is dead for all; that opens no second way.
            as_post = route.startswith("accounts/") and said(answer) == written
            assert answer.status_code >= 300 or as_post, f"{method} {path}"


@pytest.mark.parametrize(
    "route", [route for route, row in MATRIX.items() if set(row.post.split()) != {"405"}]
)
def test_nothing_is_written_without_the_token_of_a_form(organization, route):
    row = MATRIX[route]
    path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
    browser = sign_in(organization.person(OWNER), Browser(enforce_csrf_checks=True))
    assert browser.post(path).status_code in {403, 404}
