"""Colleagues who are asked about a case: told beforehand who reads it, answered, never lost in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.finding import can_be_reached
from fairlead.web.promotions import letters
from fairlead.web.promotions.apart_models import PeerWords
from fairlead.web.promotions.case_models import PeerInput
from fairlead.web.promotions.facts import locked_case, of_case, seats
from fairlead.web.promotions.models import Nomination
from fairlead.web.promotions.states import LIVE, CaseState, Facts, RoundState, Who
from fairlead.web.promotions.terms import policy_of
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from fairlead.web.people.models import Person

OPEN: Final = (RoundState.EVIDENCE, RoundState.ASSIGNING, RoundState.RATING, RoundState.CALIBRATING)
MOST: Final = 12
LEAST: Final = 20
LEAST_NAME: Final = 3
"""Letters of a part of a name that is looked for: initials stand in every text."""
READ_BY: Final = {
    PeerInput.Form.NAMED: (
        "Your words are read with your name: by the manager and the sponsor of the case and by members of "
        "the committee who have a part in it, as soon as you send them; by the candidate and the manager’s "
        "manager once the round is decided."
    ),
    PeerInput.Form.SUMMARIZED: (
        "One member of the committee reads your words with your name and writes a summary. Everybody else "
        "reads the summary without your name: the manager, the sponsor and the committee; the candidate and "
        "the manager’s manager once the round is decided. You can read the summary, and take your words "
        "back. Whoever asked you knows that they asked you, and where few are asked others may guess."
    ),
}
"""What the author is told before writing; what happens is exactly this."""


@transaction.atomic
def ask(actor: Person, case: Nomination, author: Person, *, form: str) -> PeerInput:
    """Ask a colleague what they saw, and tell them in which form it is read."""
    held = locked_case(case)
    _open(held)
    _near(of_case(actor, held))
    if form not in PeerInput.Form.values:
        raise Refused("Say whether the input is read with the name or as a summary.")
    near = {held.candidate_id, held.manager_id, held.sponsor_id, held.above_id, actor.pk}
    if author.pk in near | ({held.advocate_id} if held.advocate_wants == Nomination.Wants.YES else set()):
        raise Refused("Ask a colleague: the candidate and those who carry the case speak in the case itself.")
    if author.pk in {seat.person_id for seat in seats(held.round)}:
        raise Refused("They sit in the committee of this round and rate; ask somebody else.")
    if held.round.nominations.filter(candidate=author, state__in=LIVE).exists():
        raise Refused("They have a case of their own in this round; ask somebody who does not.")
    if not can_be_reached(author):
        raise Refused("They have no account that can be reached.")
    if held.inputs.filter(author=author).exists():
        raise Refused("They have been asked about this case already.")
    if held.inputs.count() >= MOST:
        raise Refused(f"Up to {MOST} colleagues are asked about a case; readers tire after fewer.")
    made = PeerInput.objects.create(nomination=held, author=author, asked_by=actor, form=form)
    trail.record(actor, "ask_peer", made, subject=author)
    letters.tell(author, reverse("promotions:peer_write", args=[made.pk]))
    return made


def _open(case: Nomination) -> None:
    if case.round.state not in OPEN or case.state != CaseState.STANDING:
        raise Refused(
            "Colleagues are asked and heard from the gathering of evidence to the end of calibration."
        )


def _near(facts: Facts) -> None:
    _no_part(facts)
    if not facts.who & {Who.MANAGER, Who.MEMBER, Who.CHAIR}:
        raise Refused("The manager, the sponsor and the committee ask colleagues.")


def _no_part(facts: Facts) -> None:
    if facts.actor in facts.barred and Who.MANAGER not in facts.who:
        raise Refused("You have no part in this case: you were recused, or you are too close to it.")


def _held(found: PeerInput) -> tuple[Nomination, PeerInput]:
    case = locked_case(found.nomination)
    return case, PeerInput.objects.get(pk=found.pk)


@transaction.atomic
def write(actor: Person, found: PeerInput, *, text: str, leaning: str) -> None:
    """Write, in the form one was told; it can be changed until somebody has worked with it."""
    case, held = _held(found)
    _open(case)
    if held.author_id != actor.pk or held.state not in {PeerInput.State.ASKED, PeerInput.State.WRITTEN}:
        raise Refused("This question is over.")
    if held.summary or held.answered_at or held.summary_by_id:
        raise Refused("Somebody has begun to work with your words. You can take them back.")
    if leaning not in PeerInput.Leaning.values:
        raise Refused("Say whether it speaks for the case, against it, or sees both sides.")
    if len(text.strip()) < LEAST:
        raise Refused("Write what you saw, in a sentence at least.")
    with vault.seen_by(actor):
        PeerWords.objects.update_or_create(owner=actor, input=held, defaults={"text": text.strip()})
    held.state, held.leaning, held.written_at = PeerInput.State.WRITTEN, leaning, timezone.now()
    held.save(update_fields=["state", "leaning", "written_at"])
    trail.record(actor, "write_peer", held)


@transaction.atomic
def decline(actor: Person, found: PeerInput) -> None:
    """Say that one does not want to; no reason is asked for."""
    case, held = _held(found)
    _open(case)
    if held.author_id != actor.pk or held.state != PeerInput.State.ASKED:
        raise Refused("This question is over.")
    held.state = PeerInput.State.DECLINED
    held.save(update_fields=["state"])
    trail.record(actor, "decline_peer", held)


@transaction.atomic
def withdraw(actor: Person, found: PeerInput) -> None:
    """Take one's words back, with the summary made of them and the answer to them."""
    case, held = _held(found)
    _open(case)
    if held.author_id != actor.pk or held.state != PeerInput.State.WRITTEN:
        raise Refused("There is nothing to take back.")
    with vault.seen_by(actor):
        PeerWords.objects.filter(owner=actor, input=held).delete()
    held.state, held.leaning, held.summary, held.answer = PeerInput.State.WITHDRAWN, "", "", ""
    held.summary_by = held.answered_by = held.answered_at = None
    held.left_open = False
    held.save()
    trail.record(actor, "withdraw_peer", held)
    erasing.for_good()


