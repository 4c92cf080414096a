"""Severities and fair scores against the model written down once more, and what a round may not hide."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.core.rater_cases import chances, deviance, drawn

from fairlead.core.problems import BadInput
from fairlead.core.rater_fair import fair_scores
from fairlead.core.rater_layout import lay_out
from fairlead.core.rater_texts import compared
from fairlead.core.raters import severity
from fairlead.core.ratings import Ratings

HALF = 1.2815515655446004


def thresholds_of(found, criteria):
    """Thresholds of each criterion as a list."""
    by = {}
    for step in found.steps:
        by.setdefault(step.criterion, []).append(step.threshold)
    return [by.get(name, by.get(None)) for name in criteria]


def at(found):
    strict = np.array([one.severity for one in found.raters])
    hard = np.array([one.difficulty for one in found.criteria])
    return strict, hard


@pytest.mark.parametrize(("model", "missing"), [("rsm", 0.0), ("rsm", 0.25), ("pcm", 0.0)])
def test_estimates_are_the_maximum_of_the_marginal_likelihood(model, missing):
    ratings, _, _ = drawn(people=14, raters=4, each=2, missing=missing, seed=3)
    found = severity(ratings, model=model)
    strict, hard = at(found)
    steps = thresholds_of(found, ratings.criteria)
    best = deviance(ratings, strict, hard, steps, found.spread)
    assert found.deviance == pytest.approx(best, abs=2e-5)
    assert found.log_likelihood == pytest.approx(-best / 2, abs=1e-5)
    small = 0.02

    def moved(**changes):
        given = {
            "severity": strict,
            "difficulty": hard,
            "thresholds": steps,
            "spread": found.spread,
        } | changes
        return deviance(ratings, **given)

    for place in range(len(strict)):
        shift = np.eye(len(strict))[place] * small
        sides = [moved(severity=strict + sign * shift) for sign in (-1, 1)]
        assert min(sides) > best
        assert abs(sides[0] - sides[1]) < 0.03 * (sum(sides) - 2 * best) + 1e-5
    for sign in (-1, 1):
        assert moved(spread=found.spread + sign * small) > best
        tilted = [[*steps[0]], *steps[1:]]
        tilted[0][0] += sign * small
        tilted[0][-1] -= sign * small
        if model == "pcm":
            assert moved(thresholds=tilted) > best
        assert moved(difficulty=hard + sign * small * np.array([1, -1, 0])) > best


def test_joint_estimates_expect_what_was_given():
    ratings, _, _ = drawn(people=30, raters=5, each=2, seed=4)
    found = severity(ratings, method="jml")
    strict, hard = at(found)
    steps = np.array(thresholds_of(found, ratings.criteria)[0])
    measure = {one.ratee: one.measure for one in found.ratees if not one.extreme}
    surplus = {"rater": np.zeros(5), "criterion": np.zeros(3), "level": np.zeros(4), "person": {}}
    for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True):
        name = ratings.ratees[p]
        if name not in measure:
            continue
        chance = chances(measure[name] - strict[r] - hard[c], steps)
        surprise = x - 1 - chance @ np.arange(4)
        surplus["rater"][r] += surprise
        surplus["criterion"][c] += surprise
        surplus["level"] += (np.arange(4) == x - 1) - chance
        surplus["person"][name] = surplus["person"].get(name, 0.0) + surprise
    assert np.abs(surplus["rater"]).max() < 2e-3
    assert np.abs(surplus["criterion"]).max() < 2e-3
    assert np.abs(surplus["level"]).max() < 2e-3
    assert max(map(abs, surplus["person"].values())) < 1e-4
    assert hard.sum() == pytest.approx(0, abs=1e-12)
    assert strict.sum() == pytest.approx(0, abs=1e-12)
    assert any("Joint maximum likelihood" in note for note in found.notes)


def test_a_fair_score_is_the_one_that_raters_of_mean_severity_would_have_given():
    ratings, _, _ = drawn(people=30, raters=6, each=3, spread=1.2, seed=5)
    from scipy.optimize import brentq

    found = severity(ratings)
    assert found.components[0].verdict == "corrected"
    believed = np.array([one.shrunk for one in found.raters])
    _, hard = at(found)
    steps = np.array(thresholds_of(found, ratings.criteria)[0])
    points = np.arange(1, 5)
    for place, one in enumerate(found.ratees):
        rows = np.flatnonzero(ratings.ratee == place)

        def missing(measure, rows=rows):
            told = [
                chances(measure - believed[r] - hard[c], steps) @ points
                for r, c in zip(ratings.rater[rows], ratings.criterion[rows], strict=True)
            ]
            return float(np.sum(told) - ratings.score[rows].sum())

        if one.extreme:
            assert one.fair == {"highest": 4.0, "lowest": 1.0}[one.extreme]
            continue
        measure = brentq(missing, -15, 15)
        fair = np.mean([chances(measure - h, steps) @ points for h in hard])
        assert one.fair == pytest.approx(fair, abs=2e-4)
        assert one.low < one.fair < one.high
        assert one.corrected


def test_severities_are_stricter_above_zero_and_shrink_towards_it():
    ratings, strict, _ = drawn(people=120, raters=8, each=3, spread=1.0, seed=6)
    found = severity(ratings)
    estimate = np.array([one.severity for one in found.raters])
    shrunk = np.array([one.shrunk for one in found.raters])
    assert np.corrcoef(estimate, strict)[0, 1] > 0.95
    assert estimate.sum() == pytest.approx(0, abs=1e-9)
    assert np.all(np.abs(shrunk) < np.abs(estimate))
    assert np.all(np.sign(shrunk) == np.sign(estimate))
    for one in found.raters:
        assert one.points_low < one.points < one.points_high
        assert (one.points < 0) == (one.shrunk > 0)
        assert one.se >= one.se_model


def test_points_say_how_much_higher_the_people_of_the_round_score():
    ratings, _, _ = drawn(people=60, raters=6, each=3, spread=1.0, seed=7)
    found = severity(ratings)
    steps = np.array(thresholds_of(found, ratings.criteria)[0])
    _, hard = at(found)

    def mean(strict):
        told = [
            np.mean([chances(one.measure - strict - h, steps) @ np.arange(1, 5) for h in hard])
            for one in found.ratees
        ]
        return np.mean(told)

    for one in found.raters[:3]:
        assert one.points == pytest.approx(mean(one.shrunk) - mean(0.0), abs=1e-4)


def test_raters_who_do_not_differ_correct_nothing_and_raw_stays():
    ratings, _, _ = drawn(people=12, raters=6, each=2, spread=0.0, seed=8)
    found = severity(ratings)
    (part,) = found.components
    assert part.verdict == "too_few"
    assert part.p > 0.1
    assert "too few ratings to correct" in part.why
    for one in found.ratees:
        assert not one.corrected
        assert one.fair == one.observed
        assert one.low <= one.fair <= one.high
    assert all(one.shrunk == 0.0 and one.points == 0.0 for one in found.raters)
    assert all(one.shrunk_se > 0.0 for one in found.raters)
    assert compared(found.raters[0], found) == "Too few ratings to say."


def test_raters_who_are_alike_are_told_from_too_few_ratings():
    ratings, _, _ = drawn(people=400, raters=6, each=3, spread=0.0, seed=10)
    found = severity(ratings)
    assert found.components[0].verdict == "alike"
    assert "enough ratings to see it" in found.components[0].why
    assert compared(found.raters[0], found) == "Rates as the other raters do."


def test_an_uncorrected_interval_holds_what_the_raters_may_have_added():
    ratings, _, _ = drawn(people=12, raters=6, each=2, spread=0.0, seed=8)
    found = severity(ratings)
    layout = lay_out(ratings, "rsm")
    estimates = (np.zeros(6), at(found)[1], np.array([thresholds_of(found, ratings.criteria)[0]]))
    observed = np.array([one.observed for one in found.ratees])
    start = np.array([one.measure for one in found.ratees])
    known = fair_scores(
        layout, estimates, np.zeros(6), np.ones(12), observed, np.zeros(12, dtype=bool), start
    )
    for one, low, high in zip(found.ratees, known.low, known.high, strict=True):
        assert one.low <= low + 1e-9
        assert one.high >= high - 1e-9
    assert np.mean([one.high - one.low for one in found.ratees]) > 1.05 * np.mean(known.high - known.low)


def test_extreme_people_raters_and_criteria_have_finite_estimates_that_are_said():
    ratings, _, _ = drawn(people=30, raters=5, each=2, seed=9)
    rows = [
        (ratings.ratees[p], ratings.raters[r], ratings.criteria[c], int(x))
        for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True)
    ]
    rows += [("top", rater, name, 4) for rater in ("r00", "r01") for name in ratings.criteria]
    rows += [(f"p{n:03d}", "always four", name, 4) for n in range(4) for name in ratings.criteria]
    for method in ("mml", "jml"):
        found = severity(Ratings.from_rows(rows, lowest=1, highest=4), method=method)
        top = next(one for one in found.ratees if one.ratee == "top")
        assert top.extreme == "highest"
        assert (top.observed, top.high) == (4.0, 4.0)
        assert top.low < 4.0
        assert top.fit.infit is None
        assert np.isfinite(top.measure)
        kind = next(one for one in found.raters if one.rater == "always four")
        assert kind.extreme == "highest"
        assert -8.0 < kind.severity < -0.5
        assert np.isfinite(kind.se)
        assert kind.fit.infit is None
        said = " ".join(found.notes)
        assert "top got nothing but the highest score" in said
        assert "always four gave nothing but the highest score" in said


def test_parts_without_a_link_are_each_on_a_scale_of_their_own():
    first, _, _ = drawn(people=30, raters=5, each=3, spread=1.0, seed=11)
    second, _, _ = drawn(people=24, raters=4, each=3, spread=1.0, seed=12)
    rows = []
    for name, table in (("a", first), ("b", second)):
        rows += [
            (f"{name}{table.ratees[p]}", f"{name}{table.raters[r]}", table.criteria[c], int(x))
            for p, r, c, x in zip(table.ratee, table.rater, table.criterion, table.score, strict=True)
        ]
    found = severity(Ratings.from_rows(rows, lowest=1, highest=4))
    assert not found.connected
    assert [len(one.raters) for one in found.components] == [5, 4]
    assert [len(one.ratees) for one in found.components] == [30, 24]
    for number in (1, 2):
        here = [one.severity for one in found.raters if one.component == number]
        assert sum(here) == pytest.approx(0, abs=1e-9)
        assert {one.rater[0] for one in found.raters if one.component == number} == {"ab"[number - 1]}
    assert "share no link" in found.notes[0]
    # Within a part the severities are those of the part alone, up to thresholds that both share.
    alone = severity(first)
    for one in alone.raters:
        both = next(other for other in found.raters if other.rater == f"a{one.rater}")
        assert both.severity == pytest.approx(one.severity, abs=0.15)


def test_a_score_that_nobody_gave_counts_as_one_step_and_is_said():
    ratings, _, _ = drawn(people=40, raters=5, each=2, seed=13)
    scores = np.where(ratings.score >= 3, ratings.score + 1, ratings.score)  # nobody gives a 3
    found = severity(replace(ratings, score=scores, highest=5))
    assert found.scores == (1, 2, 4, 5)
    assert [(one.below, one.above) for one in found.steps] == [(1, 2), (2, 4), (4, 5)]
    assert "Nobody gave a 3: the step over it counts as one." in found.notes
    assert max(one.fair for one in found.ratees) > 4.0
    same = severity(ratings)
    assert [one.severity for one in found.raters] == pytest.approx([one.severity for one in same.raters])


def test_scores_may_begin_anywhere():
    ratings, _, _ = drawn(seed=14)
    moved = severity(replace(ratings, score=ratings.score + 6, lowest=7, highest=10))
    found = severity(ratings)
    assert moved.deviance == pytest.approx(found.deviance)
    assert [one.fair for one in moved.ratees] == pytest.approx([one.fair + 6 for one in found.ratees])


def test_names_and_the_order_of_rows_change_nothing():
    ratings, _, _ = drawn(seed=15)
    rows = [
        (ratings.ratees[p], ratings.raters[r][::-1], ratings.criteria[c], int(x))
        for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True)
    ]
    np.random.default_rng(1).shuffle(rows)
    turned = severity(Ratings.from_rows([(p, r, c, int(x)) for p, r, c, x in rows], lowest=1, highest=4))
    found = severity(ratings)
    assert turned.deviance == pytest.approx(found.deviance, abs=1e-6)
    by_name = {one.rater[::-1]: one.severity for one in turned.raters}
    for one in found.raters:
        assert by_name[one.rater] == pytest.approx(one.severity, abs=1e-5)


@pytest.mark.parametrize("model", ["rsm", "pcm"])
@pytest.mark.parametrize("method", ["mml", "jml"])
def test_results_are_plain_finite_numbers_and_the_same_in_every_run(model, method):
    ratings, _, _ = drawn(people=25, raters=6, each=2, missing=0.1, seed=16)
    found = severity(ratings, model=model, method=method)
    assert found.converged
    assert found == severity(ratings, model=model, method=method)

    def check(value):
        if isinstance(value, float):
            assert np.isfinite(value)
            assert type(value) is float
        elif isinstance(value, tuple):
            for one in value:
                check(one)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                check(getattr(value, name))
        else:
            assert value is None or type(value) in {int, str, bool}, type(value)

    check(found)


ALIKE = [(p, r, "c", 3) for p in "abc" for r in "xy"]


@pytest.mark.parametrize(
    ("rows", "model", "said"),
    [
        ([(p, "Kim", "c", n) for n, p in enumerate("abc")], "rsm", "Every rating comes from “Kim”."),
        ([("Ada", r, "c", n) for n, r in enumerate("xyz")], "rsm", "Every rating is about “Ada”."),
        (ALIKE, "rsm", "Every rating is 3."),
        (
            [*ALIKE, *((p, r, "d", n) for n, p in enumerate("abc") for r in "xy")],
            "pcm",
            "Every rating on “c” is 3.",
        ),
        ([(f"p{n}", r, "c", n) for n in range(21) for r in "xy"], "rsm", "There are 21 different scores."),
    ],
)
def test_what_says_nothing_of_raters_is_refused_in_one_sentence(rows, model, said):
    with pytest.raises(BadInput) as refused:
        severity(Ratings.from_rows(rows), model=model)
    assert said in str(refused.value)
    assert len(refused.value.problems) == 1


def test_joint_likelihood_refuses_a_rater_seen_with_extreme_people_only():
    ratings, _, _ = drawn(people=20, raters=4, each=2, seed=17)
    rows = [
        (ratings.ratees[p], ratings.raters[r], ratings.criteria[c], int(x))
        for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True)
    ]
    rows += [("top", rater, name, 4) for rater in ("r00", "alone") for name in ratings.criteria]
    table = Ratings.from_rows(rows, lowest=1, highest=4)
    with pytest.raises(BadInput, match="“alone” rated only people"):
        severity(table, method="jml")
    assert np.isfinite(severity(table).raters[0].severity)


def test_one_criterion_and_two_scores_are_enough():
    rng = np.random.default_rng(18)
    rows = [(f"p{p:02d}", f"r{r}", "all", int(rng.random() < 0.5)) for p in range(30) for r in range(3)]
    found = severity(Ratings.from_rows(rows, lowest=0, highest=1))
    assert [one.threshold for one in found.steps] == [0.0]
    assert found.halo.pairs == 0
    assert found.halo.widening == 1.0


def test_halo_widens_errors_and_is_said():
    plain, _, _ = drawn(people=120, raters=10, each=3, seed=19)
    shared, _, _ = drawn(people=120, raters=10, each=3, seed=19, halo=1.2)
    assert severity(plain).halo.widening < 1.05
    found = severity(shared)
    assert found.halo.sd > 0.5
    assert found.halo.widening > 1.2
    for one in found.raters:
        assert one.se > 1.1 * one.se_model
    assert any("(halo)" in note for note in found.notes)


@pytest.mark.slow
def test_intervals_hold_in_four_of_five():
    inside, believed, fair = [], [], []
    for seed in range(25):
        ratings, strict, measure = drawn(people=60, raters=8, each=3, spread=0.7, seed=100 + seed)
        found = severity(ratings)
        estimate = np.array([one.severity for one in found.raters])
        inside += (np.abs(estimate - strict) <= HALF * np.array([one.se for one in found.raters])).tolist()
        shrunk = np.array([one.shrunk for one in found.raters])
        believed += (
            np.abs(shrunk - strict) <= HALF * np.array([one.shrunk_se for one in found.raters])
        ).tolist()
        steps = (-1.5, 0.0, 1.5)
        truth = [
            np.mean([chances(m - h, steps) @ np.arange(1, 5) for h in (-0.4, 0.1, 0.3)]) for m in measure
        ]
        fair += [one.low <= t <= one.high for one, t in zip(found.ratees, truth, strict=True)]
    # 200 raters: four standard errors of a share of .8 are .11; 1,500 people: .04.
    assert 0.69 < np.mean(inside) < 0.91
    assert 0.69 < np.mean(believed) < 0.91
    assert 0.76 < np.mean(fair) < 0.85


def test_the_recovery_table_is_made_and_stands_on_the_method_page():
    from benchmarks.recovery.raters import SIZES, recovered, table

    row = recovered("12 people, 6 raters", 1.0, 0.8, 4, np.random.default_rng(1))
    assert row.rounds == 4
    assert row.fair_rmse < 1.0
    assert 0.5 < row.fair_inside <= 1.0
    page = (Path(__file__).parents[2] / "docs" / "methods" / "raters.md").read_text(encoding="utf-8")
    inside = page.split("<!-- recovery: begin -->")[1].split("<!-- recovery: end -->")[0].strip().splitlines()
    assert inside[0] == table([row]).splitlines()[0]
    assert len(inside) == 2 + len(SIZES) * 6


def test_scores_that_are_noise_are_called_so_and_not_an_order_without_exception():
    rng = np.random.default_rng(3)
    rows = [
        (f"p{i}", f"r{j}", f"c{k}", int(rng.integers(1, 6)))
        for i in range(12)
        for j in range(4)
        for k in range(3)
    ]
    said = " ".join(severity(Ratings.from_rows(rows, lowest=1, highest=5)).notes)
    assert "differ no more than chance" in said
    assert "without any exception" not in said
