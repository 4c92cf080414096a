"""Whether groups of raters rate differently, and whether they put groups of people further apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.special import stdtr, stdtrit

from fairlead.core.impact_rates import holm
from fairlead.core.rater_layout import lay_out
from fairlead.core.rater_residuals import residuals
from fairlead.core.rater_results import GroupDifference
from fairlead.core.rater_shrink import ALIKE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.core.rater_layout import Layout
    from fairlead.core.rater_results import Said, Severity
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int32]

FEWEST_RATERS: Final = 3
"""Raters on either side below which nothing is said: two are themselves, not a group."""

FEWEST_PEOPLE: Final = 5
"""People on either side below which nothing is said."""

LIMIT: Final = 0.05
LEVEL: Final = 0.95
_EMPTY: Final = 1e-9
_LEAST_KEPT: Final = 0.05


def group_differences(
    ratings: Ratings,
    found: Severity,
    rater_groups: Mapping[str, str],
    ratee_groups: Mapping[str, str] | None = None,
) -> tuple[GroupDifference, ...]:
    """Compare groups of raters: in all they rate, and in how they rate groups of people.

    Parameters
    ----------
    ratings, found
        A round, and what :func:`fairlead.core.raters.severity` said of it.
    rater_groups, ratee_groups
        Group by name; who is in none (absent or ``""``) is on neither side.

    Returns
    -------
    tuple of GroupDifference
        Each group of raters beside all others; then, with groups of people, each pair of groups. Of two
        groups only the first is told: the second is its mirror image.

    Notes
    -----
    The model of :func:`severity` with one term more, ``+ gamma`` where a rater of the group rates (a person
    of the group), fitted by one step of weighted least squares from the estimates: what a rater's scores of
    one person deviate, over their information, on a person's own effect and, for pairs of groups, a rater's
    own. So neither people who were rated by other raters nor strict raters are taken for bias. Weights
    are the information, lowered by halo. Raters are what varies: errors are clustered by rater, each
    rater's share enlarged by what its own effects took of it (Bell & McCaffrey 2002), and t has as many
    degrees of freedom as raters count effectively, less two. Nothing is said below three raters or five
    people on either side, nor where one rater holds more than half of the information.

    What all groups of raters have in common cannot be seen: if everybody underrates the same people, no
    rating of the round says so. A difference does not say which group is right.

    References
    ----------
    Differential rater functioning: Myford & Wolfe (2004), Journal of Applied Measurement 5, 189-227; Holm
    (1979), https://www.jstor.org/stable/4615733.

    Examples
    --------
    >>> from fairlead.core.raters import severity
    >>> from fairlead.core.ratings import Ratings
    >>> rng = np.random.default_rng(1)
    >>> rows = [
    ...     (f"p{i}", f"r{j}", f"c{k}", int(np.clip(round(3 + skill - (j < 4) + rng.normal(0, 0.8)), 1, 5)))
    ...     for i, skill in enumerate(rng.normal(0, 0.8, 30)) for j in range(8) for k in range(3)
    ... ]
    >>> given = Ratings.from_rows(rows, lowest=1, highest=5)
    >>> one = group_differences(given, severity(given), {f"r{j}": "ab"[j >= 4] for j in range(8)})[0]
    >>> one.rater_group, one.said, round(one.points)
    ('a', 'lower', -1)
    """
    work = _Work(ratings, found, rater_groups, ratee_groups or {})
    raters = _told(work.rater_names)
    people = _told(work.ratee_names)
    asked = [(one, -1) for one in raters] + [(one, other) for one in raters for other in people]
    compared = [work.compare(*pair) for pair in asked]
    telling = [place for place, one in enumerate(compared) if one.p is not None]
    adjusted = holm([compared[place].p or 0.0 for place in telling])
    of = dict(zip(telling, adjusted, strict=True))
    return tuple(_judged(one, of.get(place)) for place, one in enumerate(compared))


def _told(names: Sequence[str]) -> list[int]:
    """Give the groups that are told: of two the first, of one none, since it has no others."""
    return list(range(len(names))) if len(names) > 2 else [0] if len(names) == 2 else []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    rater_group: str
    ratee_group: str
    sides: tuple[int, int, int, int]
    too_few: str = ""
    logits: float = 0.0
    se: float = 0.0
    reach: float = 0.0
    points: float = 0.0
    p: float | None = None


class _Work:
    """One round's pairs of rater and person: what deviates, how much it weighs, who is in which group."""

    def __init__(
        self,
        ratings: Ratings,
        found: Severity,
        rater_groups: Mapping[str, str],
        ratee_groups: Mapping[str, str],
    ) -> None:
        self.layout = layout = lay_out(ratings, found.model)
        severity = np.array([one.severity for one in found.raters])
        sums = residuals(
            ratings,
            layout,
            np.array([one.measure for one in found.ratees]),
            severity[:, None] + np.array([one.difficulty for one in found.criteria])[None, :],
            _thresholds(found, layout),
            np.zeros(layout.people, dtype=bool),
        )
        self.information = np.maximum(sums.pair_information, _EMPTY)
        # What the pair says of person and rater together; the person's effect is taken out of it later.
        self.response = sums.pair_residual / self.information - severity[layout.pair_rater]
        self.weight = self.information / (1.0 + found.halo.sd**2 * self.information)
        self.size = np.diff(np.append(layout.pair_start, len(ratings)))
        self.rater_names, of_rater = _places(ratings.raters, rater_groups)
        self.ratee_names, of_ratee = _places(ratings.ratees, ratee_groups)
        self.rater_group, self.ratee_group = of_rater[layout.pair_rater], of_ratee[layout.pair_ratee]

    def compare(self, raters: int, people: int) -> _Compared:
        """Compare one group of raters with the others, in all they rate or in one group of people."""
        inside = self.rater_group == raters
        rows = self.rater_group >= 0
        column = inside
        if people >= 0:
            rows = rows & (self.ratee_group >= 0)
            column = inside & (self.ratee_group == people)
        names = self.rater_names[raters], self.ratee_names[people] if people >= 0 else ""
        rows &= self.weight > _EMPTY
        weight = self.weight[rows]
        left, right = self.layout.pair_ratee[rows], self.layout.pair_rater[rows]
        effects = _effects(left, right if people >= 0 else None, weight)
        own = _without(effects, column[rows].astype(np.float64), weight)
        own[np.abs(own) < _EMPTY] = 0.0
        share = weight * own * own
        sides = self._sides(rows, share > 0, raters, people)
        if few := _too_few(sides, share, right, people=people >= 0):
            return _Compared(rater_group=names[0], ratee_group=names[1], sides=sides, too_few=few)
        whole = float(share.sum())
        rest = _without(effects, self.response[rows], weight)
        logits = float((weight * own * rest).sum()) / whole
        scores = np.bincount(right, weight * own * (rest - logits * own))
        leverage = np.bincount(right, share) / whole
        # What people's own effects and the difference itself have taken of each rater's deviations.
        beside = 1.0 - weight / np.bincount(left, weight)[left]
        kept = np.bincount(right, share * beside) / np.maximum(np.bincount(right, share), _EMPTY) - leverage
        se = float(np.sqrt(np.sum(scores**2 / np.maximum(kept, _LEAST_KEPT)))) / whole
        freedom = max(1.0, 1.0 / float((leverage**2).sum()) - 2.0)
        here = column & rows
        return _Compared(
            rater_group=names[0], ratee_group=names[1], sides=sides, logits=logits, se=se,
            reach=float(stdtrit(freedom, 0.5 + LEVEL / 2)),
            points=self._points(here), p=float(2 * stdtr(freedom, -abs(logits) / max(se, _EMPTY))),
        )  # fmt: skip

    def _sides(self, rows: Flags, telling: Flags, raters: int, people: int) -> tuple[int, int, int, int]:
        """Count raters and people on either side among the pairs that say something."""
        places = np.flatnonzero(rows)[telling]
        by, who = self.layout.pair_rater[places], self.layout.pair_ratee[places]
        inside = self.rater_group[places] == raters
        of_them = self.ratee_group[places] == people if people >= 0 else np.ones(len(places), dtype=bool)
        return (
            len(np.unique(by[inside])),
            len(np.unique(by[~inside])),
            len(np.unique(who[of_them])),
            len(np.unique(who[~of_them])),
        )

    def _points(self, rows: Flags) -> float:
        """Give what a logit is worth in points, in the middle of these ratings: one step of levels each."""
        layout = self.layout
        worth = float((layout.points[:, -1] - layout.points[:, 0]).mean() / np.maximum(layout.tops, 1).mean())
        return worth * float(self.information[rows].sum() / self.size[rows].sum())


