"""Words of praise: planted sentences in English and German, and the data they stand in."""

import pytest

from fairlead.core.confidence_flags import praise_marks
from fairlead.library.praise import praise_files, praise_lexicon


def words(text):
    return [mark.word for mark in praise_marks(text, praise_lexicon())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She has real executive presence and gravitas.", ["executive presence", "gravitas"]),
        ("A natural leader with high potential.", ["natural leader", "high potential"]),
        ("Very confident, a bit too quiet at times.", ["confident", "too quiet"]),
        ("CHARISMATIC and well-spoken!", ["CHARISMATIC", "well-spoken"]),
        ("He is just a great culture fit; everybody likes him.", ["great", "culture fit", "everybody likes"]),
        (
            "Er hat ein souveränes Auftreten und viel Ausstrahlung.",
            ["souveränes", "Auftreten", "Ausstrahlung"],
        ),
        ("Eine geborene Führungskraft, brillant.", ["geborene Führungskraft", "brillant"]),
        ("Sie passt ins Team und ist allseits beliebt.", ["passt ins Team", "beliebt"]),
        ("Großes Potenzial, wird es weit bringen.", ["Potenzial", "wird es weit bringen"]),
    ],
)
def test_praise_without_an_act_is_marked_in_both_languages(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Confident in front of the board: she presented the plan and answered every question.",
        "Great work: cut the waiting time from 9 to 4 days.",
        "Brilliant fix, see https://example.org/change",
        "Souverän hat sie das Gespräch mit dem Kunden geleitet.",
        "Tolle Arbeit, die Durchlaufzeit sank um 20 %.",
        "Wrote the guide that the support team uses.",
        "She stares at the startup's restart log.",
        "",
    ],
)
def test_a_sentence_that_tells_of_an_act_is_left_alone(text):
    assert words(text) == []


def test_each_sentence_stands_for_itself_and_places_are_those_of_the_text():
    text = "She led the move.\nCharismatic. Er half.  Sehr souverän!"
    marks = praise_marks(text, praise_lexicon(), where="peer")
    assert [(text[one.start : one.end], one.where) for one in marks] == [
        ("Charismatic", "peer"),
        ("souverän", "peer"),
    ]


def test_every_word_names_its_rows_and_its_research_and_stands_once():
    for file in praise_files():
        terms = [term.casefold() for entry in file.praise for term in entry.terms]
        assert len(terms) == len(set(terms))
        acts = [word.casefold() for word in file.acts]
        assert len(acts) == len(set(acts))
        assert not set(terms) & set(acts)
        for entry in file.praise:
            assert 119 in entry.rows
            assert "doi:10." in entry.research
            assert entry.why.count("?") == 1 or entry.why.endswith("?")
    assert {file.language for file in praise_files()} == {"en", "de"}


def test_acts_are_single_words_and_praise_begins_with_letters():
    for file in praise_files():
        assert not [word for word in file.acts if " " in word]
        assert not [
            term for entry in file.praise for term in entry.terms if term.endswith("*") and len(term) < 4
        ]
