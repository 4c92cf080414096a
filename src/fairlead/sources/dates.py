"""Days as people and their programs write them, read only where one reading is possible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Order = Literal["day first", "month first"]

_MONTHS: Final = (
    ("january", "jan", "januar", "jänner", "jaenner", "jän"),
    ("february", "feb", "februar", "feber"),
    ("march", "mar", "märz", "maerz", "mrz", "mär"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "jun", "juni"),
    ("july", "jul", "juli"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct", "oktober", "okt"),
    ("november", "nov"),
    ("december", "dec", "dezember", "dez"),
)
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

NOTHING: Final = frozenset((
    "", "-", "--", "–", "—", "/", "n/a", "na", "none", "null", "nil", "keine", "keiner",
    "0000-00-00", "00.00.0000", "00000000",
))  # fmt: skip
"""What programs write where there is no day; a day in the year 9999 means the same."""

_TIME: Final = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z| ?[+-][0-9]{2}:?[0-9]{2})?)?"
_YEAR_FIRST: Final = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_COMPACT: Final = re.compile(r"((?:19|20|99)[0-9]{2})([0-9]{2})([0-9]{2})")
_DOTS: Final = re.compile(rf"([0-9]{{1,2}})\. ?([0-9]{{1,2}})\. ?([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_OTHER: Final = re.compile(rf"([0-9]{{1,2}})([/-])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_DAY_MONTH: Final = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ \-/]*([^\W\d_]+)\.?,?[ \-/]*([0-9]{4}|[0-9]{2})"
)
_MONTH_DAY: Final = re.compile(r"([^\W\d_]+)\.? *([0-9]{1,2})(?:st|nd|rd|th)?(?:, *| +)([0-9]{4})")
_ASK: Final = "Write it as YYYY-MM-DD"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCell:
    """One cell read: the day, or nothing, or what is wrong with it and what would be right."""

    day: date | None = None
    wrong: str = ""
    right: str = ""


def order_of(cells: Iterable[str]) -> Order | None:
    """Say what a column's own days tell about its order: a part above 12 can only be the day.

    ``None`` where no cell tells it, or where two cells tell different things.
    """
    told: set[Order] = set()
    for cell in cells:
        found = _OTHER.fullmatch(cell.strip())
        if found:
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:
                told.add("day first")
            elif second > 12 >= first:
                told.add("month first")
    return told.pop() if len(told) == 1 else None


def read_day(text: str, order: Order | None, today: date) -> DateCell:
    """Read one cell.

    Parameters
    ----------
    text
        The cell.
    order
        What the column tells about days such as 03/04/2024 (``order_of``).
    today
        Decides the century of a year with two digits: the one between 1950 and five years ahead.
    """
    text = " ".join(text.split())
    if text.casefold() in NOTHING:
        return DateCell()
    for form in (_numbers, _names):
        parts = form(text, today)
        if parts:
            return _day(text, *parts)
    found = _OTHER.fullmatch(text)
    if found is None:
        return DateCell(wrong=f"“{text[:60]}” is no date.", right=f"{_ASK}, such as 2024-03-31.")
    return _either(text, int(found[1]), int(found[3]), int(found[4]), order)


def _numbers(text: str, today: date) -> tuple[int, int, int] | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return int(found[1]), int(found[3]), int(found[4])
    found = _COMPACT.fullmatch(text)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    found = _DOTS.fullmatch(text)
    return (_year(found[3], today), int(found[2]), int(found[1])) if found else None


def _names(text: str, today: date) -> tuple[int, int, int] | None:
    found = _DAY_MONTH.fullmatch(text)
    if found:
        day, name, year = found.groups()
    else:
        found = _MONTH_DAY.fullmatch(text)
        if found is None:
            return None
        name, day, year = found.groups()
    month = _MONTH_OF.get(name.casefold())
    return (_year(year, today), month, int(day)) if month else None


def _year(text: str, today: date) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year + 5 else 1900 + year


def _day(text: str, year: int, month: int, day: int) -> DateCell:
    if year == 9999:
        return DateCell()
    try:
        return DateCell(day=date(year, month, day))
    except ValueError:
        return DateCell(wrong=f"There is no day {text[:60]}.", right=f"{_ASK}, such as 2024-03-31.")


def _either(text: str, first: int, second: int, year: int, order: Order | None) -> DateCell:
    """Read a day whose parts may be day and month or month and day."""
    as_day_first, as_month_first = _day(text, year, second, first), _day(text, year, first, second)
    if first == second or not as_month_first.day:
        return as_day_first
    if not as_day_first.day:
        return as_month_first
    if order:
        return as_day_first if order == "day first" else as_month_first
    one, other = (f"{found.day.day} {_MONTHS[found.day.month - 1][0].title()} {year}"
                  for found in (as_day_first, as_month_first) if found.day)  # fmt: skip
    return DateCell(
        wrong=f"“{text}” can be {one} or {other}, and no other date of the column settles it.",
        right=f"{_ASK}: {as_day_first.day} or {as_month_first.day}.",
    )
