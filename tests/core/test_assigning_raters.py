"""Raters assigned to ratees, beside every design that small rounds allow."""

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.assigning_raters import assign
from fairlead.core.rater_design import assignment_design
from fairlead.core.rating_links import links


def parts_by_hand(pairs, without=None):
    """Count groups of raters by merging sets, one rater and all their ratings left out."""
    groups = [{rater} for rater in {rater for _, rater in pairs} - {without}]
    for ratee in {ratee for ratee, _ in pairs}:
        joined = {rater for one, rater in pairs if one == ratee} - {without}
        together = set().union(joined, *(group for group in groups if group & joined))
        groups = [group for group in groups if not group & joined] + ([together] if together else [])
    return len(groups)


def every_design(ratees, raters, per_ratee, most, barred):
    may = [[r for r in raters if (one, r) not in barred and one != r] for one in ratees]
    for chosen in product(*(combinations(some, per_ratee) for some in may)):
        pairs = [(one, r) for one, some in zip(ratees, chosen, strict=True) for r in some]
        if max(Counter(r for _, r in pairs).values()) <= most:
            yield pairs


rounds = st.tuples(
    st.integers(2, 4), st.integers(2, 4), st.integers(1, 3), st.integers(1, 4), st.integers(0, 2**16 - 1)
)


def small_round(drawn):
    n, m, per_ratee, most, mask = drawn
    ratees, raters = [f"e{i}" for i in range(n)], [f"r{i}" for i in range(m)]
    cells = list(product(ratees, raters))
    # Every third bit bars: enough to be felt, seldom so much that nothing is left.
    barred = {cell for at, cell in enumerate(cells) if mask >> at & 1 and at % 3 == 0}
    return ratees, raters, per_ratee, most, barred


@settings(max_examples=60, deadline=None)
@given(rounds)
def test_small_rounds_are_as_well_linked_as_any_design_can_be(drawn):
    ratees, raters, per_ratee, most, barred = small_round(drawn)
    found = assign(ratees, raters, per_ratee=per_ratee, most_per_rater=most, barred=barred)
    designs = list(every_design(ratees, raters, per_ratee, most, barred))
    short = {one.about for one in found.unmet if one.what in {"too_few_may", "no_places"}}
    assert bool(designs) == (not short)
    if not designs:
        return
    best = min((one.parts, len(one.hinges)) for one in map(links, designs))
    assert (len(found.design.components), len(found.design.articulation)) == best
    assert {one.what for one in found.unmet} - {"one_rater"} == ({"apart"} if best[0] > 1 else set()) | (
        {"hinge"} if best[1] else set()
    )


@settings(max_examples=60, deadline=None)
@given(rounds)
def test_limits_and_conflicts_hold_and_no_rating_is_missing_that_could_be(drawn):
    ratees, raters, per_ratee, most, barred = small_round(drawn)
    found = assign(ratees, raters, per_ratee=per_ratee, most_per_rater=most, barred=barred)
    assert not barred & set(found.pairs)
    assert len(set(found.pairs)) == len(found.pairs)
    assert all(number <= most for _, number in found.loads)
    assert dict(found.loads) == {r: len(found.ratees_of(r)) for r in raters}
    assert all(len(found.raters_of(one)) <= per_ratee for one in ratees)
    cells = [c for c in product(ratees, raters) if c not in barred]
    most_ratings = max(sum(per) for per in ratings_possible(ratees, raters, cells, per_ratee, most))
    assert len(found.pairs) == most_ratings


def ratings_possible(ratees, raters, cells, per_ratee, most):
    """Every way to give each ratee a number of raters that can be met for all of them at once."""
    for per in product(range(per_ratee + 1), repeat=len(ratees)):
        if feasible(ratees, raters, cells, per, most):
            yield per


def feasible(ratees, raters, cells, per, most):
    def place(at, left):
        if at == len(ratees):
            return True
        may = [r for r in raters if (ratees[at], r) in cells and left[r]]
        return any(
            place(at + 1, {r: left[r] - (r in chosen) for r in raters})
            for chosen in combinations(may, per[at])
        )

    return place(0, dict.fromkeys(raters, most))


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), min_size=1, max_size=14))
def test_parts_and_hinges_are_those_of_leaving_out_one_rater_after_another(pairs):
    found, design = links(pairs), assignment_design(pairs)
    whole = parts_by_hand(pairs)
    raters = {rater for _, rater in pairs}
    assert found.parts == whole == len(design.components)
    assert found.hinges == tuple(sorted(r for r in raters if parts_by_hand(pairs, without=r) > whole))
    assert found.hinges == design.articulation
    assert (found.strength > 0) == (whole == 1 and len(raters) > 1)


def test_a_rating_of_ones_own_and_of_a_barred_colleague_is_never_given():
    people = list("abcdef")
    found = assign(people, people, per_ratee=3, most_per_rater=3, barred=[("a", "b"), ("b", "a")])
    assert not [pair for pair in found.pairs if pair[0] == pair[1] or set(pair) == {"a", "b"}]
    assert [number for _, number in found.loads] == [3] * 6
    assert found.unmet == ()


def test_the_same_seed_gives_the_same_and_order_of_people_changes_nothing():
    ratees, raters = [f"e{i}" for i in range(12)], list("uvwxyz")
    one = assign(ratees, raters, per_ratee=3, most_per_rater=7, seed=4)
    other = assign(ratees[::-1], set(raters), per_ratee=3, most_per_rater=7, seed=4)
    assert one == other
    assert one.pairs != assign(ratees, raters, per_ratee=3, most_per_rater=7, seed=5).pairs


