"""Tables of answers, one row per person: grouped answers, and answers to an instrument."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.agreement_sums import MISSING
from fairlead.core.factors import structure
from fairlead.core.problems import BadInput, Problem
from fairlead.core.reliability import score_people
from fairlead.sources.files import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.core.factors import FactorStructure
    from fairlead.core.reliability import ScoredPeople
    from fairlead.library.schema import Instrument, Item
    from fairlead.sources.files import Table

MAX_ROWS: Final = 2_000_000
MOST_TOLD: Final = 100
MISSING_WORDS: Final = frozenset({"", "NA", "N/A", "n/a"})
"""Cells that say that nothing was answered."""

PERSON_COLUMNS: Final = (
    "respondent", "respondent_id", "participant", "participant_id", "person", "person_id",
    "employee_id", "user_id", "id", "email", "email_address",
)  # fmt: skip
"""Columns that name the person who answered, where none is named by hand: the first of these is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedScale:
    """A scale of the table: its name and the columns that are its items, by place."""

    name: str
    columns: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedAnswers:
    """Answers of people in groups: people by columns, options counted from 0, -1 for none.

    ``person_column`` is the column that tells people apart, ``""`` if there is none;
    ``without_group`` counts the rows that name no group and are left out.
    """

    file: str
    group_column: str
    person_column: str
    labels: tuple[str, ...]
    groups: NDArray[np.int64]
    answers: NDArray[np.int16]
    scales: tuple[GroupedScale, ...]
    without_group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredTable:
    """An instrument scored for everybody in a table.

    ``people`` are the names in ``person_column`` or the lines of the file; ``dates`` are empty where
    the table has no ``answered_on``. ``unused`` are columns that are no scored item, ``absent``
    scored items without a column. ``structures`` stand in the order of ``scales``.
    """

    file: str
    instrument: str
    version: str
    title: str
    person_column: str
    people: tuple[str, ...]
    dates: tuple[str, ...]
    scales: tuple[ScoredPeople, ...]
    structures: tuple[FactorStructure, ...]
    unused: tuple[str, ...]
    absent: tuple[str, ...]


def read_grouped(
    file: str,
    data: bytes,
    *,
    group: str,
    items: Sequence[str],
    options: int,
    lowest: int = 1,
    person: str = "",
    names: Mapping[str, str] | None = None,
    limit_bytes: int,
) -> GroupedAnswers:
    """Read answers of people in groups, or raise :class:`BadInput` with every problem placed.

    Parameters
    ----------
    group
        The column that names each person's group.
    items
        One text per scale: columns with commas, ``first..last`` for all between, ``NAME=`` before
        them for a name of its own.
    options, lowest
        How many options an item has, and the number of the lowest.
    person
        The column that tells people apart; one of ``PERSON_COLUMNS`` if none is given.
    names
        Their column name to ours.
    """
    table = read_table(file, data, names=names, limit_bytes=limit_bytes, max_rows=MAX_ROWS)
    group_column = _column(table, group)
    listed = _scales(table, items)
    columns = list(dict.fromkeys(column for _, found in listed for column in found))
    if group_column in columns:
        raise BadInput(
            _header_problem(
                table, group_column, f"“{group_column}” is the group and an item.", "Use it for one."
            )
        )
    person_column = _person_column(table, person, {group_column, *columns})
    reader = _Options(options=options, lowest=lowest)
    problems: list[Problem] = []
    answers = np.column_stack([_codes(table, name, reader.code, reader.right, problems) for name in columns])
    _refuse_twice(table, [c for c in (person_column, group_column) if c], person_column, problems)
    _raise(problems)
    cells = table.column(group_column)
    labels = tuple(dict.fromkeys(cell for cell in cells if cell))
    place = {label: number for number, label in enumerate(labels)}
    groups = np.fromiter((place.get(cell, -1) for cell in cells), dtype=np.int64, count=len(cells))
    return GroupedAnswers(
        file=file,
        group_column=group_column,
        person_column=person_column,
        labels=labels,
        groups=groups[groups >= 0],
        answers=answers.astype(np.int16)[groups >= 0],
        scales=tuple(
            GroupedScale(name=name, columns=tuple(found), places=tuple(columns.index(c) for c in found))
            for name, found in listed
        ),
        without_group=int(np.sum(groups < 0)),
    )


