"""What pages say about those who were taken out of a case, and about what was undone because of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.timezone import localdate

from fairlead.web.promotions import committee, states, taking_out
from fairlead.web.promotions.closeness import RULES, barred_by_rule, recorded_late
from fairlead.web.promotions.facts import of_case
from fairlead.web.promotions.models import Recusal
from fairlead.web.promotions.states import OVER, RATINGS_OPEN
from fairlead.web.promotions.terms import policy_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.case_models import UndoneDecision
    from fairlead.web.promotions.models import Nomination

ERASED = "Somebody who was erased"


LONG_ENOUGH: Final = "a reason to come in quite as many different words as anybody asks for " * 80
"""A reason to come: pages say what else stands against a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """Who was taken out of a case, when, and why where that is told: from the opening of ratings on."""

    who: str
    day: date
    when: str
    by: str
    reason: str
    objection: bool


def taken_out(case: Nomination) -> tuple[TakenOut, ...]:
    """List who was taken out of a case, in time; a reason from before ratings were open stays shut."""
    found = Recusal.objects.filter(nomination=case).select_related("person", "recorded_by")
    return tuple(
        TakenOut(
            who=str(row.person or ERASED),
            day=localdate(row.made_at),
            when=row.get_stage_display(),
            by="" if row.recorded_by_id == row.person_id else str(row.recorded_by or ERASED),
            reason="" if row.stage == Recusal.Stage.BEFORE else row.reason,
            objection=row.stage == Recusal.Stage.AFTER,
        )
        for row in found.order_by("made_at", "pk")
    )


def undone(case: Nomination) -> tuple[UndoneDecision, ...]:
    """Give the decisions about a case that were undone before anybody was told them."""
    return tuple(case.undone_decisions.select_related("recusal__person").order_by("decided_at"))


def struck(case: Nomination) -> Mapping[UUID, str]:
    """Say of whom ratings and notes of a case stand there and do not count, and why.

    By a rule somebody loses their part only while the round runs: a move after it changes nothing of it.
    """
    rules = {} if case.round.state in OVER else barred_by_rule([case])[case.pk]
    found = {person: f"Not counted: {RULES[rule]}." for person, rule in rules.items()}
    recused = Recusal.objects.filter(recorded_late(), nomination=case, person__isnull=False)
    for row in recused.exclude(stage=Recusal.Stage.AFTER):
        if row.person_id is not None:
            day = date_format(localdate(row.made_at), "j F Y")
            found[row.person_id] = f"Not counted since {day}, because: {row.reason}"
    return found


# --- taking somebody out --------------------------------------------------------------------------


def may_be_recused(person: Person, case: Nomination) -> list[Person]:
    """Give whom somebody can take out of a case now: themselves if they sit there, others by ``states``."""
    stage = taking_out.stage_of(case)
    facts = of_case(person, case, reason=LONG_ENOUGH)
    sat = case.round.seats.filter(person__isnull=False, **committee.sits(stage)).select_related("person")
    there = set(Recusal.objects.filter(nomination=case).values_list("person", flat=True))
    may = {
        other: states.can(committee.RECUSES[stage], replace(facts, other=other)) for other in (False, True)
    }
    found = [seat.person for seat in sat if seat.person is not None and seat.person_id not in there]
    return sorted((one for one in found if may[one != person]), key=str)


def recusal_stage(case: Nomination) -> str:
    """Say what a recusal changes now."""
    return str(taking_out.stage_of(case))


def recusal_told(case: Nomination) -> str:
    """Say who reads why somebody has no part, before it is written."""
    if case.round.state not in RATINGS_OPEN:
        return "People operations and the chair read it; the candidate does not."
    return (
        "Everybody who reads the ratings of this case reads it, the candidate too once the round is decided. "
        f"For somebody else write at least {policy_of(case.round).least_reasons} characters."
    )
