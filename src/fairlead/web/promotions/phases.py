"""The states of a round and of a case with their words, and who somebody can be to them: names alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


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
