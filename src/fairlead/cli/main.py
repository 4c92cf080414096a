"""``fairlead``: the table of commands; each is imported when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.problems import BadInput

COMMANDS: Final[dict[str, str]] = {
    "audit": "Where a calendar's time goes, against what the role asks, with one next step.",
    "roles": "What a role asks: leading, managing, doing; nearest titles; job descriptions.",
    "direction": "From your own answers: values, energy, skill gap or will gap, five tracks.",
    "score": "Score a table of answers to a questionnaire: every scale, alpha, omega, factors.",
    "agree": "Whether the answers of a group may be averaged: rwg, AD, ICC.",
    "release": "Of a survey, only the figures that cannot be traced back to anybody.",
    "rate": "Rater severity and fair scores; too few ratings to correct is an answer.",
    "impact": "Selection rates of every group: ratios, exact tests, within units, over rounds.",
    "check": "Check a calendar, people list, role profile, instrument, framework, answers.",
    "demo": "Start the demo company in the browser.",
    "serve": "Start the web application.",
}
"""Command and sentence. Click would import every module to print its help; this table does not."""

DONE, FAULT, WRONG_USE, BAD_INPUT, STOPPED = 0, 1, 2, 3, 130
"""Exit codes; a person's Ctrl-C ends with 130 as in any shell."""

_SHOWN_PROBLEMS: Final = 20


class ReaderLeftError(Exception):
    """Whoever read standard output has closed it."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that has left gets a name of its own, or click would exit with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderLeftError from None

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import ``fairlead.cli.<name>`` and return its ``command``."""
        if cmd_name not in COMMANDS:
            self._did_you_mean(ctx, cmd_name)
            return None
        found = import_module(f"fairlead.cli.{cmd_name}").command
        assert isinstance(found, click.Command)  # noqa: S101 - narrows the type of our own module
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the table without importing a command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def _did_you_mean(self, ctx: click.Context, wanted: str) -> None:
        import difflib

        near = difflib.get_close_matches(wanted, COMMANDS, n=1)
        if near:
            ctx.fail(f"There is no command '{wanted}'. Did you mean '{near[0]}'?")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fairlead", message="%(prog)s %(version)s")
def cli() -> None:
    """Lead well, manage well, promote fairly. Nothing is ever sent anywhere."""


def main() -> None:
    """Run the command line: exit 0 done, 2 wrong usage, 3 bad input, never a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; whatever goes wrong becomes one clear message."""
    try:
        code = cli.main(args=list(arguments), prog_name="fairlead", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return WRONG_USE
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return STOPPED
    except (BrokenPipeError, ReaderLeftError):
        # The reader has left (`| head`): nothing is wrong, and the last flush must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the promise is a sentence, never a traceback, for any fault
        return _explain(error)
    return code if isinstance(code, int) else DONE


def _explain(error: Exception) -> int:
    from fairlead.core.problems import BadInput

    if isinstance(error, BadInput):
        click.echo(problems(error), err=True)
        return BAD_INPUT
    if os.environ.get("FAIRLEAD_DEBUG"):
        raise error
    click.echo(
        f"This is a fault in Fairlead and not in your input ({type(error).__name__}: {error}). "
        "FAIRLEAD_DEBUG=1 shows where.",
        err=True,
    )
    return FAULT


def problems(error: BadInput) -> str:
    """Write the problems of an input one a line, the first twenty and how many more there are."""
    lines = [str(problem) for problem in error.problems[:_SHOWN_PROBLEMS]]
    more = len(error.problems) - len(lines)
    return "\n".join([*lines, *([f"... and {more:,} more."] if more else [])])
