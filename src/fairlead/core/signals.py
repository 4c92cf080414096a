"""Signals: what a calendar row says besides its title, as named columns that rules can ask about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.tables import NO_NOTICE, ORGANIZER_RELATIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.tables import Meetings

NUMBERS: Final = (
    "people", "others", "reports", "managers", "peers", "other_functions", "outside", "inside", "unknown",
    "functions", "minutes", "notice_hours", "every_days", "hour",
)  # fmt: skip
"""Signals that rules compare with ``at_least`` and ``at_most``; an unknown number satisfies neither."""

FLAGS: Final = (
    "recurring", "all_day", "private", "personal", "transparent", "alone", "with_others", "one_to_one_report",
    "one_to_one_manager", "only_reports", "weekend", "own_team", "organizer_self", "organizer_report",
    "organizer_manager", "organizer_outside", "outside_hours",
    "organizer_own", "notice_unknown", "has_title", "question", "work_time", "free_time",
    "only_guests",
)  # fmt: skip
"""Signals that are true or false."""

WORK_BEGINS: Final = 6.0
WORK_ENDS: Final = 18.0
"""What starts within these hours of a working day is in working time, whatever somebody's own hours are."""


def notice_minutes(meetings: Meetings) -> NDArray[np.int64]:
    """Return the minutes between setting an event up and its start, ``NO_NOTICE`` where unknown.

    Parameters
    ----------
    meetings
        Occurrences. For a series, ``created`` is the creation of the series, so that a weekly
        meeting set up last year is not called short notice.

    Returns
    -------
    ndarray of int64, shape (n,)
        Negative when the event was written down after it had begun. Events written down after
        they had ended (an import, a diary kept afterwards) say nothing about planning: unknown.
    """
    known = (meetings.created != NO_NOTICE) & (meetings.created <= meetings.end_utc)
    return np.where(known, meetings.start_utc - np.where(known, meetings.created, 0), NO_NOTICE)


def every_days(meetings: Meetings) -> NDArray[np.float64]:
    """Return the median days between occurrences of the same series, NaN for single events.

    Parameters
    ----------
    meetings
        Occurrences in order of start.

    Returns
    -------
    ndarray of float64, shape (n,)
        One number per row, equal over a series.
    """
    series = meetings.series
    result = np.full(len(series), np.nan)
    order = np.lexsort((meetings.start_local, series))
    grouped, starts = series[order], meetings.start_local[order]
    same = grouped[1:] == grouped[:-1]
    gaps, owner = np.diff(starts)[same] / 1440.0, grouped[1:][same]
    if not gaps.size:
        return result
    ranked = np.lexsort((gaps, owner))
    gaps, owner = gaps[ranked], owner[ranked]
    owners, first, count = np.unique(owner, return_index=True, return_counts=True)
    medians = (gaps[first + (count - 1) // 2] + gaps[first + count // 2]) / 2.0
    place = np.minimum(np.searchsorted(owners, series), len(owners) - 1)
    hit = (owners[place] == series) & meetings.recurring
    result[hit] = medians[place[hit]]
    return result


def knows_people(meetings: Meetings) -> bool:
    """Say whether this calendar names who is invited at all (some exports leave everybody out)."""
    return bool(np.any(meetings.people > 1))


def with_others(meetings: Meetings) -> NDArray[np.bool_]:
    """Return which rows involve somebody else: people invited, or somebody else's invitation."""
    unknown = ORGANIZER_RELATIONS.index("unknown")
    together: NDArray[np.bool_] = (meetings.people > 1) | (
        (meetings.organizer != 0) & (meetings.organizer != unknown)
    )
    return together


def read_signals(meetings: Meetings) -> dict[str, NDArray[np.float64] | NDArray[np.bool_]]:
    """Compute every signal of ``NUMBERS`` and ``FLAGS`` for all rows at once.

    Returns
    -------
    dict
        Name to array of shape (n,); numbers are float64 with NaN for "not known".
    """
    m = meetings
    notice = notice_minutes(m)
    inside = m.reports.astype(float) + m.managers + m.peers + m.other_functions
    people = m.people.astype(float)
    together = with_others(m)
    days = np.floor_divide(m.start_local, 1440)
    pair = people == 2.0
    hour = (m.start_local % 1440) / 60.0
    weekend = (days + 3) % 7 >= 5  # 1970-01-01 was a Thursday
    working = ~weekend & ~m.all_day & (hour >= WORK_BEGINS) & (hour < WORK_ENDS)
    numbers = {
        "people": people,
        "others": people - 1.0,
        **{
            name: getattr(m, name).astype(float)
            for name in ("reports", "managers", "peers", "other_functions")
        },
        "outside": m.outside.astype(float),
        "inside": inside,
        "unknown": m.unknown.astype(float),
        "functions": np.where(m.functions > 0, m.functions, np.nan),
        "minutes": m.minutes.astype(float),
        "notice_hours": np.where(notice == NO_NOTICE, np.nan, notice / 60.0),
        "every_days": every_days(m),
        "hour": hour,
    }
    flags = {
        **{name: getattr(m, name) for name in ("recurring", "all_day", "private", "personal", "transparent")},
        "alone": ~together & knows_people(m),
        "with_others": together,
        "one_to_one_report": (m.one_to_one >= 0) | (pair & (m.reports == 1)),
        "one_to_one_manager": pair & (m.managers == 1),
        "only_reports": (m.reports >= 2) & (m.reports == m.people - 1),
        "own_team": (m.reports >= 2) & (m.reports * 2 >= m.people - 1) & (m.outside == 0),
        "weekend": weekend,
        "work_time": working,
        "free_time": ~working & ~m.all_day,
        "only_guests": (m.outside >= 1) & (m.reports == 0) & (m.managers == 0),
        "organizer_self": m.organizer == ORGANIZER_RELATIONS.index("self"),
        "organizer_report": m.organizer == ORGANIZER_RELATIONS.index("report"),
        "organizer_own": (m.organizer == ORGANIZER_RELATIONS.index("self"))
        | (m.organizer == ORGANIZER_RELATIONS.index("report")),
        "notice_unknown": notice == NO_NOTICE,
        "has_title": np.array([bool(title.strip()) for title in m.title], dtype=bool),
        "question": np.array(["?" in title and len(title) > 12 for title in m.title], dtype=bool),
        "organizer_manager": m.organizer == ORGANIZER_RELATIONS.index("manager"),
        "organizer_outside": m.organizer == ORGANIZER_RELATIONS.index("outside"),
    }
    return {**numbers, **flags}
