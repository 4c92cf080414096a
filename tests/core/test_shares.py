from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fairlead.core.shares import (
    Estimate,
    asked_interval,
    design_effect,
    done_shares,
    mean_of,
    share_of,
    wilson,
    with_unseen_doing,
    with_unsorted,
)

shares = st.floats(0.0, 1.0, allow_nan=False)
weeks = arrays(
    np.float64, st.tuples(st.integers(2, 30), st.just(3)), elements=st.floats(0, 60, allow_subnormal=False)
).filter(lambda table: (table.sum(axis=1) > 0.01).sum() >= 2)


def test_done_shares_by_hand():
    # 8 and 12 of 20 hours: share .5; off by -2 and +2, so the between-week variance of the ratio is
    # 2 / 1 * (4 + 4) / 40**2 = .01 for each of two parts; independent hours would have .25 / 40 each.
    table = np.array([[8.0, 12.0], [12.0, 8.0]])
    assert design_effect(table) == pytest.approx(0.02 / (2 * 0.25 / 40))
    found = done_shares(table)[0]
    t = 3.0776835371752527  # Student's t with 1 degree of freedom at .9: tan(.4 pi)
    counted = 40 / 1.6
    half = t * math.sqrt(0.25 / counted + t**2 / (4 * counted**2)) / (1 + t**2 / counted)
    assert found.value == pytest.approx(0.5)
    assert found.low == pytest.approx(0.5 - half)
    assert found.high == pytest.approx(0.5 + half)


def test_wilson_agrees_with_the_published_example():
    # 15 of 148: 95 % score interval .0624 to .1605 (Newcombe 1998, Statistics in Medicine 17, method 3).
    found = wilson(15 / 148, 148, 1.959963984540054)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0624, 0.1605)


@given(weeks)
def test_done_shares_sum_to_one_with_ordered_intervals(table):
    found = done_shares(table)
    assert sum(one.value for one in found) == pytest.approx(1.0)
    for one in found:
        assert 0.0 <= one.low <= one.value <= one.high <= 1.0
        assert math.isfinite(one.low)
        assert math.isfinite(one.high)


@given(weeks, st.integers(0, 29), st.floats(0, 50))
def test_more_hours_of_a_kind_never_lower_its_share(table, week, more):
    before = done_shares(table)[0].value
    table[week % len(table), 0] += more
    assert done_shares(table)[0].value >= before - 1e-9


def test_weeks_that_differ_more_give_a_wider_interval():
    calm = done_shares(np.array([[10.0, 20.0], [11.0, 19.0]] * 6))[0]
    wild = done_shares(np.array([[1.0, 29.0], [20.0, 10.0]] * 6))[0]
    assert calm.value == pytest.approx(wild.value)
    assert wild.high - wild.low > 2 * (calm.high - calm.low)


def test_a_kind_that_never_occurred_still_has_an_upper_bound_above_zero():
    found = done_shares(np.array([[0.0, 30.0, 5.0]] * 12))[0]
    assert found.value == found.low == 0.0
    assert 0.0 < found.high < 0.05


@pytest.mark.parametrize(
    "table", [np.zeros((5, 3)), np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, -1.0]] * 3)]
)
def test_too_few_weeks_or_negative_hours_are_refused(table):
    with pytest.raises(ValueError, match="two weeks"):
        done_shares(table)


def test_the_interval_covers_the_truth_four_times_in_five():
    random = np.random.default_rng(7)
    truth, hits = 0.3, 0
    for _ in range(400):
        part = random.beta(6, 14, size=12)
        load = random.uniform(15, 40, size=12)
        found = done_shares(np.column_stack([part * load, (1 - part) * load]))[0]
        hits += found.low <= truth <= found.high
    assert 0.75 <= hits / 400 <= 0.87


@given(shares, shares, shares)
def test_asked_intervals_hold_the_share_and_never_leave_zero_and_one(share, low, high):
    found = asked_interval(share, min(low, share), max(high, share))
    assert 0.0 <= found.low <= share <= found.high <= 1.0


def test_the_allowance_is_a_factor_in_odds_and_adds_to_the_roles_own_interval_in_squares():
    bare = asked_interval(0.4, None, None)
    assert bare.high / (1 - bare.high) == pytest.approx(1.5 * 0.4 / 0.6)
    assert bare.low / (1 - bare.low) == pytest.approx(0.4 / 0.6 / 1.5)
    own = asked_interval(0.4, 0.3, 0.5)
    expected = math.hypot(math.log(0.5 / 0.5) - math.log(0.4 / 0.6), math.log(1.5))
    assert math.log(own.high / (1 - own.high)) == pytest.approx(math.log(0.4 / 0.6) + expected)


@given(shares, shares, shares, shares, st.booleans())
def test_what_is_not_seen_only_widens(low, value, high, part, doing):
    low, value, high = sorted((low, value, high))
    found = Estimate(value, low, high)
    for wider in (with_unsorted(found, part), with_unseen_doing(found, part, doing=doing)):
        assert 0.0 <= wider.low <= low
        assert high <= wider.high + 1e-12
        assert wider.high <= 1.0 + 1e-12
        assert wider.value == value


def test_all_time_sorted_and_seen_leaves_the_interval_alone():
    found = Estimate(0.3, 0.2, 0.4)
    assert with_unsorted(found, 0.0) == found
    assert with_unseen_doing(found, 0.0, doing=False) == found


def test_a_share_of_ratings_carries_the_errors_of_all_ratings():
    levels = [Estimate(0.5, 0.4, 0.6), Estimate(0.5, 0.4, 0.6), Estimate(1.0, 0.8, 1.0)]
    found = share_of(levels, 2)
    random = np.random.default_rng(3)
    z = 1.2815515655446004
    drawn = random.normal([0.5, 0.5, 1.0], [0.1 / z, 0.1 / z, 0.2 / z], size=(200_000, 3))
    low, high = np.quantile(drawn[:, 2] / drawn.sum(axis=1), [0.1, 0.9])
    assert found.value == 0.5
    assert found.low == pytest.approx(low, abs=0.005)
    assert found.high == pytest.approx(high, abs=0.005)


def test_the_mean_of_equal_parts_has_an_error_that_shrinks_with_their_root():
    one = Estimate(0.5, 0.3, 0.7)
    found = mean_of([one] * 4)
    assert found.value == 0.5
    assert found.high - 0.5 == pytest.approx(0.1)
