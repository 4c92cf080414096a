"""The steps of a round as plain data: no path leads to a decision past a person, a reason or a recusal."""

from __future__ import annotations

import collections
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.web.promotions import states
from fairlead.web.promotions.case_models import Decision
from fairlead.web.promotions.models import Nomination, Opening
from fairlead.web.promotions.states import (
    CASE_WORDS,
    LEAST_MEMBERS,
    LEAST_RATERS,
    LEAST_REASONS,
    LIVE,
    PHASES,
    RATINGS_OPEN,
    ROUND_WORDS,
    SAYS,
    STEPS,
    CaseState,
    Facts,
    NotNow,
    RoundState,
    Who,
    take,
)

PEOPLE = ("ops", "chair", "one", "two", "three", "ann", "bea", "boss", "")
"""Who acts in a walk; the last is nobody: a clock, a job."""

COMMITTEE = ("chair", "one", "two", "three")
CANDIDATES = ("ann", "bea")
LONG = "one two three four five six seven eight ".ljust(LEAST_REASONS, "x")
SHORT = " " * 80 + "because"


@dataclass
class Case:
    candidate: str
    state: CaseState
    barred: set[str]
    raters: set[str] = field(default_factory=set)
    rated: set[str] = field(default_factory=set)
    handed_in: set[str] = field(default_factory=set)
    voted: set[str] = field(default_factory=set)
    counted: bool = False
    decided_by: str = ""
    reason: str = ""
    promoted: bool = False
    struck: set[str] = field(default_factory=set)
    undone: int = 0
    objections: int = 0

    def counted_raters(self) -> set[str]:
        """Whose ratings count: handed in, and not struck out."""
        return (self.raters & self.rated & self.handed_in) - self.barred


