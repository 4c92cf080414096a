"""The gate refuses what is unsafe, whoever made it, and says of what it lets through how far it held."""

import dataclasses
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.walls.attacker import random_company, threshold_only

from fairlead.core.disclosure import Earlier, UnsafeReleaseError, fingerprint, release
from fairlead.core.notches import Shown, place, show, step_of
from fairlead.core.release_gate import Draft, Gate, reduced, smallest_support


def draft(rows, said, name="g", lens=False, **changes):
    rows = np.array(rows)
    notch = show(int(said[rows].sum()), len(rows), 1, 5, k=5)
    return Draft(name, lens, rows, notch.low, notch.high, dataclasses.replace(notch.shown, **changes))


def verdict(drafts, said, k=5):
    gate = Gate(k)
    gate.check("q", drafts, said, 1, 5)
    return gate.verdict()


SAID = np.array([3, 4, 3, 4, 2, 5, 4, 3, 2, 3, 4, 4, 5, 1, 3, 3, 4, 2, 3, 4])


def test_disjoint_groups_of_five_pass():
    found = verdict([draft(range(5), SAID), draft(range(5, 12), SAID), draft(range(12), SAID)], SAID)
    assert (found.passed, found.smallest, found.groups, found.rank) == (True, 5, 2, 2)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([range(4)], "fewer than|4 people"),
        ([range(12), range(11)], "1 person alone"),
        ([range(12), range(8)], "4 people alone"),
        ([range(10), range(6, 16)], "4 people alone"),
        ([range(20), range(7), range(7, 18)], "2 people alone"),
    ],
)
def test_sums_that_combine_to_a_few_are_refused(groups, words):
    coarse = Shown(at=3.0, end="", step=1.0, people_from=5, people_to=7)
    drafts = [
        draft(rows, SAID) if len(rows) >= 5 else Draft("g", False, np.array(rows), 4, 20, coarse)
        for rows in groups
    ]
    with pytest.raises(UnsafeReleaseError, match=words):
        verdict(drafts, SAID)


def test_a_lens_across_groups_is_cut():
    teams = [draft(range(10), SAID), draft(range(10, 20), SAID)]
    rows = [*range(5), *range(10, 15)], [*range(5, 10), *range(15, 20)]
    halves = [draft(half, SAID, lens=True) for half in rows]
    assert verdict([*teams, *halves], SAID).lens_cut == 10
    with pytest.raises(UnsafeReleaseError, match="2 people"):
        verdict(
            [*teams, draft([*range(9), 10], SAID, lens=True), draft([9, *range(11, 20)], SAID, lens=True)],
            SAID,
        )


def test_whoever_is_in_no_value_of_the_lens_is_not_singled_out_either():
    teams = [draft(range(10), SAID), draft(range(10, 20), SAID)]
    with pytest.raises(UnsafeReleaseError, match="1 person"):
        verdict([*teams, draft(range(19), SAID, lens=True)], SAID)


def test_a_figure_finer_than_its_notch_is_refused():
    with pytest.raises(UnsafeReleaseError, match="too fine"):
        verdict([draft(range(6), SAID, step=0.5)], SAID)
    with pytest.raises(UnsafeReleaseError, match="not what was answered"):
        verdict([draft(range(6), SAID, at=3.2)], SAID)


def test_a_figure_that_says_that_all_agree_is_refused():
    fives = np.full(8, 5)
    plain = Shown(at=5.0, end="", step=0.5, people_from=8, people_to=15)
    with pytest.raises(UnsafeReleaseError, match="too few answers are still possible"):
        verdict([Draft("g", False, np.arange(8), 39, 40, plain)], fives)


def test_figures_that_narrow_each_other_too_far_are_refused():
    """Three teams at 22 and one at 24: a total of 90 or more leaves the last team fours and fives."""
    said = np.array([*[4, 4, 4, 5, 5] * 3, 5, 5, 5, 5, 4])
    parts = [draft(range(n, n + 5), said) for n in (0, 5, 10, 15)]
    with pytest.raises(UnsafeReleaseError, match="only 2 possible"):
        verdict([*parts, draft(range(20), said)], said)


def spoken(said, word, **more):
    rows = np.arange(len(said))
    return dataclasses.replace(draft(rows, np.array(said)), agreement=word, **more)


def test_a_true_and_harmless_word_about_agreement_passes_and_counts():
    said = [3, 3, 4, 3, 2]
    assert verdict([spoken(said, "alike")], np.array(said)).fewest_possible == 3


@pytest.mark.parametrize(
    ("said", "word", "words"),
    [
        ([3, 3, 4, 3, 2], "differently", "not what was answered"),
        ([5, 5, 4, 1, 1], "alike", "not what was answered"),
        ([5, 5, 5, 5, 4], "alike", "too few possible values"),
        ([1, 1, 1, 1, 3, 1], "differently", "too few possible values"),
    ],
)
def test_a_word_about_agreement_that_is_wrong_or_stands_at_an_end_is_refused(said, word, words):
    with pytest.raises(UnsafeReleaseError, match=words):
        verdict([spoken(said, word)], np.array(said))


def test_a_word_about_agreement_beside_a_lens_is_refused():
    both = [draft(half, SAID, lens=True) for half in (range(0, 20, 2), range(1, 20, 2))]
    word = dataclasses.replace(draft(range(20), SAID), agreement="differently")
    assert verdict([word], SAID).passed
    with pytest.raises(UnsafeReleaseError, match="too few possible values"):
        verdict([word, *both], SAID)


