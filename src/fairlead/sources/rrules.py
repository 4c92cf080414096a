"""Repetition rules: checked word by word, then counted out over days under fixed limits.

The usual libraries walk a rule step by step and cannot be stopped inside it: a rule that never
comes true keeps them busy for minutes. Here the days of the wanted window are laid out once and
each part of a rule is a filter on them, so the work is bounded before it begins. Tests compare the
result with dateutil's over thousands of random rules.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_INTERVAL: Final = 999
MAX_COUNT: Final = 10_000
MAX_LIST: Final = 31
MAX_TEXT: Final = 1_000
MAX_MOMENTS: Final = 2_000_000
"""Moments that one rule may lay out before the window, positions and end choose among them."""
OLDEST: Final = 1900

_LISTS: Final[dict[str, tuple[int, int, bool]]] = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYSETPOS": (1, 366, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 60, False),
}
_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL: Final = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


class RuleRefusedError(ValueError):
    """A rule that is not followed: what is wrong, what would be right, where in the text.

    ``harmless`` rules are honest ones that are beyond this reader: their event is left out, with a
    note, and the rest of the file is read.
    """

    def __init__(self, wrong: str, right: str, offset: int = 0, *, harmless: bool = False) -> None:
        super().__init__(f"{wrong} {right}")
        self.wrong, self.right, self.offset, self.harmless = wrong, right, offset, harmless


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One checked ``RRULE``; empty tuples where a part is absent."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: dt.datetime | dt.date | None = None
    week_start: int = 0
    by_day: tuple[tuple[int, int], ...] = ()
    lists: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def by(self, name: str) -> tuple[int, ...]:
        """Give the numbers of one list, e.g. ``BYMONTH``."""
        return dict(self.lists).get(name, ())


def parse_rule(text: str) -> Rule:
    """Check one rule, part by part."""
    found = _parts(text)
    scale, at = found.pop("RSCALE", ("GREGORIAN", 0))
    if scale != "GREGORIAN":
        raise RuleRefusedError(
            f"Rules on the {scale[:20]} calendar are not read.", "Use RSCALE=GREGORIAN.", at, harmless=True
        )
    freq, at = found.pop("FREQ", ("", 0))
    if freq not in FREQUENCIES:
        raise RuleRefusedError(
            f"The repetition FREQ={freq[:20]} is not read." if freq else "The repetition rule has no FREQ.",
            f"Events may repeat {', '.join(FREQUENCIES[::-1])}; "
            "what repeats by the hour or faster is no appointment.",
            at,
        )
    lists = tuple((name, _numbers(name, *found.pop(name))) for name in _LISTS if name in found)
    by_day = _days(*found.pop("BYDAY")) if "BYDAY" in found else ()
    interval = _number("INTERVAL", *found.pop("INTERVAL", ("1", 0)), MAX_INTERVAL)
    # Some producers write COUNT=-1 for "without end".
    count, at = found.pop("COUNT", ("-1", 0))
    until = _until(*found.pop("UNTIL")) if "UNTIL" in found else None
    day, day_at = found.pop("WKST", ("MO", 0))
    if day not in WEEKDAYS:
        raise RuleRefusedError(f"WKST={day[:20]} is no weekday.", "Write MO, TU, … SU.", day_at)
    _check_rest(found)
    return Rule(
        freq=freq,
        interval=interval,
        count=None if count == "-1" else _number("COUNT", count, at, MAX_COUNT),
        until=until,
        week_start=WEEKDAYS.index(day),
        by_day=by_day,
        lists=lists,
    )


def _parts(text: str) -> dict[str, tuple[str, int]]:
    """Cut a rule into its parts: value and place by name."""
    if len(text) > MAX_TEXT:
        raise RuleRefusedError(
            f"The repetition rule is {len(text):,} characters long.", f"At most {MAX_TEXT:,} are read."
        )
    found: dict[str, tuple[str, int]] = {}
    offset = 0
    for part in text.upper().split(";"):
        name, equals, value = part.partition("=")
        if part.strip():
            right = "Parts read NAME=value, each once."
            if not equals:
                raise RuleRefusedError(f"'{part[:40]}' is no part of a repetition rule.", right, offset)
            if name.strip() in found:
                raise RuleRefusedError(f"{name.strip()[:20]} comes twice.", right, offset)
            found[name.strip()] = value.strip(), offset + len(name) + 1
        offset += len(part) + 1
    return found


def _check_rest(found: dict[str, tuple[str, int]]) -> None:
    found.pop("SKIP", None)
    for name, (_, place) in found.items():
        if not name.startswith("X-"):
            raise RuleRefusedError(f"'{name[:20]}' is no part of a repetition rule.", "Leave it out.", place)


def _number(name: str, value: str, at: int, high: int) -> int:
    if not re.fullmatch(r"\+?\d{1,9}", value) or not 1 <= int(value) <= high:
        raise RuleRefusedError(f"{name}={value[:20]} cannot be followed.", f"{name} is 1 to {high:,}.", at)
    return int(value)


def _numbers(name: str, value: str, at: int) -> tuple[int, ...]:
    low, high, negative = _LISTS[name]
    parts = value.split(",")
    if len(parts) > MAX_LIST:
        # A year has 366 days and a day 60 minutes, but nobody's calendar lists them all.
        raise RuleRefusedError(f"{name} lists {len(parts):,} numbers.", f"At most {MAX_LIST} are read.", at)
    numbers = []
    for part in parts:
        text = part.strip()
        right = f"{name} holds {low} to {high}" + (f" or -{high} to -{low}." if negative else ".")
        if not re.fullmatch(r"[+-]?\d{1,3}", text):
            raise RuleRefusedError(f"{name}={value[:20]} cannot be followed.", right, at)
        number = int(text)
        if not (low <= number <= high or (negative and -high <= number <= -low)):
            raise RuleRefusedError(f"{name}={value[:20]} cannot be followed.", right, at)
        numbers.append(number)
    return tuple(sorted(set(numbers)))


def _days(value: str, at: int) -> tuple[tuple[int, int], ...]:
    parts = value.split(",")
    if len(parts) > MAX_LIST:
        raise RuleRefusedError(f"BYDAY lists {len(parts):,} days.", f"At most {MAX_LIST} are read.", at)
    days = set()
    for part in parts:
        found = _DAY.fullmatch(part.strip())
        if found is None or (found.group(1) and not 1 <= abs(int(found.group(1))) <= 53):
            raise RuleRefusedError(
                f"BYDAY={value[:20]} cannot be followed.", "BYDAY holds days such as MO or -1FR.", at
            )
        days.add((int(found.group(1) or 0), WEEKDAYS.index(found.group(2))))
    return tuple(sorted(days))


def _until(value: str, at: int) -> dt.datetime | dt.date:
    found = _UNTIL.fullmatch(value)
    moment = None
    if found is not None:
        with suppress(ValueError):
            moment = dt.datetime.strptime(  # noqa: DTZ007 - the zone follows from what stands behind
                found.group(1) + (found.group(2) or "000000"), "%Y%m%d%H%M%S"
            )
    if found is None or moment is None:
        raise RuleRefusedError(f"UNTIL={value[:20]} is no date.", "Write 20251231 or 20251231T120000Z.", at)
    if found.group(2) is None:
        return moment.date()
    return moment.replace(tzinfo=dt.UTC) if found.group(3) else moment


@dataclass(frozen=True, slots=True)
class _Days:
    """Every day of some years, with what rules ask about it."""

    day: NDArray[np.int64]
    year: NDArray[np.int64]
    month: NDArray[np.int64]
    month_day: NDArray[np.int64]
    month_left: NDArray[np.int64]
    year_day: NDArray[np.int64]
    year_left: NDArray[np.int64]
    weekday: NDArray[np.int64]


@lru_cache(maxsize=16)
def _days_of(first_year: int, last_year: int) -> _Days:
    day = np.arange(
        np.datetime64(f"{first_year:04d}-01-01", "D"), np.datetime64(f"{last_year:04d}-12-31", "D") + 1
    )
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]")
    next_month = (month + 1).astype("datetime64[D]")
    next_year = (year + 1).astype("datetime64[D]")
    number = day.astype(np.int64)
    return _Days(
        day=number,
        year=year.astype(np.int64) + 1970,
        month=month.astype(np.int64) % 12 + 1,
        month_day=(day - month.astype("datetime64[D]")).astype(np.int64) + 1,
        month_left=(next_month - day).astype(np.int64),
        year_day=(day - year.astype("datetime64[D]")).astype(np.int64) + 1,
        year_left=(next_year - day).astype(np.int64),
        weekday=(number + 3) % 7,
    )


def days_to_look_at(rule: Rule, start: dt.datetime, first: dt.date, last: dt.date) -> int:
    """Say how many days will be laid out for this rule, so that a caller can keep a budget."""
    years = _years(rule, start, first, last)
    return max(years[1] - years[0] + 1, 0) * 366


def _years(rule: Rule, start: dt.datetime, first: dt.date, last: dt.date) -> tuple[int, int]:
    # Without COUNT the past does not matter. The year before catches a week that begins in it.
    low = start.year if rule.count is not None else max(start.year, first.year) - 1
    return max(low, OLDEST - 1 if rule.count is None else start.year, 1), last.year


def occurrences(
    rule: Rule, start: dt.datetime, first: dt.date, last: dt.date, until: dt.datetime | None = None
) -> NDArray[np.int64]:
    """Count out a rule on the wall clock, as seconds since 1970-01-01, in order.

    Parameters
    ----------
    start
        Wall-clock time of the first event, without zone.
    first, last
        The days between which occurrences are wanted, both included.
    until
        The rule's end on the same wall clock, included.

    Raises
    ------
    RuleRefusedError
        When lists of hours, minutes and seconds multiply beyond any calendar.
    """
    low, high = _years(rule, start, first, last)
    if high < low:
        return np.empty(0, dtype=np.int64)
    days = _days_of(low, high)
    period = _period(rule, days.day, days.year, days.month)
    begin = int(np.datetime64(start.date(), "D").astype(np.int64))
    own = _period(rule, np.array([begin]), np.array([start.year]), np.array([start.month]))[0]
    keep = (period - own) % rule.interval == 0 if rule.interval > 1 else np.ones(len(period), dtype=bool)
    keep &= _day_filter(rule, days, start)
    chosen = np.flatnonzero(keep)
    times = _times(rule, start)
    if len(chosen) * len(times) > MAX_MOMENTS:
        raise RuleRefusedError(
            f"The repetition has {len(times):,} times on each of its days.",
            "Repeat at fewer times a day.",
        )
    moments = (days.day[chosen, None] * 86_400 + times[None, :]).ravel()
    positions = rule.by("BYSETPOS")
    if positions:
        moments = moments[_at_positions(np.repeat(period[chosen], len(times)), positions)]
    moments = moments[moments >= _seconds(start)]
    if until is not None:
        moments = moments[moments <= _seconds(until)]
    if rule.count is not None:
        moments = moments[: rule.count]
    end = (int(np.datetime64(last, "D").astype(np.int64)) + 1) * 86_400
    return moments[(moments >= int(np.datetime64(first, "D").astype(np.int64)) * 86_400) & (moments < end)]


def _seconds(moment: dt.datetime) -> int:
    day = int(np.datetime64(moment.date(), "D").astype(np.int64))
    return day * 86_400 + moment.hour * 3_600 + moment.minute * 60 + moment.second


def _period(
    rule: Rule, day: NDArray[np.int64], year: NDArray[np.int64], month: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give the number of the year, month, week or day that the rule steps over."""
    if rule.freq == "YEARLY":
        return year
    if rule.freq == "MONTHLY":
        return year * 12 + month
    if rule.freq == "WEEKLY":
        return (day + 3 - rule.week_start) // 7
    return day


