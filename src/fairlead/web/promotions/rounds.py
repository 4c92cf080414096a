"""A round before its opening, the opening itself, and the steps from phase to phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import trail, vault
from fairlead.web.access.relations import standing
from fairlead.web.finding import can_be_reached
from fairlead.web.grants.models import Over, Role
from fairlead.web.promotions import assigning, calibration, cases, deciding, rating, terms
from fairlead.web.promotions.facts import locked, of_round, take, who_runs
from fairlead.web.promotions.models import CommitteeSeat, Opening, Round
from fairlead.web.promotions.states import OPENING, Facts, RoundState
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import FrameworkVersion
    from fairlead.web.promotions.terms import Policy

OVERTAKEN: Final = (
    "The round was changed since you looked, so nothing was opened. Look once more at what would be fixed."
)
MOST_OPENINGS: Final = 100
MOST_SEATS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What people operations say of a round before its opening."""

    title: str
    framework: FrameworkVersion
    dates: Mapping[str, date]
    policy: Policy


@transaction.atomic
def begin(actor: Person, wanted: Wanted) -> Round:
    """Begin a round as a draft; nothing of it is fixed."""
    made = Round(made_by=actor, framework=wanted.framework)
    take("prepare", Facts(round=RoundState.DRAFT, actor=str(actor.pk), who=who_runs(actor)))
    _set(made, wanted)
    made.save(force_insert=True)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def change(actor: Person, one: Round, wanted: Wanted) -> Round:
    """Change a draft; openings whose level the new framework does not know are said at the opening."""
    held = _draft(actor, one)
    _set(held, wanted)
    held.save()
    trail.record(actor, "change", held)
    return held


@transaction.atomic
def delete(actor: Person, one: Round) -> None:
    """Delete a draft."""
    held = _draft(actor, one)
    trail.record(actor, "delete", held)
    with vault.on_duty("promotions"):
        held.delete()


def _draft(actor: Person, one: Round) -> Round:
    held = locked(one)
    take("prepare", of_round(actor, held))
    return held


def _set(one: Round, wanted: Wanted) -> None:
    if wanted.framework.state != "signed":
        raise Refused("Choose a framework that the leadership team has signed.")
    if refusal := terms.dates_refused(wanted.dates, timezone.localdate()):
        raise Refused(refusal)
    one.title, one.framework = wanted.title, wanted.framework
    one.dates = {phase: day.isoformat() for phase, day in wanted.dates.items()}
    one.policy = terms.policy_plain(wanted.policy)


# --- openings and committee -----------------------------------------------------------------------


@transaction.atomic
def add_opening(actor: Person, one: Round, **values: Any) -> Opening:
    """Say what can be filled: which role, on which track and level, and whether there is money for it."""
    held = _draft(actor, one)
    if held.openings.count() >= MOST_OPENINGS:
        raise Refused(f"A round has up to {MOST_OPENINGS} openings.")
    _check_level(held, values["track"], values["level"])
    made = Opening.objects.create(round=held, made_by=actor, **values)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def remove_opening(actor: Person, opening: Opening) -> None:
    """Take an opening out of a draft."""
    assert opening.round is not None  # noqa: S101 - the page is about openings of rounds
    _draft(actor, opening.round)
    trail.record(actor, "delete", opening)
    opening.delete()


def _check_level(one: Round, track: str, level: str) -> None:
    framework = terms.framework_of(one.framework)
    known = {found.id for found in framework.tracks}
    if track not in known or level not in framework.track(track).levels:
        raise Refused("The framework of this round has no such level on that track.")


@transaction.atomic
def give_seat(actor: Person, one: Round, person: Person, part: str) -> CommitteeSeat:
    """Give somebody who holds the role a seat in the committee of a draft; once more changes the part."""
    held = _draft(actor, one)
    if not can_be_reached(person) or not _holds_committee(person):
        raise Refused("Only somebody who holds the role of the promotion committee can sit in it.")
    if held.seats.count() >= MOST_SEATS:
        raise Refused(f"A committee has up to {MOST_SEATS} people.")
    if part == CommitteeSeat.Part.CHAIR:
        held.seats.update(part=CommitteeSeat.Part.MEMBER)
    seat, _new_one = CommitteeSeat.objects.update_or_create(
        round=held, person=person, defaults={"part": part}
    )
    trail.record(actor, "give_seat", seat, subject=person)
    return seat


