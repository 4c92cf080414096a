"""The framework that an entry speaks to: the organization's published one, until then the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.framework import library_label
from fairlead.library import framework as library
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.core.framework import Criterion, Framework, Level, TrackLevels

SHIPPED: Final = "fairlead"


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """The framework, and whether the organization published it itself."""

    framework: Framework
    is_own: bool


def in_use() -> InUse:
    """Give what the organization published, or what is shipped."""
    for _room, published in offers("queries", "published_framework"):
        found = published()
        if found is not None:
            return InUse(framework=found, is_own=True)
    return InUse(framework=library.framework(SHIPPED), is_own=False)


def choices(framework: Framework) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the criteria to choose from, by library, in the framework's order."""
    kinds = dict.fromkeys(one.kind for one in framework.criteria)
    return [
        (library_label(kind), [(one.id, one.title) for one in framework.criteria if one.kind == kind])
        for kind in kinds
    ]


def titles(framework: Framework, ids: Iterable[str]) -> list[str]:
    """Give the titles of criteria; one that the framework no longer has goes by its id in words."""
    known = {one.id: one.title for one in framework.criteria}
    return [known.get(one, one.replace("_", " ").capitalize()) for one in ids]


def first_of(framework: Framework, ids: Iterable[str]) -> Criterion | None:
    """Give the first criterion, in the framework's order, out of these."""
    wanted = set(ids)
    return next((one for one in framework.criteria if one.id in wanted), None)


def levels(framework: Framework) -> list[tuple[TrackLevels, tuple[Level, ...]]]:
    """Give every track with its levels, in the order in which tracks always stand."""
    return [(track, framework.levels_of(track.id)) for track in framework.tracks]
