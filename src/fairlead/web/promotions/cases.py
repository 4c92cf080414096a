"""A case: nominated, agreed to, written down with its evidence, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.finding import can_be_reached
from fairlead.web.promotions import letters
from fairlead.web.promotions.apart_models import CommitteeVote, PeerWords, SealedRating
from fairlead.web.promotions.case_models import (
    CalibrationNote,
    PeerInput,
    RaterAssignment,
    Rating,
    VoteTally,
)
from fairlead.web.promotions.facts import locked, locked_case, of_case, of_round, take
from fairlead.web.promotions.models import CaseEvidence, Nomination, Opening, Round, SelfRating
from fairlead.web.promotions.states import LIVE, Who
from fairlead.web.promotions.terms import framework_of, policy_of
from fairlead.web.roster.models import Position
from fairlead.web.runs.actions import Refused, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fairlead.web.people.models import Person

TEXTS: Final = ("team_benefit", "preparation", "argument", "loss_impact")
MOST_EVIDENCE: Final = 60
MOST_EARLIER: Final = 24
"""Former texts that stay beside a case."""


@transaction.atomic
def nominate_oneself(actor: Person, one: Round, opening: Opening) -> Nomination:
    """Put one's own case into a round."""
    return _nominate(actor, one, opening, actor, "nominate_oneself", Who.CANDIDATE)


@transaction.atomic
def nominate(actor: Person, one: Round, opening: Opening, candidate: Person) -> Nomination:
    """Nominate somebody who reports to one; it counts when they have said yes."""
    if manager_of(candidate) != actor:
        raise Refused("You can nominate those who report to you today.")
    return _nominate(actor, one, opening, candidate, "nominate", Who.MANAGER)


def _nominate(
    actor: Person, one: Round, opening: Opening, candidate: Person, verb: str, who: Who
) -> Nomination:
    held = locked(one)
    known = of_round(actor, held)
    facts = replace(known, who=known.who | {who}, self_nomination=policy_of(held).self_nomination)
    _state, made_as = take(verb, facts)
    assert made_as is not None  # noqa: S101 - a nomination makes a case
    if opening.round_id != held.pk:
        raise Refused("This opening belongs to another round.")
    if held.nominations.filter(candidate=candidate, state__in=LIVE).exists():
        raise Refused("There is a case of this person in this round already.")
    if held.seats.filter(person=candidate, ended_at=None).exists():
        raise Refused("Somebody who sits in the committee of a round cannot be a candidate in it.")
    manager = manager_of(candidate)
    above = manager_of(manager) if manager else None
    # Somebody has to carry the case and answer what speaks against it.
    away = manager is not None and not can_be_reached(manager)
    made = Nomination.objects.create(
        round=held,
        opening=opening,
        candidate=candidate,
        manager=manager,
        above=above,
        sponsor=above if away and above is not None and can_be_reached(above) else None,
        nominated_by=Nomination.By.SELF if actor == candidate else Nomination.By.MANAGER,
        state=made_as,
        agreed_at=timezone.now() if actor == candidate else None,
    )
    trail.record(actor, verb, made, subject=candidate)
    if candidate != actor:
        letters.tell(candidate, reverse("promotions:case", args=[made.pk]))
    return made


def manager_of(person: Person) -> Person | None:
    """Give somebody's manager as the roster has it today."""
    held = Position.objects.on(timezone.localdate()).filter(person=person).select_related("manager").first()
    return held.manager if held else None


@transaction.atomic
def agree(actor: Person, case: Nomination) -> Nomination:
    """Say yes to a nomination by one's manager."""
    return _moved(actor, case, "agree", agreed_at=timezone.now())


@transaction.atomic
def decline(actor: Person, case: Nomination, *, because: str = "") -> Nomination:
    """Say no to a nomination; a reason is welcome and not asked for, and what was written is destroyed."""
    done = _moved(
        actor, case, "decline", ended_at=timezone.now(), ended_because=because.strip(),
        **dict.fromkeys(TEXTS, ""), earlier=[], advocate=None, advocate_wants="", advocate_words="",
    )  # fmt: skip
    done.evidence.all().delete()
    erasing.for_good()
    return done


@transaction.atomic
def take_back(actor: Person, case: Nomination) -> Nomination:
    """Take back a nomination that was not answered."""
    return _moved(actor, case, "take_back", ended_at=timezone.now())


@transaction.atomic
def withdraw(actor: Person, case: Nomination, *, because: str = "") -> Nomination:
    """Take one's own case out of the round; what was said about it is destroyed."""
    done = _moved(actor, case, "withdraw_case", ended_at=timezone.now(), ended_because=because.strip())
    end_raters(done)
    return done


