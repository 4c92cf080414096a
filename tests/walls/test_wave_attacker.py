"""Two waves against each other: a second one hardly tells more than the first about whoever came or left.

With ``FAIRLEAD_ATTACKED`` in the environment every number of people who came with every number who left
is tried (a quarter of an hour); else the corners and the middle.
"""

import os
from datetime import timedelta

import numpy as np
import pytest
from tests.walls.attacker import DAY, K
from tests.walls.wave_attacker import (
    A_LITTLE,
    AFRESH,
    ALL_ALIKE,
    AS_BEFORE,
    KNOWN,
    auc,
    wave_guesses,
)

from fairlead.core.ballots import Ballot, Policy, Question
from fairlead.core.blocks import Organization, Team
from fairlead.core.disclosure import Earlier, Released, release
from fairlead.core.held import Before, kept
from fairlead.core.notches import show

MOST, MORE = 0.70, 0.05
"""How well anybody may guess from two waves, and how much better than from one."""

SIZES = (5, 6, 8, 10, 15, 20, 40, 100)


CORNERS = {(1, 0), (0, 1), (1, 1), (2, 2), (4, 0), (5, 0), (0, 5), (3, 4), (5, 5)}


def changes(n, most):
    """Give numbers of people who came and who left, so that five are there each time."""
    return [
        (came, left)
        for came in range(most + 1)
        for left in range(most + 1)
        if came + left and n - left + came >= 5
    ]


@pytest.mark.parametrize("minds", [AS_BEFORE, A_LITTLE, AFRESH], ids=lambda minds: minds.name)
def test_two_waves_tell_no_more_than_one_who_of_those_who_came_or_left_was_critical(minds):
    rng = np.random.default_rng(16)
    for n in (5, 8, 20):
        for came, left in [(1, 0), (1, 1), (2, 3), (5, 5)]:
            one, two = wave_guesses(rng, n, came, left, 3_000, minds=minds)
            assert one > 0.4
            assert two <= MOST
            assert two <= one + MORE


def test_where_everybody_else_answers_as_before_a_second_wave_of_few_changes_tells_nothing():
    """Not a word more than the first: the same is published whatever those who came or left answered."""
    for n in (5, 8, 16, 20, 40, 80):
        for came, left in changes(n, 2):
            after = n - left + came
            for total in range(n, 5 * n + 1):
                before = Before(show(total, n, 1, 5, k=K).shown, came + left, DAY)
                sums = {
                    total - gone + new
                    for gone in range(left, 5 * left + 1)
                    for new in range(came, 5 * came + 1)
                    if left <= gone <= 5 * left and n - left <= total - gone <= 5 * (n - left)
                }
                assert all(kept(one, after, before, 1, 5, k=K)[1] for one in sums)


@pytest.mark.slow
@pytest.mark.parametrize("minds", [AS_BEFORE, A_LITTLE, AFRESH], ids=lambda minds: minds.name)
def test_two_waves_tell_no_more_than_one_in_twenty_thousand_runs(minds):
    """For up to five who came together with up to five who left."""
    rng = np.random.default_rng(17)
    for n in SIZES if minds is AS_BEFORE else (5, 8, 20, 100):
        for came, left in changes(n, 5):
            if (came, left) not in CORNERS and "FAIRLEAD_ATTACKED" not in os.environ:
                continue
            one, two = wave_guesses(rng, n, came, left, 20_000, minds=minds)
            assert (two <= MOST, two <= one + MORE) == (True, True), (n, came, left, one, two)


@pytest.mark.slow
def test_whoever_knows_how_everybody_else_moved_guesses_better_and_the_page_says_so():
    """A limit, not a goal: it is as if all others had told."""
    rng = np.random.default_rng(20)
    found = {
        minds: max(wave_guesses(rng, n, 1, left, 20_000, minds=minds)[1] for n in SIZES for left in (0, 1))
        for minds in (ALL_ALIKE, KNOWN)
    }
    assert found[ALL_ALIKE] <= MOST
    assert found[KNOWN] <= 0.78


def test_without_holding_the_guess_is_alive():
    rng = np.random.default_rng(21)
    for n, came, left in [(8, 1, 1), (20, 1, 0), (100, 1, 0)]:
        one, two = wave_guesses(rng, n, came, left, 5_000, hold=False)
        assert two > one + MORE


def test_without_notches_two_waves_tell_who_was_critical():
    """The guess is alive: with exact means it is far better."""
    rng = np.random.default_rng(18)
    score, critical = [], []
    for _ in range(1_000):
        answers = np.clip(np.rint(rng.normal(3.4, 1.0, 8)), 1, 5)
        score.append(answers[1:].mean() - answers.mean())
        critical.append(answers[0] <= np.sort(answers)[1])
    assert auc(np.array(score), np.array(critical)) > 0.85


def subtracted(rng, runs, *, hold):
    """Find one who left and one who came to a team of eight from the whole less the other team.

    In the other team many came and left, so that it and perhaps the whole are shown anew.
    """
    score, truth = [], []
    for _ in range(runs):
        eight = np.clip(np.rint(rng.normal(3.4, 1.0, 9)), 1, 5).astype(int)
        twenty = np.clip(np.rint(rng.normal(3.4, 1.0, 27)), 1, 5).astype(int)
        first, second = two_waves(eight, twenty, hold=hold)
        moved = (28 * at(second, "organization", "") - 20 * at(second, "team", "big")) - (
            28 * at(first, "organization", "") - 20 * at(first, "team", "big")
        )
        critical = np.argsort(eight + rng.random(9) / 2)[0]
        score += [moved, -moved]
        truth += [critical == 0, critical == 8]
    return auc(np.array(score), np.array(truth))


def two_waves(eight, twenty, *, hold):
    waves: list[Released] = []
    earlier: list[Earlier] = []
    for wave in (0, 1):
        org = Organization(
            teams=(
                Team(id="small", members=tuple(f"s{n}" for n in range(wave, 8 + wave))),
                Team(id="big", members=tuple(f"b{n}" for n in range(7 * wave, 20 + 7 * wave))),
            )
        )
        ballots = [Ballot(team="small", answers=(int(one),)) for one in eight[wave : 8 + wave]]
        ballots += [Ballot(team="big", answers=(int(one),)) for one in twenty[7 * wave : 20 + 7 * wave]]
        day = DAY + timedelta(days=90 * wave)
        policy = Policy(survey=f"s{wave}", family="f", closed_on=day, questions=(Question(id="q"),))
        waves.append(release(ballots, org, policy, earlier=earlier if hold else []))
        earlier = [Earlier(released=waves[-1], organization=org)]
    return waves


def at(released, reach, group):
    return released.find("q", reach, group).shown.at


def test_what_is_left_of_a_whole_without_a_new_part_tells_nothing_of_a_team_that_holds():
    rng = np.random.default_rng(24)
    assert subtracted(rng, 700, hold=False) > 0.58
    assert abs(subtracted(rng, 700, hold=True) - 0.5) <= 0.06
