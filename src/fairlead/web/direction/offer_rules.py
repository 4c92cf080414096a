"""The dates of an offer: how long to think, how fast it is asked for, when to look back."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

THINKING_DAYS: Final = 7
"""How long an offer is left unanswered unless the person says otherwise (row 70)."""

PUT_OFF_DAYS: Final = 30
"""When a postponed offer comes up again unless the person says otherwise."""

LOOKS_BACK: Final = (3, 6, 12)
"""After how many months what was promised is compared with what came (row 4)."""


def thinking_until(came_on: date, answer_by: date | None) -> date:
    """Give the first day on which an answer is asked for: after a week, or when it is due earlier."""
    usual = came_on + timedelta(days=THINKING_DAYS)
    return usual if answer_by is None else max(came_on, min(usual, answer_by))


def speed(came_on: date, answer_by: date | None) -> str:
    """Say in plain words that an answer is wanted fast; empty where there is a week or more (row 70)."""
    if answer_by is None or (answer_by - came_on).days >= THINKING_DAYS:
        return ""
    days = (answer_by - came_on).days
    when = _("An answer is wanted on the day it came.")
    if days:
        when = _("An answer is wanted within %(days)s days.") % {"days": days}
    if days == 1:
        when = _("An answer is wanted within 1 day.")
    fast = _(
        "That is fast for something that fills years. Asking for a week is ordinary, and how that is taken "
        "tells you something about the offer."
    )
    return f"{when} {fast}"


def is_thinking(think_until: date, today: date) -> bool:
    """Whether the offer still asks to be left unanswered; on the last day it no longer does."""
    return today < think_until


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last day of a month that is too short.

    Examples
    --------
    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
