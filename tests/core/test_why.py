"""Why somebody works, the next level and passions: said back, never judged."""

import pytest

from fairlead.core.direction_answers import (
    Bearing,
    Encourager,
    Facet,
    Need,
    NextLevel,
    Passion,
    Push,
    Reason,
    Sign,
    WhyIWork,
)
from fairlead.core.why import (
    ENCOURAGERS,
    FACETS,
    LABELS,
    NEEDS,
    PUSHES,
    SIGNS,
    read_next_level,
    read_passion,
    read_why,
)

DAY = "2026-11-20"


def test_every_word_of_the_answers_has_plain_words():
    pairs = (
        (Reason, LABELS),
        (Encourager, ENCOURAGERS),
        (Push, PUSHES),
        (Need, NEEDS),
        (Facet, FACETS),
        (Sign, SIGNS),
    )
    for words, texts in pairs:
        assert set(words) == set(texts)


def test_push_need_encouragers_and_main_reason_are_said_back():
    found = read_why(
        WhyIWork(
            main_reason=Reason.BILLS, push=Push.PUSHED, need=Need.ORGANIZATION,
            encouraged_by=(Encourager.MANAGER, Encourager.FAMILY), encouragement=5,
            journey=2, success=" quiet ",
        ),
        DAY,
    )  # fmt: skip
    assert found.says == (
        "Others push you up.",
        "A next step would serve the organization's need.",
        "Who encourages you to move up: your manager, family.",
        "Your main reason to work here: bills to pay.",
    )
    assert (found.encouragement.value, found.journey.value) == (5, 2)
    assert found.has_success


def test_what_was_not_answered_has_no_value_and_no_sentence():
    found = read_why(WhyIWork(), DAY)
    assert found.says == ()
    assert found.journey.value is None
    assert found.journey.too_little == "Not answered."
    assert not found.has_success


@pytest.mark.parametrize("wrong", [{"encouragement": 0}, {"journey": 6}, {"levels_reached": -1}])
def test_answers_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"not among 1 to 5|cannot be"):
        read_why(WhyIWork(**wrong), DAY)


def test_burdens_stand_by_how_one_would_take_them():
    found = read_next_level(
        NextLevel(
            role="Head", heard="  ", why="Because",
            burdens=(("paper", Bearing.NOT_FOR_ME), ("calls", Bearing.FINE), ("budget", Bearing.BEARABLE)),
        ),
        DAY,
    )  # fmt: skip
    assert (found.fine, found.bearable, found.not_for_me) == (("calls",), ("budget",), ("paper",))
    assert (found.heard, found.why_written) == (False, True)
    assert found.says == "1 of 3 burdens you would not want to carry."


def test_a_passion_says_what_it_is_about_and_what_is_done_unasked():
    found = read_passion(
        Passion(what="Maps", facets=(Facet.THOUGHT, Facet.WORK), signs=(Sign.BUILDING, Sign.LEARNING))
    )
    assert found.says == (
        "It is a type of work and a way of thinking. You spend time on it unasked by learning, building."
    )
    assert read_passion(Passion(what="Maps")).says == (
        "What it is about was not said. None of its signs was named yet."
    )
