"""Agreement against R's numbers, the definitions by brute force, and what must never change an answer."""

import itertools
import json
from fractions import Fraction
from pathlib import Path
from statistics import mean, median, variance

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.agreement import agreement, alpha_of, item_correlation
from fairlead.core.agreement_json import Agreements, agreements_json
from fairlead.core.agreement_sums import group_sums
from fairlead.core.chance import SKEWED, triangular, uniform
from fairlead.core.reliability import alpha

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "agreement" / "expected.json").read_text())
TABLES = GOLDEN["tables"]
UNHURRIED = settings(deadline=None)  # the first call imports scipy.special


@st.composite
def tables(draw):
    """Answers (options from 0), groups and options: every shape that a team can have."""
    options = draw(st.integers(2, 7))
    items = draw(st.integers(1, 4))
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=6))
    groups = [g for g, size in enumerate(sizes) for _ in range(size)]
    row = st.lists(st.integers(0, options - 1), min_size=items, max_size=items)
    answers = draw(st.lists(row, min_size=len(groups), max_size=len(groups)))
    return np.array(answers), np.array(groups), len(sizes), options


def by_definition(rows, options):
    """Every index of one group in exact fractions, as its definition says; None where there is none."""
    items = list(zip(*rows, strict=True))
    n, j = len(rows), len(items)
    if n < 2:
        return None
    columns = [[Fraction(int(value)) for value in item] for item in items]
    ratio = mean(variance(column) for column in columns) / Fraction(options**2 - 1, 12)
    alike = j * (1 - ratio)
    top = options - 1
    awg = []
    for column in columns:
        m = mean(column)
        if m in {0, top}:
            awg.append(Fraction(1))
        elif Fraction(top, n) <= m <= Fraction(top * (n - 1), n):
            awg.append(1 - 2 * variance(column) * (n - 1) / (n * (top * m - m * m)))
    return {
        "rwg_j": Fraction(0) if ratio >= 1 else alike / (alike + ratio),
        "rwg_star": 1 - ratio,
        "ad_mean": mean(mean(abs(x - mean(column)) for x in column) for column in columns),
        "ad_median": mean(mean(abs(x - median(column)) for x in column) for column in columns),
        "awg": mean(awg) if awg else None,
        "out_of_range": ratio > 1,
    }


@UNHURRIED
@given(tables())
def test_every_index_is_its_definition_in_exact_fractions(table):
    answers, groups, count, options = table
    labels = [str(g) for g in range(count)]
    found = agreement(answers, groups, labels, options=options, lowest=1)
    for g, one in enumerate(found.groups):
        rows = answers[groups == g]
        assert one.n == len(rows)
        assert one.mean == pytest.approx(float(rows.mean()) + 1)
        wanted = by_definition(rows.tolist(), options)
        if wanted is None:
            assert (one.rwg_j, one.ad_mean, one.ad_median, one.rwg_star, one.awg) == (None,) * 5
            continue
        for name, value in wanted.items():
            seen = getattr(one, name)
            if value is None or isinstance(value, bool):
                assert seen == value, name
            else:
                assert seen == pytest.approx(float(value), abs=1e-12), name


@UNHURRIED
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_to_the_last_bit(table, chance):
    answers, groups, count, options = table
    order = list(range(len(answers)))
    chance.shuffle(order)
    labels = [str(g) for g in range(count)]
    one = agreement(answers, groups, labels, options=options)
    other = agreement(answers[order], groups[order], labels, options=options)
    assert one == other


@UNHURRIED
@given(tables())
def test_turning_all_items_around_changes_only_the_mean(table):
    answers, groups, count, options = table
    labels = [str(g) for g in range(count)]
    one = agreement(answers, groups, labels, options=options)
    other = agreement(options - 1 - answers, groups, labels, options=options)
    for left, right in zip(one.groups, other.groups, strict=True):
        assert left.rwg_j == right.rwg_j
        assert left.ad_mean == right.ad_mean
        assert left.ad_median == right.ad_median
        assert left.awg == pytest.approx(right.awg, abs=1e-12)
        assert left.two_camps == right.two_camps
        assert left.mean + right.mean == pytest.approx(options + 1)


@UNHURRIED
@given(tables())
def test_alpha_from_group_sums_is_alpha_from_the_table(table):
    answers, groups, count, options = table
    found = alpha_of(group_sums(answers, groups, count, options=options))
    wanted = alpha(answers.astype(float))
    assert (found is None) == (wanted is None)
    assert found == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("number", range(len(TABLES)))
