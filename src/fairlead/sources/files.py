"""CSV and XLSX into plain columns of text, with file, line and column in every error, and back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
import warnings
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NoReturn

from fairlead.core.problems import BadInput, Problem
from fairlead.sources import archive
from fairlead.sources.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_ROWS: Final = 100_000
MAX_FIELD: Final = 10 * 1024
MAX_COLUMNS: Final = 500
MAX_GAP: Final = 1_000
"""Empty rows in a sheet after which the rest is refused: a cell far away makes a million empty rows."""

_DELIMITERS: Final = (",", ";", "\t")
_LEADING: Final = "=+-@\t\r＝＋－＠"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of text as a file has it: each row knows its line; ``refused`` are rows of another width."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header_line: int = 1
    refused: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield line and cells by column name."""
        for line, row in zip(self.lines, self.rows, strict=True):
            yield line, dict(zip(self.columns, row, strict=True))

    def column(self, name: str) -> tuple[str, ...]:
        """Give the cells of one column; ``KeyError`` if there is none."""
        if name not in self.columns:
            raise KeyError(name)
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)

    def bad(self, row: int, column: str, wrong: str, right: str) -> BadInput:
        """Say what is wrong with one cell: ``row`` counts from 0, the error names line and column."""
        place = self.columns.index(column) + 1 if column in self.columns else None
        return BadInput(Problem(file=self.file, line=self.lines[row], column=place, wrong=wrong, right=right))


def read_table(
    file: str,
    data: bytes,
    *,
    names: Mapping[str, str] | None = None,
    known: Sequence[str] = (),
    limit_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
    rows_alone: bool = False,
) -> Table:
    """Read a CSV (also ``.csv.gz``) or XLSX file.

    Parameters
    ----------
    file
        Its name, for messages; never opened.
    names
        Their column name to ours (``--map theirs=ours``).
    known
        Our column names; a header that differs only in case, spaces or dashes is taken as ours.
    rows_alone
        Whether a row with more or fewer cells than the header is refused alone (``Table.refused``)
        and not the whole file with it.
    """
    if len(data) > limit_bytes:
        _refuse(
            file,
            f"The file is {len(data) / 2**20:,.1f} MiB long.",
            f"At most {limit_bytes >> 20} MiB are read.",
        )
    if archive.is_zip(data):
        lines = _xlsx(file, data, max_rows)
    else:
        if data.startswith(b"\x1f\x8b"):
            data = archive.gunzip(file, data)
        lines = _csv(file, data, max_rows)
    return _table(file, lines, dict(names or {}), known, rows_alone=rows_alone)


def parse_map(pairs: Iterable[str]) -> dict[str, str]:
    """Read ``theirs=ours`` pairs of the command line."""
    found: dict[str, str] = {}
    for pair in pairs:
        theirs, equals, ours = pair.rpartition("=")
        if not equals or not theirs.strip() or not ours.strip():
            _refuse("--map", f"'{clean(pair, 80)}' is not a pair of names.", "Write --map theirs=ours.")
        found[theirs.strip()] = ours.strip()
    return found


def _table(
    file: str,
    lines: list[tuple[int, list[str]]],
    names: dict[str, str],
    known: Sequence[str],
    *,
    rows_alone: bool,
) -> Table:
    if not lines:
        _refuse(file, "The table is empty.", "The first line must name the columns.")
    (header_line, header), body = lines[0], lines[1:]
    columns = _header(file, header_line, header, names, known)
    refused = tuple(
        Problem(
            file=file,
            line=line,
            wrong=f"The row has {len(row)} cells, the header has {len(columns)}.",
            right="Each row needs as many cells as the header; put text with a delimiter in quotes.",
        )
        for line, row in body
        if len(row) != len(columns)
    )
    if refused and not rows_alone:
        raise BadInput(refused[0])
    if refused:
        body = [(line, row) for line, row in body if len(row) == len(columns)]
    return Table(
        file=file,
        columns=columns,
        rows=tuple(tuple(row) for _, row in body),
        lines=tuple(line for line, _ in body),
        header_line=header_line,
        refused=refused,
    )


def _header(
    file: str, line: int, header: Sequence[str], names: dict[str, str], known: Sequence[str]
) -> tuple[str, ...]:
    folded = {_fold(name): name for name in known}
    columns: list[str] = []
    for place, cell in enumerate(header, start=1):
        theirs = clean(cell, 200)
        ours = names.get(theirs) or (theirs if theirs in known else folded.get(_fold(theirs), theirs))
        if not ours or ours in columns:
            wrong = f"The column name '{ours}' comes twice." if ours else "A column has no name."
            raise BadInput(
                Problem(
                    file=file, line=line, column=place, wrong=wrong, right="Give every column its own name."
                )
            )
        columns.append(ours)
    unused = [theirs for theirs in names if theirs not in {clean(cell, 200) for cell in header}]
    if unused:
        _refuse(
            file,
            f"There is no column '{unused[0]}' to map.",
            f"The columns are {', '.join(columns[:20])}.",
            line,
        )
    return tuple(columns)


def _fold(name: str) -> str:
    return re.sub(r"[\s_\-]+", "_", name.strip()).casefold()


