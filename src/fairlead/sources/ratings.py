"""Tables of ratings, long (one rating a row) or wide (a column per criterion), every problem placed."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.problems import BadInput, Problem
from fairlead.core.ratings import COLUMNS, ONE_CRITERION, Ratings
from fairlead.sources.files import read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.sources.files import Table

MAX_ROWS: Final = 2_000_000
MOST_TOLD: Final = 100
MISSING_WORDS: Final = frozenset({"", "NA", "N/A", "n/a", "-", "–"})
"""Cells that say that nobody rated."""


def read_ratings(
    file: str,
    data: bytes,
    *,
    criteria: Sequence[str] = (),
    lowest: int | None = None,
    options: int | None = None,
    names: Mapping[str, str] | None = None,
    people: Collection[str] = (),
    known_criteria: Collection[str] = (),
    limit_bytes: int,
) -> Ratings:
    """Read ratings from CSV or XLSX, or raise :class:`BadInput` with every problem placed.

    Parameters
    ----------
    criteria
        Columns of a wide table that hold scores, or ``first..last``; none for a long table with the
        columns ``ratee``, ``rater``, ``criterion`` (may be absent: one criterion) and ``score``.
    lowest, options
        The lowest score and how many there are; without ``options`` the scores themselves say it.
    names
        Their column name to ours.
    people, known_criteria
        Where they are known: who can be rated and rate, and what can be rated; every other name is refused.
    """
    table = read_table(file, data, names=names, known=COLUMNS, limit_bytes=limit_bytes, max_rows=MAX_ROWS)
    first = 1 if lowest is None else lowest
    ends = None if options is None else (first, first + options - 1)
    wanted = tuple(dict.fromkeys(column for one in criteria for column in _span(table, one)))
    ratee, rater = (_column(table, name) for name in ("ratee", "rater"))
    if not wanted and "score" not in table.columns:
        right = "Name the columns that hold scores: --criteria a,b,c. Or: --map THEIRS=score."
        raise BadInput(_header(table, None, "There is no column “score”.", right))
    chosen = wanted or ("score",)
    for column in chosen:
        if column in {"ratee", "rater"}:
            raise BadInput(
                _header(table, column, f"“{column}” is no criterion.", "Name columns with scores.")
            )
    problems = _empty(table, ratee, "ratee") + _empty(table, rater, "rater")
    problems += _unknown(table, ratee, "ratee", people, "person of the people list")
    problems += _unknown(table, rater, "rater", people, "person of the people list")
    if not wanted and "criterion" in table.columns:
        problems += _unknown(
            table, table.column("criterion"), "criterion", known_criteria, "criterion of the framework"
        )
    problems += [
        _header(table, column, *_no(column, known_criteria, "criterion of the framework"))
        for column in wanted
        if known_criteria and column not in known_criteria
    ]
    scores = np.column_stack([_scores(table, column, ends, problems) for column in chosen])
    place = np.arange(len(table))
    rows, columns = np.nonzero(~np.isnan(scores))
    said = _criterion(table, wanted, rows, columns, problems)
    people, by = np.array(ratee, dtype=object)[rows], np.array(rater, dtype=object)[rows]
    _twice(table, (people, by, said), place[rows], problems)
    _raise(problems)
    missing = int(np.isnan(scores).sum())
    return Ratings.from_columns(
        people.tolist(),
        by.tolist(),
        said,
        scores[rows, columns].astype(np.int64).tolist(),
        lowest=ends[0] if ends else None,
        highest=ends[1] if ends else None,
        source=file,
        notes=_notes(missing) + _nearly_alike(ratee) + _nearly_alike(rater),
    )


def read_rating_groups(
    file: str,
    data: bytes,
    *,
    rater: str,
    ratee: str = "",
    names: Mapping[str, str] | None = None,
    limit_bytes: int,
) -> tuple[dict[str, str], dict[str, str]]:
    """Read the group of each rater and each person rated, one group each, or raise :class:`BadInput`.

    Parameters
    ----------
    rater, ratee
        Columns that hold the groups; an empty cell says nothing, and who has none is in no group.
    """
    table = read_table(file, data, names=names, known=COLUMNS, limit_bytes=limit_bytes, max_rows=MAX_ROWS)
    problems: list[Problem] = []
    found = [
        _groups_of(table, whose, column, problems) if column else {}
        for whose, column in (("rater", rater), ("ratee", ratee))
    ]
    _raise(problems)
    return found[0], found[1]


def _groups_of(table: Table, whose: str, column: str, problems: list[Problem]) -> dict[str, str]:
    cells = _column(table, column)
    of: dict[str, str] = {}
    line: dict[str, int] = {}
    for row, (name, group) in enumerate(zip(_column(table, whose), cells, strict=True)):
        if not group or group in MISSING_WORDS:
            continue
        before = of.setdefault(name, group)
        first = line.setdefault(name, table.lines[row])
        if before != group and len(problems) < MOST_TOLD:
            wrong = f"“{name}” is in “{group[:60]}” here and in “{before[:60]}” on line {first}."
            right = "Give everybody one group, the same on every line."
            problems.append(_at(table, row, column, wrong, right))
    return of


def _notes(missing: int) -> tuple[str, ...]:
    if not missing:
        return ()
    return (f"{missing:,} {'cell is' if missing == 1 else 'cells are'} empty: nobody rated there.",)


def _nearly_alike(cells: Sequence[str]) -> tuple[str, ...]:
    """Say which names differ in capitals and spaces only: one person under two names links nobody."""
    spelled: dict[str, str] = {}
    told = []
    for name in dict.fromkeys(cells):
        before = spelled.setdefault("".join(name.split()).casefold(), name)
        if before != name:
            told.append(f"“{before}” and “{name}” are taken for two people.")
    return tuple(told[:MOST_TOLD])


def _unknown(
    table: Table, cells: Sequence[str], column: str, known: Collection[str], what: str
) -> list[Problem]:
    """Refuse names that are not known, where it is known which there are."""
    if not known:
        return []
    rows = [row for row, cell in enumerate(cells) if cell and cell not in known][:MOST_TOLD]
    return [_at(table, row, column, *_no(cells[row], known, what)) for row in rows]


def _no(name: str, known: Collection[str], what: str) -> tuple[str, str]:
    near = get_close_matches(name, known, n=1)
    right = f"Did you mean “{near[0]}”?" if near else "Write the name as it is there, or add it there."
    return f"“{name[:60]}” is no {what}.", right


def _criterion(
    table: Table,
    wide: Sequence[str],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    problems: list[Problem],
) -> list[str]:
    if wide:
        return [wide[column] for column in columns.tolist()]
    if "criterion" not in table.columns:
        return [ONE_CRITERION] * len(rows)
    cells = table.column("criterion")
    problems += _empty(table, cells, "criterion")
    return [cells[row] for row in rows.tolist()]


def _scores(
    table: Table, column: str, ends: tuple[int, int] | None, problems: list[Problem]
) -> NDArray[np.float64]:
    """Turn the cells of a column into scores, NaN for none; each different text is read once."""
    cells = table.column(column)
    known = {cell: np.nan if cell in MISSING_WORDS else _whole(cell) for cell in set(cells)}
    wrong = {
        cell
        for cell, number in known.items()
        if number is None or (ends and not np.isnan(number) and not ends[0] <= number <= ends[1])
    }
    right = "It should be a whole number, or empty."
    if ends:
        right = f"It should be a whole number from {ends[0]} to {ends[1]}, or empty."
    rows = [row for row, cell in enumerate(cells) if cell in wrong][:MOST_TOLD] if wrong else []
    problems += [_at(table, row, column, f"“{column}” is “{cells[row][:60]}”.", right) for row in rows]
    numbers = {cell: np.nan if number is None else number for cell, number in known.items()}
    return np.fromiter((numbers[cell] for cell in cells), dtype=np.float64, count=len(cells))


def _whole(cell: str) -> float | None:
    text = cell.removesuffix(".0")
    digits = text.removeprefix("-")
    return float(text) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None


def _empty(table: Table, cells: Sequence[str], column: str) -> list[Problem]:
    right = "Fill it in, or leave the row out."
    rows = [row for row, cell in enumerate(cells) if not cell][:MOST_TOLD]
    return [_at(table, row, column, f"“{column}” is empty.", right) for row in rows]


def _twice(
    table: Table,
    names: tuple[NDArray[np.object_], NDArray[np.object_], list[str]],
    place: NDArray[np.intp],
    problems: list[Problem],
) -> None:
    """Say which ratings come again, and where they came first."""
    keys = list(zip(names[0].tolist(), names[1].tolist(), names[2], strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[str, str, str], int] = {}
    for key, row in zip(keys, place.tolist(), strict=True):
        before = first.setdefault(key, row)
        if before == row or len(problems) >= MOST_TOLD or not all(key):
            continue
        line = table.lines[before]
        wrong = f"“{key[1]}” rates “{key[0]}” on “{key[2]}” again; the first time is on line {line}."
        problems.append(_at(table, row, "rater", wrong, "Keep one of the two."))


def _span(table: Table, text: str) -> list[str]:
    """Give the columns of ``a,b,c``, ``first..last`` standing for all between."""
    if text in table.columns:
        return [text]
    found: list[str] = []
    for part in (part.strip() for part in text.split(",")):
        ends = [_name(table, end.strip()) for end in part.split("..")] if part else []
        if len(ends) == 2:
            begin, end = (table.columns.index(one) for one in ends)
            if begin > end:
                wrong = f"“{ends[1]}” stands before “{ends[0]}”."
                raise BadInput(_header(table, ends[1], wrong, "Write first..last."))
            found += table.columns[begin : end + 1]
        else:
            found += ends
    return found


def _column(table: Table, name: str) -> tuple[str, ...]:
    return table.column(_name(table, name))


def _name(table: Table, wanted: str) -> str:
    if wanted in table.columns:
        return wanted
    near = get_close_matches(wanted, table.columns, n=1)
    listed = ", ".join(table.columns[:20])
    right = f"Did you mean “{near[0]}”?" if near else f"The columns are {listed}."
    if wanted in COLUMNS:
        right = f"The columns are {listed}. A column under another name: --map THEIRS={wanted}."
    raise BadInput(_header(table, None, f"There is no column “{wanted[:60]}”.", right))


def _header(table: Table, column: str | None, wrong: str, right: str) -> Problem:
    place = None if column is None else table.columns.index(column) + 1
    return Problem(file=table.file, line=table.header_line, column=place, wrong=wrong, right=right)


def _at(table: Table, row: int, column: str, wrong: str, right: str) -> Problem:
    place = table.columns.index(column) + 1
    return Problem(file=table.file, line=table.lines[row], column=place, wrong=wrong, right=right)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise BadInput(*sorted(problems, key=lambda one: (one.line or 0, one.column or 0))[:MOST_TOLD])
