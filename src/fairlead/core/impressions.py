"""How much impressions moved decisions at equal evidence, for a committee as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import chdtrc, chdtri, expit, log_expit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LEVEL: Final = 0.95
STEP: Final = 0.1
"""The odds ratio is told for this much more of the ratings resting on impressions."""

FEWEST: Final = 10
"""Decisions of the rarer outcome (promoted, or not) that an answer takes."""

FEWEST_DECISIONS: Final = 30
FEWEST_RATERS: Final = 3
"""With fewer members a figure about the committee would be one about a person."""

SPREAD: Final = 0.05
"""Standard deviation of the share of impressions below which there is nothing to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCase:
    """One finished decision of one round, without a name.

    ``evidence`` is the score of the ratings that rest on something seen or on an artefact, in points of the
    scale; ``impressions`` the share (0 to 1) of all ratings of the case that rest on impressions;
    ``raters`` how many rated it.
    """

    round: str
    evidence: float
    impressions: float
    promoted: bool
    raters: int = FEWEST_RATERS


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpressionEffect:
    """What the share of impressions did to decisions at equal evidence.

    ``odds_ratio`` is for a tenth more of the ratings resting on impressions (``low`` to ``high`` at
    ``level``); ``probability_step`` the mean change of the chance to be promoted in the same step.
    ``evidence_odds_ratio`` is for one point of evidence. ``n`` decisions, ``promoted`` of them, in
    ``rounds`` rounds. ``said`` is the verdict in a word, ``says`` in sentences; ``too_little`` stands
    where there is none. There is no figure for a member or a candidate, and none can be made from this.
    """

    n: int
    promoted: int
    rounds: int
    odds_ratio: float | None
    low: float | None
    high: float | None
    level: float
    p: float | None
    probability_step: float | None
    evidence_odds_ratio: float | None
    evidence_low: float | None
    evidence_high: float | None
    said: str
    says: str
    too_little: str = ""


def impression_effect(cases: Sequence[JudgedCase], *, level: float = LEVEL) -> ImpressionEffect:
    """Say how much impressions moved decisions at equal evidence.

    Parameters
    ----------
    cases
        Every decided case of all finished rounds of one committee, or of the company.
    level
        Coverage of the intervals.

    Returns
    -------
    ImpressionEffect
        One figure for the committee as a whole, or why there is none: fewer than 30 decisions, fewer than
        ten of the rarer outcome, fewer than three raters for a case, or hardly any difference in the share.

    Notes
    -----
    Logistic regression of "promoted" on evidence, share of impressions and rounds, by Firth's penalized
    likelihood (a flat step is never infinite, and small numbers are not exaggerated); the intervals and p
    are those of the penalized likelihood itself.

    The evidence score is measured with error. Where impressions and evidence go together, error in the
    evidence is taken for an effect of impressions: part of the true evidence is then seen only through
    them. The figure is therefore an upper bound of what impressions did where both rise together, and no
    proof. Who is decided on is not drawn by lot either.

    References
    ----------
    Firth (1993), doi:10.1093/biomet/80.1.27; Heinze & Schemper (2002), doi:10.1002/sim.1047; error in
    covariates: Carroll, Ruppert, Stefanski & Crainiceanu (2006), doi:10.1201/9781420010138.

    Examples
    --------
    >>> few = [JudgedCase(round="1", evidence=3.0, impressions=0.2, promoted=True)]
    >>> impression_effect(few).said
    'too few to say'
    """
    y = np.array([one.promoted for one in cases], dtype=float)
    why = _too_little(cases, y)
    rounds = sorted({one.round for one in cases})
    if why:
        return ImpressionEffect(
            n=len(cases), promoted=int(y.sum()), rounds=len(rounds), odds_ratio=None, low=None, high=None,
            level=level, p=None, probability_step=None, evidence_odds_ratio=None, evidence_low=None,
            evidence_high=None, said="too few to say", says=why, too_little=why,
        )  # fmt: skip
    evidence = np.array([one.evidence for one in cases])
    share = np.array([one.impressions for one in cases])
    dummies = [[float(one.round == name) for one in cases] for name in rounds[1:]]
    design = np.column_stack([np.ones(len(y)), share / STEP, evidence - evidence.mean(), *dummies])
    fit = Firth(design, y)
    (low, high), p = fit.interval(1, level), fit.p(1)
    evidence_low, evidence_high = fit.interval(2, level)
    beta = fit.beta
    moved = design.copy()
    moved[:, 1] = np.minimum(moved[:, 1] + 1, 1 / STEP)
    step = float((expit(moved @ beta) - expit(design @ beta)).mean())
    odds = float(np.exp(beta[1]))
    said = "no clear effect" if low <= 0 <= high else ("raised" if low > 0 else "lowered")
    return ImpressionEffect(
        n=len(cases), promoted=int(y.sum()), rounds=len(rounds), odds_ratio=odds, low=float(np.exp(low)),
        high=float(np.exp(high)), level=level, p=p, probability_step=step,
        evidence_odds_ratio=float(np.exp(beta[2])), evidence_low=float(np.exp(evidence_low)),
        evidence_high=float(np.exp(evidence_high)), said=said, says=_says(said, odds, low, high, step),
    )  # fmt: skip


