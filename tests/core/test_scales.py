"""Scores with reverse keys, missing answers and intervals; drift; expiry; reliability."""

import itertools
import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.reliability import alpha
from fairlead.core.scales import (
    DRIFT_SPREAD,
    NOT_MY_WORK,
    PRIOR_DF,
    ItemPair,
    NumberItem,
    Scale,
    ScaleItem,
    drift,
    expires_on,
    score,
)
from fairlead.core.tables import Answers, TableError


def a_scale(names="abc", *, reverse="", needed=2, **more):
    items = tuple(ScaleItem(id=name, reverse=name in reverse) for name in names)
    return Scale(
        id="s", label="S", about="own", items=items, low_option=1, high_option=5, min_answered=needed, **more
    )


def said(on="2026-03-02", instrument="form", **values):
    return Answers(instrument=instrument, version="1", answered_on=on, values=values, texts={})


def scored(scale=None, **values):
    return score(said(**values), [scale or a_scale()]).of("s")


def test_the_score_is_the_mean_with_reversed_items_turned():
    found = scored(a_scale(reverse="b"), a=4.0, b=1.0, c=3.0)
    assert found.score == pytest.approx((4 + 5 + 3) / 3)
    assert found.keyed == (("a", 4.0), ("b", 5.0), ("c", 3.0))


def test_reversing_every_item_mirrors_score_and_interval():
    values = {"a": 4.0, "b": 1.0, "c": 3.0}
    plain, turned = scored(**values), scored(a_scale(reverse="abc"), **values)
    assert turned.score == pytest.approx(6 - plain.score)
    assert (turned.low, turned.high) == (pytest.approx(6 - plain.high), pytest.approx(6 - plain.low))


def test_the_interval_is_the_posterior_of_a_scaled_inverse_chi_square_prior():
    """Brute force: integrate the normal likelihood over the variance, as Smyth's moderated t does."""
    from scipy import integrate, stats

    answers = [2.0, 4.0, 5.0]
    found = scored(**dict(zip("abc", answers, strict=True)))
    prior, k = 0.2 * 4, 3
    squares = float(np.sum((np.array(answers) - np.mean(answers)) ** 2))
    degrees = PRIOR_DF + k - 1

    def weight(v):
        return v ** (-degrees / 2 - 1) * math.exp(-(PRIOR_DF * prior**2 + squares) / (2 * v))

    def inside(v):
        half = (found.high - found.low) / 2 / math.sqrt(v / k)
        return weight(v) * (2 * stats.norm.cdf(half) - 1)

    within = integrate.quad(inside, 0.01, 400, limit=400)[0] / integrate.quad(weight, 0.01, 400, limit=400)[0]
    assert within == pytest.approx(0.8, abs=1e-4)
    assert found.score - found.low == pytest.approx(found.high - found.score)


def test_equal_answers_do_not_pretend_to_certainty():
    found = scored(a=3.0, b=3.0, c=3.0)
    assert found.high - found.low > 0.8


def test_more_items_and_closer_answers_give_narrower_intervals():
    wide, close = scored(a=1.0, b=3.0, c=5.0), scored(a=2.0, b=3.0, c=4.0)
    many = scored(a_scale("abcdef"), **dict.fromkeys("abcdef", 3.0))
    few = scored(a=3.0, b=3.0, c=3.0)
    assert wide.high - wide.low > close.high - close.low > few.high - few.low > many.high - many.low


@given(st.lists(st.integers(1, 5), min_size=2, max_size=8))
def test_the_interval_holds_the_score_and_stays_within_the_options(answers):
    names = "abcdefgh"[: len(answers)]
    found = scored(a_scale(names), **dict(zip(names, map(float, answers), strict=True)))
    assert 1 <= found.low <= found.score <= found.high <= 5
    assert found.low < found.high


def test_missing_answers_are_left_out_until_too_few_are_left():
    two = scored(a=4.0, c=2.0)
    assert (two.score, two.n_answered, two.n_items) == (3.0, 2, 3)
    assert "Mean of 2 of 3 answers" in two.formula
    one = scored(a=4.0)
    assert (one.score, one.low, one.high, one.formula) == (None, None, None, "")
    assert one.too_little == "1 answered, 2 needed: answer 1 more."
    assert one.keyed == (("a", 4.0),)


def test_what_is_no_part_of_the_work_is_neither_missing_nor_scored():
    found = scored(a=NOT_MY_WORK, b=4.0, c=2.0)
    assert (found.score, found.n_answered, found.n_not_mine) == (3.0, 2, 1)
    nothing = scored(a=NOT_MY_WORK, b=NOT_MY_WORK, c=2.0)
    assert nothing.score is None
    assert nothing.too_little == "You marked 2 of 3 as not part of your work; nothing is scored."


def test_nothing_answered_says_what_is_needed():
    assert scored().too_little == "0 answered, 2 needed: answer 2 more."


