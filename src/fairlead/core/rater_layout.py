"""Ratings laid out for fitting: steps of the scale, pairs of ratee and rater, and what repeats among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from fairlead.core.problems import BadInput, Problem
from fairlead.core.ratings import MOST_POINTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_results import Model
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]
    Flags = NDArray[np.int8]
    Places = NDArray[np.int32]

_MOST_BITS: Final = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One round's ratings as the models want them.

    ``level`` counts the scores that were given from 0, by scale: one for all criteria, or one each.
    ``points[s, k]`` is the score of level k on scale s, ``tops[s]`` the highest level. A *pair* is
    everything one rater gave one ratee; a *kind* a rater with a set of criteria; a *cell* a rater with
    one criterion. Pairs of one kind have the same likelihood but for the sum of their levels.
    """

    people: int
    raters: int
    criteria: int
    ratee: Places
    rater: Places
    criterion: Places
    level: Places
    scale_of: Places
    points: Floats
    tops: Places
    pair_start: NDArray[np.int64]
    pair_ratee: Places
    pair_rater: Places
    pair_kind: Places
    kind_rater: Places
    pairs: sparse.csr_matrix
    kinds: sparse.csr_matrix
    cell_rater: Places
    cell_criterion: Places
    cell_sum: Floats
    person_sum: Floats
    above: Floats

    @property
    def scales(self) -> int:
        """How many sets of thresholds there are."""
        return len(self.tops)

    @property
    def most(self) -> int:
        """The highest level of any scale."""
        return int(self.tops.max())


@dataclass(frozen=True, slots=True)
class Extremes:
    """Who stands on one end of the scale with every rating: -1 lowest, 1 highest, 0 neither."""

    ratee: Flags
    rater: Flags
    criterion: Flags


