"""The input tables, checked once, at the door.

Command line, web and logs build the same tables; the core trusts them afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

NO_NOTICE: Final = np.iinfo(np.int64).min
"""``created`` of an event whose file does not say when it was set up."""

ACCEPTED, TENTATIVE, DECLINED, UNANSWERED, CANCELLED = 0, 1, 2, 3, 4
"""Codes of ``Meetings.response``: how the person answered; ``CANCELLED`` ends every other state."""

ORGANIZER_RELATIONS: Final = (
    "self",
    "report",
    "manager",
    "peer",
    "other_function",
    "outside",
    "unknown",
)
"""Codes of ``Meetings.organizer`` are positions in this tuple (values of ``work.Relation``)."""


class TableError(ValueError):
    """A table breaks its contract; the message says which column and row and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Occurrences of calendar events, one row each, in order of start.

    Every array has one entry per occurrence. Instants are whole minutes since 1970-01-01, once in
    UTC (for lengths and overlaps) and once as the person's wall clock (for hours, days and weeks),
    so that a night with a clock change keeps its true length. ``end_utc - start_utc`` is the length.

    Parameters
    ----------
    zone
        IANA name of the person's time zone, e.g. ``"Europe/Berlin"``.
    start_utc, end_utc, start_local, end_local
        int64 minutes; an all-day event runs from local midnight to local midnight.
    created
        int64 minutes in UTC when the event, or its series, was set up; ``NO_NOTICE`` if unknown.
    series
        int32: occurrences of one series share a number; every single event has its own.
    recurring, all_day, transparent, private, personal
        bool: part of a series; has no clock time; does not block time; marked private or
        confidential; marked by the person as their own (category or title marker), not work.
    response
        int8 code: how the person answered (``ACCEPTED`` ... ``CANCELLED``).
    organizer
        int8 position in ``ORGANIZER_RELATIONS``.
    reports, managers, peers, other_functions, outside, unknown
        int16: people invited besides the person, by relation. Their sum is the size minus one.
    functions
        int8: how many different functions (own one included) are known to take part; 0 if unknown.
    one_to_one
        int32: which report a meeting with exactly one report is with (0, 1, ...), else -1. Numbers
        are opaque; ``report_labels`` names them.
    title, categories
        Text as written, or ``""`` once forgotten (see ``without_titles``).
    report_labels
        ``"report 1"``, ... or names when the person keeps them.
    left_out
        What the reader dropped, and how many: ``(("cancelled", 3), ("declined", 2), ...)``.
    source
        The file names read, for reports; never a path.
    """

    zone: str
    start_utc: NDArray[np.int64]
    end_utc: NDArray[np.int64]
    start_local: NDArray[np.int64]
    end_local: NDArray[np.int64]
    created: NDArray[np.int64]
    series: NDArray[np.int32]
    recurring: NDArray[np.bool_]
    all_day: NDArray[np.bool_]
    transparent: NDArray[np.bool_]
    private: NDArray[np.bool_]
    personal: NDArray[np.bool_]
    response: NDArray[np.int8]
    organizer: NDArray[np.int8]
    reports: NDArray[np.int16]
    managers: NDArray[np.int16]
    peers: NDArray[np.int16]
    other_functions: NDArray[np.int16]
    outside: NDArray[np.int16]
    unknown: NDArray[np.int16]
    functions: NDArray[np.int8]
    one_to_one: NDArray[np.int32]
    title: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    report_labels: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    source: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check lengths, order and signs once."""
        n = len(self.title)
        for name in _ARRAYS:
            if len(getattr(self, name)) != n:
                message = f"Meetings.{name} has {len(getattr(self, name))} rows, title has {n}"
                raise TableError(message)
        if len(self.categories) != n:
            message = f"Meetings.categories has {len(self.categories)} rows, title has {n}"
            raise TableError(message)
        _check_rows("end_utc is before start_utc", self.end_utc < self.start_utc)
        _check_rows("start_utc is not in order", np.diff(self.start_utc, prepend=self.start_utc[:1]) < 0)
        for name in ("reports", "managers", "peers", "other_functions", "outside", "unknown"):
            _check_rows(f"{name} is negative", getattr(self, name) < 0)
        _check_rows("one_to_one names no report", self.one_to_one >= max(len(self.report_labels), 1))

    def __len__(self) -> int:
        return len(self.title)

    @property
    def minutes(self) -> NDArray[np.int64]:
        """Length of each occurrence in minutes, by UTC."""
        return self.end_utc - self.start_utc

    @property
    def people(self) -> NDArray[np.int64]:
        """How many take part, the person included."""
        total = np.ones(len(self), dtype=np.int64)
        for column in (
            self.reports,
            self.managers,
            self.peers,
            self.other_functions,
            self.outside,
            self.unknown,
        ):
            total += column
        return total

    def where(self, keep: NDArray[np.bool_]) -> Meetings:
        """Return the rows for which ``keep`` is true."""
        rows = np.flatnonzero(keep)
        chosen = {name: getattr(self, name)[rows] for name in _ARRAYS}
        return replace(
            self,
            **chosen,
            title=tuple(self.title[row] for row in rows),
            categories=tuple(self.categories[row] for row in rows),
        )

    def without_titles(self) -> Meetings:
        """Return the same table with titles and categories forgotten (TRUST.md 3, must 3)."""
        n = len(self)
        labels = tuple(f"report {i + 1}" for i in range(len(self.report_labels)))
        return replace(self, title=("",) * n, categories=((),) * n, report_labels=labels)


