"""Finding by words: what is found, in which order, what is marked, and what nobody may find."""

from __future__ import annotations

import datetime as dt
import html
import unicodedata

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.organization import assemble_organization
from tests.web.handbook import made

from fairlead.web import finding
from fairlead.web.handbook import pages, search
from fairlead.web.handbook.models import Idea, Tip
from fairlead.web.handbook.search import Part, Text


def found(asked: str) -> list[str]:
    return [one.key for one in search.find(asked, search.library())]


@pytest.mark.parametrize("page", list(pages.pages()))
def test_each_page_is_found_first_by_its_title_and_at_all_by_every_other_word_for_it(page):
    title = pages.pages()[page].title
    first = found(title)[0]
    assert first == page or search.plain(pages.pages()[first].title) == search.plain(title)
    for word in pages.pages()[page].also:
        assert search.words(word) == () or page in [
            one.key for one in search.find(word, [text for text in search.library() if text.key == page])
        ]


def test_case_accents_and_composition_do_not_matter():
    text = Text(key="a", title="Führung im Café", short="", parts=(Part.of("Führung im Café", 1),))
    for asked in ("FUHRUNG", "führung", unicodedata.normalize("NFD", "führung"), "CAFE", "café fuhr"):
        assert [one.key for one in search.find(asked, [text])] == ["a"], asked


def test_every_word_has_to_be_there_and_its_beginning_is_enough():
    text = Text(key="a", title="Resource allocation", short="", parts=(Part.of("Resource allocation", 1),))
    assert search.find("res alloc", [text])
    assert not search.find("res budget", [text])
    assert not search.find("source", [text]), "the middle of a word is not what was asked for"


def test_a_title_comes_before_a_word_in_the_text():
    texts = [
        Text(key="body", title="Aaa", short="", parts=(Part.of("conflict conflict conflict", search.BODY),)),
        Text(key="title", title="Conflict", short="", parts=(Part.of("Conflict", search.TITLE),)),
        Text(key="also", title="Bbb", short="", parts=(Part.of("conflict", search.ALSO),)),
    ]
    assert [one.key for one in search.find("conflict", texts)] == ["title", "also", "body"]


def test_nothing_is_asked_for_by_signs_alone():
    for asked in ("", "   ", "!?", "-", "%", "_", "\x00"):
        assert search.find(asked, search.library()) == []


TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@given(TEXTS, TEXTS)
def test_marking_loses_and_adds_no_letter(text, asked):
    pieces = search.marked(text, search.words(asked))
    assert "".join(piece.text for piece in pieces) == text


@given(st.lists(st.sampled_from(["lead", "straße", "CAFÉ", "İz", "ﬁre", "x"]), max_size=6))
def test_what_is_marked_begins_with_what_was_asked_for(words):
    text = " ".join(words)
    wanted = search.words("lead strasse cafe fire")
    for piece in search.marked(text, wanted):
        if piece.found:
            assert any(search.plain(piece.text).startswith(one) for one in wanted)


def test_a_slip_of_the_finger_is_answered_with_what_it_could_have_been():
    assert "management" in search.nearest("managment")
    assert search.nearest("qqqqxxxzz") == []


@pytest.fixture
def organization(db):
    return assemble_organization()


def page(member, asked: str) -> str:
    return html.unescape(member.browser.get("/handbook/search/", {"q": asked}).content.decode())


def test_an_empty_result_says_what_to_try(organization):
    shown = page(organization["max"], "managment")
    assert "Nothing found" in shown
    assert "q=management" in shown
    assert "/handbook/" in shown


def test_published_tips_and_ideas_are_found_by_colleagues_and_not_by_visitors(organization, settings):
    made.tip(organization.person("cleo"), state="published", text="Count the zebras twice.")
    made.idea(organization.person("cleo"), title="Zebra crossing")
    shown = page(organization["max"], "zebra")
    assert "zebras twice" in shown.replace("<mark>", "").replace("</mark>", "")
    assert "crossing" in shown
    settings.PUBLIC_HANDBOOK = True
    from django.test import Client

    assert "crossing" not in Client().get("/handbook/search/", {"q": "zebra"}).content.decode()


