"""Selection rates group by group beside one reference, and the word that may be said of each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.impact_results import FEWEST, LIMIT, SMALL_SHARE, GroupRate
from fairlead.core.two_groups import (
    below_four_fifths,
    effect_h,
    exact_and_mid_p,
    log_interval,
    ratio_interval,
    shortfall,
    standard_deviations,
    yates_p,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.impact_results import Word

ABOUT_LEVEL = (Fraction(4, 5), Fraction(5, 4))
"""A ratio whose whole interval lies in here is about level."""


@dataclass(frozen=True, slots=True)
class Count:
    """A group: all who were decided on, and the selected."""

    group: str
    n: int
    selected: int


def reference_of(counts: Sequence[Count]) -> str:
    """Name the group selected most often, to be compared with.

    Groups of fewer than five people or less than 2 % of all are passed over where there are others: one
    lucky person is no measure. Of groups with the same rate the largest is taken, then the first by name.

    Examples
    --------
    >>> reference_of([Count("a", 40, 20), Count("b", 2, 2), Count("c", 30, 10)])
    'a'
    """
    people = sum(one.n for one in counts)
    here = [one for one in counts if one.n]
    large = [one for one in here if one.n >= FEWEST and one.n * SMALL_SHARE >= people]
    best = min(
        large or here, key=lambda one: (-Fraction(one.selected, one.n), -one.n, one.group), default=None
    )
    return best.group if best is not None and best.selected else ""


def group_rates(
    counts: Sequence[Count], reference: str, *, named: bool, level: float
) -> tuple[GroupRate, ...]:
    """Compare every group with the reference; ``named`` says that it was asked for and not picked."""
    people = sum(one.n for one in counts)
    base = next((one for one in counts if one.group == reference and one.n), None)
    adjusted = _adjusted(counts, base, named=named)
    found = []
    for one in counts:
        small = one.n * SMALL_SHARE < people
        if one is base:
            found.append(_plain(one, "reference", "The others are compared with this group.", small=small))
        elif base is None or not one.n:
            why = "There is nobody to compare with." if one.n else "Nobody of this group came here."
            found.append(_plain(one, "too few to say", why, small=small))
        else:
            found.append(_beside(one, base, adjusted[one.group], level, small=small))
    return tuple(found)


def _plain(one: Count, said: Word, why: str, *, small: bool) -> GroupRate:
    itself = said == "reference"
    return GroupRate(
        group=one.group, n=one.n, selected=one.selected, rate=one.selected / one.n if one.n else None,
        impact_ratio=1.0 if itself and one.selected else None, low=None, high=None, fisher_p=None,
        mid_p=None, shortfall=None, below_four_fifths=False if itself and one.selected else None,
        said=said, why=why, small=small,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tested:
    """A pair's p: Fisher's, mid-p, the least mid-p it could have had, mid-p adjusted for all pairs."""

    fisher: float
    mid: float
    least: float
    adjusted: float


def _adjusted(counts: Sequence[Count], base: Count | None, *, named: bool) -> dict[str, _Tested]:
    """Test each group against the reference; adjust by Holm over all pairs that could have told a difference.

    Where the reference was picked because its rate is the highest, every pair of groups had its chance.
    """
    if base is None:
        return {}
    here = [one for one in counts if one.n]
    pairs = [(one, base) for one in here if one is not base]
    if not named:
        pairs += [pair for pair in combinations(here, 2) if base not in pair]
    if not pairs:
        return {}
    columns = [[one.selected, one.n, other.selected, other.n] for one, other in pairs]
    fisher, mid, least = exact_and_mid_p(*np.array(columns).T)
    telling = np.array([
        min(one.n, other.n) >= FEWEST and low <= LIMIT for (one, other), low in zip(pairs, least, strict=True)
    ])  # fmt: skip
    adjusted = np.ones(len(pairs))
    adjusted[telling] = holm(mid[telling].tolist())
    return {
        one.group: _Tested(float(f), float(m), float(low), float(a))
        for (one, other), f, m, low, a in zip(pairs, fisher, mid, least, adjusted, strict=True)
        if other is base
    }


def holm(p: Sequence[float]) -> list[float]:
    """Adjust p-values for their number (Holm 1979, https://www.jstor.org/stable/4615733).

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    adjusted, highest = [0.0] * len(p), 0.0
    for rank, place in enumerate(sorted(range(len(p)), key=lambda one: p[one])):
        highest = max(highest, min(1.0, (len(p) - rank) * p[place]))
        adjusted[place] = highest
    return adjusted


def _beside(one: Count, base: Count, tested: _Tested, level: float, *, small: bool) -> GroupRate:
    table = (one.selected, one.n, base.selected, base.n)
    ratio = low = high = None
    by_log = None
    if base.selected:
        ratio = one.selected * base.n / (one.n * base.selected)
        lows, highs = ratio_interval(*table, level=level)
        low, high = float(lows[0]), float(highs[0])
        by_log = log_interval(*table, level=level)
    said, why = verdict(one, base, tested.least, tested.adjusted, low, high)
    return GroupRate(
        group=one.group, n=one.n, selected=one.selected, rate=one.selected / one.n, impact_ratio=ratio,
        low=low, high=high, fisher_p=tested.fisher, mid_p=tested.mid, shortfall=shortfall(*table),
        below_four_fifths=bool(below_four_fifths(*table)) if base.selected else None, said=said, why=why,
        adjusted_p=tested.adjusted, log_low=by_log[0] if by_log else None,
        log_high=by_log[1] if by_log else None, deviations=standard_deviations(*table),
        effect_h=effect_h(*table), yates_p=yates_p(*table), small=small,
    )  # fmt: skip


def verdict(
    one: Count, base: Count, least: float, adjusted: float, low: float | None, high: float | None
) -> tuple[Word, str]:
    """Say what may be said of a group beside the reference, and why.

    Examples
    --------
    >>> verdict(Count("a", 4, 0), Count("b", 30, 20), 0.001, 0.02, 0.0, 1.1)
    ('too few to say', 'The group has 4 people; at least 5 are needed.')
    """
    fewest = min(one.n, base.n)
    if fewest < FEWEST:
        whose = "The group" if one.n <= base.n else "The reference"
        people = "1 person" if fewest == 1 else f"{fewest} people"
        return "too few to say", f"{whose} has {people}; at least {FEWEST} are needed."
    if one.selected + base.selected in {0, one.n + base.n}:
        all_or_none = "Nobody" if not one.selected else "Everybody"
        return "too few to say", f"{all_or_none} of both was selected."
    if least > LIMIT:
        return (
            "too few to say",
            "With so few selected, or passed over, no outcome could have shown a difference.",
        )
    # Whole numbers: two equal rates never differ by rounding.
    lower = one.selected * base.n < base.selected * one.n
    if adjusted <= LIMIT:
        beside = "lower" if lower else "higher"
        return ("lower" if lower else "higher"), (
            f"The rate is {beside} by more than chance easily explains (adjusted p {adjusted:.2g})."
        )
    if low is not None and high is not None and low >= ABOUT_LEVEL[0] and high <= ABOUT_LEVEL[1]:
        return "about level", "The whole interval of the ratio lies between 0.80 and 1.25."
    return "unclear", (
        "Chance may explain the difference, and it may not: the interval of the ratio is wide."
    )
