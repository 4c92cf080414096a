"""The handbook: a page for every word, links that lead somewhere, plain sentences, no side better."""

import re
from importlib import resources

import pytest

from fairlead.core.direction_answers import Motive, Value
from fairlead.core.imbalance import SIGNS
from fairlead.core.problems import BadInput
from fairlead.core.skill_or_will import NOT_YET_KNOWN, SKILL_GAP, WILL_GAP
from fairlead.core.time_signs import TIME_SIGNS
from fairlead.core.tracks import TRACK_ORDER
from fairlead.core.work import LABELS, Aspect, Competency, HighPayoff, Kind, Trait
from fairlead.library.handbook_page import HandbookFile, PageKind
from fairlead.library.load import (
    handbook,
    handbook_research,
    handbook_words,
    instrument,
    instruments,
    read_yaml,
    shipped,
    validate,
)
from fairlead.library.schema import ABOUT
from fairlead.library.steps import step_texts

PAGES = handbook()
WORDS = handbook_words()
FOLDER = resources.files("fairlead.library").joinpath("handbook")
FILES = sorted(entry.name for entry in FOLDER.iterdir())
SUPPORT = ("assessment", "feedback", "coaching", "training")
FIGURES = ("interval", "agreement", "reliability_of_a_scale", "released_figure", "emphasis", "reactive_share",
           "focus_hours_per_week", "high_payoff_share", "meeting_hours_per_week", "firefighting_share",
           "mechanics_share", "hands_on_hours_per_week", "weekend_hours", "holiday_hours", "after_hours",
           "fragmentation", "days_without_free_hour", "missed_personal", "one_to_one_coverage",
           "time_categories", "rut_index")  # fmt: skip


def texts(page):
    yield from (page.title, page.short)
    for block in page.body:
        yield block.heading
        if block.block == "paragraph":
            yield block.text
        elif block.block == "list":
            yield from block.entries
        elif block.block == "table":
            yield from (*block.columns, *(cell for line in block.lines for cell in line))
        else:
            for side in (block.left, block.right):
                yield from (side.title, side.text)


def sentences(text):
    return [part for part in re.split(r"(?<=[.?:;])”?\s+", text) if part]


def changed(old, new):
    text = FOLDER.joinpath("aspects.yaml").read_text(encoding="utf-8")
    assert old in text
    return read_yaml("own.yaml", text.replace(old, new, 1).encode())


def refused(document):
    with pytest.raises(BadInput) as caught:
        validate(HandbookFile, document)
    return caught.value.problems


@pytest.mark.parametrize(
    ("vocabulary", "kind"),
    [
        (Competency, PageKind.COMPETENCY),
        (Aspect, PageKind.ASPECT),
        (HighPayoff, PageKind.HIGH_PAYOFF),
        (Trait, PageKind.TRAIT),
        (TRACK_ORDER[:4], PageKind.TRACK),
    ],
)
def test_every_word_of_the_vocabulary_has_a_page_under_its_own_name(vocabulary, kind):
    for word in vocabulary:
        assert (PAGES[word].kind, PAGES[word].title) == (kind, LABELS[word])


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_work_is_defined(kind):
    assert PAGES[kind].kind is PageKind.DEFINITION


def test_stepping_back_is_a_track_like_the_others():
    assert PAGES["stepping_back"].kind is PageKind.TRACK
    assert [page.id for page in PAGES.values() if page.kind is PageKind.TRACK] != []
    table = next(block for block in PAGES["tracks"].body if block.block == "table")
    assert len(table.lines) == len(TRACK_ORDER)


@pytest.mark.parametrize("word", ABOUT)
def test_every_word_that_a_scale_can_be_about_is_explained(word):
    assert word in WORDS


@pytest.mark.parametrize("name", instruments())
def test_every_scale_of_every_questionnaire_is_explained(name):
    assert [scale.about for scale in instrument(name).scales if scale.about not in WORDS] == []


@pytest.mark.parametrize("sign", [*SIGNS, *TIME_SIGNS])
def test_every_warning_sign_has_a_page_of_its_own_with_its_title(sign):
    page = PAGES[f"sign_{sign}"]
    assert page.kind is PageKind.WARNING
    assert page.title == step_texts().warning(sign).title
    assert sign in WORDS


@pytest.mark.parametrize(
    "word",
    [*Value, *(f"motive.{one}" for one in Motive), SKILL_GAP, WILL_GAP, NOT_YET_KNOWN, *FIGURES,
     *(f"support_{one}" for one in SUPPORT), "multiplier", "found_out", "thinking_time", "one_skill",
     "experiment", "mentors", "coach", "philosophy", "servant_leading", "asked", "done", "wanted", "able",
     "leadership_gap", "management_gap", "people_under_stress", "too_few", "difference_chart"],
)  # fmt: skip
def test_words_of_figures_growth_and_direction_are_explained(word):
    assert word in WORDS


def test_one_page_explains_a_word_and_no_other_does():
    said = [word for page in PAGES.values() for word in (page.id, *page.words)]
    assert sorted({word for word in said if said.count(word) > 1}) == []
    assert sum(len(validate(HandbookFile, shipped(f"handbook/{name}")).pages) for name in FILES) == len(PAGES)