def _thresholds(found: Severity, layout: Layout) -> Floats:
    told = np.zeros((layout.scales, layout.most))
    place = {one.criterion: number for number, one in enumerate(found.criteria)}
    filled = np.zeros(layout.scales, dtype=int)
    for step in found.steps:
        scale = 0 if step.criterion is None else place[step.criterion]
        told[scale, filled[scale]] = step.threshold
        filled[scale] += 1
    return told


def _places(names: Sequence[str], groups: Mapping[str, str]) -> tuple[tuple[str, ...], Places]:
    of = [groups.get(name, "") for name in names]
    known = tuple(sorted({one for one in of if one}))
    place = {one: number for number, one in enumerate(known)}
    return known, np.array([place.get(one, -1) for one in of], dtype=np.int32)


def _effects(ratee: Places, rater: Places | None, weight: Floats) -> sparse.csr_matrix:
    """Give people's own effects, and raters' where they are taken out too, weighted."""
    rows, root = np.arange(len(ratee)), np.sqrt(weight)
    parts = [sparse.csr_matrix((root, (rows, place))) for place in (ratee, rater) if place is not None]
    return sparse.hstack(parts, format="csr")


def _without(effects: sparse.csr_matrix, column: Floats, weight: Floats) -> Floats:
    """Take out of a column what effects of people (and raters) explain."""
    from scipy.sparse.linalg import lsmr  # noqa: PLC0415 - only this needs it

    root = np.sqrt(weight)
    size = np.sqrt(np.asarray(effects.power(2).sum(axis=0)).ravel())
    scaled = effects @ sparse.diags(1.0 / np.where(size > 0, size, 1.0))
    found = lsmr(scaled, root * column, atol=1e-11, btol=1e-11, maxiter=20_000)[0]
    told: Floats = column - scaled @ found / root
    return told


