"""The library's pages in the browser: by kind, by word, with their tables, sources and practices."""

from __future__ import annotations

import html
import re

import pytest
from django.template import Context, Template
from django.test import override_settings
from tests import processor
from tests.organization import assemble_organization

from fairlead.core.work import Competency
from fairlead.library import load
from fairlead.library.handbook_page import PageKind
from fairlead.web.handbook import pages, queries


@pytest.fixture
def organization(db):
    return assemble_organization()


def text(answer) -> str:
    return html.unescape(answer.content.decode())


def test_a_page_of_each_kind_opens_with_its_meaning_its_ways_on_and_its_sources(organization):
    opens([shelf.pages[0] for shelf in pages.shelves()], organization["max"].browser)


@pytest.mark.slow
def test_every_page_opens_with_its_meaning_its_ways_on_and_its_sources(organization):
    opens(pages.pages().values(), organization["max"].browser)


def opens(all_of_them, browser) -> None:
    research = load.handbook_research()
    for page in all_of_them:
        answer = browser.get(f"/handbook/page/{page.id}/")
        assert answer.status_code == 200, page.id
        shown = text(answer)
        assert page.short in shown, page.id
        for other in page.see:
            assert f'href="/handbook/page/{other}/"' in shown, (page.id, other)
        for key in page.research:
            assert research[key].cite in shown, (page.id, key)


def test_a_source_is_a_link_to_its_doi_that_tells_the_other_side_nothing(organization):
    page = pages.pages()["one_skill"]
    shown = text(organization["max"].browser.get("/handbook/page/one_skill/"))
    for key in page.research:
        doi = load.handbook_research()[key].doi
        assert f'<a href="https://doi.org/{doi}" rel="noopener noreferrer">doi:{doi}</a>' in shown


def test_what_to_read_under_a_competency_links_to_doi_org(organization):
    shown = text(organization["max"].browser.get("/handbook/page/risk_mitigation/"))
    links = re.findall(r'<a href="https://doi\.org/([^"]+)" rel="([^"]*)">doi:([^<]+)</a>', shown)
    assert len(links) >= 3
    assert all(leads == said and rel == "noopener noreferrer" for leads, rel, said in links)


def test_every_kind_of_page_has_its_heading():
    assert {kind.value for kind in PageKind} == set(pages.KINDS)


def test_rows_are_not_shown_to_readers(organization):
    shown = text(organization["max"].browser.get("/handbook/page/leading/"))
    for row in pages.pages()["leading"].rows:
        assert not re.search(rf"\brows? {row}\b", shown)


def test_the_index_holds_every_page_once(organization):
    shown = text(organization["max"].browser.get("/handbook/"))
    linked = re.findall(r'<dt><a href="/handbook/page/([^/]+)/"', shown)
    assert sorted(linked) == sorted(pages.pages())


def test_the_difference_chart_is_a_table_with_names_for_its_columns_and_rows(organization):
    shown = text(organization["max"].browser.get("/handbook/page/difference_chart/"))
    table = next(one for one in pages.pages()["difference_chart"].body if one.block == "table")
    for column in table.columns:
        assert f'<th scope="col" role="columnheader">{column}</th>' in shown
    for line in table.lines:
        assert f'<th scope="row" role="rowheader">{line[0]}</th>' in shown
        for column, cell in zip(table.columns[1:], line[1:], strict=True):
            assert f'<span class="side" aria-hidden="true">{column}</span>{cell}</td>' in shown


def test_each_competency_shows_three_things_to_try(organization):
    for name in Competency:
        shown = text(organization["max"].browser.get(f"/handbook/page/{name}/"))
        for practice in load.practices()[name].practices:
            assert practice.title in shown
            assert practice.does in shown


def test_a_page_that_is_not_there_is_a_404(organization):
    assert organization["max"].browser.get("/handbook/page/nothing/").status_code == 404


def test_a_word_is_a_link_to_its_page_and_plain_where_there_is_none():
    def drawn(source: str, **more: str) -> str:
        return Template("{% load handbook %}" + source).render(Context(more))

    link = drawn('{% word "resource_allocation" %}')
    assert 'href="/handbook/page/resource_allocation/"' in link
    assert ">Resource allocation</a>" in link
    assert drawn('{% word "no_such_word" "So it is" %}') == "So it is"
    assert drawn('{% word "change" "Open to change" "pulse" %}').startswith(
        '<a class="word" href="/handbook/'
    )
    assert "&lt;b&gt;" in drawn('{% word "leading" hostile %}', hostile="<b>x</b>")
    assert drawn('{% word "no_such_word" hostile %}', hostile="<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert drawn('{% word_link "no_such_word" "More" %}') == ""


def test_the_address_of_a_word_is_given_to_other_rooms():
    assert queries.page_for("resource_allocation") == "/handbook/page/resource_allocation/"
    assert queries.page_for("rut_reactive") == "/handbook/page/firefighting/"
    assert queries.page_for("no_such_word") == ""


@pytest.mark.django_db
def test_words_on_pages_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        Template(
            "{% load handbook %}{% word 'leading' %}{% word 'interval' %}{% word_short 'managing' %}"
        ).render(Context())


@pytest.mark.parametrize("tips", [1, 3])
def test_a_page_asks_the_same_whatever_the_number_of_tips(organization, tips, django_assert_num_queries):
    from tests.web.handbook import made

    for number in range(tips):
        made.tip(
            organization.person("cleo"), state="published", name_shown=True, text=f"Tip number {number}."
        )
    browser = organization["max"].browser
    browser.get("/handbook/page/leading/")
    with django_assert_num_queries(9):
        assert text(browser.get("/handbook/page/leading/")).count("Tip number") == tips


def test_a_search_stays_within_its_processor_time(organization):
    browser = organization["max"].browser
    spent = processor.milliseconds(lambda: browser.get("/handbook/search/?q=lead"), times=7)
    assert spent[len(spent) // 2] <= 60


# --- visitors -------------------------------------------------------------------------------------


def test_a_visitor_reads_nothing_unless_the_setting_says_so(cast):
    for path in ("/handbook/", "/handbook/page/leading/", "/handbook/search/?q=lead"):
        answer = cast.visitor.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")
    assert "Handbook" not in text(cast.visitor.get("/"))


@override_settings(PUBLIC_HANDBOOK=True)
def test_a_visitors_page_may_be_kept_and_sets_no_cookie(cast):
    for path in ("/handbook/", "/handbook/page/leading/", "/handbook/search/?q=lead"):
        answer = cast.visitor.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=600"
        assert "Cookie" in answer.headers["Vary"], "a page of somebody signed in is another one"
        assert not answer.cookies
        assert "csrf" not in text(answer).lower()


@override_settings(PUBLIC_HANDBOOK=True)
def test_a_page_of_somebody_signed_in_is_never_kept(cast):
    for path in ("/handbook/", "/handbook/page/leading/"):
        assert cast.eve.browser.get(path).headers["Cache-Control"] == "no-store"


@override_settings(PUBLIC_HANDBOOK=True)
def test_a_missing_page_and_a_page_with_a_cookie_are_not_kept(cast):
    assert cast.visitor.get("/handbook/page/nothing/").headers["Cache-Control"] == "no-store"
    assert cast.visitor.get("/accounts/login/").headers["Cache-Control"] == "no-store"


@override_settings(PUBLIC_HANDBOOK=True)
def test_the_front_door_says_what_leading_and_managing_are_where_the_handbook_is_public(cast):
    shown = text(cast.visitor.get("/"))
    assert pages.pages()["leading"].short in shown
    assert pages.pages()["managing"].short in shown
    assert 'href="/handbook/"' in shown
