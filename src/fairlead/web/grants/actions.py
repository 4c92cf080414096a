"""Roles begin with two people's yes and end with one word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.access.relations import confirmers, holds, proposes, standing
from fairlead.web.grants import mail
from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.rooms import offers
from fairlead.web.runs import actions as runs

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from fairlead.web.people.models import Person

LONGEST: Final = timedelta(days=731)
"""Two years: then two people look at it again."""

APART: Final = {
    Role.PEOPLE_OPERATIONS: Role.SYSTEM_ADMIN,
    Role.SYSTEM_ADMIN: Role.PEOPLE_OPERATIONS,
}
"""Who keeps the people and who keeps the server are two people, so that neither reaches everything."""


class Refused(runs.Refused):
    """The role cannot be given, confirmed or ended like this; the message says why."""


@transaction.atomic
def propose(
    actor: Person,
    *,
    person: Person,
    role: str,
    until: date,
    reason: str,
    since: date | None = None,
    unit: UUID | None = None,
) -> Grant:
    """Propose a role, in the organization or in one unit; it counts once a second person has said yes."""
    role = Role(role)
    over = Over.UNIT if unit else Over.ORGANIZATION
    if role not in proposes(actor.user):
        raise Refused(f"“{role.label}” is not yours to propose.")
    if person.pk == actor.pk:
        raise Refused("Nobody grants a role to themselves. Somebody else can propose you.")
    _check(person, role, since or timezone.localdate(), until, over, unit)
    grant = Grant.objects.create(
        person=person,
        role=role,
        over=over,
        over_id=unit,
        since=since or timezone.localdate(),
        until=until,
        reason=reason,
        proposed_by=actor,
    )
    trail.record(actor, "propose", grant, subject=person, role=role.value)
    mail.waits(*(one for one in confirmers() if one.pk not in {actor.pk, person.pk}))
    mail.about_you(person)
    return grant


@transaction.atomic
def confirm(actor: Person, grant: Grant) -> Grant:
    """Say the second yes; the role counts from its first day on."""
    if actor.pk in {grant.person_id, grant.proposed_by_id}:
        raise Refused("The second yes comes from somebody else: not who proposed it, not who gets it.")
    if grant.role == Role.COACH or not holds(actor.user, Role.PEOPLE_OPERATIONS, Role.SYSTEM_ADMIN):
        raise Refused("Only people operations and system administrators say the second yes.")
    _check_waits(grant)
    _check(
        grant.person, Role(grant.role), grant.since, grant.until, Over(grant.over), grant.over_id, but=grant
    )
    return _yes(actor, grant)


@transaction.atomic
def choose_coach(actor: Person, *, coach: Person, until: date, reason: str) -> Grant:
    """Ask somebody to be one's coach; it counts once they have said yes, and either ends it."""
    if coach.pk == actor.pk:
        raise Refused("Your coach is somebody else.")
    today = timezone.localdate()
    _check(coach, Role.COACH, today, until, Over.PERSON, actor.pk)
    grant = Grant.objects.create(
        person=coach,
        role=Role.COACH,
        over=Over.PERSON,
        over_id=actor.pk,
        since=today,
        until=until,
        reason=reason,
        proposed_by=actor,
    )
    trail.record(actor, "propose", grant, subject=coach, role=Role.COACH.value)
    mail.about_you(coach)
    return grant


@transaction.atomic
def agree(actor: Person, grant: Grant) -> Grant:
    """Say yes to being somebody's coach."""
    if grant.role != Role.COACH or grant.person_id != actor.pk:
        raise Refused("Only the coach who was asked can say yes to this.")
    _check_waits(grant)
    return _yes(actor, grant)


@transaction.atomic
def decline(actor: Person, grant: Grant) -> Grant:
    """Say no to a proposal, or take one's own back."""
    _check_waits(grant)
    return _over(actor, grant, "decline")


@transaction.atomic
def end(actor: Person, grant: Grant) -> Grant:
    """End a role at once: the next page that needs it is refused."""
    _may_end(actor, grant)
    if grant.ended_at is not None:
        raise Refused("This role has ended already.")
    return _over(actor, grant, "end")


@transaction.atomic
def end_on(actor: Person, grant: Grant, day: date) -> Grant:
    """Bring the last day forward; to go on longer takes two people again."""
    _may_end(actor, grant)
    if grant.ended_at is not None:
        raise Refused("This role has ended already.")
    if day < timezone.localdate():
        raise Refused("That day is over. To end the role now, choose “at once”.")
    if day >= grant.until:
        raise Refused(
            f"It ends on {grant.until:%-d %B %Y} already. To go on longer, propose the role again: "
            "that takes two people."
        )
    grant.until = day
    grant.save(update_fields=["until"])
    trail.record(actor, "end_on", grant, subject=grant.person, role=grant.role, day=day.isoformat())
    mail.about_you(grant.person)
    return grant


