"""When a person usually works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = re.compile(r"\s*(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When a person usually works: per weekday, Monday first, from and to in minutes, or ``None``."""

    days: tuple[tuple[int, int] | None, ...]

    @classmethod
    def parse(cls, text: str, days: str = "mon-fri") -> WorkingHours:
        """Read ``"09:00-17:30"`` for weekdays such as ``"mon-fri"`` or ``"mon,tue,thu"``.

        Raises
        ------
        BadInput
            When either text cannot be read; the problem says what would be right.

        Examples
        --------
        >>> WorkingHours.parse("09:00-17:30").days[0]
        (540, 1050)
        >>> WorkingHours.parse("08:00-12:00", "mon,sat").days[5]
        (480, 720)
        """
        match = _HOURS.fullmatch(text)
        begin, end = _minutes(match) if match else (0, 0)
        if not begin < end <= 1440:
            right = "Write a start and a later end of one day, such as 09:00-17:30."
            raise BadInput(Problem(file="working hours", wrong=f"“{text}” is not understood.", right=right))
        chosen = _weekdays(days)
        return cls(days=tuple((begin, end) if number in chosen else None for number in range(7)))

    def bounds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return start and end in minutes for the seven weekdays; equal on free days."""
        table = np.array([day or (0, 0) for day in self.days], dtype=np.int64)
        return table[:, 0], table[:, 1]

    @property
    def hours_per_week(self) -> float:
        """Working hours of a full week."""
        return sum(day[1] - day[0] for day in self.days if day) / 60

    def __str__(self) -> str:
        names = [(WEEKDAYS[i].capitalize(), day) for i, day in enumerate(self.days) if day]
        spans = {f"{d[0] // 60:02}:{d[0] % 60:02}-{d[1] // 60:02}:{d[1] % 60:02}" for _, d in names}
        if len(spans) != 1:
            return ", ".join(
                f"{n} {d[0] // 60:02}:{d[0] % 60:02}-{d[1] // 60:02}:{d[1] % 60:02}" for n, d in names
            )
        listed = [name for name, _ in names]
        together = [day.capitalize() for day in WEEKDAYS[: len(listed)]] == listed and len(listed) > 2
        return f"{f'{listed[0]}-{listed[-1]}' if together else ', '.join(listed)} {spans.pop()}"


def _minutes(match: re.Match[str]) -> tuple[int, int]:
    a, b, c, d = (int(part) for part in match.groups())
    return (a * 60 + b, c * 60 + d) if b < 60 and d < 60 else (0, 0)


def _weekdays(text: str) -> set[int]:
    """Read ``mon-fri`` or ``mon,wed,fri``; ranges may wrap around the weekend."""
    chosen: set[int] = set()
    for part in text.casefold().replace(" ", "").split(","):
        ends = [end[:3] for end in part.split("-")]
        if not all(end in WEEKDAYS for end in ends) or len(ends) > 2:
            right = "Write days such as mon-fri or mon,tue,thu."
            raise BadInput(Problem(file="working days", wrong=f"“{text}” is not understood.", right=right))
        first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
        chosen.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return chosen
