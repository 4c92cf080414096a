"""The words that direction asks with: complete, plain, and each with its rows and research."""

import re

import pytest

from fairlead.core.problems import BadInput
from fairlead.core.work import WORK_KINDS, Kind
from fairlead.library import load, role_library
from fairlead.library.direction import CHOICES, SCALES, BurdenFile, ChoiceFile, QuestionFile
from fairlead.library.translations import texts

TEXTS = load.direction_texts()
FILES = {
    "questions": QuestionFile,
    "choices": ChoiceFile,
    "burdens": BurdenFile,
}


def words():
    for name, model in FILES.items():
        document = load.shipped(f"direction/{name}.yaml")
        yield from (one.words for one in texts(load.validate(model, document)))
    for one in TEXTS.activities:
        yield from (one.label, one.example)


def test_every_word_of_the_answers_has_a_label_and_a_sentence():
    for name, kind in CHOICES.items():
        assert [one.id for one in TEXTS.choices[name]] == list(kind)
        assert all(one.label and one.says for one in TEXTS.choices[name])
    for name, (low, high) in SCALES.items():
        assert [one.value for one in TEXTS.scales[name]] == list(range(low, high + 1))


def test_the_41_activities_are_those_of_the_role_library_each_with_an_example():
    assert [one.code for one in TEXTS.activities] == [one.id for one in role_library.activities()]
    assert all(len(one.label) <= 40 and one.example for one in TEXTS.activities)
    assert len({one.label for one in TEXTS.activities}) == 41
    assert "CC BY 4.0" in TEXTS.attribution


def test_activities_are_said_in_other_words_than_those_of_the_database():
    theirs = {one.id: one.name.casefold() for one in role_library.activities()}
    assert not [one.code for one in TEXTS.activities if one.label.casefold() == theirs[one.code]]


def test_burdens_lie_in_each_kind_of_work_and_in_time_off():
    assert {one.kind for one in TEXTS.burdens} == {*WORK_KINDS, Kind.RECOVERY}
    ids = {one.id for one in TEXTS.burdens}
    # Row 14 names three outright: demands from above, others' failures, paperwork.
    assert ids >= {"demands_from_above", "answering_for_others", "paperwork"}
    assert all(14 in one.rows and one.research for one in TEXTS.burdens)


def test_the_rows_of_direction_are_served():
    served = {row for section in TEXTS.sections for one in (section, *section.questions) for row in one.rows}
    served |= {row for burden in TEXTS.burdens for row in burden.rows} | set(TEXTS.talk.rows)
    served |= {row for item in load.instrument("motives").items for row in item.rows}
    asked = {1, 2, 10, 11, 14, 48, 50, 51, *range(54, 58), 59, 61, 62, 63, 65, 66, 67, 69, 71, 72, 73, 74}
    asked |= {75, 76, 77, 78, 79, 90, 91, 117, 124, 125, 185, 188, 189}
    assert served >= asked


def test_words_are_plain_and_kind():
    for text in words():
        assert "!" not in text
        assert "  " not in text
        assert not re.search(
            r"\b(he|she|his|him|stakeholder|synerg|empower|failure|weakness)\b", text, re.IGNORECASE
        )


def test_research_is_named_with_a_doi():
    named = {
        key for section in TEXTS.sections for one in (section, *section.questions) for key in one.research
    }
    assert named <= set(TEXTS.research)
    assert all(one.doi.startswith("10.") for one in TEXTS.research.values())


def test_what_is_not_there_is_a_key_error():
    for look in (
        lambda: TEXTS.section("nothing"),
        lambda: TEXTS.question("why", "nothing"),
        lambda: TEXTS.choice("value", "nothing"),
        lambda: TEXTS.answer("effect", 3),
        lambda: TEXTS.burden("nothing"),
        lambda: TEXTS.activity("4.A.9.z.1"),
        lambda: load.direction_texts("xx"),
    ):
        with pytest.raises(KeyError):
            look()


def refused(name, old, new):
    text = load._resource(f"direction/{name}.yaml").decode()
    assert old in text
    document = load.read_yaml(f"{name}.yaml", text.replace(old, new, 1).encode())
    with pytest.raises(BadInput) as error:
        load.validate(FILES[name], document)
    return " ".join(map(str, error.value.problems))


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("questions", "- id: why\n", "- id: wherefore\n", "These are not the entries"),
        (
            "questions",
            "answers: reason, many: true",
            "answers: reasonn, many: true",
            "no list or scale “reasonn”",
        ),
        ("questions", "kind: count, text", "kind: choice, text", "either answers to choose from or a kind"),
        ("questions", "{id: push,", "{id: need,", "is there twice"),
        ("choices", "{id: bills,", "{id: debts,", "In this order: money, bills"),
        ("choices", "{value: -2,", "{value: 2,", "In this order: -2, -1"),
        ("burdens", "kind: managing", "kind: unclear", "A burden lies in some kind of work"),
        ("burdens", "research: [margolis2008]", "research: [earnest2011]", "Nothing leans on “margolis2008”"),
    ],
)
def test_what_does_not_fit_is_told(name, old, new, told):
    assert told in refused(name, old, new)
