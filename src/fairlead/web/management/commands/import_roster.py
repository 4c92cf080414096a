"""Import a list of people from the command line, as the screen does: for cron and first set-ups."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from fairlead.core.problems import BadInput
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from fairlead.web.roster.models import RosterImport

NOT_SURE = "Nothing was changed. Add --yes to import."
NOTHING = "Nothing would change."


class Command(BaseCommand):
    """The same plan, the same sentences, the same one transaction as in the browser."""

    help = "Import a list of people (CSV or XLSX): shows what would change; with --yes it is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to read it."""
        parser.add_argument("file", help="the list; - reads standard input")
        parser.add_argument("--complete", action="store_true", help="whoever is not in it has left")
        parser.add_argument("--yes", action="store_true", help="do it, all or nothing")
        parser.add_argument(
            "--leaving",
            default="",
            metavar="NUMBER",
            help="how many people are marked as left, where that is more than a fifth of everybody",
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="THEIRS=OURS", help="what a column of theirs is"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, say what would change, and do it if that was asked for."""
        from fairlead.sources.files import parse_map  # noqa: PLC0415 - after the tables stand
        from fairlead.web.roster import imports  # noqa: PLC0415 - as above

        name, data = _read(options["file"])
        try:
            found = imports.begin(
                None,
                name=name,
                data=data,
                complete=options["complete"],
                mapping=parse_map(options["map"]),
            )
        except BadInput as bad:
            raise CommandError(str(bad), returncode=3) from None
        done = False
        try:
            self._say(found, sure=options["yes"])
            if options["yes"] and not found.plan["empty"]:
                imports.carry_out(None, found, typed=options["leaving"])
                self.stdout.write("Imported.")
                done = True
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.", returncode=3) from None
        finally:
            if not done:
                imports.drop(None, found)

    def _say(self, found: RosterImport, *, sure: bool) -> None:
        from fairlead.web.roster import imports  # noqa: PLC0415 - as above

        plan = found.plan
        if not plan["ready"]:
            sentences = "\n".join(str(one) for one in imports.problems(plan["problems"]))
            raise CommandError(sentences, returncode=3)
        for kind, number in plan["counts"].items():
            self.stdout.write(f"{kind}: {number}")
        for problem in imports.problems(plan["refused"]):
            self.stdout.write(f"refused: {problem}")
        for problem in imports.problems(plan["notices"]):
            self.stdout.write(f"notice: {problem}")
        if plan["empty"]:
            self.stdout.write(NOTHING)
        elif not sure:
            self.stdout.write(NOT_SURE)


def _read(file: str) -> tuple[str, bytes]:
    if file == "-":
        return "standard input", sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}.", returncode=3) from None
