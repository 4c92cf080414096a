"""Wherever a page of My direction, My growth or My role says a word of the handbook, it links to its page.

A word counts where it is all that an element says: a heading, a cell, the label of a figure or a line. Fields
of forms are left out: a link inside of a label is pressed by accident. Once on a page is enough.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from tests.organization import assemble_organization
from tests.web.audits import made as audits
from tests.web.growth import made

from fairlead.core.direction_signs import SIGNS
from fairlead.core.work import LABELS, Competency
from fairlead.library import load
from fairlead.library.practice import SKILLS
from fairlead.library.steps import step_texts
from fairlead.web import vault
from fairlead.web.demo.directions import told
from fairlead.web.direction import actions, offer_actions
from fairlead.web.direction.frustration_queries import VERDICTS
from fairlead.web.direction.models import Sitting
from fairlead.web.growth import measuring
from fairlead.web.growth.models import Leader, MentorOffer, Training
from fairlead.web.growth.topics import TRACKS
from fairlead.web.handbook import pages

VOID: Final = {"br", "img", "input", "link", "meta", "hr", "wbr", "rect", "progress"}
QUIET: Final = {
    "nav",
    "button",
    "option",
    "label",
    "legend",
    "title",
    "h1",
    "textarea",
    "script",
    "style",
    "svg",
}
"""Where a link has no place: ways elsewhere, fields, and the name of the page itself."""

QUESTIONNAIRES: Final = ("role-audit", "two-sides", "motives", "multiplier")


def vocabulary() -> dict[str, str]:
    """Every competency, track, warning, verdict and scale as screens write it, and its page."""
    said: dict[str, str] = {LABELS[one]: str(one) for one in Competency}
    said |= {words: str(one) for one, words in SKILLS.items()} | {words: one for one, words in TRACKS.items()}
    said |= {words.title: name for name, words in SIGNS.items()}
    said |= {one.title: f"sign_{one.id}" for one in step_texts().warnings}
    said |= {words: name for name, words in VERDICTS.items()}
    for name in QUESTIONNAIRES:
        said |= {scale.label: scale.about for scale in load.instrument(name).scales}
    found = {text: pages.of_word(word) for text, word in said.items()}
    assert None not in found.values(), [text for text, page in found.items() if page is None]
    return {text: page.id for text, page in found.items() if page is not None}


class Reader(HTMLParser):
    """Reads which elements say nothing but one word, and which pages of the handbook are linked."""

    def __init__(self) -> None:
        """Begin outside of everything."""
        super().__init__()
        self.stack: list[tuple[str, list[str]]] = []
        self.texts: set[str] = set()
        self.linked: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Go into an element, and note a link into the handbook."""
        target = re.match(r"/handbook/page/([^/]+)/", dict(attrs).get("href") or "")
        if target:
            self.linked.add(target[1])
        if tag not in VOID:
            self.stack.append((tag, []))

    def handle_data(self, data: str) -> None:
        """Keep what the innermost element says itself."""
        if self.stack:
            self.stack[-1][1].append(data)

    def handle_endtag(self, tag: str) -> None:
        """Come out of an element."""
        while self.stack:
            name, texts = self.stack.pop()
            if not QUIET & {one for one, _texts in self.stack} | ({name} & QUIET):
                self.texts.add(re.sub(r"\s+", " ", "".join(texts)).strip().rstrip("."))
            if name == tag:
                return


def unlinked(html: str, words: dict[str, str]) -> set[str]:
    """Give the words that a page says and does not link."""
    reader = Reader()
    reader.feed(html[html.index("<main") : html.index("</main>")])
    return {text for text in reader.texts & set(words) if words[text] not in reader.linked}


@pytest.fixture
def lives(db):
    """Cleo and Max with all that these rooms can show."""
    organization = assemble_organization(signed_in=True)
    for name, member in (("cleo", "rut"), ("max", "will_gap")):
        person = organization.person(name)
        with vault.seen_by(person):
            actions.take_in(actor=person, answers=told(member, "2026-11-20"))
            skill = made.skill(person, "people_under_stress", state="open", opened_on="2026-11-02")
            asked = measuring.questions_of(skill.about)
            values = {one["id"]: 2 for one in asked}
            made.experiment(skill, questions=asked, baseline=values, again=values, ended_on="2026-11-10")
            made.skill(person, "reliability")
            made.skill(person, "innovation", state="done", ended_on="2026-11-01")
            Training.objects.create(
                owner=person, name="A course", kind="training", about="reliability", state="done"
            )
            Leader.objects.create(owner=person, label="One", keep=["This"])
            offer_actions.record(actor=person, title="An offer", from_whom="", came_on=skill.made_at.date())
    MentorOffer.objects.create(person=organization.person("eve"), about=["reliability", "expert", "conflict"])
    return organization


PAGES: Final = (
    "/direction/", "/direction/frustrations/", "/direction/frustrations/1/", "/direction/tracks/",
    "/direction/tracks/expert/", "/direction/tracks/expert/about/", "/direction/next-level/",
    "/direction/next-level/burdens/", "/direction/next-level/talk/", "/direction/goals/",
    "/direction/offers/",
    "/growth/", "/growth/practices/reliability/", "/growth/training/", "/growth/mentors/?about=reliability",
    "/growth/mentors/?about=expert", "/growth/mentors/wish/", "/growth/mentors/offer/", "/growth/coach/",
    "/growth/plan/", "/growth/leaders/", "/growth/my-way/", "/growth/dates/",
)  # fmt: skip


@pytest.mark.parametrize("name", ["cleo", "max"])
def test_every_word_of_these_rooms_leads_to_its_page(lives, name):
    words, browser, person = vocabulary(), lives[name].browser, lives.person(name)
    with vault.seen_by(person):
        sittings = [f"/direction/sitting/{one.pk}/" for one in Sitting.objects.filter(owner=person)]
        skills = [f"/growth/skills/{one.pk}/" for one in made.Skill.objects.filter(owner=person)]
    missing = {}
    for path in (*PAGES, *sittings, *skills):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        if found := unlinked(answer.content.decode(), words):
            missing[path] = sorted(found)
    assert missing == {}


@pytest.mark.slow
def test_every_word_of_a_reading_leads_to_its_page(cast):
    audits.stand(cast.ada)
    words = {
        text: page for text, page in vocabulary().items() if text != "People"
    }  # there a column, no scale
    for path in ("/role/", "/role/readings/"):
        page = cast.ada.browser.get(path).content.decode()
        assert unlinked(page, words) == set(), path


def test_a_word_without_a_link_is_noticed():
    words = {"Reliability": "reliability"}
    page = "<main><h1>Reliability</h1><label>Reliability</label>{}</main>"
    assert unlinked(page.format(""), words) == set()
    assert unlinked(page.format("<h2>Reliability</h2>"), words) == {"Reliability"}
    assert unlinked(page.format("<td> Reliability. </td>"), words) == {"Reliability"}
    linked = '<p>Reliability</p><a href="/handbook/page/reliability/">more</a>'
    assert unlinked(page.format(linked), words) == set()
