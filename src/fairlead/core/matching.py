"""Who could go with whom: seekers and places with room for so many, fair to the worst off (row 81).

Nothing here assigns anybody: a matching is a proposal in which everybody still says yes or no.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Costs = NDArray[np.float64]
    Allowed = NDArray[np.bool_]

LOWEST, HIGHEST = 0, 1000
"""The fits that can be said."""

_DRAW_BITS: Final = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A seeker and a place that are possible together; one that is not named is not possible.

    ``fit`` is a whole number from 0 (possible, nothing more) upwards; ``reasons`` say where it is from.
    """

    seeker: str
    place: str
    fit: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """A pair that must not be, whatever its fit, and why."""

    seeker: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a matching proposes for one seeker; ``place`` and ``fit`` are ``None`` where there is none."""

    seeker: str
    place: str | None
    fit: int | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """A proposal for everybody, in the order in which the seekers were named, and the seed of its draws."""

    given: tuple[Given, ...]
    seed: str

    @property
    def without(self) -> tuple[str, ...]:
        """The seekers for whom there is no place."""
        return tuple(one.seeker for one in self.given if one.place is None)

    @property
    def profile(self) -> tuple[int | None, ...]:
        """The fits from the worst off to the best off, those without a place (``None``) first."""
        return tuple(sorted((one.fit for one in self.given), key=lambda fit: -1 if fit is None else fit))

    def of(self, seeker: str) -> Given:
        """Give what is proposed for one seeker; ``KeyError`` for somebody who was not asked about."""
        for one in self.given:
            if one.seeker == seeker:
                return one
        raise KeyError(seeker)


Because = Literal["is_given", "veto", "not_possible", "no_room", "fewer_placed", "poorer_fit", "draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a seeker is not proposed for a place.

    ``fewer_placed``: with it, ``instead`` fewer seekers would have a place. ``poorer_fit``: with it, one
    more seeker would have only the fit ``instead``, in the place of a better one. ``draw``: it would
    have been as good for everybody taken together, and the draw decided. ``poorer_for`` names who would
    have less than now, ``reason`` repeats a veto.
    """

    seeker: str
    place: str
    because: Because
    instead: int | None = None
    poorer_for: tuple[str, ...] = ()
    reason: str = ""


def match(
    seekers: Sequence[str],
    places: Mapping[str, int],
    pairs: Iterable[Pair],
    *,
    vetoes: Iterable[Veto] = (),
    seed: str = "0",
) -> Matching:
    """Propose at most one place for each seeker so that the worst off are as well off as can be.

    Of all proposals that respect the vetoes and the room of each place, one is found whose fits, sorted
    from the worst off upwards with those without a place first, are the highest in the order of
    dictionaries (leximin): as few as possible are left without a place; then as few as possible have the
    lowest fit; and so on. Among proposals that are equal in this a draw decides, not the order of rows.

    Parameters
    ----------
    seekers
        Names of those who look, each once.
    places
        Names of places and how many seekers each has room for, 0 or more.
    pairs
        Possible pairs with whole fits between 0 and 1000. A pair that is not named is not possible: what
        nobody said is never taken for the best or the worst.
    vetoes
        Pairs that must not be.
    seed
        Any text; the same seed draws the same among equals, in whatever order rows come. To be recorded.

    Returns
    -------
    Matching
        One ``Given`` for each seeker, in their order.

    Raises
    ------
    ValueError
        A name twice, a pair of somebody unknown or twice, room below 0, or a fit that is out of range.

    Notes
    -----
    An assignment problem over seats (each place as often as it has room, and "no place" for each seeker)
    is solved once for each distinct fit. After each, only seats remain whose reduced cost is 0: by
    complementary slackness exactly the solutions of the same value, so that the next fit is settled among
    these and the result is exact. Costs are whole numbers below 2**53. Time grows with the number of
    distinct fits times the third power of seekers and seats. Leximin for assignments: Ogryczak (1997),
    doi:10.1016/S0377-2217(96)00154-3; reduced costs: Burkard, Dell'Amico & Martello (2012),
    doi:10.1137/1.9781611972238.

    Examples
    --------
    Bo fits Kim best, but Ana can go to nobody else, and Bo can go to Lee:

    >>> pairs = [
    ...     Pair(seeker="Ana", place="Kim", fit=2),
    ...     Pair(seeker="Bo", place="Kim", fit=3),
    ...     Pair(seeker="Bo", place="Lee", fit=1),
    ... ]
    >>> found = match(["Ana", "Bo"], {"Kim": 1, "Lee": 1}, pairs)
    >>> [(one.seeker, one.place) for one in found.given]
    [('Ana', 'Kim'), ('Bo', 'Lee')]
    """
    problem = _Problem.of(seekers, places, pairs, vetoes)
    return Matching(given=problem.solve(seed), seed=seed)


