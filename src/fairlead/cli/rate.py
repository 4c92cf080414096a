"""``fairlead rate``: how strict each rater was, and the fair score of everybody rated."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fairlead.cli import output

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from fairlead.core.rater_results import Severity
    from fairlead.core.ratings import Ratings

MIB: Final = 2**20
ON_THE_PAGE: Final = 60
"""People and raters that the terminal lists; files list more."""

SECOND_OPINION: Final = (150, 100_000)
"""Raters and ratings up to which the crossed linear model is fitted as well."""

HELP = """Put ratings on one scale: how strict each rater was, and everybody's fair score.

RATINGS is a CSV or XLSX file: one row per rating with the columns ratee, rater, criterion (if there are
several) and score; or, with --criteria, one row per rater and person and one column per criterion.

\b
fairlead rate ratings.csv --options 5
fairlead rate ratings.csv --criteria k1..k5 --map idstud=ratee --lowest 0 --options 4
fairlead rate ratings.csv --options 5 --model pcm --out scores.pdf --out scores.csv
"""


def of_the_table(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a table of ratings is read."""
    for option in (
        click.option("--lowest", type=int, metavar="N", help="The lowest score, with --options; else 1."),
        click.option("--options", "n_options", type=click.IntRange(2, 20), metavar="N",
                     help="How many scores the scale has; else the scores say it."),
        click.option("--criteria", multiple=True, metavar="COLS",
                     help="Columns with scores: a,b,c or first..last; else a long table is read."),
        click.option("--ratee-group", default="", metavar="COL",
                     help="Groups of people rated, with --rater-group: are they rated differently by them?"),
        click.option("--rater-group", default="", metavar="COL", help="Compare groups of raters."),
    ):  # fmt: skip
        command = option(command)
    return command


def check_options(options: dict[str, Any]) -> None:
    """Refuse a lowest score without a number of scores, and groups of people without those of raters."""
    if options["lowest"] is not None and options["n_options"] is None:
        raise click.UsageError("--lowest needs --options: how many scores the scale has.")
    if options["ratee_group"] and not options["rater_group"]:
        raise click.UsageError("--ratee-group needs --rater-group: groups of raters are compared.")


@click.command("rate", help=HELP)
@click.argument("ratings", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@of_the_table
@click.option("--model", type=click.Choice(["rsm", "pcm"]), default="rsm", show_default=True,
              help="Rating scale, or partial credit: thresholds of its own for each criterion.")  # fmt: skip
@click.option("--method", type=click.Choice(["mml", "jml"]), default="mml", show_default=True,
              help="Marginal maximum likelihood, or joint, as older programs do it.")  # fmt: skip
@click.option("--map", "pairs", multiple=True, metavar="THEIRS=OURS", help="A column under another name.")
@click.option("--limit", default=64, show_default=True, type=click.IntRange(1, 1024),
              help="The largest file that is read, in MiB.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", "outs", multiple=True, type=click.Path(path_type=Path),
              help="Also write a .pdf, .html, .csv or .json file.")  # fmt: skip
def command(ratings: Path, **options: Any) -> None:
    """Read the ratings, estimate, print."""
    output.check_endings(options["outs"])
    check_options(options)
    with output.progress_line() as progress:
        found = rated(ratings, options, progress)
        _write(found, options, progress)
    if options["as_json"]:
        click.echo(_stored(found))
        return
    from fairlead.cli import report_page
    from fairlead.render.rater_content import rater_report

    report_page.show(rater_report(found, most_rows=ON_THE_PAGE))
    for path in options["outs"]:
        click.echo(f"Written: {path}", err=True)


def rated(path: Path, options: dict[str, Any], progress: Callable[[str], None]) -> Severity:
    """Read a table and estimate; small rounds get a second opinion."""
    from fairlead.cli.agree import read_bytes
    from fairlead.core.raters import severity

    progress("Reading the ratings.")
    data = read_bytes(path, options["limit"] * MIB)
    table = read_table(path.name, data, options)
    groups = read_groups(path.name, data, options)
    progress("Comparing the raters.")
    found = severity(table, model=options["model"], method=options["method"])
    if groups:
        from fairlead.core.rater_groups import group_differences

        found = replace(found, groups=group_differences(table, found, *groups))
    return _with_second_opinion(found, table)


def read_table(
    name: str,
    data: bytes,
    options: Mapping[str, Any],
    *,
    people: Collection[str] = (),
    known_criteria: Collection[str] = (),
) -> Ratings:
    """Read a table of ratings as the options say."""
    from fairlead.sources.files import parse_map
    from fairlead.sources.ratings import read_ratings

    return read_ratings(
        name,
        data,
        criteria=options["criteria"],
        lowest=options["lowest"],
        options=options["n_options"],
        names=parse_map(options["pairs"]),
        people=people,
        known_criteria=known_criteria,
        limit_bytes=options["limit"] * MIB,
    )


def read_groups(
    name: str, data: bytes, options: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str]] | None:
    """Read which group raters and people belong to, where the options name the columns."""
    from fairlead.sources.files import parse_map
    from fairlead.sources.ratings import read_rating_groups

    if not options["rater_group"]:
        return None
    return read_rating_groups(
        name,
        data,
        rater=options["rater_group"],
        ratee=options["ratee_group"],
        names=parse_map(options["pairs"]),
        limit_bytes=options["limit"] * MIB,
    )


def lines_of_raters(name: str, data: bytes, options: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """Give the first line of each rater in a table that could be read, and the column of the raters."""
    from fairlead.core.ratings import COLUMNS
    from fairlead.sources import files

    names = files.parse_map(options["pairs"])
    table = files.read_table(name, data, names=names, known=COLUMNS, limit_bytes=options["limit"] * MIB)
    first: dict[str, int] = {}
    for rater, line in zip(table.column("rater"), table.lines, strict=True):
        first.setdefault(rater, line)
    return first, table.columns.index("rater") + 1


def _with_second_opinion(found: Severity, table: Ratings) -> Severity:
    from fairlead.core.crossed import crossed

    if len(table.raters) > SECOND_OPINION[0] or len(table) > SECOND_OPINION[1]:
        return found
    return replace(found, crossed=crossed(table, found))


def _write(found: Severity, options: dict[str, Any], progress: Callable[[str], None]) -> None:
    if not options["outs"]:
        return
    from fairlead.render.drawing import NARROW, WIDE, WORDS_ONLY
    from fairlead.render.rater_content import drawings, rater_report, rater_rows

    progress("Writing.")
    endings = {path.suffix.lower() for path in options["outs"]}
    drawn = drawings(found, width=WIDE if endings & {".html", ".pdf"} else WORDS_ONLY)
    narrow = {one.name: one.svg for one in drawings(found, width=NARROW)} if ".html" in endings else {}
    said = rater_report(found, drawn)
    output.write_report(options["outs"], _stored(found), rater_rows(found), said, drawn, narrow)


def _stored(found: Severity) -> str:
    from fairlead.core.raters_json import severity_json

    return json.dumps(severity_json(found), ensure_ascii=False, indent=2, allow_nan=False)
