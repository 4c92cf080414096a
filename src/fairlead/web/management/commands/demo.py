"""Serve the demo company."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from django.conf import settings

from fairlead.web.management.commands import serve


class Command(serve.Command):
    """The same as ``serve``, with invented people in a data folder of their own."""

    help = "Fill the demo company, if it is not there yet, and serve it."

    def fill(self, say: Any) -> None:
        """Fill the demo company once; a half-filled one cannot be: it is one transaction."""
        from fairlead.web.people.models import Person  # noqa: PLC0415 - after the tables stand

        if not settings.DEMO:
            raise RuntimeError("`fairlead-web demo` sets FAIRLEAD_DEMO itself; it was started another way.")
        if Person.objects.exists():
            return
        fill = getattr(import_module("fairlead.web.demo"), "fill", None)
        if fill is not None:
            say("Filling the demo company, once:")
            fill(lambda name: say(f"  {name}"))

    def words(self) -> str:
        """Say where it is and what to do there."""
        address = f"{os.environ['FAIRLEAD_URL']}/demo/"
        return f"The demo company is at {address} (Ctrl+C ends it; data in {settings.DATA})"