def test_answers_that_are_none_cannot_stand_in_a_figure():
    said = SAID.copy()
    said[2] = -(2**31)
    shown = Shown(at=3.0, end="", step=1.0, people_from=5, people_to=7)
    with pytest.raises(UnsafeReleaseError, match="said nothing"):
        verdict([Draft("g", False, np.arange(6), 6, 30, shown)], said)


def test_a_promise_below_five_is_refused():
    with pytest.raises(UnsafeReleaseError, match="fewer than 5"):
        Gate(4).verdict()


@given(st.integers(0, 10_000))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_careless_rule_is_refused_wherever_it_is_unsafe(seed):
    rng = np.random.default_rng(seed)
    company = random_company(rng, int(rng.integers(40, 120)), questions=1, skips=0)
    sums = threshold_only(company, rng)
    assume(sums)
    said = np.array([ballot.answers[0] for ballot in company.ballots])
    smallest, _, _ = smallest_support([(False, rows) for rows in sums], len(said))
    gate = Gate(5)
    gate.check("q", [draft(rows, said, name=str(n)) for n, rows in enumerate(sums)], said, 1, 5)
    if smallest < 5:
        with pytest.raises(UnsafeReleaseError):
            gate.verdict()


def test_ranks_are_exact_where_floating_point_is_not():
    matrix = np.array([[1, 1, 0, 1], [0, 1, 1, 0], [1, 2, 1, 1], [1, 0, 1, 2**40]])
    assert len(reduced(matrix)) == 3
    assert len(reduced(np.eye(30, dtype=np.int64) + 1)) == 30


@given(st.integers(0, 10_000), st.integers(0, 1_000), st.integers(1, 5))
@settings(max_examples=120, deadline=None)
def test_one_answer_moves_any_figure_of_a_release_by_one_notch_at_most(seed, row, other):
    """Figures as they are shown, with the ends that depend on the parts: the ranges touch."""
    rng = np.random.default_rng(seed)
    company = random_company(rng, 60, questions=1, skips=0, mood=float(rng.choice([0.65, 0.95])))
    assume(company.ballots)
    row %= len(company.ballots)
    changed = list(company.ballots)
    changed[row] = dataclasses.replace(changed[row], answers=(other,))
    before = release(company.ballots, company.organization, company.policy)
    after = release(changed, company.organization, company.policy)
    for cell in before.cells:
        twin = after.find(cell.question, cell.reach, cell.group, cell.value)
        if twin is not None:
            low, high = _range(cell.shown)
            least, most = _range(twin.shown)
            assert max(low, least) - min(high, most) <= cell.shown.step + 1e-9


def _range(shown):
    return (1 if shown.end == "or less" else shown.at), (5 if shown.end == "or more" else shown.at)


def test_the_notch_of_a_sum_is_where_the_gate_puts_it():
    for n in (5, 9, 17, 23, 50, 90):
        for total in range(n, 5 * n + 1):
            notch = show(total, n, 1, 5, k=5)
            if not notch.shown.end:
                assert notch.shown.at == 1 + place(total, n, 1, step_of(n, 1, 5)) * step_of(n, 1, 5) / 20


class Survey(RuleBasedStateMachine):
    """A survey from its launch on: whatever is changed then, nothing is released; else it is, once."""

    @initialize(seed=st.integers(0, 5_000))
    def launch(self, seed):
        self.company = random_company(np.random.default_rng(seed), 40, questions=1)
        self.policy, self.organization = self.company.policy, self.company.organization
        self.terms = fingerprint(self.organization, self.policy)
        self.done = None
        self.wave = 1

    @rule(k=st.integers(6, 20))
    def change_k(self, k):
        self.refused(self.organization, dataclasses.replace(self.policy, k=k))

    @rule(lens=st.sampled_from(["gender", "age"]))
    def add_a_lens(self, lens):
        self.refused(self.organization, dataclasses.replace(self.policy, lens=lens))

    @rule(place=st.integers(0, 30))
    def leave_somebody_out(self, place):
        teams = list(self.organization.teams)
        one = teams[place % len(teams)]
        teams[place % len(teams)] = dataclasses.replace(one, members=one.members[:-1])
        self.refused(dataclasses.replace(self.organization, teams=tuple(teams)), self.policy)

    @rule(place=st.integers(0, 30))
    def move_a_team(self, place):
        teams = list(self.organization.teams)
        one = teams[place % len(teams)]
        assume(one.above)
        teams[place % len(teams)] = dataclasses.replace(one, above="")
        self.refused(dataclasses.replace(self.organization, teams=tuple(teams)), self.policy)

    @precondition(lambda self: self.done is None)
    @rule()
    def close(self):
        released = release(self.company.ballots, self.organization, self.policy, terms=self.terms)
        self.done = Earlier(released=released, organization=self.organization)

    @precondition(lambda self: self.done is not None)
    @rule(late=st.integers(0, 30))
    def publish_again(self, late):
        ballots = self.company.ballots[: -1 - late % 3]
        with pytest.raises(UnsafeReleaseError):
            release(ballots, self.organization, self.policy, earlier=[self.done], terms=self.terms)

    @precondition(lambda self: self.done is not None)
    @rule(days=st.integers(0, 59))
    def ask_again_too_soon(self, days):
        again = dataclasses.replace(
            self.policy, survey="next", closed_on=date(2026, 11, 2) + timedelta(days=days)
        )
        if self.done.released.cells:
            found = release(self.company.ballots, self.organization, again, earlier=[self.done])
            assert found.cells == ()

    def refused(self, organization, policy):
        with pytest.raises(UnsafeReleaseError):
            release(self.company.ballots, organization, policy, terms=self.terms)


Survey.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestSurvey = Survey.TestCase
