"""What is so, for ``states.take``: read from the tables, for one actor, one round and one case."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from fairlead.web import vault
from fairlead.web.access.relations import holds
from fairlead.web.grants.models import Role
from fairlead.web.promotions import states, terms
from fairlead.web.promotions.apart_models import CommitteeVote
from fairlead.web.promotions.case_models import (
    CalibrationNote,
    Decision,
    PeerInput,
    RaterAssignment,
    Rating,
)
from fairlead.web.promotions.closeness import (
    RULES,
    barred,
    barred_by_rule,
    recorded_late,
)
from fairlead.web.promotions.models import CommitteeSeat, Nomination, Recusal, Round
from fairlead.web.promotions.states import CaseState, Facts, RoundState, Who
from fairlead.web.promotions.terms import policy_of
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from fairlead.web.people.models import Person

    Out = Mapping[UUID, frozenset[UUID]]

__all__ = ["RULES", "barred", "barred_by_rule"]


def locked(one: Round) -> Round:
    """Give a round as it stands, for this transaction alone."""
    return Round.objects.select_for_update(of=("self",)).select_related("framework").get(pk=one.pk)


def locked_case(case: Nomination) -> Nomination:
    """Give a case and its round as they stand, for this transaction alone; the round is locked first."""
    held = locked(case.round)
    found = Nomination.objects.select_for_update(of=("self",)).select_related("opening").get(pk=case.pk)
    found.round = held
    return found


def seats(one: Round) -> list[CommitteeSeat]:
    """Give the seats that count: nobody left them."""
    return [seat for seat in one.seats.all() if seat.ended_at is None and seat.person_id is not None]


def involved(case: Nomination) -> frozenset[UUID]:
    """Give those whose ratings, votes or notes stand in a case, or who are to rate it.

    Notes of somebody who was taken out later stand there as struck out, and count no more.
    """
    struck = Recusal.objects.filter(recorded_late(), nomination=case, person__isnull=False)
    people = set(
        RaterAssignment.objects.filter(nomination=case, ended_at=None).values_list("rater", flat=True)
    )
    notes = CalibrationNote.objects.filter(nomination=case).exclude(author__in=struck.values("person"))
    people |= set(notes.values_list("author", flat=True))
    with vault.on_duty("promotions"):
        people |= set(CommitteeVote.objects.filter(nomination=case).values_list("owner", flat=True))
    return frozenset(people - {None})


def of_round(actor: Person | None, one: Round, *, reason: str = "", other: bool = False) -> Facts:
    """Give what is so of a round for somebody who wants to take a step of it."""
    sat = seats(one)
    who = _who(actor, sat, one)
    out = _out_of(one) if who and one.state in states.OPEN | states.OVER else {}
    return Facts(
        round=RoundState(one.state),
        actor=str(actor.pk) if actor else "",
        who=who,
        reason=reason,
        least=policy_of(one).least_reasons,
        unchanged=one.state == RoundState.DRAFT or terms.unchanged(one),
        early=terms.is_early(one, timezone.localdate()),
        near=_near(actor, out),
        other=other,
        fits=fits(one, out if who else None),
        signed=one.framework.state == "signed",
        openings=one.openings.count(),
        chairs=sum(seat.part == CommitteeSeat.Part.CHAIR for seat in sat),
        members=len(sat),
        silent=sum(seat.stated_at is None for seat in sat),
        voices=len(unheard(one)),
        way_back=bool(policy_of(one).way_back),
        **_cases(one),
        **_design(one),
    )


def _out_of(one: Round, *also: Nomination) -> Out:
    """Say who has no part in which of the cases of a round that stand in it, and in these."""
    live = {case.pk: case for case in one.nominations.filter(state__in=states.LIVE)}
    return barred(list((live | {case.pk: case for case in also}).values()))


def _near(actor: Person | None, out: Out) -> bool:
    """Say whether somebody has no part in some case of a round: then they steer none of the others."""
    return actor is not None and any(actor.pk in people for people in out.values())


def fits(one: Round, out: Out | None = None) -> bool:
    """Say whether the newest figures of a round are of the ratings that count now."""
    from fairlead.web.promotions import calibration  # noqa: PLC0415 - calibration asks facts

    if one.state not in {RoundState.CALIBRATING, RoundState.DECIDING}:
        return True
    newest = one.calibrations.first()
    rows = calibration.rows_of(one, out)
    return not rows or (newest is not None and newest.ratings_sha256 == calibration.digest_of(rows))


def _cases(one: Round) -> dict[str, Any]:
    counts = dict(one.nominations.values_list("state").annotate(n=Count("pk")).order_by())
    told = Decision.objects.filter(nomination__round=one).exclude(outcome=Decision.Outcome.PROMOTED)
    standing = counts.get(CaseState.STANDING, 0)
    return {
        "cases": standing + counts.get(CaseState.DECIDED, 0),
        "unanswered": counts.get(CaseState.PROPOSED, 0),
        "undecided": standing + counts.get(CaseState.PROPOSED, 0),
        "without_step": told.filter(nomination__next_steps=None).count(),
    }


def unheard(one: Round) -> list[PeerInput]:
    """Give what colleagues wrote that nobody could read yet, or that speaks against a case unanswered."""
    if one.state != RoundState.CALIBRATING:
        return []
    found = PeerInput.objects.filter(
        nomination__round=one, nomination__state=CaseState.STANDING, state=PeerInput.State.WRITTEN
    ).select_related("nomination__candidate")
    return [
        row
        for row in found
        if (row.form == PeerInput.Form.SUMMARIZED and not row.summary)
        or (row.leaning == PeerInput.Leaning.AGAINST and row.answered_at is None)
    ]


def _design(one: Round) -> dict[str, Any]:
    """Say whether ratings can be compared, how many cases lack raters, who has not handed in."""
    if one.state not in {RoundState.ASSIGNING, RoundState.RATING}:
        return {}
    from fairlead.core.rater_design import assignment_design  # noqa: PLC0415 - no other page waits for scipy

    live = list(
        RaterAssignment.objects.filter(
            nomination__round=one, nomination__state=CaseState.STANDING, ended_at=None, rater__isnull=False
        ).values_list("nomination", "rater", "handed_in_at")
    )
    raters: dict[Any, set[Any]] = defaultdict(set)
    for case, rater, _when in live:
        raters[case].add(rater)
    standing = list(one.nominations.filter(state=CaseState.STANDING).values_list("pk", flat=True))
    pairs = [(str(case), str(rater)) for case, rater, _when in live]
    return {
        "connected": bool(pairs) and set(standing) <= set(raters) and assignment_design(pairs).connected,
        "short": sum(len(raters[case]) < policy_of(one).raters for case in standing),
        "waiting": sum(when is None for _case, _rater, when in live),
    }


def of_case(
    actor: Person | None,
    case: Nomination,
    *,
    reason: str = "",
    promotes: bool = False,
    about: Person | None = None,
) -> Facts:
    """Give what is so of a case for somebody who wants to take a step of it, maybe about another person."""
    one, policy, sat = case.round, policy_of(case.round), seats(case.round)
    all_out = _out_of(one, case)
    out = all_out[case.pk]
    mine = None if actor is None else _assignment(actor, case)
    filled = Decision.objects.filter(
        nomination__opening=case.opening_id, outcome=Decision.Outcome.PROMOTED
    ).count()
    decided = Decision.objects.filter(nomination=case).first()
    live = Q(assignment__nomination=case, assignment__ended_at=None, score__isnull=False)
    rated = [
        rater
        for rater in Rating.objects.filter(live).values_list("assignment__rater", flat=True)
        if rater not in out
    ]
    who = _who(actor, sat, one) | _who_of_case(actor, case, out, mine)
    return Facts(
        round=RoundState(one.state),
        case=CaseState(case.state),
        actor=str(actor.pk) if actor else "",
        who=who,
        reason=reason,
        least=policy.least_reasons,
        unchanged=terms.unchanged(one),
        near=_near(actor, all_out),
        other=about is not None and about != actor,
        members=len(sat),
        raters=len(set(rated)),
        least_raters=policy.least_raters,
        with_part=sum(seat.person_id not in out for seat in sat),
        fits=fits(one, all_out),
        handed_in=mine is not None and mine.handed_in_at is not None,
        rated=len(rated),
        barred=frozenset(str(pk) for pk in out),
        involved=frozenset(str(pk) for pk in involved(case)),
        places=case.opening.headcount - filled,
        promotes=promotes,
        promoted=decided is not None and decided.outcome == Decision.Outcome.PROMOTED,
        decider=str(decided.by_id or "") if decided is not None else "",
        self_nomination=policy.self_nomination,
    )


def _assignment(actor: Person, case: Nomination) -> RaterAssignment | None:
    return RaterAssignment.objects.filter(nomination=case, rater=actor, ended_at=None).first()


def who_runs(actor: Person) -> frozenset[Who]:
    """Say whether somebody is of people operations, for a round that has no seats yet."""
    return _who(actor, [])


def _who(actor: Person | None, sat: list[CommitteeSeat], one: Round | None = None) -> frozenset[Who]:
    """Say who somebody is to a round; whoever has a case of their own in it does not run it."""
    if actor is None:
        return frozenset()
    found = set()
    own = one is not None and one.nominations.filter(candidate=actor, state__in=states.LIVE).exists()
    if not own and holds(actor.user, Role.PEOPLE_OPERATIONS):
        found.add(Who.PEOPLE_OPERATIONS)
    mine = [seat for seat in sat if seat.person_id == actor.pk]
    if mine and holds(actor.user, Role.COMMITTEE):
        found.add(Who.MEMBER)
        if mine[0].part == CommitteeSeat.Part.CHAIR:
            found.add(Who.CHAIR)
    return frozenset(found)


def _who_of_case(
    actor: Person | None, case: Nomination, out: frozenset[UUID], mine: RaterAssignment | None
) -> frozenset[Who]:
    """Add who somebody is to a case; where the chair has no part in it, one named member stands in."""
    if actor is None:
        return frozenset()
    found = set()
    if actor.pk == case.candidate_id:
        found.add(Who.CANDIDATE)
    if actor.pk in {case.manager_id, case.sponsor_id}:
        found.add(Who.MANAGER)
    if mine is not None:
        found.add(Who.RATER)
    sat = seats(case.round)
    if actor.pk == chair_of(case, sat, out) and Who.MEMBER in _who(actor, sat):
        found.add(Who.CHAIR)
    return frozenset(found)


def chair_of(case: Nomination, sat: list[CommitteeSeat], out: frozenset[UUID]) -> UUID | None:
    """Give who chairs for a case: the chair, or else the first in the drawn order who has a part in it."""
    chairs = [seat for seat in sat if seat.part == CommitteeSeat.Part.CHAIR]
    order = [*chairs, *sorted(sat, key=lambda seat: _lot(case.round, seat))]
    return next((seat.person_id for seat in order if seat.person_id not in out), None)


def _lot(one: Round, seat: CommitteeSeat) -> str:
    """Draw the place of a seat in the order of those who stand in: fixed by the round, chosen by nobody."""
    return hashlib.sha256(f"{one.pk}:{seat.person_id}".encode()).hexdigest()


def standing_in(one: Round) -> list[CommitteeSeat]:
    """Give the members in the order in which they stand in where the chair has no part, or is gone."""
    others = [seat for seat in seats(one) if seat.part != CommitteeSeat.Part.CHAIR]
    return sorted(others, key=lambda seat: _lot(one, seat))


def take(verb: str, facts: Facts) -> tuple[RoundState, CaseState | None]:
    """Take a step, or refuse it in one sentence."""
    try:
        return states.take(verb, facts)
    except states.NotNow as refusal:
        raise Refused(str(refusal)) from None
