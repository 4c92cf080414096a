"""What a page of practices says: one skill, how it looks when it is there, and three things to try."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from fairlead.core.work import LABELS, Competency
from fairlead.library.crosschecks import doubles, loose_research
from fairlead.library.schema import Doi, Entry, Id, Line, Passage, Research, Row, Short
from fairlead.library.wording import misfits, not_right

PEOPLE_UNDER_STRESS: Final = "people_under_stress"
"""The thirteenth skill: people skills when it is tense. No competency, because it runs through all."""

SKILLS: Final[dict[str, str]] = {
    **{word: LABELS[word] for word in Competency},
    PEOPLE_UNDER_STRESS: "People under stress",
}
"""Every skill that has a page of practices, in order, with its plain words."""

INSTRUMENT: Final = "role-audit"
"""The questionnaire whose items measure a competency before and after."""

TWO_SIDES: Final = "two-sides"
"""The questionnaire with the scale that measures people skills when it is tense."""


class Occasion(StrEnum):
    """The kind of entry in a calendar that a practice can be tied to."""

    ONE_TO_ONE = "one_to_one"
    TEAM_MEETING = "team_meeting"
    WITH_MANAGER = "with_manager"
    WITH_PEERS = "with_peers"
    ALONE = "alone"
    INCIDENT = "incident"
    ANY = "any"


def _is_isbn(digits: str) -> str:
    """Hold an ISBN-13 to its check digit: the digits weighted 1, 3, 1, 3 … add up to a multiple of ten."""
    bare = digits.replace("-", "")
    known = len(bare) == 13 and bare.isdecimal() and bare.startswith(("978", "979"))
    if not known or sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(bare)) % 10:
        right = "It is the 13 digits beside the bar code, in quotes, with or without hyphens."
        raise not_right(f"“{digits}” is no ISBN.", right)
    return digits


Isbn = Annotated[str, AfterValidator(_is_isbn)]
Skill = Annotated[
    Literal[
        "resource_allocation", "process_implementation", "performance_monitoring", "risk_mitigation",
        "continuous_improvement", "reliability", "vision_translation", "conflict_navigation",
        "strategic_influence", "culture_shaping", "developing_people", "innovation", "people_under_stress",
    ],
    Field(description="A competency, or people_under_stress."),
]  # fmt: skip


class Practice(Entry):
    """One thing to try: ``stretch`` 1 is easy to begin with, 3 asks for courage or for others.

    ``fits`` is the occasion of a calendar that it can be tied to, ``minutes`` what it takes there,
    preparation included; ``shows`` is how one would notice that it worked.
    """

    id: Id
    title: Short
    stretch: int = Field(ge=1, le=3)
    fits: Occasion
    minutes: int = Field(ge=5, le=240)
    does: Passage
    shows: Line
    research: tuple[Id, ...] = Field(min_length=1)


class Reading(Entry):
    """One work to read, and what it is good for; ``doi`` for an article, ``isbn`` for a book."""

    cite: Line
    why: Line
    doi: Doi | None = None
    isbn: Isbn | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if (self.doi is None) == (self.isbn is None):
            raise misfits([((), "A work has a DOI or an ISBN.", "Give one of the two.")])
        return self


class Notice(Entry):
    """How a change would be noticed after some weeks: by oneself, and by others."""

    you: Line
    others: Line


class PracticePage(Entry):
    """A file of ``practices``: one skill.

    ``there`` is what one can see where the skill is there; ``items`` are the items of ``instrument``
    that are asked before and after, the reversed among them turned around before they are compared.
    """

    about: Skill
    instrument: Literal["role-audit", "two-sides"] = INSTRUMENT
    there: tuple[Line, ...] = Field(min_length=4, max_length=6)
    practices: tuple[Practice, ...] = Field(min_length=3, max_length=3)
    read: tuple[Reading, ...] = Field(min_length=2, max_length=4)
    notice: Notice
    items: tuple[Id, ...] = Field(min_length=3, max_length=6)
    rows: tuple[Row, ...] = Field(min_length=1)
    research: dict[Id, Research]

    @property
    def title(self) -> str:
        """The plain words of the skill."""
        return SKILLS[self.about]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        stretches = [one.stretch for one in self.practices]
        placed = [(("practices", i), one.research) for i, one in enumerate(self.practices)]
        found = [
            *doubles("practices", [one.id for one in self.practices]),
            *doubles("items", self.items),
            *loose_research(placed, self.research),
        ]
        if stretches != [1, 2, 3]:
            given = ", ".join(map(str, stretches))
            found.append((("practices",), f"The practices have the stretches {given}.", "It is 1, 2, 3."))
        if found:
            raise misfits(found)
        return self