def test_every_link_leads_to_a_page_and_every_page_is_linked():
    linked = {name for page in PAGES.values() for name in page.see}
    assert linked - set(PAGES) == set()
    assert set(PAGES) - linked == set()


def test_pages_come_in_the_order_of_their_titles():
    titles = [page.title.casefold() for page in PAGES.values()]
    assert titles == sorted(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", PAGES)
def test_words_are_plain_and_kind(name):
    for text in (one.replace("O*NET", "") for one in texts(PAGES[name])):
        assert not re.search(r"!|  |[{}*_`<>]|\b(he|she|his|her|him)\b", text, re.IGNORECASE), text
        assert not re.search(r"\b(stakeholder|leverag|synerg|empower|holistic|paradigm|impact|alignment)",
                             text, re.IGNORECASE), text  # fmt: skip
        assert all(len(one.split()) <= 30 for one in sentences(text)), text


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_two_minutes_and_says_more_than_its_first_sentence(name):
    page = PAGES[name]
    if page.kind is PageKind.CHART:
        return
    told = " ".join(texts(page)).split()
    assert 55 <= len(told) <= 420
    lengths = [len(one.split()) for text in texts(page) for one in sentences(text)]
    assert sum(lengths) / len(lengths) < 14


@pytest.mark.parametrize("name", PAGES)
def test_the_definition_can_stand_as_a_tooltip(name):
    assert len(sentences(PAGES[name].short)) <= 5
    assert PAGES[name].short.endswith((".", "?"))
    assert not PAGES[name].title.endswith(".")


def test_no_sentence_stands_on_two_pages():
    said = [one for page in PAGES.values() for text in texts(page) for one in sentences(text)
            if len(one.split()) > 7]  # fmt: skip
    assert sorted({one for one in said if said.count(one) > 1}) == []


def test_the_chart_asks_the_same_questions_of_both_sides_and_favours_neither():
    tables = [block for block in PAGES["difference_chart"].body if block.block == "table"]
    assert len(tables) == 3
    questions = [[line[0] for line in table.lines] for table in tables]
    assert questions[0] == questions[1] == questions[2]
    assert len(questions[0]) == len(set(questions[0])) >= 10
    for table in tables:
        assert "eading" in table.columns[1]
        assert "anaging" in table.columns[2]
        sides = [sum(len(line[i]) for line in table.lines) for i in (1, 2)]
        assert 0.8 <= sides[0] / sides[1] <= 1.25
    told = " ".join(cell for table in tables for line in table.lines for cell in line)
    assert not re.search(r"\b(better|best|worse|worst|superior|real leader|true leader|mere)\b", told)


@pytest.mark.parametrize("track", TRACK_ORDER)
def test_no_track_is_put_above_another(track):
    told = " ".join(texts(PAGES[track]))
    assert not re.search(
        r"\b(higher|lower|above|below|superior|demot|failed|failure|only an?|mere|just an?)\b", told
    )
    assert {type(block).__name__ for block in PAGES[track].body} >= {"Paragraph", "BulletList"}


def test_tracks_are_told_at_like_length():
    lengths = [len(" ".join(texts(PAGES[track])).split()) for track in TRACK_ORDER]
    assert max(lengths) <= 1.4 * min(lengths)


@pytest.mark.parametrize(
    ("name", "first", "skills"),
    [
        ("management_skills", "managing", tuple(Competency)[:6]),
        ("leadership_skills", "leading", tuple(Competency)[6:]),
    ],
)
def test_a_list_of_practices_names_all_six_skills_and_links_their_pages(name, first, skills):
    page = PAGES[name]
    table = next(block for block in page.body if block.block == "table")
    assert [line[0] for line in table.lines] == [LABELS[skill] for skill in skills]
    assert set(skills) <= set(page.see)
    assert first in page.title


def test_a_key_of_research_means_the_same_publication_everywhere():
    known = handbook_research()
    for name in FILES:
        for key, one in validate(HandbookFile, shipped(f"handbook/{name}")).research.items():
            assert known[key] == one


def test_a_link_of_a_page_to_itself_is_told_with_its_place():
    document = changed("see: [difference_chart, communication,", "see: [decision_making, communication,")
    (problem,) = refused(document)
    assert problem.wrong == "A page links to itself."
    assert (problem.line, problem.column) == document.position(("pages", 0, "see", 0))


def test_a_table_with_a_hole_is_told_with_its_line():
    text = (FOLDER / "words.yaml").read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if "What is left at the end?" in one)
    holed = text.replace(line, re.sub(r', "[^"]*"\]$', "]", line), 1)
    (problem,) = refused(read_yaml("own.yaml", holed.encode()))
    assert problem.wrong == "This line has 2 cells."
    assert problem.line == 1 + holed[: holed.index("What is left at the end?")].count("\n")


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("kind: aspect", "kind: essay", "“kind”"),
        ("- block: pair", "- block: poem", "“poem” is not known here."),
        ("- block: pair", "- heading: poem", "does not say its kind"),
        ("research: [kahneman2009,", "research: [nobody1999,", "There is no research “nobody1999”."),
        ("also: [decisions", "als: [decisions", "“als” is not known here."),
    ],
)
def test_what_does_not_fit_is_named(old, new, wrong):
    assert any(wrong in problem.wrong for problem in refused(changed(old, new)))
