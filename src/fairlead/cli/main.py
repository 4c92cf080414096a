"""``fairlead``: the table of commands; each is imported when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Final

import click

COMMANDS: Final[dict[str, str]] = {
    "audit": "Where a calendar's time goes, against what the role asks, with one next step.",
    "roles": "What a role asks: leading, managing, doing; nearest titles; job descriptions.",
    "check": "Check a calendar, role profile, instrument, answer file or people list.",
    "demo": "Start the demo company in the browser.",
    "serve": "Start the web application.",
}
"""Command and sentence. Click would import every module to print its help; this table does not."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import ``fairlead.cli.<name>`` and return its ``command``."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"fairlead.cli.{cmd_name}").command
        assert isinstance(found, click.Command)  # noqa: S101 - narrows the type of our own module
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the table without importing a command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fairlead", message="%(prog)s %(version)s")
def cli() -> None:
    """Lead well, manage well, promote fairly. Nothing is ever sent anywhere."""


def main() -> None:
    """Run the command line: exit 0 done, 2 wrong usage, 3 bad input, never a traceback."""
    try:
        cli(prog_name="fairlead")
    except Exception as error:
        _explain(error)


def _explain(error: Exception) -> None:
    from fairlead.core.problems import BadInput

    if isinstance(error, BadInput):
        click.echo(str(error), err=True)
        sys.exit(3)
    if os.environ.get("FAIRLEAD_DEBUG"):
        raise error
    click.echo(
        f"This is a fault in Fairlead and not in your input ({type(error).__name__}: {error}). "
        "FAIRLEAD_DEBUG=1 shows where.",
        err=True,
    )
    sys.exit(1)