def end_raters(case: Nomination) -> None:
    """End the assignments of a case that is over without a decision, and destroy what was said about it."""
    live = RaterAssignment.objects.filter(nomination=case, ended_at=None)
    live.update(ended_at=timezone.now(), ended_because=RaterAssignment.Ended.CASE_OVER)
    destroy_what_was_said([case])


def destroy_what_was_said(found: Iterable[Nomination]) -> None:
    """Destroy ratings, input, notes and votes: nothing was decided on them, and nobody could answer them."""
    keys = [case.pk for case in found]
    with vault.on_duty("promotions"):
        SealedRating.objects.filter(assignment__nomination__in=keys).delete()
        CommitteeVote.objects.filter(nomination__in=keys).delete()
        PeerWords.objects.filter(input__nomination__in=keys).delete()
    Rating.objects.filter(assignment__nomination__in=keys).delete()
    for told in (CalibrationNote, PeerInput, VoteTally):
        told.objects.filter(nomination__in=keys).delete()
    erasing.for_good()


def _moved(actor: Person, case: Nomination, verb: str, **values: Any) -> Nomination:
    held = locked_case(case)
    _state, to = take(verb, of_case(actor, held))
    held.state = to or held.state
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *values])
    trail.record(actor, verb, held, subject=held.candidate)
    return held


# --- what the case says ----------------------------------------------------------------------------


class Overtaken(Refused):
    """Somebody else wrote the same texts meanwhile."""


def fingerprint(case: Nomination) -> str:
    """Give the fingerprint of a case's texts, to notice that somebody else wrote meanwhile."""
    return digest([getattr(case, name) for name in TEXTS])


@transaction.atomic
def write_packet(
    actor: Person, case: Nomination, texts: Mapping[str, str], *, seen: str | None = None
) -> Nomination:
    """Write the argument, how the team gains, what was prepared, what would be lost (rows 93, 98, 101).

    The candidate and the manager write the same texts, and both read them. ``seen`` is the fingerprint of
    what stood there when the writing began: what somebody else wrote meanwhile is not lost. What a text
    was before stays beside it.
    """
    held = locked_case(case)
    take("write_packet", of_case(actor, held))
    if seen is not None and seen != fingerprint(held):
        raise Overtaken(
            "Somebody else wrote here while you did. What stands there now is shown below; put both together "
            "and keep it."
        )
    said = {name: texts[name].strip() for name in TEXTS if name in texts}
    before = [
        {"text": name, "words": was, "changed_by": str(actor), "on": timezone.localdate().isoformat()}
        for name, text in said.items()
        if (was := getattr(held, name)) and was != text
    ]
    held.earlier = [*before, *held.earlier][:MOST_EARLIER]
    for name, text in said.items():
        setattr(held, name, text)
    held.save(update_fields=[*said, "earlier"])
    trail.record(actor, "write_packet", held, subject=held.candidate)
    return held


@transaction.atomic
def add_evidence(actor: Person, case: Nomination, **values: Any) -> CaseEvidence:
    """Add a piece of evidence for one criterion that the level asks."""
    held = locked_case(case)
    take("write_packet", of_case(actor, held))
    if values["criterion"] not in asked_of(held):
        raise Refused("This level does not ask that criterion.")
    if held.evidence.count() >= MOST_EVIDENCE:
        raise Refused(f"A case holds up to {MOST_EVIDENCE} pieces of evidence; readers tire after fewer.")
    made = CaseEvidence.objects.create(nomination=held, added_by=actor, **values)
    trail.record(actor, "add_evidence", held, subject=held.candidate)
    return made


@transaction.atomic
def change_evidence(actor: Person, piece: CaseEvidence, **values: Any) -> CaseEvidence:
    """Change a piece of evidence that one put in by hand oneself.

    A copy out of the log stays what it was there: what somebody confirmed is not put in other words.
    """
    held = locked_case(piece.nomination)
    take("write_packet", of_case(actor, held))
    now = held.evidence.filter(pk=piece.pk, added_by=actor).first()
    if now is None:
        raise Refused("This piece is not in the case any more.")
    if now.source is not None:
        raise Refused(
            "This came out of the log. Change it there, take this copy out, and choose the entry again."
        )
    if values["criterion"] not in asked_of(held):
        raise Refused("This level does not ask that criterion.")
    for name, value in values.items():
        setattr(now, name, value)
    now.save(update_fields=list(values))
    trail.record(actor, "change_evidence", held, subject=held.candidate)
    return now


