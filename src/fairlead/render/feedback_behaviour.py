"""The one thing to do after a survey: which behaviour, chosen by a rule from released figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fairlead.core.released_scales import DIFFERENTLY, beside, turned
from fairlead.library.conversation import ASK_OPENLY
from fairlead.render.feedback_parts import Advice, Behaviour

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fairlead.core.released_scales import QuestionFigure, Range, ScaleFigure
    from fairlead.library.conversation import Conversation
    from fairlead.library.schema import Instrument, Item, Research, ScaleEntry
    from fairlead.render.feedback_parts import Feedback, Own

    Placed = tuple[ScaleEntry, ScaleFigure, list[Item]]
    """A scale, its figure and its questions."""

HALF_WAY: Final = 0.5
"""Share of a scale below its better end from which on a figure lies in the worse half."""

RULE: Final = (
    (
        "Where your own answers stand beside: of what you see more in yourself than others saw, the thing "
        "where the two lie furthest apart."
    ),
    (
        "Else, of what has a better end, the question whose figure lies furthest from it, if it lies in the "
        "worse half."
    ),
    "Else the question that was seen least often. Seldom is no fault: ask first whether it is missed.",
)
"""How the one thing to do is chosen; a question that people see differently is never chosen."""


def choose(
    figures: Mapping[str, QuestionFigure],
    placed: Sequence[Placed],
    own: Mapping[str, Own],
    instrument: Instrument,
    name: str,
) -> Behaviour | None:
    """Choose the one behaviour to do something about by ``RULE``; among equals the one asked first."""
    lines = (
        _more_in_own_eyes(placed, figures, own),
        _in_the_worse_half(placed, figures),
        _seen(placed, figures),
    )
    for number, candidates in enumerate(lines, start=1):
        found = max(candidates, key=lambda one: one[0], default=None)
        if found is not None:
            _, scale, item = found
            text = instrument.worded(item, name)
            return Behaviour(question=item.id, scale=scale.id, about=scale.about, text=text, line=number)
    return None


def _more_in_own_eyes(
    placed: Sequence[Placed], figures: Mapping[str, QuestionFigure], own: Mapping[str, Own]
) -> Iterable[tuple[float, ScaleEntry, Item]]:
    for scale, found, items in placed:
        mine, mean = own.get(scale.id), found.range
        if mine is None or mean is None or scale.better == "lower":
            continue
        if beside(mine.score, mean) == "more":
            least = max(_seen([(scale, found, items)], figures), key=lambda one: one[0])
            yield mine.score - mean.high, scale, least[2]


def _in_the_worse_half(
    placed: Sequence[Placed], figures: Mapping[str, QuestionFigure]
) -> Iterable[tuple[float, ScaleEntry, Item]]:
    for scale, _, items in placed:
        for item in items:
            mean = _mean(figures[item.id])
            if mean is not None and scale.better != "neither":
                away = _below_top(turned(mean) if item.reverse is (scale.better == "higher") else mean)
                if away > HALF_WAY:
                    yield away, scale, item


def _seen(
    placed: Sequence[Placed], figures: Mapping[str, QuestionFigure]
) -> Iterable[tuple[float, ScaleEntry, Item]]:
    for scale, _, items in placed:
        for item in items:
            mean = _mean(figures[item.id])
            if mean is not None and scale.better != "lower":
                yield _below_top(turned(mean) if item.reverse else mean), scale, item


def _below_top(mean: Range) -> float:
    """Give how far the middle of a range lies below the top of its scale, as a share of it."""
    return (mean.highest - mean.middle) / (mean.highest - mean.lowest)


def _mean(found: QuestionFigure) -> Range | None:
    return None if found.agreement == DIFFERENTLY else found.range


def advice(
    told: Feedback, guides: Mapping[str, Conversation], research: Mapping[str, Research]
) -> Advice | None:
    """Give the conversation that goes with the chosen behaviour; without a figure, how to ask openly.

    A questionnaire of the organization's own has scales without a guide: then its questions are asked
    as in any conversation. ``research`` holds the publications that guides lean on.
    """
    if told.nothing:
        return _advice(guides[ASK_OPENLY], research) if told.may_ask else None
    if told.behaviour is None:
        return None
    guide, chosen = guides.get(told.behaviour.scale), told.behaviour
    found = ANY if guide is None else _advice(guide, research)
    return replace(found, behaviour=chosen.text, said=chosen.said, rule=RULE, line=chosen.line)


def _advice(guide: Conversation, research: Mapping[str, Research]) -> Advice:
    return Advice(
        title=guide.title,
        try_this=guide.try_this,
        opening=guide.opening,
        ask=guide.ask,
        avoid=guide.avoid,
        leans_on=tuple(
            f"{research[key].cite} doi:{research[key].doi}" for key in guide.research if key in research
        ),
    )


ANY: Final = Advice(
    title="Ask two people about it",
    try_this="Within two weeks, speak with two people about it, one by one, a quarter of an hour each. "
    "Then do one thing differently, and say that you do.",
    opening="You answered together, and I do not know who said what. About this I would like to hear more.",
    ask=("When did you last see this, and what did it change?", "When would you have needed it?"),
    avoid="Guessing who answered what, asking for reasons, and answering back.",
)
"""The conversation for a scale that no guide goes with."""
