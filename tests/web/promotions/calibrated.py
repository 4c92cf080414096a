"""A round in calibration for tests: raters who differ, candidates, ratings with words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from tests.factories import GrantFactory, PersonFactory
from tests.web.promotions import made

from fairlead.web.promotions.case_models import RaterAssignment, Rating

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination, Round

CRITERIA = ("vision", "reliability", "craft")


@dataclass(frozen=True)
class Calibrating:
    """The round, its raters by name and its cases by the candidate's name."""

    round: Round
    raters: dict[str, Person]
    cases: dict[str, Nomination]


def member(name: str, of: Round, part: str = "member") -> Person:
    """Make somebody who holds the role and sits in the committee."""
    person = PersonFactory.create(name=name)
    GrantFactory.create(person=person, role="committee")
    made.seated(of, person, part)
    return person


def score_of(candidate: int, rater: int, criterion: int) -> int:
    """Whole numbers that differ between candidates, with the first rater about a point stricter."""
    given = 2 + candidate % 3 + (candidate * 7 + criterion * 5 + rater * 3) % 2
    return max(1, min(5, given - (1 if rater == 0 else 0)))


def calibrating(
    raters: tuple[str, ...] = ("Strict Sten", "Even Edda", "Mild Mira"),
    candidates: int = 8,
    *,
    state: str = "calibrating",
    score: Any = score_of,
    pairs: Any = None,
) -> Calibrating:
    """Let everybody rate everybody, or only those ``pairs(candidate, rater)`` says."""
    one = made.a_round(state, opened_at=timezone.now())
    people = {
        name: member(name, one, "chair" if number == len(raters) - 1 else "member")
        for number, name in enumerate(raters)
    }
    cases = {}
    for number in range(candidates):
        name = f"Candidate {chr(ord('A') + number)}"
        case = cases[name] = made.case(one, PersonFactory.create(name=name))
        for place, rater in enumerate(people.values()):
            if pairs is None or pairs(number, place):
                rate(case, rater, [score(number, place, c) for c in range(len(CRITERIA))])
    return Calibrating(one, people, cases)


def rate(case: Nomination, rater: Person, scores: list[int | None]) -> RaterAssignment:
    """One rater's ratings of one case, handed in and open."""
    now = timezone.now()
    assigned = RaterAssignment.objects.create(nomination=case, rater=rater, read_at=now, handed_in_at=now)
    Rating.objects.bulk_create(
        Rating(
            assignment=assigned,
            criterion=criterion,
            score=score,
            rests_on="seen",
            words=f"What {rater} saw of {case.candidate} in {criterion}.",
            given_at=now,
        )
        for criterion, score in zip(CRITERIA, scores, strict=True)
    )
    return assigned