@dataclass
class World:
    """One round as its walk left it; the rules are those of ``states`` alone."""

    state: RoundState = RoundState.DRAFT
    cases: dict[str, Case] = field(default_factory=dict)
    silent: set[str] = field(default_factory=lambda: set(COMMITTEE))
    stepped: set[str] = field(default_factory=set)
    seated: set[str] = field(default_factory=lambda: set(COMMITTEE))
    ratings: int = 0
    worked_out: int = -1
    unchanged: bool = True
    early: set[RoundState] = field(default_factory=lambda: set(EARLY))
    said_why: set[RoundState] = field(default_factory=set)

    def chair_of(self, case: Case) -> str:
        """The chair, or the first in the drawn order who sits there and has a part."""
        return next((one for one in COMMITTEE if one in self.seated - case.barred), "")

    def near(self, actor: str) -> bool:
        """Whether somebody has no part in a case that stands in the round."""
        return any(actor in one.barred for one in self.cases.values() if one.state in LIVE)

    def facts(self, actor: str, name: str, reason: str, other: str) -> Facts:
        case = self.cases.get(name)
        live = [one for one in self.cases.values() if one.state == CaseState.STANDING]
        rating = self.state in {RoundState.ASSIGNING, RoundState.RATING}
        pairs = [(one.candidate, rater) for one in live for rater in one.raters]
        who = {Who.PEOPLE_OPERATIONS} if actor == "ops" else set()
        who |= {Who.MEMBER} if actor in self.seated else set()
        who |= {Who.CHAIR} if actor == "chair" and actor in self.seated else set()
        who |= {Who.CANDIDATE} if actor == name else set()
        who |= {Who.MANAGER} if actor == "boss" else set()
        if case is not None:
            who |= {Who.RATER} if actor in case.raters else set()
            who |= {Who.CHAIR} if actor and actor == self.chair_of(case) else set()
        return Facts(
            round=self.state, case=case.state if case else None, actor=actor, who=frozenset(who),
            reason=reason, signed=True, openings=1, chairs=1, members=len(self.seated),
            silent=len(self.silent), cases=len(live),
            unanswered=sum(one.state == CaseState.PROPOSED for one in self.cases.values()),
            undecided=len(live),
            without_step=sum(
                one.state == CaseState.DECIDED and not one.promoted and one.candidate not in self.stepped
                for one in self.cases.values()
            ),
            connected=rating and hangs_together(pairs) and all(one.raters for one in live),
            short=sum(len(one.raters) < 2 for one in live),
            waiting=sum(len(one.raters - one.handed_in) for one in live),
            complete=case is not None and actor in case.rated,
            handed_in=case is not None and actor in case.handed_in,
            rated=0 if case is None else 3 * len(case.counted_raters()),
            raters=0 if case is None else len(case.counted_raters()),
            with_part=0 if case is None else len(self.seated - case.barred),
            fits=self.worked_out == self.ratings, unchanged=self.unchanged, near=self.near(actor),
            early=self.state in self.early, other=other != actor,
            barred=frozenset(case.barred if case else ()),
            involved=frozenset((case.raters | case.voted) if case else ()),
            places=1 - sum(one.promoted for one in self.cases.values()), promotes=len(reason) % 2 == 0,
            promoted=case.promoted if case else False, decider=case.decided_by if case else "", way_back=True,
            voters=3, unvoted=0 if case is None else len(self.seated - case.barred - case.voted),
            counted=case is not None and case.counted,
        )  # fmt: skip

    def step(self, verb: str, actor: str, name: str, reason: str, other: str) -> bool:
        """Try one step, and let happen what the action would do; say whether it was taken."""
        if verb in WORLDLY:
            return self._turns(verb)
        facts = self.facts(actor, name, reason, other)
        was = self.state
        if not STEPS[verb].of and STEPS[verb].to_case and name in self.cases:
            return False
        try:
            self.state, to = take(verb, facts)
        except NotNow:
            return False
        if was in self.early and self.state != was and len(reason.strip()) >= LEAST_REASONS:
            self.said_why.add(was)
        if verb in {"nominate", "nominate_oneself"} and to is not None:
            self.cases[name] = Case(name, to, {name, "boss", "above", "speaks"})
            return True
        case = self.cases.get(name)
        if case is not None and to is not None and STEPS[verb].to_case is not None:
            case.state = to
        self._happens(verb, case, actor, reason, other, facts)
        return True

    def _turns(self, verb: str) -> bool:
        """What happens beside the steps: figures are worked out, what was frozen is changed, days pass."""
        if verb == "work_out":
            self.worked_out = self.ratings
        elif verb == "tamper":
            self.unchanged = False
        elif verb == "put_back":
            self.unchanged = True
        else:
            self.early.discard(self.state)
        return True

    def _happens(  # noqa: C901, PLR0912, PLR0915 - one line a verb
        self, verb: str, case: Case | None, actor: str, reason: str, other: str, facts: Facts
    ) -> None:
        if verb == "state_conflict":
            self.silent.discard(actor)
        elif verb == "leave_committee":
            assert other == actor or (actor == "ops" and len(self.seated) > LEAST_MEMBERS)
            self.seated.discard(other)
            self.silent.discard(other)
        elif verb == "assign_raters":
            for one in self.cases.values():
                one.raters |= {rater for rater in self.seated - {"chair"} if rater not in one.barred}
        elif case is None:
            return
        elif verb in {"recuse", "undo_decision"}:
            self._recused(case, actor, other)
            if verb == "undo_decision":
                case.decided_by, case.reason, case.promoted = "", "", False
                case.undone += 1
        elif verb == "object":
            case.objections += 1
        elif verb == "rate":
            case.rated.add(actor)
        elif verb == "hand_in":
            case.handed_in.add(actor)
            self.ratings += 1
        elif verb == "revise":
            self.ratings += 1
        elif verb == "vote":
            assert not case.counted, "nobody changes a vote that was counted"
            case.voted.add(actor)
        elif verb == "note_case":
            assert actor not in case.barred, "nobody without a part notes anything"
        elif verb == "count_votes":
            assert case.voted >= self.seated - case.barred, "votes stay apart until all are in"
            case.counted = True
        elif verb == "end_assignment":
            if other not in case.handed_in:
                case.raters.discard(other)
        elif verb == "decide_case":
            case.decided_by, case.reason, case.promoted = actor, reason, facts.promotes
        elif verb == "change_decision":
            assert self.state == RoundState.DECIDING, "nobody has been told"
            assert actor == case.decided_by not in case.barred, "the same person, who still has a part"
            case.reason, case.promoted = reason, facts.promotes
        elif verb == "write_next_step":
            self.stepped.add(case.candidate)

    def _recused(self, case: Case, actor: str, other: str) -> None:
        if other != actor:
            assert not self.near(actor), "who has no part takes nobody out"
            assert self.state not in RATINGS_OPEN or actor not in self.seated, "deciders strike out nobody"
        case.barred.add(other)
        if self.state in RATINGS_OPEN:
            self.ratings += other in case.raters
            case.struck |= {other} & case.raters
        case.raters.discard(other)
        case.voted.discard(other)
        case.counted = False


