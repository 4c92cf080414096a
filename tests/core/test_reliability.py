"""Reliability against R's psych, missing-item rules against the scoring of single people, edge cases."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.reliability import alpha, omega, one_factor, reliability, score_people
from fairlead.core.scales import Scale, ScaleItem, score
from fairlead.core.tables import Answers, TableError

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "agreement" / "expected.json").read_text())[
    "scale"
]


def scale_of(items, reverse=(), min_answered=1, low=1.0, high=5.0):
    return Scale(
        id="s",
        label="S",
        about="own",
        items=tuple(ScaleItem(id=f"i{j}", reverse=j in reverse) for j in range(items)),
        low_option=low,
        high_option=high,
        min_answered=min_answered,
    )


@pytest.fixture(scope="module")
def of_r():
    answers = np.array([[np.nan if x is None else x for x in row] for row in GOLDEN["answers"]], dtype=float)
    return score_people(answers, scale_of(5, {GOLDEN["reverse"] - 1}, low=1.0, high=6.0)).reliability


def test_alpha_its_interval_and_its_standardized_form_are_those_of_psych(of_r):
    assert of_r.alpha == pytest.approx(GOLDEN["alpha"], abs=1e-12)
    assert of_r.alpha_standard == pytest.approx(GOLDEN["alpha_standard"], abs=1e-12)
    assert of_r.mean_correlation == pytest.approx(GOLDEN["mean_correlation"], abs=1e-12)
    assert (of_r.n, of_r.n_complete) == (120, 117)
    # psych rounds the interval to two digits on the way.
    assert of_r.low == pytest.approx(GOLDEN["low"], abs=1e-9)
    assert of_r.high == pytest.approx(GOLDEN["high"], abs=1e-9)


def test_omega_and_loadings_are_those_of_psych(of_r):
    # psych's minimization stops at about six digits.
    assert of_r.omega == pytest.approx(GOLDEN["omega"], abs=1e-6)
    assert [fit.loading for fit in of_r.fits] == pytest.approx(GOLDEN["loadings"], abs=2e-5)


def test_alpha_without_each_item_is_that_of_psych(of_r):
    assert [fit.alpha_without for fit in of_r.fits] == pytest.approx(GOLDEN["alpha_without"], abs=1e-12)


answered = st.sampled_from([np.nan, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0])


@settings(deadline=None)
@given(st.data(), st.integers(1, 5), st.integers(1, 4))
def test_scores_of_many_are_the_scores_of_each(data, items, min_answered):
    """Reverse keys, missing answers, “not part of my work” and the minimum, as for one person."""
    reverse = data.draw(st.sets(st.integers(0, items - 1)))
    row = st.lists(answered, min_size=items, max_size=items)
    table = np.array(data.draw(st.lists(row, min_size=1, max_size=6)))
    scale = scale_of(items, reverse, min(min_answered, items))
    found = score_people(table, scale)
    for place, said in enumerate(table):
        values = {f"i{j}": float(x) for j, x in enumerate(said) if not np.isnan(x)}
        one = score(
            Answers(instrument="x", version="1", answered_on="2026-01-01", values=values, texts={}), [scale]
        ).scores[0]
        assert found.scores[place] == pytest.approx(one.score)
        assert found.answered[place] == one.n_answered
    assert found.n == sum(mean is not None for mean in found.scores)


def test_an_item_that_was_not_turned_is_seen_running_against_the_others():
    chance = np.random.default_rng(1)
    person = chance.normal(size=200)
    said = np.clip(np.round(3 + person[:, None] + chance.normal(0, 0.7, (200, 4))), 1, 5)
    said[:, 2] = 6 - said[:, 2]
    wrong = score_people(said, scale_of(4)).reliability
    right = score_people(said, scale_of(4, {2})).reliability
    assert [fit.rest < 0 for fit in wrong.fits] == [False, False, True, False]
    assert all(fit.rest > 0.5 for fit in right.fits)
    assert wrong.fits[2].alpha_without > wrong.alpha
    assert right.alpha > 0.8


def test_negative_alpha_is_shown_as_it_is():
    said = np.array([[1, 5], [5, 1], [2, 4], [4, 3.0]])
    assert reliability(said, ["a", "b"]).alpha < -1


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (np.array([[1.0], [2.0]]), "One item has no alpha"),
        (np.array([[1.0, 2.0]]), "There is no alpha"),
        (np.empty((0, 3)), "There is no alpha"),
        (np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0]]), "it takes three items"),
        (np.array([[1.0, 2.0, 3.0], [2.0, 1.0, 3.0], [4.0, 4.0, 3.0]]), "an item does not vary"),
    ],
)
def test_where_a_figure_is_missing_a_sentence_says_why(table, why):
    found = reliability(table, [f"i{j}" for j in range(table.shape[1])])
    assert why in found.too_little
    assert found.omega is None


def test_everybody_alike_has_no_reliability_and_no_error():
    found = score_people(np.full((6, 3), 4.0), scale_of(3))
    assert (found.mean, found.sd) == (4.0, 0.0)
    assert (found.reliability.alpha, found.reliability.omega, found.reliability.fits[0].rest) == (None,) * 3


def test_an_item_that_nobody_answered_does_not_spoil_the_scores():
    said = np.array([[1.0, np.nan, 2.0], [4.0, np.nan, 5.0]])
    found = score_people(said, scale_of(3, min_answered=2))
    assert found.scores == (1.5, 4.5)
    assert found.reliability.alpha is None
    assert found.reliability.fits[1].mean is None


@settings(deadline=None)
@given(st.lists(st.floats(0.2, 0.9), min_size=3, max_size=8))
def test_one_factor_finds_the_loadings_that_made_the_correlations(loadings):
    made = np.array(loadings)
    correlations = np.outer(made, made)
    np.fill_diagonal(correlations, 1.0)
    assert one_factor(correlations) == pytest.approx(made, abs=1e-6)
    parallel = float(made.sum() ** 2 / correlations.sum())
    assert omega(correlations) == pytest.approx(parallel, abs=1e-6)


def test_a_factor_that_would_explain_more_than_all_of_an_item_is_refused():
    correlations = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, 0.3], [0.9, 0.3, 1.0]])
    assert one_factor(correlations) is None
    assert omega(correlations) is None


def test_two_items_have_no_omega():
    assert one_factor(np.array([[1.0, 0.5], [0.5, 1.0]])) is None


def test_an_answer_outside_the_options_is_refused_with_its_place():
    with pytest.raises(TableError, match="Row 2: “i1” is 6; S allows 1 to 5, or 0"):
        score_people(np.array([[1.0, 2.0], [3.0, 6.0]]), scale_of(2))


def test_a_table_of_another_width_is_refused():
    with pytest.raises(TableError, match="S has 2 items"):
        score_people(np.array([[1.0]]), scale_of(2))
    with pytest.raises(ValueError, match="3 names"):
        reliability(np.array([[1.0, 2.0]]), ["a", "b", "c"])


def test_alpha_s_interval_holds_the_truth_in_about_eight_of_ten_samples():
    """Five parallel items with correlation .4: true alpha is .769."""
    chance = np.random.default_rng(2)
    truth = 5 * 0.4 / (1 + 4 * 0.4)
    held = 0
    for _ in range(300):
        said = np.sqrt(0.4) * chance.normal(size=(40, 1)) + np.sqrt(0.6) * chance.normal(size=(40, 5))
        found = reliability(said, list("abcde"))
        held += found.low <= truth <= found.high
    assert 0.73 <= held / 300 <= 0.87


def test_gaps_that_leave_impossible_covariances_give_no_alpha():
    # Both items vary little where only one was answered, and much together where both were.
    both = [[1, 1], [5, 5], [1, 2], [5, 4]]
    alone = [[3, np.nan]] * 8 + [[np.nan, 3]] * 8
    table = np.array(both + alone, dtype=float)
    covariances = [np.nanvar(table[:, 0], ddof=1), np.nanvar(table[:, 1], ddof=1)]
    together = np.cov(np.array(both, dtype=float).T)[0, 1]
    assert 4 * together > sum(covariances) + 2 * together  # the formula alone would say more than 1
    assert alpha(table) is None
    assert reliability(table, ["a", "b"]).low is None


def test_an_item_that_nobody_answered_is_named_as_the_reason():
    table = np.array([[1.0, np.nan, 3.0], [2.0, np.nan, 5.0], [4.0, np.nan, 4.0]])
    found = reliability(table, ["one", "two", "three"])
    assert found.alpha is None
    assert found.too_little == "There is no alpha: nobody answered “two”."
    assert "any of its items" in reliability(np.full((3, 2), np.nan), ["one", "two"]).too_little
