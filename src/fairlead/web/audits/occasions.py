"""What the newest calendar lets expect: when recurring meetings come next, and which skills it points at.

Offered to other rooms. A date is projected: the table of events ends where the calendar was exported,
and a series is taken to go on as it did. Kind of meeting and relation only; titles and names are gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.utils import timezone

from fairlead.core.tables import ACCEPTED, TENTATIVE, UNANSWERED
from fairlead.core.work import Competency
from fairlead.library.practice import Occasion
from fairlead.web.audits.models import READING_STANDS_FOR, CalendarImport
from fairlead.web.audits.packing import unpack
from fairlead.web.audits.queries import audit_of, newest_reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.tables import Meetings
    from fairlead.web.people.models import Person

LEAST: Final = 3
"""Occurrences from which on a series has a rhythm."""

TOLD: Final = {
    Occasion.ONE_TO_ONE: "a one-to-one with somebody who reports to you",
    Occasion.WITH_MANAGER: "a meeting with your manager",
    Occasion.WITH_PEERS: "a meeting with one or two colleagues",
    Occasion.TEAM_MEETING: "a meeting of three or more",
    Occasion.ALONE: "time that you keep for yourself",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """When a recurring meeting comes next, if it goes on as it did."""

    fits: Occasion
    day: date
    at: time
    minutes: int
    says: str
    read_until: date


def next_occasions(person: Person, *, most: int = 12) -> list[Next]:
    """Give the next date of each series that still ran when the newest calendar ended, soonest first."""
    newest = CalendarImport.objects.filter(owner=person, table__isnull=False).defer("placed", "titles")
    calendar = newest.first()
    today = timezone.localdate()
    if calendar is None or calendar.last_day is None or today - calendar.last_day > READING_STANDS_FOR:
        return []
    found = _series(unpack(bytes(calendar.table or b"")), today, calendar.last_day)
    return sorted(found, key=lambda one: (one.day, one.at))[:most]


def _series(meetings: Meetings, today: date, read_until: date) -> list[Next]:
    takes_part = np.isin(meetings.response, (ACCEPTED, TENTATIVE, UNANSWERED))
    rows = np.flatnonzero(meetings.recurring & ~meetings.all_day & ~meetings.personal & takes_part)
    found = []
    for number in np.unique(meetings.series[rows]):
        of = rows[meetings.series[rows] == number]
        one = _projected(meetings, of, today, read_until) if len(of) >= LEAST else None
        if one is not None:
            found.append(one)
    return found


def _projected(meetings: Meetings, rows: NDArray[Any], today: date, read_until: date) -> Next | None:
    """Go on from the last date by the usual distance; ``None`` for a series that had ended."""
    begins = [datetime.fromtimestamp(int(meetings.start_local[row]) * 60, tz=UTC) for row in rows]
    days = sorted({begin.date() for begin in begins})
    gaps = np.diff([day.toordinal() for day in days])
    step = int(np.median(gaps)) if len(gaps) else 0
    if step < 1 or days[-1] + timedelta(days=2 * step) < read_until:
        return None
    day = _next_day(days, step, today)
    last = rows[-1]
    fits = _fits(meetings, last)
    if fits is None:
        return None
    minutes = int(meetings.end_local[last] - meetings.start_local[last])
    says = f"{TOLD[fits]}, {day:%A}s {begins[-1]:%H:%M}" if step == 7 else f"{TOLD[fits]}, {begins[-1]:%H:%M}"
    return Next(fits=fits, day=day, at=begins[-1].time(), minutes=minutes, says=says, read_until=read_until)


def _next_day(days: list[date], step: int, today: date) -> date:
    """Give the first date after today: one of the calendar's own, or the last one and so many steps."""
    steps = (today - days[-1]).days // step + 1
    return next((day for day in days if day > today), days[-1] + timedelta(days=step * steps))


def _fits(meetings: Meetings, row: int) -> Occasion | None:
    relations = ("reports", "managers", "peers", "other_functions", "outside", "unknown")
    people = sum(int(getattr(meetings, name)[row]) for name in relations)
    if meetings.one_to_one[row] >= 0:
        return Occasion.ONE_TO_ONE
    if people == 0:
        return Occasion.ALONE
    if people == 1 and meetings.managers[row]:
        return Occasion.WITH_MANAGER
    if meetings.outside[row]:
        return None
    return Occasion.TEAM_MEETING if people > 2 else Occasion.WITH_PEERS


def wished_skills(person: Person) -> list[tuple[str, str]]:
    """Give the competencies that the newest reading points at, each with why; none once it expired."""
    reading = newest_reading(person)
    if reading is None or reading.is_history:
        return []
    audit = audit_of(reading)
    known = set(Competency)
    step = audit.next_step
    found = {step.about: f"The next step of your last reading: {step.title}"} if step.about in known else {}
    for gap in audit.gaps:
        if gap.clear and gap.name in known and (gap.gap or 0) > 0:
            found.setdefault(gap.name, f"Your last reading: {gap.says}")
    return list(found.items())
