"""An account and a place in the roster become one person: only where the address is proved to be theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from fairlead.web import trail, vault
from fairlead.web.people.models import Person
from fairlead.web.rooms import offers
from fairlead.web.roster.standing import PERSON_FIELDS

if TYPE_CHECKING:
    from fairlead.web.people.models import User

PLACE: Final = PERSON_FIELDS


@transaction.atomic
def take_over(account: Person, place: Person) -> Person:
    """Give the place of somebody without an account to an account outside the roster.

    Everything that names the place names the account's person from now on; the empty place goes.
    """
    if account.in_roster or place.user_id is not None or not place.in_roster:
        raise ValueError("Only an account outside the roster can take a place without an account.")
    values = {name: getattr(place, name) for name in PLACE}
    for relation in Person._meta.related_objects:  # noqa: SLF001 - Django's public name for it
        field: Any = relation.field
        if relation.related_model is Person or not field.concrete:
            continue
        if getattr(relation.related_model, "vaulted", False):  # nobody keeps anything without an account
            continue
        relation.related_model._default_manager.filter(**{field.name: place}).update(  # noqa: SLF001 - Django's public name
            **{field.name: account}
        )
    for _room, take_over_in in offers("actions", "take_over"):  # what relations do not show
        take_over_in(account, place)
    with vault.seen_by(place):  # who confirms an address from a mail may not be signed in yet
        place.delete()
    Person.objects.filter(pk=account.pk).update(**values)
    account.refresh_from_db()
    trail.record(account, "join_roster", account)
    return account


def link_verified(user: User) -> Person | None:
    """Link an account to the place that has one of its verified addresses; never to a typed one."""
    person: Person | None = getattr(user, "person", None)
    if person is None or person.in_roster:
        return None
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    for email in proved:
        place = Person.objects.filter(number__isnull=False, user=None, email__iexact=email).first()
        if place is not None and (place.left is None or place.left >= timezone.localdate()):
            return take_over(person, place)
    return None


@receiver(user_logged_in)
def _after_sign_in(user: User, **_more: Any) -> None:
    link_verified(user)


@receiver(email_confirmed)
def _after_confirming(email_address: EmailAddress, **_more: Any) -> None:
    link_verified(email_address.user)
