"""Connectedness, articulation raters and the strength of links, against plain graph searches."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.rater_design import assignment_design, design_of
from fairlead.core.ratings import Ratings


def ratings_of(rows):
    return Ratings.from_rows([(p, r, c, 1 + place % 3) for place, (p, r, c) in enumerate(sorted(set(rows)))])


def parts(pairs, without=None):
    """Groups of raters that share people, by joining sets until nothing joins any more."""
    groups = [{rater} for rater in {r for _, r in pairs if r != without}]
    for person in {p for p, _ in pairs}:
        here = {r for p, r in pairs if p == person and r != without}
        touched = [group for group in groups if group & here]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    return sorted(sorted(group) for group in groups)


DESIGNS = st.lists(
    st.tuples(st.sampled_from([f"p{n}" for n in range(9)]), st.sampled_from([f"r{n}" for n in range(8)])),
    min_size=1,
    max_size=26,
)


@settings(max_examples=60)
@given(DESIGNS)
def test_components_and_articulation_raters_are_those_of_a_plain_search(pairs):
    found = assignment_design(pairs)
    assert sorted(sorted(one) for one in found.components) == parts(pairs)
    raters = sorted({rater for _, rater in pairs})
    whole = len(parts(pairs))
    for links in found.raters:
        alone = [links.rater] in parts(pairs)
        fallen = len(parts(pairs, without=links.rater)) > whole - alone
        assert links.articulation == fallen, links.rater
        theirs = {p for p, r in pairs if r == links.rater}
        together = {r for p, r in pairs if p in theirs and r != links.rater}
        assert links.ratees == len(theirs)
        assert links.partners == len(together)
    assert [links.rater for links in found.raters] == raters


def test_everybody_rating_everybody_has_strength_one_and_a_chain_has_little():
    whole = [(f"p{p}", f"r{r}") for p, r in itertools.product(range(6), range(5))]
    assert assignment_design(whole).strength == pytest.approx(1.0)
    chain = [(f"p{n}", f"r{r}") for n in range(7) for r in (n, n + 1)]
    found = assignment_design(chain)
    assert found.connected
    assert 0 < found.strength < 0.1
    assert found.articulation == tuple(f"r{n}" for n in range(1, 7))


def test_strength_is_the_second_eigenvalue_of_the_normalized_laplacian():
    rng = np.random.default_rng(3)
    pairs = sorted({(f"p{rng.integers(12):02d}", f"r{rng.integers(6)}") for _ in range(40)})
    ratees, raters = sorted({p for p, _ in pairs}), sorted({r for _, r in pairs})
    table = np.zeros((len(ratees), len(raters)))
    for p, r in pairs:
        table[ratees.index(p), raters.index(r)] = 1
    given_ = table.sum(axis=0)
    laplacian = np.diag(given_) - table.T @ (table / table.sum(axis=1, keepdims=True))
    scaled = laplacian / np.sqrt(np.outer(given_, given_))
    assert assignment_design(pairs).strength == pytest.approx(np.linalg.eigvalsh(scaled)[1])


def test_a_large_design_has_the_strength_of_the_whole_matrix(monkeypatch):
    from fairlead.core import rater_graph

    rng = np.random.default_rng(5)
    pairs = [(f"p{p}", f"r{r}") for p in range(150) for r in rng.choice(40, 3, replace=False)]
    dense = assignment_design(pairs)
    monkeypatch.setattr(rater_graph, "MOST_DENSE", 10)
    assert assignment_design(pairs).strength == pytest.approx(dense.strength, abs=2e-3)


def test_the_thinnest_place_is_named_with_who_holds_it():
    left = [(f"a{p}", f"r{r}") for p in range(8) for r in range(3)]
    right = [(f"b{p}", f"s{r}") for p in range(8) for r in range(3)]
    found = assignment_design([*left, *right, ("a0", "s0")])
    assert found.connected
    (weak,) = found.weakest
    assert set(weak.raters) in ({"r0", "r1", "r2"}, {"s0", "s1", "s2"})
    assert weak.ratees == ("a0",)
    assert any("by 1 person only (a0)" in note for note in found.notes)
    assert found.articulation == ("s0",)


def test_parts_without_a_link_are_said_the_largest_first():
    found = assignment_design([("Ada", "Bo"), ("Eve", "Cy"), ("Eve", "Di"), ("Eve", "Ed")])
    assert not found.connected
    assert found.components == (("Cy", "Di", "Ed"), ("Bo",))
    assert "1: Cy, Di and Ed (1 person); 2: Bo (1 person)" in found.notes[0]


def test_nobody_assigned_yet_is_an_empty_design():
    found = assignment_design([])
    assert (found.components, found.raters, found.strength) == ((), (), None)


def test_raters_who_never_share_a_criterion_cannot_be_compared():
    # Kim rates craft only and Lou team only: strictness and difficulty cannot be told apart.
    rows = [(p, r, c) for p in "abcdef" for r, c in (("Kim", "craft"), ("Lou", "team"))]
    assert design_of(ratings_of(rows)).design.components == (("Kim",), ("Lou",))
    # Mia rates both criteria, which settles what team costs beside craft.
    rows += [("a", "Mia", "craft"), ("a", "Mia", "team")]
    assert design_of(ratings_of(rows)).design.connected


def test_criteria_that_cross_over_settle_raters_who_share_none():
    # On person 1 Kim has craft and Lou team, on person 2 the other way round: two equations, two unknowns.
    rows = [("a", "Kim", "craft"), ("a", "Lou", "team"), ("b", "Kim", "team"), ("b", "Lou", "craft")]
    assert design_of(ratings_of(rows)).design.connected


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2)), min_size=4, max_size=18))
def test_components_with_missing_criteria_are_those_of_the_rank(cells):
    rows = [(f"p{p}", f"r{r}", f"c{c}") for p, r, c in set(cells)]
    ratings = ratings_of(rows)
    matrix = np.zeros((len(ratings), len(ratings.ratees) + len(ratings.raters) + len(ratings.criteria)))
    for row in range(len(ratings)):
        matrix[row, ratings.ratee[row]] = 1
        matrix[row, len(ratings.ratees) + ratings.rater[row]] = 1
        matrix[row, len(ratings.ratees) + len(ratings.raters) + ratings.criterion[row]] = 1
    found = design_of(ratings).of_rater
    rank = np.linalg.matrix_rank(matrix)
    for one, other in itertools.combinations(range(len(ratings.raters)), 2):
        contrast = np.zeros(matrix.shape[1])
        contrast[len(ratings.ratees) + one], contrast[len(ratings.ratees) + other] = 1, -1
        settled = np.linalg.matrix_rank(np.vstack([matrix, contrast])) == rank
        assert settled == (found[one] == found[other])
