"""The figures of a calendar over the whole period, each with its formula and an interval over weeks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.calendar_sums import FOCUS_BLOCK
from fairlead.core.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from fairlead.core.calendar_sums import Sums
    from fairlead.core.one_to_ones import Cadence
    from fairlead.core.time_results import WeekReading

LEVEL: Final = 0.8
MIN_WEEKS: Final = 4
"""Fewer weeks than this carry no interval: too few to know how weeks differ."""

_DRAWS: Final = 2000
_SEED: Final = 20200401
"""The same calendar gives the same interval on every machine and day."""


def interval(top: Sequence[float], bottom: Sequence[float]) -> tuple[float, float] | None:
    """Return the 80 % bootstrap interval of ``sum(top) / sum(bottom)`` over weeks.

    Parameters
    ----------
    top, bottom
        One number per week, equal lengths.

    Returns
    -------
    (low, high) or None
        Percentiles 10 and 90 of 2,000 resamplings of whole weeks; ``None`` for fewer than four
        weeks, when ``bottom`` is zero in nearly all of them, or when no week differs from another:
        how much weeks may differ is then not known. Weeks are taken as exchangeable.

    References
    ----------
    Efron 1979, doi:10.1214/aos/1176344552.

    Examples
    --------
    >>> interval([1, 1, 1, 3], [2, 2, 2, 2])
    (0.5, 1.0)
    >>> interval([1, 1, 1, 1], [2, 2, 2, 2]) is None
    True
    """
    n = len(top)
    if n < MIN_WEEKS:
        return None
    times = _resamplings(n)
    below = times @ np.asarray(bottom, dtype=float)
    drawn = (times @ np.asarray(top, dtype=float))[below > 0] / below[below > 0]
    if drawn.size < _DRAWS // 2:
        return None
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return None if np.ptp(drawn) < 1e-12 else (float(low), float(high))


@lru_cache(maxsize=4)
def _resamplings(n: int) -> NDArray[np.int64]:
    """Return how often each of n weeks is drawn, shape (draws, n)."""
    return np.random.default_rng(_SEED).multinomial(n, np.full(n, 1 / n), size=_DRAWS)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes figures from weeks: shares over all weeks, rates over whole working weeks."""

    weeks: tuple[WeekReading, ...]
    whole: tuple[WeekReading, ...]
    as_of: str | None
    edges: str

    def total(self, name: str, value: float, n: int, n_of: str, formula: str, left_out: str) -> Figure:
        unit = "count" if name in {"missed_personal", "days_without_free_hour"} else "hours"
        if n_of == "weeks" and not n:
            return self.missing(name, unit, formula, _NOTHING)
        return Figure(
            name=name, value=value, unit=unit, n=n, n_of=n_of, formula=formula, left_out=left_out,
            as_of=self.as_of, too_little="",
        )  # fmt: skip

    def share(
        self,
        name: str,
        top: Callable[[WeekReading], float],
        bottom: Callable[[WeekReading], float],
        formula: str,
        left_out: str,
        nothing: str,
    ) -> Figure:
        tops, bottoms = [top(week) for week in self.weeks], [bottom(week) for week in self.weeks]
        base = sum(bottoms)
        if base <= 0:
            return self.missing(name, "share", formula, nothing)
        return self._figure(
            name, sum(tops) / base, "share", formula, left_out, interval(tops, bottoms), self.weeks
        )

    def rate(
        self, name: str, of: Callable[[WeekReading], float], formula: str, left_out: str, unit: str = "hours"
    ) -> Figure:
        if not self.whole:
            return self.missing(name, unit, formula, "It takes at least one whole week with events.")
        numbers = [of(week) for week in self.whole]
        bounds = interval(numbers, [1.0] * len(numbers))
        told = " ".join(part for part in (left_out, self.edges) if part)
        return self._figure(name, sum(numbers) / len(numbers), unit, formula, told, bounds, self.whole)

    def _figure(
        self,
        name: str,
        value: float,
        unit: str,
        formula: str,
        left_out: str,
        bounds: tuple[float, float] | None,
        weeks: tuple[WeekReading, ...],
    ) -> Figure:
        low, high = bounds or (None, None)
        return Figure(
            name=name, value=value, unit=unit, n=len(weeks), n_of="weeks", formula=formula,
            left_out=left_out, as_of=self.as_of, low=low, high=high, level=LEVEL if bounds else None,
        )  # fmt: skip

    def missing(self, name: str, unit: str, formula: str, why: str) -> Figure:
        told = why if self.weeks else _NOTHING
        return Figure(
            name=name, value=None, unit=unit, n=len(self.weeks), n_of="weeks", formula=formula,
            as_of=self.as_of, too_little=told,
        )  # fmt: skip


