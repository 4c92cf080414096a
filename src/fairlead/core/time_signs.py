"""Signs of imbalance that a calendar alone can show, each with its threshold and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.gaps import firefighting
from fairlead.core.phrases import count, day, percent, with_interval
from fairlead.core.quantiles import t_quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairlead.core.calendars import TimeAudit, WeekReading
    from fairlead.core.figures import Figure

FIREFIGHTING: Final = 0.2
REACTIVE: Final = 0.5
"""Chief executives reacted in about a third of their time (Porter and Nohria 2018); half is a sign."""

DROUGHT_DAYS: Final = 28
FULL_DAYS_A_WEEK: Final = 1.0
EVENING_HOURS_A_WEEK: Final = 5.0
RISE_OVER_PERIOD: Final = 2.0
MIN_WEEKS: Final = 4
MIN_WEEKS_OF_TREND: Final = 8
MISSED: Final = 2


def _period(time: TimeAudit) -> str:
    return f"{day(time.first_day)} to {day(time.last_day)}"


def _whole(time: TimeAudit) -> tuple[WeekReading, ...]:
    return tuple(week for week in time.weeks if week.complete and not week.off)


def _known(time: TimeAudit, name: str) -> Figure | None:
    found = next((figure for figure in time.figures if figure.name == name), None)
    return None if found is None or found.value is None else found


def _fires(time: TimeAudit) -> tuple[str, ...]:
    evidence = []
    fires = firefighting(time)
    if fires is not None and fires.low is not None and fires.low >= FIREFIGHTING:
        evidence.append(
            f"Firefighting took {with_interval(fires)} of sorted work in {count(fires.n, 'week')}, "
            f"{_period(time)}."
        )
    reactive = _known(time, "reactive_share")
    if reactive is not None and reactive.low is not None and reactive.low >= REACTIVE:
        evidence.append(
            f"{with_interval(reactive)} of the time with others was set up less than a day before or was "
            f"firefighting ({count(reactive.n, 'week')}, {_period(time)})."
        )
    return tuple(evidence)


def _drought(time: TimeAudit) -> tuple[str, ...]:
    weeks = len(_whole(time))
    if weeks < MIN_WEEKS:
        return ()
    evidence = []
    for one in time.one_to_ones:
        if one.meetings == 0:
            evidence.append(f"No meeting of the two of you alone with {one.report}, {_period(time)}.")
        elif one.days_since_last is not None and one.days_since_last >= DROUGHT_DAYS:
            evidence.append(
                f"{one.days_since_last} days since you last met {one.report} alone, "
                f"{count(one.meetings, 'such meeting')} in all, {_period(time)}."
            )
    return tuple(evidence)


def _no_free_hour(time: TimeAudit) -> tuple[str, ...]:
    weeks = _whole(time)
    full = sum(week.days_without_free_hour for week in weeks)
    if len(weeks) < MIN_WEEKS or full < FULL_DAYS_A_WEEK * len(weeks):
        return ()
    said = (
        f"{count(full, 'working day')} without one unbroken free hour in {count(len(weeks), 'whole week')}, "
        f"{_period(time)}."
    )
    return (said,)


def _outside_hours(weeks: Sequence[WeekReading]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([week.after_hours + week.weekend_hours for week in weeks], dtype=np.float64)


def _evenings(time: TimeAudit) -> tuple[str, ...]:
    weeks = _whole(time)
    if len(weeks) < MIN_WEEKS:
        return ()
    hours = _outside_hours(weeks)
    half = t_quantile(len(weeks) - 1, 0.9) * float(hours.std(ddof=1)) / len(weeks) ** 0.5
    mean = float(hours.mean())
    if mean - half < EVENING_HOURS_A_WEEK:
        return ()
    said = (
        f"{mean:.1f} hours a week before or after working hours and at weekends ({mean - half:.1f} to "
        f"{mean + half:.1f}; {count(len(weeks), 'whole week')}, {_period(time)})."
    )
    return (said,)


def _rising(time: TimeAudit) -> tuple[str, ...]:
    """Fit a straight line to the weeks; a sign where its 80 % interval rises by two hours or more."""
    weeks = _whole(time)
    n = len(weeks)
    if n < MIN_WEEKS_OF_TREND:
        return ()
    hours, at = _outside_hours(weeks), np.arange(n, dtype=np.float64)
    centred = at - at.mean()
    spread = float((centred**2).sum())
    slope = float((centred * hours).sum()) / spread
    off = hours - hours.mean() - slope * centred
    half = t_quantile(n - 2, 0.9) * (float((off**2).sum()) / (n - 2) / spread) ** 0.5
    rise, low = slope * (n - 1), (slope - half) * (n - 1)
    if low <= 0 or rise < RISE_OVER_PERIOD:
        return ()
    first, last = float(hours[: n // 2].mean()), float(hours[n - n // 2 :].mean())
    said = (
        f"Work outside working hours rose by about {rise:.1f} hours a week over {count(n, 'whole week')}: "
        f"{first:.1f} hours a week in the first half, {last:.1f} in the second, {_period(time)}."
    )
    return (said,)


def _missed(time: TimeAudit) -> tuple[str, ...]:
    found = _known(time, "missed_personal")
    if found is None or found.value is None or found.value < MISSED:
        return ()
    return (f"{count(int(found.value), 'personal engagement')} declined or worked over, {_period(time)}.",)


def _unfree_time(time: TimeAudit) -> tuple[str, ...]:
    found = _known(time, "holiday_hours")
    if found is None or found.value is None or found.value < 1:
        return ()
    share = found.value / time.hours.work if time.hours.work > 0 else 0.0
    said = (
        f"{found.value:.1f} hours of work on holidays and days off ({percent(share)} of sorted work), "
        f"{_period(time)}."
    )
    return (said,)


TIME_SIGNS: Final[dict[str, Callable[[TimeAudit], tuple[str, ...]]]] = {
    "firefighting": _fires,
    "one_to_one_drought": _drought,
    "no_free_hour": _no_free_hour,
    "evenings": _evenings,
    "evenings_rising": _rising,
    "missed_personal": _missed,
    "worked_days_off": _unfree_time,
}
"""Signs that a calendar alone can show."""
