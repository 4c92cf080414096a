"""The parts that severities are made of: curves, fit, shrinking, errors, use of the scale."""

from dataclasses import replace

import numpy as np
import pytest
from tests.core.rater_cases import chances, drawn

from fairlead.core import rater_errors, rater_solve
from fairlead.core.crossed import crossed
from fairlead.core.rater_curves import cumulative, expected, log_total, tails
from fairlead.core.rater_fit import fits, separation
from fairlead.core.rater_layout import lay_out
from fairlead.core.rater_mml import contrasts, fit_mml
from fairlead.core.rater_residuals import residuals
from fairlead.core.rater_shrink import shrink
from fairlead.core.raters import severity
from fairlead.core.ratings import Ratings


def rows_of(ratings):
    return [
        (ratings.ratees[p], ratings.raters[r], ratings.criteria[c], int(x))
        for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True)
    ]


@pytest.mark.parametrize("reach", [3.0, 400.0])
def test_curves_are_those_of_the_model_near_and_far(reach):
    distance = np.linspace(-reach, reach, 41)
    steps = np.array([[-1.0, 0.4, 0.6]])
    summed = cumulative(steps, np.array([3], dtype=np.int32))[0]
    over = tails(distance, summed)
    mean, variance = expected(over)
    for place, one in enumerate(distance):
        chance = chances(one, steps[0])
        assert [above[place] for above in over] == pytest.approx([chance[k:].sum() for k in (1, 2, 3)])
        assert mean[place] == pytest.approx(chance @ np.arange(4))
        assert variance[place] == pytest.approx(chance @ np.arange(4) ** 2 - mean[place] ** 2, abs=1e-9)
    assert np.all(np.isfinite(log_total(distance, summed)))


def test_a_scale_with_fewer_scores_has_no_chance_beyond_them():
    summed = cumulative(np.array([[0.5, 0.0], [-1.0, 1.0]]), np.array([1, 2], dtype=np.int32))
    over = tails(np.zeros((2, 3)), summed)
    assert over[0][0] == pytest.approx(np.full(3, 1 / (1 + np.exp(0.5))))
    assert np.all(over[1][0] == 0.0)
    assert np.all(over[1][1] > 0.1)


def test_contrasts_sum_to_nothing_and_are_orthonormal():
    turn = contrasts(5)
    assert turn.sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-12)
    assert turn.T @ turn == pytest.approx(np.eye(4), abs=1e-12)
    assert contrasts(1).shape == (1, 0)


def test_sums_of_residuals_are_those_of_plain_loops():
    ratings, _, measure = drawn(people=15, raters=4, each=2, missing=0.2, seed=21)
    layout = lay_out(ratings, "rsm")
    against = np.array([[-0.4, 0.1, 0.3]] * 4) + np.array([[0.5], [-0.2], [0.1], [-0.4]])
    steps = np.array([[-1.5, 0.2, 1.3]])
    found = residuals(ratings, layout, measure, against, steps, np.zeros(15, dtype=bool))
    table = [
        (p, r, c, x - 1, chances(measure[p] - against[r, c], steps[0]))
        for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True)
    ]
    wanted = np.zeros((5, 4))
    levels = np.arange(4)
    for _, r, _, x, chance in table:
        mean = chance @ levels
        spread, fourth = chance @ (levels - mean) ** 2, chance @ (levels - mean) ** 4
        square = (x - mean) ** 2
        wanted[:, r] += square, spread, square / spread, fourth - spread**2, fourth / spread**2 - 1
    assert found.by_rater == pytest.approx(wanted)
    pairs = exact = 0
    forecast = 0.0
    for place, (p, r, c, x, chance) in enumerate(table):
        for q, s, d, y, other in table[place + 1 :]:
            if (p, c) == (q, d) and r != s:
                pairs += 1
                exact += x == y
                forecast += chance @ other
    assert (found.pairs_of_raters, found.exact) == (pairs, exact)
    assert found.exact_expected == pytest.approx(forecast)
    assert found.observed.sum(axis=1) == pytest.approx(np.bincount(ratings.rater))
    by_rater = np.zeros((4, 4))
    for _, r, _, _, chance in table:
        by_rater[r] += chance
    assert found.expected == pytest.approx(by_rater)
    flat = []
    for one in sorted({(p, r) for p, r, *_ in table}):
        here = [(x, chance) for p, r, _, x, chance in table if (p, r) == one]
        flat.append(
            (len({x for x, _ in here}) == 1, sum(np.prod([chance[k] for _, chance in here]) for k in levels))
        )
    assert found.flat.tolist() == [one for one, _ in flat]
    assert found.flat_expected == pytest.approx([two for _, two in flat])