def score_table(
    file: str,
    data: bytes,
    instrument: Instrument,
    *,
    person: str = "",
    names: Mapping[str, str] | None = None,
    limit_bytes: int,
) -> ScoredTable:
    """Read answers to an instrument, a column per item, and score every scale for everybody."""
    scored_items = {item.id: item for item in instrument.items if item.scales}
    table = read_table(
        file,
        data,
        names=names,
        known=[item.id for item in instrument.items],
        limit_bytes=limit_bytes,
        max_rows=MAX_ROWS,
    )
    here = [name for name in table.columns if name in scored_items]
    person_column = _person_column(table, person, set(here))
    on = next((name for name in table.columns if name.casefold() == "answered_on"), "")
    if not here:
        raise BadInput(_no_item(table, instrument, list(scored_items)))
    problems = _misspelt(table, scored_items, {person_column, on}, instrument)
    columns = {}
    for name in here:
        read = _choices(instrument, scored_items[name])
        codes = _codes(table, name, read.code, read.right, problems)
        columns[name] = np.where(codes == MISSING, np.nan, codes)
    _refuse_twice(table, [c for c in (person_column, on) if c], person_column, problems)
    _raise(problems)
    nothing = np.full(len(table), np.nan)
    scored = [
        (scale, np.column_stack([columns.get(item.id, nothing) for item in scale.items]))
        for scale in instrument.scoring()
    ]
    lines = tuple(str(line) for line in table.lines)
    return ScoredTable(
        file=file,
        instrument=instrument.id,
        version=instrument.version,
        title=instrument.title,
        person_column=person_column,
        people=table.column(person_column) if person_column else lines,
        dates=table.column(on) if on else ("",) * len(table),
        scales=tuple(score_people(answers, scale) for scale, answers in scored),
        structures=tuple(structure(answers, scale) for scale, answers in scored),
        unused=tuple(c for c in table.columns if c not in {*here, person_column, on}),
        absent=tuple(item for item in scored_items if item not in here),
    )


@dataclass(frozen=True, slots=True)
class _Options:
    """Whole numbers from ``lowest``, kept as options counted from 0."""

    options: int
    lowest: int

    def code(self, cell: str) -> int | None:
        number = _whole(cell)
        if number is None or not 0 <= number - self.lowest < self.options:
            return None
        return number - self.lowest

    def right(self, cell: str) -> str:
        highest = self.lowest + self.options - 1
        said = f"It should be a whole number from {self.lowest} to {highest}, or empty."
        number = _whole(cell)
        if number == self.lowest - 1:
            return f"{said} If {number} is an answer, say --lowest {number}."
        if number is not None and number > highest:
            return f"{said} --options says how many there are."
        return said


@dataclass(frozen=True, slots=True)
class _Choices:
    """The offered answers of one item, by number or by their words."""

    numbers: Mapping[int, str]

    def code(self, cell: str) -> int | None:
        number = _whole(cell)
        if number is not None:
            return number if number in self.numbers else None
        return next((n for n, words in self.numbers.items() if words.casefold() == cell.casefold()), None)

    def right(self, cell: str) -> str:
        del cell
        offered = ", ".join(f"{number} ({words})" for number, words in self.numbers.items())
        return f"It should be {offered}, or empty."


def _choices(instrument: Instrument, item: Item) -> _Choices:
    return _Choices({int(value): words for value, words in instrument.choices(item)})


def _whole(cell: str) -> int | None:
    text = cell.removesuffix(".0")
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _codes(
    table: Table,
    name: str,
    code: Callable[[str], int | None],
    right: Callable[[str], str],
    problems: list[Problem],
) -> NDArray[np.int64]:
    """Turn the cells of a column into codes; each different text is read once."""
    cells = table.column(name)
    known = {cell: MISSING if cell in MISSING_WORDS else code(cell) for cell in set(cells)}
    wrong = {cell for cell, found in known.items() if found is None}
    if wrong:
        place = table.columns.index(name) + 1
        rows = islice((row for row, cell in enumerate(cells) if cell in wrong), MOST_TOLD)
        problems += [
            Problem(
                file=table.file,
                line=table.lines[row],
                column=place,
                wrong=f"“{name}” is “{_shown(cells[row])}”.",
                right=right(cells[row]),
            )
            for row in rows
        ]
    numbers = {cell: MISSING if found is None else found for cell, found in known.items()}
    return np.fromiter((numbers[cell] for cell in cells), dtype=np.int64, count=len(cells))


