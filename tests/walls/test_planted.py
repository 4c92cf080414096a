"""Everything about Cleo carries a planted word; nobody meets one that the policy table does not allow."""

from __future__ import annotations

import base64
import logging
import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.http import HttpResponse, JsonResponse
from django.urls import Resolver404, path, resolve
from tests.organization import MANAGERS, assemble_organization
from tests.walls.planting import JSON, NOT_PLANTED, Planted, fields, may_meet, texts
from tests.walls.test_access_matrix import ask

from fairlead.web import rights, urls, vault
from fairlead.web.audits.models import AnswerSheet, Procedure
from fairlead.web.people.models import Person
from fairlead.web.trail.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

LINK = re.compile(r"""(?:href|src|action|hx-get)=["'](/[^"'#]*)""")
MOST = 3
"""Pages of one address that a person is followed to: the role library alone has a thousand."""


@pytest.fixture
def planted(db, caplog):
    found = Planted(assemble_organization(signed_in=True))
    caplog.set_level(logging.DEBUG)
    return found


class Crawl:
    """What one person meets, at every address and along every link they are given."""

    def __init__(self, planted: Planted, who: str) -> None:
        """Begin at every address there is, with the numbers of Cleo's things in them."""
        self.planted, self.who = planted, who
        self.member = None if who == "visitor" else planted.organization[who]
        self.waits = ["/", "/nowhere/", "/nowhere/?q=1", *planted.paths]
        self.seen: set[str] = set()
        self.met: dict[str, str] = {}
        self.broken: list[str] = []
        self.often: Counter[str] = Counter()
        self.requests = 0

    def walk(self, *, posts: bool = True) -> Crawl:
        """Get each address, follow each link, send each form empty."""
        while self.waits:
            place = self.waits.pop(0)
            if place in self.seen or "/logout/" in place or place.startswith("/static/"):
                continue
            self.seen.add(place)
            if self._enough(place):
                continue
            self._take(place, ask(self.member, "get", place))
            if posts and place in self.planted.paths:
                self._take(place, ask(self.member, "post", place))
        return self

    def _enough(self, place: str) -> bool:
        if place in self.planted.paths:
            return False
        try:
            route = resolve(urlsplit(place).path).route
        except Resolver404:
            route = "nowhere"
        self.often[route] += 1
        return self.often[route] > MOST

    def _take(self, place: str, answer: Any) -> None:
        self.requests += 1
        told = texts(answer)
        made_up = place.startswith("/accounts/2fa/webauthn/reauth")  # the key of the matrix opens nothing
        if answer.status_code >= 500 and not made_up:
            self.broken.append(f"{place}: {answer.status_code}")
        for name, word in self.planted.words.items():
            if word in told:
                self.met.setdefault(name, place)
        if "text/html" in answer.get("Content-Type", ""):
            self.waits += [unescape(link) for link in LINK.findall(answer.body.decode("utf-8", "replace"))]
        if answer.get("Location", "").startswith("/"):
            self.waits.append(urlsplit(answer["Location"]).path)

    @property
    def foreign(self) -> dict[str, str]:
        """What they met and the table does not let them read, with the place."""
        return {name: place for name, place in self.met.items() if not may_meet(self.who, name)}


def crawls(planted: Planted, names: Iterable[str], *, posts: bool = True) -> list[Crawl]:
    return [Crawl(planted, who).walk(posts=posts) for who in names]


def test_every_field_that_can_hold_words_is_planted_or_has_its_reason(planted):
    names = {name for _model, _field, name in fields()}
    bare = names - set(planted.words) - set(NOT_PLANTED)
    assert bare == set(), f"plant a word there, or say why not: {sorted(bare)}"
    assert set(NOT_PLANTED) - names == set(), "these fields are gone"
    assert set(JSON) - names == set(), "these fields are gone"
    assert set(planted.words) & set(NOT_PLANTED) == set()
    assert len(set(planted.words.values())) == len(planted.words), "each has a word of its own"


