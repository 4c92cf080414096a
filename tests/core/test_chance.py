"""What random groups reach: nulls, draws, and critical values by an independent enumeration."""

import itertools
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fairlead.core.chance import SKEWED, chance, draw, nulls, triangular, uniform


def test_variances_of_the_nulls_are_the_published_ones():
    assert [float(null.variance) for null in SKEWED] == pytest.approx([1.34, 0.90, 0.44])
    for options in range(2, 12):
        assert uniform(options).variance == Fraction(options**2 - 1, 12)
    # (A² + 2A - 3) / 24 for odd A, (A² + 2A - 2) / 24 for even A: James, Demaree & Wolf (1984).
    assert triangular(7).variance == Fraction(49 + 14 - 3, 24)
    assert triangular(6).variance == Fraction(36 + 12 - 2, 24)


def test_skewed_nulls_are_offered_for_five_options_only():
    assert [null.name for null in nulls(5)] == [
        "uniform",
        "triangular",
        "slightly skewed",
        "moderately skewed",
        "heavily skewed",
    ]
    assert [null.options for null in nulls(4)] == [4, 4]


def test_one_option_leaves_nothing_to_choose():
    with pytest.raises(ValueError, match="at least 2"):
        uniform(1)


@pytest.mark.parametrize("null", nulls(5))
@pytest.mark.parametrize("correlation", [0.0, 0.5])
def test_drawn_answers_fall_as_the_null_says(null, correlation):
    drawn = draw(40_000, 3, null, rng=np.random.default_rng(1), correlation=correlation)
    seen = np.bincount(drawn.ravel(), minlength=5) / drawn.size
    wanted = np.array(null.weights) / sum(null.weights)
    assert np.max(np.abs(seen - wanted)) < 0.01
    together = np.corrcoef(drawn.T)[0, 1]
    assert abs(together) < 0.02 if correlation == 0.0 else 0.35 < together < 0.5


@pytest.mark.parametrize(("size", "options"), [(3, 5), (4, 5), (5, 3)])
def test_the_critical_value_of_one_item_lies_where_enumeration_puts_it(size, options):
    """All answers that a group can give, each as likely: the value below which at most 5 % lie."""
    null = uniform(options)
    ratios, deviations = [], []
    for said in itertools.product(range(options), repeat=size):
        values = np.array(said)
        ratios.append(values.var(ddof=1) / float(null.variance))
        deviations.append(np.abs(values - values.mean()).mean())
    found = chance([size], 1, null, rng=np.random.default_rng(2))[0]
    # The true share below may be a hair above 5 %, since the value itself is simulated.
    for values, value in ((ratios, found.ratio), (deviations, found.ad_mean)):
        rounded = np.round(values, 9)
        assert np.mean(rounded < round(value, 9)) <= 0.055
        assert np.mean(rounded <= round(value, 9)) >= 0.045


GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "agreement" / "expected.json").read_text())


@pytest.mark.parametrize("of_r", GOLDEN["chance"])
def test_critical_values_are_those_of_r_multilevel_s_own_simulation(of_r):
    """rwg.j.sim and ad.m.sim, 4,000 groups each: both sides vary by about a hundredth."""
    size, items, options = of_r["size"], of_r["items"], of_r["options"]
    rng = np.random.default_rng(1)
    found = chance([size], items, uniform(options), rng=rng, correlation=of_r["correlation"])[0]
    rwg_j = items * (1 - found.ratio) / (items * (1 - found.ratio) + found.ratio)
    assert rwg_j == pytest.approx(of_r["rwg_j"], abs=0.03)
    assert found.ad_mean == pytest.approx(of_r["ad_mean"], abs=0.025)


def test_published_critical_value_of_rwg_for_ten_people_and_five_options():
    """Dunlap, Burke & Smith-Crowe (2003): with ten raters rwg must lie near one half."""
    found = chance([10], 1, uniform(5), rng=np.random.default_rng(3))[0]
    assert 0.48 <= 1 - found.ratio <= 0.56


def test_correlated_items_make_agreement_by_chance_easier():
    values = [
        chance([8], 6, uniform(5), rng=np.random.default_rng(4), correlation=c)[0].ratio
        for c in (0.0, 0.3, 0.6, 0.9)
    ]
    assert values == sorted(values, reverse=True)
    assert values[-1] < values[0] - 0.15


def test_large_sizes_are_interpolated_near_what_they_themselves_would_give():
    sizes = [26, 30, 47, 80, 200]
    both = {one.size: one for one in chance(sizes, 3, uniform(5), rng=np.random.default_rng(5))}
    assert sorted(both) == sizes
    for size in sizes:
        # For many people the variance of a group is nearly normal: an answer that needs no simulation.
        draws = (
            np.random.default_rng(6).integers(5, size=(4000, 3, size)).var(axis=2, ddof=1).mean(axis=1) / 2
        )
        assert both[size].ratio == pytest.approx(np.quantile(draws, 0.05), abs=0.012)


def test_groups_of_chance_alone_pass_in_about_one_of_twenty():
    rng = np.random.default_rng(7)
    value = chance([6], 4, uniform(5), rng=rng)[0].ratio
    fresh = draw(6 * 20_000, 4, uniform(5), rng=rng).reshape(20_000, 6, 4)
    passed = int(np.sum(fresh.var(axis=1, ddof=1).mean(axis=1) / 2 < value - 1e-12))
    assert 0.042 <= passed / 20_000 <= 0.058


def test_the_same_seed_gives_the_same_values_and_no_size_gives_none():
    one, other = (chance([4, 9], 2, uniform(4), rng=np.random.default_rng(9)) for _ in range(2))
    assert one == other
    assert chance([], 2, uniform(4), rng=np.random.default_rng(9)) == ()


@pytest.mark.parametrize(
    ("sizes", "items", "correlation", "said"),
    [([1], 1, 0.0, "nobody to agree"), ([5], 0, 0.0, "at least one"), ([5], 2, 1.0, "between 0 and")],
)
def test_impossible_groups_are_refused(sizes, items, correlation, said):
    with pytest.raises(ValueError, match=said):
        chance(sizes, items, uniform(5), rng=np.random.default_rng(1), correlation=correlation)
