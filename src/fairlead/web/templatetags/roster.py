"""What the pages of the organization say in other words than the tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format

from fairlead.web.roster.forms import COLUMN_WORDS

register = template.Library()


@register.filter
def day_before(day: date) -> date:
    """Give the last day of a stretch whose first day after it is kept."""
    return day - timedelta(days=1)


@register.filter
def first_of(rows: list[Any], number: int) -> list[Any]:
    """Give the first so many rows."""
    return rows[:number]


@register.filter
def minus(number: int, other: int) -> int:
    """Subtract."""
    return number - other


@register.filter
def column(name: str) -> str:
    """Name a column in words."""
    return "Manager" if name == "manager_id" else COLUMN_WORDS.get(name, name)


@register.filter
def iso(day: str) -> str:
    """Write a day that is kept as text."""
    return date_format(date.fromisoformat(day), "j F Y")
