"""Own values, daily practice and stated values: scores, mismatches, circles, too little to say."""

import itertools
import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.direction_cases import DAY, VALUES, choice, everything, until_known

from fairlead.core.direction_answers import Value, Values
from fairlead.core.value_sets import designs
from fairlead.core.values import meet, read_side, read_values, utilities

orders = st.permutations(list(VALUES))


@given(orders)
def test_scores_stand_in_the_order_of_who_never_contradicts_themselves(order):
    side = read_side(everything(order), "mine", DAY)
    by_score = sorted(side.scores, key=lambda one: -one.figure.value)
    assert [one.value for one in by_score] == [str(value) for value in order]
    assert not side.circles
    assert not side.both_ways


@given(orders)
def test_most_minus_least_orders_the_values_as_the_model_does_where_all_sets_are_answered(order):
    """Best minus worst counts are sufficient for the utilities."""
    side = read_side(everything(order), "mine", DAY)
    for one, other in itertools.combinations(side.scores, 2):
        counted = (one.most - one.least) - (other.most - other.least)
        if counted:
            assert (one.figure.value > other.figure.value) == (counted > 0)


@given(orders)
def test_fewer_answers_leave_wider_intervals_and_name_fewer_values(order):
    all_sets, six = (read_side(said, "mine", DAY) for said in (everything(order), until_known(order)))

    def width(side):
        return sum(one.figure.high - one.figure.low for one in side.scores)

    assert width(six) > width(all_sets)
    for few, many in zip(six.scores, all_sets.scores, strict=True):
        assert set(few.before) <= set(many.before)


def test_mine_and_practice_turned_around_are_named_at_both_ends_only():
    found = read_values(Values(mine=everything(VALUES), practice=everything(VALUES[::-1])), DAY)
    named = {one.value: one.more for one in found.mismatches}
    assert named["achievement"] == "mine"
    assert named["working_conditions"] == "practice"
    assert "recognition" not in named
    for one in found.mismatches:
        assert one.mine.low > one.practice.high or one.practice.low > one.mine.high


@given(orders, orders)
def test_a_mismatch_is_named_exactly_where_the_intervals_do_not_meet(mine, practice):
    found = read_values(Values(mine=everything(mine), practice=until_known(practice)), DAY)
    apart = {
        own.value
        for own, other in zip(found.mine.scores, found.practice.scores, strict=True)
        if own.figure.low > other.figure.high or other.figure.low > own.figure.high
    }
    assert {one.value for one in found.mismatches} == apart


@given(orders)
def test_the_same_choices_on_both_sides_are_no_mismatch(order):
    found = read_values(Values(mine=everything(order), practice=everything(order)), DAY)
    assert found.mismatches == ()
    assert "not the same as agreeing" in found.says


def test_stated_values_are_called_lived_only_with_the_whole_interval_on_one_side():
    found = read_values(Values(practice=everything(VALUES), stated=(VALUES[0], VALUES[2], VALUES[5])), DAY)
    assert [one.lived for one in found.stated] == ["yes", "cannot_say", "no"]


def test_stated_values_without_practice_are_only_stated():
    found = read_values(Values(stated=(Value.SUPPORT,)), DAY)
    assert found.stated[0].lived == "cannot_say"
    assert found.stated[0].practice is None
    assert found.says == "No set was answered."


def test_three_sets_are_too_few_and_the_page_says_how_many_it_takes():
    side = read_side(everything(VALUES)[:3], "mine", DAY)
    assert all(one.figure.value is None for one in side.scores)
    assert side.too_little == "3 sets of three answered; it takes 4."
    assert side.says == side.too_little
    assert utilities(everything(VALUES)[:3]) is None


def test_a_value_that_was_never_shown_leaves_all_scores_open():
    without = [choice(shown, VALUES) for shown in designs() if Value.SUPPORT not in shown]
    side = read_side(without, "mine", DAY)
    assert side.n_sets >= 4
    assert side.too_little == "Support stood in no answered set: answer one more."


def test_a_circle_and_a_pair_both_ways_are_said_and_no_fault():
    ranked = [(0, 1, 3), (1, 2, 5), (2, 0, 4), (0, 4, 5)]
    said = [choice(tuple(VALUES[at] for at in sorted(one)), [VALUES[at] for at in one]) for one in ranked]
    side = read_side(said, "mine", DAY)
    assert side.circles == (("achievement", "independence", "recognition"),)
    assert (
        "1 circle, for example Achievement before Independence before Recognition before Achievement."
        in side.says
    )
    again = read_side([*said, choice(VALUES[:3], [VALUES[at] for at in (1, 0, 2)])], "mine", DAY)
    assert again.both_ways == (("achievement", "independence"), ("achievement", "recognition"))
    assert again.circles == ()
    assert "came out both ways" in again.says


def test_every_figure_says_how_many_and_how():
    side = read_side(everything(VALUES), "practice", DAY)
    for one in side.scores:
        assert one.figure.n == one.shown == 5
        assert one.figure.as_of == DAY
        assert one.figure.level == 0.8
        assert "maximum-difference" in one.figure.formula
    assert json.loads(json.dumps(asdict(side), allow_nan=False))["whose"] == "practice"


def test_a_figure_without_an_interval_meets_everything():
    side = read_side((), "mine", DAY)
    assert meet(side.scores[0].figure, side.scores[1].figure)


def test_a_choice_outside_its_set_is_refused():
    wrong = choice(designs()[0], VALUES)
    outside = next(value for value in VALUES if value not in wrong.shown)
    with pytest.raises(ValueError, match="two different ones of three"):
        read_side([type(wrong)(shown=wrong.shown, most=outside, least=wrong.least)], "mine", DAY)
