"""What the pages of deciding and of a decision show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fairlead.web.promotions import deciding, rating, states, terms
from fairlead.web.promotions.case_models import Decision, Rating
from fairlead.web.promotions.cases import asked_of
from fairlead.web.promotions.facts import of_case
from fairlead.web.promotions.states import Who
from fairlead.web.promotions.taken_out_queries import LONG_ENOUGH, TakenOut, struck, taken_out, undone

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
    rows = decision.earlier if decision else ()
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

    key: str
    rater: str
    score: str
    rests_on: str
    words: str
    struck: str = ""


def open_ratings(case: Nomination) -> list[tuple[str, list[OpenRating]]]:
    """Give the ratings of a case by criterion, in the framework's order, raters by name.

    Whoever asks has passed ``case.ratings``, ``case.decide`` or ``case.decision``; before calibration there
    is nothing here to give. What somebody gave who was taken out later stands there with the reason why it
    does not count.
    """
    words, out = dict(terms.policy_of(case.round).scores), struck(case)
    found = Rating.objects.filter(rating.shown(), assignment__nomination=case)
    rows = list(found.select_related("assignment__rater").order_by("assignment__rater__name", "pk"))
    return [
        (
            criterion.title,
            [
                OpenRating(
                    key=str(row.pk),
                    rater=str(row.assignment.rater or "Somebody"),
                    score="Could not say"
                    if row.score is None
                    else f"{row.score}: {words.get(row.score, '')}",
                    rests_on=row.get_rests_on_display() if row.rests_on else "",
                    words=row.words,
                    struck=out.get(row.assignment.rater_id, "") if row.assignment.rater_id else "",
                )
                for row in rows
                if row.criterion == name
            ],
        )
        for name, (criterion, _seen) in asked_of(case).items()
    ]


def _about(found: Rating | None, case: Nomination) -> str:
    """Name the rating that a statement is about; nothing where it is about the decision."""
    if found is None:
        return ""
    asked = asked_of(case)
    title = asked[found.criterion][0].title if found.criterion in asked else found.criterion
    return f"{title}, rated by {found.assignment.rater or 'somebody'}"


def deciding_now(person: Person, case: Nomination) -> dict[str, Any]:
    """Say what stands against deciding a case, whatever the reasons will be."""
    facts = of_case(person, case, reason=LONG_ENOUGH)
    return {"hindrance": states.hindrance("decide_case", facts), "fits": facts.fits}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """A decision with what belongs to it, for one person."""

    decision: Any
    earlier: tuple[Earlier, ...]
    taken_out: tuple[TakenOut, ...]
    undone: tuple[Any, ...]
    statements: list[tuple[Any, str]]
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
        taken_out=taken_out(case),
        undone=undone(case),
        statements=[
            (one, _about(one.rating, case))
            for one in case.counter_statements.select_related("rating__assignment__rater")
        ],
        steps=list(case.next_steps.select_related("by", "written_by")),
        can_answer=states.can("answer_decision", facts),
        can_step=states.can("write_next_step", facts),
        over=case.round.state in states.OVER,
    )
