"""What a file of a promotion framework may hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from fairlead.core import framework as core
from fairlead.core.work import LABELS, Competency, Track
from fairlead.library.schema import Doi, Entry, Id, Language, Line, Passage, Row, Short, Version


def _with_name(value: object) -> object:
    """Let the text stand right behind its level where there are no examples."""
    return {"text": value} if isinstance(value, str) else value


class SeenEntry(Entry):
    """What is seen at one level."""

    text: Passage
    examples: Annotated[tuple[Line, ...], Field(max_length=20)] = ()


class CriterionEntry(Entry):
    """One criterion and what is seen at each level that asks for it."""

    id: Id
    title: Short
    kind: Literal["leading", "managing", "doing"]
    competency: Competency | None = None
    words: Annotated[str, Field(max_length=300)] = ""
    rows: tuple[Row, ...] = ()
    research: tuple[Id, ...] = ()
    seen: Annotated[dict[Id, Annotated[SeenEntry, BeforeValidator(_with_name)]], Field(min_length=1)]


class LevelEntry(Entry):
    """One level."""

    id: Id
    title: Short
    rung: int = Field(ge=1, le=30)
    words: Annotated[str, Field(max_length=300)] = ""


class TrackEntry(Entry):
    """One track and its levels."""

    id: Track
    label: Annotated[str, Field(max_length=120)] = ""
    words: Annotated[str, Field(max_length=300)] = ""
    levels: tuple[Id, ...] = Field(min_length=1, max_length=30)


class QuestionEntry(Entry):
    """Something asked of every case."""

    id: Id
    text: Line
    help: Annotated[str, Field(max_length=300)] = ""
    rows: tuple[Row, ...] = ()
    research: tuple[Id, ...] = ()


class PublicationEntry(Entry):
    """A work that criteria lean on."""

    cite: Line
    doi: Doi | None = None


class FrameworkFile(Entry):
    """A framework file."""

    id: Id
    version: Version
    title: Short
    language: Language = "en"
    words: Annotated[str, Field(max_length=1500)] = ""
    source: Annotated[str, Field(max_length=600)] = ""
    research: dict[Id, PublicationEntry] = Field(default_factory=dict)
    questions: Annotated[tuple[QuestionEntry, ...], Field(max_length=20)] = ()
    past_only: Annotated[tuple[Short, ...], Field(max_length=200)] = ()
    levels: tuple[LevelEntry, ...] = Field(min_length=1, max_length=60)
    tracks: tuple[TrackEntry, ...] = Field(min_length=1, max_length=4)
    criteria: tuple[CriterionEntry, ...] = Field(min_length=1, max_length=400)

    def framework(self) -> core.Framework:
        """Give the framework as plain data, tracks in their fixed order."""
        order = {name: at for at, name in enumerate(core.TRACKS)}
        return core.Framework(
            id=self.id,
            version=self.version,
            title=self.title,
            language=self.language,
            words=self.words,
            source=self.source,
            tracks=tuple(_track(one) for one in sorted(self.tracks, key=lambda one: order[one.id])),
            levels=tuple(
                core.Level(id=one.id, title=one.title, rung=one.rung, words=one.words) for one in self.levels
            ),
            criteria=tuple(_criterion(one) for one in self.criteria),
            questions=tuple(
                core.Question(id=one.id, text=one.text, help=one.help, rows=one.rows, research=one.research)
                for one in self.questions
            ),
            past_only=self.past_only,
            research=tuple(
                core.Publication(key=key, cite=one.cite, doi=one.doi or "")
                for key, one in self.research.items()
            ),
        )


def _track(entry: TrackEntry) -> core.TrackLevels:
    label = entry.label or LABELS[entry.id]
    return core.TrackLevels(id=str(entry.id), label=label, levels=entry.levels, words=entry.words)


def _criterion(entry: CriterionEntry) -> core.Criterion:
    return core.Criterion(
        id=entry.id,
        title=entry.title,
        kind=entry.kind,
        competency=str(entry.competency or ""),
        words=entry.words,
        rows=entry.rows,
        research=entry.research,
        seen=tuple(
            core.Seen(level=level, text=one.text, examples=one.examples) for level, one in entry.seen.items()
        ),
    )
