"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from fairlead.web.people.models import Person
from fairlead.web.roster.models import Invitation, RosterImport

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {
    "Unit": "organization",
    "Position": "leavers",
    "LongLeave": "leavers",
    "RosterImport": "imports",
    "Invitation": "invitations",
}


def clear_leavers(now: datetime, days: int) -> int:
    """Remove people who left long enough ago, with their positions and absences."""
    return Person.objects.filter(left__lt=now.date() - timedelta(days=days), user=None).delete()[0]


def clear_imports(now: datetime, days: int) -> int:
    """Remove imports with what they replaced, and previews that nobody said yes to."""
    return RosterImport.objects.filter(made_at__lte=now - timedelta(days=days)).delete()[0]


def clear_invitations(now: datetime, days: int) -> int:
    """Remove invitations that ended long enough ago, however they ended."""
    end = now - timedelta(days=days)
    over = Q(used_at__lte=end) | Q(withdrawn_at__lte=end) | Q(expires_at__lte=end)
    return Invitation.objects.filter(over).delete()[0]


EXPIRES: Final = {
    "leavers": clear_leavers,
    "imports": clear_imports,
    "invitations": clear_invitations,
}
