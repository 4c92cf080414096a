"""Sums over a calendar: hours of any group of events, per week and for the whole period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core import minutes as clock
from fairlead.core.kinds import KINDS, UNCLEAR
from fairlead.core.signals import knows_people, with_others
from fairlead.core.tables import ACCEPTED, CANCELLED, DECLINED, NO_NOTICE
from fairlead.core.time_results import KindHours, WeekReading
from fairlead.core.work import WORK_KINDS, Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from numpy.typing import NDArray

    from fairlead.core.kinds import Classified
    from fairlead.core.tables import Meetings

SHORT_NOTICE: Final = 24 * 60
"""Minutes: what is set up later than a day before its start is short notice."""

FOCUS_BLOCK: Final = 120
"""Minutes without an interruption that make a block of focus."""

FREE_HOUR: Final = 60
MISSED_OVERLAP: Final = 15
"""Minutes of a meeting over a personal engagement from which on it counts as double-booked."""

_FIRE: Final = KINDS.index(Kind.FIREFIGHTING)
_RECOVERY: Final = KINDS.index(Kind.RECOVERY)
_WORK: Final = tuple(KINDS.index(kind) for kind in WORK_KINDS)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """One calendar over one period, every minute given to its events once.

    Columns are one per event: ``counted`` costs time, ``together`` with others, ``recovery`` time
    off, ``reactive`` short notice or firefighting, ``notice_known`` in the base of the reactive
    share, ``hands_on`` hands-on time with reports.
    """

    days: clock.Days
    pieces: clock.Pieces
    credit: clock.Credit
    kind: NDArray[np.int8]
    counted: NDArray[np.bool_]
    together: NDArray[np.bool_]
    recovery: NDArray[np.bool_]
    reactive: NDArray[np.bool_]
    notice_known: NDArray[np.bool_]
    high_payoff: NDArray[np.bool_]
    hands_on: NDArray[np.bool_]
    outside_counts: NDArray[np.bool_]
    engagements: NDArray[np.bool_]
    missed: NDArray[np.bool_]
    people: NDArray[np.int64]
    day: NDArray[np.int64]
    off: NDArray[np.bool_]
    evidence: NDArray[np.bool_]
    knows_people: bool
    as_of: str | None
    left_out: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    weeks: tuple[WeekReading, ...] = ()

    def all_pieces(self) -> NDArray[np.bool_]:
        """Return a mask that keeps every piece."""
        return np.ones(len(self.pieces.event), dtype=bool)

    def hours(self, rows: NDArray[np.bool_], keep: NDArray[np.bool_] | None = None) -> float:
        """Return the hours given to events of these rows, in pieces that ``keep`` allows."""
        chosen = rows[self.pieces.event] if keep is None else rows[self.pieces.event] & keep
        return float(self.credit.minutes[chosen].sum()) / 60

    def by_kind(self, keep: NDArray[np.bool_]) -> KindHours:
        """Return hours by kind over the pieces that ``keep`` allows."""
        weights = self.credit.minutes[keep] / 60
        totals = np.bincount(self.kind[self.pieces.event[keep]], weights=weights, minlength=len(KINDS))
        return KindHours(**{str(kind): float(totals[place]) for place, kind in enumerate(KINDS)})


def sum_up(
    meetings: Meetings,
    classified: Classified,
    *,
    bounds: tuple[NDArray[np.int64], NDArray[np.int64]],
    first: dt.date,
    last: dt.date,
    holidays: Collection[dt.date],
) -> Sums:
    """Give every minute of the period to its events and add up weeks.

    Parameters
    ----------
    meetings, classified
        n occurrences and their kinds.
    bounds
        Start and end of work in minutes, each of shape (7,), Monday first.
    first, last, holidays
        The period, both ends included, and its free days.
    """
    days = clock.Days.of(meetings.zone, first, last, bounds, holidays)
    together = with_others(meetings)
    recovery = classified.kind == _RECOVERY
    counted, left_out = _counted(meetings, classified, days)
    pieces = clock.cut(meetings, days, counted, _ranks(meetings, classified, together))
    given = clock.credit(pieces, days)
    day = np.clip(meetings.start_local // clock.DAY - days.first, 0, len(days) - 1)
    off = days.working & _days_with(pieces, days, recovery & clock.is_long(meetings))
    evidence = _days_with(pieces, days, np.ones(len(meetings), dtype=bool))
    notice_known, reactive = _reactive(classified, together)
    known = knows_people(meetings)
    engagements = _engagements(meetings, classified, days)
    sums = Sums(
        days=days, pieces=pieces, credit=given, kind=classified.kind, counted=counted, together=together,
        recovery=recovery, reactive=reactive, notice_known=notice_known,
        high_payoff=classified.high_payoff >= 0,
        hands_on=_hands_on(meetings, classified),
        outside_counts=_costs_an_evening(meetings, classified, together),
        engagements=engagements, missed=_missed(meetings, classified, counted, engagements, together),
        people=meetings.people, day=day, off=off, evidence=evidence, knows_people=known,
        as_of=_newest(meetings, counted), left_out=left_out, notes=_notes(meetings, days, evidence, known),
    )  # fmt: skip
    return replace(sums, weeks=_weeks(sums))


def _counted(
    meetings: Meetings, classified: Classified, days: clock.Days
) -> tuple[NDArray[np.bool_], tuple[tuple[str, int], ...]]:
    """Return which events cost time, and what was left out and how often."""
    local_first = days.first * clock.DAY
    inside = (meetings.end_local > local_first) & (
        meetings.start_local < (days.first + len(days)) * clock.DAY
    )
    long = clock.is_long(meetings)
    entry = long & (classified.kind == UNCLEAR)
    entry |= long & (classified.kind == _RECOVERY) & ~_time_off(classified)
    reasons = (
        ("outside the period", ~inside),
        ("cancelled", meetings.response == CANCELLED),
        ("declined", meetings.response == DECLINED),
        ("marked as free", meetings.transparent),
        ("all-day or very long entries that say nothing about time", entry),
        ("no length", meetings.minutes <= 0),
    )
    counted = np.ones(len(meetings), dtype=bool)
    left_out = dict(meetings.left_out)
    for what, wrong in reasons:
        dropped = int((counted & wrong).sum())
        counted &= ~wrong
        if dropped:
            left_out[what] = left_out.get(what, 0) + dropped
    return counted, tuple(sorted(left_out.items()))


def _time_off(classified: Classified) -> NDArray[np.bool_]:
    """Return which events are time off by a rule for it or by the person's own word."""
    own = np.array([*(rule.id.startswith("own-") for rule in classified.rules), False])
    told: NDArray[np.bool_] = classified.tagged("time_off") | own[classified.rule]
    return told


