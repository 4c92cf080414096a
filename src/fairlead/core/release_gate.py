"""The gate: before anything is published, everything published is attacked; what gives way is refused.

It knows nothing of how the figures were made. It gets the people behind each of them and what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.alike import leaves, sayable
from fairlead.core.ballots import FLOOR
from fairlead.core.crossing import Sum, fewest_possible, groups
from fairlead.core.lens_cut import minimum_cut
from fairlead.core.notches import Known, narrowed, place, possible, spare, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.notches import Shown

P: Final = 2**31 - 1
"""Ranks are computed modulo this prime, so that no rounding can hide a dependence."""

MOST_RANKED: Final = 150
"""Up to so many groups of people the rank is computed; above, disjoint groups are the proof alone."""


class UnsafeReleaseError(Exception):
    """A release that could tell something about fewer people than promised; nothing is published."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Draft:
    """One figure before the gate: what it is called, the rows of the people behind it, what is shown.

    ``before`` is the figure that was shown of them last, ``moved`` how many came or left since, ``held``
    whether it is shown again; ``agreement`` the word beside a new one.
    """

    name: str
    lens: bool
    rows: NDArray[np.int64]
    low: int
    high: int
    shown: Shown
    held: bool = False
    before: Shown | None = None
    moved: int = 0
    agreement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the gate found.

    ``figures`` were attacked, ``groups`` is the number of groups that no combination of them can
    divide, ``smallest`` the fewest people on whom any combination depends, ``rank`` the number of
    independent sums (of the first question; ``None`` where there were too many to compute it),
    ``fewest_possible`` how many options every single answer can still have at least.
    """

    passed: bool
    k: int
    figures: int
    groups: int
    smallest: int | None
    rank: int | None
    lens_cut: int | None
    fewest_possible: int | None
    checks: tuple[str, ...]


def smallest_support(
    figures: Sequence[tuple[bool, NDArray[np.int64]]], people: int
) -> tuple[int | None, int | None, int]:
    """Find the fewest people on whom any combination of sums depends.

    Parameters
    ----------
    figures
        For each sum whether it is one of a lens, and the rows of the people in it.
    people
        How many rows there are.

    Returns
    -------
    smallest, cut, groups
        The fewest people; the minimum cut where there is a lens; the number of groups. Without a
        figure ``smallest`` is ``None``.

    Examples
    --------
    >>> smallest_support([(False, np.arange(12)), (False, np.arange(11))], 12)
    (1, None, 2)
    """
    parted = groups([rows for lens, rows in figures if not lens], people)
    smallest = int(parted.sizes.min()) if len(parted.sizes) else None
    values = groups([rows for lens, rows in figures if lens], people)
    if not len(values.sizes):
        return smallest, None, len(parted.sizes)
    # Whoever is in no figure of one kind is a group of its own: the difference of totals shows it.
    weights = np.zeros((len(parted.sizes) + 1, len(values.sizes) + 1), dtype=np.int64)
    there = (parted.of >= 0) | (values.of >= 0)
    np.add.at(weights, (parted.of[there], values.of[there]), 1)
    cut = minimum_cut(weights)
    return min(cut, smallest if smallest is not None else cut), cut, len(parted.sizes)


def reduced(matrix: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bring a matrix into reduced row echelon form modulo ``P``; rows without anything are left out.

    Examples
    --------
    >>> reduced(np.array([[1, 1, 1], [1, 1, 0]])).tolist()
    [[1, 1, 0], [0, 0, 1]]
    """
    rows = matrix % P
    done = 0
    for column in range(rows.shape[1]):
        pivots = np.flatnonzero(rows[done:, column])
        if not len(pivots):
            continue
        pivot = done + int(pivots[0])
        rows[[done, pivot]] = rows[[pivot, done]]
        first = int(rows[done, column])
        if first != 1:
            rows[done] = rows[done] * pow(first, P - 2, P) % P
        others = np.flatnonzero(rows[:, column])
        others = others[others != done]
        rows[others] = (rows[others] - rows[others, column, None] * rows[done]) % P
        done += 1
        if done == len(rows):
            break
    return rows[:done]


def _ranked(drafts: Sequence[Draft], people: int) -> tuple[int | None, int | None]:
    """Give the rank of all figures and the fewest people in a row of its reduced form."""
    if len(drafts) > 2 * MOST_RANKED:
        return None, None
    both = groups([draft.rows for draft in drafts], people)
    if not 0 < len(both.sizes) <= MOST_RANKED:
        return None, None
    matrix = np.zeros((len(drafts), len(both.sizes)), dtype=np.int64)
    for number, draft in enumerate(drafts):
        matrix[number, both.of[draft.rows]] = 1
    matrix = reduced(matrix)
    return len(matrix), int(((matrix != 0) * both.sizes).sum(axis=1).min())


