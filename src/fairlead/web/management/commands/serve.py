"""Serve the web application and do its background work."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fairlead.web import serving
from fairlead.web.setup import prepare

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """One command for a person alone; ``--no-worker`` where an init system runs the worker apart."""

    help = "Serve the web application and do its background work, until Ctrl+C."
    default_port = 8000

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take host, port and how many processes."""
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=None, help="the port (8000, or the next free one)")
        parser.add_argument("--workers", type=int, default=1, help="how many web processes (1)")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave background work to another process"
        )
        parser.add_argument(
            "--no-prepare", action="store_true", help="trust that `fairlead-web prepare` has run"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare, serve, and print one address."""
        say = self.stdout.write
        host, asked = options["host"], options["port"]
        # Two servers on one port would share its visitors, each with its own people.
        if asked is not None and serving.is_taken(host, asked):
            raise CommandError(
                f"Port {asked} is in use already. Name another one, or leave --port out: the next free one.",
                returncode=3,
            )
        if not options["no_prepare"]:
            prepare(say)
        self.fill(say)
        port = asked if asked is not None else serving.free_port(host, self.default_port)
        if "FAIRLEAD_URL" not in os.environ:
            os.environ["FAIRLEAD_URL"] = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
        sys.stdout.flush()
        code = serving.serve(
            host=host,
            port=port,
            workers=options["workers"],
            background=not options["no_worker"],
            announce=lambda: say(self.words()),
        )
        if code:
            sys.exit(code)

    def words(self) -> str:
        """Say where it is."""
        return f"Fairlead is at {os.environ['FAIRLEAD_URL']} (Ctrl+C ends it; data in {settings.DATA})"

    def fill(self, say: Any) -> None:
        """Have nothing to fill: an installation starts empty."""
