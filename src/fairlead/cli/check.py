"""``fairlead check``: what a file is, what was found in it, and every problem with its place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fairlead.cli import impact, rate
from fairlead.cli.check_page import Found, Given
from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.library.schema import Instrument
    from fairlead.sources.framework_rules import FrameworkRead

MIB: Final = 1024 * 1024
READS: Final = (
    "Read here: calendars (.ics, or a .zip of them), Viva Insights and Workplace Analytics exports, "
    "people lists, ratings and decisions (.csv, .xlsx), role profiles, instruments and their translations, "
    "answers, answers about direction, practices and handbook pages (.yaml), promotion frameworks (.yaml, "
    ".json, .csv, .xlsx)."
)
BLANKS: Final = (
    "rut-check",
    "role-audit",
    "motives",
    "two-sides",
    "role-profile",
    "instrument-schema",
    "framework",
)
_SUFFIXES: Final = {
    ".ics": "calendar", ".ical": "calendar", ".ifb": "calendar", ".yaml": "yaml", ".yml": "yaml",
    ".csv": "table", ".tsv": "table", ".xlsx": "table", ".gz": "table", ".zip": "calendar",
    ".json": "framework",
}  # fmt: skip


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", type=click.Path(path_type=Path), multiple=True,
              help="Also write the result: .pdf, .html, .csv or .json by its ending.")  # fmt: skip
@click.option("--limit", default=64, show_default=True, type=click.IntRange(1, 1024),
              help="The largest calendar or export that is read, in MiB.")  # fmt: skip
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="THEIRS=OURS",
    help="A column of a table, or a name in a framework, under our name.",
)
@rate.of_the_table
@impact.of_the_table
@click.option(
    "--blank", type=click.Choice(BLANKS), help="Print an empty file to fill in, instead of checking."
)
@click.option("--keep", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.yaml",
              help="Write the framework that was read in our own form.")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    as_json: bool,
    out: tuple[Path, ...],
    limit: int,
    pairs: tuple[str, ...],
    blank: str | None,
    keep: Path | None,
    **options: Any,
) -> None:
    """Check calendars, exports, people lists, role profiles, instruments, frameworks, answers, ratings.

    Says what each file is, what was found in it, and every problem with line and column. Own
    instruments and the answers to them can be checked together, and two versions of a framework are
    compared. Ratings are checked against the people list and the framework of the same call. A table of
    decisions is told by --group and --selected. Exit 0: all is well; 3: problems.
    """
    if blank:
        click.echo(_blank(blank), nl=False)
        return
    if not files:
        raise click.UsageError("Name one file or more, or ask for a --blank one.")
    from fairlead.cli import check_page, output
    from fairlead.cli.check_framework import write_kept
    from fairlead.sources.files import parse_map

    output.check_endings(out)
    rate.check_options(options)
    if options["groups"] or options["selected"] or options["score"]:
        impact.check_options(options)
    read: list[FrameworkRead] = []
    found = check_files(files, parse_map(pairs), read, {**options, "limit": limit, "pairs": pairs})
    if keep:
        write_kept(keep, read)
    if out:
        stored = check_page.as_json(found)
        output.write_report(out, stored, check_page.rows(found), check_page.report(found))
    click.echo(check_page.as_json(found) if as_json else check_page.as_page(found))
    if any(one.problems for one in found):
        ctx.exit(3)


def check_files(
    files: Sequence[Path],
    names: Mapping[str, str],
    kept: list[FrameworkRead],
    options: Mapping[str, Any],
) -> tuple[Found, ...]:
    """Check files one by one; instruments among them are known to the answer files among them.

    Ratings come last, when the people lists and frameworks of the call are known. Frameworks that could
    be read are added to ``kept``.
    """
    from fairlead.sources.text import clean

    limit_bytes = options["limit"] * MIB
    read = [(clean(str(path), 300), _bytes(path, limit_bytes)) for path in files]
    shared: dict[str, Any] = {
        "limit_bytes": limit_bytes,
        "instruments": _own_instruments(read),
        "names": names,
        "frameworks": {},
        "read": kept,
        "people": set(),
        "tables": options,
    }
    found: dict[int, Found] = {}
    later: list[tuple[int, Given]] = []
    for place, (name, data) in enumerate(read):
        if isinstance(data, Problem):
            found[place] = Found(file=name, kind="unknown", problems=(data,))
            continue
        given = Given(name=name, data=data, **shared)
        if _form(name, data) == "table" and _is_ratings(given):
            later.append((place, given))
        else:
            found[place] = _check(given)
    found |= {place: _ratings(given) for place, given in later}
    return tuple(found[place] for place in range(len(read)))


def _bytes(path: Path, limit_bytes: int) -> bytes | Problem:
    """Read at most the limit and one byte: what a file claims to be long and what it is can differ."""
    try:
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        return Problem(file=str(path), wrong=f"The file cannot be read ({error.strerror}).", right="")
    if len(data) <= limit_bytes:
        return data
    right = "Export a shorter period, or raise --limit."
    return Problem(file=str(path), wrong=f"The file is longer than {limit_bytes // MIB} MiB.", right=right)


def _own_instruments(read: Sequence[tuple[str, bytes | Problem]]) -> dict[str, Instrument]:
    from fairlead.cli.check_yaml import yaml_kind
    from fairlead.library.load import read_instrument, read_yaml

    own: dict[str, Instrument] = {}
    for name, data in read:
        if not isinstance(data, bytes) or _form(name, data) != "yaml":
            continue
        try:
            document = read_yaml(name, data)
            if yaml_kind(document.value) == "instrument":
                form = read_instrument(document)
                own[form.id] = form
        except BadInput:
            continue  # it is told when that file's own turn comes
    return own


def _check(given: Given) -> Found:
    form = _form(given.name, given.data)
    if form is None:
        wrong = "The file is empty." if not given.data else "This is no kind of file that is known here."
        return Found(file=given.name, kind="unknown", problems=(_whole(given, wrong, READS),))
    from fairlead.cli.check_framework import framework_found
    from fairlead.cli.check_rounds import check_decisions
    from fairlead.cli.check_yaml import check_yaml

    kind = form
    try:
        if form == "calendar":
            return _calendar(given)
        if form == "framework" or (form == "table" and _is_framework(given)):
            kind = "framework"
            return framework_found(given)
        if form == "table" and given.tables["groups"] and not _export(given):
            kind = "decisions"
            return check_decisions(given)
        if form == "table":
            kind = "export" if _export(given) else "people list"
            return _viva(given) if kind == "export" else _people(given)
        kind = "yaml"
        return check_yaml(given, BLANKS)
    except BadInput as error:
        return Found(file=given.name, kind=kind, problems=error.problems)


def _form(name: str, data: bytes) -> str | None:
    """Tell calendar, table and YAML apart: by what the file begins with, then by its name."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    if start.startswith(b"PK\x03\x04"):
        return "table" if b"[Content_Types].xml" in data else "calendar"
    if start.startswith(b"\x1f\x8b"):
        return "table"
    return _SUFFIXES.get(Path(name).suffix.lower()) if start else None


