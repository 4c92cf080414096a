"""How long this room keeps what it holds: an account ends some time after its person has left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from fairlead.web import rights
from fairlead.web.people.models import Person
from fairlead.web.trail.models import Entry

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {
    "User": "account",
    "EmailAddress": "account",
    "Authenticator": "account",
    "UserSession": "account",
    "SocialAccount": "account",
    "SocialToken": "account",
    "SocialApp": "organization",
    "Person": "leavers",
}


NOTICE: Final = timedelta(days=30)
"""A last day that is noted late, or wrongly, ends no account at once: as long as the change can be undone."""


def clear_accounts(now: datetime, days: int) -> int:
    """Remove accounts, and everything private in them, of people who left long enough ago.

    What somebody keeps here cannot be brought back. So a last day in the past, written by one person or
    by one wrong line of a list, waits until the record says that it stood for a month.
    """
    end = now.date() - timedelta(days=days)
    noted = Entry.objects.filter(
        subject=OuterRef("pk"), verb__in=["mark_left", "change_person", "add_person"], at__gt=now - NOTICE
    )
    gone = 0
    leavers = Person.objects.filter(~Exists(noted), left__lt=end, user__isnull=False)
    for person in leavers.select_related("user"):
        rights.forget(person)
        gone += 1
    return gone


EXPIRES: Final = {"account": clear_accounts}