class Gate:
    """Attacks every figure of a release, question by question.

    ``crossed`` names the questions of which only the lens gives way; without it they may be published.
    """

    def __init__(self, k: int) -> None:
        self.k = k
        self.figures = 0
        self.groups = 0
        self.rank: int | None = None
        self.smallest: list[int] = []
        self.cuts: list[int] = []
        self.fewest: list[int] = []
        self.reasons: list[str] = []
        self.crossed: list[str] = []
        self._sizes: dict[tuple[int, ...], bool] = {}
        if k < FLOOR:
            self.reasons.append(f"No figure may stand for fewer than {FLOOR} people; {k} were asked for.")

    def check(
        self, question: str, drafts: Sequence[Draft], said: NDArray[np.int64], lowest: int, highest: int
    ) -> None:
        """Attack the figures of one question.

        Parameters
        ----------
        question
            Its name, for reasons.
        drafts
            Every figure of this question.
        said
            Everybody's answer in order of rows; below ``lowest`` where nothing was answered.
        lowest, highest
            Ends of the scale.
        """
        self.figures += len(drafts)
        if not drafts:
            return
        key = tuple(hash(draft.rows.tobytes()) for draft in drafts)
        if key not in self._sizes:
            self._sizes[key] = self._supports(question, drafts, len(said))
        for draft in drafts:
            self._shown(question, draft, said, lowest, highest)
        plain = [draft for draft in drafts if not draft.lens]
        if self._sizes[key] and len(plain) < len(drafts) and not self.reasons:
            self._crossing(question, drafts, said, lowest, highest)
        if self._sizes[key] and plain:
            found = nested(plain, lowest, highest, len(said))
            if found is None:
                self.reasons.append(f"{question}: the figures do not lie inside one another.")
                return
            sums, where = found
            ends = narrowed(sums)
            self._intervals(question, sums, ends, lowest, highest)
            for number, draft in enumerate(plain):
                if draft.agreement:
                    safe = not draft.held and len(plain) == len(drafts)
                    self._agreement(question, draft, ends[where[number]], said, lowest, highest, safe=safe)

    def _supports(self, question: str, drafts: Sequence[Draft], people: int) -> bool:
        smallest, cut, groups = smallest_support([(draft.lens, draft.rows) for draft in drafts], people)
        rank, row = _ranked(drafts, people)
        self.groups = max(self.groups, groups)
        self.rank = rank if self.rank is None else self.rank
        fewest = min(one for one in (smallest, row, cut) if one is not None)
        self.smallest.append(fewest)
        if cut is not None:
            self.cuts.append(cut)
        if fewest < self.k:
            told = "1 person" if fewest == 1 else f"{fewest} people"
            self.reasons.append(f"{question}: the figures together tell something about {told} alone.")
        return fewest >= self.k

    def _shown(self, question: str, draft: Draft, said: NDArray[np.int64], lowest: int, highest: int) -> None:
        """Check one figure against the answers: enough of them, coarse enough, and true."""
        answers = said[draft.rows]
        n, total = len(answers), int(answers.sum())
        where = f"{question}, {draft.name}"
        if n < self.k or answers.min() < lowest or answers.max() > highest:
            self.reasons.append(f"{where}: the figure stands for {n} people, or for people who said nothing.")
            return
        if possible(n, draft.low, draft.high, lowest, highest) <= spare(lowest, highest):
            self.reasons.append(f"{where}: too few answers are still possible for each of the people.")
        if not draft.low <= total <= draft.high:
            self.reasons.append(f"{where}: the sum is not what the figure says.")
        if self._over_time(where, draft, total, n, lowest, highest):
            return
        step, shown = step_of(n, lowest, highest), draft.shown
        if shown.step * 20 < step - 1e-9:
            self.reasons.append(f"{where}: the step of {shown.step:g} is too fine for {n} answers.")
        notch = lowest + place(total, n, lowest, step) * step / 20
        true = {"": shown.at == notch, "or more": notch >= shown.at, "or less": notch <= shown.at}[shown.end]
        if not true:
            self.reasons.append(f"{where}: the figure is not what was answered, or is finer than its notch.")

    def _over_time(self, where: str, draft: Draft, total: int, n: int, lowest: int, highest: int) -> bool:
        """Check what is shown after few came or left; say whether the figure is the last one again.

        By its own arithmetic, in mean points: whoever came or left moves a mean by range / n at most.
        """
        last = draft.before
        if last is None or not 0 < draft.moved <= 2 * self.k:
            if draft.held:
                self.reasons.append(f"{where}: a figure is shown again without a reason.")
            return draft.held
        step = step_of(n, lowest, highest) / 20
        few = draft.moved if draft.moved < self.k else 1
        slack = step + few * (highest - lowest) / n + last.step / 2 + 1e-9
        beside = (last.at - lowest) % last.step
        if min(beside, last.step - beside) < 1e-9:
            beside = 0.0
        # An end may be called by a number beside its notch: 4.5 or more where the notch is 5.
        top = last.at - beside + slack
        bottom = last.at + (last.step - beside if beside else 0.0) - slack
        inside = (last.end == "or less" or total / n >= bottom) and (
            last.end == "or more" or total / n <= top
        )
        if draft.held and (draft.shown != last or not inside):
            self.reasons.append(f"{where}: the figure that is shown again is not true any more.")
        if not draft.held and inside:
            self.reasons.append(f"{where}: a new figure would tell something about those who came or left.")
        if not draft.held and draft.shown.end != ("or more" if total / n > last.at else "or less"):
            self.reasons.append(f"{where}: after few came or left only the least change may be told.")
        return draft.held

    def _intervals(
        self, question: str, sums: Sequence[Known], ends: Sequence[tuple[int, int]], lowest: int, highest: int
    ) -> None:
        """Count what each answer can still be when all sums have narrowed each other."""
        fewest = min(
            possible(one.n, low, high, lowest, highest)
            for one, (low, high) in zip(sums, ends, strict=True)
            if not one.inside
        )
        self.fewest.append(fewest)
        if fewest <= spare(lowest, highest):
            self.reasons.append(
                f"{question}: the figures together leave an answer only {fewest} possible values."
            )

    def _crossing(
        self, question: str, drafts: Sequence[Draft], said: NDArray[np.int64], lowest: int, highest: int
    ) -> None:
        """Count what each answer can still be when sums of teams and of the lens are put together."""
        sums = [Sum(draft.lens, draft.rows, draft.low, draft.high) for draft in drafts]
        fewest = fewest_possible(sums, said, lowest, highest)
        self.fewest.append(fewest)
        if fewest <= spare(lowest, highest):
            self.crossed.append(question)

    def _agreement(
        self, question: str, draft: Draft, ends: tuple[int, int], said: NDArray[np.int64],
        lowest: int, highest: int, *, safe: bool,
    ) -> None:  # fmt: skip
        """Check a word about agreement: true, and harmless whichever of the two it is."""
        name, given = f"{question}, {draft.name}", said[draft.rows] - lowest
        n, options = len(given), highest - lowest + 1
        apart = n * int(given @ given) - int(given.sum()) ** 2
        # rwg >= .70 is s² <= 3/10 (options² - 1)/12, in whole numbers.
        if (40 * apart <= n * (n - 1) * (options**2 - 1)) != (draft.agreement == "alike"):
            self.reasons.append(f"{name}: what is said about agreement is not what was answered.")
        low, high = ends
        if not (safe and sayable(draft.shown, n, low, high, lowest, highest)):
            self.reasons.append(
                f"{name}: a word about agreement could leave an answer too few possible values."
            )
            return
        self.fewest.append(min(leaves(n, low - n * lowest, high - n * lowest, options)))

    def verdict(self, *checks: str) -> Verdict:
        """Say what was found, or raise :class:`UnsafeReleaseError` with every reason."""
        self.reasons += [
            f"{one}: teams and lens together leave an answer too few possible values." for one in self.crossed
        ]
        if self.reasons:
            raise UnsafeReleaseError(*dict.fromkeys(self.reasons))
        return Verdict(
            passed=True,
            k=self.k,
            figures=self.figures,
            groups=self.groups,
            smallest=min(self.smallest, default=None),
            rank=self.rank,
            lens_cut=min(self.cuts, default=None),
            fewest_possible=min(self.fewest, default=None),
            checks=checks,
        )


def nested(
    drafts: Sequence[Draft], lowest: int, highest: int, people: int
) -> tuple[list[Known], dict[int, int]] | None:
    """Order figures so that each follows those inside it, with whoever is in no smaller one as a leaf.

    With it the place of each figure. ``None`` where two figures overlap and neither holds the other.
    """
    order = sorted(range(len(drafts)), key=lambda number: -len(drafts[number].rows))
    holder = np.full(people, -1, dtype=np.int64)
    inside: dict[int, list[int]] = {number: [] for number in order}
    for number in order:
        rows = drafts[number].rows
        above = holder[rows]
        if (above != above[0]).any():
            return None
        if above[0] >= 0:
            inside[int(above[0])].append(number)
        holder[rows] = number
    sums: list[Known] = []
    where: dict[int, int] = {}
    for number in reversed(order):
        draft = drafts[number]
        parts = [where[part] for part in inside[number]]
        rest = len(draft.rows) - sum(len(drafts[part].rows) for part in inside[number])
        if rest:
            parts.append(len(sums))
            sums.append(Known(rest, rest * lowest, rest * highest))
        where[number] = len(sums)
        sums.append(Known(len(draft.rows), draft.low, draft.high, tuple(parts)))
    return sums, where
