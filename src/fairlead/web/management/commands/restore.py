"""Put a backup in place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Stop web and worker first."""

    help = "Put an archive of `backup` in place and compare every table with what it says."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive and the keys."""
        parser.add_argument("archive", type=Path, help="fairlead-….tar.gz")
        parser.add_argument("--keys", type=Path, default=None, help="fairlead-keys.tar (in keys/)")
        parser.add_argument("--replace", action="store_true", help="move the database that is there aside")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore, compare, bring the tables up to this version."""
        from fairlead.web import backup  # noqa: PLC0415 - after the models are there

        try:
            manifest = backup.put_back(options["archive"], keys=options["keys"], replace=options["replace"])
        except backup.CannotBackUp as error:
            raise CommandError(str(error)) from None
        wrong = backup.differences(manifest)
        if wrong:
            raise CommandError("The tables are not what the archive says: " + "; ".join(wrong))
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{rows:,} rows in {len(manifest['tables'])} tables, each as the archive says.")
        self._prepare()
        self.stdout.write("Ready. `fairlead-web verify-trail` says whether the record is whole.")

    def _prepare(self) -> None:
        """Bring the tables up to this version in a process of its own: this one began with other keys."""
        command = [sys.executable, "-m", "fairlead.web.manage", "prepare"]
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own interpreter and module
            raise CommandError("The tables are in place; `fairlead-web prepare` says what is still missing.")
