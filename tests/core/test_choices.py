"""Choices of the best and the worst of three: the fit, its uncertainty, circles and what follows."""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core import choices

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "direction" / "expected.json").read_text(encoding="utf-8")
)
BLOCKS = [(0, 1, 2), (0, 1, 3), (0, 2, 4), (0, 3, 5), (0, 4, 5), (1, 2, 5), (1, 3, 4), (1, 4, 5), (2, 3, 4),
          (2, 3, 5)]  # fmt: skip
orders = st.sampled_from(list(itertools.permutations(range(3))))
answered = st.lists(orders, min_size=10, max_size=10).map(
    lambda chosen: [tuple(block[at] for at in order) for block, order in zip(BLOCKS, chosen, strict=True)]
)
relabeled = st.permutations(list(range(6)))


@pytest.mark.parametrize("case", GOLDEN["choices"], ids=lambda case: case["name"])
def test_utilities_and_intervals_agree_with_plain_python(case):
    sets = [tuple(one) for one in case["sets"]]
    utility, covariance = choices.fit(sets, 6)
    assert utility == pytest.approx(case["utility"], abs=1e-8)
    assert covariance == pytest.approx(np.array(case["covariance"]), abs=1e-6)
    share, low, high = choices.put_first_intervals(utility, covariance)
    assert share == pytest.approx(case["share"], abs=1e-8)
    assert low == pytest.approx([one[0] for one in case["interval"]], abs=1e-6)
    assert high == pytest.approx([one[1] for one in case["interval"]], abs=1e-6)


def test_the_mode_is_where_a_general_optimizer_finds_it():
    from scipy.optimize import minimize

    rng = np.random.default_rng(4)
    sets = [tuple(rng.permutation(block).tolist()) for block in BLOCKS]

    def loss(utility):
        total = 0.5 * float(utility @ utility)
        for chosen in sets:
            ways = [utility[b] - utility[w] for b, w in itertools.permutations(chosen, 2)]
            total += math.log(sum(math.exp(way) for way in ways)) - utility[chosen[0]] + utility[chosen[2]]
        return total

    found = minimize(loss, np.zeros(6), method="BFGS", options={"gtol": 1e-9})
    utility, _ = choices.fit(sets, 6)
    assert utility == pytest.approx(found.x - found.x.mean(), abs=1e-5)


def test_the_interval_holds_four_fifths_of_what_brute_force_allows():
    """Sum over a grid of the two differences that matter, the mean of the three taken out."""
    sets = [(0, 1, 2), (0, 2, 1), (1, 0, 2)]
    grid = np.linspace(-4.5, 4.5, 181)
    points = np.array([(a, b, -a - b) for a in grid for b in grid])
    log = -0.5 * (points**2).sum(axis=1)
    for chosen in sets:
        ways = np.array([points[:, b] - points[:, w] for b, w in itertools.permutations(chosen, 2)])
        log += points[:, chosen[0]] - points[:, chosen[2]] - np.log(np.exp(ways).sum(axis=0))
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    utility, covariance = choices.fit(sets, 3)
    assert points[log.argmax()] == pytest.approx(utility, abs=0.05)
    share, low, high = choices.put_first_intervals(utility, covariance)
    allowed = choices.put_first(points)
    for at in range(3):
        inside = (allowed[:, at] >= low[at]) & (allowed[:, at] <= high[at])
        assert weight[inside].sum() == pytest.approx(0.8, abs=0.05)
        assert weight[allowed[:, at] <= share[at]].sum() == pytest.approx(0.5, abs=0.1)


@settings(max_examples=40)
@given(answered, relabeled)
def test_renaming_the_things_renames_the_utilities(sets, names):
    utility, covariance = choices.fit(sets, 6)
    other, moved = choices.fit([tuple(names[at] for at in one) for one in sets], 6)
    assert other[names] == pytest.approx(utility, abs=1e-9)
    assert moved[np.ix_(names, names)] == pytest.approx(covariance, abs=1e-9)


@settings(max_examples=40)
@given(answered)
def test_turning_most_into_least_turns_the_signs_and_keeps_the_doubt(sets):
    utility, covariance = choices.fit(sets, 6)
    turned, doubt = choices.fit([one[::-1] for one in sets], 6)
    assert turned == pytest.approx(-utility, abs=1e-9)
    assert doubt == pytest.approx(covariance, abs=1e-9)


