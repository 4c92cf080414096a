"""A draft on its page: every part with what is not right yet at its place, and small changes to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.framework import LIBRARIES, library_label
from fairlead.web.promotions import criteria_actions, criteria_queries
from fairlead.web.promotions import criteria_editing as editing
from fairlead.web.promotions.criteria_actions import Overtaken
from fairlead.web.promotions.criteria_edit_forms import in_order
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairlead.core.framework import Framework
    from fairlead.core.framework_faults import Fault
    from fairlead.web.promotions.criteria_queries import Changed, Ladder, Said
    from fairlead.web.promotions.models import FrameworkVersion

OWN_ID: Final = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One part on the page of a draft: its name, a few words, what is wrong with it, its fingerprint."""

    kind: str
    name: str
    title: str
    says: str
    faults: tuple[str, ...]
    seen: str
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft: its parts, what stands against signing it, what was said of it, what is different."""

    framework: Framework
    ladder: Ladder
    faults: int
    elsewhere: tuple[str, ...]
    questions: tuple[str, ...]
    levels: tuple[Item, ...]
    libraries: tuple[tuple[str, tuple[Item, ...]], ...]
    hindrances: list[str]
    answers: list[Said]
    changed: Changed | None
    follows: str
    seen: str


def own_copy(framework: Framework) -> Framework:
    """Give the shipped framework an id of the organization's own, and say where it comes from."""
    source = f"Begun from “{framework.title}”, version {framework.version}, which ships with Fairlead."
    return replace(framework, id=OWN_ID, version="1", source=source)


def draft_page(draft: FrameworkVersion) -> DraftPage:
    """Give everything that the page of a draft shows."""
    framework = criteria_queries.framework_of(draft)
    found = criteria_actions.found_faults(framework)
    told = _placed(framework, found)
    stands = criteria_actions.in_force()
    return DraftPage(
        framework=framework,
        ladder=criteria_queries.ladder(framework),
        faults=len(found),
        elsewhere=tuple(told.get(("", ""), ())),
        questions=tuple(told.get((editing.QUESTIONS, ""), ())),
        levels=_levels(framework, told),
        libraries=_libraries(framework, told),
        hindrances=criteria_actions.hindrances(draft),
        answers=criteria_queries.answers(draft),
        changed=criteria_queries.changed(criteria_queries.framework_of(stands), framework)
        if stands
        else None,
        follows=str(stands or ""),
        seen=criteria_actions.fingerprint(draft),
    )


def _placed(framework: Framework, found: Sequence[Fault]) -> dict[tuple[str, str], list[str]]:
    """Give each fault to the part in which it is mended; what belongs to none stands above them."""
    told: dict[tuple[str, str], list[str]] = {}
    for fault in found:
        told.setdefault(_place(framework, fault.path), []).append(f"{fault.wrong} {fault.right}")
    return told


def _place(framework: Framework, path: tuple[str | int, ...]) -> tuple[str, str]:
    if len(path) > 1 and path[0] == "levels":
        return editing.LEVEL, framework.levels[int(path[1])].id
    if len(path) > 1 and path[0] == "criteria":
        return editing.CRITERION, framework.criteria[int(path[1])].id
    if len(path) > 3 and path[0] == "tracks" and path[2] == "levels":
        return editing.LEVEL, framework.tracks[int(path[1])].levels[int(path[3])]
    if path[0] == "questions":
        return editing.QUESTIONS, ""
    return "", ""


def _levels(framework: Framework, told: Mapping[tuple[str, str], list[str]]) -> tuple[Item, ...]:
    return tuple(
        Item(
            kind=editing.LEVEL,
            name=one.id,
            title=one.title,
            says=f"Rung {one.rung}, {', '.join(track.label for track in framework.tracks_of(one.id))}",
            faults=tuple(told.get((editing.LEVEL, one.id), ())),
            seen=editing.seen(framework, editing.LEVEL, one.id),
        )
        for one in in_order(framework)
    )


def _libraries(
    framework: Framework, told: Mapping[tuple[str, str], list[str]]
) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    found = []
    for kind in LIBRARIES:
        own = [one for one in framework.criteria if one.kind == kind]
        items = tuple(
            Item(
                kind=editing.CRITERION,
                name=one.id,
                title=one.title,
                says=f"Asked at {len(one.seen)} level{'' if len(one.seen) == 1 else 's'}",
                faults=tuple(told.get((editing.CRITERION, one.id), ())),
                seen=editing.seen(framework, editing.CRITERION, one.id),
                first=at == 0,
                last=at == len(own) - 1,
            )
            for at, one in enumerate(own)
        )
        found.append((library_label(kind), items))
    return tuple(found)


# --- small changes --------------------------------------------------------------------------------


def _remove(framework: Framework, kind: str, name: str) -> Framework:
    if kind == editing.LEVEL:
        return editing.without_level(framework, name)
    return editing.without_criterion(framework, name)


def _up(framework: Framework, _kind: str, name: str) -> Framework:
    return editing.moved(framework, name, -1)


def _down(framework: Framework, _kind: str, name: str) -> Framework:
    return editing.moved(framework, name, 1)


CHANGES: Final[dict[str, Callable[[Framework, str, str], Framework]]] = {
    "remove": _remove,
    "up": _up,
    "down": _down,
}


def careful(
    change: Callable[[Framework, str, str], Framework], kind: str, name: str, seen: str
) -> Callable[[Framework], Framework]:
    """Refuse a small change of a part that is not there, or that is another one by now."""

    def make(now: Framework) -> Framework:
        only = change is _remove
        if kind not in {editing.LEVEL, editing.CRITERION} or (not only and kind != editing.CRITERION):
            raise Refused("There is nothing of that kind to change.")
        if editing.part(now, kind, name) is None:
            raise Refused("It is not there any more.")
        if editing.seen(now, kind, name) != seen:
            raise Overtaken("Somebody else changed it since you looked. Look at it once more.")
        return change(now, kind, name)

    return make


def unless_overtaken(found: Framework, seen: str) -> Callable[[Framework], Framework]:
    """Refuse to put a file in the place of a draft that is another one by now."""

    def make(now: Framework) -> Framework:
        if editing.whole(now) != seen:
            raise Overtaken(
                "Somebody else changed the draft while you worked on the file. Your file is kept here: send "
                "it once more to put it in the place of what stands now, or download the draft first."
            )
        return found

    return make


# --- what stands now ------------------------------------------------------------------------------


def as_lines(framework: Framework, kind: str, name: str) -> tuple[tuple[str, str], ...]:
    """Give one part as it stands, for somebody who wrote another one meanwhile."""
    part: Any = editing.part(framework, kind, name)
    if part is None:
        return (("", "It was removed. Sending yours puts it back."),)
    if kind == editing.QUESTIONS:
        return tuple((f"Question {i}", one["text"]) for i, one in enumerate(part, 1))
    titles = {one.id: one.title for one in framework.levels}
    lines = [
        (label, str(part[field]))
        for field, label in (("title", "Title"), ("version", "Version"), ("rung", "Rung"), ("words", "Words"))
        if part.get(field)
    ]
    lines += [
        (titles.get(one["level"], one["level"]), "\n".join([one["text"], *one["examples"]]))
        for one in part.get("seen", ())
    ]
    return tuple(lines)