@transaction.atomic
def take_seat(actor: Person, seat: CommitteeSeat) -> None:
    """Take somebody out of the committee of a draft."""
    _draft(actor, seat.round)
    trail.record(actor, "take_seat", seat, subject=seat.person)
    seat.delete()


def _holds_committee(person: Person) -> bool:
    held = person.grants.filter(standing(), role=Role.COMMITTEE, over=Over.ORGANIZATION)
    return held.exists()


# --- opening and going on -------------------------------------------------------------------------


def hindrances(actor: Person, one: Round) -> list[str]:
    """Say everything that stands against opening a draft, in the order in which it is mended."""
    facts = of_round(actor, one)
    found = [need.else_say for need in OPENING if not need.holds(facts)]
    found += filter(None, [terms.dates_refused(terms.dates_of(one), timezone.localdate())])
    return found + _levels_gone(one)


def _levels_gone(one: Round) -> list[str]:
    found = []
    for opening in one.openings.all():
        try:
            _check_level(one, opening.track, opening.level)
        except Refused:
            found.append(f"The framework has no such level for “{opening.title}”. Remove it and add it anew.")
    return found


@transaction.atomic
def open_round(actor: Person, one: Round, *, seen: str) -> Round:
    """Open a round: everything that it stands on is frozen, and its fingerprint is kept.

    ``seen`` is the fingerprint of what the page showed; where something is different now, nothing opens.
    """
    held = _draft(actor, one)
    if found := hindrances(actor, held):
        raise Refused(found[0])
    held.state, _case = take("open_round", of_round(actor, held))
    held.frozen = terms.frozen(held)
    held.terms = terms.fingerprint(held.frozen)
    if seen != held.terms:
        raise Refused(OVERTAKEN)
    held.opened_by, held.opened_at = actor, timezone.now()
    held.save()
    trail.record(actor, "open_round", held, terms=held.terms)
    return held


FORWARD: Final = {
    RoundState.NOMINATING: "gather",
    RoundState.EVIDENCE: "close_evidence",
    RoundState.ASSIGNING: "begin_rating",
    RoundState.RATING: "open_calibration",
    RoundState.CALIBRATING: "begin_deciding",
    RoundState.DECIDING: "announce",
    RoundState.DECIDED: "close_round",
}
"""The one step that leads on from each state."""

ENDS_EARLY: Final = frozenset({"gather", "close_evidence"})
"""Steps that take time away from people outside the committee where the announced day is not over."""


@transaction.atomic
def go_on(actor: Person, one: Round, verb: str, *, reason: str = "") -> Round:
    """Take a round to its next phase; a second window that asks for the same step changes nothing.

    ``reason`` says why nominations or evidence end before their announced last day; all who read the round
    read it.
    """
    held = locked(one)
    if FORWARD.get(RoundState(held.state)) != verb:
        raise Refused("The round has gone on in another window. Look at where it stands now.")
    facts = of_round(actor, held, reason=reason)
    to, _case = take(verb, facts)
    if facts.early and verb in ENDS_EARLY:
        held.early = [*held.early, _early(actor, held, reason)]
    held.state = to
    if verb == "open_calibration":
        rating.open_all(held)
    if held.state == RoundState.CLOSED:
        held.ended_at = timezone.now()
    held.save(update_fields=["state", "ended_at", "early"])
    trail.record(actor, verb, held)
    if verb == "open_calibration" and calibration.rows_of(held):
        calibration.work_out(actor, held)
    if verb == "begin_rating":
        assigning.tell_raters(held)
    if verb == "announce":
        deciding.tell_all(held)
    return held


def _early(actor: Person, one: Round, reason: str) -> dict[str, str]:
    """Say when a phase ended before its day, who ended it and why."""
    return {
        "phase": one.state,
        "until": terms.dates_of(one)[one.state].isoformat(),
        "on": timezone.localdate().isoformat(),
        "by": str(actor.pk),
        "reason": reason.strip(),
    }


@transaction.atomic
def cancel(actor: Person, one: Round, *, reason: str) -> Round:
    """End a round without decisions; what was said about people in it is destroyed."""
    held = locked(one)
    held.state, _case = take("cancel_round", of_round(actor, held, reason=reason))
    held.cancelled_because, held.ended_at = reason.strip(), timezone.now()
    held.save(update_fields=["state", "cancelled_because", "ended_at"])
    cases.destroy_what_was_said(held.nominations.all())
    held.calibrations.all().delete()
    trail.record(actor, "cancel_round", held)
    return held
