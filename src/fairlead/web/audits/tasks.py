"""Background work of this room: ids in, a fulfilled run out."""

from __future__ import annotations

from django_tasks import task

from fairlead.web.audits import readings
from fairlead.web.runs import actions as runs


@task
def read_calendar(run_id: str) -> None:
    """Read uploaded calendars and make a reading."""
    runs.fulfil(run_id, readings.from_files)


@task
def read_again(run_id: str) -> None:
    """Make a reading from what is here already."""
    runs.fulfil(run_id, readings.from_here)
