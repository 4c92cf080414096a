"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from fairlead.web.grants.models import Grant

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {"Grant": "grants"}


def clear_grants(now: datetime, days: int) -> int:
    """Remove roles that ended long enough ago, by their last day or by somebody's act."""
    end = now - timedelta(days=days)
    return Grant.objects.filter(Q(ended_at__lte=end) | Q(until__lt=end.date())).delete()[0]


EXPIRES: Final = {"grants": clear_grants}