@pytest.mark.parametrize("wrong", [6.0, 0.5, -1.0, math.nan, math.inf])
def test_an_answer_outside_the_options_is_refused(wrong):
    with pytest.raises(TableError, match="“b”"):
        scored(a=2.0, b=wrong, c=2.0)


def test_items_of_other_scales_do_not_leak_in():
    assert scored(a=2.0, b=2.0, c=2.0, d=5.0).score == 2.0


def test_an_item_may_count_in_two_scales_with_its_own_direction():
    other = replace(a_scale("cd", reverse="c"), id="t")
    found = score(said(a=1.0, b=1.0, c=1.0, d=5.0), [a_scale(), other])
    assert (found.of("s").score, found.of("t").score) == (1.0, 5.0)
    with pytest.raises(KeyError):
        found.of("u")


def test_pairs_stand_side_by_side_and_empty_ones_have_no_gap():
    pairs = [ItemPair(about="energy", label="Energy", mine=f"me_{i}", theirs=f"them_{i}") for i in range(3)]
    found = score(said(me_0=2.0, them_0=5.0, me_1=3.0, me_2=NOT_MY_WORK, them_2=4.0), [], pairs=pairs).pairs
    assert [(pair.mine, pair.theirs, pair.gap) for pair in found] == [
        (2.0, 5.0, 3.0),
        (3.0, None, None),
        (None, 4.0, None),
    ]


def test_an_outright_comparison_counts_from_the_same_and_says_nothing_of_either_alone():
    pairs = [ItemPair(about="energy", label="E", beside=f"beside_{i}", middle=3.0) for i in range(4)]
    found = score(said(beside_0=5.0, beside_1=3.0, beside_2=NOT_MY_WORK), [], pairs=pairs).pairs
    assert [pair.gap for pair in found] == [2.0, 0.0, None, None]
    assert {pair.mine for pair in found} == {pair.theirs for pair in found} == {None}


def test_numbers_are_handed_on_as_they_were_said():
    items = [
        NumberItem(id=name, label=name, about="own", unit=unit)
        for name, unit in (("x", "percent"), ("y", "option"), ("z", "times"))
    ]
    found = score(said(x=0.0, y=NOT_MY_WORK), [], numbers=items).numbers
    assert [answer.value for answer in found] == [0.0, None, None]


def test_a_result_is_plain_data_and_survives_json():
    found = score(said(a=2.0, b=3.0), [a_scale()])
    assert json.loads(json.dumps(asdict(found), allow_nan=False))["scores"][0]["score"] == 2.5


def moved(before, after, scale=None, **kwargs):
    scale = scale or a_scale()
    first = score(said("2026-01-05", **before), [scale])
    second = score(said("2026-04-06", **after), [kwargs.get("later_scale", scale)])
    return drift(first, second)


def test_drift_is_the_mean_change_of_the_items_answered_both_times():
    (found,) = moved({"a": 1.0, "b": 2.0, "c": 5.0}, {"a": 2.0, "b": 4.0})
    assert (found.earlier, found.later, found.change, found.n_items) == (1.5, 3.0, 1.5, 2)
    assert (found.earlier_on, found.later_on) == ("2026-01-05", "2026-04-06")


def test_the_interval_of_a_change_is_the_moderated_t_of_the_items_changes():
    from scipy import stats

    (found,) = moved({"a": 1.0, "b": 2.0, "c": 2.0}, {"a": 2.0, "b": 4.0, "c": 3.0})
    variance = (PRIOR_DF * (DRIFT_SPREAD * 4) ** 2 + 2 * np.var([1, 2, 1], ddof=1)) / (PRIOR_DF + 2)
    half = stats.t.ppf(0.9, PRIOR_DF + 2) * math.sqrt(variance / 3)
    assert (found.low, found.high) == (pytest.approx(4 / 3 - half), pytest.approx(4 / 3 + half))


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [(2, 4, "higher"), (4, 2, "lower"), (3, 3, "about the same"), (1, 5, "higher")],
)
def test_drift_says_higher_lower_or_about_the_same(before, after, word):
    (found,) = moved(dict.fromkeys("abc", float(before)), dict.fromkeys("abc", float(after)))
    assert found.moved == word
    assert (found.low > 0, found.high < 0) == (word == "higher", word == "lower")
    assert -4 <= found.low <= found.high <= 4


def test_turning_time_around_turns_the_change_around():
    one, two = {"a": 1.0, "b": 2.0, "c": 2.0}, {"a": 2.0, "b": 4.0, "c": 3.0}
    (there,), (back,) = moved(one, two), moved(two, one)
    assert (back.change, back.low, back.high) == (-there.change, -there.high, -there.low)


def test_reversed_items_drift_in_the_direction_of_the_scale():
    (found,) = moved(dict.fromkeys("abc", 2.0), dict.fromkeys("abc", 4.0), a_scale(reverse="abc"))
    assert found.change == -2


