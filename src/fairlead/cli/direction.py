"""``fairlead direction``: tracks side by side, will gap or skill gap, from a file of one's own answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from fairlead.cli import output
from fairlead.cli.agree import read_bytes

if TYPE_CHECKING:
    from fairlead.core.direction_answers import DirectionAnswers
    from fairlead.core.direction_reading import Direction
    from fairlead.core.roles import RoleProfile

LARGEST: Final = 256 * 1024
TOO_LONG: Final = "Answers about a direction are shorter; --new prints a file to fill in."

HELP = """Read what you say about your direction: values, energy, motives, gaps, five tracks.

ANSWERS is a YAML file; --new prints an empty one with every question as a remark. Everything can be left
empty, and each part stands alone. Nothing is sent anywhere.

\b
fairlead direction --new > direction.yaml
fairlead direction direction.yaml
fairlead direction direction.yaml --role "engineering manager" --out direction.pdf
"""


@click.command("direction", help=HELP)
@click.argument("answers", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--new", is_flag=True, help="Print an empty file of answers to fill in (YAML).")
@click.option("--lang", "language", default="", metavar="CODE", help="With --new: the language it asks in.")
@click.option(
    "--role", "wording", default="", metavar="TITLE|CODE", help="Also set your values beside a role."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", "outs", multiple=True, type=click.Path(path_type=Path),
              help="Also write a .pdf, .html, .csv or .json file.")  # fmt: skip
def command(
    answers: Path | None, new: bool, language: str, wording: str, as_json: bool, outs: tuple[Path, ...]
) -> None:
    """Print the blank file, or read the answers and print the direction."""
    if new == (answers is not None):
        raise click.UsageError("Give a file of answers, or --new: one of them.")
    if answers is None:
        if as_json or outs or wording:
            raise click.UsageError(
                "--new prints a file to fill in; send it to a file with “> direction.yaml”."
            )
        click.echo(_blank(language or "en"), nl=False)
        return
    if language:
        raise click.UsageError("--lang goes with --new: a reading is written in English.")
    output.check_endings(outs)
    _read(answers, wording, outs, as_json=as_json)


def _read(file: Path, wording: str, outs: tuple[Path, ...], *, as_json: bool) -> None:
    from fairlead.core.direction_json import to_json
    from fairlead.render.direction_content import direction_report, direction_rows
    from fairlead.sources.direction_answers import read_direction_answers

    said = read_direction_answers(str(file), read_bytes(file, LARGEST, right=TOO_LONG))
    found = read_direction(said, (_role(wording),) if wording else ())
    stored = json.dumps(to_json(found), ensure_ascii=False, indent=2, allow_nan=False)
    if outs:
        with output.progress_line() as progress:
            progress("Writing the direction.")
            output.write_report(outs, stored, direction_rows(found), direction_report(found))
    if as_json:
        click.echo(stored)
        return
    from fairlead.cli import report_page

    report_page.show(direction_report(found))
    for path in outs:
        click.echo(f"Written: {path}", err=True)


def read_direction(said: DirectionAnswers, roles: tuple[RoleProfile, ...] = ()) -> Direction:
    """Read answers with the shipped tracks, questionnaires and work activities."""
    from fairlead.core.direction import Instruments, direction
    from fairlead.library import load, role_library

    plain = load.direction_texts()
    return direction(
        said,
        made_on=date.today().isoformat(),  # noqa: DTZ011 - the person's own day
        tracks=load.tracks(),
        roles=roles,
        activities=[replace(one, name=plain.activity(one.id).label) for one in role_library.activities()],
        instruments=Instruments(
            motives=load.instrument("motives").scoring(), two_sides=load.instrument("two-sides").scoring()
        ),
    )


def _role(wording: str) -> RoleProfile:
    from fairlead.cli.roles import not_found
    from fairlead.library import role_library

    library = role_library.load()
    matches = library.find(wording, 1)
    if not matches:
        raise not_found(wording, library)
    return library.profile(matches[0].code)


def _blank(language: str) -> str:
    from fairlead.library.load import direction_languages
    from fairlead.sources.direction_form import new_direction_answers

    known = direction_languages()
    if language not in known:
        raise click.UsageError(f"--lang {language}: there is {', '.join(known)}.")
    return new_direction_answers(language, date.today().isoformat())  # noqa: DTZ011 - the person's own day
