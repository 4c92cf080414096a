"""Promotion frameworks as YAML: the schema, the reader, the shipped ones, and a writer."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BeforeValidator, Field

from fairlead.core import framework as core
from fairlead.core.framework_faults import Impressions, faults, impressions
from fairlead.core.problems import BadInput
from fairlead.core.work import LABELS, Competency, Kind, Track
from fairlead.library.load import shipped, validate
from fairlead.library.schema import Doi, Entry, Id, Language, Line, Passage, Row, Short, Version

if TYPE_CHECKING:
    from typing import Any

    from fairlead.library.strict_yaml import Document

FOLDER: Final = "frameworks"


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
    kind: Kind
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


class ImpressionFile(Entry):
    """``lexicon/impressions.yaml``: words for how somebody comes across."""

    words: tuple[Short, ...]
    not_meant: tuple[Short, ...]
    acts: tuple[Short, ...]


def _track(entry: TrackEntry) -> core.TrackLevels:
    label = entry.label or LABELS[entry.id]
    return core.TrackLevels(id=str(entry.id), label=label, levels=entry.levels, words=entry.words)


def _criterion(entry: CriterionEntry) -> core.Criterion:
    return core.Criterion(
        id=entry.id,
        title=entry.title,
        kind=str(entry.kind),
        competency=str(entry.competency or ""),
        words=entry.words,
        rows=entry.rows,
        research=entry.research,
        seen=tuple(
            core.Seen(level=level, text=one.text, examples=one.examples) for level, one in entry.seen.items()
        ),
    )


def read_framework(document: Document) -> core.Framework:
    """Check a framework and give it as plain data; ``BadInput`` places every problem.

    Criteria that ask how somebody comes across, and name no act, are refused (rows 119, 161).
    """
    file = validate(FrameworkFile, document)
    # Paths of faults are those of the file, so tracks have to stand as they do there.
    as_written = file.framework()
    by_id = {track.id: track for track in as_written.tracks}
    placed = replace(as_written, tracks=tuple(by_id[str(one.id)] for one in file.tracks))
    found = [
        document.problem(fault.path, fault.wrong, fault.right)
        for fault in (*faults(placed), *impressions(placed, impression_words()))
    ]
    if found:
        raise BadInput(*sorted(found, key=lambda one: (one.line or 0, one.column or 0)))
    return as_written


@cache
def impression_words() -> Impressions:
    """Give the words by which criteria about impressions are found."""
    file = validate(ImpressionFile, shipped("lexicon/impressions.yaml"))
    return Impressions(words=file.words, not_meant=file.not_meant, acts=file.acts)


@cache
def frameworks() -> tuple[str, ...]:
    """Give the ids of the frameworks that are shipped."""
    names = (entry.name for entry in resources.files("fairlead.library").joinpath(FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def framework(framework_id: str) -> core.Framework:
    """Give a shipped framework; ``KeyError`` if there is none of that id."""
    if framework_id not in frameworks():
        raise KeyError(framework_id)
    return read_framework(shipped(f"{FOLDER}/{framework_id}.yaml"))


def framework_text(framework_id: str) -> str:
    """Give the text of a shipped framework's file, to begin an own one with."""
    if framework_id not in frameworks():
        raise KeyError(framework_id)
    return resources.files("fairlead.library").joinpath(FOLDER, f"{framework_id}.yaml").read_text("utf-8")


def write_framework(framework: core.Framework) -> str:
    """Write a framework as YAML that reads back to the same."""
    lines = [f"{name}: {_text(getattr(framework, name))}" for name in ("id", "version", "title", "language")]
    lines += [f"{name}: {_text(text)}" for name in ("words", "source") if (text := getattr(framework, name))]
    if framework.research:
        lines += ["research:"]
        for one in framework.research:
            lines += [f"  {one.key}:", f"    cite: {_text(one.cite)}"]
            lines += [f"    doi: {_text(one.doi)}"] if one.doi else []
    lines += _listed("questions", [_question(one) for one in framework.questions])
    lines += _listed("past_only", [[_text(one)] for one in framework.past_only])
    lines += _listed("levels", [_level(one) for one in framework.levels])
    lines += _listed("tracks", [_track_lines(one) for one in framework.tracks])
    lines += _listed("criteria", [_criterion_lines(one) for one in framework.criteria])
    return "\n".join(lines) + "\n"


def _listed(name: str, entries: list[list[str]]) -> list[str]:
    if not entries:
        return []
    return [
        f"{name}:",
        *(f"  {'- ' if not i else '  '}{line}" for entry in entries for i, line in enumerate(entry)),
    ]


def _question(one: core.Question) -> list[str]:
    return [
        f"id: {one.id}",
        *_said(one, "text", "help"),
        *_flow("rows", one.rows),
        *_flow("research", one.research),
    ]


def _level(one: core.Level) -> list[str]:
    return [f"id: {one.id}", *_said(one, "title"), f"rung: {one.rung}", *_said(one, "words")]


def _track_lines(one: core.TrackLevels) -> list[str]:
    return [f"id: {one.id}", *_said(one, "label", "words"), *_flow("levels", one.levels)]


def _criterion_lines(one: core.Criterion) -> list[str]:
    lines = [f"id: {one.id}", *_said(one, "title"), f"kind: {one.kind}"]
    lines += [f"competency: {one.competency}"] if one.competency else []
    lines += [*_said(one, "words"), *_flow("rows", one.rows), *_flow("research", one.research), "seen:"]
    for seen in one.seen:
        if seen.examples:
            lines += [f"  {seen.level}:", f"    text: {_text(seen.text)}", "    examples:"]
            lines += [f"      - {_text(example)}" for example in seen.examples]
        else:
            lines.append(f"  {seen.level}: {_text(seen.text)}")
    return lines


def _said(one: Any, *names: str) -> list[str]:
    return [f"{name}: {_text(value)}" for name in names if (value := getattr(one, name))]


def _flow(name: str, values: tuple[Any, ...]) -> list[str]:
    return [f"{name}: [{', '.join(map(str, values))}]"] if values else []


def _text(text: str) -> str:
    """Quote a text; JSON's quoting is YAML's too."""
    return json.dumps(text, ensure_ascii=False)
