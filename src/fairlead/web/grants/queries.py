"""Reading who holds which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairlead.web import access, rights
from fairlead.web.access.relations import here, in_chart, proposes
from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Unit
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

FIELDS: Final = {
    "Grant": {
        "id": "The number of the grant.",
        "person": "Your number.",
        "role": "The role you hold or held.",
        "over": "What it reaches.",
        "over_id": "The number of the unit, round or person it reaches.",
        "since": "Its first day.",
        "until": "Its last day.",
        "reason": "Why it was proposed.",
        "proposed_by": "The number of the person who proposed it.",
        "proposed_at": "When it was proposed.",
        "confirmed_by": "The number of the second person, who confirmed it.",
        "confirmed_at": "When it was confirmed.",
        "ended_by": "The number of the person who ended it.",
        "ended_at": "When it was ended.",
    },
}
BY_UNIT: Final = frozenset({Role.COMMITTEE.value})
"""Roles that can reach one unit alone."""

SHOWN_AFTER: Final = timedelta(days=365)
"""How long a role that is over is still listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One grant as the pages show it, and what the reader may do with it."""

    grant: Grant
    reaches: str
    state: str
    may_confirm: bool = False
    may_decline: bool = False
    may_agree: bool = False
    may_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Grants by what they are: they wait, they count (now or soon), they are over."""

    waiting: tuple[Line, ...]
    counting: tuple[Line, ...]
    over: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether there is none at all."""
        return not (self.waiting or self.counting or self.over)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the roles the person holds, held or is proposed for, and who coaches them."""
    coached = Q(over=Over.PERSON, over_id=person.pk)
    return {"Grant": rights.rows(Grant.objects.filter(Q(person=person) | coached), FIELDS["Grant"])}


def everybodys(person: Person) -> Lines:
    """Give every role of the organization, for somebody who may see them."""
    return _lines(person, access.visible(_user(person), "grant.view"))


def own(person: Person) -> Lines:
    """Give the person's own roles and coaches."""
    return _lines(person, access.visible(_user(person), "grant.own"))


def today(person: Person) -> Today | None:
    """Say what waits for the person's yes."""
    user, found = _user(person), []
    open_ones = Grant.objects.filter(confirmed_at=None, ended_at=None, until__gte=timezone.localdate())
    asked = open_ones.filter(role=Role.COACH, person=person).count()
    if asked:
        says = (
            "Somebody asks you to be their coach." if asked == 1 else f"{asked} people ask you to coach them."
        )
        found.append(Waiting(title="A coach is asked for", href=reverse("grants:mine"), says=says))
    if proposes(user):
        count = open_ones.exclude(role=Role.COACH).exclude(person=person).exclude(proposed_by=person).count()
        if count:
            title = "A role waits for your yes" if count == 1 else f"{count} roles wait for your yes"
            found.append(
                Waiting(title=title, href=reverse("grants:roles"), says="You are the second person.")
            )
    return Today(waiting=tuple(found)) if found else None


def find(said: str, *, in_chart_only: bool = False) -> Person | None:
    """Find one person by address, id in the roster or whole name; nobody if two are called so."""
    said = said.strip()
    by = Q(email__iexact=said) | Q(number=said) | Q(name__iexact=said)
    if not in_chart_only:
        by |= Q(user__email__iexact=said)
    people = Person.objects.filter(by, here()).select_related("user")
    if in_chart_only:
        people = people.filter(in_chart())
    found = list(people[:2])
    return found[0] if said and len(found) == 1 else None


def units() -> list[tuple[str, str]]:
    """Give the units a role can reach, the whole organization first."""
    names = Unit.objects.filter(closed_on=None).values_list("pk", "name")
    return [("", "The whole organization"), *((str(pk), name) for pk, name in names)]


def in_order(roles: Iterable[Role]) -> list[Role]:
    """Give roles in the order in which they are listed everywhere."""
    wanted = set(roles)
    return [role for role in Role if role in wanted]


def _user(person: Person) -> Any:
    return person.user


def _lines(person: Person, grants: Any) -> Lines:
    day, now = timezone.localdate(), timezone.now()
    rows = grants.select_related("person", "proposed_by", "confirmed_by", "ended_by")
    rows = list(
        rows.filter(Q(ended_at=None) | Q(ended_at__gte=now - SHOWN_AFTER)).order_by("role", "-proposed_at")
    )
    names = _names(rows)
    lines = [_line(person, grant, names, proposes(_user(person))) for grant in rows]
    over = [one for one in lines if one.grant.ended_at is not None or one.grant.until < day]
    waiting = [one for one in lines if one not in over and one.grant.confirmed_at is None]
    return Lines(
        waiting=tuple(waiting),
        counting=tuple(one for one in lines if one not in over and one not in waiting),
        over=tuple(one for one in over if one.grant.until >= day - SHOWN_AFTER),
    )


def _names(rows: list[Grant]) -> dict[Any, str]:
    ids = {one.over_id for one in rows if one.over_id}
    if not ids:
        return {}
    units_named = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))
    return units_named | {
        one.pk: str(one) for one in Person.objects.filter(pk__in=ids).select_related("user")
    }


def _line(person: Person, grant: Grant, names: dict[Any, str], may_propose: frozenset[Role]) -> Line:
    concerned = person.pk == grant.person_id or (grant.over == Over.PERSON and grant.over_id == person.pk)
    waits = grant.confirmed_at is None and grant.ended_at is None and grant.until >= timezone.localdate()
    second = bool(may_propose) and person.pk not in {grant.person_id, grant.proposed_by_id}
    counts = grant.confirmed_at is not None and grant.ended_at is None and grant.until >= timezone.localdate()
    coach = grant.role == Role.COACH
    return Line(
        grant=grant,
        reaches=names.get(grant.over_id, "the organization") if grant.over_id else "the organization",
        state=_state(grant),
        may_confirm=waits and second and not coach,
        may_decline=waits and (concerned or (bool(may_propose) and not coach)),
        may_agree=waits and coach and grant.person_id == person.pk,
        may_end=counts and (concerned or grant.role in may_propose),
    )


def _state(grant: Grant) -> str:
    day = timezone.localdate()
    if grant.ended_at is not None:
        return "ended" if grant.confirmed_at else "declined"
    if grant.until < day:
        return "over" if grant.confirmed_at else "nobody answered in time"
    if grant.confirmed_at is None:
        return "waits for the coach’s yes" if grant.role == Role.COACH else "waits for a second yes"
    return "counts" if grant.since <= day else "begins later"