def _too_few(sides: tuple[int, int, int, int], share: Floats, rater: Places, *, people: bool) -> str:
    """Say why there is too little to compare, or nothing."""
    if min(sides[:2]) < FEWEST_RATERS:
        return f"At least {FEWEST_RATERS} raters on either side have to rate people that the others rate too."
    if min(sides[2:] if people else sides[2:3]) < FEWEST_PEOPLE:
        return f"At least {FEWEST_PEOPLE} people on either side have to be rated by both."
    if float(np.bincount(rater, share).max()) > share.sum() / 2:
        return "One rater alone would decide it."
    return ""


def _judged(one: _Compared, adjusted: float | None) -> GroupDifference:
    raters, other_raters, people, other_people = one.sides
    if one.p is None or adjusted is None:
        return GroupDifference(
            rater_group=one.rater_group, ratee_group=one.ratee_group, raters=raters,
            other_raters=other_raters, people=people, other_people=other_people, logits=None, se=None,
            low=None, high=None, points=None, points_low=None, points_high=None, p=None, adjusted_p=None,
            said="too few to say", why=one.too_few,
        )  # fmt: skip
    low, high = one.logits - one.reach * one.se, one.logits + one.reach * one.se
    said, why = _verdict(one, low, high, adjusted)
    return GroupDifference(
        rater_group=one.rater_group, ratee_group=one.ratee_group, raters=raters, other_raters=other_raters,
        people=people, other_people=other_people, logits=one.logits, se=one.se, low=low, high=high,
        points=one.points * one.logits, points_low=one.points * low, points_high=one.points * high, p=one.p,
        adjusted_p=adjusted, said=said, why=why,
    )  # fmt: skip


def _verdict(one: _Compared, low: float, high: float, adjusted: float) -> tuple[Said, str]:
    by = abs(one.points * one.logits)
    whom = f"people of “{one.ratee_group}”, beside other people," if one.ratee_group else "people"
    if adjusted <= LIMIT:
        side: Said = "higher" if one.logits > 0 else "lower"
        return side, (
            f"Raters of “{one.rater_group}” score {whom} {side} than the other raters do, "
            f"by about {by:.1f} points."
        )
    if low >= -ALIKE and high <= ALIKE:
        return "about level", f"Raters of “{one.rater_group}” score {whom} about as the other raters do."
    return "unclear", "Chance may explain the difference, and it may not."
