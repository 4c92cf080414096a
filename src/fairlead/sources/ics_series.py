"""Events into occurrences: rules counted out, exceptions and moved instances put in their place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NoReturn

from recurring_ical_events.adapters.event import EventAdapter
from recurring_ical_events.series import Series

from fairlead.sources.ics_events import Event, Time, as_moment, later
from fairlead.sources.rrules import RuleRefusedError, days_to_look_at, occurrences
from fairlead.sources.zones import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairlead.sources.rrules import Rule

LONGEST: Final = dt.timedelta(days=366)
"""An event that lasts longer is a banner, not an appointment, and is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read; the defaults are what uploads get."""

    per_event: int = 1_000
    per_reading: int = 20_000
    days_laid_out: int = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that are read, both included, in the person's zone."""

    first: dt.date
    last: dt.date
    zone: dt.tzinfo

    @property
    def begin(self) -> dt.datetime:
        """First moment of the first day."""
        return dt.datetime.combine(self.first, dt.time(), self.zone)

    @property
    def end(self) -> dt.datetime:
        """First moment after the last day."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), self.zone)

    def holds(self, start: Time, end: Time) -> bool:
        """Say whether any part of a stretch of time, or a moment without length, lies in the window."""
        begun, ended = as_moment(start, self.zone), as_moment(end, self.zone)
        return begun < self.end and (ended > self.begin or begun == ended >= self.begin)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: the event that describes it, its series' event, and when it is."""

    event: Event
    core: Event
    start: Time
    end: Time


class _Adapter(EventAdapter):  # type: ignore[misc]  # the library ships no types
    """Shows a checked event to recurring-ical-events, rules already counted out as single dates."""

    def __init__(self, event: Event, dates: list[Any]) -> None:
        marks: dict[str, Any] = {"RDATE": dates} if dates else {}
        if event.recurrence_id is not None:
            params = {"RANGE": "THISANDFUTURE"} if event.future else {}
            marks["RECURRENCE-ID"] = SimpleNamespace(dt=event.recurrence_id, params=params)
        super().__init__(marks)
        self.event = event
        self._dates = dates

    @property
    def raw_start(self) -> Time:
        return self.event.start

    @property
    def raw_end(self) -> Time:
        return self.event.end

    @property
    def uid(self) -> str:
        return self.event.uid

    @property
    def sequence(self) -> int:
        return self.event.sequence

    @property
    def exdates(self) -> list[Time]:
        return self.event.exdates

    @property
    def rrules(self) -> set[str]:
        return set()

    @property
    def rdates(self) -> list[Any]:
        return self._dates


