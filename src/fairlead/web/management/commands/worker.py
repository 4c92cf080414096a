"""Do background work."""

from __future__ import annotations

import io
import logging
import socket
import threading
from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fairlead.web.runs import actions
from fairlead.web.vault import ready

log = logging.getLogger(__name__)

TIDY_EVERY: Final = 600.0
"""Seconds between two rounds of what is due: a computer without a timer keeps its promises too."""


def tidy(stop: threading.Event, every: float = TIDY_EVERY) -> None:
    """Do what is due now and every few minutes, until told to stop."""
    while True:
        try:
            call_command("tick", stdout=io.StringIO())
        except Exception:
            log.exception("What was due could not be done; the next round tries again")
        finally:
            connection.close()
        if stop.wait(every):
            return


class Command(BaseCommand):
    """One worker a host: what it left at work when it was killed is failed when it starts again."""

    help = "Do background work until Ctrl+C; finishes what it is at before it ends."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Clear up after a killed worker, then work."""
        if wrong := ready.problems():
            raise CommandError(" ".join(wrong))
        name = f"fairlead@{socket.gethostname()}"[:64]
        # SQLite cannot look into a JSON list; there are never more than a few tasks at work.
        at_work = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).values_list("pk", "worker_ids")
        mine = [pk for pk, workers in at_work if name in workers]
        DBTaskResult.objects.filter(pk__in=mine).update(
            status=TaskResultStatus.FAILED, finished_at=timezone.now()
        )
        actions.fail_lost()
        stop = threading.Event()
        threading.Thread(target=tidy, args=(stop,), daemon=True, name="tidy").start()
        call_command(
            "db_worker", worker_id=name, interval=0.5, reload=False, verbosity=0, startup_delay=False
        )
        stop.set()
