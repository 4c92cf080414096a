"""Invitations by mail: a link that makes the account of somebody in the roster, once, within a fortnight."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.people import actions as people
from fairlead.web.people.models import Person, User
from fairlead.web.roster import linking
from fairlead.web.roster.models import Invitation
from fairlead.web.runs import actions as runs
from fairlead.web.runs.actions import Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from fairlead.web.runs.actions import Progress
    from fairlead.web.runs.models import Run

LASTS: Final = timedelta(days=14)
AT_ONCE: Final = 5
"""Mails that are sent while somebody waits; more are sent in the background."""

NO_MAIL: Final = (
    "The mail server does not take mail at the moment, so {name} was not invited. Try again later."
)
KIND: Final = "invitations"


def open_now() -> Q:
    """Say which invitations can still be used: those that went to the address the roster has now."""
    return Q(used_at=None, withdrawn_at=None, expires_at__gt=timezone.now(), email__iexact=F("person__email"))


def without_account() -> QuerySet[Person]:
    """Give everybody who works here and has no account."""
    here = Q(left=None) | Q(left__gte=timezone.localdate())
    return Person.objects.filter(here, number__isnull=False, user=None)


def to_invite() -> QuerySet[Person]:
    """Give those of them who have an address and no open invitation."""
    asked = Invitation.objects.filter(open_now(), person=OuterRef("pk"))
    return without_account().exclude(email="").filter(~Exists(asked))


@transaction.atomic
def invite(actor: Person, person: Person) -> Invitation:
    """Invite one person; an earlier link of theirs ends with it.

    The mail is handed over last: if nobody takes it, there is no invitation either.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user_id is not None:
        raise Refused(f"{person} has an account already.")
    if not person.email:
        raise Refused(f"{person} has no e-mail address in the roster. Add one first.")
    if person.left and person.left < timezone.localdate():
        raise Refused(f"{person} left on {person.left}.")
    now = timezone.now()
    Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        person=person,
        made_by=actor,
        email=person.email,
        token_sha256=_hash(token),
        expires_at=now + LASTS,
    )
    trail.record(actor, "invite", made, subject=person)
    _send(made, token, actor)
    return made


def _send(made: Invitation, token: str, actor: Person) -> None:
    told = {
        "link": f"{settings.URL}{reverse('roster:accept', args=[token])}",
        "until": timezone.localtime(made.expires_at).date(),
        "inviter": actor.name,
    }
    try:
        send_mail(
            "Fairlead: your account",
            render_to_string("roster/mail/invitation.txt", told),
            settings.DEFAULT_FROM_EMAIL,
            [made.email],
        )
    except (OSError, SMTPException):
        raise Refused(NO_MAIL.format(name=made.person)) from None


def invite_several(actor: Person, pks: Iterable[UUID | str]) -> Run | int:
    """Invite several people: a few at once, more of them in the background."""
    wanted = [str(pk) for pk in to_invite().filter(pk__in=list(pks)).values_list("pk", flat=True)]
    return _invite_these(actor, wanted)


def invite_all(actor: Person) -> Run | int:
    """Invite everybody who can be invited and is not yet."""
    return _invite_these(actor, [str(pk) for pk in to_invite().values_list("pk", flat=True)])


def _invite_these(actor: Person, pks: list[str]) -> Run | int:
    if len(pks) > AT_ONCE:
        from fairlead.web.roster import tasks  # noqa: PLC0415 - tasks name this module

        return runs.start(
            tasks.send_invitations,
            owner=actor,
            kind=KIND,
            params={"people": pks},
            page=reverse("roster:invitations"),
        )
    for person in Person.objects.filter(pk__in=pks):
        invite(actor, person)
    return len(pks)


def send_all(run: Run, progress: Progress) -> Outcome:
    """Send what a run was asked for, one after the other; sent ones stay sent if it is stopped."""
    wanted: list[str] = run.params["people"]
    sent = 0
    for number, pk in enumerate(wanted):
        person = to_invite().filter(pk=pk).first()
        if person is None:  # invited, joined or gone meanwhile
            continue
        invite(run.owner, person)
        sent += 1
        progress(100 * number // len(wanted), f"{sent} of {len(wanted)} invitations sent.")
    return Outcome(result={"sent": sent, "asked": len(wanted)})


@transaction.atomic
def withdraw(actor: Person, invitation: Invitation) -> None:
    """Take an invitation back: its link ends at once."""
    done = Invitation.objects.filter(open_now(), pk=invitation.pk).update(withdrawn_at=timezone.now())
    if not done:
        raise Refused("This invitation is over already.")
    trail.record(actor, "withdraw_invitation", invitation, subject=invitation.person)


# --- the other side ----------------------------------------------------------------------------


def usable(token: str) -> Invitation | None:
    """Give the invitation of a link that can be used now; nothing for a wrong, used or expired one."""
    found = (
        Invitation.objects.filter(open_now(), token_sha256=_hash(token), person__user=None)
        .select_related("person", "made_by")
        .first()
    )
    if found is None or (found.person.left and found.person.left < timezone.localdate()):
        return None
    return found


def has_account(invitation: Invitation) -> bool:
    """Say whether the address of an invitation signs in to an account already."""
    email = invitation.email
    return (
        User.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
    )


@transaction.atomic
def accept(token: str, *, password: str, zone: str = "UTC") -> User | None:
    """Make the account of an invited person; ``None`` if the link cannot be used any more.

    The link came to the address, so the address is proved to be theirs.
    """
    found = _use(token)
    if found is None or has_account(found):
        return None
    user = User.objects.create_user(found.email, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = people.take_place(found.person, user=user)
    person.zone = zone
    person.save(update_fields=["zone"])
    return user


@transaction.atomic
def accept_as(account: Person, token: str) -> Person | None:
    """Join an account that somebody has already to the place they were invited to."""
    found = _use(token)
    if found is None or account.in_roster:
        return None
    return linking.take_over(account, found.person)


def _use(token: str) -> Invitation | None:
    found = usable(token)
    if found is None:
        return None
    used = Invitation.objects.filter(open_now(), pk=found.pk).update(used_at=timezone.now())
    return found if used else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def rows() -> list[dict[str, Any]]:
    """List invitations that wait or were used, newest first."""
    found = Invitation.objects.select_related("person").order_by("-made_at")[:200]
    now = timezone.now()
    return [{"invitation": one, "state": _state(one, now)} for one in found]


def _state(one: Invitation, now: Any) -> str:
    if one.used_at:
        return "used"
    if one.withdrawn_at or one.email.lower() != one.person.email.lower():
        return "withdrawn"
    return "expired" if one.expires_at <= now else "open"


def user_to_be(invitation: Invitation) -> User:
    """Give the account that an invitation would make, unsaved: a password must not be like its address."""
    return User(email=invitation.email)
