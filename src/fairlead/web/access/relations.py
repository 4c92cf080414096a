"""Who somebody is to the organization right now: the roles they hold, read anew at each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Actor = AbstractBaseUser | AnonymousUser | None

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
    """Say which grants count today: confirmed, begun, not over, not ended.

    That nobody helps themselves to a role is a rule of the table in the database. A coach counts
    only for the person who asked them, and by their own yes.
    """
    today = timezone.localdate()
    agreed = ~Q(role=Role.COACH) | Q(over=Over.PERSON, over_id=F("proposed_by"), confirmed_by=F("person"))
    return Q(since__lte=today, until__gte=today, ended_at=None, confirmed_at__isnull=False) & agreed


def here() -> Q:
    """Say who has not left: somebody whose last day is over holds no role."""
    return Q(left=None) | Q(left__gte=timezone.localdate())


def held(actor: Actor) -> tuple[Held, ...]:
    """Give the roles the actor holds now: one query per request, none kept for the next."""
    if actor is None:
        return ()
    asking: Asking | None = getattr(actor, "asking", None)
    if asking is not None and asking.held is not None:
        return asking.held
    found = _read(actor)
    if asking is not None:
        asking.held = found
    return found


def _read(actor: AbstractBaseUser | AnonymousUser) -> tuple[Held, ...]:
    """Read the grants of one person that have not ended, and keep those that count.

    This is asked with every page, and mostly there is none: to put the whole of ``standing`` and ``here``
    together as SQL took an eighth of each answer. What counts is the same in both.
    """
    rows = Grant.objects.filter(person__user=actor.pk, ended_at=None, person__user__is_active=True)
    return tuple(
        Held(Role(one["role"]), Over(one["over"]), one["over_id"])
        for one in rows.order_by("role").values(*_ASKED)
        if _counts(one, timezone.localdate())
    )


_ASKED: Final = (
    "role", "over", "over_id", "since", "until", "confirmed_at", "proposed_by", "confirmed_by", "person",
    "person__left",
)  # fmt: skip


def _counts(grant: dict[str, Any], today: dt.date) -> bool:
    """Say of one grant that has not ended what ``standing`` and ``here`` say of many."""
    left = grant["person__left"]
    if grant["confirmed_at"] is None or not grant["since"] <= today <= grant["until"]:
        return False
    if left is not None and left < today:
        return False
    asked_for = grant["over"] == Over.PERSON and bool(grant["over_id"] == grant["proposed_by"] is not None)
    return bool(grant["role"] != Role.COACH or (asked_for and grant["confirmed_by"] == grant["person"]))


def _counting() -> QuerySet[Grant]:
    """Give the grants that count, of people who are here and whose account can be used."""
    gone = Person.objects.filter(pk=OuterRef("person")).exclude(here())
    return Grant.objects.filter(standing(), ~Exists(gone), person__user__is_active=True)


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


def coached_by(person: Person) -> frozenset[UUID]:
    """Give the numbers of those whom somebody coaches now, by both people's yes."""
    return reach(person.user, Role.COACH).get(Over.PERSON, frozenset())


def coaches_of(person: Person) -> frozenset[UUID]:
    """Give the numbers of those who coach somebody now."""
    rows = _counting().filter(role=Role.COACH, over=Over.PERSON, over_id=person.pk)
    return frozenset(rows.values_list("person", flat=True))


def led_by(person: Person, *, two_steps: bool = True) -> QuerySet[Position, UUID]:
    """Give the numbers of those who report to somebody today; with ``two_steps`` of those below them too."""
    today = Position.objects.on(timezone.localdate())
    own = Q(manager=person)
    if two_steps:
        own |= Q(manager__in=today.filter(manager=person).values("person"))
    return today.filter(own).values_list("person", flat=True)


def columns(actor: Actor, person: Person) -> frozenset[str]:
    """Say in which columns of the policy table somebody stands today, to show them theirs."""
    found = {"self"} | {str(one.role) for one in held(actor)}
    led = Position.objects.on(timezone.localdate()).filter(manager=person)
    if led.exists():
        found.add("manager")
        if Position.objects.on(timezone.localdate()).filter(manager__in=led.values("person")).exists():
            found.add("skip")
    return frozenset(found)


def proposes(actor: Actor) -> frozenset[Role]:
    """Give the roles the actor may propose and end: people operations all, administrators their own kind."""
    if holds(actor, Role.PEOPLE_OPERATIONS):
        return frozenset(Role) - {Role.COACH}
    return frozenset({Role.SYSTEM_ADMIN}) if holds(actor, Role.SYSTEM_ADMIN) else frozenset()


def confirmers() -> list[Person]:
    """Give everybody who may say the second yes."""
    rows = _counting().filter(role__in=[Role.PEOPLE_OPERATIONS, Role.SYSTEM_ADMIN], over=Over.ORGANIZATION)
    return list(Person.objects.filter(pk__in=rows.values("person")).select_related("user").order_by("pk"))


def in_chart() -> Q:
    """Say who is in today's organization chart: everybody with a position that holds today."""
    today = Position.objects.on(timezone.localdate())
    return Q(Exists(today.filter(person=OuterRef("pk"))))


def is_in_chart(person: Person) -> bool:
    """Say whether the person has a position that holds today."""
    return Position.objects.on(timezone.localdate()).filter(person=person).exists()


def everything(_person: Any) -> Q:
    """Give every row there is; an empty condition would vanish beside another one."""
    return Q(pk__isnull=False)
