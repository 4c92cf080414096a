"""Check that no line of the record was changed, taken away, added or exchanged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from fairlead.web.trail import checking

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """One sentence; 0 where the record is whole, 1 where it is not, 2 where it could not be checked."""

    help = "Walk along the record and say what is whole, or the first line that is not and how."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a file of heads."""
        parser.add_argument(
            "--heads",
            metavar="FILE",
            help="heads that were mailed or exported: shows lines cut off the end, or a record written anew",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Walk, with progress on standard error."""
        outside = _heads(options["heads"]) if options["heads"] else []
        found = checking.verify(outside, lambda count: self.stderr.write(f"{count} lines"))
        self.stdout.write(found.says)
        if not found.whole:
            sys.exit(1)


def _heads(name: str) -> list[checking.Kept]:
    try:
        heads = checking.read_heads(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise CommandError(f"{name} cannot be read: {why}.", returncode=2) from None
    except ValueError as error:
        raise CommandError(f"{name} holds a day that does not exist: {error}.", returncode=2) from None
    if not heads:
        raise CommandError(
            f"{name} holds no heads. A head is a day, a number and a seal, such as "
            "`fairlead-web export-heads` prints.",
            returncode=2,
        )
    return heads
