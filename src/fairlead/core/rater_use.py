"""How a rater used the scale: halo, centrality and a narrow range, each with the counts that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UseKind = Literal["halo", "centrality", "range"]
"""One score for everything; the middle of the scale; few points of the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSign:
    """Something in a rater's use of the scale that chance does not explain.

    ``sentence`` says it with its counts and about the ratings, not about the person; ``p`` is how often
    chance alone would show as much. A sign changes no number.
    """

    kind: UseKind
    sentence: str
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleUse:
    """One rater's use of the scale beside what the model expects for the same people and criteria.

    Parameters
    ----------
    rater
        Name.
    counts, expected
        How often each score from the lowest to the highest was given; and how often this rater, at this
        severity, would be expected to give it.
    used
        How many different scores were given.
    sets, flat, flat_expected, flat_colleagues
        People rated on two criteria or more; those of them who got one score for everything; how many
        would be expected; the share among the other raters, ``None`` where there are none.
    middle, middle_expected
        Ratings on the middle of the scale (one point, or two where the number of points is even).
    sd, sd_expected
        Standard deviation of the scores, and the one expected; ``None`` for a single rating.
    signs
        What stands out; empty for most.
    """

    rater: str
    counts: tuple[int, ...]
    expected: tuple[float, ...]
    used: int
    sets: int
    flat: int
    flat_expected: float
    flat_colleagues: float | None
    middle: int
    middle_expected: float
    sd: float | None
    sd_expected: float | None
    signs: tuple[UseSign, ...] = ()
