"""Every publication that the library, the documents and the docstrings name stands there in one form."""

import re
import unicodedata
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LIBRARY = Path(str(resources.files("fairlead.library")))

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'`\]>|,]+")
WELL_FORMED = re.compile(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]*[A-Za-z0-9)]")
YEAR = re.compile(r"(?<![\d.–-])(?:1[89]|20)\d\d(?![\d–-])")
BEFORE = 190
"""Characters in which the year of a DOI is looked for; the nearest one before it counts."""


def entries(node, where):
    """Give (key, entry, where) of everything under ``node`` that has a ``cite``; lists have no keys."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        if isinstance(value, dict) and "cite" in value:
            yield (key if isinstance(key, str) else None), value, where
        yield from entries(value, where)


def year_of(cite):
    return re.search(r"\((\d{4})\)\. ", cite).group(1)


def trimmed(found):
    """Take away what belongs to the sentence around a DOI and not to it."""
    found = found.rstrip(".,;:*")
    while found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1].rstrip(".,;:*")
    return found


def named_in(path):
    """Give each DOI that a document or a module names, with the nearest year before it.

    A whole reference is replaced by its year, because titles can hold another one.
    """
    text = path.read_text(encoding="utf-8")
    for cite in REFERENCES:
        text = text.replace(cite, f"({year_of(cite)})")
    for match in DOI.finditer(text):
        before = re.sub(
            r"https?://\S+|10\.\d{4,9}/\S+", " ", text[max(0, match.start() - BEFORE) : match.start()]
        )
        years = YEAR.findall(before)
        yield trimmed(match.group()), years[-1] if years else None


CITED = [
    found
    for path in sorted(LIBRARY.rglob("*.yaml"))
    for found in entries(
        yaml.safe_load(path.read_text(encoding="utf-8")), path.relative_to(LIBRARY).as_posix()
    )
]
REFERENCES = {entry["cite"] for _, entry, _ in CITED}
TOLD = {
    path.relative_to(ROOT).as_posix(): tuple(named_in(path))
    for path in (
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "src").rglob("*.py")),
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
    )
}


def small(text):
    """Letters of a name as they stand in a key: small, without accents, spaces, hyphens and apostrophes."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("ø", "o").replace("ß", "ss"))
    return "".join(letter for letter in plain if "a" <= letter <= "z")


def surnames(cite):
    """Give the first author's surname, and its first part where a hyphen joins two."""
    surname = cite.split(",")[0]
    return surname, surname.split("-")[0]


def test_there_is_something_to_check():
    assert len(REFERENCES) > 100
    assert sum(map(len, TOLD.values())) > 100


def test_every_doi_is_well_formed():
    found = {entry["doi"] for _, entry, _ in CITED if "doi" in entry}
    found |= {doi for told in TOLD.values() for doi, _ in told}
    assert sorted(doi for doi in found if not WELL_FORMED.fullmatch(doi)) == []
    assert sorted(doi for doi in found if doi.count("(") != doi.count(")")) == []
    assert len({doi.casefold() for doi in found}) == len(found)


@pytest.mark.parametrize(("one", "other"), [("doi", "cite"), ("cite", "doi")])
def test_a_doi_has_one_reference_and_a_reference_one_doi(one, other):
    said = defaultdict(set)
    for _, entry, _ in CITED:
        if "doi" in entry:
            said[entry[one]].add(entry[other])
    assert {this: sorted(those) for this, those in said.items() if len(those) > 1} == {}


def test_the_same_work_is_not_cited_under_two_dois():
    works = defaultdict(set)
    for _, entry, _ in CITED:
        if "doi" in entry:
            authors, rest = entry["cite"].split(" (", 1)
            works[small(authors)[:12], small(rest)[:30]].add(entry["doi"])
    assert {work: sorted(dois) for work, dois in works.items() if len(dois) > 1} == {}


def test_a_key_is_the_first_author_and_the_year_of_its_reference():
    wrong = [
        (where, key, entry["cite"][:60])
        for key, entry, where in CITED
        if key is not None
        if key[-4:] != year_of(entry["cite"])
        or key[:-4] not in {small(name) for name in surnames(entry["cite"])}
    ]
    assert wrong == []


def test_an_article_says_where_it_stands():
    """Volume and pages of an article, publisher and ISBN of a book."""
    for _, entry, where in CITED:
        if "doi" in entry:
            assert re.search(r" \d+(\(\d+(–\d+)?\))?, \d+–\d+\.$", entry["cite"]), (where, entry["cite"])
        else:
            assert entry["isbn"].replace("-", "").isdigit(), (where, entry["cite"])


def test_an_isbn_has_the_right_check_digit():
    books = {entry["isbn"] for _, entry, _ in CITED if "isbn" in entry}
    assert books
    for isbn in books:
        digits = [int(digit) for digit in isbn.replace("-", "")]
        assert len(digits) == 13, isbn
        assert sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0, isbn


def test_documents_and_docstrings_give_a_doi_the_year_of_its_reference():
    years = defaultdict(set)
    for _, entry, _ in CITED:
        if "doi" in entry:
            years[entry["doi"]].add(year_of(entry["cite"]))
    for told in TOLD.values():
        for doi, year in told:
            if year is not None:
                years[doi].add(year)
    assert {doi: sorted(found) for doi, found in years.items() if len(found) > 1} == {}


def test_a_link_in_a_document_leads_to_the_doi_that_it_shows():
    shown = re.compile(r"\[doi:([^\]]+)\]\(https://doi\.org/((?:[^()\s]|\([^()\s]*\))+)\)")
    links = [
        found
        for path in sorted((ROOT / "docs").rglob("*.md"))
        for found in shown.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(links) > 50
    assert [(said, leads) for said, leads in links if said != leads] == []
