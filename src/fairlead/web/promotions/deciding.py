"""A named person decides about a case; the candidate reads it and answers; what comes next is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.promotions import letters
from fairlead.web.promotions.case_models import CounterStatement, Decision, NextStep, Rating
from fairlead.web.promotions.cases import end_raters
from fairlead.web.promotions.facts import locked_case, of_case, take
from fairlead.web.promotions.states import OVER, CaseState
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from datetime import date

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination, Round


@transaction.atomic
def decide(actor: Person, case: Nomination, *, outcome: str, reasons: str) -> Decision:
    """Decide about a case in one's own name, with reasons that the candidate reads."""
    held = locked_case(case)
    if outcome not in Decision.Outcome.values:
        raise Refused("Choose one of the outcomes.")
    facts = of_case(actor, held, reason=reasons, promotes=outcome == Decision.Outcome.PROMOTED)
    _state, to = take("decide_case", facts)
    made = Decision.objects.create(
        nomination=held,
        by=actor,
        by_name=str(actor)[:120],
        outcome=outcome,
        reasons=reasons.strip(),
        calibration=held.round.calibrations.first(),
    )
    held.state, held.ended_at = to or held.state, timezone.now()
    held.save(update_fields=["state", "ended_at"])
    trail.record(actor, "decide_case", made, subject=held.candidate)
    return made


@transaction.atomic
def change(actor: Person, case: Nomination, *, outcome: str, reasons: str) -> Decision:
    """Change one's own decision before anybody is told; what it said before stays beside it."""
    held = locked_case(case)
    if outcome not in Decision.Outcome.values:
        raise Refused("Choose one of the outcomes.")
    take(
        "change_decision",
        of_case(actor, held, reason=reasons, promotes=outcome == Decision.Outcome.PROMOTED),
    )
    found = Decision.objects.select_for_update().get(nomination=held)
    if (found.outcome, found.reasons) == (outcome, reasons.strip()):
        raise Refused("It says this already. Change something, or leave it as it is.")
    now = timezone.now()
    was = {"outcome": found.outcome, "reasons": found.reasons, "until": now.isoformat()}
    found.earlier = [*found.earlier, was]
    found.outcome, found.reasons, found.changed_at = outcome, reasons.strip(), now
    found.calibration = held.round.calibrations.first()
    found.save(update_fields=["earlier", "outcome", "reasons", "changed_at", "calibration"])
    trail.record(actor, "change_decision", found, subject=held.candidate, version=len(found.earlier) + 1)
    return found


@transaction.atomic
def set_aside(actor: Person, case: Nomination, *, reason: str) -> None:
    """End a case that cannot be decided in this round, and say why; the candidate reads it."""
    held = locked_case(case)
    _state, to = take("set_aside", of_case(actor, held, reason=reason))
    held.state, held.ended_at, held.ended_because = to or held.state, timezone.now(), reason.strip()
    held.save(update_fields=["state", "ended_at", "ended_because"])
    end_raters(held)
    trail.record(actor, "set_aside", held, subject=held.candidate)


@transaction.atomic
def note_read(actor: Person, case: Nomination) -> None:
    """Note that the candidate has read the decision; nobody else's reading sets it."""
    if case.candidate_id == actor.pk and case.round.state in OVER:
        Decision.objects.filter(nomination=case, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def answer(actor: Person, case: Nomination, *, text: str, rating: str = "") -> CounterStatement:
    """Answer a decision, or the rating of a number, in one's own words; it stays beside it."""
    held = locked_case(case)
    take("answer_decision", of_case(actor, held))
    if not text.strip():
        raise Refused("Write what you want to say.")
    about = Rating.objects.filter(pk=rating, assignment__nomination=held).first() if rating else None
    if rating and about is None:
        raise Refused("This rating is not of your case.")
    made = CounterStatement.objects.create(nomination=held, rating=about, text=text.strip())
    trail.record(actor, "answer_decision", made)
    found = Decision.objects.filter(nomination=held).select_related("by__user").first()
    for one in dict.fromkeys((found.by if found else None, held.manager, held.sponsor)):
        if one is not None:
            letters.tell(one, _page(held))
    return made


def tell_all(one: Round) -> None:
    """Tell candidates, and those who carry their cases, by mail that a decision can be read."""
    found = one.nominations.filter(state=CaseState.DECIDED)
    for case in found.select_related("candidate__user", "manager__user", "sponsor__user"):
        for person in dict.fromkeys((case.candidate, case.manager, case.sponsor)):
            if person is not None:
                letters.tell(person, _page(case))


def _page(case: Nomination) -> str:
    return reverse("promotions:decision", args=[case.pk])


@transaction.atomic
def write_next_step(actor: Person, case: Nomination, *, text: str, by: Person, due: date) -> NextStep:
    """Write what is done next with somebody who was not promoted, who sees to it and by when."""
    held = locked_case(case)
    take("write_next_step", of_case(actor, held))
    if due < timezone.localdate():
        raise Refused("Choose a day that is still to come.")
    if by.pk not in {held.candidate_id, held.manager_id, held.sponsor_id, actor.pk}:
        raise Refused("The candidate, the manager or you see to it.")
    made = NextStep.objects.create(nomination=held, text=text.strip(), by=by, due=due, written_by=actor)
    trail.record(actor, "write_next_step", made, subject=held.candidate)
    return made


@transaction.atomic
def mark_done(actor: Person, step: NextStep, *, done: bool) -> None:
    """Say that a next step is done, or that it is not after all; whoever sees to it says so."""
    held = NextStep.objects.select_for_update().get(pk=step.pk)
    if held.by_id != actor.pk:
        raise Refused("Whoever sees to it says that it is done.")
    held.done_on = timezone.localdate() if done else None
    held.save(update_fields=["done_on"])
    verb = "finish_next_step" if done else "reopen_next_step"
    trail.record(actor, verb, held, subject=held.nomination.candidate)


def decided(case: Nomination) -> Decision | None:
    """Give the decision of a case, where there is one."""
    return Decision.objects.filter(nomination=case).first() if case.state == CaseState.DECIDED else None
