"""Two waves: where few came or left, a figure stays as it was, so that the difference is not theirs."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from fairlead.core.blocks import EVERYBODY, groups
from fairlead.core.notches import FINEST, Notch, Shown, Span, people, place, rounded_end, spare, step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from fairlead.core.blocks import Organization, Reach
    from fairlead.core.cells import Agreement, Cell

TIMES: Final = 2
"""A figure is new when more than so many times k people came or left: five who came, five who left."""

Label = tuple["Reach", str]


def few(moved: int, k: int) -> bool:
    """Say whether so few came and left that a difference could be theirs.

    Examples
    --------
    >>> [few(moved, 5) for moved in (0, 1, 10, 11)]
    [False, True, True, False]
    """
    return 0 < moved <= TIMES * k


@dataclass(frozen=True, slots=True)
class Before:
    """The figure that is still shown, and how many came to its people or left them since."""

    shown: Shown
    moved: int
    closed_on: date
    agreement: Agreement = ""


def room(before: Shown, moved: int, n: int, lowest: int, highest: int, k: int) -> tuple[int, int]:
    """Give the smallest and the largest sum of ``n`` answers at which a figure stays as it was.

    Parameters
    ----------
    before
        The figure as it was shown.
    moved
        How many came and left since, 1 to 2 k.
    n
        How many answered now.
    lowest, highest
        Ends of the scale.
    k
        Least number of people behind a figure.

    Returns
    -------
    low, high
        Beyond them the mean has moved further than rounding, one step, and those who came or left
        explain.

    Notes
    -----
    Whoever comes or leaves moves the mean of n answers by (highest - lowest) / n at most. While fewer
    than k came and left, all of them are counted, so that nothing new is shown as long as the others
    answer as before. From k on one is counted: what is said then is about k people or more. The whole
    step beside it keeps small changes of mind of the others from carrying the figure over the edge.

    Examples
    --------
    >>> from fairlead.core.notches import show
    >>> room(show(24, 8, 1, 5, k=5).shown, 1, 8, 1, 5, 5)
    (14, 34)
    """
    at, half = _notch(before, lowest), Fraction(before.step).limit_denominator(1000) / 2
    slack = (moved if moved < k else 1) * (highest - lowest) + n * Fraction(
        step_of(n, lowest, highest), FINEST
    )
    low = n * lowest if before.end == "or less" else math.ceil(n * (at - half) - slack)
    high = n * highest if before.end == "or more" else math.floor(n * (at + half) + slack)
    return max(low, n * lowest), min(high, n * highest)


def _notch(shown: Shown, lowest: int) -> Fraction:
    """Give the notch of a figure; an end may be called by an eighth of the scale, beside its notch."""
    at, step = (Fraction(one).limit_denominator(1000) for one in (shown.at - lowest, shown.step))
    steps = at / step
    return lowest + step * (math.ceil(steps) if shown.end == "or more" else math.floor(steps))


def kept(
    total: int, n: int, before: Before, lowest: int, highest: int, *, k: int, reach: Span | None = None
) -> tuple[Notch | None, bool]:
    """Show a sum after few came or left: the old figure again, or how far it moved at least.

    Parameters
    ----------
    total, n, lowest, highest, k, reach
        As :func:`fairlead.core.notches.show`.
    before
        The figure that is still shown.

    Returns
    -------
    notch, held
        ``held`` where the figure is the old one. Else it says only what is certain without those who
        came or left: the mean less the room that they have, "or more" or "or less". So one answer moves
        it by one step at most here too.

    Examples
    --------
    >>> from datetime import date
    >>> from fairlead.core.notches import show
    >>> three = Before(show(24, 8, 1, 5, k=5).shown, 1, date(2026, 1, 1))
    >>> [(notch.shown.at, notch.shown.end, held) for notch, held in
    ...  (kept(total, 8, three, 1, 5, k=5) for total in (34, 35, 40))]
    [(3.0, '', True), (3.5, 'or more', False), (4.0, 'or more', False)]
    """
    reach = reach or Span(n * lowest, n * highest)
    low, high = room(before.shown, before.moved, n, lowest, highest, k)
    must = spare(lowest, highest)
    if low <= total <= high:
        least, most = max(low, reach.low), min(high, reach.high)
        if least > reach.high + reach.up - must or most < reach.low - reach.down + must:
            return None, True
        return Notch(before.shown, least, most), True
    up = total > high
    step = step_of(n, lowest, highest)
    slack = (before.moved if before.moved < k else 1) * (highest - lowest)
    inner = total - slack if up else total + slack
    notch = place(inner, n, lowest, step) + (-1 if up else 1)
    old = (_notch(before.shown, lowest) - lowest) * FINEST / step
    notch = max(notch, math.floor(old) + 1) if up else min(notch, math.ceil(old) - 1)
    first, last = people(n, lowest, highest, k)
    at = rounded_end(lowest + notch * step / FINEST, lowest, highest, upper=up)
    shown = Shown(
        at=at, end="or more" if up else "or less", step=step / FINEST, people_from=first, people_to=last
    )
    edge = n * Fraction(at).limit_denominator(1000)
    if up:
        return Notch(shown, max(reach.low, math.ceil(edge)), reach.high), False
    return Notch(shown, reach.low, min(reach.high, math.floor(edge))), False


@dataclass(frozen=True, slots=True)
class Wave:
    """A former wave: its day, the organization as it stood, and its figures."""

    closed_on: date
    organization: Organization
    cells: Sequence[Cell]


@dataclass(slots=True)
class _Past:
    """A former wave, ready to be looked up in."""

    closed_on: date
    people: Mapping[Label, frozenset[str]]
    cells: Mapping[tuple[str, Reach, str, str], Cell]
    team_of: Mapping[str, str]
    other: dict[str, str] = field(default_factory=dict)


class MissingWaveError(Exception):
    """A figure is still shown from a wave that is not at hand, so nobody can count who came or left."""


class Memory:
    """Everything that former waves have shown, and who came or left since."""

    def __init__(
        self, waves: Iterable[Wave], organization: Organization, k: int, *, by_people: bool = True
    ) -> None:
        self.k = k
        self.by_people = by_people
        former = sorted(waves, key=lambda wave: wave.closed_on, reverse=True)
        self.people = groups(organization) if former else {}
        self.past = [
            _Past(
                wave.closed_on,
                groups(wave.organization),
                {(one.question, one.reach, one.group, one.value): one for one in wave.cells},
                {person: team.id for team in wave.organization.teams for person in team.members},
            )
            for wave in former
        ]

    def last(self, question: str, reach: Reach, group: str, value: str = "") -> Cell | None:
        """Give the figure as it was shown last."""
        found = (self._cell(past, question, reach, group, value) for past in self.past)
        return next((cell for cell in found if cell is not None), None)

    def near(self, question: str, reach: Reach, group: str, anew: Sequence[Label] = ()) -> Before | None:
        """Find the last figure from which few or none came or left.

        Parameters
        ----------
        question, reach, group
            Whose figure.
        anew
            Groups inside it from all of whose figures many came or left. They can be subtracted, so only
            the others count.

        Raises
        ------
        MissingWaveError
            When the figure that is still shown is from a wave that is not at hand.
        """
        for past, cell in self._made(question, reach, group):
            moved = self.moved(past, question, (reach, group), anew)
            if moved <= TIMES * self.k:
                return Before(cell.shown, moved, past.closed_on, cell.agreement)
        return None

    def lens(self, question: str, value: str) -> tuple[Before, float] | None:
        """Give the last figure of a value, with all who came or left, as a number and as a share."""
        for past, cell in self._made(question, "lens", EVERYBODY, value):
            moved = self.moved(past, question, ("organization", EVERYBODY))
            everybody = len(self.people["organization", EVERYBODY])
            return Before(cell.shown, moved, past.closed_on), moved / max(everybody, 1)
        return None

    def moved(self, past: _Past, question: str, label: Label, anew: Sequence[Label] = ()) -> int:
        """Count who came to a group and who left it since."""
        now: frozenset[str] = self.people.get(label, frozenset())
        then = past.people.get((label[0], self._then(past, label[1])), frozenset())
        for one in anew:
            if self._cell(past, question, *one) is not None:
                now -= self.people.get(one, frozenset())
                then -= past.people.get((one[0], self._then(past, one[1])), frozenset())
        return len(now ^ then)

    def _made(self, question: str, reach: Reach, group: str, value: str = "") -> Iterator[tuple[_Past, Cell]]:
        """Give the waves in which a figure was made and not shown again, the newest first."""
        for past in self.past:
            cell = self._cell(past, question, reach, group, value)
            if cell is not None and not cell.held:
                yield past, cell
            elif cell is not None and not any(one.closed_on == cell.as_of for one in self.past):
                raise MissingWaveError

    def _cell(self, past: _Past, question: str, reach: Reach, group: str, value: str = "") -> Cell | None:
        return past.cells.get((question, reach, self._then(past, group), value))

    def _then(self, past: _Past, group: str) -> str:
        """Name a group as it was called then: teams are told by their people, because managers change."""
        if group == EVERYBODY or not self.by_people or ("team", group) in past.people:
            return group
        if group not in past.other:
            here = self.people.get(("team", group), frozenset())
            came = Counter(past.team_of[person] for person in here if person in past.team_of)
            name, most = max(came.items(), key=lambda item: (item[1], item[0]), default=("", 0))
            alike = name and 2 * most > max(len(here), len(past.people["team", name]))
            past.other[group] = name if alike and ("team", name) not in self.people else group
        return past.other[group]
