"""How long this room keeps what it holds: an account ends some time after its person has left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fairlead.web import rights
from fairlead.web.people.models import Person

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


def clear_accounts(now: datetime, days: int) -> int:
    """Remove accounts, and everything private in them, of people who left long enough ago."""
    end = now.date() - timedelta(days=days)
    gone = 0
    for person in Person.objects.filter(left__lt=end, user__isnull=False).select_related("user"):
        rights.forget(person)
        gone += 1
    return gone


EXPIRES: Final = {"account": clear_accounts}
