"""Ranges hold what they say, whatever was answered, and are made of nothing but what was shown."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.notches import Shown, show
from fairlead.core.released_scales import (
    QuestionFigure,
    Range,
    beside,
    range_of,
    scale_figure,
    turned,
)

FOUR = Range(low=3.5, high=4.5, lowest=1.0, highest=5.0)


def question(name="a", found=FOUR, **more):
    return QuestionFigure(question=name, range=found, step=1.0, people_from=5, people_to=7, **more)


@pytest.mark.parametrize(("lowest", "highest"), [(1, 5), (0, 1), (1, 7), (0, 10), (1, 4), (1, 6)])
def test_the_range_holds_the_mean_of_every_sum_that_could_have_been(lowest, highest):
    """Every number of people from 5 to 90, every possible sum."""
    for n in (*range(5, 45), 60, 79, 80, 90):
        for total in range(n * lowest, n * highest + 1):
            notch = show(total, n, lowest, highest, k=5)
            if notch is None:
                continue
            found = range_of(notch.shown, lowest, highest)
            mean = Fraction(total, n)
            assert (
                Fraction(found.low) - Fraction(1, 10**9) <= mean <= Fraction(found.high) + Fraction(1, 10**9)
            )
            assert lowest <= found.low < found.high <= highest


def test_all_that_look_alike_have_one_range():
    """Two sums shown alike are told alike: nothing but what is shown goes in."""
    by_shown: dict[Shown, set[Range]] = {}
    for total in range(8, 41):
        notch = show(total, 8, 1, 5, k=5)
        assert notch is not None
        by_shown.setdefault(notch.shown, set()).add(range_of(notch.shown, 1, 5))
    assert all(len(ranges) == 1 for ranges in by_shown.values())
    assert len(by_shown) < 33


def test_a_figure_that_says_only_how_far_it_moved_keeps_its_bound():
    """ "3.5 or more" out of two waves: at least that, and the range may not promise more."""
    found = range_of(Shown(at=3.5, end="or more", step=0.5, people_from=8, people_to=15), 1, 5)
    assert found.low <= 3.5
    assert found.high == 5.0


def test_turning_around_twice_changes_nothing():
    assert turned(turned(FOUR)) == FOUR
    assert (turned(FOUR).low, turned(FOUR).high) == (1.5, 2.5)


@given(st.lists(st.tuples(st.integers(5, 25), st.booleans()), min_size=1, max_size=6))
def test_the_mean_of_the_means_lies_in_the_range_of_the_scale(said):
    """Five people each; sums from 5 to 25, some questions reversed."""
    parts, means = [], []
    for number, (total, around) in enumerate(said):
        notch = show(total, 5, 1, 5, k=5)
        assert notch is not None
        parts.append((question(str(number), range_of(notch.shown, 1, 5)), around))
        mean = Fraction(total, 5)
        means.append(6 - mean if around else mean)
    found = scale_figure(parts, 1).range
    assert found is not None
    assert found.low - 1e-9 <= sum(means) / len(means) <= found.high + 1e-9


def test_a_scale_has_a_range_only_where_enough_of_its_questions_have_one():
    empty = QuestionFigure(question="b", why="Fewer than 5 answers.")
    assert scale_figure([(question(), False), (empty, False)], 2).range is None
    assert scale_figure([(question(), False), (empty, False)], 1).range == FOUR
    assert scale_figure([(empty, False)], 1).range is None


def test_what_people_see_differently_is_in_no_mean():
    apart = question("b", Range(low=1.5, high=2.5, lowest=1.0, highest=5.0), agreement="differently")
    assert scale_figure([(question(), False), (apart, False)], 1).range is None
    three = scale_figure([(question(), False), (question("c"), False), (apart, False)], 1)
    assert three.range == FOUR
    assert three.differently == 1


def test_people_behind_a_scale_are_the_widest_range_of_its_questions():
    many = QuestionFigure(question="b", range=FOUR, step=0.5, people_from=8, people_to=15)
    found = scale_figure([(question(), False), (many, False)], 1)
    assert (found.people_from, found.people_to) == (5, 15)
    endless = QuestionFigure(question="c", range=FOUR, step=0.05, people_from=80, people_to=None)
    assert scale_figure([(question(), False), (endless, False)], 1).people_to is None


@pytest.mark.parametrize(
    ("trends", "expected"),
    [
        (("higher", "about the same"), "higher"),
        (("higher", "lower"), ""),
        (("higher", ""), ""),
        (("about the same", "about the same"), "about the same"),
        ((), ""),
    ],
)
def test_a_scale_moved_only_where_all_its_questions_say_so(trends, expected):
    parts = [(question(str(at), trend=one), False) for at, one in enumerate(trends)]
    assert scale_figure(parts, 1).trend == expected


def test_a_reversed_question_that_rose_lets_its_scale_fall():
    assert scale_figure([(question(trend="higher"), True)], 1).trend == "lower"


@pytest.mark.parametrize("own", [step / 20 for step in range(20, 101)])
def test_inside_the_range_both_are_about_the_same(own):
    seen = beside(own, FOUR)
    assert (seen == "about the same") == (3.5 <= own <= 4.5)
    narrow = Range(low=3.98, high=4.02, lowest=1.0, highest=5.0)
    assert (beside(own, narrow) == "about the same") == (3.5 <= own <= 4.5)


def test_agreement_of_a_scale_is_said_only_where_every_question_is_seen_alike():
    for seen in itertools.product(("", "alike"), repeat=2):
        parts = [(question(str(at), agreement=one), False) for at, one in enumerate(seen)]
        assert scale_figure(parts, 1).agreement == ("alike" if seen == ("alike", "alike") else "")
