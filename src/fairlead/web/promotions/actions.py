"""What the room does when somebody leaves, and what others of its files do, under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from fairlead.web import vault
from fairlead.web.promotions import letters, taking_out
from fairlead.web.promotions.apart_models import SealedRating
from fairlead.web.promotions.case_models import Decision, PeerInput, RaterAssignment, UndoneDecision
from fairlead.web.promotions.letter_models import RoundMail
from fairlead.web.promotions.models import CommitteeSeat, FrameworkSignature, Nomination, Round
from fairlead.web.promotions.states import OPEN, CaseState, RoundState

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

RATED_APART = (RoundState.ASSIGNING, RoundState.RATING)
ERASED = "somebody who was erased"


@transaction.atomic
def forget(person: Person) -> None:
    """End what somebody does in rounds that run; what was decided stays as long as rounds are kept.

    What lies in the vault goes with its owner: ratings that were not opened, votes, input as it was written.
    """
    now = timezone.now()
    with vault.on_duty("erasure"):
        SealedRating.objects.filter(owner=person).delete()
        running = RaterAssignment.objects.filter(
            rater=person, ended_at=None, nomination__round__state__in=RATED_APART
        )
        running.update(ended_at=now, ended_because=RaterAssignment.Ended.LEFT, handed_in_at=None)
        CommitteeSeat.objects.filter(person=person, ended_at=None, round__state__in=OPEN).update(ended_at=now)
        live = Nomination.objects.filter(
            candidate=person, round__state__in=OPEN, state__in=[CaseState.PROPOSED, CaseState.STANDING]
        )
        live.update(state=CaseState.WITHDRAWN, ended_at=now)
        # As if they had taken it back: the summary and the answer tell what they said.
        PeerInput.objects.filter(author=person).update(
            state=PeerInput.State.WITHDRAWN, leaning="", summary="", answer="", summary_by=None,
            answered_by=None, answered_at=None, left_open=False,
        )  # fmt: skip
    for one in Round.objects.filter(nominations__inputs__summary_by=person).distinct():
        taking_out.give_back(person, one, unfinished=True)
    RoundMail.objects.filter(person=person).delete()
    FrameworkSignature.objects.filter(person=person, answer=FrameworkSignature.Answer.REFUSED).delete()


def tick() -> None:
    """Send the mail that is due: see ``letters``."""
    letters.tick()


def forget_names(person: Person) -> None:
    """Take the name of somebody erased out of what they decided; the decision stays with its reasons."""
    Decision.objects.filter(by=person).update(by_name=ERASED)
    UndoneDecision.objects.filter(by=person).update(by_name=ERASED)
