"""The decisions of a round as a table: who came how far, and what each of them says of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.lens_cut import NOT_STATED
from fairlead.core.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ("JOINED_BY", "NOT_STATED", "Attribute", "Decisions", "attribute", "crossed")

JOINED_BY: Final = ", "
"""Between two self-stated attributes taken together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One column of words: its ``values``, and for each row the place of its value, -1 for not stated."""

    name: str
    values: tuple[str, ...]
    of: NDArray[np.int64]

    def __post_init__(self) -> None:
        if len(self.of) and not (int(self.of.min()) >= -1 and int(self.of.max()) < len(self.values)):
            raise TableError(f"{self.name}: a row has a value that is not in the list of values")
        if len(set(self.values)) != len(self.values):
            raise TableError(f"{self.name}: a value comes twice")


def attribute(name: str, words: Sequence[str]) -> Attribute:
    """Make an attribute of words, one a row; an empty one is not stated.

    Values stand in order of the alphabet.

    Examples
    --------
    >>> made = attribute("sex", ["woman", "", "man"])
    >>> made.values, made.of.tolist()
    (('man', 'woman'), [1, -1, 0])
    """
    values = tuple(sorted({word for word in words if word}))
    place = {value: number for number, value in enumerate(values)}
    of = np.fromiter((place.get(word, -1) for word in words), dtype=np.int64, count=len(words))
    return Attribute(name=name, values=values, of=of)


def crossed(first: Attribute, second: Attribute) -> Attribute:
    """Take two attributes together; who has not stated one of them has not stated both.

    Examples
    --------
    >>> both = crossed(attribute("sex", ["woman", "man", "woman"]), attribute("age", ["50+", "50+", ""]))
    >>> both.name, both.values, both.of.tolist()
    ('sex, age', ('man, 50+', 'woman, 50+'), [1, 0, -1])
    """
    words = [
        first.values[a] + JOINED_BY + second.values[b] if a >= 0 and b >= 0 else ""
        for a, b in zip(first.of.tolist(), second.of.tolist(), strict=True)
    ]
    return attribute(first.name + JOINED_BY + second.name, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Who came how far in one or several rounds; a row is one person in one round.

    Parameters
    ----------
    steps
        Names of the steps in their order; at least one.
    passed
        For each row how many steps it passed, 0 to ``len(steps)``.
    open
        For each row whether the next step was not decided: withdrawn, still waiting, never asked.
    attributes
        What people say of themselves, at least one. Never guessed, never filled in.
    strata
        What the rows are compared within (unit, level), or ``None``.
    rounds
        The round of each row, its values in order of time, or ``None``.
    scores
        A score of each row, NaN where there is none; ``None`` where the decisions are no scores.

    Raises
    ------
    TableError
        When columns have different lengths, or a row passed more steps than there are.
    """

    steps: tuple[str, ...]
    passed: NDArray[np.int64]
    open: NDArray[np.bool_]
    attributes: tuple[Attribute, ...]
    strata: Attribute | None = None
    rounds: Attribute | None = None
    scores: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        """Check lengths and ranges once."""
        if not self.steps or not self.attributes:
            raise TableError("Decisions: at least one step and one attribute are needed")
        columns = [one.of for one in (*self.attributes, self.strata, self.rounds) if one is not None]
        if any(len(column) != len(self.passed) for column in (self.open, *columns)):
            raise TableError("Decisions: the columns have different lengths")
        if len(self.passed) and not 0 <= int(self.passed.min()) <= int(self.passed.max()) <= len(self.steps):
            raise TableError("Decisions: a row passed more steps than there are")
        if np.any(self.open & (self.passed == len(self.steps))):
            raise TableError("Decisions: a row passed every step and waits for another")

    def __len__(self) -> int:
        return len(self.passed)

    def entered(self, step: int) -> NDArray[np.bool_]:
        """Say which rows were decided on at a step (from 0)."""
        return np.asarray((self.passed > step) | ((self.passed == step) & ~self.open))

    def selected(self, step: int) -> NDArray[np.bool_]:
        """Say which rows passed a step (from 0)."""
        return np.asarray(self.passed > step)

    def waiting(self, step: int) -> NDArray[np.bool_]:
        """Say which rows reached a step (from 0) and were not decided on."""
        return np.asarray((self.passed == step) & self.open)

    def whole(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Say who was decided on from the first step to the end, and who of them passed every step."""
        return ~self.open, np.asarray(self.passed == len(self.steps))
