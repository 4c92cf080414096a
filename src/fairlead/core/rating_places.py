"""Fill the places of a round: as many ratings as limits and conflicts allow, spread evenly."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Who is in a round, sorted, and what limits it; pairs are (ratee, rater)."""

    ratees: tuple[str, ...]
    raters: tuple[str, ...]
    per_ratee: int
    most: Mapping[str, int]
    closed: frozenset[Pair]
    kept: frozenset[Pair]

    def may_rate(self, ratee: str) -> tuple[str, ...]:
        """Give who may rate one person: not barred, and with a place at all."""
        return tuple(rater for rater in self.raters if self.most[rater] and (ratee, rater) not in self.closed)

    def allowed(self) -> tuple[Pair, ...]:
        """Give every pair that could be."""
        return tuple((ratee, rater) for ratee in self.ratees for rater in self.may_rate(ratee))


def fill(places: Places, draw: np.random.Generator) -> frozenset[Pair]:
    """Assign one rater to each ratee, then a second, and so on, as far as places go.

    Parameters
    ----------
    places
        People and limits. Kept pairs stay and are counted.
    draw
        Decides between raters who are equally good, and who is served first.

    Returns
    -------
    frozenset of (ratee, rater)
        The largest number of ratings that the limits allow; nobody gets a further rater while somebody
        who could have one by moving others has fewer.

    Examples
    --------
    >>> import numpy as np
    >>> small = Places(ratees=("a", "b"), raters=("x", "y"), per_ratee=1, most={"x": 1, "y": 1},
    ...                closed=frozenset({("b", "y")}), kept=frozenset())
    >>> sorted(fill(small, np.random.default_rng(0)))
    [('a', 'y'), ('b', 'x')]
    """
    state = _Filling(places, draw)
    for wanted in range(1, places.per_ratee + 1):
        order = [places.ratees[int(at)] for at in draw.permutation(len(places.ratees))]
        # Whoever has least to choose from is served first: that leaves the fewest to be moved.
        order.sort(key=lambda ratee: len(state.may[ratee]))
        for ratee in order:
            if len(state.raters[ratee]) < wanted:
                state.add(ratee)
    return frozenset((ratee, rater) for ratee, raters in state.raters.items() for rater in raters)


class _Filling:
    """An assignment as it grows."""

    def __init__(self, places: Places, draw: np.random.Generator) -> None:
        self.places = places
        self.may = {ratee: places.may_rate(ratee) for ratee in places.ratees}
        self.raters: dict[str, list[str]] = {ratee: [] for ratee in places.ratees}
        self.ratees: dict[str, list[str]] = {rater: [] for rater in places.raters}
        self.met: Counter[tuple[str, str]] = Counter()
        self.chance = {rater: float(draw.random()) for rater in places.raters}
        for ratee, rater in sorted(places.kept):
            self._put(ratee, rater)

    def add(self, ratee: str) -> None:
        """Give a ratee one more rater, moving others along the shortest path if that is needed."""
        reached_by: dict[str, str] = {}
        moved_from: dict[str, str] = {}
        waiting = deque([ratee])
        while waiting:
            who = waiting.popleft()
            for rater in self._by_preference(who):
                if rater in reached_by:
                    continue
                reached_by[rater] = who
                if len(self.ratees[rater]) < self.places.most[rater]:
                    self._take(ratee, rater, reached_by, moved_from)
                    return
                for other in self.ratees[rater]:
                    if other != ratee and other not in moved_from and (other, rater) not in self.places.kept:
                        moved_from[other] = rater
                        waiting.append(other)

    def _by_preference(self, ratee: str) -> list[str]:
        """Order raters by load, then by how seldom they have met those who rate here already."""
        mine = self.raters[ratee]

        def key(rater: str) -> tuple[int, int, float]:
            met = sum(self.met[one, rater] for one in mine)
            return len(self.ratees[rater]), met, self.chance[rater]

        return sorted((rater for rater in self.may[ratee] if rater not in mine), key=key)

    def _take(
        self, ratee: str, rater: str, reached_by: Mapping[str, str], moved_from: Mapping[str, str]
    ) -> None:
        while True:
            who = reached_by[rater]
            self._put(who, rater)
            if who == ratee:
                return
            rater = moved_from[who]
            self._drop(who, rater)

    def _put(self, ratee: str, rater: str) -> None:
        for other in self.raters[ratee]:
            self.met[other, rater] += 1
            self.met[rater, other] += 1
        self.raters[ratee].append(rater)
        self.ratees[rater].append(ratee)

    def _drop(self, ratee: str, rater: str) -> None:
        self.raters[ratee].remove(rater)
        self.ratees[rater].remove(ratee)
        for other in self.raters[ratee]:
            self.met[other, rater] -= 1
            self.met[rater, other] -= 1
