"""``fairlead check``: what a file is, what was found in it, and every problem with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fairlead.cli.check_page import Found
from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairlead.core.framework import Framework
    from fairlead.core.tables import Answers
    from fairlead.library.load import Document
    from fairlead.library.schema import Instrument
    from fairlead.sources.framework_rules import FrameworkRead

MIB: Final = 1024 * 1024
READS: Final = (
    "Read here: calendars (.ics, or a .zip of them), Viva Insights and Workplace Analytics exports, "
    "people lists (.csv, .xlsx), role profiles, instruments and their translations, answers, answers about "
    "direction, practices and handbook pages (.yaml), promotion frameworks (.yaml, .json, .csv, .xlsx)."
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """One file as given, with what the other files of the call may add to it."""

    name: str
    data: bytes
    limit_bytes: int
    instruments: Mapping[str, Instrument]
    names: Mapping[str, str]
    frameworks: dict[str, Framework]
    read: list[FrameworkRead]


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
    help="A column of a people list, or a name in a framework, under our name.",
)
@click.option(
    "--blank", type=click.Choice(BLANKS), help="Print an empty file to fill in, instead of checking."
)
@click.option("--keep", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.yaml",
              help="Write the framework that was read in our own form.")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    as_json: bool,
    out: tuple[Path, ...],
    limit: int,
    pairs: tuple[str, ...],
    blank: str | None,
    keep: Path | None,
) -> None:
    """Check calendars, exports, people lists, role profiles, instruments, frameworks and answer files.

    Says what each file is, what was found in it, and every problem with line and column. Own
    instruments and the answers to them can be checked together, and two versions of a framework are
    compared. Exit 0: all is well; 3: problems.
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
    read: list[FrameworkRead] = []
    found = check_files(files, limit * MIB, parse_map(pairs), read)
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
    limit_bytes: int = 64 * MIB,
    names: Mapping[str, str] | None = None,
    kept: list[FrameworkRead] | None = None,
) -> tuple[Found, ...]:
    """Check files one by one; instruments among them are known to the answer files among them.

    Frameworks that could be read are added to ``kept``.
    """
    from fairlead.sources.text import clean

    read = [(clean(str(path), 300), _bytes(path, limit_bytes)) for path in files]
    shared: dict[str, Any] = {
        "limit_bytes": limit_bytes,
        "instruments": _own_instruments(read),
        "names": names or {},
        "frameworks": {},
        "read": [] if kept is None else kept,
    }
    return tuple(
        _check(_Given(name=name, data=data, **shared))
        if isinstance(data, bytes)
        else Found(file=name, kind="unknown", problems=(data,))
        for name, data in read
    )


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
    from fairlead.library.load import read_instrument, read_yaml

    own: dict[str, Instrument] = {}
    for name, data in read:
        if not isinstance(data, bytes) or _form(name, data) != "yaml":
            continue
        try:
            document = read_yaml(name, data)
            if _yaml_kind(document.value) == "instrument":
                form = read_instrument(document)
                own[form.id] = form
        except BadInput:
            continue  # it is told when that file's own turn comes
    return own


def _check(given: _Given) -> Found:
    form = _form(given.name, given.data)
    if form is None:
        wrong = "The file is empty." if not given.data else "This is no kind of file that is known here."
        return Found(file=given.name, kind="unknown", problems=(_whole(given, wrong, READS),))
    kind = form
    try:
        if form == "calendar":
            return _calendar(given)
        if form == "framework" or (form == "table" and _is_framework(given)):
            kind = "framework"
            return _framework(given)
        if form == "table":
            kind = "export" if _export(given) else "people list"
            return _viva(given) if kind == "export" else _people(given)
        kind = "yaml"
        return _yaml(given)
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


def _calendar(given: _Given) -> Found:
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


def _export(given: _Given) -> str | None:
    from fairlead.sources import viva

    return viva.detect(given.name, given.data)


def _viva(given: _Given) -> Found:
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


def _people(given: _Given) -> Found:
    from fairlead.cli.check_people import check_people

    return check_people(given.name, given.data, given.names, date.today())  # noqa: DTZ011 - their own day


def _is_framework(given: _Given) -> bool:
    from fairlead.cli.check_framework import is_framework_table

    return is_framework_table(given.name, given.data, given.names)


def _framework(given: _Given) -> Found:
    from fairlead.cli.check_framework import check_framework

    found, read = check_framework(given.name, given.data, given.names, given.frameworks)
    given.read.append(read)
    return found


def _yaml(given: _Given) -> Found:
    from fairlead.library.load import read_yaml

    document = read_yaml(given.name, given.data)
    kind = _yaml_kind(document.value)
    if kind is None:
        wrong = "This YAML is no kind of file that is known here."
        right = (
            "A role profile has “title:” and “kinds:”, an instrument “sections:” and “scales:”, answers "
            "“instrument:” and “answers:”, practices “about:” and “practices:”, handbook pages “research:” "
            "and “pages:”, frameworks “tracks:” and “criteria:”. --blank prints one to begin with: "
            f"{', '.join(BLANKS)}."
        )
        return Found(file=given.name, kind="unknown", problems=(document.problem((), wrong, right),))
    try:
        return _YAML_READERS[kind](given, document)
    except BadInput as error:
        return Found(file=given.name, kind=kind, problems=error.problems)


