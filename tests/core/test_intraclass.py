"""ICC(1) and ICC(2) against R, against brute force, and where nothing can be said."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.intraclass import intraclass

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "agreement" / "expected.json").read_text())


def of_groups(groups, unit=1):
    return intraclass(
        np.array([len(group) for group in groups]),
        np.array([int(sum(group)) for group in groups]),
        np.array([int(sum(x * x for x in group)) for group in groups]),
        unit=unit,
    )


def dense_reml(groups):
    """Restricted maximum likelihood written with whole matrices, as textbooks do."""
    y = np.concatenate(groups).astype(float)
    z = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    same = (z[:, None] == z[None, :]).astype(float)
    ones = np.ones((len(y), 1))

    def value(share):
        v = (1 - share) * np.eye(len(y)) + share * same
        inverse = np.linalg.inv(v)
        inside = ones.T @ inverse @ ones
        residual = y - float((ones.T @ inverse @ y)[0] / inside[0, 0])
        quadratic = float(residual @ inverse @ residual)
        degrees = len(y) - 1
        return degrees * np.log(quadratic) + np.linalg.slogdet(v)[1] + np.log(inside[0, 0])

    from scipy import optimize

    grid = np.linspace(0, 0.999, 100)
    start = grid[np.argmin([value(share) for share in grid])]
    bounds = (max(start - 0.02, 0.0), min(start + 0.02, 0.9999))
    return optimize.minimize_scalar(value, bounds=bounds, method="bounded", options={"xatol": 1e-10}).x


@pytest.mark.parametrize("table", GOLDEN["tables"])
def test_anova_and_reml_are_those_of_r(table):
    answers = np.array(table["answers"])
    place = np.array(table["groups"]) - 1
    totals = answers.sum(axis=1)
    groups = [totals[place == g] for g in range(len(table["sizes"]))]
    found = of_groups(groups, unit=answers.shape[1])
    for name in ("icc1", "icc2", "f", "p"):
        assert getattr(found, name) == pytest.approx(table[name], rel=1e-9), name
    # nlme stops where its own steps are small: six digits are what it promises.
    assert found.icc1_reml == pytest.approx(table["icc1_reml"], abs=1e-6)
    assert found.var_within == pytest.approx(table["var_within"], rel=1e-5)


whole = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=7), min_size=2, max_size=7)


@settings(deadline=None)  # the first call imports scipy.stats
@given(whole)
def test_mean_squares_are_their_definition(groups):
    from scipy import stats

    found = of_groups(groups)
    people = [x for group in groups for x in group]
    if len(people) == len(groups):
        assert found.icc1 is None
        return
    grand = np.mean(people)
    between = sum(len(g) * (np.mean(g) - grand) ** 2 for g in groups) / (len(groups) - 1)
    within = sum(sum((x - np.mean(g)) ** 2 for x in g) for g in groups) / (len(people) - len(groups))
    assert found.ms_between == pytest.approx(between, abs=1e-9)
    assert found.ms_within == pytest.approx(within, abs=1e-9)
    if within > 1e-9:
        f, p = stats.f_oneway(*[np.array(g, dtype=float) for g in groups])
        assert found.f == pytest.approx(f, rel=1e-6, abs=1e-9)
        assert found.p == pytest.approx(p, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_reml_is_that_of_whole_matrices(seed):
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 9, size=12)
    groups = [np.round(10 + chance.normal(0, 3) + chance.normal(0, 4, size)).astype(int) for size in sizes]
    assert of_groups(groups).icc1_reml == pytest.approx(dense_reml(groups), abs=1e-6)


def test_a_negative_icc_is_shown_as_it_is_and_reml_stops_at_zero():
    found = of_groups([[1, 5, 3], [5, 1, 3], [3, 1, 5]])
    assert found.icc1 == pytest.approx(-0.5)
    assert found.icc2 is None
    other = of_groups([[1, 5, 3], [5, 1, 4], [3, 1, 5]])
    assert other.icc1 < 0
    assert other.icc2 < 0
    assert (other.icc1_reml, other.icc2_reml) == (0.0, 0.0)


def test_groups_that_differ_and_people_who_do_not_give_one():
    found = of_groups([[1, 1], [2, 2, 2], [5, 5]])
    assert (found.icc1, found.icc2, found.icc1_reml, found.var_within) == (1.0, 1.0, 1.0, 0.0)
    assert (found.f, found.p) == (None, 0.0)
    assert found.var_between == pytest.approx(np.var([1, 2, 5], ddof=1))


def test_equal_groups_make_all_three_forms_of_icc1_one():
    groups = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = of_groups(groups)
    assert found.icc1 == pytest.approx(found.icc1_n0)
    assert found.icc1 == pytest.approx(found.icc1_reml, abs=1e-9)
    assert found.icc2 == pytest.approx(found.icc2_reml, abs=1e-9)


def test_the_interval_is_that_of_shrout_and_fleiss_at_80_per_cent():
    groups = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = of_groups(groups)
    from scipy import stats

    f = found.ms_between / found.ms_within
    low, high = f / stats.f.ppf(0.9, 5, 18), f * stats.f.ppf(0.9, 18, 5)
    assert found.low == pytest.approx((low - 1) / (low + 3))
    assert found.high == pytest.approx((high - 1) / (high + 3))


def test_the_interval_holds_the_truth_in_about_eight_of_ten_simulated_companies():
    chance = np.random.default_rng(12)
    held = 0
    for _ in range(400):
        groups = [
            np.round(1000 + 100 * (chance.normal(0, 0.5) + chance.normal(0, 1, size))).astype(int)
            for size in chance.integers(3, 12, size=25)
        ]
        found = of_groups(groups)
        held += found.low <= 0.2 <= found.high
    assert 0.74 <= held / 400 <= 0.86


@pytest.mark.parametrize(
    ("groups", "why"),
    [
        ([[1, 2, 3]], "It takes two groups."),
        ([[1], [2], [3]], "It takes a group of two or more."),
        ([[2, 2], [2, 2]], "Everybody has the same score."),
    ],
)
def test_where_nothing_can_be_said_a_sentence_says_why(groups, why):
    found = of_groups(groups)
    assert (found.icc1, found.icc2, found.icc1_reml) == (None, None, None)
    assert found.too_little == why


def test_groups_of_nobody_change_nothing():
    with_empty = intraclass(np.array([2, 0, 3]), np.array([5, 0, 9]), np.array([13, 0, 29]))
    without = intraclass(np.array([2, 3]), np.array([5, 9]), np.array([13, 29]))
    assert with_empty == without
