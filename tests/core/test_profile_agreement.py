"""Two profiles beside each other: shape, level, scatter, distance, and when nothing is said."""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.direction_cases import VALUES, everything, until_known

from fairlead.core import choices
from fairlead.core.direction_reading import ProfileRow
from fairlead.core.profile_agreement import Scales, agree, agree_choices, correlation, draw, fisher
from fairlead.core.value_sets import placed

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "direction" / "expected.json").read_text(encoding="utf-8")
)
SAME = Scales(mine=(1, 5), asked=(1, 5), same=True)
DAY = "2026-11-20"
profiles = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=6, max_size=9)


def rows(mine, asked):
    return [
        ProfileRow(name=str(i), label=str(i), mine=m, asked=a)
        for i, (m, a) in enumerate(zip(mine, asked, strict=True))
    ]


def of_values(order, asked, said=everything):
    utility, covariance = choices.fit(placed(said(order)), 6)
    named = [ProfileRow(name=str(v), label=str(v), mine=None, asked=asked[i]) for i, v in enumerate(VALUES)]
    return agree_choices(draw(utility, covariance), named, DAY)


@pytest.mark.parametrize("case", GOLDEN["shapes"])
def test_shape_level_and_distance_agree_with_plain_python(case):
    found = agree("want", rows(case["mine"], case["asked"]), SAME, DAY)
    assert found.shape.value == pytest.approx(case["shape"])
    assert (found.shape.low, found.shape.high) == pytest.approx((case["low"], case["high"]))
    assert found.level.value == pytest.approx(case["level"])
    assert found.distance.value == pytest.approx(case["distance"])


@settings(max_examples=40)
@given(profiles)
def test_level_scatter_and_shape_make_up_the_distance_and_stay_apart(pairs):
    """Cronbach and Gleser (1953): D² = Δlevel² + Δscatter² + 2 s₁ s₂ (1 - r)."""
    mine, asked = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    assume(mine.std() >= 0.5)
    assume(asked.std() >= 0.5)
    found = agree("want", rows(mine, asked), SAME, DAY)
    spread = asked.std()
    scatter = found.scatter.value * spread
    parts = found.level.value**2 + (scatter - spread) ** 2 + 2 * scatter * spread * (1 - found.shape.value)
    assert found.distance.value**2 == pytest.approx(parts)


@settings(max_examples=40)
@given(profiles)
def test_every_figure_holds_its_value_within_its_interval_and_nothing_is_no_number(pairs):
    found = agree("able", rows(*zip(*pairs, strict=True)), SAME, DAY)
    for one in (found.shape, found.level, found.distance):
        if one.value is None:
            assert one.too_little
        else:
            assert one.low - 1e-12 <= one.value <= one.high + 1e-12
            assert math.isfinite(one.low + one.high)


@settings(max_examples=40)
@given(profiles, st.randoms(use_true_random=False))
def test_the_order_of_the_dimensions_makes_no_difference(pairs, chance):
    mixed = list(pairs)
    chance.shuffle(mixed)
    one, other = (agree("want", rows(*zip(*each, strict=True)), SAME, DAY) for each in (pairs, mixed))
    assert one.verdict == other.verdict
    if one.shape.value is not None:
        assert one.shape.value == pytest.approx(other.shape.value)


@settings(max_examples=40)
@given(profiles)
def test_turning_mine_around_turns_the_shape(pairs):
    mine, asked = (list(column) for column in zip(*pairs, strict=True))
    one = agree("want", rows(mine, asked), SAME, DAY)
    other = agree("want", rows([6 - m for m in mine], asked), SAME, DAY)
    turned = {"alike": "unlike", "unlike": "alike"}
    assert other.verdict == turned.get(one.verdict, one.verdict)


def test_two_flat_profiles_are_said_nothing_of_though_they_correlate_fully():
    mine = [3, 3, 3, 3, 3, 3, 3, 4]
    found = agree("want", rows(mine, [3, 3, 3, 3, 3, 3, 3, 4]), SAME, DAY)
    assert correlation(np.array(mine, dtype=float), np.array(mine, dtype=float)) == pytest.approx(1.0)
    assert found.shape.value is None
    assert found.verdict == "too_little"
    assert "flat" in found.says
    assert found.level.value == 0


def test_where_the_same_is_asked_of_all_there_is_no_shape_and_the_level_stands():
    found = agree("want", rows([1, 5, 2, 4, 3, 5], [3] * 6), SAME, DAY)
    assert found.shape.value is None
    assert found.scatter.value is None
    assert found.level.value == pytest.approx(1 / 3)


def test_five_dimensions_are_too_few():
    found = agree("want", rows([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), SAME, DAY)
    assert found.verdict == "too_little"
    assert found.says == "5 answers; it takes 6 to speak of a shape."
    assert found.by_chance is None


def test_what_was_not_answered_stays_in_the_rows_and_out_of_the_figures():
    given_rows = rows([1, None, 3, 4, 5, 2, 1], [1, 5, 3, 4, 5, 2, None])
    found = agree("want", given_rows, SAME, DAY)
    assert found.rows == tuple(given_rows)
    assert found.shape.n == 5


def test_the_chance_of_a_shape_is_near_the_share_of_all_orders():
    mine, asked = [5, 4, 1, 2, 4, 2, 3], [5, 3, 2, 1, 4, 1, 2]
    found = agree("want", rows(mine, asked), SAME, DAY)
    reached = [
        correlation(np.array(mine, dtype=float), np.array(order, dtype=float)) >= found.shape.value - 1e-9
        for order in itertools.permutations(asked)
    ]
    assert found.by_chance == pytest.approx(np.mean(reached), abs=0.01)


def test_six_whole_numbers_in_line_do_not_pretend_to_certainty():
    low, high = fisher(1.0, 6)
    assert high == 1.0
    assert low < 0.75


@pytest.mark.parametrize("order", [VALUES, VALUES[::-1], (*VALUES[3:], *VALUES[:3])])
def test_values_in_the_order_in_which_they_are_offered_are_alike_and_turned_around_unlike(order):
    offered = [6.5 - order.index(value) for value in VALUES]
    alike = of_values(order, offered)
    assert alike.verdict == "alike"
    assert alike.by_chance == pytest.approx(1 / 720)
    assert of_values(order, offered[::-1] if order == VALUES else [-x for x in offered]).verdict == "unlike"


def test_the_shape_of_values_is_what_many_draws_of_another_seed_allow():
    utility, covariance = choices.fit(placed(until_known(VALUES)), 6)
    drawn = np.random.default_rng(99).multivariate_normal(utility, covariance, 40_000, method="eigh")
    offered = np.array([5.0, 3.0, 6.0, 2.0, 4.0, 1.0])
    shapes = [correlation(one, offered) for one in drawn[:8000]]
    found = of_values(VALUES, offered.tolist(), until_known)
    assert [found.shape.low, found.shape.value, found.shape.high] == pytest.approx(
        np.quantile(shapes, [0.1, 0.5, 0.9]).tolist(), abs=0.03
    )


def test_choices_have_no_level_and_no_distance():
    found = of_values(VALUES, [6, 5, 4, 3, 2, 1])
    for one in (found.level, found.scatter, found.distance):
        assert one.value is None
        assert one.too_little == "Choices say what comes first, not how much."


def test_fewer_choices_leave_more_shapes_possible():
    offered = [6, 5, 4, 3, 2, 1]
    few, many = (of_values(VALUES, offered, said) for said in (until_known, everything))
    assert few.shape.high - few.shape.low > many.shape.high - many.shape.low