def test_scales_with_too_few_common_answers_or_other_options_have_no_drift():
    assert moved({"a": 1.0, "b": 1.0}, {"b": 1.0, "c": 1.0}) == ()
    wider = Scale(**{**{f: getattr(a_scale(), f) for f in a_scale().__slots__}, "high_option": 7})
    assert moved(dict.fromkeys("abc", 2.0), dict.fromkeys("abc", 2.0), later_scale=wider) == ()
    assert (
        moved(dict.fromkeys("abc", 2.0), dict.fromkeys("abc", 2.0), later_scale=replace(a_scale(), id="t"))
        == ()
    )


def test_what_became_no_part_of_the_work_does_not_drift():
    (found,) = moved({"a": 1.0, "b": 2.0, "c": 3.0}, {"a": NOT_MY_WORK, "b": 2.0, "c": 3.0})
    assert (found.change, found.n_items) == (0.0, 2)


def test_drift_refuses_other_instruments_and_turned_dates():
    first, second = score(said("2026-01-05"), []), score(said("2026-04-06"), [])
    with pytest.raises(ValueError, match="later"):
        drift(second, first)
    with pytest.raises(ValueError, match="different"):
        drift(first, score(said("2026-04-06", instrument="other"), []))


@pytest.mark.parametrize(
    ("on", "days", "until"),
    [("2026-11-22", 60, "2027-01-21"), ("2028-02-28", 1, "2028-02-29"), ("2026-12-31", 1, "2027-01-01")],
)
def test_readings_expire(on, days, until):
    assert expires_on(on, days) == until


@pytest.mark.parametrize(("on", "days"), [("2026-11-22", 0), ("2026-13-01", 5), ("soon", 5)])
def test_a_reading_stands_for_at_least_a_day_from_a_real_date(on, days):
    with pytest.raises(ValueError):  # noqa: PT011 - two messages, one of them the standard library's
        expires_on(on, days)


@given(st.integers(0, 2**32 - 1))
def test_alpha_is_that_of_the_item_and_total_variances(seed):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(12, 1)) + rng.normal(size=(12, 4))
    by_variances = 4 / 3 * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))
    assert alpha(table) == pytest.approx(by_variances)


def test_alpha_with_holes_uses_each_pair_of_items():
    rng = np.random.default_rng(5)
    table = rng.normal(size=(40, 1)) + rng.normal(size=(40, 3))
    table[rng.random(table.shape) < 0.2] = np.nan
    covariances = np.empty((3, 3))
    for i, j in itertools.product(range(3), repeat=2):
        rows = ~np.isnan(table[:, i] + table[:, j])
        covariances[i, j] = np.cov(table[rows, i], table[rows, j])[0, 1]
    assert alpha(table) == pytest.approx(1.5 * (1 - np.trace(covariances) / covariances.sum()))


@pytest.mark.parametrize(
    "table",
    [
        [[1.0], [2.0]],
        [[1.0, 2.0]],
        [[2.0, 3.0], [2.0, 3.0]],
        [[1.0, 5.0], [5.0, 1.0]],
        [[1.0, math.nan], [math.nan, 2.0]],
    ],
)
def test_alpha_without_two_items_people_or_variance_is_none(table):
    assert alpha(np.array(table)) is None


def test_alpha_wants_people_by_items():
    with pytest.raises(ValueError, match="2"):
        alpha(np.array([1.0, 2.0]))


GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "scales" / "expected.json").read_text())


@pytest.mark.parametrize("case", GOLDEN["scores"], ids=lambda case: str(case["answers"]))
def test_scores_and_intervals_agree_with_plain_python(case):
    names = "abcdefghij"[: len(case["answers"])]
    found = scored(a_scale(names), **dict(zip(names, map(float, case["answers"]), strict=True)))
    assert (found.score, found.low, found.high) == pytest.approx(
        (case["mean"], case["low"], case["high"]), abs=1e-9
    )


@pytest.mark.parametrize("case", GOLDEN["drifts"], ids=lambda case: f"{case['earlier']}-{case['later']}")
def test_drifts_agree_with_plain_python(case):
    names = "abcdefghij"[: len(case["earlier"])]
    before, after = (dict(zip(names, map(float, case[when]), strict=True)) for when in ("earlier", "later"))
    (found,) = moved(before, after, a_scale(names))
    assert (found.change, found.low, found.high) == pytest.approx(
        (case["mean"], case["low"], case["high"]), abs=1e-9
    )


@pytest.mark.parametrize("case", GOLDEN["alphas"], ids=["shrout-fleiss"])
def test_alpha_agrees_with_exact_fractions(case):
    assert alpha(np.array(case["table"], dtype=float)) == pytest.approx(case["alpha"], abs=1e-12)


def test_simulated_intervals_hold_the_truth_about_as_often_as_they_say():
    from benchmarks.recovery.drift import recover

    found = [recover(n, 0.5, 600, np.random.default_rng(3)) for n in (3, 10)]
    for row in found:
        assert 0.74 <= row.score_covered <= 0.88
        assert 0.74 <= row.drift_covered <= 0.90
    assert found[1].drift_half_width < found[0].drift_half_width
    assert found[1].said_higher > found[0].said_higher > found[0].said_lower