def _day_filter(rule: Rule, days: _Days, start: dt.datetime) -> NDArray[np.bool_]:
    months, month_days = rule.by("BYMONTH"), rule.by("BYMONTHDAY")
    week_days = rule.by_day
    if not (rule.by("BYWEEKNO") or rule.by("BYYEARDAY") or month_days or week_days):
        if rule.freq == "YEARLY":
            months, month_days = months or (start.month,), (start.day,)
        elif rule.freq == "MONTHLY":
            month_days = (start.day,)
        elif rule.freq == "WEEKLY":
            week_days = ((0, start.weekday()),)
    keep = np.ones(len(days.day), dtype=bool)
    if months:
        keep &= np.isin(days.month, months)
    if month_days:
        keep &= np.isin(days.month_day, month_days) | np.isin(-days.month_left, month_days)
    if rule.by("BYYEARDAY"):
        wanted = rule.by("BYYEARDAY")
        keep &= np.isin(days.year_day, wanted) | np.isin(-days.year_left, wanted)
    if rule.by("BYWEEKNO"):
        keep &= _week_filter(rule, days)
    if week_days:
        keep &= _weekday_filter(rule, days, week_days, in_month=rule.freq == "MONTHLY" or bool(months))
    return keep


def _weekday_filter(
    rule: Rule, days: _Days, wanted: tuple[tuple[int, int], ...], *, in_month: bool
) -> NDArray[np.bool_]:
    """Keep weekdays; ``2MO`` and ``-1FR`` count inside the month, or inside the year."""
    counts = rule.freq in {"YEARLY", "MONTHLY"}
    place = days.month_day if in_month else days.year_day
    left = days.month_left if in_month else days.year_left
    keep = np.zeros(len(days.day), dtype=bool)
    for nth, weekday in wanted:
        found = days.weekday == weekday
        if nth > 0 and counts:
            found = found & ((place - 1) // 7 + 1 == nth)
        elif nth < 0 and counts:
            found = found & ((left - 1) // 7 + 1 == -nth)
        keep |= found
    return keep


def _week_filter(rule: Rule, days: _Days) -> NDArray[np.bool_]:
    """Keep the days of some weeks of the year; week 1 is the first with four days in it."""
    monday = (days.day + 3 - rule.week_start) // 7 * 7 - 3 + rule.week_start
    fourth = (monday + 3).astype("datetime64[D]")
    year = fourth.astype("datetime64[Y]")
    number = (fourth - year.astype("datetime64[D]")).astype(np.int64) // 7 + 1
    # The week of 28 December is always the last one of its year.
    last_day = (year + 1).astype("datetime64[D]").astype(np.int64) - 4
    last_fourth = (last_day + 3 - rule.week_start) // 7 * 7 + rule.week_start
    last = (last_fourth - year.astype("datetime64[D]").astype(np.int64)) // 7 + 1
    wanted = rule.by("BYWEEKNO")
    return np.isin(number, wanted) | np.isin(number - last - 1, wanted)


def _times(rule: Rule, start: dt.datetime) -> NDArray[np.int64]:
    hours = np.array(rule.by("BYHOUR") or (start.hour,), dtype=np.int64) * 3_600
    minutes = np.array(rule.by("BYMINUTE") or (start.minute,), dtype=np.int64) * 60
    seconds = np.minimum(np.array(rule.by("BYSECOND") or (start.second,), dtype=np.int64), 59)
    return np.unique(hours[:, None, None] + minutes[None, :, None] + seconds[None, None, :])


def _at_positions(period: NDArray[np.int64], wanted: tuple[int, ...]) -> NDArray[np.bool_]:
    """Keep the n-th moment of each period, from its start or from its end."""
    _, first, inverse, size = np.unique(period, return_index=True, return_inverse=True, return_counts=True)
    place = np.arange(len(period)) - first[inverse] + 1
    return np.isin(place, wanted) | np.isin(place - size[inverse] - 1, wanted)
