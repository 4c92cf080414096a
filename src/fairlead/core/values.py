"""Own values beside the company's daily practice and its stated values (rows 65, 66)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core import choices
from fairlead.core.direction_answers import Value
from fairlead.core.direction_reading import (
    StatedValue,
    ValueMismatch,
    ValueScore,
    ValueSide,
    ValuesReading,
)
from fairlead.core.figures import Figure
from fairlead.core.phrases import count
from fairlead.core.value_sets import AT, label, placed, skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.direction_answers import ValueChoice, Values

ENOUGH_SETS: Final = 4
"""Fewer sets of three cannot have shown each of six values beside enough others."""

MIDDLE: Final = 0.5
"""A value that counts as much as the others is put first in half of all comparisons."""

FORMULA: Final = (
    "The chance that this value is put before another of the six, by the maximum-difference model of best "
    "and worst choices with a weak expectation that values differ; 80 % interval from the model."
)


def read_side(chosen: Sequence[ValueChoice], whose: str, on: str) -> ValueSide:
    """Score the six values from choices, with circles and contradictions said.

    Parameters
    ----------
    chosen
        The answered sets; a set that was answered twice counts with its last answer.
    whose
        ``"mine"`` or ``"practice"``.
    on
        ISO date of the answers.

    Returns
    -------
    ValueSide
        Figures have no value below ``ENOUGH_SETS`` sets, or while a value was never shown.

    Raises
    ------
    ValueError
        When a choice does not name two different values of its set.

    Notes
    -----
    Model and interval: :func:`fairlead.core.choices.fit` (Marley & Louviere 2005,
    doi:10.1016/j.jmp.2005.05.003). Circular triads: Kendall & Babington Smith (1940),
    doi:10.1093/biomet/31.3-4.324. Scores are relative: they say what comes before what in one person
    (or in one's eyes, in one company) and not how much anybody values anything.

    Examples
    --------
    >>> from fairlead.core.direction_answers import ValueChoice
    >>> from fairlead.core.value_sets import designs
    >>> said = [ValueChoice(shown=shown, most=min(shown), least=max(shown)) for shown in designs()]
    >>> side = read_side(said, "mine", "2026-11-23")
    >>> [(score.value, round(score.figure.value, 2)) for score in side.scores][:2]
    [('achievement', 0.93), ('independence', 0.76)]
    """
    sets = placed(chosen)
    said = choices.pairs_of(sets)
    values = tuple(Value)
    scores = _scores(sets, on, _too_little(sets))
    circles = tuple(
        (str(values[a]), str(values[b]), str(values[c])) for a, b, c in choices.circles(said, len(values))
    )
    both_ways = tuple((str(values[a]), str(values[b])) for a, b in choices.both_ways(said))
    return ValueSide(
        whose=whose,
        scores=scores,
        n_sets=len(sets),
        skipped=skipped(chosen),
        circles=circles,
        both_ways=both_ways,
        says=_side_says(scores, circles, both_ways, whose),
        too_little=_too_little(sets),
    )


def read_values(values: Values, on: str) -> ValuesReading:
    """Read own values, the company's practice in one's eyes, and the values that it states.

    Parameters
    ----------
    values
        Choices and the stated values.
    on
        ISO date of the answers.

    Returns
    -------
    ValuesReading
        ``mismatches`` names a value only where the two 80 % intervals do not meet: of values that count
        alike on both sides, about two in a hundred are called apart (method page, recovery table).

    Notes
    -----
    What mismatch of values goes with: Edwards & Cable (2009), doi:10.1037/a0014891. Practice is what
    one person sees of it.
    """
    mine = read_side(values.mine, "mine", on) if values.mine else None
    practice = read_side(values.practice, "practice", on) if values.practice else None
    mismatches = _mismatches(mine, practice)
    return ValuesReading(
        mine=mine,
        practice=practice,
        mismatches=mismatches,
        stated=tuple(_stated(value, practice) for value in values.stated),
        says=_says(mine, practice, mismatches),
    )


def utilities(chosen: Sequence[ValueChoice]) -> tuple[choices.Vector, choices.Vector] | None:
    """Give utilities and covariance in the order of ``Value``; ``None`` while there is too little to say."""
    sets = placed(chosen)
    return None if _too_little(sets) else choices.fit(sets, len(Value))


def meet(one: Figure, other: Figure) -> bool:
    """Say whether two intervals have anything in common; figures without an interval meet everything."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return True
    return one.low <= other.high and other.low <= one.high


def _too_little(sets: Sequence[tuple[int, int, int]]) -> str:
    unseen = [value for value in Value if not any(AT[value] in chosen for chosen in sets)]
    if len(sets) < ENOUGH_SETS:
        return f"{count(len(sets), 'set')} of three answered; it takes {ENOUGH_SETS}."
    if unseen:
        return f"{label(unseen[0])} stood in no answered set: answer one more."
    return ""


def _scores(sets: Sequence[tuple[int, int, int]], on: str, too_little: str) -> tuple[ValueScore, ...]:
    values = tuple(Value)
    shares: list[tuple[float | None, float | None, float | None]] = [(None, None, None)] * len(values)
    if not too_little:
        found = choices.put_first_intervals(*choices.fit(sets, len(values)))
        shares = list(zip(*(column.tolist() for column in found), strict=True))
    figures = [
        Figure(
            name=f"value.{value}", value=share, low=low, high=high,
            level=None if share is None else 0.8, unit="share", n=sum(at in one for one in sets),
            n_of="sets", formula=FORMULA, left_out="How much anybody values anything: only what comes first.",
            as_of=on, too_little=too_little,
        )
        for at, (value, (share, low, high)) in enumerate(zip(values, shares, strict=True))
    ]  # fmt: skip
    return tuple(
        ValueScore(
            value=str(value),
            label=label(value),
            figure=figures[at],
            most=sum(one[0] == at for one in sets),
            least=sum(one[2] == at for one in sets),
            shown=sum(at in one for one in sets),
            before=tuple(
                str(other)
                for place, other in enumerate(values)
                if not meet(figures[at], figures[place]) and _above(figures[at], figures[place])
            ),
        )
        for at, value in enumerate(values)
    )


def _above(one: Figure, other: Figure) -> bool:
    return (one.value or 0.0) > (other.value or 0.0)


def _side_says(
    scores: Sequence[ValueScore],
    circles: Sequence[tuple[str, str, str]],
    both_ways: Sequence[tuple[str, str]],
    whose: str,
) -> str:
    if scores[0].figure.value is None:
        return scores[0].figure.too_little
    clear = [score for score in scores if (score.figure.low or 0.0) > MIDDLE]
    clear.sort(key=lambda score: -(score.figure.value or 0.0))
    names = _in_words([score.label for score in clear], ", ")
    who = "for you" if whose == "mine" else "in the company's daily practice, as you see it"
    said = [f"Clearly above the middle {who}: {names}." if clear else f"No value stands out {who}."]
    if circles:
        round_again = _in_words([*circles[0], circles[0][0]], " before ")
        said.append(f"{count(len(circles), 'circle')}, for example {round_again}.")
    if both_ways:
        pair = _in_words(both_ways[0], " and ")
        said.append(f"{count(len(both_ways), 'pair')} came out both ways ({pair}): they weigh alike, or it "
                    "depends.")  # fmt: skip
    return " ".join(said)


def _mismatches(mine: ValueSide | None, practice: ValueSide | None) -> tuple[ValueMismatch, ...]:
    if mine is None or practice is None:
        return ()
    found = []
    for own, theirs in zip(mine.scores, practice.scores, strict=True):
        if meet(own.figure, theirs.figure):
            continue
        more = "mine" if _above(own.figure, theirs.figure) else "practice"
        says = (
            f"{own.label} counts more for you than daily practice rewards it."
            if more == "mine"
            else f"Daily practice rewards {own.label.lower()} more than it counts for you."
        )
        found.append(
            ValueMismatch(
                value=own.value,
                label=own.label,
                mine=own.figure,
                practice=theirs.figure,
                more=more,
                says=says,
            )
        )
    return tuple(found)


def _stated(value: Value, practice: ValueSide | None) -> StatedValue:
    figure = None if practice is None else practice.scores[AT[value]].figure
    if figure is None or figure.low is None or figure.high is None:
        lived, says = "cannot_say", "Stated; what daily practice rewards was not answered."
        if figure is not None:
            says = f"Stated; of daily practice there is too little to say: {figure.too_little}"
    elif figure.low > MIDDLE:
        lived, says = "yes", "Stated, and in your eyes daily practice rewards it."
    elif figure.high < MIDDLE:
        lived, says = "no", "Stated, but in your eyes daily practice puts other values first."
    else:
        lived, says = "cannot_say", "Stated; your answers about daily practice leave open whether it counts."
    return StatedValue(value=str(value), label=label(value), practice=figure, lived=lived, says=says)


def _says(mine: ValueSide | None, practice: ValueSide | None, mismatches: Sequence[ValueMismatch]) -> str:
    if mine is None or practice is None:
        missing = "your own values" if mine is None else "what daily practice rewards"
        return (
            f"Nothing is compared: {missing} was not answered."
            if practice or mine
            else "No set was answered."
        )
    if mine.too_little or practice.too_little:
        return f"Nothing is compared yet. {mine.too_little or practice.too_little}"
    if not mismatches:
        return "On no value do you and daily practice lie clearly apart; that is not the same as agreeing."
    return f"{count(len(mismatches), 'value')} clearly apart: {', '.join(one.label for one in mismatches)}."


def _in_words(names: Sequence[str], between: str) -> str:
    return between.join(label(name) for name in names)
