"""Criteria in German: the sentences that ship, with their language said; own words stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.organization import assemble_organization
from tests.web.english import english_in, words_in

from fairlead.library import framework as library
from fairlead.web import asked_in
from fairlead.web.criteria_words import spoken

EXAMPLE = "/promotions/criteria/example/"
GERMAN = library.framework("fairlead", "de")


@pytest.fixture
def organization(db):
    return assemble_organization()


def test_the_example_is_read_in_german_where_somebody_chose_it(organization):
    browser = organization["cleo"].browser
    english = browser.get(EXAMPLE).content.decode()
    assert GERMAN.criteria[0].title not in english
    german = browser.get(f"{EXAMPLE}?lang=de&a=manager-2&b=manager-3").content.decode()
    for criterion in GERMAN.criteria:
        for said in criterion.seen:
            assert said.text in words_in(german, "de"), said.text
    assert english_in(german, "de") == []
    assert '<html lang="en"' in german
    assert "What is signed is the English" in german
    assert browser.cookies[asked_in.COOKIE].value == "de"
    file = browser.get(f"{EXAMPLE}framework.yaml")
    assert file.status_code == 200
    assert b"Setzt Menschen" not in file.content


def test_what_am_i_missing_reads_the_level_in_german(organization):
    browser = organization["cleo"].browser
    page = browser.get("/journey/missing/?level=manager-2&lang=de").content.decode()
    asked = [one.text for _criterion, one in GERMAN.asked("manager-2")]
    assert len(asked) > 5
    assert [one for one in asked if one not in words_in(page, "de")] == []
    assert english_in(page, "de") == []
    assert GERMAN.level("manager-2").words in page
    english = browser.get("/journey/missing/?level=manager-2&lang=en").content.decode()
    assert asked[0] not in english


def test_a_framework_of_ones_own_offers_no_language(rf):
    original = library.framework("fairlead")
    own = replace(original, id="ours", words="Our own words.")
    said = spoken(rf.get("/", headers={"accept-language": "de"}), own)
    assert (said.framework, said.is_translated, said.asked.others) == (own, False, ())
    copy = spoken(rf.get("/", headers={"accept-language": "de"}), replace(original, id="ours", source="x"))
    assert (copy.framework.id, copy.framework.source, copy.is_translated) == ("ours", "x", True)
    assert copy.framework.criteria == GERMAN.criteria
