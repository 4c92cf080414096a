"""What of this room waits for somebody: a nomination to answer, a case to rate, a decision to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, Q
from django.urls import reverse

from fairlead.web.access.relations import holds
from fairlead.web.grants.models import Role
from fairlead.web.people.models import Person
from fairlead.web.promotions import criteria_queries, waiting_rounds
from fairlead.web.promotions.calibration_models import SeverityTold
from fairlead.web.promotions.calibration_queries import told_first
from fairlead.web.promotions.case_models import Decision, NextStep, PeerInput, RaterAssignment
from fairlead.web.promotions.models import Nomination, Round
from fairlead.web.promotions.peers_queries import waits as peers_wait
from fairlead.web.promotions.states import OPEN, OVER, CaseState, RoundState
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import QuerySet

MOST: Final = 5


def today(person: Person) -> Today | None:
    """Give what waits; the case's own words stay on its page."""
    found = (*criteria_queries.waiting(person), *_of_rounds(person))
    return Today(waiting=found[:MOST]) if found else None


def _of_rounds(person: Person) -> tuple[Waiting, ...]:
    """Give what of rounds waits: most people have no part in any, and Today asks that once at every visit."""
    if not Round.objects.exclude(state=RoundState.DRAFT).exists():
        return ()
    parts: tuple[tuple[QuerySet[Any], Callable[[Person], list[Waiting]]], ...] = (
        (Nomination.objects.filter(Q(candidate=person) | Q(advocate=person)), _cases),
        (Nomination.objects.filter(Q(manager=person) | Q(sponsor=person)), _next_steps),
        (NextStep.objects.filter(by=person, done_on=None), _own_steps),
        (RaterAssignment.objects.filter(rater=person, handed_in_at=None), _to_rate),
        (waiting_rounds.seats_of(person), waiting_rounds.for_committee),
        (SeverityTold.objects.filter(rater=person, confirmed_at=None), told_first),
        (PeerInput.objects.filter(Q(author=person) | Q(nomination__manager=person)), peers_wait),
    )
    if holds(person.user, Role.PEOPLE_OPERATIONS):
        parts += ((waiting_rounds.late(person), waiting_rounds.for_who_runs),)
    asked = Person.objects.filter(pk=person.pk).values_list(*(Exists(rows) for rows, _says in parts))
    has = asked.get()
    return tuple(one for (_rows, says), any_ in zip(parts, has, strict=True) if any_ for one in says(person))


def _cases(person: Person) -> list[Waiting]:
    mine = Q(candidate=person, state=CaseState.PROPOSED, round__state__in=OPEN)
    asked = Q(
        advocate=person,
        advocate_wants=Nomination.Wants.ASKED,
        state=CaseState.STANDING,
        round__state__in=OPEN,
    )
    told = Q(candidate=person, state=CaseState.DECIDED, round__state__in=OVER, decision__read_at=None)
    return [_case(person, one) for one in Nomination.objects.filter(mine | asked | told)[:MOST]]


def _case(person: Person, one: Nomination) -> Waiting:
    if one.state == CaseState.DECIDED:
        return Waiting(
            title="A decision about you can be read",
            href=reverse("promotions:decision", args=[one.pk]),
            says="With its reasons; you can answer it.",
        )
    href = reverse("promotions:case", args=[one.pk])
    if one.candidate_id == person.pk:
        return Waiting(title="You were nominated", href=href, says="It counts when you say yes.")
    href = reverse("promotions:advocate", args=[one.pk])
    return Waiting(
        title="Somebody asks you to speak for their case", href=href, says="Say whether you want to."
    )


def _next_steps(person: Person) -> list[Waiting]:
    """Give what waits for whoever carries a case: a next step for somebody who was not promoted."""
    carried = Q(manager=person) | Q(sponsor=person)
    found = Nomination.objects.filter(
        carried, state=CaseState.DECIDED, round__state=RoundState.DECIDED, next_steps=None
    ).exclude(decision__outcome=Decision.Outcome.PROMOTED)
    return [
        Waiting(
            title="A next step is to be written",
            href=reverse("promotions:decision", args=[one.pk]),
            says="For somebody who was not promoted: what, who sees to it, by when.",
        )
        for one in found[:MOST]
    ]


def _own_steps(person: Person) -> list[Waiting]:
    """Give the next steps that somebody sees to, the earliest first."""
    found = NextStep.objects.filter(by=person, done_on=None, nomination__round__state__in=OVER)
    return [
        Waiting(
            title="A next step that you see to",
            href=reverse("promotions:decision", args=[one.nomination_id]),
            says=f"Until {one.due.day} {one.due:%B %Y}.",
        )
        for one in found[:MOST]
    ]


def _to_rate(person: Person) -> list[Waiting]:
    left = RaterAssignment.objects.filter(
        rater=person, ended_at=None, handed_in_at=None, nomination__round__state=RoundState.RATING,
        nomination__state=CaseState.STANDING,
    ).select_related("nomination__round")  # fmt: skip
    rounds: dict[UUID, list[RaterAssignment]] = {}
    for row in left:
        rounds.setdefault(row.nomination.round_id, []).append(row)
    found = []
    for pk, rows in rounds.items():
        one = len(rows) == 1
        words = "One case waits for your rating" if one else f"{len(rows)} cases wait for your rating"
        way = ("case", rows[0].nomination_id) if one else ("round", pk)
        found.append(
            Waiting(
                title=words,
                href=reverse(f"promotions:{way[0]}", args=[way[1]]),
                says=f"In “{rows[0].nomination.round}”. Nobody else reads it before all are in.",
            )
        )
    return found
