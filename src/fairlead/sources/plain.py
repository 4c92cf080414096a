"""Tables as plain JSON values and back: what may pass between the sandbox and its caller.

Nothing but numbers, text, lists and objects crosses; the caller builds its tables anew from them,
so the tables' own checks see everything that comes out of a sandbox.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from fairlead.core.problems import Problem
from fairlead.core.tables import WEEK_COLUMNS, Meetings, PersonWeeks
from fairlead.sources.files import Table
from fairlead.sources.ics_read import CalendarRead
from fairlead.sources.people import Who

if TYPE_CHECKING:
    from fairlead.library.load import Document

_DTYPES: Final = {
    f.name: str(f.type).removeprefix("NDArray[np.").rstrip("]").rstrip("_")
    for f in fields(Meetings)
    if str(f.type).startswith("NDArray")
}
_SETS: Final = ("managers", "peers", "team", "domains")
_TUPLES: Final = ("addresses", "names", "reports", "report_labels", "notes")


def who_out(who: Who) -> dict[str, Any]:
    """Give a ``Who`` as plain values."""
    plain: dict[str, Any] = {name: sorted(getattr(who, name)) for name in _SETS}
    plain |= {name: list(getattr(who, name)) for name in _TUPLES}
    plain |= {"units": dict(who.units), "same_person": dict(who.same_person)}
    plain |= {"own_unit": who.own_unit, "guessed": who.guessed}
    return plain | {"table": None if who.table is None else table_out(who.table)}


def who_in(plain: dict[str, Any]) -> Who:
    """Build a ``Who`` from plain values."""
    several: dict[str, Any] = {name: frozenset(plain[name]) for name in _SETS}
    several |= {name: tuple(plain[name]) for name in _TUPLES}
    return Who(
        **several,
        units=dict(plain["units"]),
        same_person=dict(plain["same_person"]),
        own_unit=str(plain["own_unit"]),
        guessed=bool(plain["guessed"]),
        table=None if plain["table"] is None else table_in(plain["table"]),
    )


def table_out(table: Table) -> dict[str, Any]:
    """Give a ``Table`` as plain values."""
    return {
        "file": table.file,
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "lines": list(table.lines),
        "header_line": table.header_line,
        "refused": [asdict(problem) for problem in table.refused],
    }


def table_in(plain: dict[str, Any]) -> Table:
    """Build a ``Table`` from plain values."""
    return Table(
        file=str(plain["file"]),
        columns=tuple(map(str, plain["columns"])),
        rows=tuple(tuple(map(str, row)) for row in plain["rows"]),
        lines=tuple(map(int, plain["lines"])),
        header_line=int(plain["header_line"]),
        refused=tuple(Problem(**problem) for problem in plain["refused"]),
    )


def document_out(document: Document) -> dict[str, Any]:
    """Give a YAML ``Document`` as plain values."""
    return {
        "name": document.name,
        "value": document.value,
        "sha256": document.sha256,
        "places": [[list(path), list(place)] for path, place in document.places.items()],
        "key_places": [[list(path), list(place)] for path, place in document.key_places.items()],
    }


def document_in(plain: dict[str, Any]) -> Document:
    """Build a YAML ``Document`` from plain values."""
    from fairlead.library.load import Document  # noqa: PLC0415 - pydantic is slow, and calendars need none of it

    places, key_places = (
        {tuple(path): (int(line), int(column)) for path, (line, column) in plain[name]}
        for name in ("places", "key_places")
    )
    return Document(
        name=str(plain["name"]),
        value=plain["value"],
        sha256=str(plain["sha256"]),
        places=places,
        key_places=key_places,
    )


def meetings_out(meetings: Meetings) -> dict[str, Any]:
    """Give ``Meetings`` as plain values."""
    plain: dict[str, Any] = {name: getattr(meetings, name).tolist() for name in _DTYPES}
    return plain | {
        "zone": meetings.zone,
        "title": list(meetings.title),
        "categories": [list(names) for names in meetings.categories],
        "report_labels": list(meetings.report_labels),
        "left_out": [list(pair) for pair in meetings.left_out],
        "source": list(meetings.source),
    }


def meetings_in(plain: dict[str, Any]) -> Meetings:
    """Build ``Meetings`` from plain values."""
    arrays: dict[str, Any] = {name: np.array(plain[name], dtype=kind) for name, kind in _DTYPES.items()}
    return Meetings(
        **arrays,
        zone=str(plain["zone"]),
        title=tuple(map(str, plain["title"])),
        categories=tuple(tuple(map(str, names)) for names in plain["categories"]),
        report_labels=tuple(map(str, plain["report_labels"])),
        left_out=_pairs(plain["left_out"]),
        source=tuple(map(str, plain["source"])),
    )


def _pairs(plain: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(what), int(count)) for what, count in plain)


def calendar_out(read: CalendarRead) -> dict[str, Any]:
    """Give a ``CalendarRead`` as plain values."""
    return {
        "meetings": meetings_out(read.meetings),
        "who": who_out(read.who),
        "first": read.first.isoformat(),
        "last": read.last.isoformat(),
        "notes": list(read.notes),
    }


def calendar_in(plain: dict[str, Any]) -> CalendarRead:
    """Build a ``CalendarRead`` from plain values."""
    return CalendarRead(
        meetings=meetings_in(plain["meetings"]),
        who=who_in(plain["who"]),
        first=dt.date.fromisoformat(plain["first"]),
        last=dt.date.fromisoformat(plain["last"]),
        notes=tuple(map(str, plain["notes"])),
    )


def weeks_out(weeks: PersonWeeks) -> dict[str, Any]:
    """Give ``PersonWeeks`` as plain values; JSON has no NaN, so a missing number is ``None``."""
    plain: dict[str, Any] = {}
    for name in WEEK_COLUMNS:
        column = getattr(weeks, name)
        plain[name] = None if column is None else [None if v != v else v for v in column.tolist()]  # noqa: PLR0124 - NaN
    return plain | {
        "person": weeks.person,
        "monday": [str(day) for day in weeks.monday],
        "attributes": [list(pair) for pair in weeks.attributes],
        "notes": list(weeks.notes),
        "source": list(weeks.source),
    }


def weeks_in(plain: dict[str, Any]) -> PersonWeeks:
    """Build ``PersonWeeks`` from plain values."""
    columns: dict[str, Any] = {
        name: None if plain[name] is None else np.array(plain[name], dtype=np.float64)
        for name in WEEK_COLUMNS
    }
    return PersonWeeks(
        **columns,
        person=str(plain["person"]),
        monday=np.array(plain["monday"], dtype="datetime64[D]"),
        attributes=tuple((str(name), str(value)) for name, value in plain["attributes"]),
        notes=tuple(map(str, plain["notes"])),
        source=tuple(map(str, plain["source"])),
    )
