"""Scoring of questionnaires: scales with reverse keys, missing answers, intervals, drift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.quantiles import t_quantile
from fairlead.core.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.tables import Answers

NOT_MY_WORK: Final = 0.0
"""The answer "not part of my work": neither missing nor scored. Options count from 1."""

LEVEL: Final = 0.8
"""Coverage of every interval here."""

PRIOR_DF: Final = 4
"""How many answers' worth of weight the expected spread has beside the spread that is seen."""

DRIFT_SPREAD: Final = 0.25
"""Expected spread of one answer's change between two times, as a share of the range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleItem:
    """One item of a scale; ``reverse`` turns the options around before scoring."""

    id: str
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What to score: items, the lowest and highest option, how many items must be answered.

    ``about`` names what the scale measures in the vocabulary (a competency, an aspect's style, a
    trait, a symptom), so that the audit can place it. ``better`` is ``"higher"``, ``"lower"`` or
    ``"neither"``. ``spread`` is the standard deviation to expect among one person's answers within
    the scale, as a share of the range of the options.
    """

    id: str
    label: str
    about: str
    items: tuple[ScaleItem, ...]
    low_option: float
    high_option: float
    min_answered: int
    better: str = "neither"
    spread: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPair:
    """Oneself beside somebody in mind on one thing (rows 22, 33), asked in one of two ways.

    Either two items, one about oneself (``mine``) and one about the other (``theirs``); or one item
    that compares the two outright (``beside``), in which ``middle`` is the option for "the same" and
    higher options say that it is more true of the other.
    """

    about: str
    label: str
    mine: str = ""
    theirs: str = ""
    beside: str = ""
    middle: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberItem:
    """An item that stands alone: a number of its own, or a choice that belongs to no scale.

    ``unit`` is ``"option"`` for such a choice, else what the number counts.
    """

    id: str
    label: str
    about: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleScore:
    """The score of one scale on its own options, with an 80 % interval; ``None`` if too few.

    ``keyed`` holds the answers behind it by item, reversed ones already turned; ``n_not_mine``
    counts the items that are no part of the person's work.
    """

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
    n_not_mine: int = 0
    better: str = "neither"
    min_answered: int = 1
    keyed: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairGap:
    """Oneself beside somebody in mind on one question; ``gap`` is theirs minus mine, in options.

    Where the two were compared outright, ``gap`` is how far the answer lies above "the same", and
    ``mine`` and ``theirs`` are ``None``: nobody said where each of them stands.
    """

    about: str
    label: str
    mine: float | None
    theirs: float | None
    gap: float | None
    answered_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAnswer:
    """A number as it was given, never scored; ``None`` where nothing was said."""

    item: str
    label: str
    about: str
    unit: str
    value: float | None
    answered_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All scales of one answered instrument."""

    instrument: str
    version: str
    answered_on: str
    scores: tuple[ScaleScore, ...]
    pairs: tuple[PairGap, ...] = ()
    numbers: tuple[NumberAnswer, ...] = ()

    def of(self, scale: str) -> ScaleScore:
        """Return the score of that scale; ``KeyError`` if the instrument has none."""
        for found in self.scores:
            if found.scale == scale:
                return found
        raise KeyError(scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How one scale moved between two times, with an 80 % interval of the change (row 8).

    ``moved`` is ``"higher"``, ``"lower"`` or ``"about the same"``; it is one of the first two only
    where the interval of the change does not hold zero.
    """

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
    about: str = ""
    better: str = "neither"
    n_items: int = 0


