"""Groups of raters: differences against whole matrices, planted ones found, few raters not told."""

import json

import numpy as np
import pytest

from fairlead.core.rater_groups import FEWEST_PEOPLE, FEWEST_RATERS, group_differences
from fairlead.core.rater_layout import lay_out
from fairlead.core.rater_residuals import residuals
from fairlead.core.raters import severity
from fairlead.core.raters_json import severity_json
from fairlead.core.ratings import Ratings

STEPS = np.array([-1.5, -0.5, 0.5, 1.5])


def drawn(seed, *, people=40, raters=12, each=3, main=0.0, inter=0.0, halo=0.0, missing=0.0):
    """A round of raters a and b and of people x and y: a scores all ``main`` higher, x ``inter`` more."""
    rng = np.random.default_rng(seed)
    measure, strict = rng.normal(0, 1.2, people), rng.normal(0, 0.5, raters)
    of_rater, of_ratee = np.arange(raters) % 2, (rng.random(people) < 0.4).astype(int)
    rows = []
    for who in range(people):
        for by in rng.permutation(raters)[:each]:
            own = rng.normal(0, halo)
            for criterion, hard in enumerate((-0.5, 0.0, 0.2, 0.3)):
                at = measure[who] - strict[by] - hard + own
                at += (of_rater[by] == 0) * (main + inter * (of_ratee[who] == 0))
                odds = np.exp(np.concatenate([[0.0], np.cumsum(at - STEPS)]))
                score = 1 + int(rng.choice(5, p=odds / odds.sum()))
                if rng.random() >= missing:
                    rows.append((f"p{who:03d}", f"r{by:02d}", f"c{criterion}", score))
    return (
        Ratings.from_rows(rows, lowest=1, highest=5),
        {f"r{by:02d}": "ab"[of_rater[by]] for by in range(raters)},
        {f"p{who:03d}": "xy"[of_ratee[who]] for who in range(people)},
    )


def by_matrices(ratings, found, rater_groups, ratee_groups):
    """The same differences and errors with every effect a column, one rater after the other."""
    layout = lay_out(ratings, found.model)
    thresholds = np.zeros((layout.scales, layout.most))
    criteria = [one.criterion for one in found.criteria]
    for step in found.steps:
        scale = criteria.index(step.criterion) if step.criterion else 0
        thresholds[scale, int(np.flatnonzero(layout.points[scale] == step.below)[0])] = step.threshold
    strict = np.array([one.severity for one in found.raters])
    sums = residuals(
        ratings, layout, np.array([one.measure for one in found.ratees]),
        strict[:, None] + np.array([one.difficulty for one in found.criteria]), thresholds,
        np.zeros(layout.people, bool),
    )  # fmt: skip
    information = sums.pair_information
    weight = information / (1 + found.halo.sd**2 * information)
    y = sums.pair_residual / information - strict[layout.pair_rater]
    inside = np.array([rater_groups[ratings.raters[r]] == "a" for r in layout.pair_rater])
    of_x = np.array([ratee_groups[ratings.ratees[p]] == "x" for p in layout.pair_ratee])
    people, raters = np.eye(layout.people)[layout.pair_ratee], np.eye(layout.raters)[layout.pair_rater]
    told = []
    for columns, z in ((people, inside), (np.hstack([people, raters]), inside & of_x)):
        design = np.column_stack([columns, z]) * np.sqrt(weight)[:, None]
        gamma = float(np.linalg.lstsq(design, y * np.sqrt(weight), rcond=None)[0][-1])
        root = np.sqrt(weight)
        fitted = design @ np.linalg.lstsq(design, y * root, rcond=None)[0]
        left = columns * root[:, None]
        own = z * root - left @ np.linalg.lstsq(left, z * root, rcond=None)[0]
        variance = 0.0
        for rater in range(layout.raters):
            mine = layout.pair_rater == rater
            share = own[mine] ** 2
            of_person = weight[mine] / np.bincount(layout.pair_ratee, weight)[layout.pair_ratee[mine]]
            kept = (share * (1 - of_person)).sum() / share.sum() - share.sum() / (own**2).sum()
            variance += (own[mine] @ (y * root - fitted)[mine]) ** 2 / kept
        told.append((gamma, float(np.sqrt(variance)) / float((own**2).sum())))
    return told


