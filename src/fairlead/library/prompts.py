"""Questions that help somebody to put their own way of leading into words (rows 85, 118, 130, 131)."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from fairlead.library.crosschecks import doubles, loose_research
from fairlead.library.load import shipped, validate
from fairlead.library.schema import Entry, Id, Line, Research, Row, Short
from fairlead.library.wording import misfits

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
"""What the questions are written in."""

Group = Literal["style", "people", "serving", "leaders"]


class PromptGroup(Entry):
    """A handful of questions about one thing."""

    id: Group
    title: Short
    title_de: Short
    says: Line
    says_de: Line


class Prompt(Entry):
    """One question; ``begins`` begins an answer, and is empty where the answer has another form."""

    id: Id
    group: Group
    asks: Line
    asks_de: Line
    begins: Annotated[str, Field(max_length=120)]
    begins_de: Annotated[str, Field(max_length=120)]
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    research: Annotated[tuple[Id, ...], Field(min_length=1)]

    def in_language(self, language: str) -> tuple[str, str]:
        """Give the question and how an answer begins."""
        return (self.asks_de, self.begins_de) if language == "de" else (self.asks, self.begins)


class PromptFile(Entry):
    """The file of questions, with the publications they lean on."""

    research: dict[Id, Research]
    groups: tuple[PromptGroup, ...] = Field(min_length=1)
    prompts: tuple[Prompt, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        placed = [(("prompts", i), one.research) for i, one in enumerate(self.prompts)]
        found = [
            *doubles("prompts", [one.id for one in self.prompts]),
            *doubles("groups", [one.id for one in self.groups]),
            *loose_research(placed, self.research),
        ]
        known, asked = {one.id for one in self.groups}, {one.group for one in self.prompts}
        found += [
            (("prompts", i, "group"), f"There is no group “{one.group}”.", f"Known: {', '.join(known)}.")
            for i, one in enumerate(self.prompts)
            if one.group not in known
        ]
        found += [
            (("groups", i), f"No question is of the group “{one.id}”.", "Write one, or leave the group out.")
            for i, one in enumerate(self.groups)
            if one.id not in asked
        ]
        if found:
            raise misfits(found)
        return self

    def of(self, group: str) -> tuple[Prompt, ...]:
        """Give the questions of a group, in their order."""
        return tuple(one for one in self.prompts if one.group == group)


@cache
def prompts() -> PromptFile:
    """Read the questions that are shipped."""
    return validate(PromptFile, shipped("growth/prompts.yaml"))