def test_fit_has_its_expected_size_and_spread_where_the_model_holds():
    ratings, strict, measure = drawn(people=300, raters=10, each=3, spread=0.6, seed=22)
    layout = lay_out(ratings, "rsm")
    against = strict[:, None] + np.array([-0.4, 0.1, 0.3])
    found = residuals(
        ratings, layout, measure, against, np.array([[-1.5, 0.0, 1.5]]), np.zeros(300, dtype=bool)
    )
    told = fits(found.by_ratee, np.full(300, 9.0), np.zeros(300, dtype=bool))
    assert np.mean([one.infit for one in told]) == pytest.approx(1.0, abs=0.06)
    assert np.mean([one.outfit for one in told]) == pytest.approx(1.0, abs=0.06)
    deviates = np.array([one.infit_z for one in told])
    assert deviates.mean() == pytest.approx(0, abs=0.2)
    assert deviates.std() == pytest.approx(1, abs=0.2)


def test_separation_follows_its_formulas():
    estimates, errors = np.array([-1.0, 0.0, 0.4, 0.6]), np.array([0.2, 0.2, 0.3, 0.3])
    found = separation(estimates, errors)
    noise = np.mean(errors**2)
    ratio = np.sqrt(estimates.var() - noise) / np.sqrt(noise)
    assert found.separation == pytest.approx(ratio)
    assert found.strata == pytest.approx((4 * ratio + 1) / 3)
    assert found.reliability == pytest.approx((estimates.var() - noise) / estimates.var())
    assert found.separation_sample == pytest.approx(np.sqrt((estimates.var(ddof=1) - noise) / noise))
    weights = errors**-2
    mean = weights @ estimates / weights.sum()
    assert found.chi_square == pytest.approx(weights @ (estimates - mean) ** 2)
    assert found.df == 3
    assert separation(np.array([0.1]), np.array([0.2])).separation is None
    assert separation(np.array([0.1, 0.1]), np.array([0.2, 0.2])).reliability == 0.0


def test_shrinking_believes_what_is_sure_and_little_of_what_is_not():
    estimates = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    sure, unsure = shrink(estimates, np.full(5, 0.1), None), shrink(estimates, np.full(5, 0.5), None)
    assert sure.verdict == "corrected"
    assert sure.severity == pytest.approx(estimates, abs=0.05)
    assert sure.se == pytest.approx(np.full(5, 0.11), abs=0.03)
    assert np.all(np.abs(unsure.severity) < 0.75 * np.abs(estimates) + 1e-12)
    # Paule and Mandel: with equal errors the spread is the variance seen less the error's.
    error = 0.1**2 * 5 / 4
    assert sure.spread == pytest.approx(np.sqrt(estimates.var(ddof=1) - error), abs=1e-6)
    assert sure.spread_low < sure.spread < sure.spread_high
    lost = shrink(estimates, np.full(5, 2.0), None)
    assert (lost.verdict, lost.spread, lost.spread_low) == ("too_few", 0.0, 0.0)
    assert np.all(lost.severity == 0.0)
    assert np.all(lost.se > 0.1)


def test_a_spread_seen_in_few_contrasts_needs_more_to_be_believed():
    estimates, errors = np.array([-0.5, -0.1, 0.1, 0.5]), np.full(4, 0.22)
    assert shrink(estimates, errors, None).p < shrink(estimates, errors, 3).p
    assert shrink(np.zeros(1), np.zeros(1), None).verdict == "too_few"


def test_errors_of_many_raters_are_those_of_the_whole_matrix(monkeypatch):
    ratings, _, _ = drawn(people=400, raters=60, each=3, seed=23)
    exact = np.array([one.se_model for one in severity(ratings).raters])
    monkeypatch.setattr(rater_errors, "MOST_EXACT", 10)
    rough = np.array([one.se_model for one in severity(ratings).raters])
    assert rough == pytest.approx(exact, rel=0.08)
    assert rough.mean() == pytest.approx(exact.mean(), rel=0.02)


def test_a_weak_link_shows_in_the_errors():
    # Two groups of raters whose only link is one person: within a group much is known, across little.
    first, _, _ = drawn(people=40, raters=4, each=3, seed=24)
    second, _, _ = drawn(people=40, raters=4, each=3, seed=25)
    rows = [(f"a{p}", f"a{r}", c, x) for p, r, c, x in rows_of(first)]
    rows += [(f"b{p}", f"b{r}", c, x) for p, r, c, x in rows_of(second)]
    link = [("ap000", "br00", c, 2) for c in first.criteria]
    strong = [(f"ap{n:03d}", f"br{n % 4:02d}", c, 2) for n in range(20) for c in first.criteria]
    few = severity(Ratings.from_rows([*rows, *link], lowest=1, highest=4), method="jml")
    many = severity(Ratings.from_rows([*rows, *strong], lowest=1, highest=4), method="jml")
    assert few.connected
    assert np.mean([one.se_model for one in few.raters]) > 1.3 * np.mean(
        [one.se_model for one in many.raters]
    )
    assert few.design.strength < many.design.strength