class Expander:
    """Expands the events of a reading inside one window, within the limits."""

    def __init__(self, window: Window, limits: Limits) -> None:
        self.window = window
        self.limits = limits
        self.days = 0
        self.count = 0

    def expand(self, events: Iterable[Event]) -> Iterator[Occurrence]:
        """Yield the occurrences of all events in the window, series by series."""
        groups: dict[str, list[Event]] = defaultdict(list)
        for number, event in enumerate(events):
            groups[event.uid or f"\x00{number}"].append(event)
        for group in groups.values():
            for occurrence in self._group(group):
                self.count += 1
                if self.count > self.limits.per_reading:
                    self._too_many(group[0])
                yield occurrence

    def _group(self, group: list[Event]) -> Iterator[Occurrence]:
        first = group[0]
        if len(group) == 1 and not first.repeats and not first.future:
            if self.window.holds(first.start, first.end):
                yield Occurrence(first, first, first.start, first.end)
            return
        cores = [event for event in group if event.recurrence_id is None]
        core = cores[0] if cores else None
        dates = self._dates(core, group) if core is not None else []
        if core is not None and _ended_before_it_began(core) and not dates:
            return
        series = Series([_Adapter(event, dates if event is core else []) for event in group])
        for found in series.between(self.window.begin, self.window.end):
            event: Event = found._adapter.event  # noqa: SLF001 - the library offers no other way to the source
            start, end = found.start, found.end
            if event.exact is not None and isinstance(start, dt.datetime):
                own_length = as_moment(event.end, dt.UTC) - as_moment(event.start, dt.UTC)
                plain = as_moment(end, dt.UTC) - start == own_length
                end = later(start, event.exact) if plain else end
            if self.window.holds(start, end):
                yield Occurrence(event, core or event, start, end)

    def _dates(self, core: Event, group: list[Event]) -> list[Any]:
        """Give the dates of a series near the window: its rules counted out, and its ``RDATE``."""
        margin = _margin(group)
        found: list[Any] = []
        for moment, length in core.rdates:
            found.append(moment if length is None else (moment, moment + length))
        if len(found) > self.limits.per_event:
            core.calendar.refuse(core.raw.number, f"One event has {len(found):,} dates.", self._fewer)
        for rule, line in core.rules:
            try:
                dates = self._count_out(core, rule, margin)
            except RuleRefusedError as refused:
                core.calendar.refuse(line.number, refused.wrong, refused.right, line.column(refused.offset))
            inside = sum(self.window.holds(date, date) for date in dates)
            if inside > self.limits.per_event:
                core.calendar.refuse(
                    line.number,
                    f"The event from line {core.raw.number} takes place {inside:,} times in the period.",
                    self._fewer,
                    line.column(0),
                )
            found.extend(dates)
        return found

    @property
    def _fewer(self) -> str:
        return f"At most {self.limits.per_event:,} times are read; ask for a shorter period."

    def _count_out(self, core: Event, rule: Rule, margin: dt.timedelta) -> list[Time]:
        zone = core.start.tzinfo if isinstance(core.start, dt.datetime) else None
        start = as_moment(core.start, dt.UTC).replace(tzinfo=None)
        until = _until(rule, zone)
        first = max(self.window.first - margin, dt.date(1800, 1, 1))
        last = min(self.window.last + margin, dt.date(2250, 12, 31))
        if start.date() > last or (until is not None and until.date() < first):
            return []
        if rule.count is not None and start.year < 1900:
            core.calendar.refuse(
                core.raw.number,
                f"A counted series begins in {start.year}.",
                "Begin after 1900, or use UNTIL.",
            )
        self.days += days_to_look_at(rule, start, first, last)
        if self.days > self.limits.days_laid_out:
            core.calendar.refuse(
                core.raw.number,
                "The repetitions of this file take too long to count out.",
                "Export a shorter period.",
            )
        seconds = occurrences(rule, start, first, last, until)
        moments = [EPOCH + dt.timedelta(seconds=second) for second in seconds.tolist()]
        if not isinstance(core.start, dt.datetime):
            return [moment.date() for moment in moments]
        return [moment.replace(tzinfo=zone) for moment in moments]

    def _too_many(self, event: Event) -> NoReturn:
        event.calendar.refuse(
            event.raw.number,
            f"There are more than {self.limits.per_reading:,} occurrences in the period.",
            "Ask for a shorter period.",
        )


def _margin(group: list[Event]) -> dt.timedelta:
    """Say how far outside the window a date may lie whose occurrence reaches into it."""
    reach = dt.timedelta(0)
    for event in group:
        begun = as_moment(event.start, dt.UTC)
        reach = max(reach, as_moment(event.end, dt.UTC) - begun)
        if event.recurrence_id is not None:
            reach = max(reach, abs(begun - as_moment(event.recurrence_id, dt.UTC)))
    return min(reach, LONGEST * 2) + dt.timedelta(days=2)


def _until(rule: Rule, zone: dt.tzinfo | None) -> dt.datetime | None:
    """Give the rule's end on the event's wall clock; a day without a time is included whole."""
    until = rule.until
    if until is None:
        return None
    if not isinstance(until, dt.datetime):
        return dt.datetime.combine(until, dt.time(23, 59, 59))
    if until.tzinfo is None:
        return until
    if zone is None:
        return dt.datetime.combine(until.date(), dt.time(23, 59, 59))
    if until.year >= 9999 or until.year <= 1:
        return until.replace(tzinfo=None)
    return until.astimezone(zone).replace(tzinfo=None)


def _ended_before_it_began(core: Event) -> bool:
    """Say whether every rule ends before the event's own date, so that it never takes place."""
    zone = core.start.tzinfo if isinstance(core.start, dt.datetime) else None
    start = as_moment(core.start, dt.UTC).replace(tzinfo=None)
    ends = [_until(rule, zone) for rule, _ in core.rules]
    return bool(ends) and all(end is not None and end < start for end in ends)
