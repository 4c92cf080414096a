"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from fairlead.web.sharing.models import Share

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {"Share": "shares", "ShareComment": "own"}


def clear_shares(now: datetime, days: int) -> int:
    """Remove shares that ended long enough ago."""
    end = now - timedelta(days=days)
    return Share.objects.filter(Q(ended_at__lte=end) | Q(until__lt=end.date())).delete()[0]


EXPIRES: Final = {"shares": clear_shares}
