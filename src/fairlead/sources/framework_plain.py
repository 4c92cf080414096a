"""A framework that was read, as plain JSON values and back: what may pass out of the sandbox."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fairlead.core.framework import Criterion, Framework, Level, Publication, Question, Seen, TrackLevels
from fairlead.core.problems import Problem
from fairlead.sources.framework_rules import FrameworkRead


def read_out(read: FrameworkRead) -> dict[str, Any]:
    """Give what was read as plain values."""
    return asdict(read)


def read_in(plain: dict[str, Any]) -> FrameworkRead:
    """Build what was read from plain values."""
    return FrameworkRead(
        framework=framework_in(plain["framework"]),
        form=str(plain["form"]),
        sha256=str(plain["sha256"]),
        mapping=tuple((str(theirs), str(ours)) for theirs, ours in plain["mapping"]),
        notes=tuple(map(str, plain["notes"])),
        impressions=tuple(Problem(**problem) for problem in plain["impressions"]),
    )


def framework_in(plain: dict[str, Any]) -> Framework:
    """Build a framework from ``dataclasses.asdict`` of it, also after it was JSON."""
    return Framework(
        id=str(plain["id"]),
        version=str(plain["version"]),
        title=str(plain["title"]),
        language=str(plain["language"]),
        words=str(plain["words"]),
        source=str(plain["source"]),
        levels=tuple(Level(**one) for one in plain["levels"]),
        tracks=tuple(TrackLevels(**one | {"levels": tuple(one["levels"])}) for one in plain["tracks"]),
        criteria=tuple(_criterion(one) for one in plain["criteria"]),
        questions=tuple(Question(**one | _lists(one, "rows", "research")) for one in plain["questions"]),
        past_only=tuple(map(str, plain["past_only"])),
        research=tuple(Publication(**one) for one in plain["research"]),
    )


def _criterion(plain: dict[str, Any]) -> Criterion:
    seen = tuple(Seen(**one | _lists(one, "examples")) for one in plain["seen"])
    return Criterion(**plain | _lists(plain, "rows", "research") | {"seen": seen})


def _lists(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: tuple(plain[name]) for name in names}