@transaction.atomic
def remove_evidence(actor: Person, piece: CaseEvidence) -> None:
    """Take a piece of evidence out: the candidate any, everybody else what they put in themselves."""
    held = locked_case(piece.nomination)
    facts = of_case(actor, held)
    take("write_packet", facts)
    if Who.CANDIDATE not in facts.who and piece.added_by_id != actor.pk:
        raise Refused("The candidate put this in, and takes it out.")
    piece.delete()
    trail.record(actor, "remove_evidence", held, subject=held.candidate)


def asked_of(case: Nomination) -> dict[str, Any]:
    """Give the criteria that the case's level asks, with what is seen there, in the framework's order."""
    framework = framework_of(case.round.framework)
    return {criterion.id: (criterion, seen) for criterion, seen in framework.asked(case.opening.level)}


@transaction.atomic
def rate_oneself(actor: Person, case: Nomination, scores: Mapping[str, int]) -> None:
    """Say how one sees oneself, criterion by criterion; it counts nowhere and stands beside the evidence."""
    held = locked_case(case)
    facts = of_case(actor, held)
    take("write_packet", facts)
    if Who.CANDIDATE not in facts.who:
        raise Refused("Only the candidate says how they see themselves.")
    asked, most = asked_of(held), len(policy_of(held.round).scale)
    kept = {name: score for name, score in scores.items() if name in asked and 1 <= score <= most}
    held.self_ratings.all().delete()
    SelfRating.objects.bulk_create(
        SelfRating(nomination=held, criterion=name, score=score) for name, score in kept.items()
    )
    trail.record(actor, "rate_oneself", held, subject=held.candidate)


# --- the advocate ----------------------------------------------------------------------------------


def possible_advocates(case: Nomination) -> list[Person]:
    """Give those who could speak for a case: the manager, that manager's manager and peers (rows 97, 99)."""
    found = [one for one in (case.manager, case.above) if one is not None]
    if case.above is not None:
        today = Position.objects.on(timezone.localdate())
        peers = today.filter(manager=case.above, person__user__is_active=True).select_related("person")
        found += [one.person for one in peers.order_by("person__name")]
    return [one for one in dict.fromkeys(found) if one != case.candidate]


@transaction.atomic
def name_advocate(actor: Person, case: Nomination, advocate: Person | None) -> None:
    """Name who is to speak for the case; they are asked whether they want to (row 97).

    They would read all of it: where somebody else names them, the candidate says yes to it first.
    """
    held = locked_case(case)
    take("write_packet", of_case(actor, held))
    if advocate is not None and advocate not in possible_advocates(held):
        raise Refused("An advocate is the manager, that manager’s manager, or one of the manager’s peers.")
    if advocate == held.advocate:
        return
    held.advocate, held.advocate_words = advocate, ""
    wants = Nomination.Wants.ASKED if actor.pk == held.candidate_id else Nomination.Wants.PROPOSED
    held.advocate_wants = wants if advocate else ""
    held.save(update_fields=["advocate", "advocate_wants", "advocate_words"])
    trail.record(actor, "name_advocate", held, subject=held.candidate)
    _tell_advocate(held)


@transaction.atomic
def agree_to_advocate(actor: Person, case: Nomination, *, wanted: bool) -> None:
    """Say as the candidate whether somebody who was proposed is asked to speak for the case."""
    held = locked_case(case)
    facts = of_case(actor, held)
    take("write_packet", facts)
    if Who.CANDIDATE not in facts.who or held.advocate_wants != Nomination.Wants.PROPOSED:
        raise Refused("Nobody is proposed to speak for your case.")
    held.advocate_wants = Nomination.Wants.ASKED if wanted else ""
    if not wanted:
        held.advocate = None
    held.save(update_fields=["advocate", "advocate_wants"])
    trail.record(actor, "name_advocate", held, subject=held.candidate)
    _tell_advocate(held)


def _tell_advocate(case: Nomination) -> None:
    if case.advocate is not None and case.advocate_wants == Nomination.Wants.ASKED:
        letters.tell(case.advocate, reverse("promotions:advocate", args=[case.pk]))


@transaction.atomic
def answer_advocate(actor: Person, case: Nomination, *, wants: bool, words: str = "") -> None:
    """Say whether one wants to speak for a case, and why, in words that the candidate reads."""
    held = locked_case(case)
    if held.advocate_id != actor.pk:
        raise Refused("Only the advocate answers this.")
    facts = of_case(actor, held)
    take("answer_advocate", replace(facts, who=facts.who | {Who.MANAGER}))
    held.advocate_wants = Nomination.Wants.YES if wants else Nomination.Wants.NO
    held.advocate_words = words.strip()
    held.save(update_fields=["advocate_wants", "advocate_words"])
    trail.record(actor, "answer_advocate", held, subject=held.candidate)
