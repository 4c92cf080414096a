"""Scoring of questionnaires: scales with reverse keys, missing answers, intervals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleItem:
    """One item of a scale; ``reverse`` turns the options around before scoring."""

    id: str
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What to score: items, the lowest and highest option, how many items must be answered.

    ``about`` names what the scale measures in the vocabulary (a competency, an aspect's style, a
    trait, a symptom), so that the audit can place it.
    """

    id: str
    label: str
    about: str
    items: tuple[ScaleItem, ...]
    low_option: float
    high_option: float
    min_answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleScore:
    """The score of one scale on its own options, with an 80 % interval; ``None`` if too few."""

    scale: str
    label: str
    about: str
    score: float | None
    low: float | None
    high: float | None
    low_option: float
    high_option: float
    n_items: int
    n_answered: int
    answered_on: str
    formula: str
    too_little: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All scales of one answered instrument."""

    instrument: str
    version: str
    answered_on: str
    scores: tuple[ScaleScore, ...]

    def of(self, scale: str) -> ScaleScore:
        """Return the score of that scale; ``KeyError`` if the instrument has none."""
        for found in self.scores:
            if found.scale == scale:
                return found
        raise KeyError(scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How one scale moved between two times, with an 80 % interval of the change (row 8)."""

    scale: str
    label: str
    earlier_on: str
    later_on: str
    earlier: float
    later: float
    change: float
    low: float
    high: float
    moved: str