def test_every_index_is_that_of_r_multilevel(number):
    table = TABLES[number]
    answers = np.array(table["answers"]) - 1
    groups = np.array(table["groups"]) - 1
    labels = [str(g + 1) for g in range(len(table["sizes"]))]
    found = agreement(answers, groups, labels, options=table["options"])
    for name in ("rwg_j", "rwg_star", "ad_mean", "ad_median", "awg"):
        for one, wanted in zip(found.groups, table[name], strict=True):
            # R says NaN for a_wg where no item has one; its JSON is null like that of a group of one.
            assert getattr(one, name) == pytest.approx(wanted, abs=1e-12), (name, one.group)
    single = agreement(answers[:, :1], groups, labels, options=table["options"])
    for one, rwg, ad in zip(single.groups, table["rwg"], table["ad_mean_1"], strict=True):
        assert one.rwg_j == pytest.approx(rwg, abs=1e-12)
        assert one.ad_mean == pytest.approx(ad, abs=1e-12)
    assert found.alpha == pytest.approx(table["alpha"], abs=1e-12)
    assert found.icc.icc1 == pytest.approx(table["icc1"], abs=1e-12)
    assert found.icc.icc2 == pytest.approx(table["icc2"], abs=1e-12)


def test_a_variance_exactly_as_by_chance_is_a_tie_and_not_out_of_range():
    """Variance 2 on five options is the uniform one: rwg is 0 and nothing was cut off."""
    tie = np.array([[0], [2]])
    beyond = np.array([[0], [0], [2], [3]])  # 2.25
    for said, rwg, out in ((tie, 0.0, False), (beyond, 0.0, True)):
        one = agreement(said, np.zeros(len(said), dtype=int), ["t"], options=5).groups[0]
        assert (one.rwg_j, one.out_of_range) == (rwg, out)


def test_a_tie_made_of_unequal_item_variances_stays_one_in_any_order():
    """Variances 1, 5/3 and 10/3 average to the uniform 2; as decimals it depends on which comes first."""
    columns = [[0, 0, 0, 2], [0, 1, 2, 3], [0, 1, 3, 4]]
    assert mean(variance([Fraction(x) for x in column]) for column in columns) == 2
    decimals = {np.var(order, axis=1, ddof=1).mean() for order in itertools.permutations(columns)}
    assert len(decimals) == 2
    tie = np.array(columns).T
    shuffled = np.random.default_rng(5)
    for _ in range(20):
        one = agreement(
            shuffled.permutation(shuffled.permutation(tie), axis=1), np.zeros(4, dtype=int), ["t"], options=5
        ).groups[0]
        assert (one.rwg_j, one.rwg_star, one.out_of_range) == (0.0, 0.0, False)


def test_out_of_range_is_zero_counted_and_shown_by_the_index_that_keeps_its_sign():
    answers = np.array([[0, 0], [4, 4], [0, 4], [4, 0], [2, 2], [2, 2], [2, 2], [2, 3]])
    found = agreement(answers, np.repeat([0, 1], 4), ["split", "one"], options=5)
    split = found.groups[0]
    assert split.rwg_j == 0.0
    assert split.out_of_range
    assert split.rwg_star == pytest.approx(1 - (16 / 3) / 2)
    assert found.out_of_range == 1
    assert found.rwg_j.min == 0.0


def test_a_group_of_one_has_no_agreement_and_does_not_enter_the_means():
    answers = np.array([[3], [1], [1], [1], [2]])
    found = agreement(answers, np.array([0, 1, 1, 1, 1]), ["alone", "four"], options=5)
    alone = found.groups[0]
    assert (alone.n, alone.mean, alone.rwg_j, alone.ad_mean, alone.awg) == (1, 4.0, None, None, None)
    assert alone.verdict == "too few to say"
    assert found.alone == 1
    assert found.rwg_j.n == 1
    assert found.rwg_j.mean == found.groups[1].rwg_j


def test_everybody_alike_is_full_agreement_and_no_icc():
    answers = np.full((10, 3), 2)
    found = agreement(answers, np.repeat([0, 1], 5), ["a", "b"], options=5, rng=np.random.default_rng(1))
    assert [(g.rwg_j, g.ad_mean, g.awg, g.verdict) for g in found.groups] == [(1.0, 0.0, 1.0, "alike")] * 2
    assert found.alpha is None
    assert found.icc.icc1 is None
    assert found.icc.too_little == "Everybody has the same score."