@pytest.mark.parametrize("model", ["rsm", "pcm"])
@pytest.mark.parametrize("kind", [{}, {"halo": 0.8}, {"missing": 0.2}])
def test_differences_and_errors_are_those_of_whole_matrices(model, kind):
    ratings, raters, people = drawn(3, main=0.5, inter=0.5, **kind)
    found = severity(ratings, model=model)
    ours = [(one.logits, one.se) for one in group_differences(ratings, found, raters, people)]
    assert np.array(ours) == pytest.approx(np.array(by_matrices(ratings, found, raters, people)), abs=1e-7)


def test_planted_differences_are_found_near_their_size_and_with_their_sign():
    found = []
    for seed in range(12):
        ratings, raters, people = drawn(seed, people=60, main=0.6, inter=1.0)
        found.append(group_differences(ratings, severity(ratings), raters, people))
    assert np.mean([two[1].logits for two in found]) == pytest.approx(1.0, abs=0.2)
    assert np.mean([two[0].logits for two in found]) == pytest.approx(0.6 + 0.6 * 1.0, abs=0.2)
    assert sum(two[0].said == "higher" for two in found) >= 11
    assert sum(two[1].said == "higher" for two in found) >= 6
    assert all(np.sign(one.points) == np.sign(one.logits) for two in found for one in two)


def test_strict_raters_of_a_group_are_no_bias_against_a_group_of_people():
    said = [
        group_differences(ratings, severity(ratings), raters, people)[1].said
        for ratings, raters, people in (drawn(seed, people=30, main=-1.5) for seed in range(12))
    ]
    assert sum(one in {"higher", "lower"} for one in said) <= 2


@pytest.mark.slow
def test_equal_groups_are_called_different_in_one_of_twenty_rounds():
    p = []
    for seed in range(60):
        ratings, raters, people = drawn(seed, people=24, raters=8, each=4, halo=0.5)
        p += [one.p for one in group_differences(ratings, severity(ratings), raters, people)]
    told = [one for one in p if one is not None]
    assert len(told) > 110
    assert np.mean(np.array(told) <= 0.05) <= 0.09


def test_a_group_of_two_raters_or_four_people_gets_no_figure():
    ratings, raters, people = drawn(4)
    few = {name: "a" if name in {"r00", "r02"} else "b" for name in raters}
    small = {name: "x" if name < "p004" else "y" for name in people}
    for groups in (group_differences(ratings, severity(ratings), few, people),
                   group_differences(ratings, severity(ratings), raters, small)[1:]):  # fmt: skip
        for one in groups:
            assert one.said == "too few to say"
            assert (one.logits, one.points, one.low, one.high, one.p) == (None,) * 5
    assert (FEWEST_RATERS, FEWEST_PEOPLE) == (3, 5)


def test_groups_that_never_rate_the_same_people_cannot_be_compared():
    rows = [
        (f"p{who}", f"r{by}", "all", 1 + (who * 7 + by * 3) % 5)
        for who in range(20)
        for by in range(8)
        if (who < 10) == (by < 4)
    ]
    ratings = Ratings.from_rows(rows, lowest=1, highest=5)
    one = group_differences(ratings, severity(ratings), {f"r{by}": "ab"[by >= 4] for by in range(8)})[0]
    assert one.said == "too few to say"


def test_of_three_groups_each_stands_beside_all_others_and_p_is_adjusted():
    ratings, raters, people = drawn(5, people=60)
    three = {name: "abc"[int(name[1:]) % 3] for name in raters}
    found = group_differences(ratings, severity(ratings), three, people)
    assert [(one.rater_group, one.ratee_group) for one in found] == [
        ("a", ""), ("b", ""), ("c", ""), ("a", "x"), ("b", "x"), ("c", "x"),
    ]  # fmt: skip
    assert all(one.adjusted_p >= one.p for one in found)
    assert max(one.adjusted_p / one.p for one in found) > 1.5


def test_nobody_and_no_rater_is_named():
    ratings, raters, people = drawn(6, people=20)
    found = group_differences(ratings, severity(ratings), raters, people)
    text = json.dumps([repr(one) for one in found])
    assert not any(name in text for name in (*raters, *people))


def test_json_has_groups_where_they_were_asked_for_and_no_key_else():
    from dataclasses import replace

    ratings, raters, _ = drawn(7, people=20)
    found = severity(ratings)
    assert "groups" not in severity_json(found)
    told = severity_json(replace(found, groups=group_differences(ratings, found, raters)))["groups"]
    assert told[0]["rater_group"] == "a"