def _ranks(meetings: Meetings, classified: Classified, together: NDArray[np.bool_]) -> NDArray[np.int64]:
    rank = np.where(together | (classified.kind == _FIRE), clock.WITH_OTHERS, clock.OWN_BLOCK)
    rank = np.where(classified.kind == _RECOVERY, clock.TIME_OFF, rank)
    return np.where(clock.is_long(meetings), clock.ALL_DAY, rank).astype(np.int64)


def _days_with(pieces: clock.Pieces, days: clock.Days, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    found = np.zeros(len(days), dtype=bool)
    found[pieces.day[rows[pieces.event]]] = True
    return found


def _reactive(
    classified: Classified, together: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the base of the reactive share and what in it is reactive."""
    fire = classified.kind == _FIRE
    known = (classified.notice != NO_NOTICE) & together & (classified.kind != _RECOVERY)
    return known | fire, (known & (classified.notice < SHORT_NOTICE)) | fire


def _hands_on(meetings: Meetings, classified: Classified) -> NDArray[np.bool_]:
    """Row 19: working side by side with staff, or developing them, in a group of four at most."""
    near: NDArray[np.bool_] = (meetings.reports > 0) & (meetings.people <= 4) & (meetings.outside == 0)
    wanted = np.isin(classified.kind, [KINDS.index(Kind.LEADING), KINDS.index(Kind.DOING)])
    found: NDArray[np.bool_] = (near & wanted) | ((meetings.reports > 0) & classified.tagged("hands_on"))
    return found


def _costs_an_evening(
    meetings: Meetings, classified: Classified, together: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return what counts as work outside working hours: known work, or unclear with colleagues."""
    colleagues = (meetings.reports + meetings.managers + meetings.peers + meetings.other_functions) > 0
    unclear = (classified.kind == UNCLEAR) & together & colleagues
    found: NDArray[np.bool_] = np.isin(classified.kind, _WORK) | unclear
    return found


def _engagements(meetings: Meetings, classified: Classified, days: clock.Days) -> NDArray[np.bool_]:
    """Row 36: personal engagements of the period, those declined included."""
    personal = meetings.personal | classified.tagged("personal_engagement")
    personal &= ~clock.is_long(meetings) & (meetings.minutes > 0) & (meetings.response != CANCELLED)
    inside = (meetings.start_utc >= days.starts[0]) & (meetings.start_utc < days.starts[-1])
    found: NDArray[np.bool_] = personal & inside
    return found


def _missed(
    meetings: Meetings,
    classified: Classified,
    counted: NDArray[np.bool_],
    personal: NDArray[np.bool_],
    together: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Return which personal engagements were declined, or had accepted meetings put over them."""
    accepted = (meetings.response == ACCEPTED) | (meetings.organizer == 0)
    work = counted & together & accepted & ~personal & (classified.kind != _RECOVERY)
    work &= ~clock.is_long(meetings)
    missed: NDArray[np.bool_] = personal & (meetings.response == DECLINED)
    busy = _union(meetings.start_utc[work], meetings.end_utc[work])
    for row in np.flatnonzero(personal & ~missed):
        begin = np.maximum(busy[0], meetings.start_utc[row])
        end = np.minimum(busy[1], meetings.end_utc[row])
        needed = min(MISSED_OVERLAP, int(meetings.minutes[row]))
        missed[row] = int(np.maximum(end - begin, 0).sum()) >= needed
    return missed


def _union(start: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Merge overlapping stretches, given in order of start."""
    if not start.size:
        return start, end
    reach = np.maximum.accumulate(end)
    new = np.concatenate([[True], start[1:] > reach[:-1]])
    last = np.concatenate([np.flatnonzero(new)[1:] - 1, [len(start) - 1]])
    return start[new], reach[last]


def _newest(meetings: Meetings, counted: NDArray[np.bool_]) -> str | None:
    starts = meetings.start_local[counted]
    return clock.day_of(int(starts.max()) // clock.DAY).isoformat() if starts.size else None


def _notes(meetings: Meetings, days: clock.Days, evidence: NDArray[np.bool_], known: bool) -> tuple[str, ...]:
    notes = []
    every, seen = np.unique(days.week), np.unique(days.week[evidence])
    empty = len(every) - len(seen)
    if empty:
        text = (
            "1 week holds no event at all and is"
            if empty == 1
            else f"{empty} weeks hold no event at all and are"
        )
        notes.append(f"{text} left out: an empty calendar is not free time.")
    if len(meetings) and not known:
        notes.append(
            "This calendar does not name who is invited, so nothing is said about whom time was spent with."
        )
    if len(meetings) and np.all(meetings.created == NO_NOTICE):
        notes.append("This calendar does not say when events were set up, so short notice is not known.")
    return tuple(notes)


def _weeks(sums: Sums) -> tuple[WeekReading, ...]:
    """Read every week that holds at least one event."""
    week = sums.days.week
    return tuple(_week(sums, monday, week == monday) for monday in np.unique(week[sums.evidence]).tolist())


def _week(sums: Sums, monday: int, mine: NDArray[np.bool_]) -> WeekReading:
    keep = mine[sums.pieces.day]
    work_days = sums.days.working & mine
    awake = sums.days.working & ~sums.off
    evening = keep & awake[sums.pieces.day]
    outside = sums.outside_counts[sums.pieces.event]
    after = (sums.credit.minutes - sums.credit.inside)[evening & outside].sum() / 60
    free_day = sums.days.holiday | sums.off
    weekend, free = sums.days.weekend[sums.pieces.day], free_day[sums.pieces.day]
    focus = sums.credit.free_minutes[(mine & awake)[sums.credit.free_day]]
    blocks = focus[focus >= FOCUS_BLOCK]
    works = sums.outside_counts & ~sums.recovery
    started = mine[sums.day] & sums.counted
    return WeekReading(
        monday=clock.day_of(monday).isoformat(),
        complete=int(mine.sum()) == 7,
        events=int(started.sum()),
        hours=sums.by_kind(keep),
        reactive_hours=sums.hours(sums.reactive, keep),
        reactive_of=sums.hours(sums.notice_known, keep),
        high_payoff_hours=sums.hours(sums.high_payoff, keep),
        meeting_hours=sums.hours(sums.together & ~sums.recovery, keep),
        after_hours=float(after),
        weekend_hours=sums.hours(works, keep & weekend),
        holiday_hours=sums.hours(works, keep & free),
        hands_on_hours=sums.hours(sums.hands_on, keep),
        focus_hours=float(blocks.sum()) / 60,
        focus_blocks=int(blocks.size),
        fragmented_hours=float(focus[focus < FOCUS_BLOCK].sum()) / 60,
        days_without_free_hour=_full_days(sums, work_days & awake & sums.evidence),
        missed_personal=int((sums.missed & mine[sums.day]).sum()),
        off=bool(work_days.any() and not (work_days & ~sums.off).any()) or not work_days.any(),
    )


def _full_days(sums: Sums, days: NDArray[np.bool_]) -> int:
    longest = np.zeros(len(sums.days), dtype=np.int64)
    np.maximum.at(longest, sums.credit.gap_day, sums.credit.gap_minutes)
    return int((days & (longest < FREE_HOUR)).sum())
