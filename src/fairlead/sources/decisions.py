"""Tables of decisions, one row per person and round: who came how far, and what each states of themselves."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.decisions import Attribute, Decisions, attribute
from fairlead.core.impact_shown import UNNAMED
from fairlead.core.problems import BadInput, Problem
from fairlead.sources.files import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.sources.files import Table

MAX_ROWS: Final = 2_000_000
MOST_TOLD: Final = 100
MOST_VALUES: Final = 60
"""Different values of a column of groups; more mean that it is another column."""

MOST_STRATA: Final = 5_000
MOST_PEOPLE: Final = 20_000_000
ABOVE_MEDIAN: Final = "score above the median"

YES: Final = frozenset(
    {"1", "yes", "y", "true", "t", "selected", "promoted", "hired", "pass", "passed", "x", "ja", "j", "wahr"}
)
NO: Final = frozenset(
    {"0", "no", "n", "false", "f", "not selected", "not promoted", "rejected", "fail", "failed", "-", "nein",
     "falsch"}
)  # fmt: skip
UNSTATED: Final = frozenset(
    {"", "na", "n/a", "not stated", "unknown", "prefer not to say", "decline to state", "declined to state",
     "not specified", "keine angabe", "k. a.", "k.a."}
)  # fmt: skip
"""Cells that say that somebody does not state it; they are counted as such, never filled in."""


def read_decisions(
    file: str,
    data: bytes,
    *,
    groups: Sequence[str],
    selected: Sequence[str] = (),
    score: str = "",
    by: str = "",
    rounds: str = "",
    person: str = "",
    count: str = "",
    yes: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
    limit_bytes: int,
) -> Decisions:
    """Read a table of decisions, or raise :class:`BadInput` with every problem placed.

    Parameters
    ----------
    groups
        One or two columns of what people state of themselves.
    selected
        Columns of the steps in their order, yes or no; empty means that it was not decided. After a no
        nothing more stands.
    score
        Instead of steps a column of numbers: who is above the median of all counts as selected, as New
        York's rule has it.
    by, rounds, person, count
        Columns of the unit or level, the round, the person, and of how many people a row stands for.
    yes
        Words that mean selected; every other word is then a no.
    names
        Their column name to ours.
    """
    table = read_table(file, data, names=names, limit_bytes=limit_bytes, max_rows=MAX_ROWS)
    used: dict[str, str] = {}
    group_columns = [_used(table, name, "group", used) for name in groups]
    step_columns = [_used(table, name, "step", used) for name in selected]
    score_column = _used(table, score, "score", used) if score else ""
    by_column = _used(table, by, "unit or level", used) if by else ""
    round_column = _used(table, rounds, "round", used) if rounds else ""
    person_column = _used(table, person, "person", used) if person else ""
    count_column = _used(table, count, "count", used) if count else ""
    if not len(table):
        raise BadInput(
            Problem(file=file, line=table.header_line, wrong="There is no decision.", right="Add a row each.")
        )
    problems: list[Problem] = []
    scores: NDArray[np.float64] | None = None
    if score_column:
        scores = _scores(table, score_column, problems)
        steps, (passed, is_open) = [ABOVE_MEDIAN], _above_median(scores)
    else:
        steps, (passed, is_open) = step_columns, _steps(table, step_columns, yes, problems)
    times = _counts(table, count_column, problems) if count_column else None
    attributes = [_groups(table, name, problems) for name in group_columns]
    strata = _column(table, by_column, MOST_STRATA, "unit or level", problems) if by_column else None
    in_round = _rounds(table, round_column, problems) if round_column else None
    if person_column:
        _refuse_twice(table, person_column, round_column, problems)
    if problems:
        raise BadInput(*sorted(problems, key=lambda one: (one.line or 0, one.column or 0)))
    made = Decisions(
        steps=tuple(steps), passed=passed, open=is_open, attributes=tuple(attributes), strata=strata,
        rounds=in_round,
        scores=scores,
    )  # fmt: skip
    return made if times is None else _repeated(made, times)


def _used(table: Table, wanted: str, use: str, used: dict[str, str]) -> str:
    """Find a column by its name, whatever its capitals, and see that it is used for one thing."""
    found = wanted if wanted in table.columns else ""
    folded = {name.casefold(): name for name in table.columns}
    found = found or folded.get(wanted.casefold(), "")
    if not found:
        near = [folded[one] for one in get_close_matches(wanted.casefold(), folded, n=1)]
        listed = ", ".join(table.columns[:20]) + (" …" if len(table.columns) > 20 else "")
        wrong = f"There is no column “{_shown(wanted)}”."
        if near:
            raise BadInput(_at_header(table, near[0], wrong, f"Did you mean “{near[0]}”?"))
        raise BadInput(
            Problem(file=table.file, line=table.header_line, wrong=wrong, right=f"The columns are {listed}.")
        )
    if found in used:
        wrong = f"“{found}” is used twice, as {used[found]} and as {use}."
        raise BadInput(_at_header(table, found, wrong, "Use each column for one thing."))
    used[found] = use
    return found


def _steps(
    table: Table, columns: Sequence[str], yes: Sequence[str], problems: list[Problem]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Read how many steps each row passed, and whether the next one is not decided."""
    codes = np.column_stack([_yes_or_no(table, name, yes, problems) for name in columns])
    passed = np.zeros(len(table), dtype=np.int64)
    going = np.ones(len(table), dtype=bool)
    is_open = np.zeros(len(table), dtype=bool)
    for place, name in enumerate(columns):
        code = codes[:, place]
        for row in islice(np.flatnonzero(~going & (code >= 0)), MOST_TOLD):
            before = columns[int(passed[row])]
            problems.append(
                _at(
                    table, int(row), name,
                    f"“{name}” is decided, but “{before}” before it is {'open' if is_open[row] else 'a no'}.",
                    "Leave the later steps empty, or mend the earlier one.",
                )
            )  # fmt: skip
        is_open |= going & (code < 0)
        going &= code == 1
        passed += going
    return passed, is_open