_ARRAYS: Final = tuple(f.name for f in fields(Meetings) if str(f.type).startswith("NDArray"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWeeks:
    """One person's weeks as a collaboration tool counted them, one row each, in order of week.

    The tool's own definitions stand (see the method page of each export); a column that the export
    does not carry is ``None``, a single missing number is NaN. Hours overlap by the tool's design
    (a call inside a meeting counts in both), so columns must not be added up.

    Parameters
    ----------
    person
        The opaque id of the person in the export.
    monday
        ``datetime64[D]``: the Monday of each week, strictly increasing. Exports that name a week by
        its Sunday are moved to the Monday after it.
    meeting, call, email, chat
        float64 hours in meetings, unplanned and planned calls, e-mail, chat.
    collaboration
        float64 hours of all of these, the tool's own union.
    after_hours, weekend
        float64 hours of collaboration outside the person's set working time; at weekends.
    conflicting
        float64 hours of meetings that overlap another one.
    multitasking
        float64 hours of meetings in which the person wrote mail or chat.
    focus
        float64 hours in free stretches of two hours or more within working time.
    unscheduled_call
        float64 hours in calls that nobody had put into a calendar.
    with_manager, one_to_one_with_manager, with_skip_level
        float64 hours in meetings and calls with the own manager, alone with them, with theirs.
    coaching
        float64 hours in one-to-ones with reports.
    self_organized
        float64 hours in meetings the person called.
    external
        float64 hours with people outside the organization.
    span
        float64 hours from first to last signal of the days of the week, summed.
    meetings, one_to_ones_with_manager, emails_sent, calls
        float64 counts.
    meeting_in_working_time
        float64 hours in meetings within the set working time.
    attributes
        What the export says about the person that is no weekly number: ``(("Organization", "IT"), ...)``.
    notes
        What the reader did to the file, in sentences.
    source
        The file names read; never a path.
    """

    person: str
    monday: NDArray[np.datetime64]
    meeting: NDArray[np.float64] | None = None
    call: NDArray[np.float64] | None = None
    email: NDArray[np.float64] | None = None
    chat: NDArray[np.float64] | None = None
    collaboration: NDArray[np.float64] | None = None
    after_hours: NDArray[np.float64] | None = None
    weekend: NDArray[np.float64] | None = None
    conflicting: NDArray[np.float64] | None = None
    multitasking: NDArray[np.float64] | None = None
    focus: NDArray[np.float64] | None = None
    unscheduled_call: NDArray[np.float64] | None = None
    with_manager: NDArray[np.float64] | None = None
    one_to_one_with_manager: NDArray[np.float64] | None = None
    with_skip_level: NDArray[np.float64] | None = None
    coaching: NDArray[np.float64] | None = None
    self_organized: NDArray[np.float64] | None = None
    external: NDArray[np.float64] | None = None
    span: NDArray[np.float64] | None = None
    meetings: NDArray[np.float64] | None = None
    one_to_ones_with_manager: NDArray[np.float64] | None = None
    emails_sent: NDArray[np.float64] | None = None
    calls: NDArray[np.float64] | None = None
    meeting_in_working_time: NDArray[np.float64] | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()

    def between(self, first: dt.date | None, last: dt.date | None) -> PersonWeeks:
        """Return the weeks that lie wholly within these days; ``None`` leaves that side open."""
        inside = np.ones(len(self.monday), dtype=bool)
        if first is not None:
            inside &= self.monday >= np.datetime64(first, "D")
        if last is not None:
            inside &= self.monday + np.timedelta64(6, "D") <= np.datetime64(last, "D")
        columns = {
            name: column[inside] for name in WEEK_COLUMNS if (column := getattr(self, name)) is not None
        }
        return replace(self, monday=self.monday[inside], **columns)

    def __post_init__(self) -> None:
        """Check lengths, order and signs once."""
        if np.any(np.diff(self.monday) <= np.timedelta64(0, "D")):
            message = "PersonWeeks: the weeks are not in order, or one comes twice"
            raise TableError(message)
        if np.any((self.monday.astype("datetime64[D]").astype(np.int64) + 3) % 7 != 0):
            message = "PersonWeeks: a week does not start on a Monday"
            raise TableError(message)
        for name in WEEK_COLUMNS:
            column = getattr(self, name)
            if column is None:
                continue
            if len(column) != len(self.monday):
                message = f"PersonWeeks.{name} has {len(column)} rows, monday has {len(self.monday)}"
                raise TableError(message)
            if np.any(column < 0):
                message = f"PersonWeeks.{name} is negative in row {int(np.flatnonzero(column < 0)[0]) + 1}"
                raise TableError(message)

    def __len__(self) -> int:
        return len(self.monday)


WEEK_COLUMNS: Final = tuple(
    f.name for f in fields(PersonWeeks) if str(f.type) == "NDArray[np.float64] | None"
)
"""The numeric columns of ``PersonWeeks``; any of them may be ``None``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One person's answers to one instrument at one time.

    Parameters
    ----------
    instrument
        Id of the instrument, e.g. ``"rut-check"``.
    version
        Its version.
    answered_on
        ISO date.
    values
        Item id to the chosen option's number; items left empty are absent.
    texts
        Item id to free text (registers, notes), never scored.
    """

    instrument: str
    version: str
    answered_on: str
    values: dict[str, float]
    texts: dict[str, str]


def _check_rows(what: str, wrong: NDArray[np.bool_]) -> None:
    rows = np.flatnonzero(wrong)
    if rows.size:
        message = f"Meetings: {what} in row {int(rows[0]) + 1}"
        raise TableError(message)


def concatenate(tables: Sequence[Meetings]) -> Meetings:
    """Put tables of one person together, in order of start, each series keeping its own number.

    Parameters
    ----------
    tables
        At least one table; all in the same zone and with the same ``report_labels``.

    Raises
    ------
    TableError
        When there is none, or zones or report labels differ.
    """
    if not tables:
        message = "there is no calendar to read"
        raise TableError(message)
    first = tables[0]
    if any(t.zone != first.zone or t.report_labels != first.report_labels for t in tables):
        message = "calendars of different zones or people cannot be put together"
        raise TableError(message)
    columns: dict[str, Any] = {name: np.concatenate([getattr(t, name) for t in tables]) for name in _ARRAYS}
    offsets = np.cumsum([0, *(int(t.series.max(initial=-1)) + 1 for t in tables[:-1])])
    columns["series"] = np.concatenate(
        [t.series + offset for t, offset in zip(tables, offsets, strict=True)]
    ).astype(np.int32)
    order = np.argsort(columns["start_utc"], kind="stable")
    titles = [title for t in tables for title in t.title]
    categories = [c for t in tables for c in t.categories]
    dropped: dict[str, int] = {}
    for table in tables:
        for what, count in table.left_out:
            dropped[what] = dropped.get(what, 0) + count
    return replace(
        first,
        **{name: column[order] for name, column in columns.items()},
        title=tuple(titles[i] for i in order),
        categories=tuple(categories[i] for i in order),
        left_out=tuple(sorted(dropped.items())),
        source=tuple(s for t in tables for s in t.source),
    )
