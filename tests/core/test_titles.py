"""Titles: what a title says besides a word, and which words mean one thing only."""

from __future__ import annotations

import pytest
from tests.core.calendar_tables import event, table

from fairlead.core.kinds import KINDS, Rule, RuleError, Rules, When, classify
from fairlead.core.titles import DistinctTitles, Lexicon, WordList
from fairlead.core.work import Kind

LEXICON = Lexicon(
    (
        WordList(name="make", terms=("check", "code review", "follow up", "*prüfung", "solder")),
        WordList(name="numbers", terms=("check in numbers", "review")),
        WordList(name="people", terms=("mood check",)),
        WordList(name="empty_word", terms=("quick", "the", "team", "kurze")),
        WordList(name="company_word", terms=("with", "w", "mit")),
        WordList(name="topic_word", terms=("on", "about", "zu")),
        WordList(name="particle", terms=("up",)),
    )
)


def says_more(title):
    found = LEXICON.read(title)
    assert 0 in found, title
    return found[0].subject


@pytest.mark.parametrize(
    "title",
    [
        *("Check", "Quick check", "the team check", "Check 2", "Check A", "check!", "Checks"),
        *(
            "Check with Lea",
            "check w/ Lea Berg",
            "Check mit dem Team",
            "Follow up",
            "Code review",
            "Prüfungen",
        ),
    ],
)
def test_small_words_figures_and_company_are_no_subject(title):
    assert not says_more(title)


@pytest.mark.parametrize(
    "title",
    [
        *("Check the boiler", "Check with Lea on the boiler", "Boiler check with Lea", "Check 2027"),
        *("Kesselprüfung", "kurze Prüfung zu Kessel 3", "Code review parser", "Check check boiler"),
    ],
)
def test_a_thing_a_year_or_the_rest_of_a_compound_is_a_subject(title):
    assert says_more(title)


def test_of_terms_that_begin_at_one_place_the_longest_is_told():
    lexicon = Lexicon.of({"craft": ("code", "code review"), "other": ("review",)})
    found = lexicon.find("code review parser")
    assert [lexicon.words[found[number]] for number in (0, 1)] == ["code review", "review"]


def test_a_word_in_many_lists_or_a_verb_with_a_particle_has_more_than_one_sense():
    senses = dict(zip(LEXICON.words, LEXICON.senses, strict=True))
    assert senses["check"] == 3, "alone, in “check in numbers” and in “mood check”"
    assert senses["review"] == 2
    assert senses["solder"] == 1
    assert senses["code review"] == 1, "two words of meaning say one thing"
    assert senses["follow up"] > 3


def test_small_words_give_no_list_and_hide_none():
    lists = {entry.name: number for number, entry in enumerate(LEXICON.lists)}
    assert set(LEXICON.find("Quick check up on the team")) == {lists["make"]}


SIGNS = Rules(
    rules=(
        Rule(
            id="by-hand",
            kind=Kind.DOING,
            when=When(
                words=("make",), signs=("subject", "one_sense", "work_time", "numbers"), signs_needed=2
            ),
            about="two signs besides the word",
            reason="“{word}”",
        ),
    ),
    lexicon=LEXICON,
)


@pytest.mark.parametrize(
    ("title", "start", "kind"),
    [
        ("Check", "2026-03-03 10:00", "unclear"),  # working time alone
        ("Check the boiler", "2026-03-03 10:00", "doing"),  # a subject, in working time
        ("Check the boiler", "2026-03-03 18:00", "unclear"),  # a subject, in the evening
        ("Check the boiler", "2026-03-03 05:59", "unclear"),
        ("Check the boiler", "2026-03-07 10:00", "unclear"),  # a Saturday
        ("Solder", "2026-03-03 10:00", "doing"),  # one sense, in working time
        ("Solder", "2026-03-07 10:00", "unclear"),
        ("Solder the board", "2026-03-07 10:00", "doing"),  # a subject and one sense
        ("Check, then review", "2026-03-07 10:00", "doing"),  # another list by another term, and a subject
    ],
)
def test_a_word_decides_only_with_as_many_signs_as_the_rule_counts(title, start, kind):
    found = classify(table(event(title, start)), SIGNS)
    assert str(KINDS[found.kind[0]]) == kind


def test_a_list_counts_as_a_second_sign_only_by_other_words():
    lexicon = Lexicon.of({"a": ("sketch", "boat"), "b": ("sketch", "plank")})
    when = When(words=("a",), signs=("b",))
    rules = Rules(
        rules=(Rule(id="r", kind=Kind.DOING, when=when, about="about it", reason="“{word}”"),),
        lexicon=lexicon,
    )
    found = classify(
        table(event("sketch", "2026-03-03 10:00"), event("boat plank", "2026-03-04 10:00")), rules
    )
    assert [str(KINDS[code]) for code in found.kind] == ["unclear", "doing"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(words=("make",), signs=("moonlight",)), "is no sign"),
        (When(words=("make",), signs=("subject",), signs_needed=2), "more signs than it counts"),
        (When(words=("make",), signs=("subject",), signs_needed=0), "more signs than it counts"),
    ],
)
def test_a_rule_that_counts_what_is_not_there_is_refused(when, said):
    wrong = Rule(id="r", kind=Kind.DOING, when=when, about="about it", reason="because")
    with pytest.raises(RuleError, match=said):
        Rules(rules=(wrong,), lexicon=LEXICON)


def test_titles_are_read_once_and_their_words_stand_by_title():
    titles = DistinctTitles.read(("Check the boiler", "check", "", "CHECK!"), LEXICON)
    assert titles.codes.tolist() == [0, 1, -1, 1]
    assert (titles.words(0) >= 0).tolist() == [True, True, False]
    assert titles.names_subject(0).tolist() == [True, False, False]
