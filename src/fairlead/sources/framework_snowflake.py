"""Frameworks in the form of Snowflake: tracks with milestones, points, and titles by points.

The form is that of github.com/Medium/snowflake (Apache-2.0); nothing of it is kept here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from fairlead.core.framework import TRACKS, Criterion, Framework, Level, Seen, TrackLevels
from fairlead.core.problems import BadInput, Problem
from fairlead.core.work import LABELS, Kind, Track
from fairlead.library.load import validate
from fairlead.library.schema import Entry
from fairlead.sources.framework_rules import Rules, ask_library, ask_tracks, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.library.strict_yaml import Document

    Placed = Mapping[tuple[str | int, ...], tuple[str | int, ...]]

FORM: Final = "framework in the form of Snowflake"

_LEADER: Final = str(Track.INDIVIDUAL_CONTRIBUTOR_LEADER)
_MANAGER: Final = str(Track.PEOPLE_MANAGER)
_BOTH: Final = f"{_MANAGER}+{_LEADER}"

TITLES: Final = {
    "Engineer I": _BOTH,
    "Engineer II": _BOTH,
    "Senior Engineer": _LEADER,
    "Staff Engineer": _LEADER,
    "Principal Engineer": _LEADER,
    "Group Lead": _MANAGER,
    "Senior Group Lead": _MANAGER,
    "Director of Engineering": _MANAGER,
}
"""Tracks of the titles that are known by name; another title is asked for."""

_DOING: Final = str(Kind.DOING)
_LEADING: Final = str(Kind.LEADING)
_MANAGING: Final = str(Kind.MANAGING)

GROUPS: Final = {
    "MOBILE": _DOING, "WEB_CLIENT": _DOING, "FOUNDATIONS": _DOING, "SERVERS": _DOING, "CRAFT": _DOING,
    "PROJECT_MANAGEMENT": _MANAGING, "ORG_DESIGN": _MANAGING, "ACCOMPLISHMENT": _MANAGING,
    "RECRUITING": _MANAGING, "COMMUNICATION": _LEADING, "INITIATIVE": _LEADING,
    "CAREER_DEVELOPMENT": _LEADING, "WELLBEING": _LEADING, "MENTORSHIP": _LEADING,
    "EVANGELISM": _LEADING, "COMMUNITY": _LEADING,
}  # fmt: skip
"""Libraries of what Snowflake calls tracks, by name; another one is asked for."""

Name = Annotated[str, Field(min_length=1, max_length=120)]
Sentence = Annotated[str, Field(min_length=1, max_length=300)]


class Milestone(Entry):
    """What is seen at one milestone."""

    summary: Annotated[str, Field(min_length=1, max_length=1500)]
    signals: Annotated[tuple[Sentence, ...], Field(max_length=20)] = ()
    examples: Annotated[tuple[Sentence, ...], Field(max_length=20)] = ()


class Group(Entry):
    """What the file calls a track, and what is a criterion here."""

    displayName: Name  # noqa: N815 - their name
    category: str = ""
    description: Annotated[str, Field(max_length=300)] = ""
    milestones: tuple[Milestone, ...] = Field(min_length=1, max_length=30)


class Title(Entry):
    """A title and the points at which it begins."""

    label: Name
    minPoints: int = Field(ge=0)  # noqa: N815 - their name
    maxPoints: int | None = None  # noqa: N815 - their name


class Snowflake(Entry):
    """The file."""

    tracks: dict[Annotated[str, Field(max_length=80)], Group] = Field(min_length=1, max_length=100)
    titles: tuple[Title, ...] = Field(min_length=1, max_length=60)
    milestones: tuple[int, ...] = ()
    milestoneToPoints: tuple[int, ...] = ()  # noqa: N815 - their name
    pointsToLevels: dict[str, str] = Field(default_factory=dict)  # noqa: N815 - their name
    maxLevel: int | None = None  # noqa: N815 - their name


def read(
    document: Document, rules: Rules, framework_id: str, version: str
) -> tuple[Framework, list[str], Placed]:
    """Give the framework, what to say about it, and where each of its parts stands in the file."""
    file = validate(Snowflake, document)
    rules.check_all_used({*file.tracks, *(title.label for title in file.titles)})
    steps = sorted({title.minPoints for title in file.titles})
    problems = [*_names(file, document), *_steps(file, document, len(steps))]
    tracks = _tracks(file, document, rules, problems)
    kinds = _kinds(file, document, rules, problems)
    if problems:
        raise BadInput(*sorted(problems, key=lambda one: (one.line or 0, one.column or 0)))
    levels = _levels(file, steps)
    criteria, placed = _criteria(file, kinds, levels)
    framework = Framework(
        id=framework_id,
        version=version,
        title="Snowflake" if framework_id == "snowflake" else framework_id,
        levels=levels,
        tracks=tuple(
            TrackLevels(id=track, label=LABELS[track], levels=_ladder(names, levels))
            for track, names in sorted(tracks.items(), key=lambda pair: TRACKS.index(pair[0]))
        ),
        criteria=criteria,
        source="Imported from a file in the form of Medium's Snowflake.",
    )
    return framework, _notes(file, len(steps)), placed


def _names(file: Snowflake, document: Document) -> list[Problem]:
    labels = [title.label for title in file.titles]
    return [
        document.problem(("titles", i, "label"), f"The title “{label}” is there twice.", "Keep one.")
        for i, label in enumerate(labels)
        if label in labels[:i]
    ]


def _steps(file: Snowflake, document: Document, steps: int) -> list[Problem]:
    """Milestones are set beside titles by their number, so there have to be as many."""
    right = (
        f"The titles have {steps} steps (by minPoints): give each criterion as many milestones, or write the "
        "framework as a table (track, level, criterion, library, seen)."
    )
    return [
        document.problem(
            ("tracks", name, "milestones"), f"“{name}” has {len(group.milestones)} milestones.", right
        )
        for name, group in file.tracks.items()
        if len(group.milestones) != steps
    ]


def _tracks(
    file: Snowflake, document: Document, rules: Rules, problems: list[Problem]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    silent = []
    for i, title in enumerate(file.titles):
        tracks = rules.tracks(title.label, TITLES)
        if tracks is None:
            silent.append((i, title.label))
        for track in tracks or ():
            found.setdefault(track, []).append(title.label)
    for i, label in silent:
        wrong = f"Nothing says which track the title “{label}” belongs to."
        right = ask_tracks(label)
        problems.append(document.problem(("titles", i, "label"), wrong, right))
    return found


def _kinds(file: Snowflake, document: Document, rules: Rules, problems: list[Problem]) -> dict[str, str]:
    found = {}
    for name in file.tracks:
        kind = rules.library(name, GROUPS)
        if kind is None:
            wrong = f"Nothing says whether “{name}” is leading, managing or doing."
            problems.append(document.problem(("tracks", name), wrong, ask_library(name), key=True))
        found[name] = kind or ""
    return found


def _levels(file: Snowflake, steps: list[int]) -> tuple[Level, ...]:
    found: list[Level] = []
    for title in sorted(file.titles, key=lambda one: one.minPoints):
        name = slug(title.label, {one.id for one in found}, otherwise=f"level-{len(found) + 1}")
        found.append(Level(id=name, title=title.label, rung=steps.index(title.minPoints) + 1))
    return tuple(found)


def _ladder(labels: list[str], levels: tuple[Level, ...]) -> tuple[str, ...]:
    return tuple(level.id for level in levels if level.title in labels)


def _criteria(
    file: Snowflake, kinds: Mapping[str, str], levels: tuple[Level, ...]
) -> tuple[tuple[Criterion, ...], Placed]:
    found: list[Criterion] = []
    placed: dict[tuple[str | int, ...], tuple[str | int, ...]] = {}
    for name, group in file.tracks.items():
        seen = []
        for level in levels:
            milestone = group.milestones[level.rung - 1]
            at = ("tracks", name, "milestones", level.rung - 1, "summary")
            placed["criteria", len(found), "seen", level.id] = at
            seen.append(
                Seen(
                    level=level.id,
                    text=" ".join(milestone.summary.split()),
                    examples=(*milestone.signals, *milestone.examples)[:20],
                )
            )
        found.append(
            Criterion(
                id=slug(name, {one.id for one in found}, otherwise=f"criterion-{len(found) + 1}"),
                title=group.displayName,
                kind=kinds[name],
                words=" ".join(group.description.split()),
                seen=tuple(seen),
            )
        )
    return tuple(found), placed


def _notes(file: Snowflake, steps: int) -> list[str]:
    notes = [
        f"Milestone 1 to {steps} of each criterion stands at the {steps} steps of titles, in their order.",
        "The file does not say which criteria a title asks for: all are at every level. Take out some.",
        "Titles that begin at the same points are equal in standing.",
        "Signals stand before the examples.",
    ]
    points = [name for name in ("milestoneToPoints", "pointsToLevels", "maxLevel") if getattr(file, name)]
    categories = any(group.category for group in file.tracks.values())
    left = [*points, *(["category"] if categories else [])]
    if left:
        notes.append(f"Not read: {', '.join(left)}. Nothing is added up here.")
    return notes
