"""Print the heads of the record, to be kept by people outside the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fairlead.web.trail import actions, checking
from fairlead.web.trail.models import Head


class Command(BaseCommand):
    """One line a day: the day, the number of its last line, the seal of that line."""

    help = "Print the head of each past day; `verify-trail --heads FILE` compares them with the record."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write heads that are due, then print all of them."""
        actions.write_heads()
        self.stdout.write(checking.written(Head.objects.order_by("day")), ending="")
