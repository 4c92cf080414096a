"""What an analysis of impact says: plain records, group by group, stratum by stratum, round by round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from fairlead.core.mantel_haenszel import MantelHaenszel
    from fairlead.core.score_gaps import ScoreGaps
    from fairlead.core.watching import Watch

LEVEL: Final = 0.95
"""Coverage of intervals."""

LIMIT: Final = 0.05
"""A difference is called one where the adjusted mid-p is at most this."""

FEWEST: Final = 5
"""People that a group must have to be compared, or to be what others are compared with."""

SMALL_SHARE: Final = 50
"""A group of less than one in so many (2 %) is named as small; New York's rule lets a report leave it out."""

Word = Literal["reference", "lower", "higher", "about level", "unclear", "too few to say"]
"""What is said of a group beside the reference; the written rule: :func:`fairlead.core.impact.impact`."""

Scope = Literal["whole", "step", "round"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRate:
    """One group: how many, how many selected, and how that compares with the reference.

    ``impact_ratio`` is its rate over the reference's; ``low`` and ``high`` its score interval at 95 %,
    ``log_low`` and ``log_high`` the older one by logarithms. ``fisher_p`` and ``mid_p`` test equal rates,
    ``adjusted_p`` is mid-p adjusted for the number of pairs compared. ``shortfall``: how many more of the
    group would have been selected at one rate for both, with as many selected in all.
    ``below_four_fifths`` is a rule of thumb. ``deviations`` are the standard deviations of courts,
    ``effect_h`` Cohen's h, ``yates_p`` an older test. ``small``: less than 2 % of those who stated it.
    ``said`` is the verdict and ``why`` its reason in a sentence. Of the reference itself, and where there
    is no ratio, the comparing figures are ``None``.
    """

    group: str
    n: int
    selected: int
    rate: float | None
    impact_ratio: float | None
    low: float | None
    high: float | None
    fisher_p: float | None
    mid_p: float | None
    shortfall: float | None
    below_four_fifths: bool | None
    said: Word
    why: str
    adjusted_p: float | None = None
    log_low: float | None = None
    log_high: float | None = None
    deviations: float | None = None
    effect_h: float | None = None
    yates_p: float | None = None
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotStated:
    """Who did not state it: counted, in no comparison, never filled in."""

    n: int
    selected: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumRates:
    """One unit or level: its groups beside the same reference. Empty ``stratum``: the row named none."""

    stratum: str
    n: int
    selected: int
    not_stated: NotStated
    groups: tuple[GroupRate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratified:
    """A group (or everybody else together) beside the reference inside the strata.

    ``crude_odds_ratio`` is that of all strata in one pot. ``reversed`` (Simpson's paradox): pooled, the
    group is selected more (or less) often than the reference, and inside the strata it is the other way
    round. ``lower_in`` and ``higher_in`` count the strata that point either way; ``says`` puts it into
    sentences.
    """

    group: str
    found: MantelHaenszel
    crude_odds_ratio: float | None
    reversed: bool
    lower_in: int
    higher_in: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One decision, group by group.

    ``scope`` is ``"whole"`` (from the first step to the end), ``"step"`` or ``"round"`` with its ``name``.
    ``n`` were decided on and ``selected``; ``open`` reached it and were not decided on. ``reference`` is
    the group that the others are compared with, ``""`` where there is none (``too_little`` says why);
    ``reference_named`` whether it was asked for, or is the one selected most often.
    ``mantel_haenszel`` is everybody else together beside the reference; ``stratified`` each group.
    """

    scope: Scope
    name: str
    n: int
    selected: int
    open: int
    not_stated: NotStated
    reference: str
    reference_named: bool
    groups: tuple[GroupRate, ...]
    strata: tuple[StratumRates, ...] = ()
    mantel_haenszel: Stratified | None = None
    stratified: tuple[Stratified, ...] = ()
    too_little: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeImpact:
    """One attribute (or two taken together): the whole way, each step, each round, and rounds watched.

    ``scores`` stand where the table has scores instead of steps.
    """

    attribute: str
    crossed: bool
    whole: Comparison
    steps: tuple[Comparison, ...]
    rounds: tuple[Comparison, ...]
    watch: Watch | None = None
    scores: ScoreGaps | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Every table of one file or round; ``strata`` is the name of what was compared within, or empty."""

    steps: tuple[str, ...]
    strata: str
    attributes: tuple[AttributeImpact, ...]
    level: float = LEVEL
    notes: tuple[str, ...] = ()