@settings(max_examples=40)
@given(answered, st.randoms(use_true_random=False))
def test_the_order_of_the_sets_makes_no_difference(sets, chance):
    mixed = list(sets)
    chance.shuffle(mixed)
    assert choices.fit(mixed, 6)[0] == pytest.approx(choices.fit(sets, 6)[0], abs=1e-9)


@settings(max_examples=40)
@given(answered, st.integers(0, 9))
def test_nothing_is_more_certain_after_an_answer_is_taken_away(sets, gone):
    _, covariance = choices.fit(sets, 6)
    fewer = sets[:gone] + sets[gone + 1 :]
    _, wider = choices.fit(fewer, 6)
    # Curvature depends on where the mode lies: single variances may move, all doubt together may not shrink.
    assert np.trace(wider) >= np.trace(covariance) * 0.97


@settings(max_examples=40)
@given(answered)
def test_shares_and_bounds_lie_between_nought_and_one_and_their_mean_is_a_half(sets):
    share, low, high = choices.put_first_intervals(*choices.fit(sets, 6))
    assert share.mean() == pytest.approx(0.5)
    assert np.all((low > 0) & (low < share) & (share < high) & (high < 1))


def test_the_example_by_hand_of_the_method_page():
    utility, _ = choices.fit([(0, 1, 2), (0, 1, 2)], 3)
    x = utility[0]
    expected = (math.exp(x) + math.exp(2 * x) - math.exp(-x) - math.exp(-2 * x)) / (
        2 * math.exp(x) + math.exp(2 * x) + 2 * math.exp(-x) + math.exp(-2 * x)
    )
    assert 2 - 2 * expected == pytest.approx(x)
    assert round(x, 3) == 0.778


def test_no_answer_leaves_all_alike_and_the_whole_expected_spread():
    utility, covariance = choices.fit([], 6)
    assert utility.tolist() == [0.0] * 6
    assert np.diag(covariance) == pytest.approx([5 / 6] * 6)


@pytest.mark.parametrize("wrong", [(0, 0, 1), (0, 1, 6), (-1, 0, 1)])
def test_a_set_of_other_than_three_known_things_is_refused(wrong):
    with pytest.raises(ValueError, match="names one thing twice"):
        choices.fit([wrong], 6)


def test_pairs_are_counted_and_followed_along_chains():
    said = choices.pairs_of([(0, 1, 2), (2, 3, 4)])
    assert said == {(0, 1): 1, (0, 2): 1, (1, 2): 1, (2, 3): 1, (2, 4): 1, (3, 4): 1}
    known = choices.follows(said, 5)
    assert known == set(itertools.combinations(range(5), 2))


@settings(max_examples=40)
@given(answered)
def test_what_follows_is_what_walking_along_the_pairs_reaches(sets):
    said = choices.pairs_of(sets)

    def reached(start):
        seen, left = set(), [start]
        while left:
            at = left.pop()
            for a, b in said:
                if a == at and b not in seen:
                    seen.add(b)
                    left.append(b)
        return seen

    assert choices.follows(said, 6) == {(a, b) for a in range(6) for b in reached(a)}


@settings(max_examples=40)
@given(answered)
def test_circles_are_those_that_the_degrees_of_a_full_tournament_count(sets):
    """Kendall and Babington Smith: n(n-1)(2n-1)/12 minus half the sum of squared wins."""
    said = choices.pairs_of(sets)
    wins = [0] * 6
    for a, b in itertools.combinations(range(6), 2):
        if said.get((a, b), 0) == said.get((b, a), 0):
            return
        wins[a if said.get((a, b), 0) > said.get((b, a), 0) else b] += 1
    counted = 6 * 5 * 11 / 12 - sum(one**2 for one in wins) / 2
    assert len(choices.circles(said, 6)) == counted


def test_a_circle_is_named_in_its_direction():
    assert choices.circles(choices.pairs_of([(0, 2, 5), (2, 1, 5), (1, 0, 5)]), 6) == ((0, 2, 1),)


def test_pairs_put_both_ways_are_named_once():
    assert choices.both_ways(choices.pairs_of([(0, 1, 2), (1, 0, 3)])) == ((0, 1),)
