"""``fairlead roles``: what a role asks, from any wording, a profile of one's own or a job description."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fairlead.cli import output

if TYPE_CHECKING:
    from fairlead.core.roles import DescriptionReading, Relative, RoleMatch, RoleProfile
    from fairlead.library.role_library import RoleLibrary
    from fairlead.sources.onet import OnetFolder

PATH: Final = click.Path(path_type=Path)
TEXT_LIMIT: Final = 200_000
"""Bytes of a job description that are taken in; the lens itself reads 50,000 characters."""


class TitleFirst(click.Group):
    """A group whose first word may be a title: anything that is no subcommand is looked up."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Send everything but ``build`` to ``show``."""
        if not args or args[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=TitleFirst)
def command() -> None:
    """Show what a role asks: leading, managing and doing."""


@command.command(
    name="show", epilog="“fairlead roles build DIR --out FILE” makes a fuller library from an O*NET download."
)
@click.argument("title", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--description", metavar="FILE|-", help="Read a job description (plain text) through the lens.")
@click.option("--new", is_flag=True, help="Print a role profile of your own to fill in (YAML).")
@click.option(
    "--out", type=PATH, multiple=True, help="Also write the result: .pdf, .html, .csv or .json by its ending."
)
@click.option("--library", type=PATH, help="A library made by “fairlead roles build”.")
@click.option(
    "--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="Matches and relatives shown."
)
def show(
    title: tuple[str, ...],
    as_json: bool,
    description: str | None,
    new: bool,
    out: tuple[Path, ...],
    library: Path | None,
    limit: int,
) -> None:
    """Show what the role called TITLE asks: any wording, an O*NET code, or your own profile (.yaml)."""
    wording = " ".join(title).strip()
    if sum(map(bool, (wording, description, new))) != 1:
        raise click.UsageError("Give a title, or --description FILE, or --new: one of them.")
    if new and out:
        raise click.UsageError("--new prints a template; send it to a file with “> role.yaml”.")
    output.check_endings(out)
    if new:
        from fairlead.sources.role_profile import template

        click.echo(template(), nl=False)
    elif description is not None:
        _show_description(description, out, as_json=as_json)
    else:
        _show_role(wording, library, limit, out, as_json=as_json)


@command.command()
@click.argument("folder", type=PATH)
@click.option("--out", type=PATH, required=True, help="Where the library is written.")
@click.option("--release", help="Release of the database, for example 30.1; else read from “Read Me.txt”.")
@click.option("--titles/--no-titles", default=True, help="Also write alternate and reported titles.")
@click.option("--tracks", type=PATH, help="Also write here what the occupations behind the five tracks ask.")
def build(folder: Path, out: Path, release: str | None, titles: bool, tracks: Path | None) -> None:
    """Build a role library from FOLDER, your own download of the O*NET database (text files)."""
    from fairlead.core.roles import derive, relatives
    from fairlead.library import role_library
    from fairlead.sources.onet import read_folder

    activities = role_library.activities()
    click.echo("Reading the database …", err=True)
    found = read_folder(folder, activities)
    number = release if release is not None else _release(folder)
    click.echo("Deriving what each role asks …", err=True)
    profiles = derive(found.occupations, activities, as_of=found.as_of, notes=role_library.profile_notes())
    data = role_library.write(
        found.occupations, profiles, relatives(found.occupations), release=number, titles=titles
    )
    output.write_whole(out, data)
    if tracks:
        output.write_whole(tracks, _tracks(found, number))
    further = sum(len(role.titles) for role in found.occupations) if titles else 0
    click.echo(f"{len(profiles):,} roles and {further:,} further titles are in {out} ({len(data):,} bytes).")
    click.echo(f"Use it with --library {out}, or for every command with FAIRLEAD_ROLES={out}.")


def _tracks(found: OnetFolder, release: str) -> bytes:
    from fairlead.library import load, role_library, track_library

    return track_library.write_derived(
        load.track_file(),
        found.occupations,
        [activity.id for activity in role_library.activities()],
        release=release,
        attribution=role_library.attribution(release),
        as_of=found.as_of,
    )


def _release(folder: Path) -> str:
    """Read the number of the release from the note that comes with the database; empty if unknown."""
    note = folder / "Read Me.txt"
    if not note.is_file():
        return ""
    with note.open(encoding="utf-8", errors="replace") as lines:
        found = re.search(r"O\*NET\D{0,20}(\d{1,2}\.\d)", lines.read(20_000))
    return found.group(1) if found else ""


def _show_role(wording: str, file: Path | None, limit: int, out: tuple[Path, ...], *, as_json: bool) -> None:
    from fairlead.library import role_library

    library = role_library.load(file)
    matches: tuple[RoleMatch, ...] = ()
    if wording.endswith((".yaml", ".yml")):
        profile = _own(Path(wording))
        near = library.nearest_to(profile, limit)
    else:
        matches = library.find(wording, limit + 1)
        if not matches:
            raise not_found(wording, library)
        profile = library.profile(matches[0].code)
        near = library.nearest(profile.code, limit)
    stored = _json(_role_document(wording, profile, matches, near, library))
    _write_role(out, stored, profile, matches, near, library)
    if as_json:
        click.echo(stored)
        return
    from fairlead.cli.roles_page import print_role

    print_role(profile, matches, near, library)


def _own(path: Path) -> RoleProfile:
    from fairlead.core.problems import BadInput, Problem
    from fairlead.sources.role_profile import read

    try:
        data = path.read_bytes()
    except OSError as error:
        wrong = f"The role profile cannot be read: {error.strerror or error}."
        right = "“fairlead roles --new > role.yaml” begins one."
        raise BadInput(Problem(file=str(path), wrong=wrong, right=right)) from None
    return read(str(path), data)


def not_found(wording: str, library: RoleLibrary) -> Exception:
    """Say that no role goes by that wording, and which are near."""
    from fairlead.core.problems import BadInput, Problem

    shown = wording if len(wording) <= 80 else f"{wording[:77]}…"
    near = ", ".join(f"“{found}”" for found in library.suggestions(wording))
    return BadInput(
        Problem(
            file="Role library",
            wrong=f"No role is called “{shown}”.",
            right=f"Nearest wordings: {near}." if near else "Nothing is near it. Give a job title in words.",
        )
    )


def _show_description(source: str, out: tuple[Path, ...], *, as_json: bool) -> None:
    from fairlead.core.lens import read_description
    from fairlead.library.role_lens import lens

    name, text = _description_text(source)
    reading = read_description(text, lens(), title=Path(name).stem if source != "-" else "", file=name)
    stored = _json(dataclasses.asdict(reading))
    _write_description(out, stored, reading)
    if as_json:
        click.echo(stored)
        return
    from fairlead.cli.roles_page import print_description

    print_description(reading)


def _description_text(source: str) -> tuple[str, str]:
    from fairlead.core.problems import BadInput, Problem

    name = "standard input" if source == "-" else source
    try:
        if source == "-":
            data = sys.stdin.buffer.read(TEXT_LIMIT + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(TEXT_LIMIT + 1)
    except OSError as error:
        wrong = f"The text cannot be read: {error.strerror or error}."
        raise BadInput(
            Problem(file=name, wrong=wrong, right="Name a plain text file, or - for standard input.")
        ) from None
    if len(data) > TEXT_LIMIT:
        wrong = f"The text has more than {TEXT_LIMIT:,} bytes."
        raise BadInput(Problem(file=name, wrong=wrong, right="One job description at a time is read."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        right = "Save the description as plain text in UTF-8."
        raise BadInput(Problem(file=name, line=line, wrong="This is not UTF-8 text.", right=right)) from None
    if "\0" in text or not text.strip():
        wrong = "There is no text in it." if not text.strip() else "This is not a text file."
        raise BadInput(Problem(file=name, wrong=wrong, right="Paste the job description as plain text."))
    return name, text


def _write_role(
    out: tuple[Path, ...],
    stored: str,
    profile: RoleProfile,
    matches: tuple[RoleMatch, ...],
    near: tuple[Relative, ...],
    library: RoleLibrary,
) -> None:
    if not out:
        return
    from fairlead.render.role_content import COLUMNS, profile_rows, role_report

    source = library.attribution if profile.source == "onet" else ""
    rows = [COLUMNS, *profile_rows(profile, source)]
    output.write_report(out, stored, rows, role_report(profile, matches, near, library.attribution))


def _write_description(out: tuple[Path, ...], stored: str, reading: DescriptionReading) -> None:
    if not out:
        return
    from fairlead.render.role_content import description_report

    columns = ("sentence", "kind", "competency", "weight", "why")
    rows = [
        (sentence.text, sentence.kind, sentence.competency, sentence.weight, sentence.why)
        for sentence in reading.sentences
    ]
    output.write_report(out, stored, [columns, *rows], description_report(reading))


def _role_document(
    wording: str,
    profile: RoleProfile,
    matches: tuple[RoleMatch, ...],
    near: tuple[Relative, ...],
    library: RoleLibrary,
) -> dict[str, Any]:
    return {
        "query": wording,
        "role": dataclasses.asdict(profile),
        "matches": [dataclasses.asdict(match) for match in matches],
        "nearest": [dataclasses.asdict(role) for role in near],
        "release": library.release,
        "attribution": library.attribution,
    }


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
