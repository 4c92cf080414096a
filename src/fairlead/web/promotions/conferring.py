"""What a committee does while it talks: notes under a name, votes kept apart until all are in, their count.

A count stands beside a decision and never instead of it: a named person decides, in writing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.access.relations import holds
from fairlead.web.grants.models import Role
from fairlead.web.promotions.apart_models import CommitteeVote
from fairlead.web.promotions.case_models import CalibrationNote, VoteTally
from fairlead.web.promotions.facts import barred, locked_case, of_case, seats, take
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination
    from fairlead.web.promotions.states import Facts

FOR, AGAINST, NOT_SURE = "for", "against", "not_sure"
VOTES: Final = (
    (FOR, "For it"),
    (AGAINST, "Against it"),
    (NOT_SURE, "I am not sure"),
)
LEAST: Final = 20
MOST_NOTES: Final = 100
"""Notes on one case: what a committee says, not a log of its meeting."""


def voters(case: Nomination) -> list[Person]:
    """Give who votes on a case: who sits in the committee, holds its role and has a part."""
    out = barred([case])[case.pk]
    found = [seat.person for seat in seats(case.round) if seat.person_id not in out]
    those = (one for one in found if one is not None and holds(one.user, Role.COMMITTEE))
    return sorted(those, key=lambda one: (str(one), one.pk))


def votes(case: Nomination) -> dict[Person, str]:
    """Give each vote that was said; for the house, which counts them and shows nobody one of another."""
    with vault.on_duty("promotions"):
        rows = CommitteeVote.objects.filter(nomination=case).select_related("owner")
        return {row.owner: row.vote for row in rows if row.vote}


def facts_of(actor: Person, case: Nomination) -> Facts:
    """Give what is so of a case, with how many votes are missing and whether they were counted."""
    counted = VoteTally.objects.filter(nomination=case).exists()
    return with_votes(of_case(actor, case), voters(case), votes(case), counted=counted)


def with_votes(facts: Facts, those: Collection[Person], said: Collection[Person], *, counted: bool) -> Facts:
    """Add to what is so of a case how many of those who vote have not, and whether votes were counted."""
    return replace(facts, voters=len(those), unvoted=sum(one not in said for one in those), counted=counted)


# --- notes ----------------------------------------------------------------------------------------


@transaction.atomic
def note(actor: Person, case: Nomination, *, text: str) -> CalibrationNote:
    """Note something about a case, under one's name."""
    held = locked_case(case)
    take("note_case", of_case(actor, held))
    _enough(text)
    if held.notes.count() >= MOST_NOTES:
        raise Refused(f"{MOST_NOTES} notes stand here, which is the most. Withdraw one of yours first.")
    made = CalibrationNote.objects.create(nomination=held, author=actor, text=text.strip())
    trail.record(actor, "note_case", made, subject=held.candidate)
    return made


@transaction.atomic
def change_note(actor: Person, found: CalibrationNote, *, text: str) -> CalibrationNote:
    """Change one's own note while the round is in calibration; that it was changed is shown."""
    case, held = _own_note(actor, found)
    _enough(text)
    if text.strip() != held.text:
        held.text, held.changed_at = text.strip(), timezone.now()
        held.save(update_fields=["text", "changed_at"])
        trail.record(actor, "change_note", held, subject=case.candidate)
    return held


@transaction.atomic
def withdraw_note(actor: Person, found: CalibrationNote) -> None:
    """Take one's own note back for good while the round is in calibration."""
    case, held = _own_note(actor, found)
    trail.record(actor, "withdraw_note", held, subject=case.candidate)
    held.delete()
    erasing.for_good()


def _own_note(actor: Person, found: CalibrationNote) -> tuple[Nomination, CalibrationNote]:
    case = locked_case(found.nomination)
    take("change_note", of_case(actor, case))
    held = CalibrationNote.objects.filter(pk=found.pk).first()
    if held is None:
        raise Refused("This note was withdrawn in another window.")
    if held.author_id != actor.pk:
        raise Refused("Everybody changes their own notes alone.")
    return case, held


def _enough(text: str) -> None:
    if len(text.strip()) < LEAST:
        raise Refused(f"Write what you saw or ask, in {LEAST} characters at least.")


# --- votes ----------------------------------------------------------------------------------------


@transaction.atomic
def vote(actor: Person, case: Nomination, *, said: str, notes: str = "") -> None:
    """Say how one sees a case, and keep notes for oneself; nobody else reads either."""
    held = locked_case(case)
    take("vote", facts_of(actor, held))
    if said and said not in dict(VOTES):
        raise Refused("Choose one of the answers.")
    if not said and not notes.strip():
        raise Refused("Choose an answer, or write a note for yourself.")
    with vault.seen_by(actor):
        before = CommitteeVote.objects.filter(owner=actor, nomination=held).first()
        CommitteeVote.objects.update_or_create(
            owner=actor,
            nomination=held,
            defaults={
                "vote": said or (before.vote if before else ""),
                "notes": notes.strip(),
                "changed_at": timezone.now(),
            },
        )
    # No subject: whose case it is need not see in their record who votes when.
    trail.record(actor, "vote", held)


@transaction.atomic
def take_vote_back(actor: Person, case: Nomination) -> None:
    """Take one's vote back while votes are not counted; one's own notes stay."""
    held = locked_case(case)
    take("vote", facts_of(actor, held))
    with vault.seen_by(actor):
        mine = CommitteeVote.objects.filter(owner=actor, nomination=held).first()
        if mine is None or not mine.vote:
            raise Refused("You have not voted on this case.")
        mine.vote, mine.changed_at = "", timezone.now()
        mine.save(update_fields=["vote", "changed_at"])
    trail.record(actor, "take_vote_back", held)
    erasing.for_good()


@transaction.atomic
def count(actor: Person, case: Nomination) -> VoteTally:
    """Count the votes once all are in; from then on nobody changes theirs."""
    held = locked_case(case)
    take("count_votes", facts_of(actor, held))
    counted = Counter(votes(held).values())
    made = VoteTally.objects.create(
        nomination=held,
        closed_by=actor,
        for_it=counted[FOR],
        against_it=counted[AGAINST],
        not_sure=counted[NOT_SURE],
    )
    trail.record(actor, "count_votes", made, subject=held.candidate)
    return made


def void(case: Nomination) -> None:
    """Let the vote on a case begin anew after it was counted: two counts would tell one member's vote.

    Called where somebody who voted has no part any more. Notes that members keep for themselves stay.
    """
    if not VoteTally.objects.filter(nomination=case).delete()[0]:
        return
    with vault.on_duty("promotions"):
        for row in CommitteeVote.objects.filter(nomination=case):
            row.vote = ""
            row.save(update_fields=["vote"])