def figures_of(sums: Sums, cadence: Cadence) -> tuple[Figure, ...]:
    """Return every figure that ``TimeAudit`` promises, in its order."""
    whole = tuple(week for week in sums.weeks if week.complete and not week.off)
    skipped = len(sums.weeks) - len(whole)
    edges = ""
    if skipped:
        edges = f"{skipped} week{'s' if skipped > 1 else ''} cut off by the period or all time off."
    make = _Maker(sums.weeks, whole, sums.as_of, edges)
    return (
        *_work(make, sums),
        *_shares(make, sums),
        *_balance(make, sums),
        *_focus(make, sums),
        _missed(make, sums),
        _coverage(make, cadence),
        _hands_on(make, sums),
        _mechanics(make),
    )  # fmt: skip


def _missed(make: _Maker, sums: Sums) -> Figure:
    name, engagements = "missed_personal", int(sums.engagements.sum())
    formula = (
        "Engagements marked as personal that were declined or that an accepted meeting was put over "
        "for 15 minutes or more."
    )
    if not engagements:
        # Who marks none may still miss some: that is not a count of zero.
        return make.missing(name, "count", formula, "No event is marked as a personal engagement.")
    left_out = "Engagements that are not in this calendar."
    return make.total(name, int(sums.missed.sum()), engagements, "engagements", formula, left_out)


_NOTHING: Final = "No event of this period costs time."
_NO_WORK: Final = "No event of the period could be placed as work yet."
_NOBODY: Final = "The calendar does not name who is invited."


def _work(make: _Maker, sums: Sums) -> tuple[Figure, ...]:
    work = sum(week.hours.work for week in sums.weeks)
    unclear = sum(week.hours.unclear for week in sums.weeks)
    events = int(sums.counted.sum())
    return (
        make.total(
            "work_hours", work, events, "events",
            "Hours of leading, managing, doing and firefighting; a minute in several events counts once.",
            f"{unclear:.1f} hours that are not sorted yet, and all work that is not in the calendar.",
        ),
        make.rate(
            "hours_per_week", lambda week: week.hours.work + week.hours.unclear,
            "Hours of work and of unsorted time per whole week, the mean over weeks.",
            "Work that is not in the calendar.",
        ),
    )  # fmt: skip


def _shares(make: _Maker, sums: Sums) -> tuple[Figure, ...]:
    unsorted = "Time that is not sorted yet."
    return (
        make.share(
            "reactive_share", lambda week: week.reactive_hours, lambda week: week.reactive_of,
            "Hours with others that were set up less than a day before they began, and firefighting, "
            "divided by all hours with others whose notice is known, and firefighting.",
            _unknown_notice(sums),
            "The calendar does not say when its events were set up.",
        ),
        make.share(
            "firefighting_share", lambda week: week.hours.firefighting, lambda week: week.hours.work,
            "Hours of firefighting divided by hours of work.", unsorted, _NO_WORK,
        ),
        make.share(
            "high_payoff_share", lambda week: week.high_payoff_hours, lambda week: week.hours.work,
            "Hours in high-payoff areas divided by hours of work.", unsorted, _NO_WORK,
        ),
        make.share(
            "unclear_share", lambda week: week.hours.unclear,
            lambda week: week.hours.unclear + week.hours.work,
            "Hours that no rule could place divided by hours of work and of unsorted time.",
            "Time off.", "There is no working time in this period.",
        ),
    )  # fmt: skip


def _unknown_notice(sums: Sums) -> str:
    unknown = sums.together & ~sums.recovery & ~sums.notice_known
    hours = sums.hours(unknown)
    told = "Blocks of one's own."
    return f"{told} {hours:.1f} hours with others whose notice is not known." if hours else told


