"""Frameworks in the form of the Financial Times: levels, themes and competencies in one YAML or JSON file.

The form is that of github.com/Financial-Times/engineering-progression (MIT); nothing of it is kept here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, StrictBool

from fairlead.core.framework import TRACKS, Criterion, Framework, Level, Seen, TrackLevels
from fairlead.core.problems import BadInput, Problem
from fairlead.core.work import LABELS, Kind, Track
from fairlead.library.load import validate
from fairlead.library.schema import Entry
from fairlead.sources.framework_rules import Rules, ask_library, ask_tracks, short, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.library.strict_yaml import Document

    Placed = Mapping[tuple[str | int, ...], tuple[str | int, ...]]

FORM: Final = "framework in the form of the Financial Times"

ENDINGS: Final = {
    "-ic": str(Track.INDIVIDUAL_CONTRIBUTOR_LEADER),
    "-pm": str(Track.PEOPLE_MANAGER),
}
"""What the last letters of a level say about its track; levels with one stem are equal in standing."""

LEVELS: Final = {"tech-director": str(Track.PEOPLE_MANAGER)}
"""Levels whose track is known by name."""

THEMES: Final = {
    "planning-organising": str(Kind.MANAGING),
    "independent-working": str(Kind.MANAGING),
    "delivery": str(Kind.MANAGING),
    "business-impact": str(Kind.MANAGING),
    "communication": str(Kind.LEADING),
    "team-work": str(Kind.LEADING),
    "leadership": str(Kind.LEADING),
    "problem-solving-decision-making": str(Kind.DOING),
    "curiosity-learning": str(Kind.DOING),
    "technical": str(Kind.DOING),
}
"""Libraries of the themes that are known by name; another theme is asked for."""

Name = Annotated[str, Field(min_length=1, max_length=120)]
Key = Annotated[str, Field(min_length=1, max_length=80)]
Sentence = Annotated[str, Field(min_length=1, max_length=300)]
Words = Annotated[str, Field(min_length=1, max_length=1500)]


class LevelEntry(Entry):
    """One level."""

    id: Key
    name: Name


class ThemeEntry(Entry):
    """One theme."""

    id: Key
    name: Name
    summary: Annotated[str, Field(max_length=1500)] = ""


class Link(Entry):
    """A page that explains a competency; not read."""

    label: str
    url: str


class Competency(Entry):
    """One competency of one theme at one level."""

    id: Key
    summary: Words
    level: Key
    theme: Key
    proficiency: str = ""
    examples: Annotated[tuple[Sentence, ...], Field(max_length=20)] = ()
    supportingUrls: tuple[Link, ...] = ()  # noqa: N815 - their name


class JobFamily(Entry):
    """The file."""

    name: Name
    summary: Annotated[str, Field(max_length=1500)] = ""
    googleSheetId: str = ""  # noqa: N815 - their name
    isLegacy: StrictBool = False  # noqa: N815 - their name
    levels: tuple[LevelEntry, ...] = Field(min_length=1, max_length=60)
    themes: tuple[ThemeEntry, ...] = Field(min_length=1, max_length=60)
    competencies: tuple[Competency, ...] = Field(min_length=1, max_length=400)


def read(
    document: Document, rules: Rules, framework_id: str, version: str
) -> tuple[Framework, list[str], Placed]:
    """Give the framework, what to say about it, and where each of its parts stands in the file."""
    file = validate(JobFamily, document)
    rules.check_all_used({level.id for level in file.levels} | {theme.id for theme in file.themes})
    problems = [*_names(file, document), *_places(file, document)]
    tracks = _tracks(file, document, rules, problems)
    kinds = _kinds(file, document, rules, problems)
    if problems:
        raise BadInput(*sorted(problems, key=lambda one: (one.line or 0, one.column or 0)))
    ids = {one.id: slug(one.id, otherwise=f"level-{i}") for i, one in enumerate(file.levels, start=1)}
    criteria, placed, notes = _criteria(file, ids, kinds)
    framework = Framework(
        id=framework_id,
        version=version,
        title=file.name,
        words=" ".join(file.summary.split()),
        levels=_levels(file, ids),
        tracks=tuple(
            TrackLevels(id=track, label=LABELS[track], levels=tuple(ids[name] for name in names))
            for track, names in sorted(tracks.items(), key=lambda pair: TRACKS.index(pair[0]))
        ),
        criteria=criteria,
        source="Imported from a file in the form of the Financial Times' engineering progression.",
    )
    return framework, [*notes, *_unread(file)], placed


def _names(file: JobFamily, document: Document) -> list[Problem]:
    found = []
    ids = {
        "levels": [one.id for one in file.levels],
        "themes": [one.id for one in file.themes],
        "competencies": [one.id for one in file.competencies],
    }
    for where, names in ids.items():
        seen: set[str] = set()
        for i, name in enumerate(names):
            if name in seen:
                wrong = f"“{name}” is already the id of another of the {where}."
                found.append(document.problem((where, i, "id"), wrong, "Give each its own."))
            seen.add(name)
    return found


def _places(file: JobFamily, document: Document) -> list[Problem]:
    levels, themes = [one.id for one in file.levels], [one.id for one in file.themes]
    found = []
    for i, one in enumerate(file.competencies):
        for what, name, known in (("level", one.level, levels), ("theme", one.theme, themes)):
            if name not in known:
                wrong, right = f"There is no {what} “{name}”.", f"Known: {', '.join(known)}."
                found.append(document.problem(("competencies", i, what), wrong, right))
    asked = {one.level for one in file.competencies}
    for i, level in enumerate(file.levels):
        if level.id not in asked:
            wrong = f"No competency is at the level “{level.id}”."
            found.append(document.problem(("levels", i, "id"), wrong, "Add one, or leave the level out."))
    return found


def _tracks(
    file: JobFamily, document: Document, rules: Rules, problems: list[Problem]
) -> dict[str, list[str]]:
    """Put levels into tracks: by their endings and names; those below the fork begin every track."""
    table = dict(LEVELS)
    for level in file.levels:
        track = next((track for ending, track in ENDINGS.items() if level.id.endswith(ending)), None)
        if track:
            table[level.id] = track
    said = [(i, level.id, rules.tracks(level.id, table)) for i, level in enumerate(file.levels)]
    first = next((i for i, name, tracks in said if tracks and name in table), None)
    every = tuple(dict.fromkeys(track for _, _, tracks in said for track in tracks or ()))
    found: dict[str, list[str]] = {}
    silent = []
    for i, name, tracks in said:
        if tracks is None and first is not None and i < first and len(every) > 1:
            rules.used[name] = "+".join(every)
            tracks = every  # noqa: PLW2901 - the levels before the fork belong to all
        if tracks is None:
            silent.append((i, name))
        for track in tracks or ():
            found.setdefault(track, []).append(name)
    for i, name in silent:
        wrong = f"The level “{name}” does not say which track it belongs to."
        right = ask_tracks(name)
        problems.append(document.problem(("levels", i, "id"), wrong, right))
    return found


def _kinds(file: JobFamily, document: Document, rules: Rules, problems: list[Problem]) -> dict[str, str]:
    found = {}
    for i, theme in enumerate(file.themes):
        kind = rules.library(theme.id, THEMES)
        if kind is None:
            wrong = f"Nothing says whether the theme “{theme.id}” is leading, managing or doing."
            problems.append(document.problem(("themes", i, "id"), wrong, ask_library(theme.id)))
        found[theme.id] = kind or ""
    return found


def _levels(file: JobFamily, ids: Mapping[str, str]) -> tuple[Level, ...]:
    rungs: dict[str, int] = {}
    found = []
    for level in file.levels:
        ending = next((one for one in ENDINGS if level.id.endswith(one)), "")
        stem = level.id.removesuffix(ending)
        rung = rungs.setdefault(stem, len(rungs) + 1)
        found.append(Level(id=ids[level.id], title=level.name, rung=rung))
    return tuple(found)


def _criteria(
    file: JobFamily, ids: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[tuple[Criterion, ...], Placed, list[str]]:
    cells = [(one.theme, one.level) for one in file.competencies]
    if len(set(cells)) == len(cells):
        note = "Each theme is one criterion: it says one thing at each level."
        return *_by_theme(file, ids, kinds), [note]
    note = "A theme says several things at one level, so each competency is a criterion of its own."
    return *_one_by_one(file, ids, kinds), [note]


def _by_theme(
    file: JobFamily, ids: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[tuple[Criterion, ...], Placed]:
    found: list[Criterion] = []
    placed: dict[tuple[str | int, ...], tuple[str | int, ...]] = {}
    order = [level.id for level in file.levels]
    for theme in file.themes:
        own = [(k, one) for k, one in enumerate(file.competencies) if one.theme == theme.id]
        if not own:
            continue
        own.sort(key=lambda pair: order.index(pair[1].level))
        for k, one in own:
            placed["criteria", len(found), "seen", ids[one.level]] = ("competencies", k, "summary")
        found.append(
            Criterion(
                id=slug(theme.id, {one.id for one in found}, otherwise=f"theme-{len(found) + 1}"),
                title=theme.name,
                kind=kinds[theme.id],
                words=short(theme.summary, 300),
                seen=tuple(_seen(one, ids) for _, one in own),
            )
        )
    return tuple(found), placed


def _one_by_one(
    file: JobFamily, ids: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[tuple[Criterion, ...], Placed]:
    names = {theme.id: theme.name for theme in file.themes}
    found: list[Criterion] = []
    placed: dict[tuple[str | int, ...], tuple[str | int, ...]] = {}
    taken: set[str] = set()
    for k, one in enumerate(file.competencies):
        name = slug(f"{one.theme}-{one.id[:8]}", taken, otherwise=f"criterion-{k + 1}")
        taken.add(name)
        placed["criteria", k, "seen", ids[one.level]] = ("competencies", k, "summary")
        found.append(
            Criterion(
                id=name,
                title=short(one.summary, 100),
                kind=kinds[one.theme],
                words=names[one.theme],
                seen=(_seen(one, ids),),
            )
        )
    return tuple(found), placed


def _seen(one: Competency, ids: Mapping[str, str]) -> Seen:
    lines = [" ".join(line.split()) for line in one.summary.splitlines()]
    return Seen(level=ids[one.level], text="\n".join(filter(None, lines)), examples=one.examples)


def _unread(file: JobFamily) -> Sequence[str]:
    proficient = sum(bool(one.proficiency) for one in file.competencies)
    linked = sum(bool(one.supportingUrls) for one in file.competencies)
    left = [
        f"the word for proficiency ({proficient} competencies)" if proficient else "",
        f"links ({linked} competencies)" if linked else "",
        "the id of a sheet" if file.googleSheetId else "",
    ]
    return [f"Not read: {', '.join(filter(None, left))}."] if any(left) else []
