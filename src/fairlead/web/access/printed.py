"""The policy table in words: for the page in the product and for the chapter of the documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.web.access.rows import COLUMNS, ROWS
from fairlead.web.access.table import Verb, Who

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS: Final = {
    Verb.READ: "r",
    Verb.WRITE: "w",
    Verb.ONCE: "1",
    Verb.COMMENT: "c",
    Verb.SHARED: "s",
    Verb.FIGURES: "f",
    Verb.STATE: "o",
    Verb.METADATA: "m",
    Verb.TECHNICAL: "t",
    Verb.ANSWER: "a",
    Verb.JOB: "j",
}
SHORT: Final = {
    Who.SELF: "self",
    Who.MANAGER: "manager",
    Who.SKIP: "manager's manager",
    Who.COACH: "coach",
    Who.COMMITTEE: "committee",
    Who.PEOPLE_OPERATIONS: "people operations",
    Who.EQUALITY_ANALYST: "equality analyst",
    Who.SYSTEM_ADMIN: "system administrator",
    Who.AUDITOR: "auditor",
    Who.WORKS_COUNCIL: "works council",
}
INTRODUCTION: Final = """\
# Who sees what

<!-- Printed from the policy table: change src/fairlead/web/access/rows.py, then run
     `fairlead-web who_sees_what > docs/who-sees-what.md`. -->

One table decides. Pages, lists, exports and mails ask it. This page is printed from it, and so is the
page *Who sees what* in the product, which marks what you are. An empty cell is a no: the answer is the
same as for something that does not exist.

Roles add up, reach a unit, a round or a person where that is said, and end on a day. Each role takes the
yes of two people, nobody helps themselves to one, and nobody can become somebody else. Two columns are
nearly empty on purpose: a system administrator reads nobody's content, and rank alone opens nothing
personal."""
AS_YOU: Final = {
    Who.SELF: "You",
    Who.MANAGER: "As a manager",
    Who.SKIP: "As a manager's manager",
    **{who: f"As {SHORT[who]}" for who in Who if who.role is not None},
}
HERE, LATER = "In Fairlead today", "Fixed before it is built"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One cell: what it is about, the words, and whether the reader is meant."""

    about: str
    says: str
    you: bool
    as_you: str = "You"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One object or one role with its cells."""

    name: str
    what: str
    lines: tuple[Line, ...]
    you: bool

    @property
    def yours(self) -> tuple[Line, ...]:
        """The cells that are about the reader."""
        return tuple(line for line in self.lines if line.you)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and its pieces."""

    title: str
    says: str
    pieces: tuple[Piece, ...]


def names(mine: Iterable[str]) -> tuple[str, ...]:
    """Name the columns in which the reader stands, beside being a person."""
    return tuple(SHORT[who] for who in COLUMNS if who in set(mine) and who is not Who.SELF)


def by_object(mine: frozenset[str]) -> tuple[Part, ...]:
    """Give every object with whom it is open to; the rest is a no."""

    def pieces(here: bool) -> tuple[Piece, ...]:
        return tuple(
            Piece(
                name=row.name,
                what=row.what,
                lines=tuple(
                    Line(about=who.words, says=row.cells[who].words, you=who in mine, as_you=AS_YOU[who])
                    for who in COLUMNS
                    if who in row.cells
                ),
                you=False,
            )
            for row in ROWS
            if row.here is here
        )

    return (
        Part(
            title=HERE,
            says="Whoever is not named sees nothing, not even that it exists.",
            pieces=pieces(True),
        ),
        Part(title=LATER, says="These rooms do not exist yet. Their rule does.", pieces=pieces(False)),
    )


def by_role(mine: frozenset[str]) -> tuple[Part, ...]:
    """Give every role with what it opens."""
    pieces = tuple(
        Piece(
            name=who.words,
            what="",
            lines=tuple(
                Line(
                    about=row.name,
                    says=row.cells[who].words + ("" if row.here else " (not built yet)"),
                    you=who in mine,
                )
                for row in ROWS
                if who in row.cells
            ),
            you=who in mine,
        )
        for who in COLUMNS
    )
    return (Part(title="Roles", says="Roles add up. What is not listed is not open.", pieces=pieces),)


def markdown() -> str:
    """Give the chapter of the documents."""
    out = [
        *INTRODUCTION.splitlines(),
        "",
        *(f"- **{letter}** {verb.value}" for verb, letter in LETTERS.items()),
        "",
        f"| | {' | '.join(SHORT[who] for who in COLUMNS)} |",
        "|---" * (len(COLUMNS) + 1) + "|",
    ]
    for row in ROWS:
        cells = (
            "".join(LETTERS[v] for v in Verb if v in row.cells[who].verbs) if who in row.cells else ""
            for who in COLUMNS
        )
        out.append(f"| {row.name}{'' if row.here else ' ¹'} | {' | '.join(cells)} |")
    out += ["", "¹ not built yet; the rule is fixed before the room is built.", ""]
    for part in by_object(frozenset()):
        out += [f"## {part.title}", "", part.says, ""]
        for piece in part.pieces:
            out += [f"### {piece.name}", "", piece.what, ""]
            out += [f"- {line.about}: {line.says[:1].lower()}{line.says[1:]}." for line in piece.lines]
            out.append("")
    return "\n".join(out).rstrip() + "\n"
