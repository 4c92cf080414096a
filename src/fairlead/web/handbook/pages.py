"""The pages that ship with the library, held in memory: by kind, by word, and as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from fairlead.library import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.library.handbook_page import HandbookPage
    from fairlead.library.practice import PracticePage
    from fairlead.library.schema import Research

KINDS: Final[dict[str, str]] = {
    "definition": "What the words mean",
    "chart": "Side by side",
    "competency": "The twelve competencies",
    "aspect": "Four aspects, two styles each",
    "track": "Tracks",
    "practice_list": "Practices",
    "topic": "Questions people ask",
    "warning": "Warning signs, one by one",
    "rut": "In a rut, and out of it",
    "direction": "Where you want to go",
    "value": "Work values",
    "growth": "Growing",
    "high_payoff": "Work that saves trouble later",
    "trait": "Those who make it look easy",
    "survey": "What others say",
    "figure": "How to read a figure",
}
"""The kinds of pages in the order in which they stand, each with its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The pages of one kind."""

    kind: str
    title: str
    pages: tuple[HandbookPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One page with what hangs on it: pages to go on to, where it comes from, practices of the skill."""

    page: HandbookPage
    kind: str
    blocks: tuple[Any, ...]
    see: tuple[HandbookPage, ...]
    sources: tuple[Research, ...]
    practices: PracticePage | None


def pages() -> Mapping[str, HandbookPage]:
    """Give all pages by id."""
    return load.handbook()


@cache
def shelves() -> tuple[Shelf, ...]:
    """Give the pages by kind; a kind without a page is left out."""
    found = []
    for kind, title in KINDS.items():
        of_kind = tuple(page for page in pages().values() if page.kind == kind)
        if of_kind:
            found.append(Shelf(kind=kind, title=title, pages=of_kind))
    return tuple(found)


def shown(name: str) -> Shown | None:
    """Give one page as it is shown, or nothing where there is none."""
    page = pages().get(name)
    if page is None:
        return None
    research = load.handbook_research()
    return Shown(
        page=page,
        kind=KINDS[page.kind],
        blocks=tuple(_block(block, page.title) for block in page.body),
        see=tuple(pages()[name] for name in page.see if name in pages()),
        sources=tuple(research[key] for key in page.research if key in research),
        practices=load.practices().get(page.id),
    )


def _block(block: Any, title: str) -> dict[str, Any]:
    """Give a block with its kind; a table as ``handbook/_table.html`` takes it."""
    if block.block != "table":
        return {"kind": block.block, "block": block}
    caption = block.heading or title
    rows = tuple(tuple(zip(block.columns, line, strict=True)) for line in block.lines)
    return {"kind": "table", "block": block, "caption": caption, "columns": block.columns, "rows": rows}


def of_word(word: str) -> HandbookPage | None:
    """Give the page that explains a word of code, data or screens; nothing where there is none.

    Scales write ``style_vision`` where everything else writes ``style.vision``.
    """
    known = load.handbook_words()
    name = known.get(word) or known.get(".".join(word.rsplit("_", 1)))
    return None if name is None else pages()[name]


def address(page: HandbookPage) -> str:
    """Give the address of a page."""
    return reverse("handbook:page", args=[page.id])
