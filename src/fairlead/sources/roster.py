"""A people list from any program, or pasted from a sheet, as rows of a roster that know their lines.

Nothing is decided here: ``core.roster.plan_roster`` says what the rows change and which are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.problems import Problem
from fairlead.core.roster import COLUMNS, RosterRow
from fairlead.core.roster_rows import DAYS
from fairlead.sources import files, sandbox
from fairlead.sources.dates import order_of, read_day
from fairlead.sources.people import plain_address, plain_name
from fairlead.sources.roster_columns import (
    FIRST,
    LAST,
    MANAGER,
    MANAGER_EMAIL,
    MANAGER_NAME,
    Columns,
    fold,
    match_columns,
)
from fairlead.sources.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from fairlead.core.roster import Standing
    from fairlead.sources.files import Table

PASTED: Final = "pasted table"
LONG: Final = 1_000
"""Characters above which a cell is no address or name, and is not searched for one."""
SAMPLES: Final = 3
SAMPLE_LENGTH: Final = 60
_MANAGERS: Final = ("manager_id", MANAGER_EMAIL, MANAGER, MANAGER_NAME)
_NOBODY: Final = frozenset(("", "none", "na", "null", "keine", "keiner"))
_NAME_AND_ID: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """A people list as read.

    ``columns`` are ours that the file has, ``places`` where they are (from 1). ``mapping`` says for
    each of their columns what it was taken for (``""``: not read; the words are
    ``roster_columns.CHOICES``), ``samples`` show what stands in it. ``problems`` say everything that
    refuses the file or a row; a row's own stand in the row as well, so that a plan refuses it.
    """

    file: str
    rows: tuple[RosterRow, ...]
    columns: frozenset[str]
    places: Mapping[str, int]
    mapping: tuple[tuple[str, str], ...]
    unmapped: tuple[str, ...]
    samples: tuple[tuple[str, tuple[str, ...]], ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def needs_mapping(self) -> bool:
        """Whether it is not known which column is the id or the name: then there are no rows."""
        return not {"id", "name"} <= self.columns


def read_roster(
    file: str,
    data: bytes,
    *,
    names: Mapping[str, str] | None = None,
    today: date,
    standing: Iterable[Standing] = (),
    sandboxed: bool = True,
) -> RosterFile:
    """Read a people list: CSV with commas, semicolons or tabs, ``.csv.gz``, or XLSX.

    Parameters
    ----------
    file
        Its name, for messages; never opened.
    names
        Their column to ours (one of ``roster_columns.CHOICES``; ``""`` leaves the column unread).
        The other columns are told by their headers.
    today
        Decides the century of years written with two digits.
    standing
        Who is known already: managers given by address or name may be among them.
    sandboxed
        Whether the bytes are parsed in a child process; only what this program itself wrote may
        be read without.

    Raises
    ------
    BadInput
        When it is no table, or beyond the limits. What is wrong with single rows is told in
        ``problems``, and so is a table that does not say which column is id or name.
    """
    read = sandbox.read_table if sandboxed else files.read_table
    return from_table(read(file, data, rows_alone=True), names=names, today=today, standing=standing)


def read_pasted(
    text: str,
    *,
    names: Mapping[str, str] | None = None,
    today: date,
    standing: Iterable[Standing] = (),
    sandboxed: bool = True,
) -> RosterFile:
    """Read a table copied from a spreadsheet: cells with tabs, semicolons or commas between."""
    data = pasted_bytes(text)
    return read_roster(PASTED, data, names=names, today=today, standing=standing, sandboxed=sandboxed)


def pasted_bytes(text: str) -> bytes:
    """Give what was pasted as the file that it would have been."""
    text = text.lstrip("\ufeff").strip("\r\n")
    head = text.partition("\n")[0].count("\t")
    start, end, last = text.rpartition("\n")
    # Whoever trims what is typed takes the last row's empty cells with it.
    if end and head and last.count("\t") < head and '"' not in last:
        text = f"{start}{end}{last.rstrip()}" + "\t" * (head - last.rstrip().count("\t"))
    # A surrogate alone cannot be written as UTF-8.
    return text.encode("utf-8", errors="replace")


def from_table(
    table: Table,
    *,
    names: Mapping[str, str] | None = None,
    today: date,
    standing: Iterable[Standing] = (),
) -> RosterFile:
    """Make rows of a table that has been read already."""
    theirs = {clean(name, 200): field for name, field in (names or {}).items()}
    columns = match_columns(table.file, table.header_line, table.columns, theirs)
    rows: tuple[RosterRow, ...] = ()
    notices = columns.notices
    if not columns.problems:
        reader = _Reader(table, columns, today)
        rows = reader.rows(tuple(standing))
        notices += tuple(reader.notices)
    ours = _ours(columns) if not columns.problems else {}
    return RosterFile(
        file=table.file,
        rows=rows,
        columns=frozenset(ours),
        places={field: place + 1 for field, place in ours.items()},
        mapping=tuple((name, "manager_id" if field == MANAGER else field) for name, field in columns.mapping),
        unmapped=tuple(name for name, field in columns.mapping if not field),
        samples=_samples(table),
        problems=(*columns.problems, *(problem for row in rows for problem in row.problems)),
        notices=notices,
    )


def _ours(columns: Columns) -> dict[str, int]:
    """Give our columns and their places: a name of two parts, a manager given by address or name."""
    places = columns.places
    if FIRST in places and LAST in places:
        places.setdefault("name", places[FIRST])
    for way in _MANAGERS:
        if way in places:
            places.setdefault("manager_id", places[way])
    return {name: places[name] for name in COLUMNS if name in places}


def _samples(table: Table) -> tuple[tuple[str, tuple[str, ...]], ...]:
    shown: list[tuple[str, tuple[str, ...]]] = []
    for place, name in enumerate(table.columns):
        cells = (row[place] for row in table.rows if row[place])
        shown.append((name, tuple(clean(cell, SAMPLE_LENGTH) for _, cell in zip(range(SAMPLES), cells))))  # noqa: B905 - the shorter ends it
    return tuple(shown)


class _Reader:
    """The rows of one table."""

    def __init__(self, table: Table, columns: Columns, today: date) -> None:
        self.table = table
        self.places = columns.places
        self.today = today
        self.notices: list[Problem] = []
        self.texts = {
            name: self.places[name]
            for name in COLUMNS
            if name in self.places and name not in DAYS and name != "manager_id"
        }
        self.days = {name: self.places[name] for name in DAYS if name in self.places}
        self.orders = {name: order_of(row[place] for row in table.rows) for name, place in self.days.items()}
        called = [row[self.places["name"]] for row in table.rows] if "name" in self.places else []
        # One name with a comma may be “Ann Alt, PhD”; a column of them is “Alt, Ann”.
        self.last_first = sum(name.count(",") == 1 for name in called) * 2 > len(called)
        self.way = next((way for way in _MANAGERS if way in self.places), "")

    def rows(self, standing: tuple[Standing, ...]) -> tuple[RosterRow, ...]:
        people = [self._text_cells(cells) for cells in self.table.rows]
        index = _People(
            [(cells["id"], cells["name"], cells.get("email", "")) for cells, _ in people], standing
        ) if self.way else None  # fmt: skip
        found = [
            self._row(line, cells, *person, index)
            for line, cells, person in zip(self.table.lines, self.table.rows, people, strict=True)
        ]
        if index:
            self._say_how(index)
        unread = [
            RosterRow(line=problem.line or 0, id="", name="", problems=(problem,))
            for problem in self.table.refused
        ]
        return tuple(sorted((*found, *unread), key=lambda row: row.line))

    def _text_cells(self, cells: tuple[str, ...]) -> tuple[dict[str, str], int]:
        texts = {name: cells[place].strip() for name, place in self.texts.items()}
        if "name" not in texts:
            texts["name"] = " ".join(f"{cells[self.places[FIRST]]} {cells[self.places[LAST]]}".split())
        elif self.last_first and texts["name"].count(",") == 1:
            last, first = texts["name"].split(",")
            texts["name"] = f"{first.strip()} {last.strip()}".strip()
        several = 0
        if 0 < len(texts.get("email", "")) <= LONG:
            parts = [part for part in re.split(r"[\s,;]+", texts["email"]) if plain_address(part)]
            several = len(parts)
            if parts:
                texts["email"] = plain_address(parts[0])
        return texts, several

    def _row(
        self,
        line: int,
        cells: tuple[str, ...],
        texts: dict[str, str],
        addresses: int,
        index: _People | None,
    ) -> RosterRow:
        values: dict[str, Any] = dict(texts)
        problems: list[Problem] = []
        if addresses > 1:
            wrong = f"The cell holds {addresses} e-mail addresses."
            self.notices.append(self._problem(line, "email", wrong, f"{texts['email']} is kept."))
        for name, place in self.days.items():
            read = read_day(cells[place], self.orders[name], self.today)
            values[name] = read.day
            if read.wrong:
                problems.append(self._problem(line, name, read.wrong, read.right))
        if index:
            boss, wrong, right = index.find(cells[self.places[self.way]].strip(), self.way)
            values["manager_id"] = boss
            if wrong:
                problems.append(self._problem(line, self.way, wrong, right))
        return RosterRow(line=line, problems=tuple(problems), **values)

    def _problem(self, line: int, column: str, wrong: str, right: str) -> Problem:
        return Problem(
            file=self.table.file, line=line, column=self.places[column] + 1, wrong=wrong, right=right
        )

    def _say_how(self, index: _People) -> None:
        header = self.table.columns[self.places[self.way]]
        for how, count in index.used.items():
            found = "1 manager was found" if count == 1 else f"{count:,} managers were found"
            self.notices.append(
                Problem(
                    file=self.table.file,
                    line=self.table.header_line,
                    column=self.places[self.way] + 1,
                    wrong=f"In the column “{header}” {found} by {how}, not by id.",
                    right="",
                )
            )


class _People:
    """Everybody who may be somebody's manager, by id, address and name."""

    def __init__(self, people: list[tuple[str, str, str]], standing: tuple[Standing, ...]) -> None:
        known = {person: (name, email) for person, name, email in people if person}
        for one in standing:
            if one.left is not None:
                continue  # whoever left is nobody's manager, and may share a name with somebody here
            known.setdefault(one.id, (one.name, one.email))
        self.names = {person: name for person, (name, _) in known.items()}
        self.by_email: dict[str, list[str]] = {}
        self.by_name: dict[str, list[str]] = {}
        for person, (name, email) in known.items():
            if email:
                self.by_email.setdefault(email.casefold(), []).append(person)
            self.by_name.setdefault(plain_name(name), []).append(person)
        self.used: Counter[str] = Counter()

    def find(self, cell: str, way: str) -> tuple[str, str, str]:
        """Give the manager's id, or what is wrong with the cell and what would be right."""
        if len(cell) > LONG:
            return cell, "", ""  # too long for an id: the plan says so
        if cell not in self.names and fold(cell) in _NOBODY:
            return "", "", ""
        if cell in self.names and way in {"manager_id", MANAGER}:
            return cell, "", ""
        both = _NAME_AND_ID.fullmatch(cell)
        if both and plain_name(self.names.get(both[2], "")) == plain_name(both[1]):
            return both[2], "", ""
        address = plain_address(cell)
        how, found = (
            ("e-mail address", self.by_email.get(address, []))
            if address
            else ("name", self.by_name.get(plain_name(cell), []))
        )
        if len(found) == 1:
            self.used[how] += 1
            return found[0], "", ""
        if len(found) > 1:
            told = " and ".join(f"{self.names[person]} ({person})" for person in found[:5])
            more = f" and {len(found) - 5} more" if len(found) > 5 else ""
            return "", f"“{cell[:120]}” can be {told}{more}.", "Give the manager's id."
        if address:
            wrong = f"There is no person with the e-mail address {address} in this file or in the roster."
            return "", wrong, "Give the manager's id, or leave it empty."
        if way == MANAGER_NAME or (way == MANAGER and not any(letter.isdigit() for letter in cell)):
            wrong = f"There is no person called “{cell[:120]}” in this file or in the roster."
            return "", wrong, "Give the manager's id, or leave it empty."
        return cell, "", ""  # an id that nobody has: the plan says so, and which one is near