def _too_little(cases: Sequence[JudgedCase], y: NDArray[np.float64]) -> str:
    if len(cases) < FEWEST_DECISIONS:
        return f"There are {len(cases)} finished decisions; {FEWEST_DECISIONS} are needed."
    rarer = int(min(y.sum(), len(y) - y.sum()))
    if rarer < FEWEST:
        outcome = "promoted" if y.sum() <= len(y) / 2 else "not promoted"
        return f"Of these decisions {rarer} ended “{outcome}”; {FEWEST} are needed."
    if min(one.raters for one in cases) < FEWEST_RATERS:
        return "A case was rated by fewer than three people; a figure would be one about a person."
    if float(np.std([one.impressions for one in cases])) < SPREAD:
        return "The share of impressions was nearly the same in all cases: there is nothing to compare."
    if float(np.std([one.evidence for one in cases])) == 0:
        return "The evidence was the same in all cases: there is nothing to compare."
    return ""


def _says(said: str, odds: float, low: float, high: float, step: float) -> str:
    told = (
        f"At equal evidence, a tenth more of the ratings resting on impressions went with {odds:.2f} times "
        f"the odds of being promoted ({np.exp(low):.2f} to {np.exp(high):.2f}), {100 * step:+.0f} points of "
        "chance."
    ).replace("-", "−")
    verdict = {
        "raised": "Impressions went with more promotions than the evidence explains.",
        "lowered": "Impressions went with fewer promotions than the evidence explains.",
        "no clear effect": "That may be chance: no effect is within the interval.",
    }[said]
    return (
        f"{told} {verdict} The evidence is measured with error, and what that hides can look like an effect "
        "of impressions. It says something about the committee as a whole, and nothing about anybody in it."
    )


class Firth:
    """Logistic regression by Firth's penalized likelihood, with intervals and tests of that likelihood.

    Parameters
    ----------
    design
        Cases by terms.
    y
        1 or 0 for each case.

    Examples
    --------
    Perfectly separated, and still finite:

    >>> fit = Firth(np.column_stack([np.ones(8), np.arange(8.0)]), np.array([0.0] * 4 + [1.0] * 4))
    >>> bool(0.5 < fit.beta[1] < 2)
    True
    """

    def __init__(self, design: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        self.design, self.y = design, y
        self.beta = self._fit(np.zeros(design.shape[1]), None)
        self.likelihood = self._penalized(self.beta)

    def _penalized(self, beta: NDArray[np.float64]) -> float:
        eta = self.design @ beta
        chance = expit(eta)
        information = self.design.T @ (self.design * (chance * (1 - chance))[:, None])
        sign, size = np.linalg.slogdet(information)
        fit = float(self.y @ log_expit(eta) + (1 - self.y) @ log_expit(-eta))
        return fit + size / 2 if sign > 0 else -np.inf

    def _fit(self, start: NDArray[np.float64], held: int | None) -> NDArray[np.float64]:
        """Climb to the maximum; the term ``held`` stays where it is."""
        beta = start.copy()
        best = self._penalized(beta)
        free = [at for at in range(len(beta)) if at != held]
        for _ in range(200):
            chance = expit(self.design @ beta)
            weight = chance * (1 - chance)
            root = self.design * np.sqrt(weight)[:, None]
            information = root.T @ root
            leverage = np.einsum("ij,ij->i", root @ np.linalg.pinv(information), root)
            score = self.design.T @ (self.y - chance + leverage * (0.5 - chance))
            step = np.zeros(len(beta))
            step[free] = np.linalg.lstsq(information[np.ix_(free, free)], score[free], rcond=None)[0]
            largest = float(np.abs(step).max(initial=0.0))
            step *= min(1.0, 2.0 / largest) if largest else 1.0
            for _ in range(30):
                value = self._penalized(beta + step)
                if value >= best:
                    break
                step /= 2
            else:
                break
            beta, gained, best = beta + step, value - best, value
            if gained < 1e-12 and float(np.abs(step).max(initial=0.0)) < 1e-8:
                break
        return beta

    def _profile(self, at: int, value: float) -> float:
        start = self.beta.copy()
        start[at] = value
        return self._penalized(self._fit(start, at))

    def p(self, at: int) -> float:
        """Give the p of the penalized likelihood-ratio test that a term is 0."""
        return float(chdtrc(1, max(0.0, 2 * (self.likelihood - self._profile(at, 0.0)))))

    def interval(self, at: int, level: float) -> tuple[float, float]:
        """Give the interval of a term: the values that the penalized likelihood does not refuse."""
        floor = self.likelihood - float(chdtri(1, 1 - level)) / 2
        chance = expit(self.design @ self.beta)
        information = self.design.T @ (self.design * (chance * (1 - chance))[:, None])
        step = 2 * float(np.sqrt(max(np.linalg.pinv(information)[at, at], 1e-12)))
        ends = []
        for way in (-1.0, 1.0):
            inner, outer = float(self.beta[at]), float(self.beta[at]) + way * step
            for _ in range(40):
                if self._profile(at, outer) < floor:
                    break
                inner, outer = outer, outer + way * step
            for _ in range(40):
                half = (inner + outer) / 2
                inner, outer = (inner, half) if self._profile(at, half) < floor else (half, outer)
                if abs(outer - inner) < 1e-7:
                    break
            ends.append((inner + outer) / 2)
        return ends[0], ends[1]
