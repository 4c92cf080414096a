"""What is known of raters, ratings and the people rated: plain frozen records, the contract of a round.

Two kinds of figures stand side by side. What the model says (``severity``, ``difficulty``, ``threshold``,
``measure``) is on its own scale, the logit, and comparable with other programs. What people read
(``points``, ``observed``, ``fair``, ``low``, ``high``) is on the scale on which they rated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from fairlead.core.rater_design import Design

LEVEL: Final = 0.8
"""Coverage of every interval."""

Model = Literal["rsm", "pcm"]
"""Rating scale (all criteria share their thresholds) or partial credit (each has its own)."""

Method = Literal["mml", "jml"]
"""Marginal maximum likelihood over ratees, or joint maximum likelihood as older programs do it."""

Extreme = Literal["", "lowest", "highest"]
"""Whether every rating stands on one end of the scale."""

Verdict = Literal["corrected", "alike", "too_few"]
"""Whether fair scores are corrected for severity: yes; not needed; too few ratings to do it."""

UseKind = Literal["halo", "centrality", "range"]
"""One score for everything; the middle of the scale; few points of the scale."""


Said = Literal["higher", "lower", "about level", "unclear", "too few to say"]
"""What may be said of a group of raters beside the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well ratings agree with the model: 1 is expected; above, they surprise; below, they surprise less.

    ``infit`` weighs each squared surprise by its information, ``outfit`` does not; ``_z`` are the same as
    standard normal deviates (Wilson & Hilferty). ``None`` where every rating is extreme.
    """

    infit: float | None
    outfit: float | None
    infit_z: float | None
    outfit_z: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterSeverity:
    """How strict one rater was.

    Parameters
    ----------
    rater, component
        Name, and the number (from 1) of the component; severities are comparable inside it only.
    n, ratees, shared
        Ratings given; people rated; how many of these somebody else rated as well.
    observed
        Mean of the scores given.
    severity, se
        Logits as estimated, stricter above 0; they sum to 0 in each component. ``se`` is widened for
        halo (``Severity.halo``).
    se_model
        The standard error that takes every rating for independent.
    shrunk, shrunk_se
        The severity that corrects fair scores: drawn towards 0 as far as chance may have made it
        (empirical Bayes); 0 where nothing is corrected.
    points, points_low, points_high
        What ``shrunk`` means on the scale: by how many points this rater scores the people of the round
        higher (above 0) or lower than the mean of the raters, and the 80 % interval.
    fit, extreme
        See :class:`Fit`; an extreme rater's severity is estimated with 0.3 of a point given back.
    """

    rater: str
    component: int
    n: int
    ratees: int
    shared: int
    observed: float
    severity: float
    se: float
    se_model: float
    shrunk: float
    shrunk_se: float
    points: float
    points_low: float
    points_high: float
    fit: Fit
    extreme: Extreme = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FairScore:
    """One person's ratings on the common scale.

    Parameters
    ----------
    ratee, component
        Name, and the number of the component; scores are comparable inside it only.
    n, raters
        Ratings received, and how many raters gave them.
    observed
        Mean of the ratings as given.
    fair, low, high
        The score that raters of mean severity would have given, over all criteria, with its 80 %
        interval, which holds the uncertainty of the severities and of the ratings, widened for halo.
        Equal to ``observed`` where nothing is corrected.
    corrected
        Whether ``fair`` was corrected for severity; ``Component.why`` says why not.
    measure, se
        Logits as estimated, before severities are shrunk: the posterior mean and standard deviation
        under marginal maximum likelihood. Extreme ratings have a measure, too: the posterior's, or
        under joint maximum likelihood that of 0.3 of a point less extreme.
    fit, extreme
        See :class:`Fit`.
    """

    ratee: str
    component: int
    n: int
    raters: int
    observed: float
    fair: float
    low: float
    high: float
    corrected: bool
    measure: float
    se: float
    fit: Fit
    extreme: Extreme = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionDifficulty:
    """How hard it is to score high on one criterion: logits, harder above."""

    criterion: str
    n: int
    observed: float
    difficulty: float
    se: float
    fit: Fit
    extreme: Extreme = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The threshold between two neighbouring scores that were given, in logits.

    ``criterion`` is ``None`` in the rating scale model, where all share it. Thresholds of one scale sum to
    0. ``n`` counts the ratings on the upper score.
    """

    criterion: str | None
    below: int
    above: int
    threshold: float
    se: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """How far a set of estimates lies apart beside its own noise; formulas of many-facet Rasch programs.

    ``true_sd`` is the standard deviation beyond noise, ``rmse`` the noise, ``separation`` their ratio,
    ``strata`` how many levels can be told apart, ``reliability`` the share that is no noise; of a
    population and of a sample. ``chi_square`` tests whether all are the same. ``None`` below two.
    """

    n: int
    rmse: float | None
    true_sd: float | None
    separation: float | None
    strata: float | None
    reliability: float | None
    separation_sample: float | None
    strata_sample: float | None
    reliability_sample: float | None
    chi_square: float | None
    df: int
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterAgreement:
    """How often two raters gave a person the same score on a criterion, and how often that was expected."""

    pairs: int
    exact: float | None
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Halo:
    """How far one rater's scores of one person hang together beyond that person's measure.

    ``pairs`` counts ratings of one person by one rater on two criteria or more; ``sd`` is the spread, in
    logits, of what such a set has in common; ``widening`` the factor by which standard errors of
    severities grow on average (1: nothing seen).
    """

    pairs: int
    sd: float
    widening: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDifference:
    """How one group of raters rates beside all other raters; never a person, never a rater.

    Parameters
    ----------
    rater_group
        The raters looked at.
    ratee_group
        ``""``: their ratings of everybody. Else by how much further than the other raters they put these
        people above (or below) all other people.
    raters, other_raters, people, other_people
        How many there are whose ratings say something about it.
    logits, se, low, high
        The difference, higher scores above 0, with its interval; ``None`` where too few can say.
    points, points_low, points_high
        The same on the scale of the ratings.
    p, adjusted_p
        Of a difference as large where there is none; adjusted by Holm for all that could be said.
    said, why
        The verdict, and its sentence.
    """

    rater_group: str
    ratee_group: str
    raters: int
    other_raters: int
    people: int
    other_people: int
    logits: float | None
    se: float | None
    low: float | None
    high: float | None
    points: float | None
    points_low: float | None
    points_high: float | None
    p: float | None
    adjusted_p: float | None
    said: Said
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Raters and ratees that can be compared, and whether their scores are corrected.

    ``spread`` is the standard deviation of severities beyond chance, in logits, with its 80 % interval;
    ``reliability`` the share of their differences that is no chance; ``p`` how often chance alone would
    make raters differ this much. ``why`` says the verdict in a sentence.
    """

    number: int
    raters: tuple[str, ...]
    ratees: tuple[str, ...]
    verdict: Verdict
    why: str
    spread: float
    spread_low: float
    spread_high: float
    reliability: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """Strictness of each rater and the fair score of each person rated.

    Parameters
    ----------
    model, method
        What was fitted, and how.
    lowest, highest, scores
        Ends of the scale, and the scores that somebody gave.
    n
        Ratings.
    connected
        Whether all raters can be compared; else see ``components``.
    components, design
        Who can be compared with whom, and how strong the links are.
    raters, ratees, criteria
        In the order of names.
    steps
        Thresholds.
    log_likelihood, deviance
        Of the fitted model (joint under joint maximum likelihood).
    spread
        Standard deviation of the ratees' measures in logits: of their population (``mml``), or as seen.
    reliability
        Of the ratees' measures: variance of the posterior means over all variance (``mml``), or separation
        reliability.
    rater_separation, ratee_separation, criterion_separation, agreement, halo
        See there; of severities before they are shrunk.
    use
        How each rater used the scale, with counts.
    crossed
        A crossed linear model as a second opinion, where it was asked for.
    converged, passes
        Whether the fit came to rest, and after how many passes over the data.
    notes
        What to know about this result, in sentences.
    groups
        How groups of raters differ, where it was asked for.
    """

    model: Model
    method: Method
    lowest: int
    highest: int
    scores: tuple[int, ...]
    n: int
    connected: bool
    components: tuple[Component, ...]
    design: Design
    raters: tuple[RaterSeverity, ...]
    ratees: tuple[FairScore, ...]
    criteria: tuple[CriterionDifficulty, ...]
    steps: tuple[Step, ...]
    log_likelihood: float
    deviance: float
    spread: float
    reliability: float | None
    rater_separation: Separation
    ratee_separation: Separation
    criterion_separation: Separation
    agreement: RaterAgreement
    halo: Halo
    use: tuple[ScaleUse, ...]
    converged: bool
    passes: int
    crossed: Crossed | None = None
    notes: tuple[str, ...] = ()
    groups: tuple[GroupDifference, ...] | None = None
