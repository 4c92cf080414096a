"""Which step of a round follows which, who may take it and under which conditions: plain data, no database.

Every action builds ``Facts`` out of what is stored and asks ``take``; there is no other way from one state to
another. No path leads to "decided" without a named person, written reasons, ratings, and with somebody
involved who has no part in the case; ten thousand random walks look for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable


class RoundState(StrEnum):
    """How far a round is."""

    DRAFT = "draft"
    NOMINATING = "nominating"
    EVIDENCE = "evidence"
    ASSIGNING = "assigning"
    RATING = "rating"
    CALIBRATING = "calibrating"
    DECIDING = "deciding"
    DECIDED = "decided"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class CaseState(StrEnum):
    """How far one person's case is."""

    PROPOSED = "proposed"
    STANDING = "standing"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"
    DECIDED = "decided"


class Who(StrEnum):
    """Who somebody is to a round or to a case."""

    PEOPLE_OPERATIONS = "people operations"
    CHAIR = "the chair"
    MEMBER = "a member of the committee"
    RATER = "a rater of the case"
    CANDIDATE = "the candidate"
    MANAGER = "the manager or sponsor"


R, C = RoundState, CaseState

ROUND_WORDS: Final = [
    (R.DRAFT, "Being prepared"),
    (R.NOMINATING, "Open for nominations"),
    (R.EVIDENCE, "Evidence is gathered"),
    (R.ASSIGNING, "Raters are assigned"),
    (R.RATING, "Being rated"),
    (R.CALIBRATING, "In calibration"),
    (R.DECIDING, "Being decided"),
    (R.DECIDED, "Decided"),
    (R.CLOSED, "Closed"),
    (R.CANCELLED, "Cancelled"),
]

CASE_WORDS: Final = [
    (C.PROPOSED, "waits for the person’s answer"),
    (C.STANDING, "in the round"),
    (C.DECLINED, "the person said no"),
    (C.WITHDRAWN, "withdrawn"),
    (C.SET_ASIDE, "not decided in this round"),
    (C.DECIDED, "decided"),
]

SAYS: Final = {
    R.DRAFT: "People operations prepare this round. Nothing of it is fixed, and nobody can be nominated yet.",
    R.NOMINATING: "Managers can nominate, and everybody can nominate themselves. A nomination is a question, "
    "and nobody knows the answer yet.",
    R.EVIDENCE: "Cases gather what was done, criterion by criterion. What is in them is read by people who "
    "have not made up their minds.",
    R.ASSIGNING: "Raters are chosen so that their ratings can be compared. Nobody has rated yet.",
    R.RATING: "Each rater reads and rates alone. Nobody reads the ratings of anybody else, whatever their "
    "role.",
    R.CALIBRATING: "The ratings are open to the committee, which talks about them. Nothing is decided.",
    R.DECIDING: "A named person decides about each case and writes the reasons. Until all are decided, "
    "nobody is told one.",
    R.DECIDED: "Every candidate can read the decision with its reasons, and answer it.",
    R.CLOSED: "The round is over. Whoever was not promoted has a next step with a date.",
    R.CANCELLED: "The round was ended without decisions.",
}
"""What a state means, for everybody; no word of it says what will come of a case (row 116)."""

PHASES: Final = (R.NOMINATING, R.EVIDENCE, R.ASSIGNING, R.RATING, R.CALIBRATING, R.DECIDING)
"""The phases that have a last day, in their order."""

LIVE: Final = frozenset({C.PROPOSED, C.STANDING, C.DECIDED})
"""Cases that stand in the way of another one of the same person."""

OPEN: Final = frozenset(PHASES)
OVER: Final = frozenset({R.DECIDED, R.CLOSED})
RATINGS_OPEN: Final = frozenset({R.CALIBRATING, R.DECIDING, R.DECIDED, R.CLOSED})
"""Where ratings are read by others than who gave them."""

