"""How often a person meets each report alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core import minutes as clock
from fairlead.core.time_results import OneToOnes

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from fairlead.core.calendar_sums import Sums
    from fairlead.core.tables import Meetings

FORTNIGHT: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """One-to-ones by report, and in how many of the report-fortnights there was one.

    ``by_fortnight`` is bool of shape (reports, fortnights).
    """

    readings: tuple[OneToOnes, ...]
    by_fortnight: NDArray[np.bool_]


def one_to_ones(meetings: Meetings, sums: Sums, last: dt.date) -> Cadence:
    """Read the cadence of one-to-ones with every report.

    Parameters
    ----------
    meetings, sums
        The table and its sums over the period.
    last
        Last day of the period: the wait since the last one-to-one ends there unfinished.
    """
    final = clock.day_number(last)
    starts, evidence = _fortnights(sums)
    held = np.zeros((len(meetings.report_labels), len(starts)), dtype=bool)
    readings = []
    for number, name in enumerate(meetings.report_labels):
        rows = sums.counted & (meetings.one_to_one == number) & ~clock.is_long(meetings)
        days = np.unique(meetings.start_local[rows] // clock.DAY)
        days = days[(days >= sums.days.first) & (days <= final)]
        for place, start in enumerate(starts):
            held[number, place] = bool(np.any((days >= start) & (days < start + FORTNIGHT)))
        reading = OneToOnes(
            report=name,
            meetings=int(rows.sum()),
            hours=sums.hours(rows),
            median_gap_days=median_gap(days, final),
            days_since_last=int(final - days[-1]) if days.size else None,
        )
        readings.append(reading)
    return Cadence(readings=tuple(readings), by_fortnight=held[:, evidence])


def _fortnights(sums: Sums) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the first days of whole fortnights from the first Monday, and which hold any event."""
    numbers = sums.days.numbers
    monday = numbers[0] + (-(numbers[0] + 3)) % 7
    starts = np.arange(monday, numbers[-1] + 2 - FORTNIGHT, FORTNIGHT)
    seen = numbers[sums.evidence]
    weeks_off = {clock.day_number(_date(week.monday)) for week in sums.weeks if week.off}
    evidence = [
        bool(np.any((seen >= start) & (seen < start + FORTNIGHT)))
        and not {int(start), int(start) + 7} <= weeks_off
        for start in starts
    ]
    return starts, np.array(evidence, dtype=bool)


def _date(text: str) -> dt.date:
    return clock.EPOCH.fromisoformat(text)


def median_gap(days: NDArray[np.int64], final: int) -> float | None:
    """Return the median days between meetings when the last gap is not over yet.

    Parameters
    ----------
    days
        Distinct meeting days in order, shape (k,).
    final
        Last day of the period: the gap after the last meeting lasted at least until then.

    Returns
    -------
    float or None
        The Kaplan-Meier median; ``None`` when fewer than half of the gaps are known to have ended.

    References
    ----------
    Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452.

    Examples
    --------
    >>> import numpy as np
    >>> median_gap(np.array([0, 7, 14, 21]), 25)
    7.0
    >>> median_gap(np.array([3]), 60) is None
    True
    """
    gaps = np.diff(days).astype(float)
    if not gaps.size:
        return None
    waiting = float(final - days[-1])
    surviving = 1.0
    for gap in np.unique(gaps):
        at_risk = int((gaps >= gap).sum()) + (waiting >= gap)
        surviving *= 1.0 - int((gaps == gap).sum()) / at_risk
        if surviving <= 0.5 + 1e-12:
            return float(gap)
    return None
