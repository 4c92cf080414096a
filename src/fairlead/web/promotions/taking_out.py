"""What happens to what somebody did in a case in which they should have had no part.

Before ratings are open it is destroyed: nobody has read it. Afterwards it is struck out and stays readable
with the reason, because what others have read and talked about is not undone by deleting it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from fairlead.web import erasing, vault
from fairlead.web.promotions import conferring
from fairlead.web.promotions.apart_models import CommitteeVote, SealedRating
from fairlead.web.promotions.case_models import (
    CalibrationNote,
    Decision,
    PeerInput,
    RaterAssignment,
    Rating,
    UndoneDecision,
)
from fairlead.web.promotions.models import Recusal, Round
from fairlead.web.promotions.states import OVER, RATINGS_OPEN, CaseState, RoundState

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination

HEARD: Final = (RoundState.EVIDENCE, RoundState.ASSIGNING, RoundState.RATING, RoundState.CALIBRATING)
"""While a summary of a colleague's input can be written by somebody else."""


def stage_of(case: Nomination) -> Recusal.Stage:
    """Say what a recusal changes now."""
    if case.round.state in OVER:
        return Recusal.Stage.AFTER
    if case.state == CaseState.DECIDED:
        return Recusal.Stage.UNDONE
    return Recusal.Stage.OPEN if case.round.state in RATINGS_OPEN else Recusal.Stage.BEFORE


def take_out(case: Nomination, person: Person, stage: Recusal.Stage) -> int:
    """Take everything somebody did in a case out of it; say how many open ratings that were.

    Votes are destroyed at any time, as they were promised to be read by nobody; a count begins anew. What was
    read already stays where it is: ratings and notes struck out, an objection beside a decision.
    """
    if stage == Recusal.Stage.AFTER:
        return 0
    live = RaterAssignment.objects.filter(nomination=case, rater=person, ended_at=None)
    numbers = list(live.values_list("pk", flat=True))
    now, recused = timezone.now(), RaterAssignment.Ended.RECUSED
    if stage == Recusal.Stage.BEFORE:
        live.update(ended_at=now, ended_because=recused, handed_in_at=None)
        CalibrationNote.objects.filter(nomination=case, author=person).delete()
    else:
        live.update(ended_at=now, ended_because=recused)
    give_back(person, case, unfinished=False)
    conferring.void(case)
    with vault.on_duty("promotions"):
        SealedRating.objects.filter(owner=person, assignment__in=numbers).delete()
        CommitteeVote.objects.filter(owner=person, nomination=case).delete()
    erasing.for_good()
    return Rating.objects.filter(assignment__in=numbers).count()


def give_back(person: Person, of: Nomination | Round, *, unfinished: bool) -> None:
    """Let somebody else of the committee write the summaries that a person took on.

    What they wrote is destroyed with what was answered to it, so that a new summary is heard as well; with
    ``unfinished`` what is written stands. Once deciding began nobody could write another, and it stands, too.
    """
    mine = PeerInput.objects.filter(summary_by=person)
    found = mine.filter(nomination__round=of) if isinstance(of, Round) else mine.filter(nomination=of)
    for row in found.filter(nomination__round__state__in=HEARD):
        if row.summary and unfinished:
            continue
        row.summary, row.summary_by = "", None
        row.answer, row.answered_by, row.answered_at, row.left_open = "", None, None, False
        row.save(update_fields=["summary", "summary_by", "answer", "answered_by", "answered_at", "left_open"])


def undo_decision(case: Nomination, recusal: Recusal) -> UndoneDecision | None:
    """Strike the decision about a case out before anybody was told it; the case is decided anew."""
    found = Decision.objects.filter(nomination=case).first()
    if found is None:
        return None
    kept = UndoneDecision.objects.create(
        nomination=case,
        recusal=recusal,
        by=found.by,
        by_name=found.by_name,
        outcome=found.outcome,
        reasons=found.reasons,
        earlier=found.earlier,
        decided_at=found.made_at,
    )
    found.delete()
    return kept
