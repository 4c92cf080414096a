"""A framework out of a file: read in the sandbox, and asked about what no rule decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.problems import BadInput
from fairlead.core.work import label
from fairlead.sources import sandbox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.framework import Framework
    from fairlead.core.problems import Problem

MOST_BYTES: Final = 1024 * 1024
MOST_SHOWN: Final = 25
TRACK, LIBRARY = "track", "library"
_ASKS: Final = {"=TRACK": TRACK, "=LIBRARY": LIBRARY}
_NAMED: Final = re.compile(r"“([^”]*)”")
_BY_COMMAND: Final = re.compile(r"[;.,]? ?(?:and )?[^.;]*--map[^.]*\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that no rule decides: which track a level belongs to, or which library a group is."""

    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What became of a file: a framework with notes, or questions, or faults; one of the three."""

    framework: Framework | None = None
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    faults: tuple[str, ...] = ()


def read(name: str, data: bytes, names: Mapping[str, str]) -> Read:
    """Read a file with what was answered so far."""
    try:
        found = sandbox.read_framework(name, data, names)
    except BadInput as bad:
        asked = [_question(problem) for problem in bad.problems]
        if all(asked):
            unique = {(one.kind, one.name): one for one in asked if one is not None}
            return Read(questions=tuple(unique.values()))
        return Read(faults=_told(bad.problems))
    return Read(framework=found.framework, notes=(*_taken(found.mapping), *found.notes))


def _question(problem: Problem) -> Question | None:
    kind = next((kind for mark, kind in _ASKS.items() if mark in problem.right), None)
    named = _NAMED.search(problem.wrong)
    if kind is None or named is None or problem.wrong.endswith("is empty."):
        return None
    place = f"Line {problem.line}: " if problem.line else ""
    return Question(name=named[1], kind=kind, says=f"{place}{problem.wrong}")


def _told(problems: Sequence[Problem]) -> tuple[str, ...]:
    told = [_BY_COMMAND.sub(".", str(one)) for one in problems[:MOST_SHOWN]]
    more = len(problems) - MOST_SHOWN
    return (*told, f"And {more} more.") if more > 0 else tuple(told)


def _taken(mapping: Sequence[tuple[str, str]]) -> list[str]:
    """Say what names of the file were taken for, those that were taken for the same thing together."""
    together: dict[str, list[str]] = {}
    for theirs, ours in mapping:
        together.setdefault(ours, []).append(theirs)
    return [
        f"Taken for {' and '.join(label(word) for word in ours.split('+'))}: {', '.join(names)}."
        for ours, names in together.items()
    ]