def score(
    answers: Answers,
    scales: Sequence[Scale],
    *,
    pairs: Sequence[ItemPair] = (),
    numbers: Sequence[NumberItem] = (),
) -> Scored:
    """Score every scale of one answered instrument, each with an 80 % interval.

    Parameters
    ----------
    answers
        One person's answers at one time; option numbers, ``NOT_MY_WORK`` for items that are no part
        of the work; empty items are absent.
    scales
        What to score. An item may count in several scales.
    pairs, numbers
        What to set side by side, and what to hand on as it was said.

    Returns
    -------
    Scored
        Scores in the scales' own options (points), in the order of ``scales``.

    Raises
    ------
    TableError
        When an answer lies outside its scale's options.

    Notes
    -----
    The score is the mean of the answered items, reversed ones turned (``low + high - answer``). It
    exists from ``min_answered`` answers on (person-mean treatment of missing items, Parent 2013,
    doi:10.1177/0011000012445176). The items are taken as a sample of the behaviour that the scale
    is about. With k answers of variance s², the standard error is sqrt(v / k) with
    v = (d0 s0² + (k - 1) s²) / (d0 + k - 1) and t on d0 + k - 1 degrees of freedom: the moderated t
    of Smyth (2004), doi:10.2202/1544-6115.1027. s0 is ``Scale.spread`` times the range, d0 is
    ``PRIOR_DF``; so three equal answers do not pretend to certainty and three different ones do not
    pretend to know their own spread. The interval is cut at the options. It says nothing about
    what others would answer.

    Examples
    --------
    >>> from fairlead.core.tables import Answers
    >>> said = Answers(instrument="x", version="1", answered_on="2026-03-02",
    ...                values={"a": 4.0, "b": 5.0, "c": 2.0}, texts={})
    >>> items = (ScaleItem(id="a"), ScaleItem(id="b"), ScaleItem(id="c", reverse=True))
    >>> scale = Scale(id="s", label="S", about="reliability", items=items, low_option=1.0,
    ...               high_option=5.0, min_answered=2)
    >>> found = score(said, [scale]).of("s")
    >>> round(found.score, 2), round(found.low, 2), round(found.high, 2)
    (4.33, 3.72, 4.94)
    """
    on = answers.answered_on
    values = answers.values
    return Scored(
        instrument=answers.instrument,
        version=answers.version,
        answered_on=on,
        scores=tuple(_score_one(values, scale, on) for scale in scales),
        pairs=tuple(_gap(values, pair, on) for pair in pairs),
        numbers=tuple(_alone(values, item, on) for item in numbers),
    )


def drift(earlier: Scored, later: Scored) -> tuple[Drift, ...]:
    """Compare two answers to one instrument, scale by scale, on the items answered both times.

    Parameters
    ----------
    earlier, later
        The same instrument, in any versions; ``earlier`` was answered before ``later``.

    Returns
    -------
    tuple of Drift
        One per scale that has at least ``min_answered`` items answered both times, in points of its
        options; scales with fewer, or with other options than before, are left out.

    Raises
    ------
    ValueError
        When the instruments differ or the order of the dates is wrong.

    Notes
    -----
    The change is the mean of the items' own changes, so that easy and hard items cancel. The
    interval is the moderated t of :func:`score` on these changes, starting from ``DRIFT_SPREAD``
    times the range, cut at what the options allow. At 80 % about one scale in five that did not
    move is called higher or lower: read several together.

    Examples
    --------
    >>> item = dict(scale="s", label="S", about="reliability", score=2.0, low=1.5, high=2.5,
    ...             low_option=1.0, high_option=5.0, n_items=3, n_answered=3, formula="")
    >>> before = ScaleScore(**item, answered_on="2026-01-01", keyed=(("a", 2.0), ("b", 2.0), ("c", 2.0)))
    >>> after = ScaleScore(**item, answered_on="2026-04-01", keyed=(("a", 4.0), ("b", 3.0), ("c", 4.0)))
    >>> first = Scored(instrument="x", version="1", answered_on="2026-01-01", scores=(before,))
    >>> second = Scored(instrument="x", version="1", answered_on="2026-04-01", scores=(after,))
    >>> drift(first, second)[0].moved
    'higher'
    """
    if earlier.instrument != later.instrument:
        raise ValueError(f"{earlier.instrument} and {later.instrument} are different instruments.")
    if earlier.answered_on > later.answered_on:
        raise ValueError(f"{earlier.answered_on} is later than {later.answered_on}.")
    before = {found.scale: found for found in earlier.scores}
    moves = (_drift_one(before[now.scale], now) for now in later.scores if now.scale in before)
    return tuple(move for move in moves if move is not None)


def expires_on(answered_on: str, days: int) -> str:
    """Give the ISO date after which a reading is history and no description any more (row 47).

    Parameters
    ----------
    answered_on
        ISO date.
    days
        How long a reading stands; at least 1.

    Raises
    ------
    ValueError
        When the date is no ISO date or ``days`` is below 1.

    Examples
    --------
    >>> expires_on("2026-11-22", 90)
    '2027-02-20'
    """
    if days < 1:
        raise ValueError("A reading stands for at least one day.")
    return (date.fromisoformat(answered_on) + timedelta(days=days)).isoformat()


