"""A person's own answers, found by what they are about, on a scale from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.core.shares import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.scales import NumberAnswer, PairGap, ScaleScore, Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """All scored answers of one person, the newest first."""

    scored: tuple[Scored, ...]

    @classmethod
    def of(cls, scored: Sequence[Scored]) -> Replies:
        """Put answers in order; the newest answer about a thing is the one that is read."""
        return cls(
            scored=tuple(sorted(scored, key=lambda one: (one.answered_on, one.instrument), reverse=True))
        )

    def score(self, about: str) -> ScaleScore | None:
        """Return the newest scale about that word which has a score, else the newest without one."""
        found = [score for one in self.scored for score in one.scores if score.about == about]
        return next((score for score in found if score.score is not None), found[0] if found else None)

    def level(self, about: str) -> Estimate | None:
        """Return the score as a part of its options: 0 the lowest, 1 the highest."""
        found = self.score(about)
        return None if found is None else level(found)

    def burden(self, about: str) -> Estimate | None:
        """Return the score from 0 (as one would wish) to 1 (as one would not)."""
        found = self.score(about)
        placed = None if found is None else level(found)
        if found is None or placed is None or found.better != "higher":
            return placed
        return Estimate(1 - placed.value, 1 - placed.high, 1 - placed.low)

    def numbers(self, about: str) -> tuple[NumberAnswer, ...]:
        """Return the newest numbers about that word that were given."""
        for one in self.scored:
            found = tuple(n for n in one.numbers if n.about == about and n.value is not None)
            if found:
                return found
        return ()

    def pairs(self) -> tuple[PairGap, ...]:
        """Return the newest comparison of oneself with somebody in mind."""
        for one in self.scored:
            found = tuple(pair for pair in one.pairs if pair.gap is not None)
            if found:
                return found
        return ()

    def not_mine(self, about: str) -> bool:
        """Say whether the person called all that was asked about that word no part of their work."""
        found = self.score(about)
        return found is not None and 0 < found.n_items == found.n_not_mine


def level(found: ScaleScore) -> Estimate | None:
    """Place a score between its lowest option (0) and its highest (1)."""
    if found.score is None or found.low is None or found.high is None:
        return None
    width = found.high_option - found.low_option
    if width <= 0:
        return None
    value, low, high = ((at - found.low_option) / width for at in (found.score, found.low, found.high))
    return Estimate(min(max(value, 0.0), 1.0), min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0))
