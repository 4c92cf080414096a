"""``fairlead agree``: whether the answers of a group may be averaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fairlead.cli import output
from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairlead.core.agreement_json import Agreements
    from fairlead.core.chance import Null
    from fairlead.sources.answer_tables import GroupedAnswers

KIB: Final = 2**10
MIB: Final = 2**20
ON_THE_PAGE: Final = 40
"""Groups that the terminal lists; files list more."""

NULLS: Final = ("uniform", "triangular", "slight", "moderate", "heavy")
_SKEWED: Final = {"slight": "slightly skewed", "moderate": "moderately skewed", "heavy": "heavily skewed"}

HELP = """Say whether the answers of each group may be averaged: rwg, rwg(j), AD, ICC, alpha.

ANSWERS is a CSV or XLSX file with one row per person: a column that names the group, and one column
per item with whole numbers.

\b
fairlead agree answers.csv --group team --items q1,q2,q3 --options 5
fairlead agree answers.csv --group team --items trust=q1..q4 --items voice=q5..q7 --options 5
"""


@click.command("agree", help=HELP)
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--group", required=True, metavar="COL", help="The column that names each person's group.")
@click.option(
    "--items", required=True, multiple=True, metavar="COLS",
    help="Items of one scale: a,b,c or first..last, NAME= before them; again for another scale.",
)  # fmt: skip
@click.option("--options", "n_options", required=True, type=click.IntRange(2, 101), metavar="N",
              help="How many options each item has.")  # fmt: skip
@click.option("--lowest", default=1, show_default=True, help="Number of the lowest option.")
@click.option("--reverse", multiple=True, metavar="COLS", help="Items to turn around first.")
@click.option("--respondent", default="", metavar="COL", help="The column that tells people apart.")
@click.option("--null", "null_name", type=click.Choice(NULLS), default="uniform", show_default=True,
              help="How answers fall by chance; the skewed ones are for five options.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Seed of the simulation.")
@click.option("--map", "pairs", multiple=True, metavar="THEIRS=OURS", help="A column under another name.")
@click.option("--limit", default=64, show_default=True, type=click.IntRange(1, 1024),
              help="The largest file that is read, in MiB.")  # fmt: skip
@click.option("--all", "every_index", is_flag=True,
              help="Every index in the JSON: r*wg, a_wg, REML, critical values, verdicts.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", "outs", multiple=True, type=click.Path(path_type=Path),
              help="Also write a .pdf, .html, .csv or .json file.")  # fmt: skip
def command(answers: Path, **options: Any) -> None:
    """Read the answers, compute agreement, print it."""
    output.check_endings(options["outs"])
    null = _null(options["null_name"], options["n_options"])
    data = read_bytes(answers, options["limit"] * MIB)
    with output.progress_line() as progress:
        found = agreements(answers.name, data, options, null, progress)
    from fairlead.core.agreement_json import agreements_json
    from fairlead.render.agreement_content import agreement_report, agreement_rows

    # JSON of a hundred thousand groups is long: it is written only where somebody asked for it.
    endings = {path.suffix.lower() for path in options["outs"]}
    wanted = options["as_json"] or ".json" in endings
    stored = _written(agreements_json(found, every_index=options["every_index"])) if wanted else ""
    if options["outs"]:
        output.write_report(options["outs"], stored, agreement_rows(found), agreement_report(found))
    if options["as_json"]:
        click.echo(stored)
        return
    from fairlead.cli import report_page

    report_page.show(agreement_report(found, most_groups=ON_THE_PAGE))
    for path in options["outs"]:
        click.echo(f"Written: {path}", err=True)


def agreements(
    name: str, data: bytes, options: dict[str, Any], null: Null, progress: Callable[[str], None]
) -> Agreements:
    """Compute agreement of every scale in the file."""
    import numpy as np

    from fairlead.core.agreement import agreement
    from fairlead.core.agreement_json import Agreements
    from fairlead.sources.answer_tables import read_grouped
    from fairlead.sources.files import parse_map

    progress("Reading the answers.")
    table = read_grouped(
        name,
        data,
        group=options["group"],
        items=options["items"],
        options=options["n_options"],
        lowest=options["lowest"],
        person=options["respondent"],
        names=parse_map(options["pairs"]),
        limit_bytes=options["limit"] * MIB,
    )
    turned = _turned(table, options["reverse"])
    scales = []
    for scale in table.scales:
        progress(f"Comparing {scale.name} with chance.")
        said = table.answers[:, scale.places]
        turn = np.array([column in turned for column in scale.columns])
        said = np.where((said >= 0) & turn, options["n_options"] - 1 - said, said)
        scales.append(
            agreement(
                said,
                table.groups,
                table.labels,
                options=options["n_options"],
                lowest=options["lowest"],
                name=scale.name,
                null=null,
                rng=np.random.default_rng(options["seed"]),
            )
        )
    return Agreements(
        n=len(table.groups), groups=len(table.labels), scales=tuple(scales), notes=_notes(table)
    )


def read_bytes(path: Path, limit_bytes: int, *, right: str = "Split it, or raise --limit.") -> bytes:
    """Read at most the limit and one byte: a file without an end is refused like a long one.

    ``right`` is what to do about a file that is too long; a command without ``--limit`` says its own.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise click.UsageError(f"{path} could not be read: {error.strerror or error}.") from None
    if len(data) > limit_bytes:
        size = f"{limit_bytes // MIB} MiB" if limit_bytes >= MIB else f"{limit_bytes // KIB} KiB"
        raise BadInput(Problem(file=path.name, wrong=f"The file is longer than {size}.", right=right))
    return data


def _null(name: str, options: int) -> Null:
    from fairlead.core.chance import nulls

    for null in nulls(options):
        if null.name == _SKEWED.get(name, name):
            return null
    raise click.UsageError(f"--null {name} is published for five options; there are {options}.")


def _turned(table: GroupedAnswers, reverse: Sequence[str]) -> set[str]:
    known = {column for scale in table.scales for column in scale.columns}
    turned = {part.strip() for text in reverse for part in text.split(",") if part.strip()}
    unknown = sorted(turned - known)
    if unknown:
        raise click.UsageError(f"--reverse {unknown[0]}: this is no item of --items.")
    return turned


def _notes(table: GroupedAnswers) -> tuple[str, ...]:
    notes = []
    if table.without_group:
        rows = "1 row names" if table.without_group == 1 else f"{table.without_group:,} rows name"
        notes.append(f"{rows} no group and {'is' if table.without_group == 1 else 'are'} left out.")
    if table.person_column:
        notes.append(f"“{table.person_column}” tells people apart; nobody answers a group twice.")
    else:
        notes.append("No column tells people apart (--respondent): who answers twice is not seen.")
    return tuple(notes)


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