def test_a_round_of_usual_size_is_linked_evenly_and_hangs_on_nobody():
    ratees, raters = [f"e{i:02}" for i in range(40)], [f"r{i}" for i in range(9)]
    found = assign(ratees, raters, per_ratee=3, most_per_rater=15)
    numbers = [number for _, number in found.loads]
    assert max(numbers) - min(numbers) <= 1
    assert found.design.connected
    assert found.design.articulation == ()
    # 120 ratings among 9 raters: were all pairs of raters to meet alike, the strength would be 9 × 120 / 36.
    assert links(found.pairs).strength > 0.7 * 9 * 120 / 36


def test_ratings_that_have_begun_stay_when_somebody_steps_out():
    ratees, raters = [f"e{i}" for i in range(8)], list("vwxyz")
    before = assign(ratees, raters, per_ratee=3, most_per_rater=6)
    out = before.ratees_of("v")[0]
    kept = [pair for pair in before.pairs if pair != (out, "v")]
    after = assign(ratees, raters, per_ratee=3, most_per_rater=6, barred=[(out, "v")], kept=kept)
    assert set(kept) <= set(after.pairs)
    assert len(after.raters_of(out)) == 3
    assert "v" not in after.raters_of(out)


def test_too_few_who_may_rate_is_said_with_numbers_and_name():
    found = assign(
        ["e1", "e2"], ["x", "y", "z"], per_ratee=2, most_per_rater=2,
        barred=[("e1", "x"), ("e1", "y")], names={"e1": "Kim"},
    )  # fmt: skip
    short = [one for one in found.unmet if one.what == "too_few_may"]
    assert [one.sentence for one in short] == ["Kim: 1 of 3 raters may rate here, 2 are asked for."]
    assert short[0].proven
    assert found.raters_of("e1") == ("z",)


def test_full_raters_leave_everybody_about_as_short():
    found = assign(list("abcdef"), ["x", "y"], per_ratee=2, most_per_rater=4)
    assert sorted(len(found.raters_of(one)) for one in "abcdef") == [1, 1, 1, 1, 2, 2]
    assert {one.what for one in found.unmet} >= {"no_places"}


def test_two_groups_that_no_rater_may_link_are_said_to_be_apart_for_good():
    barred = [*product("ab", "yz"), *product("cd", "wx")]
    found = assign(list("abcd"), list("wxyz"), per_ratee=2, most_per_rater=4, barred=barred)
    assert found.design.components == (("w", "x"), ("y", "z"))
    apart = next(one for one in found.unmet if one.what == "apart")
    assert apart.proven
    assert "2 parts that cannot be compared" in apart.sentence


def test_one_rater_for_each_ratee_links_nothing_and_says_what_would():
    found = assign(list("abcd"), list("xy"), per_ratee=1, most_per_rater=2)
    apart = next(one for one in found.unmet if one.what == "apart")
    assert apart.sentence.endswith("one rater for each ratee links nothing. Ask two.")


def test_one_rater_alone_is_told_apart_from_everything_else():
    found = assign(list("ab"), ["x"], per_ratee=1, most_per_rater=5)
    assert [one.what for one in found.unmet] == ["one_rater"]


def test_a_rater_on_whom_the_round_hangs_is_named():
    barred = [("a", "z"), ("b", "z"), ("c", "x"), ("d", "x")]
    found = assign(list("abcd"), list("xyz"), per_ratee=2, most_per_rater=4, barred=barred, names={"y": "Jo"})
    hinge = next(one for one in found.unmet if one.what == "hinge")
    assert (hinge.about, hinge.proven) == ("y", True)
    assert "Jo" in hinge.sentence


def test_where_nobody_may_rate_anybody_there_is_no_design_and_it_is_said():
    found = assign(["a", "b"], ["x", "y"], per_ratee=2, most_per_rater=0)
    assert found.design is None
    assert found.pairs == ()
    assert [one.what for one in found.unmet] == ["too_few_may", "too_few_may"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ratees": ["a", "a"]}, "twice"),
        ({"raters": []}, "one ratee and one rater"),
        ({"per_ratee": 0}, "one rater at least"),
        ({"most_per_rater": {"x": 2}}, "limit"),
        ({"most_per_rater": -1}, "limit"),
        ({"kept": [("a", "q")]}, "not in the round"),
        ({"kept": [("a", "x")], "barred": [("a", "x")]}, "barred"),
        ({"ratees": range(10_001), "per_ratee": 2}, "20,000"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(change, said):
    asked = {"ratees": ["a", "b"], "raters": ["x", "y"], "per_ratee": 1, "most_per_rater": 2} | change
    asked["ratees"] = [str(one) for one in asked["ratees"]]
    with pytest.raises(ValueError, match=said):
        assign(asked.pop("ratees"), asked.pop("raters"), **asked)


def test_strength_is_the_smallest_cost_of_telling_raters_apart():
    pairs = [("a", "x"), ("a", "y"), ("b", "y"), ("b", "z"), ("c", "z"), ("d", "x"), ("d", "z")]
    met = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    angles = np.linspace(0, np.pi, 20_001)
    # Every direction of unit length that sums to nought, in the plane of three raters.
    one, other = np.array([1, -1, 0]) / np.sqrt(2), np.array([1, 1, -2]) / np.sqrt(6)
    vectors = np.outer(np.cos(angles), one) + np.outer(np.sin(angles), other)
    costs = 0.5 * np.einsum("ij,nij->n", met, (vectors[:, :, None] - vectors[:, None, :]) ** 2)
    assert links(pairs).strength == pytest.approx(costs.min(), abs=1e-6)
