"""What stands in the way of a round's next step, by name, for who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from fairlead.web.promotions import states
from fairlead.web.promotions.case_models import Decision, RaterAssignment
from fairlead.web.promotions.deciding_queries import decides
from fairlead.web.promotions.facts import barred, of_round, seats, unheard
from fairlead.web.promotions.states import CaseState, Who
from fairlead.web.promotions.terms import policy_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """One thing that stands in the way, and where it is mended; no address where the reader mends nothing."""

    says: str
    href: str = ""


def in_the_way(person: Person, one: Round, hindrance: str) -> list[InTheWay]:
    """Name what a sentence of ``states.hindrance`` is about, in the order of names."""
    by_need: dict[str, Callable[[Person, Round], list[InTheWay]]] = {
        states.CONFLICTS.else_say: _silent,
        states.ANSWERED.else_say: _unanswered,
        states.ENOUGH.else_say: _short,
        states.HANDED_IN.else_say: _waiting,
        states.HEARD.else_say: _unheard,
        states.ALL_DECIDED.else_say: _undecided,
        states.STEPS_WRITTEN.else_say: _without_step,
    }
    named = by_need.get(hindrance)
    return sorted(named(person, one), key=lambda way: way.says) if named else []


def _silent(_person: Person, one: Round) -> list[InTheWay]:
    return [InTheWay(says=str(seat.person)) for seat in seats(one) if seat.stated_at is None]


def _unanswered(person: Person, one: Round) -> list[InTheWay]:
    if Who.PEOPLE_OPERATIONS not in of_round(person, one).who:
        return []
    found = one.nominations.filter(state=CaseState.PROPOSED).select_related("candidate")
    return [InTheWay(says=str(case.candidate)) for case in found]


def _short(_person: Person, one: Round) -> list[InTheWay]:
    live = Q(assignments__ended_at=None, assignments__rater__isnull=False)
    found = one.nominations.filter(state=CaseState.STANDING).annotate(
        raters=Count("assignments", filter=live)
    )
    least, page = policy_of(one).raters, reverse("promotions:raters", args=[one.pk])
    return [
        InTheWay(says=f"The case of {case.candidate}: {case.raters} of {least} raters", href=page)
        for case in found.select_related("candidate")
        if case.raters < least
    ]


def _waiting(_person: Person, one: Round) -> list[InTheWay]:
    found = RaterAssignment.objects.filter(
        nomination__round=one, nomination__state=CaseState.STANDING, ended_at=None, handed_in_at=None
    ).exclude(rater=None)
    page = reverse("promotions:raters", args=[one.pk])
    return [
        InTheWay(says=f"{row.rater}, in the case of {row.nomination.candidate}", href=page)
        for row in found.select_related("rater", "nomination__candidate")
    ]


def _unheard(person: Person, one: Round) -> list[InTheWay]:
    """Name the cases to members who have a part in them: to others it would tell what colleagues said."""
    if Who.MEMBER not in of_round(person, one).who:
        return []
    cases = {row.nomination_id: row.nomination for row in unheard(one)}
    out = barred(list(cases.values()))
    return [
        InTheWay(says=f"The case of {case.candidate}", href=reverse("promotions:peers", args=[case.pk]))
        for case in cases.values()
        if person.pk not in out[case.pk]
    ]


def _undecided(person: Person, one: Round) -> list[InTheWay]:
    found = one.nominations.filter(state__in=[CaseState.STANDING, CaseState.PROPOSED])
    return [
        InTheWay(
            says=f"The case of {case.candidate}",
            href=reverse("promotions:decide", args=[case.pk]) if decides(person, case) else "",
        )
        for case in found.select_related("candidate", "opening", "round")
    ]


def _without_step(_person: Person, one: Round) -> list[InTheWay]:
    found = Decision.objects.filter(nomination__round=one, nomination__next_steps=None)
    found = found.exclude(outcome=Decision.Outcome.PROMOTED).select_related("nomination__candidate")
    return [
        InTheWay(
            says=f"The case of {row.nomination.candidate}",
            href=reverse("promotions:decision", args=[row.nomination_id]),
        )
        for row in found
    ]