def _yes_or_no(table: Table, name: str, yes: Sequence[str], problems: list[Problem]) -> NDArray[np.int64]:
    """Read a column of yes and no: 1, 0, and -1 for an empty cell."""
    cells = table.column(name)
    known = {cell: _code(cell, frozenset(word.strip().casefold() for word in yes)) for cell in set(cells)}
    rows = islice((row for row, cell in enumerate(cells) if known[cell] is None), MOST_TOLD)
    problems += [
        _at(
            table, row, name, f"“{name}” is “{_shown(cells[row])}”.",
            "It should be yes or no (1 or 0), or empty where nothing was decided. Other words: --yes WORD.",
        )
        for row in rows
    ]  # fmt: skip
    return np.fromiter((-1 if known[cell] is None else known[cell] for cell in cells), np.int64, len(cells))


def _code(cell: str, yes: frozenset[str]) -> int | None:
    word = cell.strip().casefold().removesuffix(".0")
    if word in {"", "na", "n/a"}:
        return -1
    if yes:
        return int(word in yes)
    return 1 if word in YES else (0 if word in NO else None)


def _scores(table: Table, name: str, problems: list[Problem]) -> NDArray[np.float64]:
    """Read numbers; an empty cell was not scored."""
    numbers = np.full(len(table), np.nan)
    for row, cell in enumerate(table.column(name)):
        if cell.strip().casefold() in {"", "na", "n/a"}:
            continue
        number = _number(cell)
        if number is not None:
            numbers[row] = number
        elif len(problems) < MOST_TOLD:
            wrong = f"“{name}” is “{_shown(cell)}”."
            problems.append(_at(table, row, name, wrong, "It should be a number like 12 or 12.5."))
    return numbers


