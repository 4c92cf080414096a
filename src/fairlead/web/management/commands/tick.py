"""Do what is due: from cron or a timer, every few minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from fairlead.web import erasing, vault
from fairlead.web.privacy import classes
from fairlead.web.rooms import offers
from fairlead.web.runs import actions

LONGEST_RUN = timedelta(minutes=30)
KEEP_TASKS_DAYS = 7


class Command(BaseCommand):
    """Safe to run at any time and any number of times."""

    help = "Fail work that a killed worker left, drop old sessions and finished tasks."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Clear up, then let each room do what is due."""
        lost = actions.fail_lost(started_before=LONGEST_RUN)
        with vault.on_duty("retention"):
            for _room, tick in offers("actions", "tick"):
                tick()
            over = sum(classes.expire(timezone.now()).values())
        call_command("clearsessions", verbosity=0)
        call_command("prune_db_task_results", min_age_days=KEEP_TASKS_DAYS, verbosity=0)
        erasing.empty_the_log()
        self.stdout.write(
            f"Work given up: {lost}. Rows whose time was over: {over}. Sessions and finished tasks cleared."
        )