LEAST_MEMBERS: Final = 3
LEAST_REASONS: Final = 50
LEAST_WORDS: Final = 8
_WORDS: Final = re.compile(r"[\u0e00-\u0eff\u2e80-\u9fff]|[^\W\d_]{2,}")
"""A word, or one sign of a script that sets no spaces between words."""
LEAST_VOTES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is so when somebody wants to take a step: counts, names of people as opaque keys, no content.

    ``actor`` is empty where nobody in person acts. ``barred`` are those who have no part in the case,
    ``involved`` those whose ratings, votes or notes stand in it. ``places`` is the headcount of the opening
    that is left; ``promotes`` that the step would use one. ``way_back`` says that the round answers whether
    somebody can go back; ``voters`` counts members with a part, ``unvoted`` those of them who have not
    voted, ``counted`` says that the votes were counted.
    """

    round: RoundState
    case: CaseState | None = None
    actor: str = ""
    who: frozenset[Who] = frozenset()
    reason: str = ""
    least: int = LEAST_REASONS
    signed: bool = False
    openings: int = 0
    chairs: int = 0
    members: int = 0
    silent: int = 0
    cases: int = 0
    unanswered: int = 0
    undecided: int = 0
    without_step: int = 0
    voices: int = 0
    connected: bool = False
    short: int = 0
    waiting: int = 0
    complete: bool = False
    handed_in: bool = False
    rated: int = 0
    barred: frozenset[str] = frozenset()
    involved: frozenset[str] = frozenset()
    places: int = 0
    promotes: bool = False
    promoted: bool = False
    decider: str = ""
    self_nomination: bool = True
    way_back: bool = False
    voters: int = 0
    unvoted: int = 0
    counted: bool = False


class NotNow(Exception):  # noqa: N818 - a refusal in words, not a fault
    """The step cannot be taken, and why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Need:
    """A condition and what is said where it is not met."""

    holds: Callable[[Facts], bool]
    else_say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that can be done: in which states, to which it leads, by whom, and what it needs.

    ``to_round`` and ``to_case`` are empty where the state stays. ``at`` are states of the round, ``of``
    states of the case; empty ``of`` means a step of the round, or one that makes a case.
    """

    verb: str
    at: frozenset[RoundState]
    who: frozenset[Who]
    of: frozenset[CaseState] = frozenset()
    to_round: RoundState | None = None
    to_case: CaseState | None = None
    needs: tuple[Need, ...] = ()


NAMED: Final = Need(
    lambda one: bool(one.actor), "A person does this in their own name; nothing here happens by itself."
)
REASON: Final = Need(
    lambda one: len(one.reason.strip()) >= one.least,
    "Write the reasons in at least {least} characters: the person reads them.",
)
NO_PART: Final = Need(
    lambda one: one.actor not in one.barred,
    "You have no part in this case: you were recused, or you are too close to it.",
)
NO_PART_UNLESS_MANAGER: Final = Need(
    lambda one: Who.MANAGER in one.who or NO_PART.holds(one), NO_PART.else_say
)
"""A manager has no part in rating and deciding; what comes next is theirs to carry."""
CLEAN: Final = Need(
    lambda one: not (one.involved & one.barred),
    "Somebody who has no part in this case is still involved in it. Their part is taken out first.",
)
RATED: Final = Need(
    lambda one: one.rated > 0,
    "No rating stands in this case, so nothing can be decided on. Set it aside and say why.",
)
UNDECIDABLE: Final = Need(
    lambda one: not RATED.holds(one),
    "This case can be decided: ratings stand in it. Only a case that nobody can decide is set aside.",
)
WORDS: Final = Need(
    lambda one: len({word.casefold() for word in _WORDS.findall(one.reason)}) >= LEAST_WORDS,
    f"Write the reasons in words, at least {LEAST_WORDS} different ones: somebody reads them.",
)
SAME: Final = Need(
    lambda one: bool(one.actor) and one.actor == one.decider,
    "Whoever decided can change it, and nobody else.",
)
PLACES: Final = Need(
    lambda one: not one.promotes or one.promoted or one.places > 0,
    "Every place of this opening is filled. Say that the criteria are met and there is no opening, or give "
    "other reasons.",
)
OPENING: Final = (
    Need(lambda one: one.signed, "Choose a framework that the leadership team has signed."),
    Need(lambda one: one.openings > 0, "Add at least one opening: what can be filled in this round."),
    Need(lambda one: one.chairs == 1, "One person chairs the committee; choose exactly one."),
    Need(
        lambda one: one.members >= LEAST_MEMBERS,
        f"A committee has at least {LEAST_MEMBERS} people, so that no case hangs on one voice.",
    ),
    Need(
        lambda one: one.way_back,
        "Say whether somebody who leads or manages can go back to other work here. People ask before they "
        "say yes to a nomination.",
    ),
)
SOME: Final = Need(lambda one: one.cases > 0, "No case stands in this round. Cancel it, or wait.")
ANSWERED: Final = Need(
    lambda one: one.unanswered == 0,
    "Somebody was nominated and has not answered yet. Ask them; their manager can take the nomination back.",
)
CONFLICTS: Final = Need(
    lambda one: one.silent == 0,
    "Not every member of the committee has said whether they have a conflict of interest.",
)
ENOUGH: Final = Need(
    lambda one: one.short == 0, "A case has fewer raters than the round asks for. Assign the rest first."
)
CONNECTED: Final = Need(
    lambda one: one.connected,
    "The ratings would fall into parts that nobody could compare. Assign raters again before anybody rates.",
)
HANDED_IN: Final = Need(
    lambda one: one.waiting == 0,
    "A rater has not handed in. Wait for them, or end their assignment and say that they did not rate.",
)
COMPLETE: Final = Need(
    lambda one: one.complete, "Rate every criterion, or say that you cannot, before you hand in."
)
NOT_IN_YET: Final = Need(lambda one: not one.handed_in, "You have handed in; these ratings are final.")
HEARD: Final = Need(
    lambda one: one.voices == 0,
    "A colleague’s input is not heard yet: a summary is not written, or what speaks against a case has no "
    "answer. It is answered, or the chair says why not.",
)
VOTED: Final = Need(
    lambda one: one.unvoted == 0,
    "Not everybody who has a part in this case has voted. Votes are counted when all are in.",
)
TELLS_NOBODY: Final = Need(
    lambda one: one.voters >= LEAST_VOTES,
    f"Fewer than {LEAST_VOTES} vote on this case: a count would tell each how the other voted.",
)
NOT_COUNTED: Final = Need(
    lambda one: not one.counted, "The votes on this case were counted, so nobody changes theirs any more."
)
ALL_DECIDED: Final = Need(lambda one: one.undecided == 0, "A case is not decided yet.")
STEPS_WRITTEN: Final = Need(
    lambda one: one.without_step == 0,
    "Somebody who was not promoted has no next step yet. Each gets one before the round is closed.",
)
NOT_PROMOTED: Final = Need(
    lambda one: not one.promoted, "A next step here is for those who were not promoted in this round."
)
MAY_SELF: Final = Need(
    lambda one: one.self_nomination, "In this round managers nominate; ask yours to nominate you."
)


def _s(*states: RoundState) -> frozenset[RoundState]:
    return frozenset(states)


def _c(*states: CaseState) -> frozenset[CaseState]:
    return frozenset(states)


def _w(*who: Who) -> frozenset[Who]:
    return frozenset(who)


P, CHAIR, MEMBER, RATER, CANDIDATE, MANAGER = (
    Who.PEOPLE_OPERATIONS,
    Who.CHAIR,
    Who.MEMBER,
    Who.RATER,
    Who.CANDIDATE,
    Who.MANAGER,
)
RUNS: Final = _w(P, CHAIR)

ROUND_STEPS: Final = (
    Step(verb="prepare", at=_s(R.DRAFT), who=_w(P)),
    Step(verb="open_round", at=_s(R.DRAFT), who=_w(P), to_round=R.NOMINATING, needs=(NAMED, *OPENING)),
    Step(verb="gather", at=_s(R.NOMINATING), who=_w(P), to_round=R.EVIDENCE, needs=(SOME,)),
    Step(
        verb="close_evidence",
        at=_s(R.EVIDENCE),
        who=_w(P),
        to_round=R.ASSIGNING,
        needs=(SOME, ANSWERED),
    ),
    Step(verb="assign_raters", at=_s(R.ASSIGNING, R.RATING), who=RUNS, needs=(SOME, CONFLICTS)),
    Step(
        verb="begin_rating",
        at=_s(R.ASSIGNING),
        who=RUNS,
        to_round=R.RATING,
        needs=(SOME, CONFLICTS, ENOUGH, CONNECTED),
    ),
    Step(
        verb="open_calibration",
        at=_s(R.RATING),
        who=RUNS,
        to_round=R.CALIBRATING,
        needs=(NAMED, SOME, HANDED_IN),
    ),
    Step(verb="begin_deciding", at=_s(R.CALIBRATING), who=RUNS, to_round=R.DECIDING, needs=(NAMED, HEARD)),
    Step(verb="announce", at=_s(R.DECIDING), who=RUNS, to_round=R.DECIDED, needs=(NAMED, ALL_DECIDED)),
    Step(verb="close_round", at=_s(R.DECIDED), who=_w(P), to_round=R.CLOSED, needs=(STEPS_WRITTEN,)),
    Step(verb="cancel_round", at=OPEN, who=_w(P), to_round=R.CANCELLED, needs=(NAMED, REASON, WORDS)),
    Step(verb="state_conflict", at=OPEN, who=_w(MEMBER)),
    Step(verb="leave_committee", at=OPEN, who=_w(P, MEMBER)),
)

_WRITTEN: Final = _s(R.NOMINATING, R.EVIDENCE)
_LIVE: Final = _c(C.PROPOSED, C.STANDING)

CASE_STEPS: Final = (
    Step(
        verb="nominate_oneself",
        at=_s(R.NOMINATING),
        who=_w(CANDIDATE),
        to_case=C.STANDING,
        needs=(NAMED, MAY_SELF),
    ),
    Step(verb="nominate", at=_s(R.NOMINATING), who=_w(MANAGER), to_case=C.PROPOSED, needs=(NAMED,)),
    Step(verb="agree", at=_WRITTEN, of=_c(C.PROPOSED), who=_w(CANDIDATE), to_case=C.STANDING, needs=(NAMED,)),
    Step(
        verb="decline", at=_WRITTEN, of=_c(C.PROPOSED), who=_w(CANDIDATE), to_case=C.DECLINED, needs=(NAMED,)
    ),
    Step(
        verb="take_back", at=_WRITTEN, of=_c(C.PROPOSED), who=_w(MANAGER), to_case=C.WITHDRAWN, needs=(NAMED,)
    ),
    Step(
        verb="withdraw_case",
        at=OPEN,
        of=_c(C.STANDING),
        who=_w(CANDIDATE),
        to_case=C.WITHDRAWN,
        needs=(NAMED,),
    ),
    Step(verb="write_packet", at=_WRITTEN, of=_LIVE, who=_w(CANDIDATE, MANAGER)),
    Step(verb="answer_advocate", at=_WRITTEN, of=_LIVE, who=frozenset(Who)),
    Step(verb="recuse", at=OPEN, of=_LIVE, who=_w(P, CHAIR, MEMBER)),
    Step(verb="end_assignment", at=_s(R.ASSIGNING, R.RATING), of=_c(C.STANDING), who=RUNS),
    Step(verb="rate", at=_s(R.RATING), of=_c(C.STANDING), who=_w(RATER), needs=(NAMED, NO_PART, NOT_IN_YET)),
    Step(
        verb="hand_in",
        at=_s(R.RATING),
        of=_c(C.STANDING),
        who=_w(RATER),
        needs=(NAMED, NO_PART, NOT_IN_YET, COMPLETE),
    ),
    Step(
        verb="revise", at=_s(R.CALIBRATING), of=_c(C.STANDING), who=_w(RATER), needs=(NAMED, NO_PART, REASON)
    ),
    Step(
        verb="note_case",
        at=_s(R.CALIBRATING, R.DECIDING),
        of=_c(C.STANDING),
        who=_w(CHAIR, MEMBER),
        needs=(NAMED, NO_PART),
    ),
    Step(
        verb="change_note",
        at=_s(R.CALIBRATING),
        of=_c(C.STANDING),
        who=_w(CHAIR, MEMBER),
        needs=(NAMED, NO_PART),
    ),
    Step(
        verb="vote",
        at=_s(R.CALIBRATING, R.DECIDING),
        of=_c(C.STANDING),
        who=_w(CHAIR, MEMBER),
        needs=(NAMED, NO_PART, NOT_COUNTED),
    ),
    Step(
        verb="count_votes",
        at=_s(R.CALIBRATING, R.DECIDING),
        of=_c(C.STANDING),
        who=_w(CHAIR),
        needs=(NAMED, NO_PART, CLEAN, NOT_COUNTED, TELLS_NOBODY, VOTED),
    ),
    Step(
        verb="decide_case",
        at=_s(R.DECIDING),
        of=_c(C.STANDING),
        who=_w(CHAIR),
        to_case=C.DECIDED,
        needs=(NAMED, NO_PART, CLEAN, RATED, REASON, WORDS, PLACES),
    ),
    Step(
        verb="change_decision",
        at=_s(R.DECIDING),
        of=_c(C.DECIDED),
        who=_w(CHAIR),
        needs=(NAMED, NO_PART, CLEAN, RATED, SAME, REASON, WORDS, PLACES),
    ),
    Step(
        verb="set_aside",
        at=_s(R.CALIBRATING, R.DECIDING),
        of=_c(C.STANDING),
        who=_w(P),
        to_case=C.SET_ASIDE,
        needs=(NAMED, UNDECIDABLE, REASON, WORDS),
    ),
    Step(verb="answer_decision", at=OVER, of=_c(C.DECIDED), who=_w(CANDIDATE), needs=(NAMED,)),
    Step(
        verb="write_next_step",
        at=OVER,
        of=_c(C.DECIDED),
        who=_w(CHAIR, MEMBER, MANAGER),
        needs=(NAMED, NO_PART_UNLESS_MANAGER, NOT_PROMOTED),
    ),
)

STEPS: Final = {step.verb: step for step in (*ROUND_STEPS, *CASE_STEPS)}


def take(verb: str, facts: Facts) -> tuple[RoundState, CaseState | None]:
    """Give the states of round and case after a step; ``NotNow`` says in one sentence why it is not taken."""
    step = STEPS[verb]
    if facts.round not in step.at:
        raise NotNow(f"This round is not at that point: {dict(ROUND_WORDS)[facts.round].lower()}.")
    if step.of and facts.case not in step.of:
        words = "not there" if facts.case is None else dict(CASE_WORDS)[facts.case]
        raise NotNow(f"This case cannot be changed so: {words}.")
    if not facts.who & step.who:
        raise NotNow(f"This is done by {_one_of(step.who)}.")
    for need in step.needs:
        if not need.holds(facts):
            raise NotNow(need.else_say.format(least=facts.least))
    return step.to_round or facts.round, step.to_case or facts.case


def can(verb: str, facts: Facts) -> bool:
    """Say whether a step could be taken, to show the way to it or not."""
    try:
        take(verb, facts)
    except NotNow:
        return False
    return True


def hindrance(verb: str, facts: Facts) -> str:
    """Say what stands against a step; empty where nothing does."""
    try:
        take(verb, facts)
    except NotNow as refusal:
        return str(refusal)
    return ""


def _one_of(who: frozenset[Who]) -> str:
    words = [str(one) for one in Who if one in who]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
