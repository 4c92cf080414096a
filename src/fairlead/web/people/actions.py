"""Writing about people: joining, changing one's own settings, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.people.models import Attempt, Person, User
from fairlead.web.rooms import offers
from fairlead.web.vault import house

if TYPE_CHECKING:
    from datetime import time

SECRETS: Final = "mfa_authenticator.data"
"""Where the secrets of second factors stand; sealed, they open nowhere else."""


@transaction.atomic
def join(*, user: User, name: str = "", zone: str = "UTC") -> Person:
    """Make the person behind a new account; joining twice changes nothing."""
    person, made = Person.objects.get_or_create(user=user, defaults={"name": name, "zone": zone})
    if made:
        trail.record(person, "join", person)
    return person


@transaction.atomic
def take_place(person: Person, *, user: User) -> Person:
    """Give somebody of the roster their account; whoever has one already keeps it."""
    if not Person.objects.filter(pk=person.pk, user=None).update(user=user):
        raise ValueError("This person of the roster has an account already.")
    person.user = user
    trail.record(person, "join", person)
    return person


@transaction.atomic
def change_settings(actor: Person, *, name: str, zone: str, work_from: time, work_to: time) -> Person:
    """Change what the person said about themselves."""
    actor.name, actor.zone, actor.work_from, actor.work_to = name, zone, work_from, work_to
    actor.save(update_fields=["name", "zone", "work_from", "work_to"])
    trail.record(actor, "change_settings", actor)
    return actor


def choose_role(actor: Person, *, title: str, code: str = "") -> Person:
    """Keep the role the person compares with."""
    actor.role_title, actor.role_code = title, code
    actor.save(update_fields=["role_title", "role_code"])
    return actor


def forget(person: Person) -> None:
    """End every browser's session of the person; deleting the account takes the rest along."""
    keys = list(UserSession.objects.filter(user=person.user_id).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    trail.record(person, "leave", person)


@transaction.atomic
def deactivate(actor: Person | None, person: Person) -> None:
    """Close an account: nobody gets in with it, and whoever is in with it is out at the next request.

    ``actor`` is empty where it was done from the server's own shell.
    """
    if person.user is None:
        raise ValueError("There is no account to close.")
    if actor is not None and actor.pk == person.pk:
        raise ValueError("Nobody closes their own account for others to open; leaving removes it.")
    person.user.is_active = False
    person.user.save(update_fields=["is_active"])
    end_sessions(person)
    for _room, part in offers("actions", "account_closed"):
        part(person)
    trail.record(actor, "deactivate", person, subject=person)


@transaction.atomic
def reactivate(actor: Person | None, person: Person) -> None:
    """Open a closed account again; sessions from before stay ended."""
    if person.user is None:
        raise ValueError("There is no account to open.")
    if actor is not None and actor.pk == person.pk:
        raise ValueError("Somebody else opens it again.")
    person.user.is_active = True
    person.user.save(update_fields=["is_active"])
    end_sessions(person)
    trail.record(actor, "reactivate", person, subject=person)


def end_sessions(person: Person) -> None:
    """End every session of the account, those that no list of browsers knows too."""
    UserSession.objects.filter(user=person.user_id).delete()
    mine = str(person.user_id)
    keys = [
        one.session_key for one in Session.objects.iterator() if one.get_decoded().get(SESSION_KEY) == mine
    ]
    Session.objects.filter(session_key__in=keys).delete()


@transaction.atomic
def reseal_second_factors() -> tuple[int, int]:
    """Seal the secrets of second factors with the newest installation key; say how many, of how many."""
    changed, seen = 0, 0
    for row in Authenticator.objects.select_for_update().order_by("pk"):
        secrets = {name: row.data[name] for name in ("secret", "seed") if isinstance(row.data.get(name), str)}
        seen += len(secrets)
        old = {name: one for name, one in secrets.items() if not house.is_newest(one)}
        if old:
            row.data |= {
                name: house.seal(house.unseal(one, where=SECRETS), where=SECRETS) for name, one in old.items()
            }
            row.save(update_fields=["data"])
            changed += len(old)
    return changed, seen


def tick() -> None:
    """Drop what was counted about tries to get in and no longer counts."""
    Attempt.objects.filter(expires__lt=timezone.now()).delete()


def note_download(actor: Person) -> None:
    """Note in the trail that everything about the person was handed out."""
    trail.record(actor, "download_everything", actor)
