"""Print the chapter "Who sees what" of the documents from the policy table."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fairlead.web.access import printed


class Command(BaseCommand):
    """Send it to docs/who-sees-what.md after a change of the table."""

    help = "Print who sees what, from the policy table, as Markdown."
    requires_system_checks: tuple[str, ...] = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(printed.markdown(), ending="")
