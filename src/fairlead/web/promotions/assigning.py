"""Who rates whom: proposed so that ratings can be compared, checked before anybody rates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import trail, vault
from fairlead.web.promotions import letters
from fairlead.web.promotions.apart_models import SealedRating
from fairlead.web.promotions.case_models import RaterAssignment
from fairlead.web.promotions.facts import (
    RULES,
    barred,
    barred_by_rule,
    locked,
    locked_case,
    of_case,
    of_round,
    seats,
    take,
)
from fairlead.web.promotions.states import CaseState, RoundState
from fairlead.web.promotions.terms import policy_of
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from fairlead.core.assigning_raters import Assignment
    from fairlead.core.rater_design import Design
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination, Round


def standing(one: Round) -> list[Nomination]:
    """Give the cases that are rated, by the candidate's name."""
    found = one.nominations.filter(state=CaseState.STANDING).select_related("candidate", "opening")
    return list(found.order_by("candidate__name", "pk"))


def live(one: Round) -> list[RaterAssignment]:
    """Give the assignments that count."""
    found = RaterAssignment.objects.filter(
        nomination__round=one, nomination__state=CaseState.STANDING, ended_at=None, rater__isnull=False
    )
    return list(found.select_related("rater", "nomination__candidate").order_by("rater__name", "pk"))


def design(one: Round) -> Design | None:
    """Say how the ratings that are planned hang together; nothing where none is planned."""
    from fairlead.core.rater_design import assignment_design  # noqa: PLC0415 - no other page waits for scipy

    pairs = [(str(found.nomination.candidate_id), str(found.rater_id)) for found in live(one)]
    return assignment_design(pairs) if pairs else None


def plan(one: Round) -> Assignment | None:
    """Propose who rates whom; what stands already is kept. Nothing where nobody could rate anybody."""
    from fairlead.core.assigning_raters import assign  # noqa: PLC0415 - no other page waits for scipy

    cases, sat, policy = standing(one), seats(one), policy_of(one)
    if not cases or not sat:
        return None
    out = barred(cases)
    there = {(str(found.nomination_id), str(found.rater_id)) for found in live(one)}
    names = {str(case.pk): str(case.candidate) for case in cases}
    names |= {str(seat.person_id): str(seat.person) for seat in sat}
    raters = [str(seat.person_id) for seat in sat]
    shut = {(str(case.pk), rater) for case in cases for rater in raters if rater in _text(out[case.pk])}
    # A move in the roster can make somebody too close to a case that they were assigned before.
    kept = [pair for pair in sorted(there) if pair[1] in raters and pair not in shut]
    return assign(
        [str(case.pk) for case in cases],
        raters,
        per_ratee=policy.raters,
        most_per_rater=policy.most_cases,
        barred=sorted(shut),
        kept=kept,
        seed=one.assignment_seed,
        names=names,
    )


def _text(numbers: frozenset[object]) -> set[str]:
    return {str(one) for one in numbers}


@transaction.atomic
def assign_raters(actor: Person, one: Round) -> Assignment:
    """Assign as proposed; assignments that stand are kept, and more are added where a case lacks raters."""
    held = locked(one)
    take("assign_raters", of_round(actor, held))
    found = plan(held)
    if found is None:
        raise Refused("There is no case, or nobody in the committee who could rate one.")
    there = {(str(kept.nomination_id), str(kept.rater_id)) for kept in live(held)}
    new = [pair for pair in found.pairs if pair not in there]
    RaterAssignment.objects.bulk_create(
        RaterAssignment(nomination_id=case, rater_id=rater, made_by=actor) for case, rater in new
    )
    trail.record(actor, "assign_raters", held, assigned=len(new), seed=found.seed)
    if held.state == RoundState.RATING:
        tell_raters(held, only={rater for _case, rater in new})
    return found


def tell_raters(one: Round, *, only: Collection[str] | None = None) -> None:
    """Tell raters by mail that something waits: all who have not handed in, or some of them."""
    waiting = {found.rater for found in live(one) if found.handed_in_at is None}
    for rater in waiting:
        if rater is not None and (only is None or str(rater.pk) in only):
            letters.tell(rater, reverse("promotions:round", args=[one.pk]))


@transaction.atomic
def shuffle(actor: Person, one: Round) -> None:
    """Take the assignments of a round that nobody has rated in back, and propose others."""
    held = locked(one)
    take("assign_raters", of_round(actor, held))
    if held.state != "assigning":
        raise Refused("Raters have begun; single assignments can be ended.")
    RaterAssignment.objects.filter(nomination__round=held, ended_at=None).delete()
    held.assignment_seed += 1
    held.save(update_fields=["assignment_seed"])
    trail.record(actor, "shuffle_raters", held)


@transaction.atomic
def add_rater(actor: Person, case: Nomination, rater: Person) -> RaterAssignment:
    """Assign one rater by hand."""
    held = locked_case(case)
    take("assign_raters", of_round(actor, held.round))
    if says := refusal(held, rater):
        raise Refused(says)
    made = RaterAssignment.objects.create(nomination=held, rater=rater, made_by=actor)
    trail.record(actor, "assign_rater", made, subject=rater)
    if held.round.state == RoundState.RATING:
        letters.tell(rater, reverse("promotions:round", args=[held.round_id]))
    return made


def refusal(case: Nomination, rater: Person) -> str:
    """Say in one sentence why somebody cannot rate a case; nothing where they can."""
    one = case.round
    if case.state != CaseState.STANDING:
        return "This case is not in the round any more."
    if rater.pk not in {seat.person_id for seat in seats(one)}:
        return "They do not sit in the committee of this round."
    rule = barred_by_rule([case])[case.pk].get(rater.pk)
    if rule is not None:
        return f"{rater} has no part in this case: {RULES[rule]}."
    if rater.pk in barred([case])[case.pk]:
        return f"{rater} has no part in this case: they were recused."
    if any(found.nomination_id == case.pk and found.rater_id == rater.pk for found in live(one)):
        return f"{rater} rates this case already."
    return ""


@transaction.atomic
def end_assignment(actor: Person, assignment: RaterAssignment, *, because: str) -> None:
    """End one assignment that was not handed in; what was kept under it so far is destroyed."""
    held = locked_case(assignment.nomination)
    mine = RaterAssignment.objects.get(pk=assignment.pk)
    take("end_assignment", replace(of_case(actor, held), handed_in=mine.handed_in_at is not None))
    if mine.ended_at is not None:
        return
    if because not in {RaterAssignment.Ended.REASSIGNED, RaterAssignment.Ended.NOT_RATED}:
        raise Refused("Say whether somebody else rates, or that they did not rate in time.")
    mine.ended_at, mine.ended_because, mine.handed_in_at = timezone.now(), because, None
    mine.save(update_fields=["ended_at", "ended_because", "handed_in_at"])
    with vault.on_duty("promotions"):
        SealedRating.objects.filter(assignment=mine).delete()
    trail.record(actor, "end_assignment", mine, subject=mine.rater)
