"""A file given to a check, and what was found in it: as a terminal page, JSON, a table and a report."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.framework import Framework
    from fairlead.core.problems import Problem
    from fairlead.library.schema import Instrument
    from fairlead.render.content import Block, Report
    from fairlead.sources.framework_rules import FrameworkRead

COLUMNS: Final = ("file", "kind", "part", "name", "value", "line", "column")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One file as given, with what the other files and the options of the call may add to it."""

    name: str
    data: bytes
    limit_bytes: int
    instruments: Mapping[str, Instrument]
    names: Mapping[str, str]
    frameworks: dict[str, Framework]
    read: list[FrameworkRead]
    people: set[str]
    tables: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one file is: its kind in words, numbers by name, sentences, and what is wrong.

    ``mapping`` says of each column of a people list what it was taken for, ``""`` if for nothing.
    """

    file: str
    kind: str
    numbers: tuple[tuple[str, str | int | float | None], ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()


def rows(found: Sequence[Found]) -> list[Sequence[str | float | None]]:
    """Give one row per number, note and problem, under a row of column names."""
    table: list[Sequence[str | float | None]] = [COLUMNS]
    for one in found:
        table += [(one.file, one.kind, "found", name, value, None, None) for name, value in one.numbers]
        table += [(one.file, one.kind, "column", theirs, ours, None, None) for theirs, ours in one.mapping]
        table += [(one.file, one.kind, "note", "", note, None, None) for note in one.notes]
        table += [
            (one.file, one.kind, "problem", problem.wrong, problem.right, problem.line, problem.column)
            for problem in one.problems
        ]
    return table


def report(found: Sequence[Found]) -> Report:
    """Lay out what was found, file by file."""
    from fairlead.render.content import Bullets, Grid, Report, Section, Text

    sections = []
    for number, one in enumerate(found, start=1):
        blocks: list[Block] = [Text("No problem found." if not one.problems else "")]
        if one.problems:
            blocks = [Bullets(tuple(_without_file(problem, one.file) for problem in one.problems))]
        if one.numbers:
            facts = tuple((name.replace("_", " "), _shown(value)) for name, value in one.numbers)
            blocks.append(Grid("What was found", ("Number", "Value"), facts))
        if one.notes:
            blocks.append(Bullets(one.notes))
        sections.append(Section(f"file-{number}", f"{one.file}: {one.kind}", tuple(blocks)))
    wrong = sum(bool(one.problems) for one in found)
    lead = (
        f"{len(found)} checked, {wrong} with problems."
        if wrong
        else f"{len(found)} checked, no problem found."
    )
    return Report("Files checked", lead, tuple(sections))


def as_json(found: Sequence[Found]) -> str:
    """Write what was found as JSON."""
    files = [
        {
            "file": one.file,
            "kind": one.kind,
            "ok": not one.problems,
            "found": dict(one.numbers),
            "notes": list(one.notes),
            "problems": [asdict(problem) for problem in one.problems],
        }
        | (
            {"mapping": [{"theirs": theirs, "ours": ours or None} for theirs, ours in one.mapping]}
            if one.mapping
            else {}
        )
        for one in found
    ]
    result = {"ok": not any(one.problems for one in found), "files": files}
    return json.dumps(result, indent=2, ensure_ascii=not _unicode_output(), allow_nan=False)


def _unicode_output() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def as_page(found: Sequence[Found]) -> str:
    """Write what was found for a terminal."""
    return "\n\n".join("\n".join(_lines(one)) for one in found)


def _lines(one: Found) -> list[str]:
    lines = [f"{one.file}: {one.kind}"]
    lines += [f"  {name.replace('_', ' ')}: {_shown(value)}" for name, value in one.numbers]
    lines += [f"  note: {note}" for note in one.notes]
    lines += [f"  problem: {_without_file(problem, one.file)}" for problem in one.problems]
    if not one.problems:
        lines.append("  No problem found.")
    return lines


def _without_file(problem: Problem, file: str) -> str:
    """Say the problem without the name that stands above it already; a member of a zip keeps its own."""
    said = str(problem)
    return said.removeprefix(f"{file}, ").removeprefix(f"{file}: ")


def _shown(value: str | float | None) -> str:
    if value is None:
        return "not known"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
