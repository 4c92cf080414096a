"""A crossed linear model of ratings by restricted maximum likelihood: the second opinion beside severity."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterEffect:
    """By how many points a rater scores higher (above 0) or lower than the mean, drawn towards 0."""

    rater: str
    effect: float
    se: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """Where the differences between ratings come from, in squared points, and each rater's effect in points.

    ``reml`` is the restricted criterion, -2 log likelihood. ``var_pair`` is what a rater's ratings of one
    person have in common beyond both (halo). ``correlation`` is that of the effects, turned around, with
    the severities of the Rasch model; ``None`` where either does not vary.
    """

    n: int
    reml: float
    var_ratee: float
    var_rater: float
    var_pair: float
    var_residual: float
    raters: tuple[RaterEffect, ...]
    criteria: tuple[tuple[str, float], ...]
    converged: bool
    correlation: float | None = None
