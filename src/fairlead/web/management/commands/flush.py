"""Empty every table, the record too."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from fairlead.web.trail import guard


class Command(flush.Command):
    """Django's own command; the record's triggers would refuse it."""

    help = "Empty every table, the record too. Nothing can be brought back."

    def handle(self, **options: Any) -> None:
        """Take the triggers away, empty the tables, put the triggers back."""
        using = options["database"]
        guard.disarm(using)
        try:
            super().handle(**options)
        finally:
            guard.arm(using)
