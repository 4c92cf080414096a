"""Promotion frameworks as YAML: the schema, the reader, the shipped ones, and a writer."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from fairlead.core.framework_faults import Impressions, faults, impressions
from fairlead.core.problems import BadInput
from fairlead.library.framework_file import FrameworkFile
from fairlead.library.load import file_languages, shipped, shipped_in, tracks, validate
from fairlead.library.schema import Entry, Short
from fairlead.library.translations import ORIGINAL

if TYPE_CHECKING:
    from typing import Any

    from fairlead.core import framework as core
    from fairlead.library.strict_yaml import Document

FOLDER: Final = "frameworks"


class ImpressionFile(Entry):
    """``lexicon/impressions.yaml``: words for how somebody comes across."""

    words: tuple[Short, ...]
    not_meant: tuple[Short, ...]
    acts: tuple[Short, ...]


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
    ids = (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return tuple(sorted(one for one in ids if "." not in one))


@cache
def framework(framework_id: str, language: str = ORIGINAL) -> core.Framework:
    """Give a shipped framework; ``KeyError`` if there is none of that id or language.

    Ids, rungs, rows and research are the same in every language; only the words differ.
    """
    if framework_id not in frameworks():
        raise KeyError(framework_id)
    path = f"{FOLDER}/{framework_id}"
    if language == ORIGINAL:
        return read_framework(shipped(f"{path}.yaml"))
    file = shipped_in(FrameworkFile, path, language)
    return _labelled(replace(file.framework(), language=language), file)


def framework_languages(framework_id: str) -> tuple[str, ...]:
    """Give the languages that a shipped framework can be read in, the original first."""
    return file_languages(FOLDER, framework_id)


def in_language(found: core.Framework, language: str) -> core.Framework:
    """Give a framework in a language, where it has the words that ship; another one is read in its own.

    A translation belongs to the words that it translates: with one sentence changed it is another
    framework. What it is called, where it comes from, its id and its version may differ.
    """
    original = _words_of(found)
    if original is None or language == found.language or language not in framework_languages(original.id):
        return found
    said = framework(original.id, language)
    title = said.title if found.title == original.title else found.title
    return replace(said, id=found.id, version=found.version, title=title, source=found.source)


def languages_of(found: core.Framework) -> tuple[str, ...]:
    """Give the languages that a framework can be read in, its own first."""
    original = _words_of(found)
    others = framework_languages(original.id) if original is not None else ()
    return tuple(dict.fromkeys((found.language, *others)))


def _words_of(found: core.Framework) -> core.Framework | None:
    """Give the shipped framework with the same words; ``None`` where there is none."""
    for original in map(framework, frameworks()):
        same = replace(original, id=found.id, version=found.version, title=found.title, source=found.source)
        if same == found:
            return original
    return None


def _labelled(found: core.Framework, file: FrameworkFile) -> core.Framework:
    """Call tracks that have no label of their own as they are called in this language elsewhere."""
    own = {str(one.id) for one in file.tracks if one.label}
    known = {one.id: one.label for one in tracks(found.language)}
    named = (
        one if one.id in own else replace(one, label=known.get(one.id, one.label)) for one in found.tracks
    )
    return replace(found, tracks=tuple(named))


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