def _calendar(given: Given) -> Found:
    from fairlead.sources import sandbox

    read = sandbox.read_calendar([(given.name, given.data)], limit_bytes=given.limit_bytes)
    meetings = read.meetings
    notes = [*read.notes]
    if not len(meetings):
        notes.append("There is nothing in these days: the file can be read, and an audit would be empty.")
    owner = ", ".join(read.who.addresses) or None
    return Found(
        file=given.name,
        kind="calendar",
        numbers=(
            ("occurrences", len(meetings)),
            ("first_day", read.first.isoformat()),
            ("last_day", read.last.isoformat()),
            ("time_zone", meetings.zone),
            ("series", len(set(meetings.series.tolist()))),
            ("owner", owner),
            *((f"left_out_{what.replace(' ', '_')}", count) for what, count in meetings.left_out if count),
        ),
        notes=tuple(notes),
    )


def _export(given: Given) -> str | None:
    from fairlead.sources import viva

    return viva.detect(given.name, given.data)


def _viva(given: Given) -> Found:
    from fairlead.sources import sandbox, viva

    export = _export(given)
    table = sandbox.read_table(given.name, given.data, limit_bytes=given.limit_bytes)
    if export == viva.TIES:
        wrong = "This export says who works with whom; it is recognized and not read."
        right = "Give a person query, an hourly query or a meeting query."
        return Found(file=given.name, kind="export", problems=(_whole(given, wrong, right),))
    column = next(name for name in table.columns if _is_person(name, meetings=export == viva.MEETINGS))
    people = tuple(dict.fromkeys(filter(None, table.column(column))))
    numbers: list[tuple[str, str | int | float | None]] = [("rows", len(table)), ("people", len(people))]
    notes: tuple[str, ...] = ()
    one = people[0] if people else None
    if export == viva.MEETINGS:
        meetings = sandbox.read_viva_meetings([(given.name, given.data)], me=one)
        numbers.append(("meetings_of_the_first_person", len(meetings)))
    else:
        weeks = sandbox.read_weeks([(given.name, given.data)], me=one)
        numbers.append(("weeks_of_the_first_person", len(weeks.monday)))
        notes = weeks.notes
    if len(people) > 1:
        notes = (*notes, f"{len(people)} people are in it; the first one was read as a trial.")
    return Found(file=given.name, kind=f"export: {export}", numbers=tuple(numbers), notes=notes)


def _is_person(column: str, *, meetings: bool) -> bool:
    folded = "".join(letter for letter in column.casefold() if letter.isalnum())
    return folded in ({"organizer", "organizerpersonid"} if meetings else {"personid"})


def _people(given: Given) -> Found:
    from fairlead.cli.check_people import check_people
    from fairlead.cli.check_rounds import perhaps_decisions

    today = date.today()  # noqa: DTZ011 - their own day
    found = check_people(given.name, given.data, given.names, today, given.people)
    return perhaps_decisions(given, found) if found.problems else found


def _is_ratings(given: Given) -> bool:
    from fairlead.cli.check_rounds import is_ratings

    return not given.tables["groups"] and is_ratings(given)


def _ratings(given: Given) -> Found:
    from fairlead.cli.check_rounds import check_ratings

    try:
        return check_ratings(given)
    except BadInput as error:
        return Found(file=given.name, kind="ratings", problems=error.problems)


def _is_framework(given: Given) -> bool:
    from fairlead.cli.check_framework import is_framework_table

    return is_framework_table(given.name, given.data, given.names)


def _whole(given: Given, wrong: str, right: str) -> Problem:
    return Problem(file=given.name, wrong=wrong, right=right)


def _blank(what: str) -> str:
    from fairlead.library.load import instrument
    from fairlead.library.schema import json_schema
    from fairlead.sources import role_profile
    from fairlead.sources.answers import new_answers

    if what == "role-profile":
        return role_profile.template()
    if what == "framework":
        from fairlead.library.framework import framework_text

        return framework_text("fairlead")
    if what == "instrument-schema":
        return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    return new_answers(instrument(what), date.today().isoformat())  # noqa: DTZ011 - the person's own day