def _above_median(scores: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Say who scored above the median of all, strictly, and who was not scored."""
    scored = ~np.isnan(scores)
    median = float(np.median(scores[scored])) if scored.any() else 0.0
    return (scored & (np.where(scored, scores, 0.0) > median)).astype(np.int64), ~scored


def _number(cell: str) -> float | None:
    text = cell.strip()
    if not re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,15})?", text, re.ASCII):
        return None
    return float(text.replace(",", "."))


def _counts(table: Table, name: str, problems: list[Problem]) -> NDArray[np.int64]:
    found = np.zeros(len(table), dtype=np.int64)
    for row, cell in enumerate(table.column(name)):
        text = cell.strip().removesuffix(".0")
        if re.fullmatch(r"\d{1,8}", text, re.ASCII):
            found[row] = int(text)
        elif len(problems) < MOST_TOLD:
            wrong = f"“{name}” is “{_shown(cell)}”."
            problems.append(_at(table, row, name, wrong, "It should be a whole number of people, 0 or more."))
    if int(found.sum()) > MOST_PEOPLE:
        wrong = f"“{name}” counts {int(found.sum()):,} people."
        problems.append(_at_header(table, name, wrong, f"At most {MOST_PEOPLE:,} are read."))
    return found


def _groups(table: Table, name: str, problems: list[Problem]) -> Attribute:
    cells = table.column(name)
    stated = ["" if cell.casefold() in UNSTATED else cell for cell in cells]
    return _limited(table, name, stated, MOST_VALUES, "groups", problems)


def _column(table: Table, name: str, most: int, use: str, problems: list[Problem]) -> Attribute:
    words = ["" if cell == UNNAMED else cell for cell in table.column(name)]
    return _limited(table, name, words, most, use, problems)


def _limited(
    table: Table, name: str, words: list[str], most: int, use: str, problems: list[Problem]
) -> Attribute:
    different = len({word for word in words if word})
    if different > most:
        wrong = f"“{name}” has {different:,} different values."
        right = f"At most {most:,} are read as {use}; is it the right column?"
        problems.append(_at_header(table, name, wrong, right))
        return attribute(name, [""] * len(words))
    return attribute(name, words)


def _rounds(table: Table, name: str, problems: list[Problem]) -> Attribute:
    """Read the rounds; they stand in the order of their names, numbers as numbers (2025-2 before 2025-10)."""
    cells = table.column(name)
    empty = islice((row for row, cell in enumerate(cells) if not cell), MOST_TOLD)
    problems += [
        _at(table, row, name, "The round is empty.", "Every row belongs to a round.") for row in empty
    ]
    found = _column(table, name, MOST_STRATA, "rounds", problems)
    order = sorted(range(len(found.values)), key=lambda place: _natural(found.values[place]))
    place_of = np.empty(len(order), dtype=np.int64)
    place_of[order] = np.arange(len(order))
    of = np.where(found.of >= 0, place_of[found.of], -1) if order else found.of
    return Attribute(name=name, values=tuple(found.values[place] for place in order), of=of)


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"([0-9]{1,18})", text.casefold())
    return tuple((0, int(part), "") if number % 2 else (1, 0, part) for number, part in enumerate(parts))


def _refuse_twice(table: Table, person: str, rounds: str, problems: list[Problem]) -> None:
    first: dict[tuple[str, str], int] = {}
    in_round = table.column(rounds) if rounds else ("",) * len(table)
    told = 0
    for row, key in enumerate(zip(table.column(person), in_round, strict=True)):
        if not key[0]:
            continue
        before = first.setdefault(key, row)
        if before != row and told < MOST_TOLD:
            told += 1
            wrong = f"“{_shown(key[0])}” is decided on again; the first row is line {table.lines[before]}."
            right = "Keep one row for each person" + (" and round." if rounds else ", or name the --round.")
            problems.append(_at(table, row, person, wrong, right))


def _repeated(made: Decisions, times: NDArray[np.int64]) -> Decisions:
    def each(one: Attribute) -> Attribute:
        return Attribute(name=one.name, values=one.values, of=np.repeat(one.of, times))

    return Decisions(
        steps=made.steps,
        passed=np.repeat(made.passed, times),
        open=np.repeat(made.open, times),
        attributes=tuple(each(one) for one in made.attributes),
        strata=each(made.strata) if made.strata is not None else None,
        rounds=each(made.rounds) if made.rounds is not None else None,
        scores=None if made.scores is None else np.repeat(made.scores, times),
    )


def _at(table: Table, row: int, column: str, wrong: str, right: str) -> Problem:
    place = table.columns.index(column) + 1
    return Problem(file=table.file, line=table.lines[row], column=place, wrong=wrong, right=right)


def _at_header(table: Table, column: str, wrong: str, right: str) -> Problem:
    place = table.columns.index(column) + 1
    return Problem(file=table.file, line=table.header_line, column=place, wrong=wrong, right=right)


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
