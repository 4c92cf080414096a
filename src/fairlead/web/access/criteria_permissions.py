"""The permissions of frameworks of criteria, and over which rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from fairlead.web.access.permission import Permission
from fairlead.web.access.relations import everything, is_in_chart
from fairlead.web.access.table import Verb
from fairlead.web.promotions.criteria_models import SigningMember, SigningTeam
from fairlead.web.promotions.models import FrameworkVersion

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

NOTHING: Final = Q(pk__in=[])
State = FrameworkVersion.State


def signs(person: Person) -> bool:
    """Say whether somebody is on the list of the leadership team that counts now."""
    return SigningMember.objects.filter(
        person=person, team__confirmed_at__isnull=False, team__ended_at=None
    ).exists()


def asked_of(person: Person) -> Q:
    """Give the drafts that wait for somebody's signature."""
    return Q(state=State.DRAFT, asked_at__isnull=False) if signs(person) else NOTHING


def published(person: Person) -> Q:
    """Give what is signed to everybody in the chart, and what somebody is asked to sign (row 121)."""
    signed = Q(state__in=[State.SIGNED, State.RETIRED]) if is_in_chart(person) else NOTHING
    return signed | asked_of(person)


CRITERIA_PERMISSIONS: Final[dict[str, Permission]] = {
    "criteria.read": Permission(
        of="framework",
        verb=Verb.READ,
        model=FrameworkVersion,
        own=published,
        rows=everything,
        anybody=is_in_chart,
        says="Everybody who has a position today: what is signed; the leadership team: what it is asked "
        "to sign; people operations: drafts too.",
    ),
    "criteria.draft": Permission(
        of="framework",
        verb=Verb.WRITE,
        model=FrameworkVersion,
        rows=lambda _one: Q(state=State.DRAFT),
        says="People operations, while it is a draft.",
    ),
    "criteria.sign": Permission(
        of="framework",
        verb=Verb.ANSWER,
        model=FrameworkVersion,
        own=asked_of,
        anybody=signs,
        says="Who is on the list of the leadership team, what they are asked to sign.",
    ),
    "signing_team.read": Permission(
        of="signing_team",
        verb=Verb.READ,
        rows=everything,
        anybody=is_in_chart,
        says="Everybody who has a position today; people operations, system administrators.",
    ),
    "signing_team.propose": Permission(
        of="signing_team",
        verb=Verb.WRITE,
        model=SigningTeam,
        rows=everything,
        says="People operations; it counts with the yes of a second person.",
    ),
    "signing_team.confirm": Permission(
        of="signing_team",
        verb=Verb.ANSWER,
        model=SigningTeam,
        rows=lambda _one: Q(confirmed_at=None, ended_at=None),
        says="People operations and system administrators: not who proposed it, not who is on it.",
    ),
}
