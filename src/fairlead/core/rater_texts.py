"""What there is to say of a round's ratings and their correction, in sentences that screens repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.rater_design import Design
    from fairlead.core.rater_errors import PairHalo
    from fairlead.core.rater_layout import Extremes, Layout
    from fairlead.core.rater_results import Method, RaterSeverity, Severity
    from fairlead.core.rater_shrink import Shrunk
    from fairlead.core.ratings import Ratings

_NAMED: Final = 5
_RAW: Final = (
    "The fair score is the mean of the ratings, and its interval holds what the raters may have added or "
    "taken away."
)


def why(part: Shrunk, raters: Sequence[str]) -> str:
    """Say why a component's scores are corrected or not."""
    if len(raters) == 1:
        return f"{raters[0]} is the only rater here, with nobody to compare with. {_RAW}"
    if part.verdict == "corrected":
        return (
            f"The raters differ by more than chance: {_chance(part.p)} alone would show as much. Fair scores "
            f"are corrected; {part.reliability:.0%} of the differences between raters are no chance."
        )
    if part.verdict == "alike":
        return f"The raters are about equally strict, and there are enough ratings to see it. {_RAW}"
    return (
        f"There are too few ratings to correct: {_chance(part.p)} alone would make raters differ this much. "
        f"{_RAW}"
    )


def _chance(p: float) -> str:
    if p < 0.01:
        return "in fewer than 1 of 100 rounds chance"
    return f"in {round(100 * p)} of 100 rounds chance"


def compared(rater: RaterSeverity, found: Severity) -> str:
    """Say in plain words how a rater's scores compare with those of the others."""
    of = found.highest - found.lowest + 1
    if found.components[rater.component - 1].verdict == "too_few":
        return "Too few ratings to say."
    if found.components[rater.component - 1].verdict == "alike" or round(abs(rater.points), 1) == 0:
        return "Rates as the other raters do."
    side = "lower" if rater.points < 0 else "higher"
    if rater.points_low <= 0 <= rater.points_high:
        return f"May rate {side} than the other raters do; it could be chance."
    return f"Rates {side} than the other raters do, by about {abs(rater.points):.1f} points of {of}."


def notes(
    ratings: Ratings,
    layout: Layout,
    design: Design,
    away: Extremes,
    hangs: PairHalo,
    method: Method,
    *,
    converged: bool,
    held: bool = False,
    flat: bool = False,
) -> tuple[str, ...]:
    """Say what to know about a result."""
    told = [*about_the_table(ratings, layout, design)]
    told += _ends("raters", ratings.raters, away.rater.tolist())
    told += _ends("people", ratings.ratees, away.ratee.tolist())
    told += _ends("criteria", ratings.criteria, away.criterion.tolist())
    widening = float(np.sqrt(hangs.rater).mean())
    if widening >= 1.05:
        told.append(
            "What one rater says of one person on several criteria hangs together (halo): standard errors of "
            f"severities are {widening:.1f} times those of independent ratings."
        )
    elif hangs.sets and not hangs.freedom:
        told.append(
            "Nobody is rated by two raters on several criteria, so it cannot be seen how far a rater's "
            "scores of one person hang together; errors take them for independent."
        )
    if method == "jml":
        each = len(ratings) / layout.people
        told.append(
            f"Joint maximum likelihood: with {each:.0f} ratings for each person on average, estimates lie "
            f"about {100 / max(each - 1, 1):.0f} % too far apart."
        )
    if held:
        told.append(
            "Some scores follow an order without any exception; what follows from them is held at ten logits "
            "and is no measurement."
        )
    if flat:
        told.append(
            "People's scores differ no more than chance alone would make them: what is measured of each says "
            "next to nothing."
        )
    if not converged:
        told.append("The estimates had not come to rest when the search ended: take them with care.")
    return tuple(told)


def about_the_table(ratings: Ratings, layout: Layout, design: Design) -> tuple[str, ...]:
    """Say what to know about ratings before anything is estimated."""
    told = [*ratings.notes, *design.notes]
    low, high = ratings.ends
    if ratings.lowest is None or ratings.highest is None:
        told.append(
            f"The scale was taken to go from {low} to {high}, the lowest and the highest score given."
        )
        told += [
            f"A single rating is {end}: if it is a slip, correct it or say how far the scale goes."
            for end in (low, high)
            if np.count_nonzero(ratings.score == end) == 1
        ]
    return (*told, *_unused(ratings, layout, low, high))


def _unused(ratings: Ratings, layout: Layout, low: int, high: int) -> list[str]:
    told: list[str] = []
    given = np.bincount(ratings.score - low, minlength=high - low + 1) > 0
    inner = np.flatnonzero(given)
    between = np.flatnonzero(~given[inner[0] : inner[-1]]) + inner[0] + low
    told += [f"Nobody gave a {point}: the step over it counts as one." for point in between.tolist()]
    lowest, highest = int(inner[0] + low), int(inner[-1] + low)
    if (lowest, highest) != (low, high):
        told.append(f"Scores go from {lowest} to {highest} on a scale from {low} to {high}.")
    if layout.scales > 1:
        whole = len(inner)
        fewer = [
            name for name, top in zip(ratings.criteria, layout.tops.tolist(), strict=True) if top + 1 < whole
        ]
        if fewer:
            told.append(
                f"Not every score was given on {listed(fewer, _NAMED)}: the steps over those count as one."
            )
    return told


def _ends(what: str, names: Sequence[str], flags: Sequence[int]) -> list[str]:
    told = []
    for flag, word in ((-1, "lowest"), (1, "highest")):
        here = [name for name, one in zip(names, flags, strict=True) if one == flag]
        if not here:
            continue
        does = {
            "raters": f"gave nothing but the {word} score: severity is estimated with 0.3 points given back",
            "people": f"got nothing but the {word} score: the interval is open on that side",
            "criteria": f"got nothing but the {word} score: difficulty is estimated as if by 0.3 points less",
        }[what]
        told.append(f"{listed(here, _NAMED)} {does}.")
    return told
