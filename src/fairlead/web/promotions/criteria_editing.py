"""Changing one part of a framework: a level, a criterion, its questions, its head; each gives a new one."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.framework import TRACKS, TrackLevels
from fairlead.core.work import label
from fairlead.sources.framework_rules import slug
from fairlead.web.promotions import terms
from fairlead.web.promotions.criteria_actions import Overtaken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fairlead.core.framework import Criterion, Framework, Level, Question

HEAD, QUESTIONS, LEVEL, CRITERION = "head", "questions", "level", "criterion"
CHANGED: Final = (
    "Somebody else changed this while you wrote. What stands now is shown beside what you wrote; nothing of "
    "yours is lost. Send it again to put yours in its place."
)


def part(framework: Framework, kind: str, name: str = "") -> Any:
    """Give one part as plain values; ``None`` where there is none."""
    if kind == LEVEL:
        found = next((one for one in framework.levels if one.id == name), None)
        tracks = [track.id for track in framework.tracks if name in track.levels]
        return None if found is None else asdict(found) | {"tracks": tracks}
    if kind == CRITERION:
        one = next((one for one in framework.criteria if one.id == name), None)
        return None if one is None else asdict(one)
    if kind == QUESTIONS:
        return [asdict(one) for one in framework.questions]
    return {
        "id": framework.id,
        "version": framework.version,
        "title": framework.title,
        "words": framework.words,
        "past_only": list(framework.past_only),
        "tracks": {track.id: [track.label, track.words] for track in framework.tracks},
    }


def seen(framework: Framework, kind: str, name: str = "") -> str:
    """Give what is different once somebody changed that part."""
    return terms.fingerprint({"part": part(framework, kind, name)})


def whole(framework: Framework) -> str:
    """Give what is different once somebody changed anything."""
    return terms.fingerprint(asdict(framework))


def unless_changed(
    make: Callable[[Framework], Framework], kind: str, name: str, was: str
) -> Callable[[Framework], Framework]:
    """Refuse a change of a part that is another one by now."""

    def careful(now: Framework) -> Framework:
        if seen(now, kind, name) != was:
            raise Overtaken(CHANGED)
        return make(now)

    return careful


def new_id(framework: Framework, kind: str, title: str) -> str:
    """Make the id of a new level or criterion out of its title."""
    entries: Iterable[Any] = framework.levels if kind == LEVEL else framework.criteria
    taken = {one.id for one in entries}
    # "new" is the address of the page for one that is not there yet.
    return slug(title, taken | {"new"}, otherwise=f"{kind}-{len(taken) + 1}")


def with_head(framework: Framework, said: dict[str, Any], tracks: dict[str, tuple[str, str]]) -> Framework:
    """Change title, id, version, words, warning words, and what tracks are called."""
    named = tuple(
        replace(track, label=tracks[track.id][0], words=tracks[track.id][1]) if track.id in tracks else track
        for track in framework.tracks
    )
    return replace(framework, tracks=named, **said)


def with_questions(framework: Framework, questions: Sequence[Question]) -> Framework:
    """Change what is asked of every case."""
    return replace(framework, questions=tuple(questions))


def with_level(framework: Framework, level: Level, tracks: Sequence[str]) -> Framework:
    """Put a level in, or another wording in its place; tracks hold their levels from the lowest rung on."""
    there = any(one.id == level.id for one in framework.levels)
    levels = (
        tuple(level if one.id == level.id else one for one in framework.levels)
        if there
        else (*framework.levels, level)
    )
    return replace(framework, levels=levels, tracks=_tracks(framework, levels, level.id, tracks))


def without_level(framework: Framework, name: str) -> Framework:
    """Take a level out, with what is seen there."""
    levels = tuple(one for one in framework.levels if one.id != name)
    criteria = tuple(
        replace(one, seen=tuple(said for said in one.seen if said.level != name))
        for one in framework.criteria
    )
    return replace(framework, levels=levels, criteria=criteria, tracks=_tracks(framework, levels, name, ()))


def _tracks(
    framework: Framework, levels: Sequence[Level], name: str, wanted: Sequence[str]
) -> tuple[TrackLevels, ...]:
    rungs = {one.id: one.rung for one in levels}
    had = {track.id: track for track in framework.tracks}
    found = []
    for track in TRACKS:
        old = had.get(track) or TrackLevels(id=track, label=label(track), levels=())
        names = [one for one in old.levels if one != name] + ([name] if track in wanted else [])
        if names:
            names.sort(key=lambda one: rungs.get(one, 0))
            found.append(replace(old, levels=tuple(names)))
    return tuple(found)


def with_criterion(framework: Framework, criterion: Criterion) -> Framework:
    """Put a criterion in, or another wording in its place."""
    there = any(one.id == criterion.id for one in framework.criteria)
    if there:
        found = tuple(criterion if one.id == criterion.id else one for one in framework.criteria)
        return replace(framework, criteria=found)
    return replace(framework, criteria=(*framework.criteria, criterion))


def without_criterion(framework: Framework, name: str) -> Framework:
    """Take a criterion out."""
    return replace(framework, criteria=tuple(one for one in framework.criteria if one.id != name))


def moved(framework: Framework, name: str, step: int) -> Framework:
    """Move a criterion by one place among those of its library: -1 is up, 1 is down."""
    order = list(framework.criteria)
    at = next(i for i, one in enumerate(order) if one.id == name)
    same = [i for i, one in enumerate(order) if one.kind == order[at].kind]
    to = same.index(at) + step
    if not 0 <= to < len(same):
        return framework
    order[at], order[same[to]] = order[same[to]], order[at]
    return replace(framework, criteria=tuple(order))
