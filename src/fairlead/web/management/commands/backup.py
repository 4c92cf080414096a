"""Write a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Safe while pages are served: readers go on, writers wait for as long as the copy takes."""

    help = "Write one archive with all tables, and the latest keys apart from it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the two folders and how long archives are kept."""
        parser.add_argument("folder", type=Path, help="where archives are kept")
        parser.add_argument(
            "--keys",
            type=Path,
            default=None,
            help="where the keys go (FOLDER/keys); elsewhere is better",
        )
        parser.add_argument("--keep-days", type=int, default=14, help="older archives are removed (14)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it and say where it is."""
        from fairlead.web import backup  # noqa: PLC0415 - after the models are there

        try:
            kept = backup.back_up(options["folder"], keys=options["keys"], keep_days=options["keep_days"])
        except backup.CannotBackUp as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{kept.archive}\n{kept.keys}\n{kept.rows:,} rows.")
