"""Who is too close to a case to have a part in it: by a rule of the house, or because it was recorded."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db.models import OuterRef, Q, Subquery, UUIDField
from django.utils import timezone

from fairlead.web.promotions.models import Nomination, Recusal
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from fairlead.web.people.models import Person

RULES: Final = {
    "self": "it is their own case",
    "manager": "they are the candidate’s manager or sponsor",
    "above": "they are the manager’s manager",
    "advocate": "they speak for the case as its advocate",
    "reports": "they report to the candidate",
}
"""Why somebody has no part in a case without anybody saying so."""

DEEPEST: Final = 50
"""Floors that are climbed at most: a chart that runs in a circle ends somewhere, too."""


def leaders_of(person: Person) -> frozenset[UUID]:
    """Give everybody above somebody in today's chart: their manager, that manager's manager, and so on."""
    found: set[UUID] = set()
    floor = {person.pk}
    for _ in range(DEEPEST):
        floor = set(_bosses(floor).values()) - found - {person.pk}
        if not floor:
            break
        found |= floor
    return frozenset(found)


def barred_by_rule(cases: Collection[Nomination]) -> dict[UUID, dict[UUID, str]]:
    """Say who has no part in which case because of who they are to its candidate, and by which rule.

    Managers are those of the day of the nomination and those of today: a move helps nobody into a case that
    they carried, and nobody stays in one that they carry now. Whoever reports to the candidate, through
    however many others, has no part either.
    """
    candidates = [case.candidate_id for case in cases]
    bosses = _two_above(candidates)
    below = _below(candidates)
    found: dict[UUID, dict[UUID, str]] = {}
    for case in cases:
        boss, higher = bosses.get(case.candidate_id, (None, None))
        above = {case.above_id, higher}
        speaks = case.advocate_wants == Nomination.Wants.YES
        rules: dict[Any, str] = dict.fromkeys(below[case.candidate_id], "reports")
        rules |= {case.advocate_id: "advocate"} if speaks else {}
        rules |= dict.fromkeys(above, "above")
        rules |= dict.fromkeys((case.manager_id, case.sponsor_id, boss), "manager")
        rules |= {case.candidate_id: "self"}
        found[case.pk] = {person: rule for person, rule in rules.items() if person is not None}
    return found


def barred(cases: Collection[Nomination]) -> dict[UUID, frozenset[UUID]]:
    """Say who has no part in which case: by rule, or recused."""
    found = {case: set(rules) for case, rules in barred_by_rule(cases).items()}
    recused = Recusal.objects.filter(nomination__in=[case.pk for case in cases], person__isnull=False)
    for case, person in recused.values_list("nomination", "person"):
        found[case].add(person)
    return {case: frozenset(people) for case, people in found.items()}


def _two_above(people: Iterable[UUID]) -> dict[UUID, tuple[UUID | None, UUID | None]]:
    """Give the manager of each of these people and that manager's manager, as the roster has it today."""
    today = Position.objects.on(timezone.localdate())
    higher = today.filter(person=OuterRef("manager")).values("manager")[:1]
    found = today.filter(person__in=set(people)).annotate(higher=Subquery(higher, output_field=UUIDField()))
    return {person: (boss, above) for person, boss, above in found.values_list("person", "manager", "higher")}


def _bosses(people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give the manager of each of these people, as the roster has it today."""
    today = Position.objects.on(timezone.localdate()).filter(person__in=set(people), manager__isnull=False)
    return dict(today.values_list("person", "manager"))


def _below(candidates: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Give everybody who reports to each candidate, at any depth: one question a floor for all of them."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    # Who leads whom for whom: the candidate stands behind everybody on their floors.
    floor = {candidate: {candidate} for candidate in candidates}
    for _ in range(DEEPEST):
        today = Position.objects.on(timezone.localdate()).filter(manager__in=list(floor))
        beneath: dict[UUID, set[UUID]] = defaultdict(set)
        for manager, person in today.values_list("manager", "person"):
            assert manager is not None  # noqa: S101 - filtered by it
            for candidate in floor[manager]:
                if person not in found[candidate] and person != candidate:
                    found[candidate].add(person)
                    beneath[person].add(candidate)
        if not beneath:
            break
        floor = beneath
    return found


def recorded_late() -> Q:
    """Say which recusals were recorded when ratings were open already: these are told with their reason."""
    return ~Q(stage=Recusal.Stage.BEFORE)
