"""Read a folder of the O*NET database (tab-separated ``.txt`` or ``.csv``) into plain tables."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairlead.core.problems import BadInput, Problem
from fairlead.core.roles import Occupation

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fairlead.core.roles import Activity

MAX_BYTES: Final = 256 * 1024 * 1024
CODE: Final = "O*NET-SOC Code"
RANGES: Final = {"IM": (1.0, 5.0), "LV": (0.0, 7.0), "EX": (1.0, 7.0), "WI": (-3.0, 3.0)}
WHERE: Final = "Take it from the text files of the database at onetcenter.org/database.html."

Ratings = dict[str, dict[tuple[str, str], float]]
"""By occupation: (element, scale) to number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnetFolder:
    """What a folder holds: rated occupations in the order of their codes, and the newest date in it."""

    occupations: tuple[Occupation, ...]
    as_of: str | None


@dataclass(slots=True)
class _Table:
    """One file, read line by line; every complaint knows its line and column."""

    name: str
    columns: list[str]
    rows: Iterator[list[str]]
    lines: Reader = field(repr=False)

    def column(self, name: str) -> int:
        return self.columns.index(name)

    def __iter__(self) -> Iterator[list[str]]:
        for row in self.rows:
            if not row:
                continue
            if len(row) != len(self.columns):
                raise BadInput(
                    Problem(
                        file=self.name,
                        line=self.lines.line_num,
                        wrong=f"The line has {len(row)} fields.",
                        right=f"It should have {len(self.columns)}: {', '.join(self.columns)}.",
                    )
                )
            yield row

    def problem(self, column: int, wrong: str, right: str) -> BadInput:
        return BadInput(
            Problem(file=self.name, line=self.lines.line_num, column=column + 1, wrong=wrong, right=right)
        )

    def number(self, row: Sequence[str], column: int, scale: str) -> float:
        """Read a rating and hold it to the range of its scale."""
        low, high = RANGES[scale]
        right = f"{scale} should be a number from {low:g} to {high:g}."
        try:
            value = float(row[column])
        except ValueError:
            raise self.problem(column, f"“{_short(row[column])}” is not a number.", right) from None
        if not math.isfinite(value) or not low <= value <= high:
            raise self.problem(column, f"{_short(row[column])} is outside the scale.", right)
        return value


def read_folder(folder: Path, activities: Sequence[Activity]) -> OnetFolder:
    """Read the ratings of every occupation that has work activities.

    Columns are counted in fields, from 1. Ratings that O*NET recommends to suppress are left out;
    a level that O*NET marks as not relevant counts as 0.
    """
    if not folder.is_dir():
        raise BadInput(
            Problem(file=str(folder), wrong="This is not a folder.", right=f"Name an O*NET folder. {WHERE}")
        )
    dates: set[str] = set()
    titles = _titles(folder)
    ratings = _ratings(folder, "Work Activities", ("IM", "LV"), dates)
    values = _ratings(folder, "Work Values", ("EX",), dates)
    styles = _ratings(folder, "Work Styles", ("WI",), dates)
    zones = _job_zones(folder, dates)
    further = _further_titles(folder)
    known = {element for found in ratings.numbers.values() for element, _ in found}
    missing = [activity.name for activity in activities if activity.id not in known]
    if missing:
        raise BadInput(
            Problem(
                file=ratings.file,
                wrong=f"No rating of {missing[0]} stands in it.",
                right="All 41 work activities are needed.",
            )
        )
    _refuse_untitled(ratings, titles)
    return OnetFolder(
        occupations=tuple(
            Occupation(
                code=code,
                title=titles[code],
                job_zone=zones.get(code),
                importance=tuple(found.get((activity.id, "IM")) for activity in activities),
                level=tuple(found.get((activity.id, "LV")) for activity in activities),
                values=values.named(code, "EX"),
                styles=styles.named(code, "WI"),
                titles=further.get(code, ()),
            )
            for code, found in sorted(ratings.numbers.items())
        ),
        as_of=max(dates, default=None),
    )


@dataclass(frozen=True, slots=True)
class _Rated:
    file: str
    numbers: Ratings
    names: dict[str, str]

    def named(self, code: str, scale: str) -> tuple[tuple[str, float], ...]:
        found = self.numbers.get(code, {})
        return tuple(
            (self.names[element], value) for (element, of), value in sorted(found.items()) if of == scale
        )


def _refuse_untitled(ratings: _Rated, titles: dict[str, str]) -> None:
    for code in ratings.numbers:
        if code not in titles:
            raise BadInput(
                Problem(
                    file="Occupation Data.txt",
                    wrong=f"Occupation {code} has ratings and no title.",
                    right="Take all files from the same release of the database.",
                )
            )


