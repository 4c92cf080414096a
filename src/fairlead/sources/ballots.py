"""Answers with names and a people list become ballots without names, and the organization on one day."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, get_args

from fairlead.core.ballots import Ballot, Question
from fairlead.core.blocks import EVERYBODY, Organization, Team
from fairlead.core.problems import BadInput, Problem
from fairlead.core.released_comments import Choice, Comment
from fairlead.core.roster import plan_roster
from fairlead.sources.answer_tables import MAX_ROWS, PERSON_COLUMNS, read_grouped
from fairlead.sources.files import read_table
from fairlead.sources.roster import read_roster

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairlead.core.roster import RosterRow
    from fairlead.sources.files import Table

MOST_TOLD: Final = 100
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
_OF_PEOPLE: Final = ("unit", "title", "level", "track")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """An organization on one day, and the people who are in it."""

    file: str
    organization: Organization
    people: Mapping[str, RosterRow]
    team_of: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotBox:
    """What was answered, without names, in no order that means anything."""

    questions: tuple[Question, ...]
    ballots: tuple[Ballot, ...]


def read_snapshot(file: str, data: bytes, *, day: date, names: Mapping[str, str] | None = None) -> Snapshot:
    """Read a people list as the organization that it is on one day.

    Raises
    ------
    BadInput
        With every row that cannot be taken: half an organization would give wrong groups.
    """
    read = read_roster(file, data, names=names, today=day)
    if read.needs_mapping or "manager_id" not in read.columns:
        wrong = "The list does not say who is who, or who reports to whom."
        right = "It needs the columns id, name and manager_id. Other names: --map theirs=ours."
        raise BadInput(*read.problems, Problem(file=file, wrong=wrong, right=right))
    planned = plan_roster(
        read.rows, (), file=file, columns=read.columns, complete=True, today=day, places=read.places
    )
    if planned.refused:
        raise BadInput(*planned.refused)
    here = {row.id: row for row in planned.added if row.left is None or row.left > day}
    boss = {row.id: row.manager_id if row.manager_id in here else EVERYBODY for row in here.values()}
    reports: dict[str, list[str]] = {}
    for person, above in boss.items():
        reports.setdefault(above, []).append(person)
    teams = tuple(
        Team(id=head, above=boss[head], members=tuple(members))
        for head, members in reports.items()
        if head != EVERYBODY
    )
    organization = Organization(teams=teams, alone=tuple(reports.get(EVERYBODY, ())))
    return Snapshot(file=file, organization=organization, people=here, team_of=boss)


def read_ballots(
    file: str,
    data: bytes,
    snapshot: Snapshot,
    *,
    items: Sequence[str],
    options: int,
    lowest: int = 1,
    respondent: str = "",
    lens: str = "",
    comments: str = "",
    comment_choice: str = "",
    verbatim: bool = False,
    names: Mapping[str, str] | None = None,
    limit_bytes: int,
) -> BallotBox:
    """Read one row per person, and forget whose row it was.

    Parameters
    ----------
    snapshot
        The organization; people are told by their id or e-mail address in it.
    items, options, lowest
        As :func:`fairlead.sources.answer_tables.read_grouped`; each column is a question.
    respondent
        The column that says whose row it is; one of ``PERSON_COLUMNS`` or ``email`` if none is given.
    lens
        A column of this table, or ``unit``, ``title``, ``level`` or ``track`` of the people list.
    comments
        The column of comments.
    comment_choice, verbatim
        The column that says what the author chose, one of ``CHOICES``; or that all of them were told
        that comments are shown word for word. With neither, comments are held back.
    """
    table = read_table(file, data, names=names, limit_bytes=limit_bytes, max_rows=MAX_ROWS)
    column = _column(table, respondent) if respondent else _person_column(table)
    read = read_grouped(
        file,
        data,
        group=column,
        items=items,
        options=options,
        lowest=lowest,
        names=names,
        limit_bytes=limit_bytes,
    )
    people = _people(table, column, snapshot)
    values = _values(table, lens, people, snapshot)
    written = _comments(table, comments, comment_choice, verbatim=verbatim)
    columns = list(dict.fromkeys(name for scale in read.scales for name in scale.columns))
    highest = lowest + options - 1
    ballots = [
        Ballot(
            team=snapshot.team_of[person],
            answers=tuple(None if one < 0 else one + lowest for one in row),
            lens=value,
            comments=said,
        )
        for person, row, value, said in zip(people, read.answers.tolist(), values, written, strict=True)
    ]
    return BallotBox(
        questions=tuple(Question(id=name, lowest=lowest, highest=highest) for name in columns),
        ballots=tuple(ballots),
    )


def _people(table: Table, column: str, snapshot: Snapshot) -> list[str]:
    """Find everybody in the people list, each once."""
    by_email = {row.email.casefold(): person for person, row in snapshot.people.items() if row.email}
    place = table.columns.index(column) + 1
    first: dict[str, int] = {}
    found: list[str] = []
    problems: list[Problem] = []
    for line, cell in zip(table.lines, table.column(column), strict=True):
        person = cell if cell in snapshot.people else by_email.get(cell.casefold(), "")
        wrong = right = ""
        if not cell:
            wrong, right = "The row does not say whose answers it holds.", "Fill it in, or leave the row out."
        elif not person:
            wrong = f"“{cell[:60]}” is nobody in {snapshot.file} on this day."
            near = get_close_matches(cell, snapshot.people, n=1, cutoff=0.8)
            right = f"Did you mean “{near[0]}”?" if near else "Use the id or the e-mail address."
        elif first.setdefault(person, line) != line:
            wrong = f"“{cell[:60]}” answers again; the first answer is on line {first[person]}."
            right = "Keep one row for each person."
        if wrong:
            problems.append(Problem(file=table.file, line=line, column=place, wrong=wrong, right=right))
        found.append(person)
    if problems:
        raise BadInput(*problems[:MOST_TOLD])
    return found


def _values(table: Table, lens: str, people: Sequence[str], snapshot: Snapshot) -> Sequence[str]:
    if not lens:
        return [""] * len(people)
    right = "Fill it in, or leave --lens out."
    if lens not in table.columns and lens in _OF_PEOPLE:
        found = [str(getattr(snapshot.people[person], lens)) for person in people]
        if not any(found):
            wrong = f"Nobody who answered has anything under “{lens}”."
            raise BadInput(Problem(file=snapshot.file, wrong=wrong, right=right))
        return found
    name = _column(table, lens)
    cells = table.column(name)
    if cells and not any(cells):
        raise BadInput(_of_column(table, name, f"The column “{name}” is empty.", right))
    return cells


def _comments(table: Table, column: str, choice: str, *, verbatim: bool) -> list[tuple[Comment, ...]]:
    """Give each row's comment with what its author chose."""
    if not column:
        return [()] * len(table)
    texts = table.column(_column(table, column))
    if not choice:
        return [(Comment(text, unasked=not verbatim),) if text else () for text in texts]
    name = _column(table, choice)
    found: list[tuple[Comment, ...]] = []
    problems: list[Problem] = []
    for line, text, cell in zip(table.lines, texts, table.column(name), strict=True):
        chosen = next((one for one in CHOICES if one == cell.casefold()), None)
        if text and chosen is None:
            wrong = f"“{name}” is “{cell[:60]}”." if cell else f"“{name}” is empty beside a comment."
            place = table.columns.index(name) + 1
            right = f"It should be {', '.join(CHOICES[:-1])} or {CHOICES[-1]}."
            problems.append(Problem(file=table.file, line=line, column=place, wrong=wrong, right=right))
        found.append((Comment(text, chosen),) if text and chosen else ())
    if problems:
        raise BadInput(*problems[:MOST_TOLD])
    return found


def _of_column(table: Table, name: str, wrong: str, right: str) -> Problem:
    place = table.columns.index(name) + 1
    return Problem(file=table.file, line=table.header_line, column=place, wrong=wrong, right=right)


def _person_column(table: Table) -> str:
    folded = {name.casefold(): name for name in table.columns}
    found = next((folded[name] for name in (*PERSON_COLUMNS, "email") if name in folded), "")
    if not found:
        wrong = "No column says whose answers a row holds."
        raise BadInput(
            Problem(
                file=table.file, line=table.header_line, wrong=wrong, right="Name it: --respondent COLUMN."
            )
        )
    return found


def _column(table: Table, wanted: str) -> str:
    if wanted in table.columns:
        return wanted
    folded = {name.casefold(): name for name in table.columns}
    if wanted.casefold() in folded:
        return folded[wanted.casefold()]
    near = get_close_matches(wanted.casefold(), folded, n=1)
    listed = ", ".join(table.columns[:20])
    right = f"Did you mean “{folded[near[0]]}”?" if near else f"The columns are {listed}."
    wrong = f"There is no column “{wanted[:60]}”."
    raise BadInput(Problem(file=table.file, line=table.header_line, wrong=wrong, right=right))
