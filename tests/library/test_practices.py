"""Pages of practices: one for every skill, three practices of rising stretch, words one can act on."""

import re
from importlib import resources

import pytest

from fairlead.core.problems import BadInput
from fairlead.core.work import LABELS, Competency
from fairlead.library.load import (
    handbook,
    handbook_research,
    instrument,
    practice,
    practices,
    read_practices,
    read_yaml,
)
from fairlead.library.practice import INSTRUMENT, PEOPLE_UNDER_STRESS, SKILLS, TWO_SIDES, Occasion

PAGES = practices()
EVERY = [one for page in PAGES.values() for one in page.practices]


def changed(old, new, name="reliability"):
    text = resources.files("fairlead.library").joinpath(f"practices/{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    return read_yaml("own.yaml", text.replace(old, new, 1).encode())


def refused(document):
    with pytest.raises(BadInput) as caught:
        read_practices(document)
    return caught.value.problems


def sentences(text):
    return [part for part in re.split(r"(?<=[.?:;])”?\s+", text) if part]


def words(page):
    yield from page.there
    for one in page.practices:
        yield from (one.title, one.does, one.shows)
    yield from (page.notice.you, page.notice.others)
    yield from (work.why for work in page.read)


def test_every_competency_and_tense_hours_have_a_page_in_the_order_of_the_vocabulary():
    assert tuple(PAGES) == (*Competency, PEOPLE_UNDER_STRESS) == tuple(SKILLS)
    assert [PAGES[one].title for one in Competency] == [LABELS[one] for one in Competency]


def test_an_id_belongs_to_one_practice_and_finds_it():
    assert len({one.id for one in EVERY}) == len(EVERY) == 3 * len(SKILLS)
    assert all(practice(one.id) is one for one in EVERY)
    with pytest.raises(KeyError):
        practice("nonsense")


@pytest.mark.parametrize("skill", SKILLS)
def test_practices_grow_and_the_first_one_fits_into_half_an_hour(skill):
    steps = PAGES[skill].practices
    assert [one.stretch for one in steps] == [1, 2, 3]
    assert steps[0].minutes <= 30
    assert steps[0].minutes < steps[2].minutes


@pytest.mark.parametrize("skill", SKILLS)
def test_a_page_offers_more_than_one_kind_of_occasion(skill):
    assert len({one.fits for one in PAGES[skill].practices}) >= 2


def test_every_occasion_of_a_calendar_is_used():
    assert {one.fits for one in EVERY} == set(Occasion)


@pytest.mark.parametrize("skill", Competency)
def test_what_is_asked_before_and_after_holds_the_whole_scale_of_the_competency(skill):
    scale = {item.id for item in instrument(INSTRUMENT).items if skill in item.scales}
    assert len(scale) >= 3
    assert scale <= set(PAGES[skill].items)


def test_people_under_stress_is_measured_by_its_own_scale_and_by_all_of_it():
    page, form = PAGES[PEOPLE_UNDER_STRESS], instrument(TWO_SIDES)
    (scale,) = (one for one in form.scales if one.about == "people.under_stress")
    assert page.instrument == TWO_SIDES
    assert set(page.items) == {item.id for item in form.items if scale.id in item.scales}
    assert {PAGES[skill].instrument for skill in Competency} == {INSTRUMENT}


@pytest.mark.parametrize("skill", Competency)
def test_no_item_is_asked_whose_lower_end_is_the_wanted_one(skill):
    form = instrument(INSTRUMENT)
    for asked in PAGES[skill].items:
        item = form.item(asked)
        assert not item.reverse
        assert "boss" not in item.scales


@pytest.mark.parametrize("skill", SKILLS)
def test_the_handbook_has_a_page_for_the_skill(skill):
    assert handbook()[skill].title in {SKILLS[skill], "People under stress"}


@pytest.mark.parametrize("skill", SKILLS)
def test_words_are_plain_kind_and_short(skill):
    for text in words(PAGES[skill]):
        assert not re.search(r"!|  |\b(he|she|his|her|him)\b|[{}]", text, re.IGNORECASE), text
        assert not re.search(r"\b(stakeholder|leverag|synerg|empower|holistic|paradigm|impact|should have)",
                             text, re.IGNORECASE), text  # fmt: skip
        assert all(len(one.split()) <= 32 for one in sentences(text)), text
    lengths = [len(one.split()) for text in words(PAGES[skill]) for one in sentences(text)]
    assert sum(lengths) / len(lengths) < 15


def test_no_sentence_stands_on_two_pages():
    seen = [one for page in PAGES.values() for text in words(page) for one in sentences(text)
            if len(one.split()) > 6]  # fmt: skip
    assert len(seen) == len(set(seen))


def test_a_key_of_research_means_the_same_publication_everywhere():
    known = dict(handbook_research())
    for page in PAGES.values():
        for key, one in page.research.items():
            assert known.setdefault(key, one) == one, key


def test_a_work_that_is_also_research_is_told_alike():
    by_doi = {one.doi: one.cite for page in PAGES.values() for one in page.research.values()}
    for page in PAGES.values():
        for work in page.read:
            if work.doi in by_doi:
                assert work.cite == by_doi[work.doi]


def test_stretches_out_of_order_are_told_with_their_place():
    (problem,) = refused(changed("stretch: 2", "stretch: 1"))
    assert "stretches 1, 1, 3" in problem.wrong
    assert problem.line is not None


def test_an_item_that_the_questionnaire_does_not_ask_is_told_with_its_place():
    document = changed("warned_early, checked", "warned_late, checked")
    (problem,) = refused(document)
    assert "“warned_late” is no item of role-audit." in problem.wrong
    assert (problem.line, problem.column) == document.position(("items", 1))


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("about: reliability", "about: charm", "“about”"),
        ("fits: alone", "fits: monday", "“fits”"),
        ("minutes: 20", "minutes: 2", "“minutes”"),
        ("research: [gollwitzer2006]", "research: [nobody1999]", "There is no research “nobody1999”."),
    ],
)
def test_what_does_not_fit_is_named(old, new, wrong):
    assert any(wrong in problem.wrong for problem in refused(changed(old, new)))


def test_a_number_that_is_no_isbn_is_refused_by_its_check_digit():
    (problem,) = refused(changed("978-1-60994-981-5", "978-1-60994-981-6", "developing_people"))
    assert "is no ISBN" in problem.wrong


def test_a_work_needs_a_doi_or_an_isbn_and_not_both():
    text = "    doi: 10.1037/0022-3514.67.3.366\n    why"
    (none,) = refused(changed(text, "    why"))
    (both,) = refused(changed(text, f'    isbn: "978-1-60994-981-5"\n{text}'))
    assert none.wrong == both.wrong == "A work has a DOI or an ISBN."
