"""What reading a calendar gives, apart from the reader, so that callers need not load it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from fairlead.core.tables import Meetings
    from fairlead.sources.people import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRead:
    """What was read: the meetings, whose they are, which days, and what a person should know about it.

    ``first`` and ``last`` are the days asked for or chosen, both included; ``who`` carries the
    guessed address when none was given (``who.guessed``).
    """

    meetings: Meetings
    who: Who
    first: dt.date
    last: dt.date
    notes: tuple[str, ...] = ()