def _score_one(values: Mapping[str, float], scale: Scale, on: str) -> ScaleScore:
    keyed = tuple(
        (item.id, scale.low_option + scale.high_option - said if item.reverse else said)
        for item in scale.items
        if (said := _answer(values, item.id, scale)) is not None
    )
    not_mine = sum(values.get(item.id) == NOT_MY_WORK for item in scale.items)
    enough = len(keyed) >= max(scale.min_answered, 1)
    mean, half, formula, too_little = None, 0.0, "", ""
    if enough:
        mean, half, degrees = _mean_and_half([said for _, said in keyed], scale.spread * _range(scale))
        formula = _formula(len(keyed), len(scale.items), degrees)
    else:
        too_little = _too_little(len(keyed), not_mine, scale)
    return ScaleScore(
        scale=scale.id,
        label=scale.label,
        about=scale.about,
        score=mean,
        low=None if mean is None else max(mean - half, scale.low_option),
        high=None if mean is None else min(mean + half, scale.high_option),
        low_option=scale.low_option,
        high_option=scale.high_option,
        n_items=len(scale.items),
        n_answered=len(keyed),
        answered_on=on,
        formula=formula,
        too_little=too_little,
        n_not_mine=not_mine,
        better=scale.better,
        min_answered=scale.min_answered,
        keyed=keyed,
    )


def _answer(values: Mapping[str, float], item: str, scale: Scale) -> float | None:
    said = _said(values, item)
    if said is None or said == NOT_MY_WORK:
        return None
    if not (isfinite(said) and scale.low_option <= said <= scale.high_option):
        allowed = f"{scale.low_option:g} to {scale.high_option:g}, or {NOT_MY_WORK:g}"
        raise TableError(f"Answers: “{item}” is {said:g}; {scale.label} allows {allowed}")
    return said


def _said(values: Mapping[str, float], item: str) -> float | None:
    return float(values[item]) if item in values else None


def _alone(values: Mapping[str, float], item: NumberItem, on: str) -> NumberAnswer:
    said = _said(values, item.id)
    value = None if item.unit == "option" and said == NOT_MY_WORK else said
    return NumberAnswer(
        item=item.id, label=item.label, about=item.about, unit=item.unit, value=value, answered_on=on
    )


def _mean_and_half(said: Sequence[float], prior: float) -> tuple[float, float, int]:
    """Mean, half of the interval, and its degrees of freedom, with the moderated variance."""
    k = len(said)
    mean = float(np.mean(said))
    squares = float(np.sum((np.asarray(said) - mean) ** 2))
    degrees = PRIOR_DF + k - 1
    variance = (PRIOR_DF * prior**2 + squares) / degrees
    return mean, t_quantile(degrees, 0.5 + LEVEL / 2) * sqrt(variance / k), degrees


def _formula(answered: int, items: int, degrees: int) -> str:
    return (
        f"Mean of {answered} of {items} answers, reversed ones turned around; 80 % interval from the spread "
        f"of the answers and the spread to expect (t with {degrees} degrees of freedom)."
    )


def _too_little(answered: int, not_mine: int, scale: Scale) -> str:
    if not_mine and not_mine + scale.min_answered > len(scale.items):
        return f"You marked {not_mine} of {len(scale.items)} as not part of your work; nothing is scored."
    missing = scale.min_answered - answered
    return f"{answered} answered, {scale.min_answered} needed: answer {missing} more."


def _range(scale: Scale | ScaleScore) -> float:
    return scale.high_option - scale.low_option


def _gap(values: Mapping[str, float], pair: ItemPair, on: str) -> PairGap:
    mine, theirs, beside = (_said(values, item) for item in (pair.mine, pair.theirs, pair.beside))
    mine, theirs, beside = (None if said == NOT_MY_WORK else said for said in (mine, theirs, beside))
    gap = None if mine is None or theirs is None else theirs - mine
    if pair.beside:
        gap = None if beside is None else beside - pair.middle
    return PairGap(about=pair.about, label=pair.label, mine=mine, theirs=theirs, gap=gap, answered_on=on)


def _drift_one(before: ScaleScore, now: ScaleScore) -> Drift | None:
    then = dict(before.keyed)
    both = [(then[item], said) for item, said in now.keyed if item in then]
    same_options = (before.low_option, before.high_option) == (now.low_option, now.high_option)
    if not same_options or len(both) < max(now.min_answered, 1):
        return None
    reach = _range(now)
    change, half, _ = _mean_and_half([late - early for early, late in both], DRIFT_SPREAD * reach)
    low, high = max(change - half, -reach), min(change + half, reach)
    moved = "higher" if low > 0 else "lower" if high < 0 else "about the same"
    return Drift(
        scale=now.scale,
        label=now.label,
        earlier_on=before.answered_on,
        later_on=now.answered_on,
        earlier=float(np.mean([early for early, _ in both])),
        later=float(np.mean([late for _, late in both])),
        change=change,
        low=low,
        high=high,
        moved=moved,
        about=now.about,
        better=now.better,
        n_items=len(both),
    )
