"""What every answer carries, and what no page holds: inline code, inline style, another host."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from tests.cast import Member
from tests.organization import sign_in
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import ask, path_of

POLICY = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
POINTS_OUT = ("src", "href", "action", "formaction", "poster", "srcset", "data", "hx-get", "hx-post")


class Finds(HTMLParser):
    """Collects what the policy would stop, or what would leave this installation."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.loads: list[str] = []
        self._in_script = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        for name, value in said.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in POINTS_OUT and re.match(r"(?:[a-z]+:)?//", value or "", re.IGNORECASE):
                (self.found if tag != "a" else self.loads).append(f"<{tag} {name}={value!r}>")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag == "style":
            self.found.append("<style>")
        if tag == "script" and "src" not in said and said.get("type") != "application/json":
            self.found.append("<script> without src")


def policy_of(response):
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


SANDBOXED = {"journey/files/<uuid:pk>/": {"sandbox": "", "default-src": "'none'"}}
"""Files that people put in themselves come back under a policy that allows nothing at all."""


@pytest.mark.parametrize("route", list(MATRIX))
def test_each_answer_is_private_and_carries_the_policy(cast, settings, route):
    settings.DEMO = route.startswith("demo/")
    row = MATRIX[route]
    path = path_of(route, row.own(cast.ada.person) if row.own else {})
    for who in (None, *(Member(one.person, sign_in(one.person)) for one in (cast.ada, cast.eve))):
        for method in ("get", "post"):
            answer = ask(who, method, path)
            given = answer.status_code == 200
            policy = SANDBOXED.get(route, POLICY) if given else POLICY
            assert policy_of(answer) == policy, f"{method} {path}"
            for name, value in HEADERS.items():
                assert answer.headers.get(name) == value, f"{method} {path}: {name}"
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                assert Finds(answer.body.decode()).found == [], f"{method} {path}"


@pytest.mark.parametrize(("status", "path"), [(404, "/xyzzy/"), (404, "/role/xyzzy/xyzzy/")])
def test_error_pages_are_pages_of_the_house(cast, status, path):
    answer = ask(cast.ada.person, "get", path)
    assert answer.status_code == status
    assert policy_of(answer) == POLICY
    assert Finds(answer.body.decode()).found == []
    assert "xyzzy" not in answer.body.decode()


def test_the_check_itself_finds_what_it_looks_for():
    planted = (
        '<p style="color:red" onclick="x()"><script>1</script><style>p{}</style>'
        '<img src="//else.example/a.png"><a href="javascript:x()">x</a>'
    )
    assert len(Finds(planted).found) == 6
    assert (
        Finds('<script type="application/json">{}</script><script src="/static/a.js"></script>').found == []
    )


def test_the_page_for_broken_things_needs_nothing_that_may_be_broken(client, monkeypatch, db):
    from fairlead.web import views

    def broken(request):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(views, "today", broken)
    client.raise_request_exception = False
    from tests.cast import member

    client.force_login(member("ada").person.user)
    answer = client.get("/today/")
    assert answer.status_code == 500
    assert "secret detail" not in answer.content.decode()
    assert Finds(answer.content.decode()).found == []
    assert answer.headers["Cache-Control"] == "no-store"