def _scales(table: Table, items: Sequence[str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for number, text in enumerate(items, start=1):
        name, equals, listed = text.partition("=")
        if not equals or text in table.columns:
            name, listed = "", text
        parts = [listed] if listed in table.columns else [part.strip() for part in listed.split(",")]
        columns = [column for part in parts if part for column in _span(table, part)]
        twice = [column for column in columns if columns.count(column) > 1]
        if twice:
            wrong = f"“{twice[0]}” is named twice in one scale."
            raise BadInput(_header_problem(table, twice[0], wrong, "Name each item once."))
        if not columns:
            raise BadInput(Problem(file="--items", wrong=f"“{text}” names no column.", right="Write a,b,c."))
        found.append((name.strip() or _named(columns, number, len(items)), columns))
    return found


def _span(table: Table, part: str) -> list[str]:
    """Give one column, or all from the first to the last of ``first..last``."""
    first, dots, last = part.partition("..")
    if not dots or part in table.columns:
        return [_column(table, part)]
    ends = [table.columns.index(_column(table, end.strip())) for end in (first, last)]
    if ends[0] > ends[1]:
        wrong = f"“{last.strip()}” stands before “{first.strip()}”."
        raise BadInput(_header_problem(table, table.columns[ends[1]], wrong, "Write first..last."))
    return list(table.columns[ends[0] : ends[1] + 1])


def _named(columns: Sequence[str], number: int, count: int) -> str:
    """Name a scale by its one column, by what its columns begin with, or by its number."""
    if len(columns) == 1:
        return columns[0]
    begin = columns[0]
    for column in columns[1:]:
        while not column.startswith(begin):
            begin = begin[:-1]
    begin = begin.rstrip("0123456789_-. ")
    if len(begin) >= 2:
        return begin
    return "all items" if count == 1 else f"scale {number}"


def _column(table: Table, wanted: str) -> str:
    """Find a column by its name, whatever its capitals; refuse one that is not there."""
    if wanted in table.columns:
        return wanted
    alike = [name for name in table.columns if name.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    folded = {name.casefold(): name for name in table.columns}
    near = [folded[name] for name in get_close_matches(wanted.casefold(), folded, n=1)]
    listed = ", ".join(table.columns[:20]) + (" …" if len(table.columns) > 20 else "")
    wrong = f"There is no column “{_shown(wanted)}”."
    if near:
        raise BadInput(_header_problem(table, near[0], wrong, f"Did you mean “{near[0]}”?"))
    right = f"The columns are {listed}."
    raise BadInput(Problem(file=table.file, line=table.header_line, wrong=wrong, right=right))


def _person_column(table: Table, wanted: str, taken: set[str]) -> str:
    if wanted:
        found = _column(table, wanted)
        if found in taken:
            wrong = f"“{found}” cannot tell people apart: it is a group or an item."
            raise BadInput(_header_problem(table, found, wrong, "Name the column of the people."))
        return found
    by_name = {re.sub(r"[\s-]+", "_", name.casefold()): name for name in table.columns if name not in taken}
    return next((by_name[name] for name in PERSON_COLUMNS if name in by_name), "")


def _refuse_twice(table: Table, keys: Sequence[str], person: str, problems: list[Problem]) -> None:
    """Find people who answer a second time (in one group, or on one day); empty cells name nobody."""
    if not person:
        return
    first: dict[tuple[str, ...], int] = {}
    place = table.columns.index(person) + 1
    told = 0
    for line, *key in zip(table.lines, *(table.column(name) for name in keys), strict=True):
        if not key[0]:
            continue
        before = first.setdefault(tuple(key), line)
        if before != line and told < MOST_TOLD:
            told += 1
            wrong = f"“{_shown(key[0])}” answers again; the first answer is on line {before}."
            right = "Keep one row for each person."
            problems.append(Problem(file=table.file, line=line, column=place, wrong=wrong, right=right))


def _misspelt(
    table: Table, items: Mapping[str, Item], used: set[str], instrument: Instrument
) -> list[Problem]:
    """Find columns that are nearly the name of a scored item that is not there."""
    ids = [item.id for item in instrument.items]
    absent = [item for item in items if item not in table.columns]
    found = []
    for name in table.columns:
        if name in used or name in ids:
            continue
        near = get_close_matches(name.casefold(), absent, n=1, cutoff=0.85)
        if near:
            wrong = f"“{name}” is no item of “{instrument.id}”."
            found.append(_header_problem(table, name, wrong, f"Did you mean “{near[0]}”?"))
    return found


def _no_item(table: Table, instrument: Instrument, items: Sequence[str]) -> Problem:
    wrong = f"No column is an item of “{instrument.id}”."
    right = f"Its items are {', '.join(items[:6])} … Other names: --map theirs=ours."
    if all(kind in table.columns for kind in ("item", "answer")):
        right = "A row is one person, and each item has a column of its own. " + right
    return Problem(file=table.file, line=table.header_line, wrong=wrong, right=right)


def _header_problem(table: Table, column: str, wrong: str, right: str) -> Problem:
    place = table.columns.index(column) + 1
    return Problem(file=table.file, line=table.header_line, column=place, wrong=wrong, right=right)


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(*sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