def test_who_left_an_item_out_is_left_out_of_the_scale_and_counted():
    answers = np.array([[0, 0], [1, 1], [4, -1], [0, 1]])
    found = agreement(answers, np.zeros(4, dtype=int), ["t"], options=5)
    without = agreement(answers[[0, 1, 3]], np.zeros(3, dtype=int), ["t"], options=5)
    assert found.groups == without.groups
    assert (found.n, found.left_out) == (3, 1)


def test_a_group_that_answered_nothing_keeps_its_name_and_has_no_figure():
    answers = np.array([[-1, -1], [1, 2], [2, 2]])
    found = agreement(answers, np.array([0, 1, 1]), ["silent", "two"], options=5)
    silent = found.groups[0]
    assert (silent.group, silent.n, silent.mean, silent.rwg_j) == ("silent", 0, None, None)
    assert not silent.two_camps


def test_options_that_nobody_used_still_count_in_what_chance_would_do():
    answers = np.array([[1], [2], [1], [2]])
    five, seven = (
        agreement(answers, np.zeros(4, dtype=int), ["t"], options=options).groups[0] for options in (5, 7)
    )
    assert five.rwg_j == pytest.approx(1 - (1 / 3) / 2)
    assert seven.rwg_j == pytest.approx(1 - (1 / 3) / 4)


def test_no_rows_give_an_empty_answer_and_no_error():
    found = agreement(np.empty((0, 3), dtype=int), np.empty(0, dtype=int), [], options=5)
    assert (found.n, found.groups, found.alpha, found.rwg_j.mean) == (0, (), None, None)
    assert found.icc.icc1 is None


def test_one_rater_in_every_group_says_nothing_and_says_so():
    found = agreement(np.array([[1], [2], [3]]), np.arange(3), ["a", "b", "c"], options=5)
    assert found.alone == 3
    assert found.rwg_j == found.ad_mean
    assert found.icc.too_little == "It takes a group of two or more."


def test_two_camps_are_seen_where_a_mean_would_hide_them():
    answers = np.array([[0, 0], [0, 0], [4, 4], [4, 4], [2, 2], [2, 2], [3, 2], [1, 2]])
    rng = np.random.default_rng(1)
    found = agreement(answers, np.repeat([0, 1], 4), ["camps", "middle"], options=5, rng=rng)
    assert [g.two_camps for g in found.groups] == [True, False]
    assert found.two_camps == 1
    assert found.groups[0].mean == pytest.approx(found.groups[1].mean)


def test_answers_of_chance_are_seldom_taken_for_two_camps():
    answers = np.random.default_rng(2).integers(5, size=(4000, 3))
    labels = [str(g) for g in range(500)]
    rng = np.random.default_rng(1)
    found = agreement(answers, np.repeat(np.arange(500), 8), labels, options=5, rng=rng)
    assert found.two_camps <= 35


def test_agreement_that_may_be_chance_is_no_verdict_either_way():
    """Four people, one item: all but alike, and yet one random group in twenty is as much so."""
    answers = np.array([[2], [3], [2], [3]])
    found = agreement(answers, np.zeros(4, dtype=int), ["t"], options=5, rng=np.random.default_rng(1))
    one = found.groups[0]
    assert one.ad_mean < found.ad_limit
    assert one.verdict == "too few to say"
    more = agreement(
        np.repeat(answers, 3, axis=0), np.zeros(12, dtype=int), ["t"], options=5, rng=np.random.default_rng(1)
    )
    assert more.groups[0].verdict == "alike"


def test_the_largest_deviation_that_still_counts_is_within_to_the_last_bit():
    """AD is exactly a sixth of six options; as decimals it is a hair more in some orders."""
    answers = np.repeat([[0], [2]], 10, axis=0)
    found = agreement(answers, np.zeros(20, dtype=int), ["t"], options=6, rng=np.random.default_rng(1))
    assert found.groups[0].ad_mean == found.ad_limit == 1.0
    assert found.groups[0].verdict == "alike"


def test_many_items_alone_make_no_agreement():
    """Random answers to 11 correlated items pass .70 easily; the simulated value is not fooled."""
    from fairlead.core.chance import draw

    chance = np.random.default_rng(8)
    answers = draw(2000, 11, SKEWED[0], rng=chance, correlation=0.4)
    groups = np.repeat(np.arange(200), 10)
    labels = [str(g) for g in range(200)]
    found = agreement(answers, groups, labels, options=5, null=SKEWED[0], rng=np.random.default_rng(1))
    against_uniform = agreement(answers, groups, labels, options=5)
    assert sum(g.rwg_j > 0.70 for g in against_uniform.groups) > 150
    assert found.alike <= 20


