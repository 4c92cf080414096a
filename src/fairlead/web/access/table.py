"""The policy table: which object, which role, which verb, and under which condition, in words.

It is the only place. ``permissions`` derives who may from it, the page "Who sees what" and its
chapter in the documents are printed from it, and tests walk every address against it. A cell that
is not here is a no. Rows of rooms that do not exist yet are here too: a room is built to its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from fairlead.web.grants.models import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Who(StrEnum):
    """Whom a column is about: the first three follow from object and roster, the others are granted."""

    SELF = "self"
    MANAGER = "manager"
    SKIP = "skip"
    COACH = "coach"
    COMMITTEE = "committee"
    PEOPLE_OPERATIONS = "people_operations"
    EQUALITY_ANALYST = "equality_analyst"
    SYSTEM_ADMIN = "system_admin"
    AUDITOR = "auditor"
    WORKS_COUNCIL = "works_council"

    @property
    def role(self) -> Role | None:
        """Give the role that is granted, or nothing for a relation."""
        return Role(self.value) if self.value in Role.values else None

    @property
    def words(self) -> str:
        """Give the name people read."""
        return _WORDS.get(self) or Role(self.value).label


E, M, S, K, C = Who.SELF, Who.MANAGER, Who.SKIP, Who.COACH, Who.COMMITTEE
P, Q, A, U, W = (
    Who.PEOPLE_OPERATIONS,
    Who.EQUALITY_ANALYST,
    Who.SYSTEM_ADMIN,
    Who.AUDITOR,
    Who.WORKS_COUNCIL,
)
"""The columns of the table by the letters of the promise."""


_WORDS: Final = {
    Who.SELF: "The person themselves",
    Who.MANAGER: "Their manager",
    Who.SKIP: "Their manager's manager",
}


class Verb(StrEnum):
    """What may be done with an object."""

    READ = "reads"
    WRITE = "changes"
    ONCE = "writes once, never reads back"
    COMMENT = "comments"
    SHARED = "reads only what was shared with them"
    FIGURES = "reads released figures"
    STATE = "sees how far it is, no content"
    METADATA = "reads who, when and which; never content"
    TECHNICAL = "sees what running it needs; never content"
    ANSWER = "answers"
    JOB = "uses it in one calculation, never reads it"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column may do with one object, and under which condition."""

    verbs: frozenset[Verb]
    when: str = ""

    @property
    def words(self) -> str:
        """Say it as people read it: the verbs, then the condition."""
        said = " and ".join(verb.value for verb in Verb if verb in self.verbs)
        said = said[:1].upper() + said[1:]
        return f"{said}: {self.when}" if self.when else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """One row: a kind of thing, what it is, whether the room that holds it exists yet, and its cells."""

    key: str
    name: str
    what: str
    cells: Mapping[Who, Cell] = field(default_factory=dict)
    here: bool = False

    def allows(self, who: Who, verb: Verb) -> bool:
        """Say whether the column may; to change a thing is to read it too only where the cell says so."""
        cell = self.cells.get(who)
        return cell is not None and verb in cell.verbs

    def roles(self, verb: Verb) -> frozenset[Role]:
        """Give the granted roles that may."""
        return frozenset(who.role for who in self.cells if who.role is not None and self.allows(who, verb))


def _may(*verbs: Verb, when: str = "") -> Cell:
    return Cell(frozenset(verbs), when)


def r(when: str = "") -> Cell:
    """Say that it is read."""
    return _may(Verb.READ, when=when)


def rw(when: str = "") -> Cell:
    """Say that it is read and changed."""
    return _may(Verb.READ, Verb.WRITE, when=when)


def shared(when: str = "") -> Cell:
    """Say that a share of it is read."""
    return _may(Verb.SHARED, when=when)


def figures(when: str = "") -> Cell:
    """Say that released figures are read."""
    return _may(Verb.FIGURES, when=when)


def state(when: str = "") -> Cell:
    """Say that its state is seen."""
    return _may(Verb.STATE, when=when)


def metadata(when: str = "") -> Cell:
    """Say that it is read who, when and which."""
    return _may(Verb.METADATA, when=when)


def technical(when: str = "") -> Cell:
    """Say that what running the house needs is seen."""
    return _may(Verb.TECHNICAL, when=when)
