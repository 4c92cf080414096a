"""Writing about people: joining, changing one's own settings, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.people.models import Attempt, Person, User

if TYPE_CHECKING:
    from datetime import time


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


def tick() -> None:
    """Drop what was counted about tries to get in and no longer counts."""
    Attempt.objects.filter(expires__lt=timezone.now()).delete()


def note_download(actor: Person) -> None:
    """Note in the trail that everything about the person was handed out."""
    trail.record(actor, "download_everything", actor)
