"""``fairlead score``: scale scores of everybody in a table, and how reliable they are."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fairlead.cli import output
from fairlead.cli.agree import MIB, read_bytes

if TYPE_CHECKING:
    from fairlead.library.schema import Instrument
    from fairlead.sources.answer_tables import ScoredTable

LARGEST_INSTRUMENT: Final = 256 * 1024
TOO_LONG: Final = "An instrument is shorter: --instrument wants its YAML, not the answers."

HELP = """Score a table of answers: every scale for everybody, alpha, omega, factor structure.

ANSWERS is a CSV or XLSX file with one row per person and one column per item of the instrument, named
by the item's id; answers are the options' numbers or their words. “fairlead check --blank” shows an
instrument's items.

\b
fairlead score answers.csv --instrument rut-check
fairlead score answers.csv --instrument my-instrument.yaml --out scores.csv
"""


@click.command("score", help=HELP)
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--instrument",
    "wanted",
    required=True,
    metavar="ID",
    help="A shipped one by its id, or your own (.yaml).",
)
@click.option("--respondent", default="", metavar="COL", help="The column that tells people apart.")
@click.option("--map", "pairs", multiple=True, metavar="THEIRS=OURS", help="A column under another name.")
@click.option("--limit", default=64, show_default=True, type=click.IntRange(1, 1024),
              help="The largest file that is read, in MiB.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", "outs", multiple=True, type=click.Path(path_type=Path),
              help="Also write a .pdf, .html, .csv or .json file.")  # fmt: skip
def command(
    answers: Path,
    wanted: str,
    respondent: str,
    pairs: tuple[str, ...],
    limit: int,
    as_json: bool,
    outs: tuple[Path, ...],
) -> None:
    """Read the answers, score them, print the scales."""
    output.check_endings(outs)
    form = _instrument(wanted)
    data = read_bytes(answers, limit * MIB)
    from fairlead.render.score_content import score_report, score_rows
    from fairlead.sources.answer_tables import score_table
    from fairlead.sources.files import parse_map

    with output.progress_line() as progress:
        progress("Reading and scoring the answers.")
        found = score_table(
            answers.name,
            data,
            form,
            person=respondent,
            names=parse_map(pairs),
            limit_bytes=limit * MIB,
        )
    stored = json.dumps(scored_json(found), ensure_ascii=False, indent=2, allow_nan=False)
    if outs:
        output.write_report(outs, stored, score_rows(found), score_report(found))
    if as_json:
        click.echo(stored)
        return
    from fairlead.cli import report_page

    report_page.show(score_report(found))
    for path in outs:
        click.echo(f"Written: {path}", err=True)


def scored_json(found: ScoredTable) -> dict[str, Any]:
    """Give scores as JSON values: scales with their reliability, then everybody's scores."""
    from fairlead.render.score_content import notes_of

    return {
        "instrument": found.instrument,
        "version": found.version,
        "n": len(found.people),
        "scales": [
            {
                "scale": scale.scale,
                "label": scale.label,
                "items": len(scale.items),
                "low_option": scale.low_option,
                "high_option": scale.high_option,
                "min_answered": scale.min_answered,
                "n": scale.n,
                "mean": scale.mean,
                "sd": scale.sd,
                "alpha": scale.reliability.alpha,
                "alpha_low": scale.reliability.low,
                "alpha_high": scale.reliability.high,
                "alpha_standard": scale.reliability.alpha_standard,
                "omega": scale.reliability.omega,
                "mean_correlation": scale.reliability.mean_correlation,
                "n_complete": scale.reliability.n_complete,
                "fits": [asdict(fit) for fit in scale.reliability.fits],
                "structure": {key: value for key, value in asdict(hangs).items() if key != "scale"},
            }
            for scale, hangs in zip(found.scales, found.structures, strict=True)
        ],
        "respondents": [
            {
                "respondent": person,
                "answered_on": on or None,
                "scores": {scale.scale: scale.scores[place] for scale in found.scales},
            }
            for place, (person, on) in enumerate(zip(found.people, found.dates, strict=True))
        ],
        "notes": list(notes_of(found)),
    }


def _instrument(wanted: str) -> Instrument:
    from fairlead.library.load import instrument, instruments, read_instrument, read_yaml

    path = Path(wanted)
    if path.suffix.lower() in {".yaml", ".yml"}:
        if not path.is_file():
            raise click.UsageError(f"--instrument {wanted}: there is no such file.")
        data = read_bytes(path, LARGEST_INSTRUMENT, right=TOO_LONG)
        return read_instrument(read_yaml(path.name, data))
    known = instruments()
    if wanted not in known:
        raise click.UsageError(f"There is no instrument '{wanted}'. There are: {', '.join(known)}.")
    return instrument(wanted)
