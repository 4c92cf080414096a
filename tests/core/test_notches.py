"""How finely a mean is shown: one answer moves it by one notch at most, and no end says that all agree."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.notches import Known, Span, narrowed, people, place, possible, show, spare, step_of

SCALES = [(1, 5), (0, 1), (1, 7), (0, 10), (1, 4), (1, 10), (1, 3), (0, 100), (-2, 2), (1, 8)]


@pytest.mark.parametrize(("low", "high"), SCALES)
def test_a_step_divides_the_scale_and_is_no_finer_than_one_answer_can_move_the_mean(low, high):
    for n in range(5, 400):
        step = Fraction(step_of(n, low, high), 20)
        assert step >= Fraction(high - low, n)
        assert Fraction(high - low) % step == 0
        first, last = people(n, low, high, 5)
        assert first <= n <= (last or n)
        assert {step_of(other, low, high) for other in range(first, (last or n) + 1)} == {step * 20}


def test_means_are_rounded_half_up_exactly():
    for n in range(5, 90):
        step = Fraction(step_of(n, 1, 5), 20)
        for total in range(n, 5 * n + 1):
            exact = (Fraction(total, n) - 1) / step
            assert place(total, n, 1, step * 20) == (exact + Fraction(1, 2)).__floor__()


@given(st.sampled_from(SCALES), st.data())
@settings(max_examples=500, deadline=None)
def test_one_answer_moves_a_figure_by_one_notch_at_most(scale, data):
    low, high = scale
    answers = data.draw(st.lists(st.integers(low, high), min_size=5, max_size=60))
    other = data.draw(st.integers(low, high))
    n, total = len(answers), sum(answers)
    before = show(total, n, low, high, k=5).shown
    after = show(total - answers[0] + other, n, low, high, k=5).shown
    assert abs(before.at - after.at) <= before.step + 1e-9


@pytest.mark.parametrize(("low", "high"), SCALES)
def test_every_single_answer_can_still_be_three_fifths_of_the_options(low, high):
    """Beside every sum that can occur, by counting all sums and not by formula."""
    must = spare(low, high) + 1
    assert must >= 0.6 * (high - low + 1)
    for n in range(5, 26):
        for total in range(n * low, n * high + 1, 1 if high < 50 else 37):
            notch = show(total, n, low, high, k=5)
            same = [
                other
                for other in range(n * low, n * high + 1)
                if (found := show(other, n, low, high, k=5)) and found.shown == notch.shown
            ] if high < 6 else list(range(notch.low, notch.high + 1))  # fmt: skip
            assert (same[0], same[-1]) == (notch.low, notch.high)
            left = {
                one
                for one in range(low, high + 1)
                if any((n - 1) * low <= other - one <= (n - 1) * high for other in same)
            }
            assert len(left) == possible(n, notch.low, notch.high, low, high) >= must


def test_where_everybody_says_the_same_end_the_figure_does_not_say_so():
    assert (show(25, 5, 1, 5, k=5).shown.at, show(25, 5, 1, 5, k=5).shown.end) == (4.5, "or more")
    assert (show(23, 5, 1, 5, k=5).shown) == (show(25, 5, 1, 5, k=5).shown)
    assert (show(9, 9, 1, 5, k=5).shown.at, show(9, 9, 1, 5, k=5).shown.end) == (1.5, "or less")
    assert (show(5, 5, 0, 1, k=5).shown.at, show(5, 5, 0, 1, k=5).shown.end) == (0.8, "or more")


def test_an_end_is_deeper_where_the_parts_reach_no_higher():
    """Of three teams at 4 and one at its end: a total of 90 or more would give the last one away."""
    alone = show(91, 20, 1, 5, k=5)
    inside = show(91, 20, 1, 5, k=5, reach=Span(18 * 3 + 23, 22 * 3 + 25, 13, 0))
    assert (alone.low, inside.low) == (90, 86)
    assert (inside.shown.at, inside.shown.end) == (4.4, "or more")


def test_a_whole_says_nothing_where_its_parts_say_all():
    assert show(46, 10, 1, 5, k=5, reach=Span(45, 47)) is None


def test_a_whole_of_parts_far_from_the_ends_is_shown_as_it_is():
    inside = show(48, 16, 1, 5, k=5, reach=Span(44, 50, 6, 7))
    assert inside.shown == show(48, 16, 1, 5, k=5).shown


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_bounds_of_nested_sums_are_those_of_enumeration(data):
    """Two leaves in one node, that node and a third leaf in another, all values tried."""
    ends = []
    for span in (4, 4, 4, 9, 14):
        low = data.draw(st.integers(0, span))
        ends.append((low, data.draw(st.integers(low, span))))
    sums = [Known(1, *ends[0]), Known(1, *ends[1]), Known(2, *ends[3], (0, 1)), Known(1, *ends[2])]
    sums.append(Known(3, *ends[4], (2, 3)))
    found = [
        (a, b, a + b, c, a + b + c)
        for a, b, c in itertools.product(*(range(lo, hi + 1) for lo, hi in ends[:3]))
        if ends[3][0] <= a + b <= ends[3][1] and ends[4][0] <= a + b + c <= ends[4][1]
    ]
    if found:
        assert narrowed(sums) == [(min(one), max(one)) for one in zip(*found, strict=True)]