def _yaml_kind(value: object) -> str | None:
    """Tell YAML files apart by the names they use; the one that knows most of them wins."""
    from fairlead.library.handbook_page import HandbookFile
    from fairlead.library.practice import PracticePage
    from fairlead.library.schema import Instrument
    from fairlead.sources.answers import FIELDS
    from fairlead.sources.direction_schema import DirectionFile
    from fairlead.sources.framework_files import form_of
    from fairlead.sources.role_profile import OwnRole

    entries = value if isinstance(value, list) else [value]
    names = {name for entry in entries if isinstance(entry, dict) for name in entry}
    if isinstance(value, dict) and "translates" in value:
        return "translation"
    if form_of(value):
        return "framework"
    known = {
        "instrument": set(Instrument.model_fields),
        "answers": set(FIELDS),
        "direction answers": set(DirectionFile.model_fields),
        "role profile": set(OwnRole.model_fields),
        "practices": set(PracticePage.model_fields),
        "handbook pages": set(HandbookFile.model_fields),
    }
    if isinstance(value, list):
        known = {"answers": known["answers"]}
    kind = max(known, key=lambda one: len(names & known[one]))
    shared = len(names & known[kind])
    return kind if shared >= 2 or 0 < shared == len(names) else None


def _instrument(given: _Given, document: Document) -> Found:
    from fairlead.library.load import read_instrument

    form = read_instrument(document)
    return Found(
        file=given.name,
        kind="instrument",
        numbers=(
            ("id", form.id),
            ("version", form.version),
            ("asks", form.asks.value),
            ("screens", len(form.sections)),
            ("items", len(form.items)),
            ("scales", len(form.scales)),
            ("minutes", form.minutes),
            ("sha256", document.sha256),
        ),
        notes=(f"Reliability: {form.measured or 'not yet measured'}.",),
    )


def _translation(given: _Given, document: Document) -> Found:
    from fairlead.library.load import read_translation

    texts = read_translation(document, given.instruments)
    said = document.value if isinstance(document.value, dict) else {}
    head = tuple((name, str(said[name])) for name in ("translates", "version", "language"))
    return Found(file=given.name, kind="translation", numbers=(*head, ("texts", texts)))


def _direction(given: _Given, document: Document) -> Found:
    from fairlead.core.direction_answers import SECTIONS
    from fairlead.sources.direction_answers import read_direction_answers

    del document
    said = read_direction_answers(given.name, given.data)
    answered = [section for section in SECTIONS if getattr(said, section) is not None]
    return Found(
        file=given.name,
        kind="direction answers",
        numbers=(("answered_on", said.answered_on), ("parts", len(answered)), ("of", len(SECTIONS))),
        notes=(f"Answered: {', '.join(answered) or 'nothing yet'}.",),
    )


def _practices(given: _Given, document: Document) -> Found:
    from fairlead.library.load import read_practices

    page = read_practices(document)
    return Found(
        file=given.name,
        kind="practices",
        numbers=(
            ("about", page.about),
            ("practices", len(page.practices)),
            ("minutes", sum(one.minutes for one in page.practices)),
            ("items", len(page.items)),
            ("to_read", len(page.read)),
            ("sha256", document.sha256),
        ),
    )


def _handbook(given: _Given, document: Document) -> Found:
    from fairlead.library.handbook_page import HandbookFile
    from fairlead.library.load import handbook, validate

    file = validate(HandbookFile, document)
    known = {*handbook(), *(page.id for page in file.pages)}
    return Found(
        file=given.name,
        kind="handbook pages",
        numbers=(("pages", len(file.pages)), ("sha256", document.sha256)),
        problems=tuple(
            document.problem(
                ("pages", i, "see", j),
                f"There is no page “{name}”.",
                "Name one of the handbook or this file.",
            )
            for i, page in enumerate(file.pages)
            for j, name in enumerate(page.see)
            if name not in known
        ),
    )


def _role_profile(given: _Given, document: Document) -> Found:
    from fairlead.sources import role_profile

    del document
    role = role_profile.read(given.name, given.data)
    shares = ((f"asked_{demand.name}", demand.share) for demand in role.kinds)
    asked = sum(demand.share is not None for demand in role.competencies)
    return Found(
        file=given.name,
        kind="role profile",
        numbers=(("title", role.title), *shares, ("competencies", asked)),
        notes=tuple(role.notes),
    )


def _answers(given: _Given, document: Document) -> Found:
    from fairlead.sources.answers import read_answers

    del document
    sets = read_answers(given.name, given.data, given.instruments)
    notes = tuple(_about_answers(answers, given.instruments) for answers in sets)
    return Found(file=given.name, kind="answers", numbers=(("sets", len(sets)),), notes=notes)


def _about_answers(answers: Answers, own: Mapping[str, Instrument]) -> str:
    from fairlead.core.scales import expires_on
    from fairlead.library.load import instrument
    from fairlead.sources.answers import score_answers

    form = own.get(answers.instrument) or instrument(answers.instrument)
    scores = score_answers(answers, own).scores
    until = expires_on(answers.answered_on, form.expires_after_days)
    today = date.today().isoformat()  # noqa: DTZ011 - the person's own day
    stands = "stands until" if until >= today else "is history since"
    answered = len(answers.values) + len(answers.texts)
    scored = sum(found.score is not None for found in scores)
    return (
        f"{form.title}, {answers.answered_on}: {answered} of {len(form.items)} answered, "
        f"{scored} of {len(scores)} scales scored, {stands} {until}."
    )


_YAML_READERS: Final[dict[str, Callable[[_Given, Document], Found]]] = {
    "instrument": _instrument,
    "translation": _translation,
    "direction answers": _direction,
    "role profile": _role_profile,
    "framework": lambda given, _: _framework(given),
    "practices": _practices,
    "handbook pages": _handbook,
    "answers": _answers,
}


def _whole(given: _Given, wrong: str, right: str) -> Problem:
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