def lay_out(ratings: Ratings, model: Model) -> Layout:
    """Lay ratings out, or say in a sentence why there is nothing to estimate."""
    _refuse(ratings)
    scale_of = np.zeros(len(ratings.criteria), dtype=np.int32)
    if model == "pcm":
        scale_of = np.arange(len(ratings.criteria), dtype=np.int32)
    level, points, tops = _levels(ratings, scale_of)
    change = np.empty(len(ratings), dtype=bool)
    change[0] = True
    change[1:] = (ratings.ratee[1:] != ratings.ratee[:-1]) | (ratings.rater[1:] != ratings.rater[:-1])
    start = np.flatnonzero(change)
    pair_ratee, pair_rater = ratings.ratee[start], ratings.rater[start]
    kind, kind_rater, kinds, cells = _kinds(ratings, start, pair_rater)
    pairs = sparse.csr_matrix(
        (np.ones(len(start)), (pair_ratee, kind)), shape=(len(ratings.ratees), len(kind_rater))
    )
    place = ratings.rater.astype(np.int64) * len(ratings.criteria) + ratings.criterion
    sums = np.bincount(place, level, minlength=len(ratings.raters) * len(ratings.criteria))
    return Layout(
        people=len(ratings.ratees),
        raters=len(ratings.raters),
        criteria=len(ratings.criteria),
        ratee=ratings.ratee,
        rater=ratings.rater,
        criterion=ratings.criterion,
        level=level,
        scale_of=scale_of,
        points=points,
        tops=tops,
        pair_start=start,
        pair_ratee=pair_ratee,
        pair_rater=pair_rater,
        pair_kind=kind,
        kind_rater=kind_rater,
        pairs=pairs,
        kinds=kinds,
        cell_rater=(cells // len(ratings.criteria)).astype(np.int32),
        cell_criterion=(cells % len(ratings.criteria)).astype(np.int32),
        cell_sum=sums[cells].astype(np.float64),
        person_sum=np.bincount(ratings.ratee, level, minlength=len(ratings.ratees)).astype(np.float64),
        above=_above(level, scale_of[ratings.criterion], tops),
    )


def _levels(ratings: Ratings, scale_of: Places) -> tuple[Places, Floats, Places]:
    """Count the scores that were given from 0; those that nobody gave have no threshold of their own."""
    low = int(ratings.score.min())
    width = int(ratings.score.max()) - low + 1
    scale = scale_of[ratings.criterion].astype(np.int64)
    scales = int(scale_of.max()) + 1
    seen = np.bincount(scale * width + (ratings.score - low), minlength=scales * width) > 0
    seen = seen.reshape(scales, width)
    tops = (seen.sum(axis=1) - 1).astype(np.int32)
    if tops.max() + 1 > MOST_POINTS:
        wrong = f"There are {int(tops.max()) + 1} different scores."
        raise _bad(ratings, wrong, f"A rating scale has at most {MOST_POINTS}.")
    alike = np.flatnonzero(tops == 0)
    if alike.size:
        score = int(np.flatnonzero(seen[alike[0]])[0]) + low
        where = "" if scales == 1 else f" on “{ratings.criteria[alike[0]]}”"
        right = "Where nobody differs, nothing can be said of raters."
        if scales > 1:
            right = "It has no thresholds of its own: take the rating scale model, or leave it out."
        raise _bad(ratings, f"Every rating{where} is {score}.", right)
    level = (np.cumsum(seen, axis=1) - 1).astype(np.int32)[scale, ratings.score - low]
    points = np.zeros((scales, int(tops.max()) + 1))
    for one in range(scales):
        points[one, : tops[one] + 1] = np.flatnonzero(seen[one]) + low
    return level, points, tops


def _kinds(
    ratings: Ratings, start: NDArray[np.int64], pair_rater: Places
) -> tuple[Places, Places, sparse.csr_matrix, NDArray[np.int64]]:
    """Give each pair its kind, each kind its rater and its cells."""
    criteria = len(ratings.criteria)
    if criteria > _MOST_BITS:
        code = np.zeros(len(start), dtype=np.int64)
        sets, chosen = _sets_of_many(ratings, start)
        code = sets
    else:
        bits = np.left_shift(np.int64(1), ratings.criterion.astype(np.int64))
        masks, code = np.unique(np.bitwise_or.reduceat(bits, start), return_inverse=True)
        chosen = [np.flatnonzero([(int(mask) >> place) & 1 for place in range(criteria)]) for mask in masks]
    key = pair_rater.astype(np.int64) * len(chosen) + code
    found, kind = np.unique(key, return_inverse=True)
    kind_rater = (found // len(chosen)).astype(np.int32)
    members = [chosen[one] for one in (found % len(chosen)).tolist()]
    size = np.array([len(one) for one in members])
    cell = np.repeat(kind_rater.astype(np.int64) * criteria, size) + np.concatenate(members)
    cells, place = np.unique(cell, return_inverse=True)
    kinds = sparse.csr_matrix(
        (np.ones(len(cell)), (np.repeat(np.arange(len(found)), size), place)), shape=(len(found), len(cells))
    )
    return kind.astype(np.int32), kind_rater, kinds, cells


def _sets_of_many(
    ratings: Ratings, start: NDArray[np.int64]
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Tell sets of criteria apart where there are more criteria than bits in a number."""
    ends = np.append(start[1:], len(ratings))
    known: dict[bytes, int] = {}
    chosen: list[NDArray[np.int64]] = []
    code = np.empty(len(start), dtype=np.int64)
    for place, (first, last) in enumerate(zip(start.tolist(), ends.tolist(), strict=True)):
        these = ratings.criterion[first:last]
        code[place] = known.setdefault(these.tobytes(), len(chosen))
        if code[place] == len(chosen):
            chosen.append(these.astype(np.int64))
    return code, chosen


def _above(level: Places, scale: Places, tops: Places) -> Floats:
    """Count the ratings at or above each level above 0: scales by levels."""
    most = int(tops.max())
    counts = np.bincount(scale.astype(np.int64) * (most + 1) + level, minlength=len(tops) * (most + 1))
    counts = counts.reshape(len(tops), most + 1)
    return np.cumsum(counts[:, ::-1], axis=1)[:, ::-1][:, 1:].astype(np.float64)


def extremes(layout: Layout) -> Extremes:
    """Find who stands on one end of the scale."""
    top = layout.tops[layout.scale_of[layout.criterion]]

    def ends(place: NDArray[np.int32], count: int) -> Flags:
        given = np.bincount(place, layout.level, count)
        most = np.bincount(place, top, count)
        return np.where(given <= 0, -1, np.where(given >= most, 1, 0)).astype(np.int8)

    return Extremes(
        ratee=ends(layout.ratee, layout.people),
        rater=ends(layout.rater, layout.raters),
        criterion=ends(layout.criterion, layout.criteria),
    )


def _refuse(ratings: Ratings) -> None:
    if len(ratings.raters) == 1:
        wrong = f"Every rating comes from “{ratings.raters[0]}”."
        raise _bad(ratings, wrong, "Strictness shows beside other raters: at least two are needed.")
    if len(ratings.ratees) == 1:
        wrong = f"Every rating is about “{ratings.ratees[0]}”."
        raise _bad(ratings, wrong, "Raters can be compared over at least two people.")


def _bad(ratings: Ratings, wrong: str, right: str) -> BadInput:
    return BadInput(Problem(file=ratings.source, wrong=wrong, right=right))