def test_the_verdict_is_the_same_for_the_same_seed():
    answers = np.random.default_rng(3).integers(5, size=(60, 4))
    groups = np.repeat(np.arange(10), 6)
    labels = [str(g) for g in range(10)]
    one, other = (
        agreement(answers, groups, labels, options=5, rng=np.random.default_rng(11)) for _ in range(2)
    )
    assert one == other


def test_without_a_source_of_chance_there_is_no_verdict():
    found = agreement(np.array([[1], [1], [1], [1]]), np.zeros(4, dtype=int), ["t"], options=5)
    assert found.groups[0].verdict == ""
    assert (found.repetitions, found.chance) == (0, ())


def test_other_nulls_change_what_agreement_is_measured_against():
    answers = np.array([[4], [3], [4], [2]])
    groups = np.zeros(4, dtype=int)
    values = [
        agreement(answers, groups, ["t"], options=5, null=null).groups[0].rwg_j
        for null in (uniform(5), triangular(5), SKEWED[0])
    ]
    s2 = variance([4, 3, 4, 2])
    assert values == pytest.approx([1 - s2 / 2, 1 - s2 / (4 / 3), 1 - s2 / 1.34])


def test_items_that_go_together_are_seen_as_such_and_never_below_zero():
    person = np.random.default_rng(2).integers(5, size=400)
    together = np.column_stack([person, person, person])
    against = np.column_stack([person, 4 - person])
    zero = np.zeros(400, dtype=int)
    assert item_correlation(group_sums(together, zero, 1, options=5)) == 0.95
    assert item_correlation(group_sums(against, zero, 1, options=5)) == 0.0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answers": np.array([[5]])}, "options from 0 to 4"),
        ({"answers": np.array([[-2]])}, "options from 0 to 4"),
        ({"answers": np.array([[1.5]])}, "whole numbers"),
        ({"answers": np.array([1])}, "people by items"),
        ({"groups": np.array([1])}, "places in the 1 labels"),
        ({"groups": np.array([-1])}, "places in the 1 labels"),
        ({"groups": np.array([0, 0])}, "1 people and 2 groups"),
        ({"options": 1}, "There are 1 options"),
        ({"null": uniform(7)}, "7 in the null"),
    ],
)
def test_what_does_not_fit_is_refused(change, said):
    given = {"answers": np.array([[1]]), "groups": np.array([0]), "labels": ["t"], "options": 5} | change
    if given["options"] == 1:
        given["null"] = uniform(5)
    with pytest.raises(ValueError, match=said):
        agreement(given.pop("answers"), given.pop("groups"), given.pop("labels"), **given)


def test_the_json_has_the_promised_keys_and_with_every_index_these_first():
    answers = np.array([[0, 0], [1, 1], [4, 3], [0, 1]])
    scale = agreement(answers, np.array([0, 0, 1, 1]), ["a", "b"], options=5, name="s")
    found = Agreements(n=4, groups=2, scales=(scale,), notes=("said",))
    told = agreements_json(found)
    assert list(told) == ["n", "groups", "scales"]
    keys = ["name", "items", "alpha", "icc1", "icc2", "rwg_j", "ad_mean", "groups"]
    assert list(told["scales"][0]) == keys
    assert list(told["scales"][0]["rwg_j"]) == ["mean", "median", "min", "max"]
    assert list(told["scales"][0]["groups"][0]) == ["group", "n", "mean", "rwg_j", "ad_mean"]
    every = agreements_json(found, every_index=True)
    assert list(every["scales"][0])[: len(keys)] == keys
    assert every["notes"] == ["said"]
    assert every["scales"][0]["groups"][0]["awg"] == scale.groups[0].awg
    json.dumps(every, allow_nan=False)


def test_large_tables_do_not_overflow():
    """One group of 200,000 on 101 options: n times the sum of squares is beyond 32 bits by far."""
    answers = np.zeros((200_000, 2), dtype=np.int64)
    answers[::2] = 100
    one = agreement(answers, np.zeros(200_000, dtype=int), ["all"], options=101).groups[0]
    n = 200_000
    assert one.rwg_star == pytest.approx(1 - (50**2 * n / (n - 1)) / ((101**2 - 1) / 12), rel=1e-12)
    assert one.ad_mean == pytest.approx(50.0)
