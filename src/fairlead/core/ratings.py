"""Ratings that people gave: who was rated, by whom, on which criterion, with how many points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

MOST_POINTS: Final = 20
"""Most different scores that are taken for one rating scale."""

COLUMNS: Final = ("ratee", "rater", "criterion", "score")
"""Columns of the long table; ``criterion`` may be absent where there is only one."""

ONE_CRITERION: Final = "rating"
"""Name of the only criterion of a table that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Ratings of one round, one row each, in order of ratee, rater and criterion, none twice.

    Parameters
    ----------
    ratees, raters, criteria
        Names, each once; the arrays hold places in these.
    ratee, rater, criterion
        int32, one entry per rating.
    score
        int32 whole numbers as they were given.
    lowest, highest
        Ends of the scale that raters were offered; ``None`` where nobody said: then the lowest and the
        highest score that was given stand for them.
    source
        Name of the file, for messages; never a path.
    notes
        What the reader left out, in sentences.

    Raises
    ------
    BadInput
        Where there is no rating, a score lies outside the scale, or somebody rates the same person
        twice on one criterion.

    Examples
    --------
    >>> ratings = Ratings.from_rows([("Ada", "Bo", "craft", 4), ("Ada", "Cy", "craft", 3)])
    >>> len(ratings), ratings.raters, ratings.score.tolist()
    (2, ('Bo', 'Cy'), [4, 3])
    """

    ratees: tuple[str, ...]
    raters: tuple[str, ...]
    criteria: tuple[str, ...]
    ratee: NDArray[np.int32]
    rater: NDArray[np.int32]
    criterion: NDArray[np.int32]
    score: NDArray[np.int32]
    lowest: int | None = None
    highest: int | None = None
    source: str = "ratings"
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Put the rows into order and check them once."""
        if len({len(self.ratee), len(self.rater), len(self.criterion), len(self.score)}) != 1:
            raise ValueError("Ratings: the columns differ in length")
        if not len(self.score):
            raise _bad(
                self.source, "There is no rating.", "One row per rating: ratee, rater, criterion, score."
            )
        key = self._keys()
        if np.any(key[1:] < key[:-1]):
            order = np.argsort(key, kind="stable")
            key = key[order]
            for name in COLUMNS:
                object.__setattr__(self, name, np.ascontiguousarray(getattr(self, name)[order]))
        for name in COLUMNS:
            object.__setattr__(self, name, getattr(self, name).astype(np.int32, copy=False))
        self._refuse(key)

    def __len__(self) -> int:
        return len(self.score)

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest point of the scale."""
        low = int(self.score.min()) if self.lowest is None else self.lowest
        high = int(self.score.max()) if self.highest is None else self.highest
        return low, high

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[str, str, str, int]],
        *,
        lowest: int | None = None,
        highest: int | None = None,
        source: str = "ratings",
    ) -> Ratings:
        """Make the table from ``(ratee, rater, criterion, score)``; names keep the order of the alphabet."""
        given = list(rows)
        columns: list[Sequence[Any]] = [list(column) for column in zip(*given, strict=True)] or [[]] * 4
        return cls.from_columns(
            columns[0], columns[1], columns[2], columns[3], lowest=lowest, highest=highest, source=source
        )

    @classmethod
    def from_columns(
        cls,
        ratee: Sequence[str],
        rater: Sequence[str],
        criterion: Sequence[str],
        score: Sequence[int],
        *,
        lowest: int | None = None,
        highest: int | None = None,
        source: str = "ratings",
        notes: tuple[str, ...] = (),
    ) -> Ratings:
        """Make the table from four columns of the same length."""
        named = [_places(column) for column in (ratee, rater, criterion)]
        return cls(
            ratees=named[0][0],
            raters=named[1][0],
            criteria=named[2][0],
            ratee=named[0][1],
            rater=named[1][1],
            criterion=named[2][1],
            score=_whole(score, source),
            lowest=lowest,
            highest=highest,
            source=source,
            notes=notes,
        )

    @classmethod
    def from_frame(cls, frame: Any, *, lowest: int | None = None, highest: int | None = None) -> Ratings:
        """Make the table from a polars, pandas or Arrow frame with the columns of :data:`COLUMNS`."""
        import narwhals as nw  # noqa: PLC0415 - a sixth of a second that a table without frames need not pay

        table = nw.from_native(frame, eager_only=True)
        missing = [name for name in ("ratee", "rater", "score") if name not in table.columns]
        if missing:
            right = f"The table needs the columns {', '.join(COLUMNS)}."
            raise _bad("ratings", f"There is no column “{missing[0]}”.", right)
        criterion = (
            [str(cell) for cell in table["criterion"].to_list()]
            if "criterion" in table.columns
            else [ONE_CRITERION] * len(table)
        )
        return cls.from_columns(
            [str(cell) for cell in table["ratee"].to_list()],
            [str(cell) for cell in table["rater"].to_list()],
            criterion,
            table["score"].to_list(),
            lowest=lowest,
            highest=highest,
        )

    def _keys(self) -> NDArray[np.int64]:
        key = self.ratee.astype(np.int64) * len(self.raters) + self.rater
        return key * len(self.criteria) + self.criterion

    def _refuse(self, key: NDArray[np.int64]) -> None:
        low, high = self.ends
        outside = np.flatnonzero((self.score < low) | (self.score > high))
        if outside.size:
            row = int(outside[0])
            wrong = f"{self._row(row)} has the score {int(self.score[row])}."
            raise _bad(self.source, wrong, f"The scale goes from {low} to {high}.")
        twice = np.flatnonzero(key[1:] == key[:-1])
        if twice.size:
            wrong = f"{self._row(int(twice[0]))} comes twice."
            raise _bad(self.source, wrong, "Keep one score for each person, rater and criterion.")

    def _row(self, row: int) -> str:
        names = (
            self.raters[self.rater[row]],
            self.ratees[self.ratee[row]],
            self.criteria[self.criterion[row]],
        )
        return "The rating by “{}” of “{}” on “{}”".format(*names)


def _whole(score: Sequence[int], source: str) -> NDArray[np.int32]:
    given = np.asarray(score, dtype=np.float64)
    wrong = np.flatnonzero(~np.isfinite(given) | (given != np.round(given)) | (np.abs(given) > 2**30))
    if wrong.size:
        row = int(wrong[0])
        raise _bad(source, f"Score number {row + 1} is {score[row]}.", "A score is a whole number.")
    return given.astype(np.int32)


def _places(column: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    names = tuple(sorted(set(column)))
    place = {name: number for number, name in enumerate(names)}
    return names, np.fromiter((place[name] for name in column), dtype=np.int32, count=len(column))


def _bad(file: str, wrong: str, right: str) -> BadInput:
    return BadInput(Problem(file=file, wrong=wrong, right=right))
