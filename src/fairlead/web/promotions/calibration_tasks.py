"""Background work of this room: ids in, a fulfilled run out."""

from __future__ import annotations

from django_tasks import task

from fairlead.web.promotions import calibration
from fairlead.web.runs import actions as runs


@task
def calibrate(run_id: str) -> None:
    """Put the ratings of a round on one scale."""
    runs.fulfil(run_id, calibration.compute)
