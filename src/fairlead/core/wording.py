"""Lengths, notice and repetition in words that people use."""

from __future__ import annotations

import math

from fairlead.core.tables import NO_NOTICE


def say_minutes(minutes: int) -> str:
    """Say a length in words.

    Examples
    --------
    >>> say_minutes(30), say_minutes(90), say_minutes(120), say_minutes(4320)
    ('30 minutes', '1.5 hours', '2 hours', '3 days')
    """
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes != 1 else ''}"
    if minutes < 2880:
        return _count(minutes / 60, "hour")
    return _count(round(minutes / 1440), "day")


def _count(number: float, unit: str) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return f"{text} {unit}" if text == "1" else f"{text} {unit}s"


def say_notice(notice: int) -> str:
    """Say how long before its start something was set up."""
    if notice == NO_NOTICE:
        return "an unknown time before"
    return f"{say_minutes(notice)} before" if notice > 0 else "as it began or later"


def say_every(days: float) -> str:
    """Say how often something comes back.

    Examples
    --------
    >>> say_every(7.0), say_every(14.0), say_every(float("nan"))
    ('every week', 'every two weeks', 'once')
    """
    if math.isnan(days):
        return "once"
    named = ((1.5, "every day"), (5, "several times a week"), (8.5, "every week"), (16, "every two weeks"))
    for limit, phrase in named:
        if days <= limit:
            return phrase
    if 26 <= days <= 35:
        return "every month"
    return "every quarter" if 84 <= days <= 98 else f"every {days:.0f} days"
