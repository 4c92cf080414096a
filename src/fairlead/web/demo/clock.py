"""The clock of the demo company: what happened in spring carries the dates of spring."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@contextmanager
def on(day: date) -> Iterator[None]:
    """Stage the morning of a day, never one that has not come."""
    true_clock = timezone.now
    staged = datetime.combine(day, time(8), timezone.get_current_timezone())
    timezone.now = lambda: min(staged, true_clock())
    try:
        yield
    finally:
        timezone.now = true_clock