def test_their_owner_meets_them_so_the_search_is_alive(planted):
    cleo = planted.organization.person("cleo")
    handed_out = repr(rights.everything(cleo)).lower()
    missing = {name for name, word in planted.words.items() if word not in handed_out}
    not_about_one = {"Unit.name", "RosterImport.file", "RosterImport.before", "Invitation.email"}
    withheld = {
        "Authenticator.data",
        "Survey.organization",
        "Report.comments",
        "Report.others_comments",
        "Theme.text",
    }
    assert missing <= not_about_one | withheld, "everything about a person is in their file"
    crawl = Crawl(planted, "cleo").walk(posts=False)
    assert crawl.broken == [], crawl.broken
    assert len(crawl.met) >= len(planted.words) // 2, sorted(set(planted.words) - set(crawl.met))


def test_a_few_meet_no_foreign_word(planted):
    """The quick one: a colleague, a manager, people operations, a visitor."""
    for crawl in crawls(planted, ("max", "visitor"), posts=False):
        assert crawl.foreign == {}, crawl.who
        assert crawl.broken == [], crawl.who


@pytest.mark.slow
def test_nobody_meets_a_word_that_the_table_does_not_allow(planted, caplog, capsys):
    found = crawls(planted, [name for name in MANAGERS if name != "cleo"] + ["visitor"])
    with capsys.disabled():
        print(  # noqa: T201 - the figures are quoted in the documents
            f"\ncanaries: {len(planted.words)} planted, {sum(c.requests for c in found)} answers searched "
            f"as {len(found)} people, {sum(len(c.foreign) for c in found)} foreign met"
        )
    assert {crawl.who: crawl.foreign for crawl in found if crawl.foreign} == {}
    assert {crawl.who: crawl.broken for crawl in found if crawl.broken} == {}
    by_role = {crawl.who: crawl.met for crawl in found}
    assert "Position.level" in by_role["ada"], "people operations do read the roster: the search is alive"
    for message in mail.outbox:
        assert [w for w in planted.words.values() if w in f"{message.subject}{message.body}".lower()] == []
    assert [word for word in planted.words.values() if word in caplog.text.lower()] == []
    for session in Session.objects.all():
        held = repr(session.get_decoded()).lower()
        assert [word for word in planted.words.values() if word in held] == []
    for entry in Entry.objects.all():
        assert [word for word in planted.words.values() if word in repr(entry.facts).lower()] == []


def leak_plain(_request: Any) -> HttpResponse:
    with vault.on_duty("test"):  # past the second wall: this is about the search
        return HttpResponse("".join(str(sheet.texts) for sheet in AnswerSheet.objects.all()))


def leak_as_json(_request: Any) -> JsonResponse:
    with vault.on_duty("test"):
        return JsonResponse({"found": [one.name.upper() for one in Procedure.objects.all()]})


def leak_in_a_header(_request: Any) -> HttpResponse:
    return HttpResponse(
        headers={"X-Found": str(Person.objects.exclude(role_title="").values_list("role_title"))}
    )


def leak_in_an_error(_request: Any) -> HttpResponse:
    return HttpResponse(Person.objects.exclude(left_reason="").get().left_reason, status=404)


LEAKS = {
    "plain": (leak_plain, "AnswerSheet.texts"),
    "json": (leak_as_json, "Procedure.name"),
    "header": (leak_in_a_header, "Person.role_title"),
    "error": (leak_in_an_error, "Person.left_reason"),
}
urlpatterns = [*urls.urlpatterns, *(path(f"leak/{name}/", view) for name, (view, _field) in LEAKS.items())]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404


@pytest.mark.parametrize("name", list(LEAKS))
def test_a_page_that_leaks_is_caught(planted, settings, name):
    settings.ROOT_URLCONF = __name__
    crawl = Crawl(planted, "max")
    crawl.waits = [f"/leak/{name}/"]
    assert LEAKS[name][1] in crawl.walk(posts=False).foreign


def test_a_word_is_no_accident(planted):
    """No word is part of another, of base64, or of a number: a hit is a leak."""
    for word in planted.words.values():
        assert word.count("-") >= 2
        assert base64.b64encode(word.encode()).decode() != word
        assert not any(word in other for other in planted.words.values() if other != word)