def hangs_together(pairs: list[tuple[str, str]]) -> bool:
    """Whether every rater is linked to every other by people whom both rate."""
    groups: list[set[str]] = []
    for case, rater in pairs:
        met = [group for group in groups if group & {case, rater}]
        groups = [group for group in groups if group not in met] + [{case, rater}.union(*met)]
    return len(groups) == 1


WORLDLY = ("work_out", "tamper", "put_back", "day_passes")
EARLY = frozenset({RoundState.NOMINATING, RoundState.EVIDENCE})
ONE_NEEDS_NO_PART = frozenset(
    {"rate", "hand_in", "revise", "note_case", "change_note", "vote", "count_votes", "decide_case"}
    | {"end_assignment"}
)
"""Steps in a case that nobody takes who has no part in it."""

ONE_IS_FAR = frozenset({"assign_raters", "end_assignment", "set_aside"})
"""Steps that nobody takes who has no part in some case of the round."""

VERBS = (*STEPS, *WORLDLY)
FORWARD = {
    RoundState.DRAFT: ("open_round",),
    RoundState.NOMINATING: ("nominate", "agree", "nominate_oneself", "gather"),
    RoundState.EVIDENCE: ("agree", "decline", "close_evidence", "close_evidence"),
    RoundState.ASSIGNING: ("state_conflict", "assign_raters", "begin_rating"),
    RoundState.RATING: (*("rate", "hand_in") * 6, "recuse", "open_calibration"),
    RoundState.CALIBRATING: ("vote", "count_votes", "recuse", "revise", "work_out", "begin_deciding"),
    RoundState.DECIDING: (
        *("decide_case",) * 4,
        *("vote", "count_votes", "recuse", "undo_decision", "work_out", "work_out", "announce", "announce"),
        "change_decision",
    ),
    RoundState.DECIDED: ("write_next_step", "close_round", "object"),
}
"""What usually comes next: three moves in four are drawn from here, so that walks get somewhere."""


def walk(chance: random.Random) -> World:
    """Walk along random moves: which verb, who, about whom, with which words."""
    world = World()
    for _ in range(MOVES):
        usual = FORWARD.get(world.state, ())
        if not usual:
            break
        chosen = chance.choice(usual if chance.random() < 0.9 else VERBS)
        if not world.unchanged and chance.random() < 0.3:
            chosen = "put_back"
        before = {name: one.state for name, one in world.cases.items()}
        standing = [one for one in CANDIDATES if one in before and before[one] in LIVE]
        name = chance.choice(standing if standing and chance.random() < 0.7 else CANDIDATES)
        actor = likely(world, chosen, name, chance) if chance.random() < 0.9 else chance.choice(PEOPLE)
        reason = SHORT if chance.random() < 0.1 else LONG + "y" * chance.randrange(2)
        other = actor if chance.random() < 0.4 else chance.choice(COMMITTEE)
        was, stale = world.near(actor), world.worked_out != world.ratings
        barred = name in world.cases and actor in world.cases[name].barred
        stood, state = world.unchanged, world.state
        taken = world.step(chosen, actor, name, reason, other)
        if not taken or chosen in WORLDLY:
            continue
        assert not (barred and chosen in ONE_NEEDS_NO_PART), "nobody without a part succeeds"
        assert not (was and chosen in ONE_IS_FAR), "nobody close to one case steers who rates in another"
        assert not (stale and chosen in {"begin_deciding", "decide_case"}), "nothing on stale figures"
        assert stood or STEPS[chosen].anyway or state == RoundState.DRAFT, "a changed round has stopped"
        if state in world.early and world.state not in {state, RoundState.CANCELLED}:
            assert state in world.said_why, "nothing ends before its day without a reason"
        holds(world, before, chosen)
    return world


