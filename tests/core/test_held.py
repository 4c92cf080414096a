"""Figures over time: what is shown again, from when, and what the gate makes of it."""

import dataclasses
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.walls.attacker import random_company

from fairlead.core.ballots import Ballot, Policy, Question
from fairlead.core.blocks import Organization, Team
from fairlead.core.disclosure import Earlier, UnsafeReleaseError, release
from fairlead.core.held import Before, few, kept, room
from fairlead.core.notches import show, step_of
from fairlead.core.release_gate import Draft, Gate

DAY = date(2026, 11, 2)
ASK = Policy(survey="s1", family="f", closed_on=DAY, questions=(Question(id="q"),))
NEXT = dataclasses.replace(ASK, survey="s2", closed_on=DAY + timedelta(90))


def before(total, n, moved, scale=(1, 5)):
    return Before(show(total, n, *scale, k=5).shown, moved, DAY)


def one_team(answers, members):
    org = Organization(teams=(Team(id="ann", members=tuple(members)),))
    return [Ballot(team="ann", answers=(one,)) for one in answers], org


@pytest.mark.parametrize("scale", [(1, 5), (0, 1), (1, 7), (0, 10)])
def test_whoever_came_or_left_cannot_move_a_figure_while_the_others_answer_as_before(scale):
    """Every answer of every one who came or left, at both ends of what the others can have said."""
    low, high = scale
    for n in (5, 6, 8, 11, 16, 20, 25, 40, 80):
        for came, left in [(1, 0), (0, 1), (1, 1), (2, 2), (4, 0), (0, 4), (1, 3)]:
            after = n + came - left
            if after < 5:
                continue
            for total in {n * low, n * low + n // 3, n * (low + high) // 2, n * high - 1, n * high}:
                for gone in {left * low, left * high}:
                    if not (n - left) * low <= total - gone <= (n - left) * high:
                        continue
                    for new in {came * low, came * high}:
                        last = before(total, n, came + left, scale)
                        assert kept(total - gone + new, after, last, low, high, k=5)[1]


@pytest.mark.parametrize("scale", [(1, 5), (0, 1), (1, 7), (0, 10)])
def test_what_moved_far_is_said_as_the_least_that_is_true_and_one_answer_moves_it_by_one_step(scale):
    low, high = scale
    for n, was in [(8, 8), (6, 9), (20, 20), (45, 38), (9, 5), (5, 7)]:
        for moved in (1, 4, 5):
            for start in np.linspace(was * low, was * high, 7).astype(int).tolist():
                last = before(start, was, moved, scale)
                step = step_of(n, low, high) / 20
                at = None
                for total in range(n * low, n * high + 1):
                    notch, held = kept(total, n, last, low, high, k=5)
                    shown = notch.shown
                    assert notch.low <= total <= notch.high
                    if not held:
                        assert (total / n >= shown.at) if shown.end == "or more" else (total / n <= shown.at)
                    assert held == (shown == last.shown)
                    if at is not None:
                        assert abs(shown.at - at) <= max(step, last.shown.step) + 1e-9
                    at = shown.at


def test_more_room_for_more_who_came_or_left_up_to_five():
    shown = show(60, 20, 1, 5, k=5).shown
    widths = [high - low for low, high in (room(shown, moved, 20, 1, 5, 5) for moved in (1, 2, 3, 4))]
    assert widths == sorted(widths)
    assert widths[3] - widths[0] == 24
    # From five on it is no few people any more of whom something new is said.
    assert room(shown, 5, 20, 1, 5, 5) == room(shown, 1, 20, 1, 5, 5) == room(shown, 10, 20, 1, 5, 5)
    assert [few(moved, 5) for moved in (0, 10, 11)] == [False, True, False]


@pytest.mark.parametrize("answers", [[3] * 8, [4] * 8, [5] * 8, [1] * 8, [2, 3, 3, 4, 5, 5, 1, 3]])
def test_the_release_shows_of_one_team_what_the_rule_says(answers):
    ballots, org = one_team([3] * 8, "abcdefgh")
    earlier = [Earlier(released=release(ballots, org, ASK), organization=org)]
    again, other = one_team(answers, "abcdefgx")
    cell = release(again, other, NEXT, earlier=earlier).find("q", "team", "ann")
    notch, held = kept(sum(answers), 8, before(24, 8, 2), 1, 5, k=5)
    assert (cell.shown, cell.held, cell.as_of) == (notch.shown, held, DAY if held else None)


def second_wave(seed, people, turnover):
    """Make a second wave: some leave, others take their places, and all answer a little differently."""
    rng = np.random.default_rng(seed)
    company = random_company(rng, people, questions=1, skips=0.05, lens=bool(seed % 2))
    first = release(company.ballots, company.organization, company.policy)
    teams = tuple(
        dataclasses.replace(
            team, members=tuple(f"new{one}" if rng.random() < turnover else one for one in team.members)
        )
        for team in company.organization.teams
    )
    org = dataclasses.replace(company.organization, teams=teams)
    ballots = [
        dataclasses.replace(
            one,
            answers=tuple(
                said and int(np.clip(said + rng.choice([-1, 0, 0, 1]), 1, 5)) for said in one.answers
            ),
        )
        for one in company.ballots
    ]
    policy = dataclasses.replace(
        company.policy, survey="s2", closed_on=company.policy.closed_on + timedelta(90)
    )
    return ballots, org, policy, [Earlier(released=first, organization=company.organization)]


@pytest.mark.parametrize("turnover", [0.0, 0.05, 0.3, 1.0])
def test_second_waves_pass_the_gate_and_hold_what_they_must(turnover):
    held = figures = 0
    for seed in range(12):
        ballots, org, policy, earlier = second_wave(seed, 90, turnover)
        found = release(ballots, org, policy, earlier=earlier)
        plain = [cell for cell in found.cells if cell.reach != "lens"]
        held, figures = held + sum(cell.held for cell in plain), figures + len(plain)
        for cell in plain:
            assert cell.held == (cell.as_of is not None)
            assert not (cell.held and cell.trend)
            if cell.held:
                last = earlier[0].released.find(cell.question, cell.reach, cell.group)
                assert last is None or last.shown == cell.shown
    assert figures > 50
    if turnover == 0:
        assert held == 0
    if turnover == 0.05:
        assert 0.1 < held / figures < 0.9


@given(st.integers(0, 2_000), st.integers(0, 1_000), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_one_answer_moves_any_figure_of_a_second_wave_by_one_notch_at_most(seed, row, other):
    ballots, org, policy, earlier = second_wave(seed, 60, 0.08)
    assume(ballots)
    row %= len(ballots)
    assume(ballots[row].answers[0] is not None)
    changed = list(ballots)
    changed[row] = dataclasses.replace(changed[row], answers=(other,))
    one = release(ballots, org, policy, earlier=earlier)
    two = release(changed, org, policy, earlier=earlier)
    for cell in one.cells:
        twin = two.find(cell.question, cell.reach, cell.group, cell.value)
        if twin is not None:
            low, high = reading(cell.shown)
            least, most = reading(twin.shown)
            assert max(low, least) - min(high, most) <= cell.shown.step + 1e-9


def reading(shown):
    return (1 if shown.end == "or less" else shown.at), (5 if shown.end == "or more" else shown.at)


# The gate


def judged(answers, shown, low, high, **over_time):
    said = np.array(answers)
    gate = Gate(5)
    gate.check("q", [Draft("g", False, np.arange(len(said)), low, high, shown, **over_time)], said, 1, 5)
    return gate.verdict()


def test_the_gate_lets_a_true_old_figure_through():
    last = show(24, 8, 1, 5, k=5).shown
    assert judged([4, 4, 3, 3, 3, 4, 4, 4], last, 14, 34, held=True, before=last, moved=1).passed


@pytest.mark.parametrize(
    ("answers", "changes", "words"),
    [
        ([5] * 8, {"held": True}, "not true any more"),
        ([3] * 8, {"held": True, "moved": 0}, "without a reason"),
        ([3] * 8, {"held": True, "moved": 11}, "without a reason"),
        ([4, 4, 3, 3, 3, 4, 4, 4], {"held": False}, "about those who came or left"),
        ([5] * 8, {"held": False}, "only the least change"),
    ],
)
def test_the_gate_refuses_what_tells_too_much_over_time(answers, changes, words):
    last = show(24, 8, 1, 5, k=5).shown
    shown = last if changes.get("held") else show(sum(answers), 8, 1, 5, k=5).shown
    if words == "only the least change":
        shown = dataclasses.replace(shown, at=4.0, end="")
    with pytest.raises(UnsafeReleaseError, match=words):
        judged(answers, shown, 8, 40, **({"before": last, "moved": 1} | changes))
