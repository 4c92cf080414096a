"""Who somebody is to the organization right now: the roles they hold, read anew at each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Actor = AbstractBaseUser | AnonymousUser

PRIVILEGED: Final = frozenset(
    {Role.PEOPLE_OPERATIONS, Role.EQUALITY_ANALYST, Role.COMMITTEE, Role.SYSTEM_ADMIN, Role.AUDITOR}
)
"""Roles that count only with a second factor used in the session (TRUST rule of sessions)."""


@dataclass(frozen=True, slots=True)
class Held:
    """One role that counts now, and what it reaches."""

    role: Role
    over: Over
    over_id: UUID | None


@dataclass(slots=True)
class Asking:
    """What is known about who asks, for one request and no longer: it hangs on the request's user."""

    second_factor: bool
    held: tuple[Held, ...] | None = None


def standing() -> Q:
    """Say which grants count today: two people said yes, begun, not over, not ended.

    A row in which somebody helped themselves to a role never counts, however it came to be.
    """
    today = timezone.localdate()
    themselves = Q(proposed_by=F("person")) & ~Q(proposed_by=None)
    alone = Q(confirmed_by=F("proposed_by")) & ~Q(confirmed_by=None)
    own_yes = Q(confirmed_by=F("person")) & ~Q(confirmed_by=None) & ~Q(role=Role.COACH)
    return (
        Q(since__lte=today, until__gte=today, ended_at=None, confirmed_at__isnull=False)
        & ~themselves
        & ~alone
        & ~own_yes
    )


def here() -> Q:
    """Say who has not left: somebody whose last day is over holds no role."""
    return Q(left=None) | Q(left__gte=timezone.localdate())


def held(actor: Actor) -> tuple[Held, ...]:
    """Give the roles the actor holds now: one query per request, none kept for the next."""
    asking: Asking | None = getattr(actor, "asking", None)
    if asking is not None and asking.held is not None:
        return asking.held
    found = _read(actor)
    if asking is not None:
        asking.held = found
    return found


def _read(actor: Actor) -> tuple[Held, ...]:
    gone = Person.objects.filter(pk=OuterRef("person")).exclude(here())
    rows = Grant.objects.filter(
        standing(), ~Exists(gone), person__user=actor.pk, person__user__is_active=True
    )
    return tuple(
        Held(Role(role), Over(over), over_id)
        for role, over, over_id in rows.order_by("role").values_list("role", "over", "over_id")
    )


def holds(actor: Actor, *roles: Role) -> bool:
    """Say whether the actor holds one of the roles over the whole organization."""
    return any(one.role in roles and one.over == Over.ORGANIZATION for one in held(actor))


def reach(actor: Actor, role: Role) -> dict[Over, frozenset[UUID]]:
    """Give the units, rounds and people over which the actor holds a role."""
    found: dict[Over, set[UUID]] = {}
    for one in held(actor):
        if one.role == role and one.over_id is not None:
            found.setdefault(one.over, set()).add(one.over_id)
    return {over: frozenset(ids) for over, ids in found.items()}


def in_chart() -> Q:
    """Say who is in today's organization chart: everybody with a position that holds today."""
    today = Position.objects.on(timezone.localdate())
    return Q(Exists(today.filter(person=OuterRef("pk"))))


def is_in_chart(person: Person) -> bool:
    """Say whether the person has a position that holds today."""
    return Position.objects.on(timezone.localdate()).filter(person=person).exists()


def everything(_person: Any) -> Q:
    """Every row there is."""
    return Q()