def why_not(
    found: Matching,
    seeker: str,
    place: str,
    *,
    places: Mapping[str, int],
    pairs: Iterable[Pair],
    vetoes: Iterable[Veto] = (),
) -> WhyNot:
    """Say what would happen if this seeker had this place, by trying it and matching the others anew.

    Parameters
    ----------
    found
        A matching by ``match`` of the same places, pairs and vetoes.
    seeker, place
        The pair that is asked about.
    places, pairs, vetoes
        As they were given to ``match``.

    Returns
    -------
    WhyNot
        The reason, and who would have less.

    Examples
    --------
    >>> pairs = [Pair(seeker="Ana", place="Kim", fit=2), Pair(seeker="Bo", place="Kim", fit=3)]
    >>> found = match(["Ana", "Bo"], {"Kim": 1}, pairs)
    >>> found.without
    ('Ana',)
    >>> told = why_not(found, "Ana", "Kim", places={"Kim": 1}, pairs=pairs)
    >>> told.because, told.instead, told.poorer_for
    ('poorer_fit', 2, ('Bo',))
    """
    pairs, vetoes = tuple(pairs), tuple(vetoes)
    if found.of(seeker).place == place:
        return WhyNot(seeker=seeker, place=place, because="is_given")
    for veto in vetoes:
        if (veto.seeker, veto.place) == (seeker, place):
            return WhyNot(seeker=seeker, place=place, because="veto", reason=veto.reason)
    wanted = next((pair for pair in pairs if (pair.seeker, pair.place) == (seeker, place)), None)
    if wanted is None:
        return WhyNot(seeker=seeker, place=place, because="not_possible")
    if places[place] < 1:
        return WhyNot(seeker=seeker, place=place, because="no_room")
    return _tried(found, wanted, places, pairs, vetoes)


def in_order(pairs: Iterable[Pair], *, seed: str) -> tuple[Pair, ...]:
    """Give one seeker's possible places, the best fit first; among equals the draw of the seed decides.

    Examples
    --------
    >>> pairs = [Pair(seeker="Ana", place=name, fit=fit) for name, fit in [("Kim", 1), ("Lee", 2), ("Mo", 1)]]
    >>> [pair.place for pair in in_order(pairs, seed="a")][0]
    'Lee'
    >>> in_order(pairs, seed="a") == in_order(reversed(pairs), seed="a")
    True
    """
    return tuple(sorted(pairs, key=lambda one: (-one.fit, draw(seed, one.seeker, one.place), one.place)))


def draw(seed: str, seeker: str, place: str) -> int:
    """Draw a number for a pair: the same for the same seed and names, wherever the pair stands in a list.

    Examples
    --------
    >>> draw("1", "Ana", "Kim") == draw("1", "Ana", "Kim") != draw("2", "Ana", "Kim")
    True
    """
    words = f"{seed}\x1f{seeker}\x1f{place}".encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest()) >> (64 - _DRAW_BITS)


def _tried(
    found: Matching,
    wanted: Pair,
    places: Mapping[str, int],
    pairs: tuple[Pair, ...],
    vetoes: tuple[Veto, ...],
) -> WhyNot:
    """Match with one pair fixed, and compare."""
    seekers = [one.seeker for one in found.given]
    fixed = [pair for pair in pairs if pair.seeker != wanted.seeker or pair.place == wanted.place]
    others = match(
        [one for one in seekers if one != wanted.seeker],
        {**places, wanted.place: places[wanted.place] - 1},
        [pair for pair in fixed if pair.seeker != wanted.seeker],
        vetoes=[veto for veto in vetoes if veto.seeker != wanted.seeker],
        seed=found.seed,
    )
    then = {one.seeker: one.fit for one in others.given} | {wanted.seeker: wanted.fit}
    poorer = tuple(one.seeker for one in found.given if _rank(then[one.seeker]) < _rank(one.fit))
    level = _first_more(Counter(then.values()), Counter(found.profile))
    if level is None:
        return _why(wanted, "draw", poorer_for=poorer)
    if level < LOWEST:
        more = len([fit for fit in then.values() if fit is None]) - len(found.without)
        return _why(wanted, "fewer_placed", instead=more, poorer_for=poorer)
    return _why(wanted, "poorer_fit", instead=level, poorer_for=poorer)


def _why(pair: Pair, because: Because, *, instead: int | None = None, poorer_for: tuple[str, ...]) -> WhyNot:
    return WhyNot(
        seeker=pair.seeker, place=pair.place, because=because, instead=instead, poorer_for=poorer_for
    )


def _first_more(then: Counter[int | None], now: Counter[int | None]) -> int | None:
    """Give the lowest rank at which more seekers would stand than now; ``None`` where all is equal."""
    for fit in sorted(set(then) | set(now), key=_rank):
        if then[fit] != now[fit]:
            return _rank(fit)
    return None


