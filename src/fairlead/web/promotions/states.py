"""Which step of a round follows which, who may take it and under which conditions: plain data, no database.

Every action builds ``Facts`` out of what is stored and asks ``take``; there is no other way from one state to
another. No path leads to "decided" without a named person, written reasons, ratings of enough raters and
figures that are of these ratings, or with somebody involved who has no part in the case; ten thousand random
walks look for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fairlead.web.promotions.conditions import (
    ALL_DECIDED,
    ANSWERED,
    BY_WHOM,
    CHANGED,
    CLEAN,
    COMPANY,
    COMPLETE,
    CONFLICTS,
    CONNECTED,
    ENOUGH,
    ENOUGH_RATED,
    FAR,
    FAR_FOR_OTHERS,
    FITS,
    HANDED_IN,
    HEARD,
    KEEPS_ENOUGH,
    LEAST_MEMBERS,
    LEAST_RATERS,
    LEAST_REASONS,
    LEAST_VOTES,
    LEAST_WORDS,
    MAY_SELF,
    NAMED,
    NO_PART,
    NO_PART_UNLESS_MANAGER,
    NOT_COUNTED,
    NOT_IN_YET,
    NOT_PROMOTED,
    ON_ITS_DAY,
    ONCE_OPEN,
    OPENING,
    OTHERS_REASON,
    OWN_SEAT,
    PLACES,
    RATED,
    REASON,
    SAME,
    SOME,
    STANDS,
    STEPS_WRITTEN,
    TELLS_NOBODY,
    UNDECIDABLE,
    VOTED,
    WORDS,
    Facts,
    Need,
    NotNow,
)
from fairlead.web.promotions.phases import (
    CASE_WORDS,
    LIVE,
    OPEN,
    OVER,
    PHASES,
    RATINGS_OPEN,
    ROUND_WORDS,
    SAYS,
    CaseState,
    RoundState,
    Who,
)

__all__ = [
    "ALL_DECIDED", "ANSWERED", "CASE_WORDS", "CONFLICTS", "ENOUGH", "HANDED_IN", "HEARD", "LEAST_MEMBERS",
    "LEAST_RATERS", "LEAST_REASONS", "LEAST_VOTES", "LEAST_WORDS", "LIVE", "NO_PART", "OPEN", "OPENING",
    "OVER", "PHASES", "PLACES", "RATINGS_OPEN", "ROUND_WORDS", "SAYS", "STEPS_WRITTEN", "CaseState", "Facts",
    "Need", "NotNow", "RoundState", "Who",
]  # fmt: skip

R, C = RoundState, CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that can be done: in which states, to which it leads, by whom, and what it needs.

    ``to_round`` and ``to_case`` are empty where the state stays. ``at`` are states of the round, ``of``
    states of the case; empty ``of`` means a step of the round, or one that makes a case. ``anyway`` steps
    lead out, or take somebody's part out, and stay open where the round has stopped.
    """

    verb: str
    at: frozenset[RoundState]
    who: frozenset[Who]
    of: frozenset[CaseState] = frozenset()
    to_round: RoundState | None = None
    to_case: CaseState | None = None
    needs: tuple[Need, ...] = ()
    anyway: bool = False


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
    Step(verb="gather", at=_s(R.NOMINATING), who=_w(P), to_round=R.EVIDENCE, needs=(SOME, ON_ITS_DAY)),
    Step(
        verb="close_evidence",
        at=_s(R.EVIDENCE),
        who=_w(P),
        to_round=R.ASSIGNING,
        needs=(SOME, ANSWERED, ON_ITS_DAY),
    ),
    Step(verb="assign_raters", at=_s(R.ASSIGNING, R.RATING), who=RUNS, needs=(FAR, SOME, CONFLICTS)),
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
    Step(
        verb="begin_deciding", at=_s(R.CALIBRATING), who=RUNS, to_round=R.DECIDING, needs=(NAMED, HEARD, FITS)
    ),
    Step(verb="announce", at=_s(R.DECIDING), who=RUNS, to_round=R.DECIDED, needs=(NAMED, ALL_DECIDED)),
    Step(verb="close_round", at=_s(R.DECIDED), who=_w(P), to_round=R.CLOSED, needs=(STEPS_WRITTEN,)),
    Step(
        verb="cancel_round",
        at=OPEN,
        who=_w(P),
        to_round=R.CANCELLED,
        needs=(NAMED, REASON, WORDS),
        anyway=True,
    ),
    Step(verb="state_conflict", at=OPEN, who=_w(MEMBER), anyway=True),
    Step(
        verb="leave_committee",
        at=OPEN,
        who=_w(P, MEMBER),
        needs=(NAMED, OWN_SEAT, FAR_FOR_OTHERS, KEEPS_ENOUGH),
        anyway=True,
    ),
)

