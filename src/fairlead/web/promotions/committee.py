"""Who sits in a committee and where they have no part: conflicts said, recusals recorded, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.promotions import taking_out
from fairlead.web.promotions.apart_models import CommitteeVote, SealedRating
from fairlead.web.promotions.case_models import RaterAssignment, VoteTally
from fairlead.web.promotions.facts import locked, locked_case, of_case, of_round, take
from fairlead.web.promotions.models import CommitteeSeat, Nomination, Recusal
from fairlead.web.promotions.states import CaseState
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Round

NONE = "none"
SHORTEST = 10


@transaction.atomic
def state_conflict(actor: Person, seat: CommitteeSeat, *, conflict: str) -> CommitteeSeat:
    """Say whether one has a conflict of interest in a round, and with whom; it can be said anew."""
    held = locked(seat.round)
    take("state_conflict", of_round(actor, held))
    mine = CommitteeSeat.objects.get(pk=seat.pk)
    if mine.person_id != actor.pk:
        raise Refused("Everybody says this for themselves.")
    mine.conflict, mine.stated_at = conflict.strip() or NONE, timezone.now()
    mine.save(update_fields=["conflict", "stated_at"])
    trail.record(actor, "state_conflict", mine)
    return mine


@transaction.atomic
def recuse(actor: Person, case: Nomination, person: Person, *, reason: str) -> Recusal:
    """Record that a member has no part in a case. It is never undone.

    Members recuse themselves; the chair and people operations can recuse somebody, and once ratings are open
    people operations alone. From then on what somebody rated is struck out and not deleted, a decision that
    nobody was told is undone, and one that was read keeps the objection beside it.
    """
    held = locked_case(case)
    stage = taking_out.stage_of(held)
    _state, to = take(RECUSES[stage], of_case(actor, held, reason=reason, about=person))
    if len(reason.strip()) < SHORTEST:
        raise Refused("Give the reason in a sentence; people operations and the chair read it.")
    if not held.round.seats.filter(person=person, **sits(stage)).exists():
        raise Refused("They do not sit in the committee of this round.")
    made, new = Recusal.objects.get_or_create(
        round=held.round,
        nomination=held,
        person=person,
        defaults={"reason": reason.strip(), "recorded_by": actor, "stage": stage},
    )
    if new:
        out = taking_out.take_out(held, person, stage)
        trail.record(actor, "recuse", made, subject=person, ratings=out)
        if stage == Recusal.Stage.UNDONE:
            _undo(actor, held, made, to or held.state)
    return made


RECUSES: Final = {
    Recusal.Stage.BEFORE: "recuse",
    Recusal.Stage.OPEN: "recuse",
    Recusal.Stage.UNDONE: "undo_decision",
    Recusal.Stage.AFTER: "object",
}


def sits(stage: Recusal.Stage) -> dict[str, None]:
    """Say whose seats count: of a committee that has finished, also of those who have left it since."""
    return {} if stage != Recusal.Stage.BEFORE else {"ended_at": None}


def _undo(actor: Person, case: Nomination, recusal: Recusal, to: str) -> None:
    found = taking_out.undo_decision(case, recusal)
    case.state, case.ended_at = to, None
    case.save(update_fields=["state", "ended_at"])
    if found is not None:
        trail.record(actor, "undo_decision", found)


@transaction.atomic
def leave(actor: Person, seat: CommitteeSeat, *, reason: str) -> None:
    """End a seat, and say why: what was not handed in or counted goes, what was handed in or counted stands.

    It is not undone: nobody comes into a committee after the opening. What they noted under their name stays.
    """
    held = locked(seat.round)
    mine = CommitteeSeat.objects.get(pk=seat.pk)
    if mine.ended_at is not None:
        raise Refused("This seat has ended already.")
    take("leave_committee", of_round(actor, held, other=mine.person_id != actor.pk))
    if len(reason.strip()) < SHORTEST:
        raise Refused("Give the reason in a sentence; people operations and the chair read it.")
    mine.ended_at, mine.ended_because = timezone.now(), reason.strip()
    mine.save(update_fields=["ended_at", "ended_because"])
    numbers = [one.pk for one in open_assignments(mine)]
    RaterAssignment.objects.filter(pk__in=numbers).update(
        ended_at=timezone.now(), ended_because=RaterAssignment.Ended.LEFT
    )
    with vault.on_duty("promotions"):
        SealedRating.objects.filter(assignment__in=numbers).delete()
        CommitteeVote.objects.filter(owner=mine.person, nomination__in=uncounted(held)).delete()
    if mine.person is not None:
        taking_out.give_back(mine.person, held, unfinished=True)
    trail.record(actor, "leave_committee", mine, subject=mine.person, assignments=len(numbers))
    erasing.for_good()


def open_assignments(seat: CommitteeSeat) -> list[RaterAssignment]:
    """Give what somebody is to rate and has not handed in: it ends with their seat."""
    found = RaterAssignment.objects.filter(
        nomination__round=seat.round_id,
        nomination__state=CaseState.STANDING,
        rater=seat.person,
        ended_at=None,
        handed_in_at=None,
    )
    return list(found.select_related("nomination__candidate").order_by("nomination__candidate__name", "pk"))


def uncounted(one: Round) -> list[UUID]:
    """Give the cases of a round whose votes were not counted: a vote there goes with its member."""
    counted = VoteTally.objects.filter(nomination__round=one).values("nomination")
    return list(one.nominations.exclude(pk__in=counted).values_list("pk", flat=True))
