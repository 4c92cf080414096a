"""Reading the list of frustrations: each with what it rather is, the two sides apart (row 72)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.core import skill_or_will
from fairlead.library import load
from fairlead.library.practice import SKILLS
from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.direction import later_sittings, sittings, told
from fairlead.web.learning import Learning, learning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fairlead.core.direction_reading import FrustrationReading, SkillSideReading
    from fairlead.web.people.models import Person

VERDICTS: Final = {
    "skill_gap": gettext_noop("Skill gap"),
    "will_gap": gettext_noop("Will gap"),
    "not_yet_known": gettext_noop("Not yet known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One frustration on the list: its place, what was said, what it rather is and what follows."""

    number: int
    mark: str
    entry: Mapping[str, Any]
    reading: FrustrationReading
    says: str
    verdict: str
    guess: bool
    answers: tuple[tuple[str, str], ...]
    learning: Learning | None = None

    @property
    def is_on_the_list(self) -> bool:
        """Whether its skill runs or waits already, so that it is not begun anew."""
        return self.learning is not None and self.learning.is_on_the_list

    @property
    def skill(self) -> str:
        """The skill it was put to, in words; empty while it is not yet assigned."""
        return asked_in.said(SKILLS.get(self.reading.about, ""))

    @property
    def teachable(self) -> bool:
        """Whether a skill would help, by what was said or by the better bet."""
        return "skill_gap" in {self.reading.reading, self.reading.guess}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Technical skill, or people skill, with the frustrations on that side alone."""

    side: str
    label: str
    says: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frustrations:
    """The whole list, and until when it describes anybody."""

    sides: tuple[Side, ...]
    count: int
    stands_until: str
    is_history: bool


def entries_of(person: Person) -> list[dict[str, Any]]:
    """Give the list as it stands, in the order in which it was written."""
    return list(later_sittings.content_of(person, "frustrations") or [])


def mark(entry: Mapping[str, Any]) -> str:
    """Give a short mark of what an entry says, to notice that it was changed meanwhile."""
    return hashlib.sha256(json.dumps(dict(entry), sort_keys=True).encode()).hexdigest()[:16]


def frustrations(person: Person) -> Frustrations:
    """Give the list with its readings, technical and people apart."""
    sitting = later_sittings.newest_of(person, "frustrations")
    entries: list[dict[str, Any]] = list(sitting.content) if sitting is not None else []
    until = sitting.stands_until if sitting is not None else None
    return Frustrations(
        sides=tuple(_sides(entries, learning(person))),
        count=len(entries),
        stands_until=asked_in.day(until),
        is_history=sitting is not None and sitting.is_history,
    )


def frustration(person: Person, number: int) -> dict[str, Any] | None:
    """Give the frustration at that place of the list; ``None`` where there is none."""
    there = entries_of(person)
    return there[number - 1] if 1 <= number <= len(there) else None


def _sides(entries: list[dict[str, Any]], how_far: Callable[[str], Learning | None]) -> Iterator[Side]:
    """Read the list side by side; each line knows its place in the whole list."""
    answers = sittings.read_answers({"frustrations": entries}, answered_on="")
    for found in skill_or_will.read_sides(answers.frustrations or (), (), ""):
        mine = [(at, one) for at, one in enumerate(entries, 1) if one["side"] == found.side]
        lines = (
            replace(_line(at, one, reading), learning=how_far(reading.about))
            for (at, one), reading in zip(mine, found.frustrations, strict=True)
        )
        label = asked_in.said(found.label)
        yield Side(side=found.side, label=label, says=_counted(found), lines=tuple(lines))


def _counted(found: SkillSideReading) -> str:
    """Say how many there are of each, in the language of the page; the core says it in English."""
    if asked_in.now() == ORIGINAL or not found.frustrations:
        return asked_in.said(found.says)
    counts = (found.skill_gap, found.will_gap, found.not_yet_known, found.untaught)
    skill, will, unknown, untaught = (int(one.value or 0) for one in counts)
    says = _("Skill gaps: %(skill)s; will gaps: %(will)s; not yet known: %(unknown)s.")
    told = says % {"skill": skill, "will": will, "unknown": unknown}
    nobody = _("Never taught by anybody: %(untaught)s.") % {"untaught": untaught}
    return f"{told} {nobody}" if untaught else told


def _line(number: int, entry: dict[str, Any], reading: FrustrationReading) -> Line:
    texts = load.direction_texts(asked_in.now())
    asked = [
        (one.text, told.in_words(one, entry[one.id], texts))
        for one in texts.section("frustrations").questions
        if one.id not in {"what", "side"} and entry.get(one.id) not in (None, "")
    ]
    return Line(
        number=number,
        mark=mark(entry),
        entry=entry,
        reading=reading,
        says=asked_in.said(reading.says),
        verdict=asked_in.said(VERDICTS[reading.reading]),
        guess=bool(reading.guess),
        answers=tuple(asked),
    )
