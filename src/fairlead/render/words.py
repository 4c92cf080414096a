"""Numbers and dates as people read them; the same on every screen and page.

A number and its unit are held together by a space that does not break.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from fairlead.core import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.figures import Figure

DASH: Final = "–"
"""Stands where there is no number."""


def hours(value: float) -> str:
    """Write hours with one decimal: ``12.5 h``."""
    return f"{_plain(value, 1)}\u00a0h"


def percent(value: float) -> str:
    """Write a share (0 to 1) in whole per cent: ``31 %``."""
    return f"{_plain(100 * value, 0)}\u00a0%"


def number(value: float, decimals: int = 1) -> str:
    """Write a plain number; whole ones without decimals."""
    return _plain(value, 0 if float(value).is_integer() else decimals)


def count(n: int, one: str, many: str = "") -> str:
    """Write a count with its noun: ``1 week``, ``3 weeks``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def seen(n: int, n_of: str) -> str:
    """Write how many observations stand behind a figure, such as ``12 weeks`` or ``1 week``."""
    return f"{n:,} {n_of.removesuffix('s') if n == 1 else n_of}"


def day(iso: str) -> str:
    """Write an ISO date as ``2 Mar 2026``; other text comes back as it is."""
    try:
        found = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{found.day}\u00a0{found:%b}\u00a0{found.year}"


def listed(parts: Sequence[str]) -> str:
    """Join with commas and a last ``and``; with semicolons where a part has a comma of its own."""
    return phrases.listed(parts)


def amount(value: float | None, unit: str) -> str:
    """Write a number in the unit of a ``Figure``; a dash where there is none."""
    if value is None:
        return DASH
    if unit == "hours":
        return hours(value)
    if unit == "share":
        return percent(value)
    if unit == "days":
        return f"{number(value)}\u00a0days"
    if unit == "points":
        return _plain(value, 1)
    return number(value)


def figure(found: Figure) -> str:
    """Write a figure with its interval, or a dash: ``31 % (27 to 36 %)``."""
    text = amount(found.value, found.unit)
    if found.value is None or found.low is None or found.high is None:
        return text
    low = amount(found.low, found.unit).partition("\u00a0")[0]
    return f"{text} ({low} to {amount(found.high, found.unit)})"


def index(found: Figure) -> str:
    """Write an index from 0 to 1 with its interval: ``0.71 (0.68 to 0.74)``; it is a part of nothing."""
    if found.value is None:
        return DASH
    text = f"{found.value:.2f}"
    return (
        text if found.low is None or found.high is None else f"{text} ({found.low:.2f} to {found.high:.2f})"
    )


def basis(found: Figure) -> str:
    """Write what stands behind a figure: how many, until when, how, what is left out."""
    parts = [seen(found.n, found.n_of)]
    if found.as_of:
        parts.append(f"until {day(found.as_of)}")
    if found.level is not None and found.low is not None:
        parts.append(f"interval {percent(found.level)}")
    text = f"{', '.join(parts)}. {found.formula}"
    if found.left_out:
        text += f" Left out: {found.left_out}"
    return text


def figure_label(name: str) -> str:
    """Give the plain words for a figure's key."""
    return FIGURE_LABELS.get(name, name.replace("_", " ").capitalize())


def part_label(name: str) -> str:
    """Give the plain words for a part of the rut index; each runs from 0 to 1, and more is worse."""
    return PART_LABELS.get(name, figure_label(name))


PART_LABELS: Final[dict[str, str]] = {
    "symptoms": "Signs of a rut",
    "loved_work": "Little loved work",
    "reactive": "Reactive work",
    "traits": "Distance to the ten traits",
    "balance": "Strained balance",
    "missed_personal": "Missed personal engagements",
    "after_hours": "Work outside working hours",
}
"""Plain words for the parts of the rut index."""

FIGURE_LABELS: Final[dict[str, str]] = {
    "work_hours": "Hours of work in the calendar",
    "hours_per_week": "Hours of work a week",
    "reactive_share": "Reactive share",
    "firefighting_share": "Firefighting share",
    "high_payoff_share": "High-payoff share",
    "unclear_share": "Unclear share",
    "meeting_hours_per_week": "Meeting hours a week",
    "after_hours": "Hours after working hours a week",
    "weekend_hours": "Weekend hours a week",
    "holiday_hours": "Hours on days off",
    "focus_blocks_per_week": "Focus blocks a week",
    "focus_hours_per_week": "Focus hours a week",
    "fragmentation": "Fragmented time",
    "days_without_free_hour": "Days without a free hour",
    "missed_personal": "Missed personal engagements",
    "one_to_one_coverage": "Reports met one to one",
    "hands_on_hours_per_week": "Hands-on hours a week",
    "mechanics_share": "Managing in leading and managing",
    "one_to_one_hours_per_week": "One-to-one hours a week",
    "conflicting_hours_per_week": "Hours of overlapping meetings a week",
    "diary_long_share": "Meetings of an hour or more",
    "diary_planned_share": "Meetings planned ahead",
    "diary_large_share": "Meetings with several others",
    "diary_outside_share": "Meetings with people from outside",
    "diary_functions_share": "Meetings across functions",
    "symptoms": "Signs of a rut",
    "rut_index": "Rut index",
}
"""Plain words for the figures of a time audit."""


def minus(text: str) -> str:
    """Write a number's hyphen as the minus that people read; machine output keeps the hyphen."""
    return text.replace("-", "−")


def _plain(value: float, decimals: int) -> str:
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text.replace("-", "−")
