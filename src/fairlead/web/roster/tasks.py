"""Background work of this room."""

from __future__ import annotations

from django_tasks import task

from fairlead.web.roster import inviting
from fairlead.web.runs import actions as runs


@task
def send_invitations(run_id: str) -> None:
    """Send invitations."""
    runs.fulfil(run_id, inviting.send_all)
