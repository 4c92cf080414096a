"""What the pages of criteria show: a framework level by level, what changed, who signed, what waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from fairlead.core.framework import LIBRARIES, digest, library_label
from fairlead.core.framework_difference import difference
from fairlead.library import framework as library
from fairlead.render.framework_content import change_line
from fairlead.web.access.relations import holds
from fairlead.web.grants.models import Role
from fairlead.web.promotions import criteria_actions, signing, terms
from fairlead.web.promotions.models import FrameworkSignature, FrameworkVersion
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels
    from fairlead.core.framework_difference import Change, FrameworkDifference
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.criteria_models import SigningTeam

SHIPPED: Final = "fairlead"
State = FrameworkVersion.State


# --- what is in force -----------------------------------------------------------------------------


def published_framework() -> Framework | None:
    """Give the framework that the organization has signed and uses; ``None`` while there is none."""
    found = criteria_actions.in_force()
    return None if found is None else terms.framework_of(found)


def shipped() -> Framework:
    """Give the framework that ships, as an example."""
    return library.framework(SHIPPED)


def as_yaml(framework: Framework) -> str:
    """Write a framework as a file to edit and upload again."""
    return library.write_framework(framework)


def framework_of(version: FrameworkVersion) -> Framework:
    """Give the framework of a version."""
    return terms.framework_of(version)


# --- one framework, read level by level -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One library of criteria at one level: what is asked, and what is seen there."""

    kind: str
    label: str
    asked: tuple[tuple[Criterion, Seen], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPart:
    """One level: its tracks, the levels of other tracks that are equal to it, and what it asks."""

    level: Level
    tracks: tuple[TrackLevels, ...]
    equals: tuple[Level, ...]
    libraries: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Tracks side by side: for each rung the levels of each track."""

    tracks: tuple[TrackLevels, ...]
    rungs: tuple[tuple[int, tuple[tuple[TrackLevels, tuple[Level, ...]], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A framework as a page shows it; ``beside`` are the two levels that somebody set side by side."""

    framework: Framework
    ladder: Ladder
    levels: tuple[LevelPart, ...]
    choices: tuple[tuple[TrackLevels, tuple[Level, ...]], ...]
    beside: tuple[LevelPart, ...] = ()
    rows: tuple[tuple[str, tuple[tuple[str, tuple[tuple[Seen | None, str], ...]], ...]], ...] = ()


def reading(framework: Framework, beside: Sequence[str] = ()) -> Reading:
    """Lay a framework out; unknown levels among ``beside`` are left out."""
    known = {one.id for one in framework.levels}
    chosen = tuple(_level(framework, name) for name in beside if name in known)[:2]
    return Reading(
        framework=framework,
        ladder=ladder(framework),
        levels=tuple(_level(framework, one.id) for one in _in_order(framework)),
        choices=tuple((track, framework.levels_of(track.id)) for track in framework.tracks),
        beside=chosen if len(chosen) == 2 else (),
        rows=_rows(framework, [one.level.id for one in chosen]) if len(chosen) == 2 else (),
    )


def ladder(framework: Framework) -> Ladder:
    """Set tracks side by side in their fixed order, levels that are equal in one line."""
    known = {one.id: one for one in framework.levels}
    own = {track.id: [known[name] for name in track.levels if name in known] for track in framework.tracks}
    rungs = sorted({one.rung for one in framework.levels})
    return Ladder(
        tracks=framework.tracks,
        rungs=tuple(
            (
                rung,
                tuple(
                    (track, tuple(one for one in own[track.id] if one.rung == rung))
                    for track in framework.tracks
                ),
            )
            for rung in rungs
        ),
    )


def _in_order(framework: Framework) -> list[Level]:
    """Give levels track by track, a level that two tracks begin with once."""
    known = {one.id: one for one in framework.levels}
    found = [known[name] for track in framework.tracks for name in track.levels if name in known]
    return list(dict.fromkeys([*found, *framework.levels]))


def _level(framework: Framework, name: str) -> LevelPart:
    asked = framework.asked(name)
    level = framework.level(name)
    parts = []
    for kind in LIBRARIES:
        own = tuple((one, seen) for one, seen in asked if one.kind == kind)
        if own:
            parts.append(Part(kind=kind, label=library_label(kind), asked=own))
    equal = [one for one in _in_order(framework) if one.rung == level.rung and one.id != name]
    tracks = framework.tracks_of(name)
    return LevelPart(level=level, tracks=tracks, equals=tuple(equal), libraries=tuple(parts))


def _rows(
    framework: Framework, names: Sequence[str]
) -> tuple[tuple[str, tuple[tuple[str, tuple[tuple[Seen | None, str], ...]], ...]], ...]:
    """Give each criterion that one of two levels asks, with what is seen at each, library by library."""
    found = []
    for kind in LIBRARIES:
        lines = []
        for one in framework.criteria:
            seen = {said.level: said for said in one.seen}
            if one.kind == kind and any(name in seen for name in names):
                lines.append(
                    (one.title, tuple((seen.get(name), framework.level(name).title) for name in names))
                )
        if lines:
            found.append((library_label(kind), tuple(lines)))
    return tuple(found)


# --- versions, signatures -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signature as everybody reads it."""

    name: str
    title: str
    at: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A version beside its words: since when, until when, who signed, whether it is what was signed."""

    version: FrameworkVersion
    signed: tuple[Signed, ...]
    intact: bool


def facts(version: FrameworkVersion, framework: Framework) -> Facts:
    """Give who signed a version, and whether its content still has the hash that was signed."""
    rows = version.signatures.filter(answer=FrameworkSignature.Answer.SIGNED).select_related("person")
    return Facts(
        version=version,
        signed=tuple(
            Signed(name=str(one.person or "Somebody who has left"), title=one.title, at=one.made_at)
            for one in rows
        ),
        intact=digest(framework) == version.sha256,
    )


def versions() -> list[FrameworkVersion]:
    """Give everything that was signed, the newest first."""
    found = FrameworkVersion.objects.filter(state__in=[State.SIGNED, State.RETIRED])
    return list(found.defer("content", "before", "notes").order_by("-signed_at", "-made_at"))


def drafts() -> list[FrameworkVersion]:
    """Give the drafts, the newest first."""
    found = FrameworkVersion.objects.filter(state=State.DRAFT).select_related("made_by")
    return list(found.defer("content", "before", "notes").order_by("-made_at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one of those who sign said of a draft; ``now`` says whether it was said of the present wording."""

    name: str
    answer: str
    words: str
    at: object
    now: bool


def answers(draft: FrameworkVersion) -> list[Said]:
    """Give what each of those who sign said of a draft, in the order of names."""
    given = {one.person_id: one for one in draft.signatures.all()}
    found = []
    for person in signing.people():
        one = given.get(person.pk)
        if one is None:
            found.append(Said(name=str(person), answer="", words="", at=None, now=False))
        else:
            found.append(
                Said(
                    name=str(person),
                    answer=one.answer,
                    words=one.words,
                    at=one.made_at,
                    now=one.sha256 == draft.sha256,
                )
            )
    return found


# --- what changed ---------------------------------------------------------------------------------

_MARKS: Final = re.compile(r"\[-(?P<removed>.*?)-\]|\{\+(?P<added>.*?)\+\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What changed in one place: lines, each a row of words with what was done to them."""

    title: str
    lines: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is different between two versions, level by level."""

    before: str
    after: str
    same: bool
    number: int
    groups: tuple[Group, ...]


def changed(before: Framework, after: Framework) -> Changed:
    """Say what is different, the words that came and went marked."""
    found = difference(before, after)
    levels = [one.id for one in (*_in_order(after), *_in_order(before))]
    groups = [
        _group(found, "The framework and its tracks", (c for c in found.changes if c.about in _HEAD)),
        *(_group(found, f"Level: {found.title(name)}", found.at(name)) for name in dict.fromkeys(levels)),
        _group(found, "Criteria", (c for c in found.changes if c.about == "criterion")),
        _group(found, "Questions, warning words, research", (c for c in found.changes if c.about in _REST)),
    ]
    return Changed(
        before=f"{before.title}, version {before.version}",
        after=f"{after.title}, version {after.version}",
        same=found.digest_before == found.digest_after,
        number=len(found.changes),
        groups=tuple(one for one in groups if one.lines),
    )


_HEAD: Final = ("framework", "track")
_REST: Final = ("question", "past_only", "publication")


def _group(found: FrameworkDifference, title: str, changes: Iterable[Change]) -> Group:
    return Group(title=title, lines=tuple(_marked(change_line(found, one)) for one in changes))


def _marked(line: str) -> tuple[tuple[str, str], ...]:
    """Split a sentence about a change into what stayed, what went and what came."""
    parts, at = [], 0
    for mark in _MARKS.finditer(line):
        parts.append(("same", line[at : mark.start()]))
        parts.append(
            ("removed" if mark["removed"] is not None else "added", mark["removed"] or mark["added"])
        )
        at = mark.end()
    parts.append(("same", line[at:]))
    return tuple((what, words) for what, words in parts if words)


# --- what waits -----------------------------------------------------------------------------------


def waiting(person: Person) -> list[Waiting]:
    """Give what of the criteria waits for somebody: a version to sign, a list to say the second yes to."""
    found = [
        Waiting(
            title=f"Criteria wait for your signature: “{one.title}”, version {one.version}",
            href=reverse("criteria:sign", args=[one.pk]),
            says="Read what is different, then sign or say why not.",
        )
        for one in to_sign(person)
    ]
    if holds(person.user, Role.PEOPLE_OPERATIONS, Role.SYSTEM_ADMIN):
        team = signing.proposed()
        if team is not None and signing.may_confirm(person, team):
            found.append(
                Waiting(
                    title="A list of those who sign criteria waits for a second yes",
                    href=reverse("criteria:team"),
                    says="It counts once a second person has said yes.",
                )
            )
    return found


def to_sign(person: Person) -> list[FrameworkVersion]:
    """Give the drafts that wait for somebody's answer."""
    if not signing.is_on_it(person):
        return []
    asked = FrameworkVersion.objects.filter(state=State.DRAFT, asked_at__isnull=False)
    given = dict(
        FrameworkSignature.objects.filter(person=person, version__in=asked).values_list("version", "sha256")
    )
    return [one for one in asked.defer("content", "before") if given.get(one.pk) != one.sha256]


# --- who signs ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """Who signs now, and who is proposed."""

    team: SigningTeam | None
    people: list[Person]
    proposed: SigningTeam | None
    proposed_people: list[Person]
    may_confirm: bool
    may_decline: bool


def team_page(person: Person) -> TeamPage:
    """Give who signs, and what the reader can answer."""
    team, waits = signing.current(), signing.proposed()
    can = waits is not None and signing.may_confirm(person, waits)
    return TeamPage(
        team=team,
        people=signing.people(team) if team else [],
        proposed=waits,
        proposed_people=signing.people(waits) if waits else [],
        may_confirm=can,
        may_decline=can or (waits is not None and waits.proposed_by_id == person.pk),
    )