def likely(world: World, verb: str, name: str, chance: random.Random) -> str:
    """Somebody who may well take the step."""
    if verb in WORLDLY:
        return ""
    who, case = STEPS[verb].who, world.cases.get(name)
    if verb in {"rate", "hand_in"} and case is not None:
        left = case.raters - case.rated if verb == "rate" else (case.raters & case.rated) - case.handed_in
        return chance.choice(sorted(left or case.raters) or ["one"])
    if verb == "state_conflict" and world.silent:
        return chance.choice(sorted(world.silent))
    if verb in {"vote", "note_case", "change_note", "state_conflict", "recuse", "undo_decision", "revise"}:
        return chance.choice((*COMMITTEE, "ops") if verb in {"recuse", "undo_decision"} else COMMITTEE)
    if verb == "decide_case" and case is not None:
        return world.chair_of(case)
    named = {Who.PEOPLE_OPERATIONS: "ops", Who.CHAIR: "chair", Who.CANDIDATE: name, Who.MANAGER: "boss"}
    those = sorted(named[one] for one in who if one in named) or ["one"]
    return chance.choice(those)


def holds(world: World, before: dict[str, CaseState], verb: str) -> None:
    """What is true after every step of every walk."""
    for name, case in world.cases.items():
        if case.state != CaseState.DECIDED:
            assert case.decided_by == ""
            continue
        if before.get(name) != CaseState.DECIDED:
            assert verb == "decide_case", "nothing else decides"
            assert world.state == RoundState.DECIDING
            assert case.decided_by == world.chair_of(case), "the chair, or the one who was drawn"
            assert len(case.counted_raters()) >= LEAST_RATERS, "enough raters count"
            assert len(world.seated - case.barred) > 1, "no case hangs on one voice"
            assert case.decided_by not in case.barred
            assert len(case.reason.strip()) >= LEAST_REASONS
            assert not (case.raters | case.voted) & case.barred, "nobody without a part is involved"
            assert not case.struck & case.counted_raters(), "what was struck out counts nowhere"
    if world.state in {RoundState.DECIDED, RoundState.CLOSED}:
        assert all(one.state != CaseState.STANDING for one in world.cases.values())
    assert sum(one.promoted for one in world.cases.values()) <= 1, "not more than there are places"


REACHED: Counter[str] = Counter()


AT_ONCE, MOVES = 40, 90


SEEDS = st.integers(min_value=0, max_value=2**63)