@pytest.mark.parametrize("state", ["waiting", "suggested", "declined"])
def test_a_tip_that_is_not_published_is_found_by_nobody(organization, state):
    made.tip(organization.person("cleo"), state=state, text="Count the zebras twice.")
    for name in ("max", "ada", "kim"):
        assert "twice" not in page(organization[name], "zebras")


def test_an_idea_that_was_taken_away_is_not_found(organization):
    made.idea(organization.person("cleo"), title="Zebra crossing", state="hidden")
    assert "crossing" not in page(organization["max"], "zebra")


def test_what_was_asked_for_stays_text(organization):
    shown = organization["max"].browser.get("/handbook/search/", {"q": '"><script>x</script>'})
    assert b"<script>x" not in shown.content


def test_what_was_found_stays_text(organization):
    made.tip(organization.person("cleo"), state="published", text="<img src=x onerror=y> zebras")
    made.idea(organization.person("cleo"), title="<b>zebra</b>", text="<i>zebra</i>")
    shown = organization["max"].browser.get("/handbook/search/", {"q": "zebra"}).content.decode()
    assert "<img src=x" not in shown
    assert "<b>" not in shown.split("From colleagues")[1].split("</section>")[0]


def test_after_many_searches_what_colleagues_wrote_waits_and_the_pages_are_found_as_ever(
    organization, monkeypatch
):
    monkeypatch.setattr(finding, "TRIES", 2)
    made.tip(organization.person("cleo"), state="published", text="Delegate the zebras.")
    made.idea(organization.person("cleo"), title="Delegate twice")
    for asked in ("delegate", "!?", "", "delegate"):
        assert "many searches" not in page(organization["max"], asked)
    shown = page(organization["max"], "delegate")
    assert "These were many searches." in shown
    assert "From colleagues" not in shown
    assert 'id="hits"' in shown
    ideas = html.unescape(organization["max"].browser.get("/handbook/ideas/?q=zebra").content.decode())
    assert "These were many searches." in ideas
    assert "Delegate twice" in ideas
    assert "many searches" not in organization["max"].browser.get("/handbook/ideas/").content.decode()
    assert "From colleagues" in page(organization["eve"], "delegate")


def test_of_many_tips_and_ideas_only_the_newest_hundreds_are_searched(organization):
    today = timezone.localdate()
    old, new = today - dt.timedelta(days=9), today - dt.timedelta(days=1)
    for day, word in ((old, "walrus"), (new, "zebra")):
        made.tip(None, state="published", text=f"Count the {word}.", moderated_on=day)
        at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        made.idea(organization.person("cleo"), title=f"A {word}", made_at=at)
    middle = today - dt.timedelta(days=3)
    noon = dt.datetime.combine(middle, dt.time(12), tzinfo=dt.UTC)
    many = {"page": made.PAGE, "text": "More.", "state": "published", "moderated_on": middle}
    Tip.objects.bulk_create([Tip(**many) for _ in range(400)])
    Idea.objects.bulk_create([Idea(title="More", text="More", effect="", made_at=noon) for _ in range(400)])
    assert page(organization["max"], "zebra").count('class="hit"') == 2
    assert page(organization["max"], "walrus").count('class="hit"') == 0
    ideas = organization["max"].browser.get("/handbook/ideas/?q=walrus").content.decode()
    assert "A walrus" not in ideas


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_asks_the_same_whatever_is_there(organization, rows, django_assert_num_queries):
    for number in range(rows):
        made.tip(organization.person("cleo"), state="published", text=f"zebra {number}")
        made.idea(organization.person("cleo"), title=f"zebra {number}")
    organization["max"].browser.get("/handbook/search/?q=zebra")
    # Eleven reads; the others count the search in the cache, which lies in the database.
    with django_assert_num_queries(23):
        organization["max"].browser.get("/handbook/search/?q=zebra")
