"""Ranges, groups and readers of a survey's report as they are said."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from fairlead.render import words

if TYPE_CHECKING:
    from fairlead.core.released_scales import Range
    from fairlead.render.feedback_parts import Reader

HOW: Final = (
    "The mean of all answers to a question, shown one step coarse, so that no one answer can move it by "
    "more than one step. The figure of a scale is the mean of its questions' figures: a range, because "
    "each of them is one. Nothing else goes into it."
)

APART: Final = (
    "Where people see something differently no mean is shown: it would describe nobody. Ask what they have "
    "seen, not who said it."
)
"""Why there is no figure of what people see differently; said once in a report."""

SEEN_APART: Final = "Seen differently, so no mean."

_COARSE: Final = 0.5
_FRACTIONS: Final = {0: "", 1: "⅛", 2: "¼", 3: "⅜", 4: "½", 5: "⅝", 6: "¾", 7: "⅞"}


def ends(found: Range, step: float) -> tuple[Fraction, Fraction]:
    """Round a range outwards to what can be said: quarters, eighths, tenths or hundredths of an option.

    >>> from fairlead.core.released_scales import Range
    >>> [float(end) for end in ends(Range(low=3.35, high=4.1, lowest=1.0, highest=5.0), 1.0)]
    [3.25, 4.25]
    """
    grid = Fraction(1, _grain(step))
    low, high = (Fraction(end).limit_denominator(10_000) / grid for end in (found.low, found.high))
    return floor(low) * grid, ceil(high) * grid


def _grain(step: float) -> int:
    eighths = Fraction(step).limit_denominator(1000) * 4
    if eighths.denominator == 1:
        return 4 if step >= _COARSE else 8
    return 10 if step * 10 >= 2 - 1e-9 else 100


def spoken(found: Range, step: float) -> str:
    """Say a range in words.

    >>> from fairlead.core.released_scales import Range
    >>> spoken(Range(low=3.5, high=4.5, lowest=1.0, highest=5.0), 1.0)
    'between 3½ and 4½'
    >>> spoken(Range(low=4.5, high=5.0, lowest=1.0, highest=5.0), 1.0)
    '4½ or more'
    """
    low, high = ends(found, step)
    if high >= found.highest:
        return f"{_written(low, step)} or more"
    if low <= found.lowest:
        return f"{_written(high, step)} or less"
    return f"between {_written(low, step)} and {_written(high, step)}"


def _written(value: Fraction, step: float) -> str:
    grain = _grain(step)
    if grain > 8:
        return f"{float(value):.{1 if grain == 10 else 2}f}".replace("-", "\N{MINUS SIGN}")
    whole, part = divmod(value, 1)
    eighth = _FRACTIONS[int(part * 8)]
    return f"{int(whole)}{eighth}" if whole or not eighth else eighth


def people(first: int, last: int | None) -> str:
    """Say how many answered as a range.

    >>> people(5, 7), people(80, None)
    ('5 to 7 people', '80 people or more')
    """
    if last is None:
        return f"{first:,} people or more"
    return f"{first:,} people" if first == last else f"{first:,} to {last:,} people"


def group_words(kind: str, reach: str, reader: Reader, name: str) -> str:
    """Say whose answers they are, as it goes inside a sentence; always one group."""
    mine = reader == "self"
    if reach == "whole":
        return "everybody who was asked"
    if reach == "organization":
        return "everybody below you" if mine else f"everybody below {name}"
    if kind == "role":
        return "the group you asked" if mine else f"the group that {name} asked"
    if mine or reader == "shown":
        return "your team"
    return f"the team of {name}"


def seen_by(
    kind: str, reach: str, reader: Reader, *, shown: bool, own_survey: bool, heard: bool = True
) -> str:
    """Say who can see a page; comments and one's own answers go to one person alone."""
    if reach == "whole":
        return "Everybody who was asked, and people operations." if kind == "pulse" else "People operations."
    who = ["you" if reader == "self" else "whom it is about"]
    if shown:
        who.append("those who were asked" if kind == "role" else "the team")
    if not own_survey:
        who.append("people operations")
    if reader != "self" or len(who) == 1:
        return f"{sentence(words.listed(who))}{' alone' if len(who) == 1 else ''}."
    apart = " Comments, themes and your own answers only you." if heard else ""
    return f"{sentence(words.listed(who))}.{apart}"


def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
