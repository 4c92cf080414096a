"""A role audit as one flat table: a row per figure, and a row per week and number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.work import label
from fairlead.render import theme, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairlead.core.figures import Figure
    from fairlead.core.reading import RoleAudit
    from fairlead.core.time_results import WeekReading

COLUMNS: Final = (
    "about",
    "week",
    "name",
    "label",
    "value",
    "low",
    "high",
    "unit",
    "n",
    "n_of",
    "as_of",
    "formula",
    "left_out",
)

_WEEK_NUMBERS: Final = (
    ("reactive_hours", "hours"),
    ("high_payoff_hours", "hours"),
    ("meeting_hours", "hours"),
    ("after_hours", "hours"),
    ("weekend_hours", "hours"),
    ("focus_hours", "hours"),
    ("focus_blocks", "count"),
    ("fragmented_hours", "hours"),
    ("days_without_free_hour", "count"),
    ("missed_personal", "count"),
)

Cell = str | float | None


def audit_rows(audit: RoleAudit) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Give column names and rows; numbers stay numbers, what is missing is ``None``.

    Who writes them as CSV must guard the text against being read as formulas
    (``sources.files.write_csv`` does).
    """
    return COLUMNS, tuple(_rows(audit))


def _rows(audit: RoleAudit) -> Iterator[tuple[Cell, ...]]:
    time = audit.time
    for found in time.figures if time else ():
        yield _row("period", words.figure_label(found.name), found)
    for gap in audit.gaps:
        yield _row("asked", gap.label, gap.asked, name=gap.name)
        yield _row("done", gap.label, gap.done, name=gap.name)
    for aspect in audit.aspects:
        yield _row("leading style", aspect.label, aspect.leading, name=aspect.aspect)
        yield _row("managing style", aspect.label, aspect.managing, name=aspect.aspect)
    if audit.rut is not None:
        yield _row("rut", "Rut index", audit.rut.index)
        for part in audit.rut.parts:
            yield _row("rut", words.part_label(part.name), part)
    for week in time.weeks if time else ():
        yield from _week(week)


def _row(about: str, text: str, found: Figure, *, name: str = "") -> tuple[Cell, ...]:
    left_out = found.too_little or found.left_out
    return (
        about, None, name or found.name, text, found.value, found.low, found.high, found.unit, found.n,
        found.n_of, found.as_of, found.formula, left_out,
    )  # fmt: skip


def _week(week: WeekReading) -> Iterator[tuple[Cell, ...]]:
    hours = week.hours
    numbers = [(f"{kind}_hours", label(kind), getattr(hours, kind), "hours") for kind in theme.KINDS]
    numbers += [(n, words.figure_label(n), getattr(week, n), unit) for n, unit in _WEEK_NUMBERS]
    state = "off" if week.off else "whole week" if week.complete else "part of a week"
    for name, text, value, unit in numbers:
        place = ("week", week.monday, name, text)
        yield (*place, value, None, None, unit, week.events, "events", None, None, state)
