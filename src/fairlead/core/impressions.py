"""How much impressions moved decisions at equal evidence, for a committee as a whole."""

from __future__ import annotations

from dataclasses import dataclass


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
