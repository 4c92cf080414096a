"""Watching selection rates round after round without being fooled by looking often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ALARM: Final = 0.05
"""How often, at most, groups with equal chances ever raise an alarm, however many rounds are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What stood after one round.

    ``evidence`` is the e-value so far: what a bet against equal chances has turned 1 into. ``p`` is valid
    however often was looked; ``low`` and ``high`` hold the odds ratio at all rounds together with the
    coverage of :class:`Watched`.
    """

    round: str
    n: int
    selected: int
    n_others: int
    selected_others: int
    evidence: float
    p: float
    odds_ratio: float | None
    low: float
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One group beside everybody else who stated it, over the rounds.

    ``alarm`` names the first round where the evidence passed ``limit``; empty while it has not.
    """

    group: str
    looks: tuple[Look, ...]
    limit: float
    alarm: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Every group watched; ``level`` is the coverage of the running intervals."""

    groups: tuple[Watched, ...]
    level: float
