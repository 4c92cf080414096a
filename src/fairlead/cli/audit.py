"""``fairlead audit``: a calendar in, a reading out, with one thing to do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairlead.cli import output
from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from fairlead.core.audit import RoleAudit
    from fairlead.sources.reading import Given

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
OUT = click.Path(path_type=Path)
DATE = click.DateTime(["%Y-%m-%d"])
MIB = 2**20
LARGEST = 64
"""MiB of one file; ``--limit`` changes it for calendars."""


HELP = """Read calendars: how your week splits, against what your role asks, and one next step.

Nothing leaves this machine. Several .ics files or a zip of them are read as one calendar; exports
of Viva Insights and Workplace Analytics are read as they come (--me is the PersonId then).

\b
fairlead audit work.ics --me you@example.org --role "engineering manager"
fairlead audit work.ics --out reading.pdf --out reading.html
fairlead audit --new-answers rut-check > answers.yaml
"""


@click.command("audit", help=HELP)
@click.argument("calendars", nargs=-1, type=FILE, metavar="[CALENDAR.ics]...")
@click.option(
    "--me", multiple=True, metavar="MAIL", help="Your addresses, with commas; else one is guessed and said."
)
@click.option("--reports", multiple=True, metavar="MAILS", help="Addresses of your reports, with commas.")
@click.option("--people", type=FILE, help="A people list (CSV, XLSX): id, name, email, manager_id, unit …")
@click.option(
    "--map", "columns", multiple=True, metavar="THEIRS=OURS", help="A column of that list by its name."
)
@click.option(
    "--role", default="", metavar="TITLE", help="Your role: a title, an O*NET code, or a YAML profile."
)
@click.option("--description", type=FILE, help="A job description (text) to read what the role asks from.")
@click.option("--answers", multiple=True, type=FILE, help="Answers to the role audit or the rut check.")
@click.option("--from", "first", type=DATE, metavar="DAY", help="First day, as 2026-01-31.")
@click.option("--to", "last", type=DATE, metavar="DAY", help="Last day.")
@click.option("--zone", metavar="ZONE", help="Your time zone, as Europe/Berlin; else the calendar's own.")
@click.option("--hours", default="09:00-17:30", show_default=True, help="Your working hours.")
@click.option("--days", default="mon-fri", show_default=True, help="Your working days.")
@click.option("--rules", type=FILE, help="Your own words, rules and corrections (YAML).")
@click.option("--behaviours", type=FILE, help="A labelled table of the two published behaviours (CSV).")
@click.option("--keep-titles", is_flag=True, help="Keep the titles of unclear events in the result.")
@click.option("--limit", type=click.IntRange(1, 1024), metavar="MIB", help="Read calendars up to this size.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", "outs", multiple=True, type=OUT, help="Also write a .pdf, .html, .csv or .json file.")
@click.option("--explain", is_flag=True, help="Say for every number how it was made.")
@click.option(
    "--sort", "sort_into", type=OUT, metavar="FILE.yaml", help="Sort unclear events by keys; keep it."
)
@click.option("--new-answers", metavar="NAME", help="Print an empty answer file: role-audit or rut-check.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> None:
    """Read calendars and set what is done beside what the role asks."""
    if options["new_answers"]:
        click.echo(_empty_answers(options["new_answers"]), nl=False)
        return
    output.check_endings(options["outs"])
    given = _given(ctx, options)
    with output.progress_line() as progress:
        from fairlead.sources.reading import reading

        audit = reading(given, progress=progress)
    if options["sort_into"]:
        audit = _sorted(given, audit, options)
    with output.progress_line() as progress:
        output.write_all(audit, options["outs"], progress)
    _print(audit, options)


def _print(audit: RoleAudit, options: dict[str, Any]) -> None:
    if options["as_json"]:
        click.echo(output.to_text(audit))
        return
    from fairlead.cli import terminal

    terminal.show(audit, explain=options["explain"])
    _say_how_to_sort(audit, options)
    for path in options["outs"]:
        click.echo(f"Written: {path}", err=True)


def _say_how_to_sort(audit: RoleAudit, options: dict[str, Any]) -> None:
    if audit.time is None or options["sort_into"] or audit.time.figure("unclear_share").value in {None, 0}:
        return
    own = options["rules"] or "own.yaml"
    click.echo(
        f"To sort unclear events with keys and keep it as your own rules: add --sort {own}\n"
        f"To use those rules again: --rules {own}",
        err=True,
    )


def _given(ctx: click.Context, options: dict[str, Any]) -> Given:
    from fairlead.sources.files import parse_map
    from fairlead.sources.reading import Given

    if not options["calendars"] and not options["answers"]:
        raise click.UsageError("Give at least one calendar, or --answers.", ctx)
    own_role = _role_file(options["role"])
    first, last = options["first"], options["last"]
    if first and last and last < first:
        raise click.UsageError("--to lies before --from.", ctx)
    return Given(
        calendars=tuple(_read(path, (options["limit"] or LARGEST) * MIB) for path in options["calendars"]),
        me=_parts(options["me"]),
        reports=_parts(options["reports"]),
        people=_read(options["people"]) if options["people"] else None,
        columns=tuple(parse_map(options["columns"]).items()),
        role="" if own_role else options["role"],
        own_role=own_role,
        description=_read(options["description"]) if options["description"] else None,
        answers=tuple(_read(path) for path in options["answers"]),
        first=first.date() if first else None,
        last=last.date() if last else None,
        zone=options["zone"],
        hours=options["hours"],
        days=options["days"],
        rules=_rules(options),
        behaviours=_read(options["behaviours"]) if options["behaviours"] else None,
        keep_titles=options["keep_titles"] or bool(options["sort_into"]),
        limit_bytes=options["limit"] * MIB if options["limit"] else None,
        made_on=dt.datetime.now().astimezone().date(),
    )


def _parts(listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for text in listed for part in text.replace(",", " ").split())


def _role_file(role: str) -> tuple[str, bytes] | None:
    path = Path(role)
    if path.suffix.lower() not in {".yaml", ".yml"}:
        return None
    if not path.is_file():
        raise click.UsageError(f"--role {role}: there is no such file.")
    return _read(path)


def _read(path: Path, limit_bytes: int = LARGEST * MIB) -> tuple[str, bytes]:
    """Read one byte more than is allowed at most: a file without an end is refused like a long one."""
    try:
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise click.UsageError(f"{path} could not be read: {error.strerror or error}.") from None
    if len(data) > limit_bytes:
        size = f"longer than {limit_bytes // MIB} MiB"
        wrong = Problem(
            file=path.name, wrong=f"The file is {size}.", right="Export a shorter period, or raise --limit."
        )
        raise BadInput(wrong)
    return path.name, data


def _empty_answers(name: str) -> str:
    from fairlead.library.load import instrument, instruments
    from fairlead.library.schema import Asks
    from fairlead.sources.answers import new_answers
    from fairlead.sources.reading import OF_DIRECTION

    known = [one for one in instruments(Asks.SELF) if one not in OF_DIRECTION]
    if name not in known:
        raise click.UsageError(f"There is no questionnaire '{name}'. There are: {', '.join(known)}.")
    return new_answers(instrument(name))


def _sorted(given: Given, audit: RoleAudit, options: dict[str, Any]) -> RoleAudit:
    """Ask about unclear events, keep the answers, and read again with them.

    The titles were needed to ask; the second reading keeps them only where the person said so.
    """
    from fairlead.cli.sorting import ask, keep
    from fairlead.sources.reading import reading

    path: Path = options["sort_into"]
    if audit.time is None or not audit.time.unsorted:
        click.echo("Nothing is unclear.", err=True)
    elif chosen := ask(audit.time):
        keep(chosen, path)
        click.echo(f"\n{len(chosen)} kept in {path}.", err=True)
        given = replace(given, rules=path)
    elif options["keep_titles"]:
        return audit
    return reading(replace(given, keep_titles=options["keep_titles"]))


def _rules(options: dict[str, Any]) -> Path | None:
    rules: Path | None = options["rules"]
    into: Path | None = options["sort_into"]
    if into is None:
        return rules
    if rules is not None and rules.resolve() != into.resolve():
        raise click.UsageError(
            "--sort adds to your own rules: give the same file to --rules, or leave it out."
        )
    return into if into.exists() else None
