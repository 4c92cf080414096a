"""When and with whom, in words: what the sorting screen can say of events without their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core import minutes as clock
from fairlead.core.kinds import UNCLEAR
from fairlead.core.time_results import Unsorted
from fairlead.core.wording import say_every, say_minutes

if TYPE_CHECKING:
    from fairlead.core.calendar_sums import Sums
    from fairlead.core.kinds import Classified
    from fairlead.core.tables import Meetings

_DAYS: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def unsorted_series(
    meetings: Meetings, classified: Classified, sums: Sums, *, keep_titles: bool
) -> tuple[Unsorted, ...]:
    """Return what no rule could place, largest first; events of one title or series together."""
    rows = np.flatnonzero(sums.counted & (classified.kind == UNCLEAR))
    if not rows.size:
        return ()
    given = np.bincount(sums.pieces.event, weights=sums.credit.minutes, minlength=len(meetings)) / 60
    # Titles count from 0 up; series without a title take the numbers below.
    group = np.where(
        classified.title_code[rows] >= 0,
        classified.title_code[rows],
        -1 - meetings.series[rows].astype(np.int64),
    )
    order = np.argsort(group, kind="stable")
    found = []
    for mine in np.split(rows[order], np.flatnonzero(np.diff(group[order])) + 1):
        first = int(mine[0])
        code = int(classified.title_code[first])
        entry = Unsorted(
            series=int(meetings.series[first]),
            title=meetings.title[first] if keep_titles else "",
            when=say_when(meetings, classified, mine.tolist()),
            people=say_people(meetings, first),
            events=len(mine),
            hours=float(given[mine].sum()),
            fingerprint=classified.title_fingerprints[code]
            if code >= 0 and classified.title_fingerprints
            else "",
        )
        found.append(entry)
    return tuple(sorted(found, key=lambda entry: (-entry.hours, entry.series)))


def say_when(meetings: Meetings, classified: Classified, rows: list[int]) -> str:
    """Say when a series or event takes place, such as ``"Tuesdays 10:00, 30 minutes, every week"``."""
    first = rows[0]
    day, minute = divmod(int(meetings.start_local[first]), clock.DAY)
    lengths = (meetings.end_utc[rows] - meetings.start_utc[rows]).tolist()
    length = say_minutes(lengths[0])
    time = "all day" if meetings.all_day[first] else f"{minute // 60:02}:{minute % 60:02}, {length}"
    if len(rows) == 1:
        date = clock.day_of(day)
        weekday = _DAYS[date.weekday()].removesuffix("s")
        return f"{weekday} {date.day} {_MONTHS[date.month - 1]} {date.year}, {time}"
    starts = meetings.start_local[rows]
    weekdays = set(((starts // clock.DAY + 3) % 7).tolist())
    minutes = set((starts % clock.DAY).tolist())
    repeats = bool(np.isfinite(classified.every[first]))
    often = say_every(float(classified.every[first])) if repeats else f"{len(rows)} times"
    parts = [_DAYS[weekdays.pop()] if len(weekdays) == 1 else "Different days"]
    if len(minutes) == 1 and not meetings.all_day[first]:
        parts[0] += f" {minute // 60:02}:{minute % 60:02}"
    parts.append(length if len(set(lengths)) == 1 else "different lengths")
    return ", ".join([*parts, often])


def say_people(meetings: Meetings, row: int) -> str:
    """Say who takes part, such as ``"you, 3 reports and 1 from outside"``."""
    counts = (
        (int(meetings.reports[row]), "report", "reports"),
        (int(meetings.managers[row]), "manager of yours", "managers of yours"),
        (int(meetings.peers[row]), "peer", "peers"),
        (int(meetings.other_functions[row]), "from another function", "from other functions"),
        (int(meetings.outside[row]), "from outside", "from outside"),
        (int(meetings.unknown[row]), "other person", "other people"),
    )
    told = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    if not told:
        return "nobody else is named"
    listed = ["you", *told]
    return f"{', '.join(listed[:-1])} and {listed[-1]}"
