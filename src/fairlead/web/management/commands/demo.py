"""Serve the demo company."""

from __future__ import annotations

import os
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError

from fairlead.web.management.commands import serve

NO_MAIL: Final = "django.core.mail.backends.dummy.EmailBackend"


class Command(serve.Command):
    """The same as ``serve``, with invented people in a data folder of their own."""

    help = "Fill the demo company, if it is not there yet, and serve it."

    def fill(self, say: Any) -> None:
        """Fill the demo company once; a half-filled one cannot be: it is one transaction."""
        from fairlead.web import demo  # noqa: PLC0415 - after the tables stand
        from fairlead.web.cast import queries  # noqa: PLC0415
        from fairlead.web.people.models import Person  # noqa: PLC0415

        if not settings.DEMO:
            raise RuntimeError("`fairlead-web demo` sets FAIRLEAD_DEMO itself; it was started another way.")
        if not Person.objects.exists():
            say("Filling the demo company, once:")
            kept, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, NO_MAIL  # invented people read no mail
            demo.fill(lambda name: say(f"  {name}"))
            settings.EMAIL_BACKEND = kept
        elif missing := [one.name for one in demo.CAST if queries.account(one.key) is None]:
            raise CommandError(
                f"{settings.DATA} holds other people than this demo company: {missing[0]} is not among them. "
                "Remove that folder, or name another one in FAIRLEAD_DATA; nothing was changed.",
                returncode=3,
            )

    def words(self) -> str:
        """Say where it is and what to do there."""
        address = f"{os.environ['FAIRLEAD_URL']}/demo/"
        return f"The demo company is at {address} (Ctrl+C ends it; data in {settings.DATA})"
