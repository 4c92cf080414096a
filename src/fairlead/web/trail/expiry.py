"""How long this room keeps what it holds: lines go with the day on which they were written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fairlead.web.trail.actions import prune
from fairlead.web.trail.models import Verdict

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {"Entry": "record", "Head": "record", "Verdict": "record"}


def clear_record(now: datetime, days: int) -> int:
    """Let old lines, their heads and old verdicts go; the chain stays whole."""
    return prune(now, days) + Verdict.objects.filter(at__lte=now - timedelta(days=days)).delete()[0]


EXPIRES: Final = {"record": clear_record}
