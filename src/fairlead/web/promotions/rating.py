"""Reading a case, rating it alone, handing in; and the one moment at which all ratings are opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.promotions.apart_models import SealedRating
from fairlead.web.promotions.case_models import RESTS_ON, RaterAssignment, Rating
from fairlead.web.promotions.cases import asked_of
from fairlead.web.promotions.facts import locked_case, of_case, take
from fairlead.web.promotions.terms import policy_of
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination, Round

LEAST_WORDS: Final = 20
"""Characters of evidence behind a rating: a sentence, not a word."""

BASES: Final = {name for name, _words in RESTS_ON}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One rating as a rater gives it; ``score`` is nothing where they cannot say."""

    criterion: str
    score: int | None
    rests_on: str = ""
    words: str = ""


def shown() -> Q:
    """Give open ratings that count, and those of somebody who was taken out later, which are struck out."""
    recused = RaterAssignment.Ended.RECUSED
    return Q(assignment__ended_at=None) | Q(assignment__ended_because=recused)


def assignment_of(actor: Person, case: Nomination) -> RaterAssignment:
    """Give the rater's own assignment of a case; ``Refused`` where there is none that counts."""
    found = RaterAssignment.objects.filter(nomination=case, rater=actor, ended_at=None).first()
    if found is None:
        raise Refused("You do not rate this case.")
    return found


@transaction.atomic
def read_evidence(actor: Person, case: Nomination) -> None:
    """Note when a rater first opened the evidence: a rating given before is marked so."""
    mine = RaterAssignment.objects.filter(nomination=case, rater=actor, ended_at=None, read_at=None)
    mine.update(read_at=timezone.now())


@transaction.atomic
def rate(actor: Person, case: Nomination, given: Given) -> SealedRating:
    """Keep one rating; nobody else reads it before calibration, whatever their role."""
    held = locked_case(case)
    take("rate", of_case(actor, held))
    _check(held, given)
    content = {"score": given.score, "rests_on": given.rests_on, "words": given.words.strip()}
    if given.score is None:
        content = {"score": None, "rests_on": "", "words": given.words.strip()}
    with vault.seen_by(actor):
        kept, _new = SealedRating.objects.update_or_create(
            owner=actor,
            assignment=assignment_of(actor, held),
            criterion=given.criterion,
            defaults={"content": content, "given_at": timezone.now()},
        )
    trail.record(actor, "rate", held, subject=held.candidate)
    return kept


def _check(case: Nomination, given: Given) -> None:
    if given.criterion not in asked_of(case):
        raise Refused("This level does not ask that criterion.")
    if given.score is None:
        return
    most = len(policy_of(case.round).scale)
    if not 1 <= given.score <= most:
        raise Refused(f"A score is a whole number from 1 to {most}.")
    if given.rests_on not in BASES:
        raise Refused("Say what this rating rests on.")
    if len(given.words.strip()) < LEAST_WORDS:
        raise Refused(
            f"Say in at least {LEAST_WORDS} characters what was done that this rating rests on, or that you "
            "cannot say."
        )


@transaction.atomic
def hand_in(actor: Person, case: Nomination) -> RaterAssignment:
    """Make one's ratings of a case final."""
    held = locked_case(case)
    mine = assignment_of(actor, held)
    with vault.seen_by(actor):
        rated = set(SealedRating.objects.filter(assignment=mine).values_list("criterion", flat=True))
    facts = replace(of_case(actor, held), complete=rated >= set(asked_of(held)))
    take("hand_in", facts)
    mine.handed_in_at = timezone.now()
    mine.save(update_fields=["handed_in_at"])
    trail.record(actor, "hand_in", mine, subject=held.candidate)
    return mine


def open_all(one: Round) -> int:
    """Move every rating that was handed in out of the vault at once; say how many.

    Called by the step to calibration alone, inside its transaction; afterwards no rating is left apart.
    """
    with vault.on_duty("promotions"):
        apart = list(
            SealedRating.objects.filter(
                assignment__nomination__round=one,
                assignment__ended_at=None,
                assignment__handed_in_at__isnull=False,
            )
        )
        Rating.objects.bulk_create(
            Rating(
                assignment_id=kept.assignment_id,
                criterion=kept.criterion,
                score=kept.content.get("score"),
                rests_on=kept.content.get("rests_on", ""),
                words=kept.content.get("words", ""),
                given_at=kept.given_at,
            )
            for kept in apart
        )
        SealedRating.objects.filter(assignment__nomination__round=one).delete()
    erasing.for_good()
    return len(apart)
