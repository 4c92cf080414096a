"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from fairlead.web.audits.models import CalendarImport, Reading
from fairlead.web.runs.models import Run

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {
    "CalendarImport": "readings",
    "Reading": "readings",
    "AnswerSheet": "own",
    "OwnRule": "own",
    "SortingSalt": "own",
    "OwnProfile": "own",
    "Remembered": "own",
    "HighPayoffEntry": "own",
    "Procedure": "own",
    "Resolution": "own",
    "WeekTick": "own",
}


@transaction.atomic
def clear_readings(now: datetime, days: int) -> int:
    """Remove readings, calendars and runs that are older."""
    end = now - timedelta(days=days)
    gone = 0
    for rows in (
        Reading.objects.filter(made_at__lte=end),
        CalendarImport.objects.filter(made_at__lte=end),
        Run.objects.filter(created_at__lte=end),
    ):
        gone += rows.delete()[0]
    return gone


EXPIRES: Final = {"readings": clear_readings}