@transaction.atomic
def take_back(actor: Person, case: Nomination, voice: UUID) -> None:
    """Take back a question that one asked with the name, while nobody has answered it.

    One that asks for a summary stays: whether it can be taken back would tell whether it was written.
    """
    held = locked_case(case)
    _open(held)
    named = held.inputs.filter(form=PeerInput.Form.NAMED, asked_by=actor)
    found = named.filter(voice=voice, state=PeerInput.State.ASKED).first()
    if found is None:
        raise Refused(
            "This question is answered, or not yours to take back. What asks for a summary stays asked."
        )
    trail.record(actor, "take_back_peer", found, subject=found.author)
    found.delete()


@transaction.atomic
def take_summary(actor: Person, found: PeerInput) -> None:
    """Take on writing the summary: from now on one person alone reads the words."""
    case, held = _held(found)
    _open(case)
    _writes_summary(of_case(actor, case), held)
    if held.summary_by_id not in {None, actor.pk}:
        raise Refused("Somebody else of the committee writes this summary.")
    held.summary_by = actor
    held.save(update_fields=["summary_by"])
    trail.record(actor, "take_summary", held, subject=held.author)


@transaction.atomic
def summarize(actor: Person, found: PeerInput, *, text: str) -> None:
    """Write the summary without the author's name."""
    case, held = _held(found)
    _open(case)
    _writes_summary(of_case(actor, case), held)
    if held.summary_by_id != actor.pk:
        raise Refused("Take the summary on first; then you alone read the words.")
    if held.answered_at is not None:
        raise Refused("It was answered already.")
    if len(text.strip()) < LEAST:
        raise Refused("Write what it says, in a sentence at least.")
    if named := _named(held.author, text):
        raise Refused(f"The summary names its author (“{named}”). They were told that it would not.")
    held.summary = text.strip()
    held.save(update_fields=["summary"])
    trail.record(actor, "summarize_peer", held, subject=held.author)


def _named(author: Person | None, text: str) -> str:
    """Find the author in a summary: a part of the name, or of the address they sign in with."""
    if author is None:
        return ""
    address = author.user.email if author.user is not None else ""
    parts = re.findall(r"\w+", f"{author} {author.name} {address.partition('@')[0]}")
    found = set(re.findall(r"\w+", text.casefold()))
    forms = {part: {part.casefold(), f"{part.casefold()}s"} for part in parts if len(part) >= LEAST_NAME}
    return next((part for part, could_be in forms.items() if could_be & found), "")


def _writes_summary(facts: Facts, held: PeerInput) -> None:
    if Who.MEMBER not in facts.who or facts.actor in facts.barred:
        raise Refused("A member of the committee who has a part in the case writes the summary.")
    if held.form != PeerInput.Form.SUMMARIZED or held.state != PeerInput.State.WRITTEN:
        raise Refused("There is nothing to summarize.")


def readable(held: PeerInput) -> bool:
    """Say whether anybody beside its author and whoever summarizes it can read it."""
    written = held.state == PeerInput.State.WRITTEN
    return written and (held.form == PeerInput.Form.NAMED or bool(held.summary))


@transaction.atomic
def answer(actor: Person, found: PeerInput, *, text: str) -> None:
    """Answer what a colleague said, in words that all read who read it."""
    case, held = _held(found)
    _open(case)
    if Who.MANAGER not in of_case(actor, case).who:
        raise Refused("The manager or the sponsor answers.")
    _answered(actor, case, held, text, least=LEAST, left_open=False)
    # Of the case, not of the input: one's own record says which input one asked whom for.
    trail.record(actor, "answer_peer", case, subject=case.candidate)


@transaction.atomic
def leave_open(actor: Person, found: PeerInput, *, text: str) -> None:
    """Say as the chair why something stays unanswered, in words that the candidate reads."""
    case, held = _held(found)
    _open(case)
    facts = of_case(actor, case)
    if Who.CHAIR not in facts.who or facts.actor in facts.barred:
        raise Refused("Whoever chairs the committee says this.")
    _answered(actor, case, held, text, least=policy_of(case.round).least_reasons, left_open=True)
    trail.record(actor, "leave_open", case, subject=case.candidate)


def _answered(
    actor: Person, case: Nomination, held: PeerInput, text: str, *, least: int, left_open: bool
) -> None:
    del case
    if not readable(held):
        raise Refused("There is nothing to answer yet.")
    if len(text.strip()) < least:
        raise Refused(f"Write at least {least} characters: the candidate reads them.")
    held.answer, held.answered_by, held.answered_at = text.strip(), actor, timezone.now()
    held.left_open = left_open
    held.save(update_fields=["answer", "answered_by", "answered_at", "left_open"])
