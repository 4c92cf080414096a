"""What a conversation guide says: what to try, how to begin, what to ask, and what to leave."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from fairlead.library.crosschecks import doubles, loose_research
from fairlead.library.schema import Entry, Id, Line, Passage, Research, Row, Short
from fairlead.library.wording import misfits

ASK_OPENLY: Final = "ask_openly"
"""The guide for surveys that fewer than five people answered."""


class Conversation(Entry):
    """One guide; ``id`` is the scale it goes with, or ``ask_openly``.

    ``try_this`` is one behaviour for this week or the next; ``opening`` can be said as it stands;
    ``ask`` holds two open questions; ``avoid`` what would spoil the conversation.
    """

    id: Id
    title: Short
    try_this: Passage
    opening: Passage
    ask: tuple[Line, Line]
    avoid: Line
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    research: Annotated[tuple[Id, ...], Field(min_length=1)]


class ConversationFile(Entry):
    """A file of guides, with the publications they lean on."""

    research: dict[Id, Research]
    conversations: tuple[Conversation, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        placed = [(("conversations", i), one.research) for i, one in enumerate(self.conversations)]
        names = [one.id for one in self.conversations]
        found = [*doubles("conversations", names), *loose_research(placed, self.research)]
        if found:
            raise misfits(found)
        return self
