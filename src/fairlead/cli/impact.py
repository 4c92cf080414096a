"""``fairlead impact``: selection rates of every group, and whether they differ by more than chance."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fairlead.cli import output

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fairlead.core.decisions import Decisions

MIB: Final = 2**20

HELP = """Compare how often people of each group were selected.

DECISIONS is a CSV or XLSX file with one row per person (and round): a column of what people state of
themselves, and one that says yes or no. An empty group is counted as not stated and never guessed.

\b
fairlead impact decisions.csv --group sex --selected promoted
fairlead impact decisions.csv --group sex --selected promoted --by unit --reference man
fairlead impact decisions.csv --group sex --group origin --selected shortlisted --selected promoted
fairlead impact decisions.csv --group sex --selected promoted --round round --out impact.pdf

Several --selected are the steps of a round in their order; an empty cell was not decided. Two --group are
compared each alone and both together. --release shows only what may be shown to others: no count below five,
and none that can be worked out from the rest.
"""


def of_the_table(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a table of decisions is read."""
    for option in (
        click.option("--yes", multiple=True, metavar="WORD",
                     help="A word that means selected; all others mean no."),
        click.option("--count", default="", metavar="COL", help="How many people a row stands for."),
        click.option("--person", default="", metavar="COL", help="Whose row it is: nobody may stand twice."),
        click.option("--round", "rounds", default="", metavar="COL", help="The round of each row."),
        click.option("--by", default="", metavar="COL", help="Compare within units or levels too."),
        click.option("--score", default="", metavar="COL",
                     help="Instead of steps: numbers; above the median counts as selected."),
        click.option("--selected", multiple=True, metavar="COL",
                     help="A step: yes or no; again for the next step."),
        click.option("--group", "groups", multiple=True, metavar="COL",
                     help="What people state of themselves; at most two."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("impact", help=HELP)
@click.argument("decisions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@of_the_table
@click.option("--reference", default="", metavar="VALUE",
              help="The group to compare with; else the one selected most often.")  # fmt: skip
@click.option("--map", "pairs", multiple=True, metavar="THEIRS=OURS", help="A column under another name.")
@click.option("--limit", default=64, show_default=True, type=click.IntRange(1, 1024),
              help="The largest file that is read, in MiB.")  # fmt: skip
@click.option("--release", "to_show", is_flag=True,
              help="Only what may be shown to others: no count below five.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", "outs", multiple=True, type=click.Path(path_type=Path),
              help="Also write a .pdf, .html, .csv (Local Law 144) or .json file.")  # fmt: skip
def command(decisions: Path, **options: Any) -> None:
    """Read the decisions, compare the groups, print it."""
    from fairlead.cli.agree import read_bytes

    output.check_endings(options["outs"])
    check_options(options)
    with output.progress_line() as progress:
        progress("Reading the decisions.")
        table = read_table(decisions.name, read_bytes(decisions, options["limit"] * MIB), options)
        progress("Comparing the groups.")
        stored, rows, said = (_to_show if options["to_show"] else _whole)(table, options)
    if options["outs"]:
        output.write_report(options["outs"], stored, rows, said)
    if options["as_json"]:
        click.echo(stored)
        return
    from fairlead.cli import report_page

    report_page.show(said)
    for path in options["outs"]:
        click.echo(f"Written: {path}", err=True)


def check_options(options: dict[str, Any]) -> None:
    """Refuse options that name no columns to compare, or too many."""
    if not options["groups"]:
        raise click.UsageError("--group is needed: the column of what people state of themselves.")
    if len(options["groups"]) > 2:
        raise click.UsageError("--group: at most two are compared, each alone and both together.")
    if bool(options["selected"]) == bool(options["score"]):
        raise click.UsageError("Give either --selected (one column per step) or --score.")


def read_table(name: str, data: bytes, options: Mapping[str, Any]) -> Decisions:
    """Read a table of decisions as the options say."""
    from fairlead.sources.decisions import read_decisions
    from fairlead.sources.files import parse_map

    return read_decisions(
        name,
        data,
        groups=options["groups"],
        selected=options["selected"],
        score=options["score"],
        by=options["by"],
        rounds=options["rounds"],
        person=options["person"],
        count=options["count"],
        yes=options["yes"],
        names=parse_map(options["pairs"]),
        limit_bytes=options["limit"] * MIB,
    )


def _whole(table: Decisions, options: dict[str, Any]) -> tuple[str, Any, Any]:
    """Give the JSON, the rows and the report of everything; for whoever holds the file."""
    from fairlead.core.impact import impact
    from fairlead.core.impact_json import impact_json
    from fairlead.render.impact_content import impact_report
    from fairlead.render.impact_rows import local_law_rows

    _check_reference(table, options["reference"])
    found = impact(table, reference=options["reference"])
    found = replace(found, notes=notes(table, options))
    scoring = bool(options["score"])
    stored = json.dumps(impact_json(found), ensure_ascii=False, indent=2, allow_nan=False)
    return stored, local_law_rows(found, scoring=scoring), impact_report(found, scoring=scoring)


def _to_show(table: Decisions, options: dict[str, Any]) -> tuple[str, Any, Any]:
    """Give the JSON, the rows and the report of what may be shown to others."""
    from fairlead.core.impact_json import released_json
    from fairlead.core.impact_release import release_impact
    from fairlead.render.impact_content import released_report
    from fairlead.render.impact_rows import released_rows

    _check_reference(table, options["reference"])
    found = release_impact(table, reference=options["reference"])
    scoring = bool(options["score"])
    stored = json.dumps(released_json(found), ensure_ascii=False, indent=2, allow_nan=False)
    return stored, released_rows(found, scoring=scoring), released_report(found, scoring=scoring)


def _check_reference(table: Decisions, reference: str) -> None:
    known = table.attributes[0].values
    if reference and reference not in known:
        listed = ", ".join(known[:20])
        raise click.UsageError(f"--reference: nobody states “{reference}”. There are: {listed}.")


def notes(table: Decisions, options: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what to know about a table that was read."""
    notes = []
    if table.strata is not None and (unnamed := int((table.strata.of < 0).sum())):
        rows = "1 row names" if unnamed == 1 else f"{unnamed:,} rows name"
        notes.append(f"{rows} no {table.strata.name}; they stand together as one of their own.")
    if not options["person"] and not options["count"]:
        notes.append("No column tells people apart (--person): who stands twice is not seen.")
    if options["score"]:
        notes.append(
            "Selected means above the median score of all, as New York's rule has it; the median is not."
        )
    notes.append(
        "These are all counts, small ones too. What may be shown to others: fairlead impact --release."
    )
    return tuple(notes)