@transaction.atomic
def appoint(*, person: Person, role: str, reason: str) -> Grant:
    """Begin with the first people in an installation, from the server's own shell.

    Works until two different people can propose and confirm; from then on it refuses.
    """
    role = Role(role)
    if role not in APART:
        raise Refused("Only people_operations and system_admin are appointed; they grant the other roles.")
    if _two_people_can():
        raise Refused(
            "Two different people can propose and confirm roles by now: they do it in Fairlead, under Roles."
        )
    today = timezone.localdate()
    _check(person, role, today, today + LONGEST, Over.ORGANIZATION, None)
    grant = Grant.objects.create(
        person=person,
        role=role,
        since=today,
        until=today + LONGEST,
        reason=reason,
        confirmed_at=timezone.now(),
    )
    trail.record(None, "appoint", grant, subject=person, role=role.value)
    mail.about_you(person)
    return grant


def forget(person: Person) -> None:
    """End the person's roles with their account, and remove what names them without a foreign key.

    Whoever comes back, or takes their place in the roster with another account, takes two people again.
    """
    Grant.objects.filter(over=Over.PERSON, over_id=person.pk).delete()
    _end_all(Q(person=person))


@transaction.atomic
def tick() -> None:
    """End the roles of people whose last day is over: they do not come back with the person."""
    _end_all(Q(person__left__lt=timezone.localdate()))


def _end_all(whose: Q) -> None:
    open_ones = Grant.objects.filter(whose, ended_at=None, until__gte=timezone.localdate())
    grants = list(open_ones.select_related("person"))
    Grant.objects.filter(pk__in=[one.pk for one in grants]).update(ended_at=timezone.now())
    for one in grants:
        _coaching_over(one)
    trail.record_many(None, [trail.Doing("end", one, one.person, {"role": one.role}) for one in grants])


def _coaching_over(grant: Grant) -> None:
    """Let the rooms end what stood on a coaching, with it and not a round later."""
    if grant.role == Role.COACH and grant.confirmed_at is not None and grant.over_id is not None:
        for _room, part in offers("actions", "coaching_over"):
            part(person=grant.over_id, coach=grant.person_id)


def _two_people_can() -> bool:
    proposers = Grant.objects.filter(standing(), role=Role.PEOPLE_OPERATIONS)
    return proposers.exists() and len(confirmers()) > 1


def _check(
    person: Person,
    role: Role,
    since: date,
    until: date,
    over: Over,
    over_id: UUID | None,
    *,
    but: Grant | None = None,
) -> None:
    today = timezone.localdate()
    if person.left is not None and person.left < today:
        raise Refused(f"{person} has left.")
    if person.user is None or not person.user.is_active:
        raise Refused(f"{person} has no account that can be used. Invite them first.")
    if until < max(since, today):
        raise Refused("The last day is before the first, or over.")
    if until - since > LONGEST:
        raise Refused("A role is given for two years at most. Then two people look at it again.")
    rows = Grant.objects.filter(person=person, ended_at=None, until__gte=today)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    if rows.filter(role=role, over=over, over_id=over_id).filter(_overlaps(since, until)).exists():
        raise Refused(f"{person} holds this role or is proposed for it already.")
    other = APART.get(role)
    if other is not None and not settings.SMALL and rows.filter(role=other).exists():
        raise Refused(
            f"{person} is {other.label.lower()} already, or proposed for it. Who keeps the people and who "
            "keeps the server are two different people. A very small organization can allow it by the "
            "setting FAIRLEAD_SMALL."
        )


def _overlaps(since: date, until: date) -> Q:
    return Q(since__lte=until, until__gte=since)


def _check_waits(grant: Grant) -> None:
    # Two people who answer at the same moment: the row is read again under lock.
    now = Grant.objects.select_for_update().get(pk=grant.pk)
    if now.ended_at is not None:
        raise Refused("This was declined or taken back in the meantime.")
    if now.confirmed_at is not None:
        raise Refused("Somebody has said yes to this in the meantime.")


def _may_end(actor: Person, grant: Grant) -> None:
    """Its holder, the coached person, people operations for all, system administrators for their own kind."""
    concerned = actor.pk == grant.person_id or (grant.over == Over.PERSON and actor.pk == grant.over_id)
    if not concerned and (grant.role == Role.COACH or grant.role not in proposes(actor.user)):
        raise Refused("This role is not yours to end.")


def _yes(actor: Person, grant: Grant) -> Grant:
    grant.confirmed_by, grant.confirmed_at = actor, timezone.now()
    grant.since = max(grant.since, timezone.localdate())
    grant.save(update_fields=["confirmed_by", "confirmed_at", "since"])
    trail.record(actor, "confirm", grant, subject=grant.person, role=grant.role)
    mail.about_you(grant.person)
    if grant.proposed_by is not None:
        mail.about_you(grant.proposed_by)
    return grant


def _over(actor: Person, grant: Grant, verb: str) -> Grant:
    grant.ended_by, grant.ended_at = actor, timezone.now()
    grant.save(update_fields=["ended_by", "ended_at"])
    _coaching_over(grant)
    trail.record(actor, verb, grant, subject=grant.person, role=grant.role)
    mail.about_you(grant.person)
    return grant
