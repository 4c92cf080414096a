"""What released figures say as ranges, of one question and of a scale: nothing but released figures goes in.

The mean of a scale over people is the mean of the means of its questions. Each of these is shown one
notch coarse, so it lies in a known range, and so does their mean. Whoever reads the figures can work
the ranges out alone: they are a function of what was released and of nothing else, so that they tell
nothing about anybody that the release does not tell (post-processing).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.cells import Agreement
    from fairlead.core.notches import Shown
    from fairlead.core.waves import Trend

ALIKE: Final = "alike"
DIFFERENTLY: Final = "differently"

Beside = Literal["more", "less", "about the same"]

HALF: Final = 0.5
"""Options by which one's own answer has to lie away from the middle of the others' range to be another."""

_FINE: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Where a mean lies, on a scale from ``lowest`` to ``highest``; all in options."""

    low: float
    high: float
    lowest: float
    highest: float

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigure:
    """One question of one group: its range, or why there is none.

    ``step`` is the distance between the notches of its figure, in options; ``people_from`` to
    ``people_to`` (``None``: no upper end) is how many answered it. ``as_of`` is the ISO date of
    an earlier figure that stands on because only few came or left since; else empty.
    """

    question: str
    range: Range | None = None
    step: float = 0.0
    people_from: int = 0
    people_to: int | None = None
    agreement: Agreement = ""
    trend: Trend = ""
    why: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleFigure:
    """A scale of one group: its range, or why there is none; ``known`` of its ``asked`` questions have one.

    ``differently`` counts the questions that the group sees differently; they are not in the range.
    ``held`` counts those whose figure is an earlier one.
    """

    range: Range | None
    step: float
    known: int
    asked: int
    differently: int
    held: int
    people_from: int
    people_to: int | None
    agreement: Agreement
    trend: Trend


def range_of(shown: Shown, lowest: int, highest: int) -> Range:
    """Say where the mean lies that is shown at a notch.

    Parameters
    ----------
    shown
        A released figure.
    lowest, highest
        Ends of the scale.

    Returns
    -------
    Range
        From half a step below the notch up to half a step above it; with ``"or more"`` and ``"or
        less"`` to the end of the scale. The range holds every mean that is shown like this.

    Notes
    -----
    The ends are named by an eighth of the scale where their notch lies nearer to the end of the
    scale (5 becomes "4.5 or more"), so the notch is the first one from there on.

    Examples
    --------
    >>> from fairlead.core.notches import show
    >>> found = range_of(show(22, 5, 1, 5, k=5).shown, 1, 5)
    >>> found.low, found.high
    (3.5, 4.5)
    >>> found = range_of(show(39, 8, 1, 5, k=5).shown, 1, 5)
    >>> found.low, found.high
    (4.25, 5.0)
    """
    step, at = _exact(shown.step), _exact(shown.at) - lowest
    low, high = at - step / 2, at + step / 2
    if shown.end == "or more":
        low, high = ceil(at / step) * step - step / 2, Fraction(highest - lowest)
    elif shown.end == "or less":
        low, high = Fraction(0), floor(at / step) * step + step / 2
    return Range(
        low=float(lowest + max(low, Fraction(0))),
        high=float(lowest + min(high, Fraction(highest - lowest))),
        lowest=float(lowest),
        highest=float(highest),
    )


def turned(found: Range) -> Range:
    """Turn a range around, as a reversed question is before it counts in its scale.

    Examples
    --------
    >>> turned(Range(low=1.0, high=1.5, lowest=1.0, highest=5.0))
    Range(low=4.5, high=5.0, lowest=1.0, highest=5.0)
    """
    ends = found.lowest + found.highest
    return Range(low=ends - found.high, high=ends - found.low, lowest=found.lowest, highest=found.highest)


def scale_figure(parts: Sequence[tuple[QuestionFigure, bool]], fewest: int) -> ScaleFigure:
    """Put the released figures of a scale's questions together.

    Parameters
    ----------
    parts
        The questions of the scale, all on one set of options, each with whether it is reversed.
    fewest
        How many of them must have a figure.

    Returns
    -------
    ScaleFigure
        The range holds the mean of the means of those questions that the group does not see
        differently: a mean over people who do not agree describes nobody. There is none where fewer
        are left, or where the group sees half of them or more differently. It depends on released
        figures alone and so tells nothing beyond them.

    Examples
    --------
    >>> from fairlead.core.notches import show
    >>> seen = [
    ...     QuestionFigure(question=name, range=range_of(show(total, 6, 1, 5, k=5).shown, 1, 5))
    ...     for name, total in (("a", 24), ("b", 18))
    ... ]
    >>> found = scale_figure([(seen[0], False), (seen[1], True)], 1).range
    >>> found.low, found.high
    (3.0, 4.0)
    """
    known = [(one, around) for one, around in parts if one.range is not None]
    differently = sum(one.agreement == DIFFERENTLY for one, _ in parts)
    ranges = [
        turned(one.range) if around else one.range
        for one, around in known
        if one.range is not None and one.agreement != DIFFERENTLY
    ]
    whole = None
    if len(ranges) >= max(1, fewest) and 2 * differently < len(known):
        whole = Range(
            low=sum(one.low for one in ranges) / len(ranges),
            high=sum(one.high for one in ranges) / len(ranges),
            lowest=ranges[0].lowest,
            highest=ranges[0].highest,
        )
    tops = [one.people_to for one, _ in known]
    return ScaleFigure(
        range=whole,
        step=max((one.step for one, _ in known), default=0.0),
        known=len(known),
        asked=len(parts),
        differently=differently,
        held=sum(bool(one.as_of) for one, _ in known),
        people_from=min((one.people_from for one, _ in known), default=0),
        people_to=None if None in tops else max((one for one in tops if one is not None), default=0),
        agreement=_together([one.agreement for one, _ in known]),
        trend=_moved([_turned(one.trend) if around else one.trend for one, around in known]),
    )


def beside(own: float, others: Range) -> Beside:
    """Say how one's own answer lies beside the range of the others, in words and not as a number.

    Parameters
    ----------
    own
        One's own score, in the options of ``others``.
    others
        Where the mean of the others lies.

    Returns
    -------
    str
        ``"more"`` or ``"less"`` of it in one's own eyes. Inside the range, or within half an option of
        its middle, both are about the same.

    Examples
    --------
    >>> others = Range(low=2.5, high=3.5, lowest=1.0, highest=5.0)
    >>> beside(4.0, others), beside(3.5, others), beside(2.0, others)
    ('more', 'about the same', 'less')
    """
    if own > max(others.high, others.middle + HALF):
        return "more"
    return "less" if own < min(others.low, others.middle - HALF) else "about the same"


def _together(seen: Sequence[Agreement]) -> Agreement:
    if DIFFERENTLY in seen:
        return "differently"
    return "alike" if seen and all(one == ALIKE for one in seen) else ""


def _moved(trends: Sequence[Trend]) -> Trend:
    """Say how a scale moved: only where every question says, and no two point away from each other."""
    if not trends or "" in trends or {"higher", "lower"} <= set(trends):
        return ""
    return next((one for one in trends if one != "about the same"), "about the same")


def _turned(trend: Trend) -> Trend:
    if trend == "higher":
        return "lower"
    return "higher" if trend == "lower" else trend


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(_FINE)
