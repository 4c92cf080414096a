"""Blocks: disjoint, k or more, made from the bottom up, nobody lost without need."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.walls.attacker import blocks_again, random_company

from fairlead.core.blocks import Atom, Organization, Team, groups, partition, plan, tree_of


def company(seed, people=60, rate=0.7):
    return random_company(np.random.default_rng(seed), people, rate=rate, questions=1, skips=0)


def blocks_of(one, k=5):
    tree = tree_of(one.organization)
    counts = [one.teams.count(name) for name in tree.ids]
    return tree, *partition(tree, [Atom(p, n, p > 0) for p, n in enumerate(counts)], k), counts


@given(st.integers(0, 10_000), st.integers(20, 150), st.integers(5, 9))
@settings(max_examples=150, deadline=None)
def test_blocks_are_disjoint_and_large_enough_and_lose_fewer_than_k(seed, people, k):
    tree, blocks, left, counts = blocks_of(company(seed, people), k)
    used = [atom for block in blocks for atom in block.atoms]
    assert len(used) == len(set(used))
    assert set(used) | set(left) == {place for place, count in enumerate(counts) if count}
    assert all(block.size == sum(counts[atom] for atom in block.atoms) >= k for block in blocks)
    assert sum(counts[atom] for atom in left) < k
    for block in blocks:
        for atom in block.atoms:
            at = atom
            while at not in {block.home, -1}:
                at = tree.above[at]
            assert at == block.home


@given(st.integers(0, 10_000))
@settings(max_examples=100, deadline=None)
def test_blocks_are_those_of_the_rules_read_a_second_time(seed):
    one = company(seed)
    tree, blocks, _, _ = blocks_of(one)
    again = blocks_again(one)
    got = {(tree.ids[block.home], block.own, block.size) for block in blocks}
    # The last rest joins the smallest rest here; the second reading leaves it out.
    changed = {entry for entry in got if entry not in {(p, own, len(rows)) for p, own, rows in again}}
    assert len(changed) <= 1
    assert {(p, len(rows)) for p, own, rows in again if own} == {(p, size) for p, own, size in got if own}


def test_every_team_with_enough_answers_is_its_own_block():
    _, blocks, _, counts = blocks_of(company(3, 150))
    own = {block.home for block in blocks if block.own}
    assert own == {place for place, count in enumerate(counts) if place and count >= 5}
    assert len(own) > 5


def test_a_last_rest_without_a_rest_to_join_is_in_no_block():
    tree = tree_of(Organization(teams=(Team(id="a"), Team(id="b", above="a"))))
    blocks, left = partition(tree, [Atom(1, 3, True), Atom(2, 6, True)], 5)
    assert ([block.home for block in blocks], left) == ([2], [0])


def test_a_block_that_took_the_last_rest_belongs_to_everybody():
    """Else the organization of its head would count people of elsewhere."""
    teams = (Team(id="a"), Team(id="b", above="a"), Team(id="c", above="b"))
    tree = tree_of(Organization(teams=teams))
    blocks, left = partition(tree, [Atom(1, 2, True), Atom(2, 3, True), Atom(3, 3, True)], 5)
    assert ([(block.home, block.size) for block in blocks], left) == ([(0, 8)], [])


def test_an_organization_of_one_team_says_what_the_team_says_and_only_in_a_pulse():
    tree = tree_of(Organization(teams=(Team(id="a"), Team(id="b", above="a"))))
    blocks, _ = partition(tree, [Atom(2, 6, True)], 5)
    assert plan(tree, blocks).labels == (("team", 2, 0), ("organization", 1, 0), ("organization", 0, 0))
    assert plan(tree, blocks, fewest_blocks=2).labels == (("team", 2, 0),)


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ((Team(id="a"), Team(id="a")), "comes once"),
        ((Team(id="a", above="x"),), "no team x"),
        ((Team(id="a", above="b"), Team(id="b", above="a")), "circle"),
    ],
)
def test_an_organization_that_is_none_is_refused(teams, said):
    with pytest.raises(ValueError, match=said):
        tree_of(Organization(teams=teams))


def test_members_of_an_organization_are_those_of_all_teams_below():
    org = Organization(
        teams=(Team(id="a", members=("b", "c")), Team(id="b", above="a", members=("d",))), alone=("a",)
    )
    found = groups(org)
    assert found["team", "a"] == {"b", "c"}
    assert found["organization", "a"] == {"b", "c", "d"}
    assert found["organization", "b"] == found["team", "b"] == {"d"}
    assert found["organization", ""] == {"a", "b", "c", "d"}
    assert ("team", "gone") not in found
