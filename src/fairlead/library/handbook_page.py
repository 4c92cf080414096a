"""What a page of the handbook says: one idea in plain words, told in blocks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from fairlead.library.crosschecks import doubles, loose_research
from fairlead.library.schema import Entry, Id, Line, Passage, Research, Row, Short
from fairlead.library.wording import misfits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairlead.library.wording import Misfit


class PageKind(StrEnum):
    """What a page is about."""

    DEFINITION = "definition"
    CHART = "chart"
    COMPETENCY = "competency"
    ASPECT = "aspect"
    HIGH_PAYOFF = "high_payoff"
    TRAIT = "trait"
    WARNING = "warning"
    TRACK = "track"
    PRACTICE_LIST = "practice_list"
    TOPIC = "topic"
    RUT = "rut"
    DIRECTION = "direction"
    VALUE = "value"
    GROWTH = "growth"
    SURVEY = "survey"
    FIGURE = "figure"


class Paragraph(Entry):
    """A few sentences."""

    block: Literal["paragraph"]
    heading: Annotated[str, Field(max_length=80)] = ""
    text: Passage


class BulletList(Entry):
    """Short entries; ``ordered`` where the order matters."""

    block: Literal["list"]
    heading: Annotated[str, Field(max_length=80)] = ""
    ordered: bool = False
    entries: tuple[Line, ...] = Field(min_length=2, max_length=12)


class Table(Entry):
    """A table; the first column names the row."""

    block: Literal["table"]
    heading: Annotated[str, Field(max_length=80)] = ""
    columns: tuple[Short, ...] = Field(min_length=2, max_length=5)
    lines: tuple[tuple[Line, ...], ...] = Field(min_length=2, max_length=24)

    @model_validator(mode="after")
    def _is_even(self) -> Self:
        found: list[Misfit] = [
            (
                ("lines", i),
                f"This line has {len(line)} cells.",
                f"It should have {len(self.columns)}, one for each column.",
            )
            for i, line in enumerate(self.lines)
            if len(line) != len(self.columns)
        ]
        if found:
            raise misfits(found)
        return self


class Side(Entry):
    """One half of a pair."""

    title: Short
    text: Passage


class Pair(Entry):
    """Two things beside each other, of equal weight."""

    block: Literal["pair"]
    heading: Annotated[str, Field(max_length=80)] = ""
    left: Side
    right: Side


Block = Annotated[Paragraph | BulletList | Table | Pair, Field(discriminator="block")]


class HandbookPage(Entry):
    """One page; ``short`` is its definition in a sentence and stands as a tooltip wherever the word does.

    ``words`` are the words of code and data that this page explains besides its own id; ``also``
    what people would type to find it.
    """

    id: Id
    kind: PageKind
    title: Short
    short: Annotated[str, Field(min_length=1, max_length=220)]
    words: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    also: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(min_length=1)
    body: tuple[Block, ...] = Field(min_length=1, max_length=12)
    see: tuple[Id, ...] = Field(min_length=1, max_length=10)
    rows: tuple[Row, ...] = Field(min_length=1)
    research: tuple[Id, ...] = ()


class HandbookFile(Entry):
    """A file of pages, with the publications they lean on."""

    research: dict[Id, Research]
    pages: tuple[HandbookPage, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        placed = [(("pages", i), one.research) for i, one in enumerate(self.pages)]
        found = [
            *doubles("pages", [one.id for one in self.pages]),
            *loose_research(placed, self.research),
            *self._own_links(),
        ]
        if found:
            raise misfits(found)
        return self

    def _own_links(self) -> Iterator[Misfit]:
        for i, page in enumerate(self.pages):
            if page.id in page.see:
                yield ("pages", i, "see", page.see.index(page.id)), "A page links to itself.", "Leave it out."