def walks(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(AT_ONCE):
        world = walk(chance)
        REACHED["walks"] += 1
        REACHED[world.state] += 1
        decided = [one for one in world.cases.values() if one.state == CaseState.DECIDED]
        REACHED["cases decided"] += len(decided)
        REACHED["recused before"] += sum(len(one.barred) > 4 for one in decided)
        REACHED["undone"] += sum(one.undone > 0 for one in world.cases.values())
        REACHED["objections"] += sum(one.objections for one in world.cases.values())
        REACHED["struck out"] += sum(bool(one.struck) for one in decided)
        REACHED["stood in"] += sum(one.decided_by != "chair" for one in decided)


def walked(number: int) -> None:
    """So many walks, from seeds that Hypothesis draws; then that they got somewhere."""
    REACHED.clear()
    settings(max_examples=-(-number // AT_ONCE), deadline=None, database=None)(given(SEEDS)(walks))()
    assert REACHED["walks"] >= number
    assert REACHED["cases decided"] > number // 15, "the walks get there, so the search is alive"
    assert REACHED["recused before"] > number // 50
    for rare in ("undone", "objections", "struck out", "stood in"):
        assert REACHED[rare] > number // 500, rare
    assert REACHED[RoundState.CLOSED] > number // 200


def test_walks_find_no_decision_past_a_person_a_reason_or_a_recusal():
    walked(500)


@pytest.mark.slow
def test_ten_thousand_walks_find_none_either():
    walked(10_000)


PROMISED = [
    Facts(
        round=RoundState.DECIDING, case=CaseState.STANDING, actor="chair",
        who=frozenset({Who.CHAIR, Who.MEMBER}), reason=LONG, rated=6, raters=2, with_part=3, places=1,
        barred=frozenset({"ann"}), involved=frozenset({"one", "two"}), promotes=True,
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, ""),
        ({"actor": ""}, "in their own name"),
        ({"reason": "x" * 49 + " " * 40}, "at least 50 characters"),
        ({"reason": "." * 60}, "in words, at least 8 different ones"),
        ({"reason": "very " * 20}, "in words, at least 8 different ones"),
        ({"barred": frozenset({"chair"})}, "no part in this case"),
        ({"involved": frozenset({"one", "ann"})}, "still involved"),
        ({"rated": 0}, "No rating stands"),
        ({"places": 0}, "Every place"),
        ({"who": frozenset({Who.MEMBER})}, "done by the chair"),
        ({"who": frozenset({Who.PEOPLE_OPERATIONS})}, "done by the chair"),
        ({"round": RoundState.CALIBRATING}, "in calibration"),
        ({"case": CaseState.DECIDED}, "decided"),
        ({"raters": 1}, "too few raters count"),
        ({"least_raters": 3}, "ask for 3 at least"),
        ({"with_part": 1}, "hangs on one voice"),
        ({"fits": False}, "on one scale anew"),
        ({"unchanged": False}, "has stopped"),
        ({"least": 3, "reason": "No."}, "at least 50 characters"),
    ],
)
def test_each_condition_of_a_decision_is_needed_by_itself(change: dict[str, Any], says: str):
    """Taking one condition away is what makes the walk fail: each one of them bites."""
    from dataclasses import replace

    found = states.hindrance("decide_case", replace(PROMISED[0], **change))
    assert (says in found) if says else found == ""


def test_a_walk_without_the_conditions_is_caught(monkeypatch):
    """The control: with the needs of a decision taken away, some walk breaks an invariant at once."""
    from dataclasses import replace

    monkeypatch.setitem(STEPS, "decide_case", replace(STEPS["decide_case"], needs=(), who=frozenset(Who)))
    chance = random.Random(17)
    with pytest.raises(AssertionError):
        collections.deque((walk(chance) for _ in range(1_000)), maxlen=0)


def test_every_state_is_reached_by_a_step_and_left_by_one_or_is_an_end():
    to = {step.to_round for step in STEPS.values()} | {RoundState.DRAFT}
    assert to >= set(RoundState)
    left = {state for step in STEPS.values() if step.to_round for state in step.at}
    assert set(RoundState) - left == {RoundState.CLOSED, RoundState.CANCELLED}
    assert {step.to_case for step in STEPS.values()} >= set(CaseState)
    assert set(SAYS) == set(dict(ROUND_WORDS)) == set(RoundState)
    assert set(dict(CASE_WORDS)) == set(CaseState)
    assert all(phase in SAYS for phase in PHASES)


PROMISES = re.compile(
    r"\b(will (get|be|become|receive)|promis\w*|guarant\w*|sure(ly)?|certain(ly)?|soon|next time|deserve\w*|"
    r"likely|on track|ready|almost|congratulat\w*|expect\w*|chance\w*|succe\w*|entitle\w*|bound to|"
    r"ahead of|strong candidate|just a matter|prospect\w*|in line for|earmark\w*|shortlist\w*)\b",
    re.IGNORECASE,
)
"""Words that let somebody hear a promise (row 116)."""


def wordings() -> list[str]:
    """Everything that a state of a round, a case, an opening or an outcome is called."""
    choices = (Nomination.Wants, Opening.Budget, Opening.Exists, Decision.Outcome)
    said = [*dict(ROUND_WORDS).values(), *dict(CASE_WORDS).values(), *SAYS.values()]
    said += [str(label) for one in choices for label in one.labels]
    return said + [need.else_say for step in STEPS.values() for need in step.needs]


def test_no_wording_of_a_state_promises_anything():
    assert [words for words in wordings() if PROMISES.search(words) or "!" in words] == []


def test_the_list_of_promising_words_finds_a_promise():
    for promise in ("You will get it next time.", "A strong candidate", "You are on track", "Ready soon"):
        assert PROMISES.search(promise)
