"""Minutes of a calendar, each counted once: cutting time into pieces and giving each to its events.

The rule for a minute in which several events lie: it goes to meetings with other people (and to
firefighting) before blocks of one's own, to these before time off, to time off before all-day
entries. Between events of the same rank it is divided evenly. So the hours of all events sum to
the union of their times.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from fairlead.core.tables import Meetings

WITH_OTHERS, OWN_BLOCK, TIME_OFF, ALL_DAY = range(4)
"""Ranks of events; the lower number takes the minute."""

DAY: Final = 1440
EPOCH: Final = dt.date(1970, 1, 1)
_EPOCH_UTC: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

LONG_MINUTES: Final = 12 * 60
"""A longer event is an entry that spans days, not twelve hours of work at a stretch."""


def day_number(day: dt.date) -> int:
    """Return days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date:
    """Return the date that many days after 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(number))


def to_utc(zone: str, local_minutes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return UTC minutes of wall-clock minutes in a zone, shape kept.

    A time that a clock change skips is taken with the offset before the change; one that comes
    twice is the first of the two.
    """
    place = ZoneInfo(zone)
    naive = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone until it is given one
    instants = [
        (naive + dt.timedelta(minutes=int(minute))).replace(tzinfo=place) - _EPOCH_UTC
        for minute in local_minutes
    ]
    return np.array([instant // dt.timedelta(minutes=1) for instant in instants], dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a window with their working hours, as UTC minutes.

    ``starts`` has one entry more than there are days: the end of the last. ``working`` is true on
    working days that are no holidays; ``weekend`` on weekdays without working hours.
    """

    first: int
    starts: NDArray[np.int64]
    work_from: NDArray[np.int64]
    work_to: NDArray[np.int64]
    working: NDArray[np.bool_]
    weekend: NDArray[np.bool_]
    holiday: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.working)

    @classmethod
    def of(
        cls,
        zone: str,
        first: dt.date,
        last: dt.date,
        bounds: tuple[NDArray[np.int64], NDArray[np.int64]],
        holidays: Collection[dt.date],
    ) -> Days:
        """Lay out the days ``first`` to ``last``, both included."""
        numbers = np.arange(day_number(first), day_number(last) + 2, dtype=np.int64)
        weekday = (numbers[:-1] + 3) % 7  # 1970-01-01 was a Thursday
        begin, end = bounds[0][weekday], bounds[1][weekday]
        free = np.isin(numbers[:-1], [day_number(day) for day in holidays])
        base = numbers[:-1] * DAY
        return cls(
            first=int(numbers[0]),
            starts=to_utc(zone, numbers * DAY),
            work_from=to_utc(zone, base + begin),
            work_to=to_utc(zone, base + end),
            working=(end > begin) & ~free,
            weekend=(end <= begin) & ~free,
            holiday=free,
        )

    @property
    def numbers(self) -> NDArray[np.int64]:
        """Days since 1970-01-01, shape (days,)."""
        return np.arange(self.first, self.first + len(self), dtype=np.int64)

    @property
    def week(self) -> NDArray[np.int64]:
        """Day number of the Monday of each day's week."""
        return self.numbers - (self.numbers + 3) % 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Stretches of events, none of which crosses a local midnight; all arrays of one length.

    ``event`` is a row of the table, ``day`` a position in ``Days``, ``rank`` one of the ranks,
    ``start`` and ``end`` UTC minutes.
    """

    event: NDArray[np.int64]
    day: NDArray[np.int64]
    rank: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def is_long(meetings: Meetings) -> NDArray[np.bool_]:
    """Return which events are all-day or longer than twelve hours: entries, not meetings."""
    long: NDArray[np.bool_] = meetings.all_day | (meetings.minutes > LONG_MINUTES)
    return long


def cut(meetings: Meetings, days: Days, counted: NDArray[np.bool_], rank: NDArray[np.int64]) -> Pieces:
    """Cut counted events at local midnights and at the ends of the window.

    Long entries become the working hours of the days that they touch.

    Parameters
    ----------
    meetings
        n occurrences.
    days
        The window.
    counted
        bool, shape (n,): events that cost time.
    rank
        int64, shape (n,): the rank of each.
    """
    long = is_long(meetings) & counted
    timed = counted & ~long & (meetings.end_utc > days.starts[0]) & (meetings.start_utc < days.starts[-1])
    rows = np.flatnonzero(timed & (meetings.minutes > 0))
    begin = np.maximum(meetings.start_utc[rows], days.starts[0])
    end = np.minimum(meetings.end_utc[rows], days.starts[-1])
    first = np.searchsorted(days.starts, begin, side="right") - 1
    final = np.searchsorted(days.starts, end, side="left") - 1
    event, day = _spread(rows, first, final)
    where = np.repeat(np.arange(len(rows)), final - first + 1)
    start = np.maximum(begin[where], days.starts[day])
    stop = np.minimum(end[where], days.starts[day + 1])
    entry, entry_day = _long_days(meetings, days, np.flatnonzero(long))
    return Pieces(
        event=np.concatenate([event, entry]),
        day=np.concatenate([day, entry_day]),
        rank=rank[np.concatenate([event, entry])],
        start=np.concatenate([start, days.work_from[entry_day]]),
        end=np.concatenate([stop, days.work_to[entry_day]]),
    )


def _long_days(
    meetings: Meetings, days: Days, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (event, day) for the working days that long entries touch."""
    first = meetings.start_local[rows] // DAY - days.first
    final = np.maximum(meetings.end_local[rows] - 1, meetings.start_local[rows]) // DAY - days.first
    first, final = np.maximum(first, 0), np.minimum(final, len(days) - 1)
    inside = final >= first
    event, day = _spread(rows[inside], first[inside], final[inside])
    keep = days.working[day]
    return event[keep], day[keep]


def _spread(
    rows: NDArray[np.int64], first: NDArray[np.int64], final: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Repeat each row once for every day from ``first`` to ``final``."""
    times = final - first + 1
    offsets = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(rows, times), np.repeat(first, times) + offsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Minutes given to each piece, and the stretches that nobody has claimed.

    ``minutes`` and ``inside`` (within working hours) are float64, one per piece. ``free_day`` and
    ``free_minutes`` list the stretches of working time free of meetings and time off; ``gap_day``
    and ``gap_minutes`` those free of meetings alone.
    """

    minutes: NDArray[np.float64]
    inside: NDArray[np.float64]
    free_day: NDArray[np.int64]
    free_minutes: NDArray[np.int64]
    gap_day: NDArray[np.int64]
    gap_minutes: NDArray[np.int64]


def credit(pieces: Pieces, days: Days) -> Credit:
    """Give every minute to the pieces that it belongs to, each minute once.

    Parameters
    ----------
    pieces
        From ``cut``.
    days
        The window that they were cut by.

    Notes
    -----
    A sweep over the sorted ends of all pieces: O(m log m) for m pieces.
    """
    bounds = (days.starts, days.work_from[days.working], days.work_to[days.working])
    cuts = np.unique(np.concatenate([pieces.start, pieces.end, *bounds]))
    length = np.diff(cuts)
    day = np.clip(np.searchsorted(days.starts, cuts[:-1], side="right") - 1, 0, len(days) - 1)
    working = days.working[day] & (cuts[:-1] >= days.work_from[day]) & (cuts[:-1] < days.work_to[day])
    begin, end = np.searchsorted(cuts, pieces.start), np.searchsorted(cuts, pieces.end)
    active = np.stack([_count(begin, end, pieces.rank == rank, len(length)) for rank in range(4)])
    winner = np.where(active.any(axis=0), np.argmax(active > 0, axis=0), -1)
    minutes, inside = np.zeros(len(pieces.event)), np.zeros(len(pieces.event))
    for rank in range(4):
        mine = pieces.rank == rank
        portion = np.where(winner == rank, length / np.maximum(active[rank], 1), 0.0)
        for total, part in ((minutes, portion), (inside, portion * working)):
            reached = np.concatenate([[0.0], np.cumsum(part)])
            total[mine] = reached[end[mine]] - reached[begin[mine]]
    met = (active[WITH_OTHERS] > 0) | (active[ALL_DAY] > 0)
    free_day, free_minutes = _runs(working & ~met & (active[TIME_OFF] == 0), day, length)
    gap_day, gap_minutes = _runs(working & ~met, day, length)
    return Credit(
        minutes=minutes,
        inside=inside,
        free_day=free_day,
        free_minutes=free_minutes,
        gap_day=gap_day,
        gap_minutes=gap_minutes,
    )


def _count(
    begin: NDArray[np.intp], end: NDArray[np.intp], mine: NDArray[np.bool_], segments: int
) -> NDArray[np.int64]:
    """Count how many of these pieces cover each segment."""
    change = np.zeros(segments + 1, dtype=np.int64)
    np.add.at(change, begin[mine], 1)
    np.add.at(change, end[mine], -1)
    return np.cumsum(change)[:-1]


def _runs(
    free: NDArray[np.bool_], day: NDArray[np.int64], length: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return day and minutes of each unbroken run of free segments, never across a day."""
    rows = np.flatnonzero(free)
    if not rows.size:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    new = np.concatenate([[True], (np.diff(rows) > 1) | (np.diff(day[rows]) != 0)])
    starts = np.flatnonzero(new)
    return day[rows[starts]], np.add.reduceat(length[rows], starts)
