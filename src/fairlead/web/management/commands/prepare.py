"""Bring the data folder up to this version without serving: for installers and upgrades."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fairlead.web.setup import prepare


class Command(BaseCommand):
    """Run after installing and after each upgrade."""

    help = "Set up or upgrade tables and static files."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prepare and say so."""
        prepare(self.stdout.write)
        self.stdout.write("Ready.")