def _csv(file: str, data: bytes, max_rows: int) -> list[tuple[int, list[str]]]:
    text = _text(file, data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            if row and any(row):
                _check_cells(file, line, row)
                found.append((line, [clean(cell, MAX_FIELD) for cell in row]))
            if len(found) > max_rows + 1:
                _refuse(
                    file,
                    f"The table has more than {max_rows:,} rows.",
                    "Split it, or take a shorter period.",
                    line,
                )
            line = reader.line_num + 1
    except csv.Error as error:
        _refuse(
            file,
            f"The row cannot be read as CSV ({error}).",
            "A quote inside a cell is written twice, and a cell that holds quotes stands in quotes.",
            line,
        )
    return found


def _check_cells(file: str, line: int, row: Sequence[str]) -> None:
    if len(row) > MAX_COLUMNS:
        _refuse(file, f"The row has {len(row):,} cells.", f"At most {MAX_COLUMNS} columns are read.", line)
    for place, cell in enumerate(row, start=1):
        if len(cell) > MAX_FIELD:
            raise BadInput(
                Problem(
                    file=file,
                    line=line,
                    column=place,
                    wrong=f"The cell is {len(cell):,} characters long.",
                    right=f"At most {MAX_FIELD:,} are read; is a closing quote missing?",
                )
            )


def _text(file: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse(file, "The file is written in UTF-16.", "Save it as 'CSV UTF-8'.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise BadInput(
            Problem(
                file=file,
                line=line,
                column=column,
                wrong=f"The byte 0x{data[error.start]:02X} is not UTF-8.",
                right="Save it as 'CSV UTF-8'.",
            )
        ) from None
    if "\x00" in text:
        _refuse(
            file,
            "The file holds binary data.",
            "A CSV file is plain text; was this exported as CSV?",
            text.count("\n", 0, text.index("\x00")) + 1,
        )
    return text


def _delimiter(text: str) -> str:
    """Take the delimiter that splits the first line into most cells, quotes respected."""
    first = re.split("[\r\n]", text.lstrip("\r\n")[: 64 * 1024], maxsplit=1)[0]
    counts = [len(next(csv.reader([first], delimiter=mark), [])) for mark in _DELIMITERS]
    return _DELIMITERS[counts.index(max(counts))]


def _xlsx(file: str, data: bytes, max_rows: int) -> list[tuple[int, list[str]]]:
    for name, content in archive.members(file, data):
        _check_xml(file, name, content)
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that a CSV file need not pay

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about decoration that it does not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            # A sheet's declared size is only a claim; without it rows are read as they come.
            sheet.reset_dimensions()
            return _sheet_rows(file, sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), max_rows)
    except BadInput:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever its XML happens to break
        _refuse(
            file,
            f"The workbook cannot be read ({type(error).__name__}).",
            "Open it and save it again as .xlsx, or as 'CSV UTF-8'.",
        )


def _check_xml(file: str, name: str, content: bytes) -> None:
    """Refuse what XML can do beyond data: declarations of entities, and encodings that hide them."""
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    head = content[:200].lower()
    encoding = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", head)
    if b"\x00" in content or (encoding and encoding.group(1) not in {b"utf-8", b"us-ascii"}):
        _refuse(file, f"The part '{name}' is not written in UTF-8.", "Save the workbook again as .xlsx.")
    found = re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE)
    if found:
        line = content.count(b"\n", 0, found.start()) + 1
        _refuse(
            file,
            f"The part '{name}' declares entities in line {line}.",
            "A workbook needs none; save it again as .xlsx.",
        )


def _sheet_rows(file: str, rows: Iterator[tuple[object, ...]], max_rows: int) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    width = gap = 0
    for line, row in enumerate(islice(rows, max_rows + MAX_GAP + 2), start=1):
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            gap += 1
            if gap > MAX_GAP:
                _refuse(
                    file,
                    f"There are more than {MAX_GAP:,} empty rows before this one.",
                    "Delete what stands far below the table.",
                    line,
                )
            continue
        gap = 0
        _check_cells(file, line, cells)
        width = width or len(cells)
        cells.extend([""] * (width - len(cells)))
        found.append((line, [clean(cell, MAX_FIELD) for cell in cells]))
        if len(found) > max_rows + 1:
            _refuse(file, f"The table has more than {max_rows:,} rows.", "Split it.", line)
    return found


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def safe_cell(value: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell(" ＠SUM(A1)"), safe_cell("plain")
    ("'=1+1", "' ＠SUM(A1)", 'plain')
    """
    first = value.lstrip(" \n\v\f\u00a0\u3000\u200b\ufeff")[:1]
    if first and (first in _LEADING or unicodedata.normalize("NFKC", first) in _LEADING):
        return "'" + value
    return value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """Write a table as CSV: text guarded by ``safe_cell``, numbers as they are, ``None`` empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe_cell(clean(name, MAX_FIELD)) for name in columns])
    for row in rows:
        writer.writerow(
            [safe_cell(cell) if isinstance(cell, str) else ("" if cell is None else cell) for cell in row]
        )
    return out.getvalue()


def _refuse(file: str, wrong: str, right: str, line: int | None = None) -> NoReturn:
    raise BadInput(Problem(file=file, line=line, wrong=wrong, right=right))
