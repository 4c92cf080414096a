"""The design of ten sets, what can be skipped and why, and what is asked next."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.direction_cases import VALUES, choice, everything, until_known

from fairlead.core.direction_answers import Value, ValueChoice
from fairlead.core.value_sets import (
    ASKED_ALWAYS,
    designs,
    label,
    middle,
    next_set,
    placed,
    skippable,
    skipped,
)

orders = st.permutations(list(VALUES))
said_at_random = st.lists(st.tuples(st.sampled_from(designs()), orders), max_size=10).map(
    lambda pairs: [choice(shown, order) for shown, order in pairs]
)


def test_every_pair_meets_exactly_twice_and_every_value_stands_five_times():
    pairs = Counter(frozenset(pair) for shown in designs() for pair in itertools.combinations(shown, 2))
    assert len(pairs) == 15
    assert set(pairs.values()) == {2}
    assert set(Counter(value for shown in designs() for value in shown).values()) == {5}


def test_the_sets_asked_always_hold_every_pair_and_every_value_once_in_each_place():
    first = designs()[:ASKED_ALWAYS]
    assert len({frozenset(pair) for shown in first for pair in itertools.combinations(shown, 2)}) == 15
    for place in range(3):
        assert {shown[place] for shown in first} == set(Value)


@pytest.mark.parametrize("order", list(itertools.permutations(VALUES))[::37])
def test_who_contradicts_themselves_nowhere_answers_six_sets_and_sees_four_reasons(order):
    said = until_known(order)
    assert len(said) == ASKED_ALWAYS
    found = skipped(said)
    assert len(found) == 4
    for one in found:
        assert list(one.order) == [str(value) for value in order if str(value) in one.order]
        assert one.says.startswith("You have put these three in order already: ")
        assert all(label(value) in one.says for value in one.order)


@given(said_at_random, st.sampled_from(designs()))
def test_a_set_is_skipped_only_where_chains_of_choices_lead_one_way(said, shown):
    found = skippable(said, shown)
    edges = {
        (a, b)
        for one in {frozenset(one.shown): one for one in said}.values()
        for a, b in itertools.combinations((one.most, middle(one), one.least), 2)
    }

    def leads(start, end):
        seen, left = set(), [start]
        while left:
            at = left.pop()
            for a, b in edges:
                if a == at and b not in seen:
                    seen.add(b)
                    left.append(b)
        return end in seen

    one_way = all(leads(a, b) != leads(b, a) for a, b in itertools.combinations(shown, 2))
    assert (found is not None) == one_way
    if found is not None:
        first, second, third = (Value(value) for value in found.order)
        assert leads(first, second)
        assert leads(second, third)
        assert {(Value(a), Value(b)) for a, b in found.because} <= edges


def test_the_reason_names_the_choices_from_which_it_follows():
    A, I, R, S = Value.ACHIEVEMENT, Value.INDEPENDENCE, Value.RECOGNITION, Value.SUPPORT  # noqa: E741, N806
    said = [choice((A, I, R), (A, I, R)), choice((I, R, S), (I, R, S))]
    found = skippable(said, (S, A, I))
    assert found.order == ("achievement", "independence", "support")
    assert found.because == (("achievement", "independence"), ("independence", "support"))


def test_a_contradiction_is_asked_about_again():
    A, I, R, S = VALUES[0], VALUES[1], VALUES[2], VALUES[4]  # noqa: E741, N806
    said = [choice((A, I, R), (A, I, R)), choice((S, I, A), (S, I, A))]
    assert skippable(said, (A, I, R)) is None


@given(said_at_random)
def test_what_is_asked_next_was_not_answered_and_does_not_follow(said):
    shown = next_set(said)
    answered = {frozenset(one.shown) for one in said}
    if shown is None:
        left = [one for one in designs() if frozenset(one) not in answered]
        assert all(skippable(said, one) is not None for one in left)
        assert {frozenset(one.shown) for one in skipped(said)} == {frozenset(one) for one in left}
    else:
        assert frozenset(shown) not in answered
        assert designs().index(shown) < ASKED_ALWAYS or skippable(said, shown) is None


def test_everything_can_be_asked_by_who_wants_to_be_more_certain():
    said = list(until_known(VALUES))
    while (shown := next_set(said, everything=True)) is not None:
        said.append(choice(shown, VALUES))
    assert len(said) == 10


@given(orders, st.randoms(use_true_random=False))
def test_the_order_of_the_choices_makes_no_difference(order, chance):
    said = list(everything(order))
    mixed = [ValueChoice(shown=tuple(reversed(one.shown)), most=one.most, least=one.least) for one in said]
    chance.shuffle(mixed)
    assert placed(mixed) == placed(said)


def test_of_a_set_answered_twice_the_last_answer_counts():
    shown = designs()[0]
    said = [choice(shown, shown), choice(shown, shown[::-1])]
    assert placed(said) == placed(said[1:])


@pytest.mark.parametrize(
    ("most", "least"), [(VALUES[0], VALUES[0]), (VALUES[0], VALUES[5]), (VALUES[5], VALUES[0])]
)
def test_most_and_least_are_two_of_the_three(most, least):
    with pytest.raises(ValueError, match="two different ones of three"):
        middle(ValueChoice(shown=VALUES[:3], most=most, least=least))
