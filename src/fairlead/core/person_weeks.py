"""What the person-week exports of collaboration tools can say: less than a calendar, and said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.calendar_figures import LEVEL, interval
from fairlead.core.figures import Figure
from fairlead.core.time_results import Behaviour, KindHours, TimeAudit, WeekReading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.tables import PersonWeeks

_NOT_THERE: Final = "The export does not hold this number."
_NO_EVENTS: Final = "The export holds weekly totals and no events, so the kind of work is not known."

_RATES: Final = (
    ("hours_per_week", "collaboration", "Hours of meetings, calls, mail and chat per week, by the tool."),
    ("meeting_hours_per_week", "meeting", "Hours of meetings per week, as the tool counts them."),
    ("after_hours", "after_hours", "Hours of collaboration outside the set working time per week."),
    ("weekend_hours", "weekend", "Hours of collaboration at weekends per week."),
    ("focus_hours_per_week", "focus", "Hours per week in free stretches of two hours or more."),
    ("one_to_one_hours_per_week", "coaching", "Hours alone with a report per week, as the tool counts them."),
    ("conflicting_hours_per_week", "conflicting", "Hours of meetings that overlap another one, per week."),
)  # fmt: skip

_MISSING: Final = (
    ("work_hours", "hours"), ("firefighting_share", "share"), ("high_payoff_share", "share"),
    ("unclear_share", "share"), ("holiday_hours", "hours"), ("focus_blocks_per_week", "count"),
    ("fragmentation", "share"), ("days_without_free_hour", "count"), ("missed_personal", "count"),
    ("one_to_one_coverage", "share"), ("hands_on_hours_per_week", "hours"), ("mechanics_share", "share"),
)  # fmt: skip


def audit_weeks(person_weeks: PersonWeeks) -> TimeAudit:
    """Read the weekly totals of one person from a collaboration tool's export.

    Parameters
    ----------
    person_weeks
        One row per week. Weeks without any collaboration are left out and counted: they are
        holidays or missing data, not weeks of focus.

    Returns
    -------
    TimeAudit
        Weekly figures as far as the export goes. All hours are unclear, because totals do not say
        what was done; figures that need single events are ``None`` and say why.

    Notes
    -----
    The tool's definitions, not Fairlead's: beside each other in ``docs/methods/time-use.md``.
    """
    used = _weeks_with_work(person_weeks)
    hours = _column(person_weeks, "collaboration", "meeting")[used]
    monday = person_weeks.monday[used]
    as_of = str(monday[-1]) if monday.size else None
    figures = (
        *(_rate(person_weeks, used, as_of, *line) for line in _RATES),
        _reactive(person_weeks, used, as_of),
        *(_missing(name, unit, int(used.sum()), as_of) for name, unit in _MISSING),
    )
    weeks = tuple(
        _week(person_weeks, row, float(total))
        for row, total in zip(np.flatnonzero(used).tolist(), hours.tolist(), strict=True)
    )
    dropped = int((~used).sum())
    counts = person_weeks.meetings
    return TimeAudit(
        first_day=str(person_weeks.monday[0]) if len(person_weeks) else "",
        last_day=str(person_weeks.monday[-1] + np.timedelta64(6, "D")) if len(person_weeks) else "",
        zone="",
        working_hours="as set in the tool",
        events=0 if counts is None else int(np.nansum(counts[used])),
        hours=KindHours(unclear=float(hours.sum())),
        figures=figures,
        weeks=weeks,
        by_size=(),
        by_relation=(),
        competencies=(),
        high_payoff=(),
        one_to_ones=(),
        rules=(),
        unsorted=(),
        behaviour=Behaviour(
            index=None, low=None, high=None, level=LEVEL, units=0, too_little=_NO_EVENTS, method=""
        ),
        left_out=(("weeks without any collaboration", dropped),) if dropped else (),
        notes=(*person_weeks.notes, _NO_EVENTS),
    )


def _column(table: PersonWeeks, *names: str) -> NDArray[np.float64]:
    """Return the first of these columns that the export holds, with unknown as zero."""
    for name in names:
        column: NDArray[np.float64] | None = getattr(table, name)
        if column is not None:
            return np.nan_to_num(column, nan=0.0)
    return np.zeros(len(table))


def _weeks_with_work(table: PersonWeeks) -> NDArray[np.bool_]:
    names = ("collaboration", "meeting", "call", "email", "chat")
    used: NDArray[np.bool_] = np.sum([_column(table, name) for name in names], axis=0) > 0
    return used


def _rate(
    table: PersonWeeks, used: NDArray[np.bool_], as_of: str | None, name: str, column: str, formula: str
) -> Figure:
    numbers: NDArray[np.float64] | None = getattr(table, column)
    known = np.empty(0) if numbers is None else numbers[used & np.isfinite(numbers)]
    if not known.size:
        return Figure(
            name=name, value=None, unit="hours", n=0, n_of="weeks", formula=formula, as_of=as_of,
            too_little=_NOT_THERE,
        )  # fmt: skip
    bounds = interval(known.tolist(), [1.0] * known.size)
    low, high = bounds or (None, None)
    return Figure(
        name=name, value=float(known.mean()), unit="hours", n=int(known.size), n_of="weeks", formula=formula,
        left_out="Weeks without any collaboration.", as_of=as_of, low=low, high=high,
        level=LEVEL if bounds else None,
    )  # fmt: skip


def _reactive(table: PersonWeeks, used: NDArray[np.bool_], as_of: str | None) -> Figure:
    formula = "Hours in unscheduled calls divided by hours in meetings and calls."
    calls, meetings = table.unscheduled_call, table.meeting
    base = (_column(table, "meeting") + _column(table, "call"))[used]
    if calls is None or meetings is None or base.sum() <= 0:
        return _missing("reactive_share", "share", int(used.sum()), as_of, formula)
    top = np.nan_to_num(calls[used], nan=0.0)
    # A tool may count a call longer than the hours it reports for calls; the part stays a part.
    top = np.minimum(top, base)
    bounds = interval(top.tolist(), base.tolist())
    low, high = bounds or (None, None)
    return Figure(
        name="reactive_share", value=float(top.sum() / base.sum()), unit="share", n=int(used.sum()),
        n_of="weeks", formula=formula, as_of=as_of, low=low, high=high, level=LEVEL if bounds else None,
        left_out="Meetings set up at short notice: the export does not say when meetings were set up.",
    )  # fmt: skip


def _missing(name: str, unit: str, n: int, as_of: str | None, formula: str = "") -> Figure:
    why = _NOT_THERE if formula else _NO_EVENTS
    told = formula or "Needs single events."
    return Figure(
        name=name, value=None, unit=unit, n=n, n_of="weeks", formula=told, as_of=as_of, too_little=why
    )


def _week(table: PersonWeeks, row: int, hours: float) -> WeekReading:
    def of(name: str) -> float:
        return float(_column(table, name)[row])

    return WeekReading(
        monday=str(table.monday[row]),
        complete=True,
        events=round(of("meetings")),
        hours=KindHours(unclear=hours),
        reactive_hours=of("unscheduled_call"),
        high_payoff_hours=0.0,
        meeting_hours=of("meeting"),
        after_hours=of("after_hours"),
        weekend_hours=of("weekend"),
        focus_hours=of("focus"),
        focus_blocks=0,
        fragmented_hours=0.0,
        days_without_free_hour=0,
        missed_personal=0,
    )
