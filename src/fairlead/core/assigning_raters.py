"""Who rates whom in a round, so that ratings can be compared: assigned and checked before anyone rates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.rater_design import assignment_design
from fairlead.core.rating_links import links
from fairlead.core.rating_places import Places, fill

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fairlead.core.rater_design import Design
    from fairlead.core.rating_links import Links

    Pair = tuple[str, str]

MOST_RATINGS: Final = 20_000
"""Pairs that are assigned in one go; a round is smaller by far."""

_MENDING: Final = (60, 200, 1500)
"""Exchanges for each pair that are tried while the design is apart or hangs on somebody, and bounds."""

_POLISHING: Final = 40_000
"""Pairs looked at to make loads evener and links stronger; more would not be felt."""

_STARTS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """Something asked for that is not met, in a word and a sentence.

    ``what`` is ``too_few_may`` (fewer people may rate the ratee than are asked for), ``no_places`` (the
    raters' limits are used up), ``one_rater``, ``apart`` (ratings in two parts cannot be compared) or
    ``hinge`` (they could not without one rater). ``about`` is a ratee or rater, or empty. ``proven`` says
    that no assignment could meet it; otherwise none was found.
    """

    what: str
    sentence: str
    about: str = ""
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who rates whom: ``pairs`` of (ratee, rater), sorted, and ``loads`` of (rater, ratees), all raters.

    ``design`` says how raters hang together, ``None`` where nobody can rate anybody. ``unmet`` is empty
    where everything asked for is met. The same input and ``seed`` give the same
    assignment on every machine.
    """

    pairs: tuple[tuple[str, str], ...]
    loads: tuple[tuple[str, int], ...]
    design: Design | None
    unmet: tuple[Unmet, ...]
    seed: int

    def raters_of(self, ratee: str) -> tuple[str, ...]:
        """Give who rates one person."""
        return tuple(rater for one, rater in self.pairs if one == ratee)

    def ratees_of(self, rater: str) -> tuple[str, ...]:
        """Give whom one person rates."""
        return tuple(ratee for ratee, one in self.pairs if one == rater)


def assign(
    ratees: Collection[str],
    raters: Collection[str],
    *,
    per_ratee: int,
    most_per_rater: int | Mapping[str, int],
    barred: Collection[Pair] = (),
    kept: Collection[Pair] = (),
    seed: int = 0,
    names: Mapping[str, str] | None = None,
) -> Assignment:
    """Assign raters so that every rater can be compared with every other, before anyone rates.

    Parameters
    ----------
    ratees, raters
        Keys of people; somebody may be both, and never rates themself. Order does not matter.
    per_ratee
        Raters for each ratee, 1 or more.
    most_per_rater
        The most ratees for one rater: one number for all, or a number for each of them.
    barred
        (ratee, rater) pairs that may not be: conflicts of interest, recusals, the own manager.
    kept
        Pairs that stand already, for instance because somebody has begun to rate. They stay, also where
        they are more than ``per_ratee`` or ``most_per_rater``.
    seed
        Chooses among assignments that are equally good.
    names
        Names for sentences; the keys themselves without it.

    Returns
    -------
    Assignment
        As many of the ratings asked for as the limits allow, missing ones spread over ratees as evenly as
        they allow, and ``unmet`` with a sentence for each thing that is not met.

    Raises
    ------
    ValueError
        When a number is below its least, a key comes twice or is unknown, a kept pair is barred, or more
        than ``MOST_RATINGS`` pairs are asked for.

    Notes
    -----
    Places are filled by augmenting paths, which finds all ratings that the limits allow (Ford & Fulkerson
    1956, doi:10.4153/CJM-1956-045-5), rater after rater as loads stand and so that people who rate the same
    ratee have met least before. Then pairs are exchanged at random as long as the design gets no worse:
    fewer parts, then fewer raters on whom it hangs, then evener loads, then stronger links (the second
    smallest eigenvalue, Fiedler 1973, doi:10.21136/CMJ.1973.101168). To find a connected design with given
    limits is hard in general (a cycle through all is a special case), so "none was found" is said unless a
    bound proves it; on small rounds the search is compared with all designs in the tests. That severity
    can be compared only within a connected part: Eckes 2015, doi:10.3726/978-3-653-04844-5.

    Examples
    --------
    >>> found = assign(["a", "b", "c", "d"], ["x", "y", "z"], per_ratee=2, most_per_rater=3)
    >>> found.design.connected, found.design.articulation, found.unmet
    (True, (), ())
    >>> dict(found.loads) == {rater: len(found.ratees_of(rater)) for rater in "xyz"}
    True
    """
    places = _places(ratees, raters, per_ratee, most_per_rater, barred, kept)
    named = names or {}
    best: tuple[tuple[float, ...], tuple[Pair, ...]] | None = None
    # A rater on whom all that is allowed hangs is one in every design that is connected.
    allowed = links(places.allowed())
    least = len(allowed.hinges)
    for start in range(_STARTS):
        draw = np.random.default_rng([seed, start])
        pairs = _Search(places, draw, least).run(fill(places, draw))
        score = _score(pairs, places)
        if best is None or score < best[0]:
            best = (score, tuple(sorted(pairs)))
        if best[0][0] <= 1 and best[0][1] <= least:
            break
    assert best is not None  # noqa: S101 - there is at least one start
    found = best[1]
    loads = Counter(rater for _, rater in found)
    return Assignment(
        pairs=found,
        loads=tuple((rater, loads[rater]) for rater in places.raters),
        design=assignment_design(found) if found else None,
        unmet=tuple(_unmet(places, found, allowed, named)),
        seed=seed,
    )


def _places(
    ratees: Collection[str],
    raters: Collection[str],
    per_ratee: int,
    most_per_rater: int | Mapping[str, int],
    barred: Collection[Pair],
    kept: Collection[Pair],
) -> Places:
    if len(set(ratees)) < len(ratees) or len(set(raters)) < len(raters):
        raise ValueError("Somebody is there twice among ratees or among raters.")
    if not ratees or not raters:
        raise ValueError("There has to be one ratee and one rater at least.")
    if per_ratee < 1:
        raise ValueError("Each ratee needs one rater at least.")
    most = most_per_rater if not isinstance(most_per_rater, int) else dict.fromkeys(raters, most_per_rater)
    if any(most.get(rater, 0) < 0 for rater in raters) or set(raters) - set(most):
        raise ValueError("Each rater needs a limit of 0 or more.")
    if len(ratees) * per_ratee > MOST_RATINGS:
        raise ValueError(f"At most {MOST_RATINGS:,} pairs are assigned in one go.")
    unknown = [pair for pair in kept if pair[0] not in set(ratees) or pair[1] not in set(raters)]
    if unknown:
        raise ValueError(f"The kept pair {unknown[0]} names somebody who is not in the round.")
    closed = {*barred, *((one, one) for one in ratees)}
    if closed & set(kept):
        raise ValueError(f"The kept pair {min(closed & set(kept))} is barred.")
    return Places(
        ratees=tuple(sorted(ratees)),
        raters=tuple(sorted(raters)),
        per_ratee=per_ratee,
        most={rater: most[rater] for rater in sorted(raters)},
        closed=frozenset(closed),
        kept=frozenset(kept),
    )


def _score(pairs: Collection[Pair], places: Places) -> tuple[float, ...]:
    found = links(tuple(pairs))
    loads = Counter(rater for _, rater in pairs)
    uneven = sum(loads[rater] ** 2 for rater in places.raters)
    return (found.parts, len(found.hinges), uneven, -round(found.strength, 9))


class _Search:
    """Exchanges pairs at random as long as the design gets no worse."""

    def __init__(self, places: Places, draw: np.random.Generator, least_hinges: int) -> None:
        self.places = places
        self.least_hinges = least_hinges
        self.draw = draw

    def run(self, start: Collection[Pair]) -> frozenset[Pair]:
        pairs = sorted(start)
        score = _score(pairs, self.places)
        polishing = min(max(_POLISHING // max(len(pairs), 1), 40), 600)
        each, fewest, most = _MENDING
        for _ in range(min(max(each * len(pairs), fewest), most)):
            mending = score[0] > 1 or score[1] > self.least_hinges
            polishing -= not mending
            if polishing < 0:
                break
            changed = self._changed(pairs)
            if changed is None:
                continue
            now = _score(changed, self.places)
            # While it is apart or hangs on somebody, evenness must not stand in the way of a way out.
            if now <= score or (mending and now[:2] <= score[:2]):
                pairs, score = changed, now
        return frozenset(pairs)

    def _changed(self, pairs: list[Pair]) -> list[Pair] | None:
        """Exchange the raters of two pairs, or give one pair to a rater with a place left."""
        at = int(self.draw.integers(len(pairs))) if pairs else -1
        if at < 0 or pairs[at] in self.places.kept:
            return None
        held = set(pairs)
        ratee, rater = pairs[at]
        if self.draw.random() < 0.5:
            other = self.places.raters[int(self.draw.integers(len(self.places.raters)))]
            full = sum(one == other for _, one in pairs) >= self.places.most[other]
            if full or not self._fits((ratee, other), held):
                return None
            return [*pairs[:at], (ratee, other), *pairs[at + 1 :]]
        beside = int(self.draw.integers(len(pairs)))
        new = ((ratee, pairs[beside][1]), (pairs[beside][0], rater))
        if pairs[beside] in self.places.kept or not all(self._fits(one, held) for one in new):
            return None
        changed = list(pairs)
        changed[at], changed[beside] = new
        return changed

    def _fits(self, pair: Pair, held: set[Pair]) -> bool:
        return pair not in held and pair not in self.places.closed


def _unmet(places: Places, pairs: Sequence[Pair], allowed: Links, names: Mapping[str, str]) -> list[Unmet]:
    found = [*_short(places, pairs, names)]
    if len(places.raters) == 1:
        sentence = "There is one rater only: nobody's strictness can be told from the people rated."
        return [*found, Unmet(what="one_rater", sentence=sentence, proven=True)]
    judged = links(pairs)
    if judged.parts > 1:
        found.append(_apart(places, judged.parts, proven=allowed.parts > 1))
    for rater in judged.hinges:
        name = names.get(rater, rater)
        sentence = (
            f"The round hangs on {name}: without these ratings it falls into parts that cannot be compared."
        )
        found.append(Unmet(what="hinge", sentence=sentence, about=rater, proven=rater in allowed.hinges))
    return found


def _apart(places: Places, number: int, *, proven: bool) -> Unmet:
    if places.per_ratee == 1:
        reason = "one rater for each ratee links nothing. Ask two."
    elif proven:
        reason = "whoever may rate in one may not rate in another. Ask one more rater who may rate in both."
    else:
        reason = "none was found within these limits that links them. Raise a limit, or ask one more rater."
    parts = f"The round falls into {number} parts that cannot be compared"
    proven = proven or (places.per_ratee == 1 and not places.kept)
    return Unmet(what="apart", sentence=f"{parts}: {reason}", proven=proven)


def _short(places: Places, pairs: Sequence[Pair], names: Mapping[str, str]) -> list[Unmet]:
    """Name every ratee with too few raters; augmenting paths prove that there are no more places."""
    has = Counter(ratee for ratee, _ in pairs)
    found = []
    for ratee in places.ratees:
        if has[ratee] >= places.per_ratee:
            continue
        may, asked = len(places.may_rate(ratee)), places.per_ratee
        name = names.get(ratee, ratee)
        what = "too_few_may" if may < asked else "no_places"
        sentence = (
            f"{name}: {may} of {len(places.raters)} raters may rate here, {asked} are asked for."
            if may < asked
            else f"{name} has {has[ratee]} of {asked} raters: the others who may rate here are full."
        )
        found.append(Unmet(what=what, sentence=sentence, about=ratee, proven=True))
    return found