_WRITTEN: Final = _s(R.NOMINATING, R.EVIDENCE)
_LIVE: Final = _c(C.PROPOSED, C.STANDING)
_DECIDES: Final = (
    *(NAMED, NO_PART, CLEAN, RATED, ENOUGH_RATED, COMPANY, FITS),
    *(REASON, WORDS, PLACES),
)
_RECUSES: Final = (NAMED, BY_WHOM, ONCE_OPEN, FAR_FOR_OTHERS, OTHERS_REASON)

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
        verb="decline",
        at=_WRITTEN,
        of=_c(C.PROPOSED),
        who=_w(CANDIDATE),
        to_case=C.DECLINED,
        needs=(NAMED,),
        anyway=True,
    ),
    Step(
        verb="take_back",
        at=_WRITTEN,
        of=_c(C.PROPOSED),
        who=_w(MANAGER),
        to_case=C.WITHDRAWN,
        needs=(NAMED,),
        anyway=True,
    ),
    Step(
        verb="withdraw_case",
        at=OPEN,
        of=_c(C.STANDING),
        who=_w(CANDIDATE),
        to_case=C.WITHDRAWN,
        needs=(NAMED,),
        anyway=True,
    ),
    Step(verb="write_packet", at=_WRITTEN, of=_LIVE, who=_w(CANDIDATE, MANAGER)),
    Step(verb="answer_advocate", at=_WRITTEN, of=_LIVE, who=frozenset(Who)),
    Step(verb="recuse", at=OPEN, of=_LIVE, who=_w(P, CHAIR, MEMBER), needs=_RECUSES, anyway=True),
    Step(
        verb="undo_decision",
        at=_s(R.DECIDING),
        of=_c(C.DECIDED),
        who=_w(P, CHAIR, MEMBER),
        to_case=C.STANDING,
        needs=_RECUSES,
        anyway=True,
    ),
    Step(
        verb="object",
        at=OVER,
        of=_c(C.DECIDED),
        who=_w(P, CHAIR, MEMBER),
        needs=(NAMED, FAR_FOR_OTHERS, OTHERS_REASON),
        anyway=True,
    ),
    Step(
        verb="end_assignment",
        at=_s(R.ASSIGNING, R.RATING),
        of=_c(C.STANDING),
        who=RUNS,
        needs=(NAMED, NO_PART, FAR, STANDS),
    ),
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
        needs=_DECIDES,
    ),
    Step(
        verb="change_decision",
        at=_s(R.DECIDING),
        of=_c(C.DECIDED),
        who=_w(CHAIR),
        needs=(SAME, *_DECIDES),
    ),
    Step(
        verb="set_aside",
        at=_s(R.CALIBRATING, R.DECIDING),
        of=_c(C.STANDING),
        who=_w(P),
        to_case=C.SET_ASIDE,
        needs=(NAMED, FAR, UNDECIDABLE, REASON, WORDS),
    ),
    Step(verb="answer_decision", at=OVER, of=_c(C.DECIDED), who=_w(CANDIDATE), needs=(NAMED,), anyway=True),
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
    if not (facts.unchanged or step.anyway or facts.round == R.DRAFT):
        raise NotNow(CHANGED)
    for need in step.needs:
        if not need.holds(facts):
            raise NotNow(_said(need, facts))
    return step.to_round or facts.round, step.to_case or facts.case


def _said(need: Need, facts: Facts) -> str:
    least = max(facts.least, LEAST_REASONS)
    return need.else_say.format(least=least, least_raters=max(facts.least_raters, LEAST_RATERS))


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
