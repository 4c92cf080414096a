"""What goes into a release: questions, the policy that was promised, and ballots without persons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from fairlead.core.blocks import EVERYBODY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairlead.core.blocks import Organization
    from fairlead.core.released_comments import Comment

FLOOR: Final = 5
"""No figure stands for fewer people. Nobody can lower this number; a survey may raise it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with the ends of its scale, whole numbers."""

    id: str
    lowest: int = 1
    highest: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a survey promises, fixed when it is launched.

    ``survey`` names this wave, ``family`` all waves of the same survey. ``kind`` is ``"upward"``
    (each team speaks about its manager: no lens, organizations of two blocks or more) or
    ``"pulse"``. ``k`` may be more than 5 and never less. ``lens`` names the one demographic lens.
    """

    survey: str
    family: str
    closed_on: date
    questions: tuple[Question, ...]
    kind: Literal["upward", "pulse"] = "pulse"
    k: int = FLOOR
    lens: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One person's answers without the person: the team, in order of the questions, ``None`` for none."""

    team: str
    answers: tuple[int | None, ...]
    lens: str = ""
    comments: tuple[Comment, ...] = ()


def check_ballots(answers: Sequence[Ballot], organization: Organization, policy: Policy) -> None:
    """Refuse ballots that do not fit the organization, or a policy that promises too little.

    Raises
    ------
    ValueError
        With the first thing that does not fit.
    """
    if policy.k < FLOOR:
        raise ValueError(f"No figure may stand for fewer than {FLOOR} people.")
    if policy.kind == "upward" and policy.lens:
        raise ValueError("Feedback about a person has no lens.")
    ids = [question.id for question in policy.questions]
    if len(set(ids)) != len(ids) or not all(1 <= q.highest - q.lowest <= 100 for q in policy.questions):
        raise ValueError("Every question has a name of its own and a scale of 2 to 101 options.")
    asked = {team.id: len(team.members) for team in organization.teams} | {EVERYBODY: len(organization.alone)}
    came = Counter(ballot.team for ballot in answers)
    strange = [team for team in came if team not in asked]
    if strange:
        raise ValueError(f"There is no team {strange[0]}.")
    if any(count > asked[team] for team, count in came.items()):
        raise ValueError("A team has more ballots than people.")
    for ballot in answers:
        if len(ballot.answers) != len(policy.questions):
            raise ValueError("A ballot has one place for each question.")
        for said, question in zip(ballot.answers, policy.questions, strict=True):
            if said is not None and not question.lowest <= said <= question.highest:
                raise ValueError(f"{said} is no answer to {question.id}.")
