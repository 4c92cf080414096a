"""What direction asks, in words: sections and questions, choices, burdens, and the 41 work activities.

Web pages, the command line and the answer file take every word from here, in each language that
there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, StrictBool, model_validator

from fairlead.core.direction_answers import (
    SECTIONS,
    Bearing,
    Encourager,
    Facet,
    Motive,
    Need,
    OwnTrack,
    Push,
    Reason,
    Sign,
    SkillSide,
    Taught,
    Value,
)
from fairlead.core.work import Kind
from fairlead.library.crosschecks import doubles, loose_research
from fairlead.library.schema import Entry, Id, Line, Passage, Research, Row, Short, Version, matching
from fairlead.library.wording import misfits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from enum import StrEnum

    from fairlead.library.wording import Misfit

CHOICES: Final[dict[str, type[StrEnum]]] = {
    "value": Value, "reason": Reason, "push": Push, "need": Need, "encourager": Encourager,
    "motive": Motive, "facet": Facet, "sign": Sign, "side": SkillSide, "taught": Taught, "bearing": Bearing,
    "own_track": OwnTrack,
}  # fmt: skip
"""The words that each list of choices is about, in the order in which they are shown."""

SCALES: Final[dict[str, tuple[int, int]]] = {
    "effect": (-2, 2), "encouragement": (1, 5), "journey": (1, 5), "bothers": (1, 5),
    "with_tools": (1, 5), "would_want": (1, 5), "want": (1, 5), "able": (1, 5),
}  # fmt: skip
"""The lowest and highest answer of each scale."""

Rows = Annotated[tuple[Row, ...], Field(min_length=1)]
Keys = Annotated[tuple[Id, ...], Field(min_length=1)]
Code = Annotated[str, *matching(r"4\.A\.[1-4]\.[abc]\.\d", "A work activity has a code like 4.A.1.a.1.")]


class Choice(Entry):
    """One answer to choose: its word in data, a label, and one plain sentence."""

    id: Id
    label: Short
    says: Line


class ChoiceList(Entry):
    """The answers to choose from in one question."""

    id: Id
    rows: Rows
    research: Keys
    options: Annotated[tuple[Choice, ...], Field(min_length=2)]


class Answer(Entry):
    """One step of a scale, in words."""

    value: int = Field(ge=-2, le=5)
    label: Short


class AnswerScale(Entry):
    """Steps from the lowest to the highest."""

    id: Id
    rows: Rows
    research: Keys
    answers: Annotated[tuple[Answer, ...], Field(min_length=2)]


class Question(Entry):
    """One question: ``answers`` names the list or the scale it is answered with, else ``kind`` says how.

    ``text`` is own words, ``lines`` one thing a line, ``count`` a whole number, ``hours`` hours a
    week, ``role`` a job title, ``competency`` one of the twelve.
    """

    id: Id
    text: Line
    kind: Literal["choice", "text", "lines", "count", "hours", "role", "competency"] = "choice"
    help: Annotated[str, Field(max_length=300)] = ""
    answers: Id | None = None
    many: StrictBool = False
    rows: Rows
    research: Keys


class SectionText(Entry):
    """One section of direction, with its questions in the order of asking."""

    id: Id
    title: Short
    intro: Passage
    rows: Rows
    research: Keys
    questions: tuple[Question, ...] = ()

    def question(self, question_id: str) -> Question:
        """Give the question of that id; ``KeyError`` if there is none."""
        for found in self.questions:
            if found.id == question_id:
                return found
        raise KeyError(question_id)


class Burden(Entry):
    """One thing that the next level brings and nobody promises (row 14), by the kind of work it goes into."""

    id: Id
    kind: Kind
    label: Short
    says: Line
    rows: Rows
    research: Keys


class TalkQuestion(Entry):
    """One question to somebody who holds the next level."""

    id: Id
    text: Line


class Talk(Entry):
    """A guide for talking to somebody who holds the next level (row 62)."""

    title: Short
    says: Passage
    rows: Rows
    research: Keys
    questions: Annotated[tuple[TalkQuestion, ...], Field(min_length=3)]


class ActivityText(Entry):
    """One of the 41 work activities in plain words."""

    code: Code
    label: Short
    example: Line


class ActivityGroup(Entry):
    """Work activities that stand under one heading."""

    id: Id
    label: Short
    activities: Annotated[tuple[ActivityText, ...], Field(min_length=1)]


class QuestionFile(Entry):
    """``questions.yaml``."""

    version: Version
    research: dict[Id, Research]
    sections: tuple[SectionText, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        found = [
            *_other_order("sections", [one.id for one in self.sections], SECTIONS),
            *loose_research(self._placed(), self.research),
        ]
        for i, section in enumerate(self.sections):
            found += [
                (("sections", i, *path), wrong, right)
                for path, wrong, right in doubles("questions", [one.id for one in section.questions])
            ]
            found += [
                (("sections", i, "questions", j), wrong, right)
                for j, one in enumerate(section.questions)
                for wrong, right in _unanswerable(one)
            ]
        if found:
            raise misfits(found)
        return self

    def _placed(self) -> list[tuple[tuple[str | int, ...], tuple[str, ...]]]:
        placed: list[tuple[tuple[str | int, ...], tuple[str, ...]]] = []
        for i, section in enumerate(self.sections):
            placed.append((("sections", i), section.research))
            placed += [
                (("sections", i, "questions", j), one.research) for j, one in enumerate(section.questions)
            ]
        return placed


class ChoiceFile(Entry):
    """``choices.yaml``."""

    version: Version
    research: dict[Id, Research]
    choices: tuple[ChoiceList, ...]
    scales: tuple[AnswerScale, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        found = [
            *_other_order("choices", [one.id for one in self.choices], CHOICES),
            *_other_order("scales", [one.id for one in self.scales], SCALES),
        ]
        for i, one in enumerate(self.choices):
            words = [option.id for option in one.options]
            found += _other_order(("choices", i, "options"), words, CHOICES.get(one.id, words))
        for i, scale in enumerate(self.scales):
            low, high = SCALES.get(scale.id, (1, len(scale.answers)))
            steps = [str(answer.value) for answer in scale.answers]
            found += _other_order(("scales", i, "answers"), steps, map(str, range(low, high + 1)))
        placed = [
            *((("choices", i), one.research) for i, one in enumerate(self.choices)),
            *((("scales", i), one.research) for i, one in enumerate(self.scales)),
        ]
        found += loose_research(placed, self.research)
        if found:
            raise misfits(found)
        return self


class BurdenFile(Entry):
    """``burdens.yaml``."""

    version: Version
    research: dict[Id, Research]
    burdens: Annotated[tuple[Burden, ...], Field(min_length=1)]
    talk: Talk

    @model_validator(mode="after")
    def _fits(self) -> Self:
        placed: list[tuple[tuple[str | int, ...], tuple[str, ...]]] = [
            (("burdens", i), one.research) for i, one in enumerate(self.burdens)
        ]
        found = [
            *doubles("burdens", [one.id for one in self.burdens]),
            *doubles("talk", [one.id for one in self.talk.questions]),
            *loose_research([*placed, (("talk",), self.talk.research)], self.research),
            *(
                (("burdens", i, "kind"), "A burden lies in some kind of work.", "Name one that is clear.")
                for i, one in enumerate(self.burdens)
                if one.kind is Kind.UNCLEAR
            ),
        ]
        if found:
            raise misfits(found)
        return self


class ActivityFile(Entry):
    """``activities.yaml``."""

    version: Version
    attribution: Passage
    rows: Rows
    groups: Annotated[tuple[ActivityGroup, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        codes = [one.code for group in self.groups for one in group.activities]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        found = [*doubles("groups", [group.id for group in self.groups])]
        if twice:
            found.append((("groups",), f"{', '.join(twice)} stands here twice.", "Keep one of each."))
        if found:
            raise misfits(found)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionTexts:
    """Every word that direction asks with, in one language."""

    language: str
    sections: tuple[SectionText, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    scales: Mapping[str, tuple[Answer, ...]]
    burdens: tuple[Burden, ...]
    talk: Talk
    groups: tuple[ActivityGroup, ...]
    attribution: str
    research: Mapping[str, Research]

    def section(self, section_id: str) -> SectionText:
        """Give the section of that id; ``KeyError`` if there is none."""
        for found in self.sections:
            if found.id == section_id:
                return found
        raise KeyError(section_id)

    def question(self, section_id: str, question_id: str) -> Question:
        """Give one question of a section; ``KeyError`` if there is none."""
        return self.section(section_id).question(question_id)

    def choice(self, list_id: str, word: str) -> Choice:
        """Give the words of one choice; ``KeyError`` if there is none."""
        for found in self.choices[list_id]:
            if found.id == word:
                return found
        raise KeyError(word)

    def answer(self, scale_id: str, value: int) -> str:
        """Give the label of one step of a scale; ``KeyError`` if there is none."""
        for found in self.scales[scale_id]:
            if found.value == value:
                return found.label
        raise KeyError(value)

    def burden(self, burden_id: str) -> Burden:
        """Give the burden of that id; ``KeyError`` if there is none."""
        for found in self.burdens:
            if found.id == burden_id:
                return found
        raise KeyError(burden_id)

    @property
    def activities(self) -> tuple[ActivityText, ...]:
        """The 41 work activities, in the order of their groups."""
        return tuple(one for group in self.groups for one in group.activities)

    def activity(self, code: str) -> ActivityText:
        """Give the words of one work activity; ``KeyError`` if the code is unknown."""
        for found in self.activities:
            if found.code == code:
                return found
        raise KeyError(code)


def _unanswerable(one: Question) -> Iterator[tuple[str, str]]:
    known = (*CHOICES, *SCALES)
    if (one.answers is None) == (one.kind == "choice"):
        yield f"“{one.id}” has either answers to choose from or a kind.", "Name one of the two."
    elif one.answers is not None and one.answers not in known:
        yield f"There is no list or scale “{one.answers}”.", f"Known: {', '.join(known)}."


def _other_order(
    where: str | tuple[str | int, ...], there: Iterable[str], needed: Iterable[str]
) -> Iterator[Misfit]:
    right = list(needed)
    if list(there) != right:
        path = (where,) if isinstance(where, str) else where
        yield path, "These are not the entries that are asked for.", f"In this order: {', '.join(right)}."
