"""The chapter of the documents and the page in the product say what the table says."""

from __future__ import annotations

import re
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.organization import MANAGERS, ROLES, assemble_organization

from fairlead.web.access import printed
from fairlead.web.access.rows import COLUMNS, ROWS
from fairlead.web.access.table import Verb, Who

PAGE = Path(__file__).parents[2] / "docs" / "who-sees-what.md"


@pytest.fixture
def organization(db):
    return assemble_organization()


def words(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_the_chapter_is_the_table():
    out = StringIO()
    call_command("who_sees_what", stdout=out)
    assert PAGE.read_text("utf-8") == out.getvalue(), "fairlead-web who_sees_what > docs/who-sees-what.md"


def test_every_cell_of_the_table_is_in_the_chapter():
    lines = PAGE.read_text("utf-8").splitlines()
    for row in ROWS:
        line = next(one for one in lines if one.startswith((f"| {row.name} |", f"| {row.name} ¹ |")))
        cells = [one.strip() for one in line.strip("|").split("|")][1:]
        for who, cell in zip(COLUMNS, cells, strict=True):
            expected = {printed.LETTERS[verb] for verb in row.cells[who].verbs} if who in row.cells else set()
            assert set(cell) == expected, (row.key, who)


def test_every_verb_has_a_letter_of_its_own():
    assert set(printed.LETTERS) == set(Verb)
    assert len(set(printed.LETTERS.values())) == len(Verb)


@pytest.mark.parametrize("name", list(MANAGERS))
def test_everybody_reads_it_and_finds_what_they_are(organization, name):
    said = words(organization[name].browser.get("/who-sees-what/"))
    for row in ROWS:
        assert row.name in said
    if name in ROLES:
        assert printed.SHORT[Who(ROLES[name])] in said.split("What that opens")[0]
    leads = name in set(MANAGERS.values())
    assert (" manager" in said.split("What that opens")[0]) == leads


def test_the_same_by_role(organization):
    said = words(organization["ada"].browser.get("/who-sees-what/?by=role"))
    for who in COLUMNS:
        assert who.words in said
    assert "People operations you" in said
    assert "Auditor you" not in said


def test_a_visitor_is_asked_to_sign_in(organization, client):
    assert client.get("/who-sees-what/").headers["Location"].startswith("/accounts/login/")


def test_the_way_there_is_at_the_foot_and_in_the_account(organization):
    for page in ("/today/", "/account/"):
        assert 'href="/who-sees-what/"' in organization["max"].browser.get(page).content.decode()
    assert 'href="/roles/mine/"' in organization["max"].browser.get("/account/").content.decode()
