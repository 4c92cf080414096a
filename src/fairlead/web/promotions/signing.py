"""Who of the leadership team signs a framework: proposed by one person, confirmed by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.access.relations import holds, is_in_chart
from fairlead.web.finding import can_be_reached
from fairlead.web.grants.models import Role
from fairlead.web.promotions.criteria_models import SigningMember, SigningTeam
from fairlead.web.promotions.models import FrameworkVersion
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.people.models import Person

MOST: Final = 20
OVER: Final = "Somebody has answered this in the meantime."


def current() -> SigningTeam | None:
    """Give the list that counts."""
    return SigningTeam.objects.filter(confirmed_at__isnull=False, ended_at=None).first()


def proposed() -> SigningTeam | None:
    """Give the list that waits for a second yes."""
    return SigningTeam.objects.filter(confirmed_at=None, ended_at=None).first()


def people(team: SigningTeam | None = None) -> list[Person]:
    """Give who is on a list, else on the one that counts."""
    found = team or current()
    if found is None:
        return []
    rows = SigningMember.objects.filter(team=found).select_related("person__user")
    return [one.person for one in rows]


def is_on_it(person: Person) -> bool:
    """Say whether somebody is on the list that counts."""
    return SigningMember.objects.filter(
        person=person, team__confirmed_at__isnull=False, team__ended_at=None
    ).exists()


@transaction.atomic
def propose(actor: Person, named: Sequence[Person]) -> SigningTeam:
    """Propose a list; it takes the place of one that waits, and counts once a second person said yes."""
    wanted = list(dict.fromkeys(named))
    if not wanted:
        raise Refused("Name at least one person.")
    if len(wanted) > MOST:
        raise Refused(f"Name {MOST} people at most.")
    if actor in wanted:
        raise Refused("Nobody puts themselves on this list. Somebody else of people operations can.")
    away = [str(one) for one in wanted if not can_be_reached(one) or not is_in_chart(one)]
    if away:
        raise Refused(f"{', '.join(away)} cannot sign: no account that can be used, or no position today.")
    _end(SigningTeam.objects.select_for_update().filter(confirmed_at=None, ended_at=None))
    made = SigningTeam.objects.create(proposed_by=actor)
    SigningMember.objects.bulk_create(SigningMember(team=made, person=one) for one in wanted)
    trail.record_many(actor, [trail.Doing("propose", made, one) for one in wanted])
    return made


def may_confirm(actor: Person, team: SigningTeam) -> bool:
    """Say whether somebody can say the second yes."""
    return (
        team.confirmed_at is None
        and team.ended_at is None
        and team.proposed_by_id != actor.pk
        and holds(actor.user, Role.PEOPLE_OPERATIONS, Role.SYSTEM_ADMIN)
        and actor not in people(team)
    )


@transaction.atomic
def confirm(actor: Person, team: SigningTeam) -> SigningTeam:
    """Say the second yes: the list counts from now on, and what waits is put to it anew."""
    held = _waiting(team)
    if not may_confirm(actor, held):
        raise Refused("The second yes comes from somebody else: not who proposed it, not who is on it.")
    _end(SigningTeam.objects.select_for_update().filter(confirmed_at__isnull=False, ended_at=None))
    held.confirmed_by, held.confirmed_at = actor, timezone.now()
    held.save(update_fields=["confirmed_by", "confirmed_at"])
    # Others are asked now: whoever puts it forward again sees to whom.
    waiting = FrameworkVersion.objects.filter(state=FrameworkVersion.State.DRAFT, asked_at__isnull=False)
    doings = [trail.Doing("take_back_framework", one) for one in waiting]
    waiting.update(asked_at=None)
    doings += [trail.Doing("confirm", held, one) for one in people(held)]
    trail.record_many(actor, doings)
    return held


@transaction.atomic
def decline(actor: Person, team: SigningTeam) -> SigningTeam:
    """Say no to a proposed list, or take one's own back."""
    held = _waiting(team)
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    trail.record(actor, "decline", held)
    return held


def _waiting(team: SigningTeam) -> SigningTeam:
    held = SigningTeam.objects.select_for_update().get(pk=team.pk)
    if held.confirmed_at is not None or held.ended_at is not None:
        raise Refused(OVER)
    return held


def _end(found: object) -> None:
    for one in found:  # type: ignore[attr-defined]
        one.ended_at = timezone.now()
        one.save(update_fields=["ended_at"])
