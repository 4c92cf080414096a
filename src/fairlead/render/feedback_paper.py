"""A survey's report as plain blocks for paper, and its figures as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.render import words
from fairlead.render.content import Bullets, Grid, Part, Picture, Report, Section, Text
from fairlead.render.feedback_drawing import ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairlead.render.content import Block
    from fairlead.render.drawing import Drawn
    from fairlead.render.feedback_parts import Advice, Feedback, Line

COLUMNS: Final = (
    "of", "id", "label", "figure", "low", "high", "lowest", "highest", "people_from", "people_to",
    "agreement", "trend", "why",
)  # fmt: skip
"""Columns of the table: one row per scale and per question, the range in words and as numbers."""


def paper(told: Feedback, advice: Advice | None = None) -> Report:
    """Lay a report out for paper."""
    if told.nothing:
        return Report(told.title, told.lead, tuple(_nothing(told, advice)))
    sections = [
        Section("clearest", "Most clearly", (Text(told.clearest, "lead"),)),
        Section("figures", "What was said", tuple(_figures(told))),
    ]
    if told.changed or told.changed_note:
        blocks: list[Block] = [Bullets(told.changed)] if told.changed else []
        sections.append(Section("changed", "Since last time", (*blocks, *_texts(told.changed_note))))
    if told.by_lens is not None:
        grid = Grid(f"By {told.lens}", told.by_lens.columns, told.by_lens.rows)
        sections.append(Section("lens", f"Everybody together, by {told.lens}", (grid,)))
    if advice is not None:
        sections.append(Section("next", "One thing to do", tuple(_advice(advice))))
    if told.comments_note:
        sections.append(Section("comments", "Comments", tuple(_comments(told))))
    if told.themes:
        sections.append(Section("themes", "Themes", (Bullets(told.themes), Text(THEMES, "note"))))
    return Report(told.title, told.lead, (*sections, _facts(told)))


def drawings(report: Report) -> tuple[Drawn, ...]:
    """Give the drawings that a report's pictures name."""
    blocks = [block for section in report.sections for block in section.blocks]
    return tuple(block.drawn for block in blocks if isinstance(block, Picture))


THEMES: Final = "Written by people operations, in other words, out of comments whose authors wanted that."


def rows(told: Feedback) -> list[tuple[str | float | None, ...]]:
    """Give the figures under ``COLUMNS``; no comment, no theme and nobody's own answers are among them."""
    found = [_row("scale", line) for line in told.lines]
    asked = {one.id: one for line in told.lines for one in line.questions}
    return [COLUMNS, *found, *(_row("question", one) for one in (*asked.values(), *told.alone))]


def _row(of: str, line: Line) -> tuple[str | float | None, ...]:
    known = line.low is not None
    return (
        of, line.id, line.label, line.figure, line.low, line.high, line.lowest, line.highest,
        line.people_from if known else None, line.people_to if known else None, line.agreement, line.trend,
        line.why,
    )  # fmt: skip


def _nothing(told: Feedback, advice: Advice | None) -> Iterable[Section]:
    yield Section("nothing", "No figure", (Text(told.nothing),))
    if advice is not None:
        yield Section("ask", "How to ask openly instead", tuple(_advice(advice)))
    yield _facts(told)


def _figures(told: Feedback) -> Iterable[Block]:
    own = any(line.own for line in told.lines)
    if told.apart:
        yield Text(told.apart)
    if told.lines:
        yield Picture(ranges(told.lines))
        headers = ("What", "Where the mean lies", "Seen", *(("In your own eyes",) if own else ()))
        cells = tuple(
            (line.label, _value(line), _seen(line), *((_own(line),) if own else ())) for line in told.lines
        )
        yield Grid("Scales", headers, cells)
    for line in told.lines:
        yield Part(line.label)
        yield Text(f"{line.says} {sentence_of(line)}".strip(), "note")
        yield _questions(line.questions)
    if told.alone:
        yield Part("Questions that stand alone")
        yield _questions(told.alone)


def sentence_of(line: Line) -> str:
    """Say how sure a figure is, and how it moved, in one go."""
    of = f"Each is {line.of}." if line.of else ""
    parts = (line.held, line.trend, f"{line.people}." if line.people else "", of)
    return " ".join(part for part in parts if part)


def _questions(lines: Sequence[Line]) -> Grid:
    cells = tuple((line.label, _value(line), _seen(line)) for line in lines)
    return Grid("Questions", ("Question", "Where the mean lies", "Seen"), cells)


def _value(line: Line) -> str:
    return f"{line.figure}, near “{line.near}”" if line.figure else words.DASH


def _seen(line: Line) -> str:
    return line.agreement or line.why


def _own(line: Line) -> str:
    return f"{line.own}. {line.gap}" if line.own else words.DASH


def _advice(advice: Advice) -> Iterable[Block]:
    if advice.behaviour:
        yield Text(f"“{advice.behaviour}”", "lead")
        yield Text(f"Its figure: {advice.said}.")
    yield Part(advice.title)
    yield Text(advice.try_this)
    yield Text(f"To begin with: “{advice.opening}”")
    yield Bullets(advice.ask)
    yield Text(f"Better not: {advice.avoid}", "note")
    if advice.rule:
        yield Part("How this was chosen")
        yield Bullets(advice.rule, numbered=True)
        yield Text(f"Line {advice.line} decided.", "note")
    if advice.leans_on:
        yield Text(f"What this conversation leans on: {' '.join(advice.leans_on)}", "note")


def _comments(told: Feedback) -> Iterable[Block]:
    for voices in told.comments:
        yield Part(voices.question)
        yield Bullets(voices.texts)
    yield Text(told.comments_note, "note")


def _facts(told: Feedback) -> Section:
    return Section("facts", "What this rests on", (Grid("Facts", ("What", "Said"), told.facts),))


def _texts(text: str) -> tuple[Text, ...]:
    return (Text(text),) if text else ()
