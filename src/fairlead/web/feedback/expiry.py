"""How long this room keeps what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from fairlead.web.feedback.models import OwnInstrument, Survey

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {
    "OwnInstrument": "surveys",
    "Survey": "surveys",
    "Seat": "surveys",
    "Release": "surveys",
    "Report": "surveys",
    "Theme": "surveys",
}


def clear_surveys(now: datetime, days: int) -> int:
    """Remove surveys with all that was released of them, and questionnaires that nobody uses any more."""
    from datetime import timedelta  # noqa: PLC0415

    end = now - timedelta(days=days)
    over = Q(closes_on__lt=end.date()) & ~Q(state__in=[Survey.State.OPEN, Survey.State.CLOSED])
    gone = Survey.objects.filter(over).delete()[0]
    return gone + OwnInstrument.objects.filter(retired_at__lte=end).delete()[0]


EXPIRES: Final = {"surveys": clear_surveys}