def test_the_metric_of_many_raters_solves_as_the_small_one(monkeypatch):
    ratings, _, _ = drawn(people=200, raters=30, each=3, seed=26)
    layout = lay_out(ratings, "rsm")
    small = fit_mml(layout)
    monkeypatch.setattr(rater_solve, "MOST_DENSE", 5)
    assert fit_mml(layout).severity == pytest.approx(small.severity, abs=1e-4)


def test_more_criteria_than_bits_in_a_number_are_read_alike():
    ratings, _, _ = drawn(people=12, raters=4, each=2, criteria=tuple(np.linspace(-1, 1, 66)), seed=27)
    found = severity(ratings)
    assert len(found.criteria) == 66
    order = np.corrcoef([one.difficulty for one in found.criteria], np.linspace(-1, 1, 66))[0, 1]
    assert order > 0.4


def test_one_score_for_everything_is_shown_with_its_counts():
    ratings, _, _ = drawn(people=40, raters=6, each=3, spread=0.3, seed=28)
    flat = ratings.rater == 2
    first = {}
    score = ratings.score.copy()
    for row in np.flatnonzero(flat):
        score[row] = first.setdefault(int(ratings.ratee[row]), int(score[row]))
    found = severity(replace(ratings, score=score))
    use = next(one for one in found.use if one.rater == "r02")
    assert use.flat == use.sets
    (sign,) = [one for one in use.signs if one.kind == "halo"]
    assert sign.sentence.startswith(
        f"{use.flat} of {use.sets} people got one score on every criterion; from the"
    )
    others = sum(one.sets for one in found.use) - use.sets
    assert use.flat_colleagues == pytest.approx((sum(one.flat for one in found.use) - use.flat) / others)
    assert not any(one.signs for one in found.use if one.rater != "r02")


def test_the_middle_and_a_narrow_range_are_shown_with_their_counts():
    ratings, _, _ = drawn(people=60, raters=6, each=3, spread=0.3, thresholds=(-2, -0.7, 0.7, 2), seed=29)
    score = ratings.score.copy()
    score[ratings.rater == 1] = np.clip(score[ratings.rater == 1], 3, 4)
    rows = np.flatnonzero(ratings.rater == 1)
    score[rows[::2]] = 3
    found = severity(replace(ratings, score=score))
    use = found.use[1]
    assert use.used == 2
    assert sum(use.counts) == sum(round(one) for one in use.counts) == len(rows)
    assert sum(use.expected) == pytest.approx(len(rows))
    assert {one.kind for one in use.signs} >= {"centrality", "range"}
    said = {one.kind: one.sentence for one in use.signs}
    assert f"{use.middle} of {len(rows)} ratings stand in the middle (3)" in said["centrality"]
    assert "2 of 5 points were used (3 " in said["range"]
    assert not any(one.signs for one in found.use if one.rater != "r01")


def test_signs_are_rare_where_nothing_is_the_matter():
    signs = 0
    for seed in range(12):
        ratings, _, _ = drawn(people=30, raters=6, each=3, seed=300 + seed)
        signs += sum(len(one.signs) for one in severity(ratings).use)
    assert signs <= 3


def test_the_crossed_model_is_that_of_the_whole_covariance():
    ratings, _, _ = drawn(people=12, raters=4, each=2, missing=0.15, seed=30)
    found = crossed(ratings, severity(ratings))
    n = len(ratings)
    design = np.eye(3)[ratings.criterion]
    people, raters = np.eye(12)[ratings.ratee], np.eye(4)[ratings.rater]
    pairs = (people @ people.T) * (raters @ raters.T)
    parts = (people @ people.T, raters @ raters.T, pairs, np.eye(n))

    def reml(variances):
        whole = sum(one * two for one, two in zip(variances, parts, strict=True))
        inverse = np.linalg.inv(whole)
        inner = design.T @ inverse @ design
        solution = np.linalg.solve(inner, design.T @ inverse @ ratings.score)
        rest = ratings.score - design @ solution
        logs = np.linalg.slogdet(whole)[1] + np.linalg.slogdet(inner)[1]
        return (n - 3) * np.log(2 * np.pi) + logs + rest @ inverse @ rest

    variances = np.array([found.var_ratee, found.var_rater, found.var_pair, found.var_residual])
    assert found.reml == pytest.approx(reml(variances), abs=1e-6)
    for place in range(4):
        for factor in (0.9, 1.1):
            moved = variances.copy()
            moved[place] = moved[place] * factor + (1e-3 if factor > 1 else 0.0)
            assert reml(moved) >= found.reml - 1e-6
    assert found.correlation > 0.8
