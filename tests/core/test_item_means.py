"""Means of a few answers: weights, intervals, and what they refuse."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.item_means import item_mean
from fairlead.core.scales import Scale, ScaleItem, score
from fairlead.core.tables import Answers

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "direction" / "expected.json").read_text(encoding="utf-8")
)
said = st.lists(st.tuples(st.integers(1, 5), st.floats(0.1, 5)), min_size=1, max_size=10)


@pytest.mark.parametrize("case", GOLDEN["means"])
def test_means_agree_with_plain_python(case):
    found = item_mean(*case["said"])
    assert [found.value, found.low, found.high] == pytest.approx(case["found"], abs=1e-7)


def test_with_equal_weights_it_is_the_interval_of_a_scale():
    items = tuple(ScaleItem(id=name) for name in "abcd")
    scale = Scale(
        id="s", label="S", about="own", items=items, low_option=1, high_option=5, min_answered=1, spread=0.25
    )
    values = {"a": 2.0, "b": 3.0, "c": 5.0, "d": 4.0}
    answers = Answers(instrument="x", version="1", answered_on="2026-01-01", values=values, texts={})
    other = score(answers, [scale]).scores[0]
    found = item_mean(list(values.values()), [2.0] * 4, 1, 5)
    assert (found.value, found.low, found.high) == pytest.approx((other.score, other.low, other.high))


@given(said, st.floats(0.1, 10), st.randoms(use_true_random=False))
def test_neither_the_unit_of_the_weights_nor_the_order_matters(pairs, unit, chance):
    mixed = list(pairs)
    chance.shuffle(mixed)
    one = item_mean([a for a, _ in pairs], [w for _, w in pairs], 1, 5)
    other = item_mean([a for a, _ in mixed], [w * unit for _, w in mixed], 1, 5)
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


@given(said)
def test_the_interval_holds_the_mean_and_stays_within_the_options(pairs):
    found = item_mean([a for a, _ in pairs], [w for _, w in pairs], 1, 5)
    assert 1 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 5


@given(said)
def test_uneven_weights_are_never_more_certain_than_even_ones(pairs):
    answers = [a for a, _ in pairs]
    even = item_mean(answers, [1.0] * len(pairs), -100, 100, spread=0.01)
    uneven = item_mean(answers, [w for _, w in pairs], -100, 100, spread=0.01)
    assert uneven.high - uneven.low >= even.high - even.low - 1e-9


@pytest.mark.parametrize("weights", [[], [1, 2], [-1], [0]])
def test_unusable_weights_are_refused(weights):
    with pytest.raises(ValueError, match="one weight for each answer"):
        item_mean([3], weights, 1, 5)