def _rank(fit: int | None) -> int:
    return -1 if fit is None else fit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problem:
    """The square problem: a row for each seeker and then for each seat that stays free.

    ``value`` holds the fit of a seeker's row with a seat, -1 for "no place", -2 where it cannot be; the
    columns are the seats, ``seats[j]`` naming the place, and then one "no place" for each seeker.
    """

    seekers: tuple[str, ...]
    seats: tuple[str, ...]
    possible: dict[tuple[str, str], Pair]
    value: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        seekers: Sequence[str],
        places: Mapping[str, int],
        pairs: Iterable[Pair],
        vetoes: Iterable[Veto],
    ) -> _Problem:
        """Check what was given and lay it out."""
        forbidden = {(veto.seeker, veto.place) for veto in vetoes}
        named = _checked(seekers, places, pairs)
        possible = {key: pair for key, pair in named.items() if key not in forbidden}
        wanted = Counter(place for _seeker, place in possible)
        # More seats than seekers who could take them would change nothing but the time it takes.
        seats = tuple(place for place, room in places.items() for _ in range(min(room, wanted[place])))
        value = np.full((len(seekers), len(seats) + len(seekers)), -2, dtype=np.int64)
        for row, seeker in enumerate(seekers):
            for column, place in enumerate(seats):
                pair = possible.get((seeker, place))
                if pair is not None:
                    value[row, column] = pair.fit
            value[row, len(seats) + row] = -1
        return cls(seekers=tuple(seekers), seats=seats, possible=possible, value=value)

    def solve(self, seed: str) -> tuple[Given, ...]:
        """Settle one fit after the other, from the lowest, then draw among what is left."""
        size = self.value.shape[1]
        allowed = np.ones((size, size), dtype=np.bool_)
        allowed[: len(self.seekers)] = self.value > -2
        levels = np.unique(self.value[self.value > -2])
        for level in levels[:-1]:
            costs = np.zeros((size, size))
            costs[: len(self.seekers)] = self.value == level
            allowed = _equally_good(costs, allowed)
        columns = _best(self._draws(seed, size), allowed)
        return tuple(self._given(row, int(columns[row])) for row in range(len(self.seekers)))

    def _draws(self, seed: str, size: int) -> Costs:
        costs = np.zeros((size, size))
        for row, seeker in enumerate(self.seekers):
            drawn = {place: draw(seed, seeker, place) for place in set(self.seats)}
            for column, place in enumerate(self.seats):
                costs[row, column] = drawn[place]
        return costs

    def _given(self, row: int, column: int) -> Given:
        seeker = self.seekers[row]
        if column >= len(self.seats):
            return Given(seeker=seeker, place=None, fit=None)
        pair = self.possible[seeker, self.seats[column]]
        return Given(seeker=seeker, place=pair.place, fit=pair.fit, reasons=pair.reasons)


def _checked(
    seekers: Sequence[str], places: Mapping[str, int], pairs: Iterable[Pair]
) -> dict[tuple[str, str], Pair]:
    known, named = set(seekers), {}
    if len(known) != len(seekers):
        raise ValueError("A seeker is named twice.")
    if any(room < 0 for room in places.values()):
        raise ValueError("A place has room for 0 or more.")
    for pair in pairs:
        key = (pair.seeker, pair.place)
        if pair.seeker not in known or pair.place not in places:
            raise ValueError(f"The pair {key} names somebody who is neither a seeker nor a place.")
        if key in named:
            raise ValueError(f"The pair {key} is named twice.")
        if not LOWEST <= pair.fit <= HIGHEST:
            raise ValueError(f"The fit {pair.fit} of the pair {key} is not from {LOWEST} to {HIGHEST}.")
        named[key] = pair
    return named


def _best(costs: Costs, allowed: Allowed) -> NDArray[np.intp]:
    """Give the column of each row in a perfect matching of least cost; there always is one."""
    from scipy.optimize import linear_sum_assignment

    _rows, columns = linear_sum_assignment(np.where(allowed, costs, np.inf))
    found: NDArray[np.intp] = columns
    return found


def _equally_good(costs: Costs, allowed: Allowed) -> Allowed:
    """Keep what has no reduced cost: each matching of least cost lies in it, and no other perfect matching.

    The potentials are shortest paths over the residual graph.
    """
    columns = _best(costs, allowed)
    own = costs[np.arange(len(columns)), columns]
    steps = np.where(allowed[:, columns], costs[:, columns], np.inf) - own[:, None]
    column_potential = np.zeros(len(columns))
    while True:
        shorter = np.minimum(column_potential, (column_potential[:, None] + steps).min(axis=0))
        if np.array_equal(shorter, column_potential):
            break
        column_potential = shorter
    of_column = np.empty_like(column_potential)
    of_column[columns] = column_potential
    of_row = own - column_potential
    kept: Allowed = allowed & (costs == of_row[:, None] + of_column[None, :])
    return kept