def _ratings(folder: Path, stem: str, scales: tuple[str, ...], dates: set[str]) -> _Rated:
    """Read the long form (one row per scale) or the wide form (one column per scale)."""
    table = _open(folder, stem, (CODE, "Element ID", "Element Name"))
    wide = all(scale in table.columns for scale in scales)
    if not wide:
        _need(table, ("Scale ID", "Data Value"))
    at_code, at_element, at_name = (table.column(name) for name in (CODE, "Element ID", "Element Name"))
    numbers: Ratings = {}
    names: dict[str, str] = {}
    for row in table:
        names[row[at_element]] = row[at_name]
        found = numbers.setdefault(row[at_code], {})
        for scale, column in _cells(table, row, scales, wide=wide):
            key = (row[at_element], scale)
            if key in found:
                raise table.problem(
                    column, f"{row[at_name]} has a second {scale} for {row[at_code]}.", "One is right."
                )
            if not _marked(table, row, "Recommend Suppress"):
                value = table.number(row, column, scale)
                found[key] = 0.0 if scale == "LV" and _marked(table, row, "Not Relevant") else value
        _note_date(table, row, dates)
    if not numbers:
        raise BadInput(Problem(file=table.name, wrong="The file has no rows.", right=WHERE))
    return _Rated(table.name, numbers, names)


def _cells(
    table: _Table, row: Sequence[str], scales: tuple[str, ...], *, wide: bool
) -> list[tuple[str, int]]:
    if wide:
        return [(scale, table.column(scale)) for scale in scales if row[table.column(scale)].strip()]
    scale = row[table.column("Scale ID")]
    return [(scale, table.column("Data Value"))] if scale in scales else []


def _marked(table: _Table, row: Sequence[str], column: str) -> bool:
    return column in table.columns and row[table.column(column)] == "Y"


def _note_date(table: _Table, row: Sequence[str], dates: set[str]) -> None:
    """Keep the newest date; O*NET writes ``MM/YYYY`` and means the month."""
    if "Date" not in table.columns:
        return
    month, _, year = row[table.column("Date")].partition("/")
    if len(month) == 2 and len(year) == 4 and (month + year).isdecimal():
        dates.add(f"{year}-{month}-01")


def _titles(folder: Path) -> dict[str, str]:
    table = _open(folder, "Occupation Data", (CODE, "Title"))
    at_code, at_title = table.column(CODE), table.column("Title")
    return {row[at_code]: row[at_title] for row in table}


def _job_zones(folder: Path, dates: set[str]) -> dict[str, int]:
    table = _open(folder, "Job Zones", (CODE, "Job Zone"))
    at_code, at_zone = table.column(CODE), table.column("Job Zone")
    zones: dict[str, int] = {}
    for row in table:
        if row[at_zone] not in {"1", "2", "3", "4", "5"}:
            wrong = f"The job zone is “{_short(row[at_zone])}”."
            raise table.problem(at_zone, wrong, "It should be a whole number from 1 to 5.")
        zones[row[at_code]] = int(row[at_zone])
        _note_date(table, row, dates)
    return zones


def _further_titles(folder: Path) -> dict[str, tuple[str, ...]]:
    """Read alternate and reported titles where the files are there; short forms count too."""
    found: dict[str, dict[str, None]] = {}
    for stem, columns in (
        ("Alternate Titles", ("Alternate Title", "Short Title")),
        ("Sample of Reported Titles", ("Reported Job Title",)),
    ):
        if _path(folder, stem) is None:
            continue
        table = _open(folder, stem, (CODE, columns[0]))
        wanted = [table.column(name) for name in columns if name in table.columns]
        at_code = table.column(CODE)
        for row in table:
            titles = found.setdefault(row[at_code], {})
            titles.update((row[at], None) for at in wanted if row[at] not in {"", "n/a"})
    return {code: tuple(titles) for code, titles in found.items()}


def _path(folder: Path, stem: str) -> Path | None:
    for ending in (".txt", ".csv"):
        path = folder / f"{stem}{ending}"
        if path.is_file():
            return path
    return None


def _open(folder: Path, stem: str, needed: Sequence[str]) -> _Table:
    path = _path(folder, stem)
    if path is None:
        wrong = f"{stem}.txt is missing."
        raise BadInput(Problem(file=str(folder), wrong=wrong, right=WHERE))
    if path.stat().st_size > MAX_BYTES:
        wrong = "The file is larger than any O*NET file."
        raise BadInput(Problem(file=path.name, wrong=wrong, right=f"At most {MAX_BYTES:,} bytes are read."))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadInput(
            Problem(file=path.name, line=line, wrong="This is not UTF-8 text.", right=WHERE)
        ) from None
    lines = (
        csv.reader(io.StringIO(text, newline=""), strict=True)
        if path.suffix == ".csv"
        else csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    rows = _careful(path.name, lines)
    table = _Table(path.name, next(rows, []), rows, lines)
    _need(table, needed)
    return table


def _careful(name: str, lines: Reader) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error as error:
        wrong = f"The line cannot be read: {error}."
        raise BadInput(Problem(file=name, line=lines.line_num, wrong=wrong, right=WHERE)) from None


def _need(table: _Table, names: Sequence[str]) -> None:
    for name in names:
        if name not in table.columns:
            have = ", ".join(_short(column) for column in table.columns[:12]) or "nothing"
            raise BadInput(
                Problem(
                    file=table.name,
                    line=1,
                    wrong=f"The column “{name}” is missing.",
                    right=f"The first line should name it; it names {have}.",
                )
            )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"
