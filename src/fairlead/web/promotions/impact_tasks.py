"""Background work for impact tables: ids in, a fulfilled run out."""

from __future__ import annotations

from django_tasks import task

from fairlead.web.promotions import impact_counting
from fairlead.web.runs import actions as runs


@task
def count_impact(run_id: str) -> None:
    """Count selection rates of the rounds that are not counted yet."""
    runs.fulfil(run_id, impact_counting.compute)
