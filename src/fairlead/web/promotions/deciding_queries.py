"""What the pages of deciding and of a decision show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fairlead.web.promotions import deciding, states, terms
from fairlead.web.promotions.case_models import Decision, Rating
from fairlead.web.promotions.cases import asked_of
from fairlead.web.promotions.facts import of_case
from fairlead.web.promotions.states import Who

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination


def decides(person: Person, case: Nomination) -> bool:
    """Say whether somebody decides about a case: the chair, or another member where the chair has no part."""
    facts = of_case(person, case)
    return Who.CHAIR in facts.who and states.NO_PART.holds(facts)


def field_of(refusal: str) -> str | None:
    """Name the field that a refusal is about; nothing where it is about none."""
    if refusal == states.PLACES.else_say:
        return "outcome"
    return "reasons" if "reasons" in refusal or "says this already" in refusal else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a decision said before it was changed."""

    outcome: str
    reasons: str
    until: datetime


def earlier(decision: Decision | None) -> tuple[Earlier, ...]:
    """Give what a decision said before, the oldest first."""
    words = dict(Decision.Outcome.choices)
    rows = [row for row in (decision.earlier if decision else ()) if isinstance(row, dict)]
    return tuple(
        Earlier(
            outcome=str(words.get(row["outcome"], row["outcome"])),
            reasons=row["reasons"],
            until=datetime.fromisoformat(row["until"]),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRating:
    """One rating as it is read once ratings are open."""

    rater: str
    score: str
    rests_on: str
    words: str


def open_ratings(case: Nomination) -> list[tuple[str, list[OpenRating]]]:
    """Give the ratings of a case by criterion, in the framework's order, raters by name.

    Whoever asks has passed ``case.ratings``, ``case.decide`` or ``case.decision``; before calibration there
    is nothing here to give.
    """
    words = dict(terms.policy_of(case.round).scores)
    found = Rating.objects.filter(assignment__nomination=case, assignment__ended_at=None)
    rows = list(found.select_related("assignment__rater").order_by("assignment__rater__name", "pk"))
    return [
        (
            criterion.title,
            [
                OpenRating(
                    rater=str(row.assignment.rater or "Somebody"),
                    score="Could not say"
                    if row.score is None
                    else f"{row.score}: {words.get(row.score, '')}",
                    rests_on=row.get_rests_on_display() if row.rests_on else "",
                    words=row.words,
                )
                for row in rows
                if row.criterion == name
            ],
        )
        for name, (criterion, _seen) in asked_of(case).items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """A decision with what belongs to it, for one person."""

    decision: Any
    earlier: tuple[Earlier, ...]
    statements: list[Any]
    steps: list[Any]
    can_answer: bool
    can_step: bool
    over: bool


def decision_page(person: Person, case: Nomination) -> DecisionPage:
    """Give what was decided, what the candidate says to it and what comes next."""
    facts = of_case(person, case)
    made = deciding.decided(case)
    return DecisionPage(
        decision=made,
        earlier=earlier(made),
        statements=list(case.counter_statements.all()),
        steps=list(case.next_steps.select_related("by")),
        can_answer=states.can("answer_decision", facts),
        can_step=states.can("write_next_step", facts),
        over=case.round.state in states.OVER,
    )