def _balance(make: _Maker, sums: Sums) -> tuple[Figure, ...]:
    outside = "Unsorted time without colleagues, and work that is not in the calendar."
    if sums.knows_people:
        meetings = make.rate(
            "meeting_hours_per_week", lambda week: week.meeting_hours,
            "Hours with at least one other person per whole week, overlaps counted once.", "Time off.",
        )  # fmt: skip
    else:
        meetings = make.missing("meeting_hours_per_week", "hours", "Hours with others per week.", _NOBODY)
    return (
        meetings,
        make.rate(
            "after_hours", lambda week: week.after_hours,
            "Hours of work before or after working hours on working days, per whole week.", outside,
        ),
        make.rate(
            "weekend_hours", lambda week: week.weekend_hours,
            "Hours of work on days without working hours, per whole week.", outside,
        ),
        make.total(
            "holiday_hours", sum(week.holiday_hours for week in sums.weeks), len(sums.weeks), "weeks",
            "Hours of work on holidays and on days marked as time off, over the whole period.", outside,
        ),
    )  # fmt: skip


def _focus(make: _Maker, sums: Sums) -> tuple[Figure, ...]:
    free = "Working time free of meetings, time off and all-day events"
    names = ("focus_blocks_per_week", "focus_hours_per_week", "fragmentation", "days_without_free_hour")
    if not sums.knows_people:
        units = ("count", "hours", "share", "count")
        return tuple(
            make.missing(name, unit, f"{free}.", _NOBODY) for name, unit in zip(names, units, strict=True)
        )
    told = "Weeks without any event."
    block = FOCUS_BLOCK // 60
    return (
        make.rate(
            names[0], lambda week: week.focus_blocks,
            f"{free}: unbroken stretches of {block} hours or more, per whole week.", told, "count",
        ),
        make.rate(
            names[1], lambda week: week.focus_hours,
            f"{free}: hours in unbroken stretches of {block} hours or more, per whole week.", told,
        ),
        make.share(
            names[2], lambda week: week.fragmented_hours,
            lambda week: week.fragmented_hours + week.focus_hours,
            f"{free}: the part that lies in stretches shorter than {block} hours.", told,
            "No working time was free.",
        ),
        make.total(
            names[3], sum(week.days_without_free_hour for week in sums.weeks), len(sums.weeks), "weeks",
            "Working days on which no unbroken hour of working time was free of meetings.",
            "Days off and days without any event.",
        ),
    )  # fmt: skip


def _coverage(make: _Maker, cadence: Cadence) -> Figure:
    held: NDArray[np.bool_] = cadence.by_fortnight
    formula = "Of all fortnights of all reports, the part with at least one meeting of the two alone."
    if not held.shape[0]:
        return make.missing("one_to_one_coverage", "share", formula, "It is not known who the reports are.")
    if not held.size:
        return make.missing("one_to_one_coverage", "share", formula, "It takes at least one whole fortnight.")
    per = held.sum(axis=0)
    bounds = interval(per.tolist(), [held.shape[0]] * held.shape[1])
    low, high = bounds or (None, None)
    return Figure(
        name="one_to_one_coverage", value=float(held.mean()), unit="share", n=int(held.size),
        n_of="report-fortnights", formula=formula, left_out="Fortnights without any event or all time off.",
        as_of=make.as_of, low=low, high=high, level=LEVEL if bounds else None,
    )  # fmt: skip


def _hands_on(make: _Maker, sums: Sums) -> Figure:
    formula = (
        "Hours of leading or doing with at least one report and at most four people, nobody from outside, "
        "per whole week."
    )
    if not sums.knows_people:
        return make.missing("hands_on_hours_per_week", "hours", formula, _NOBODY)
    return make.rate(
        "hands_on_hours_per_week", lambda week: week.hands_on_hours, formula, "Help given without an event."
    )


def _mechanics(make: _Maker) -> Figure:
    return make.share(
        "mechanics_share", lambda week: week.hours.managing,
        lambda week: week.hours.managing + week.hours.leading,
        "Hours of managing (the mechanics of the job) divided by hours of managing and leading.",
        "Doing, firefighting and time that is not sorted yet.", "Nothing was placed as managing or leading.",
    )  # fmt: skip
