"""The parts of a survey's report, in words: the same for page, paper and table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.library.schema import Instrument

WIDE: Final = 200
"""Width of a bar in its own units."""

Reader = Literal["self", "shown", "operations", "asked"]
"""Who reads: whom it is about, somebody it is shown to, people operations, everybody of a pulse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One's own answer about one scale, and when it was given (ISO date)."""

    score: float
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a report is made of.

    ``figures`` is what a release holds for this group, as plain JSON values; ``kind`` and ``reach``
    as a survey and a report know them; ``name`` is whom it is about, empty for everybody together;
    ``own_survey``: that person began it about themselves. ``lens`` names the lens in words;
    ``heard``: its comments are for whom it is about.
    """

    instrument: Instrument
    figures: Mapping[str, Any]
    kind: str
    reach: str
    reader: Reader
    title: str
    name: str = ""
    own: Mapping[str, Own] | None = None
    comments: Sequence[Mapping[str, str]] = ()
    themes: Sequence[str] = ()
    heard: bool = True
    shown: bool = False
    own_survey: bool = False
    lens: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Where a range and one's own answer stand on a line of ``WIDE`` units; ``ticks`` are the options."""

    low: float
    high: float
    ticks: tuple[float, ...]
    own: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure in words and shape, with all that explains it.

    ``figure`` is the range in words and empty where there is none; then ``why`` says why. ``low`` and
    ``high`` are the same range as numbers, rounded outwards, in options. ``held`` says that it is an
    earlier figure.
    """

    id: str
    label: str
    says: str = ""
    figure: str = ""
    near: str = ""
    of: str = ""
    low: float | None = None
    high: float | None = None
    lowest: float = 0.0
    highest: float = 0.0
    bar: Bar | None = None
    agreement: str = ""
    trend: str = ""
    held: str = ""
    people: str = ""
    people_from: int = 0
    people_to: int | None = None
    why: str = ""
    how: tuple[tuple[str, str], ...] = ()
    own: str = ""
    gap: str = ""
    questions: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Comments under the question they answer, each as it was written."""

    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures by the one lens: a row per question, a column per value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """The one question to do something about, and the line of the rule that chose it (from 1)."""

    question: str
    scale: str
    about: str
    text: str
    line: int
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A whole report in words; ``lines`` are the scales, ``alone`` questions of no scale.

    ``nothing`` says why there is no figure at all; then nothing else stands here but ``facts``;
    ``may_ask``: whom it is about can ask those people openly.
    """

    title: str
    lead: str
    who: str
    clearest: str
    lines: tuple[Line, ...]
    alone: tuple[Line, ...]
    changed: tuple[str, ...]
    changed_note: str
    behaviour: Behaviour | None
    comments: tuple[Voices, ...]
    comments_note: str
    themes: tuple[str, ...]
    apart: str
    lens: str
    by_lens: Table | None
    facts: tuple[tuple[str, str], ...]
    nothing: str = ""
    may_ask: bool = False
    own_there: bool = False
    own_missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The one thing to do: a behaviour and a conversation about it, and how it was chosen.

    ``try_this`` is for this week, ``opening`` can be said as it stands, ``ask`` holds open questions,
    ``avoid`` what would spoil it. Without a figure there is no behaviour: then it is how to ask openly.
    """

    title: str
    try_this: str
    opening: str
    ask: tuple[str, ...]
    avoid: str
    behaviour: str = ""
    said: str = ""
    rule: tuple[str, ...] = ()
    line: int = 0
    leans_on: tuple[str, ...] = ()
