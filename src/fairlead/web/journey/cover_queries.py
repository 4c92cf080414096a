"""What a level asks, beside what somebody has written down: "what am I missing?" (rows 121, 132)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairlead.core.evidence_cover import COVERED, MISSING, STALE, THIN, CoverRule, EvidenceItem, cover
from fairlead.core.framework import library_label
from fairlead.web.journey import criteria
from fairlead.web.journey.models import Accomplishment, Witness
from fairlead.web.journey.queries import bare, today_of

if TYPE_CHECKING:
    from uuid import UUID

    from fairlead.core.evidence_cover import CriterionCover, EvidenceCover
    from fairlead.core.framework import Framework, Level, TrackLevels
    from fairlead.web.people.models import Person

WORDS: Final = {COVERED: "covered", THIN: "thin", STALE: "stale", MISSING: "nothing yet"}
SAYS: Final = {
    COVERED: "enough to read, recent, and seen by somebody",
    THIN: "something is there; what it lacks stands beside it",
    STALE: "everything is older than a year",
    MISSING: "nothing is written down for it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One criterion of the level, and the entries that speak to it."""

    cover: CriterionCover
    library: str
    word: str
    examples: tuple[str, ...]
    entries: tuple[Accomplishment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A level beside the evidence; ``level`` is ``None`` until one is chosen."""

    framework: Framework
    is_own_framework: bool
    tracks: list[tuple[TrackLevels, tuple[Level, ...]]]
    level: Level | None
    level_tracks: tuple[TrackLevels, ...] = ()
    rows: tuple[Row, ...] = ()
    counts: tuple[tuple[str, str, int], ...] = ()
    unused: tuple[Accomplishment, ...] = ()
    notes: tuple[str, ...] = ()
    rule: CoverRule = field(default_factory=CoverRule)


def missing(person: Person, level_id: str, used: criteria.InUse | None = None) -> Missing:
    """Set the person's evidence beside a level of any track, in the words of the framework that is given."""
    used = used or criteria.in_use()
    tracks = criteria.levels(used.framework)
    known = {level.id: level for level in used.framework.levels}
    level = known.get(level_id)
    if level is None:
        return Missing(framework=used.framework, is_own_framework=used.is_own, tracks=tracks, level=None)
    rows, found = covered(person, used.framework, level.id)
    by_id = {str(one.pk): one for one in rows}
    examples = {criterion.id: seen.examples for criterion, seen in used.framework.asked(level.id)}
    return Missing(
        framework=used.framework,
        is_own_framework=used.is_own,
        tracks=tracks,
        level=level,
        level_tracks=used.framework.tracks_of(level.id),
        rows=tuple(_row(one, by_id, examples[one.criterion]) for one in found.criteria),
        counts=tuple((WORDS[state], SAYS[state], len(found.of(state))) for state in WORDS),
        unused=tuple(by_id[one] for one in found.unused),
        notes=tuple(note for note in found.notes if "criterion of this level" not in note),
        rule=found.rule,
    )


def covered(
    person: Person, framework: Framework, level_id: str
) -> tuple[list[Accomplishment], EvidenceCover]:
    """Give the person's entries, and what they say about a level."""
    rows = list(bare(person, "what", "criteria"))
    without = set(Accomplishment.objects.filter(owner=person, otherwise="").values_list("pk", flat=True))
    seen: dict[UUID, list[str]] = {}
    said = Witness.objects.filter(owner=person, state=Witness.State.CONFIRMED)
    for entry, witness in said.values_list("entry", "witness"):
        seen.setdefault(entry, []).append(str(witness))
    items = [
        EvidenceItem(
            id=str(one.pk),
            day=one.day.isoformat(),
            criteria=tuple(one.criteria),
            seen_by=tuple(seen.get(one.pk, ())),
            counterfactual=one.pk not in without,
        )
        for one in rows
    ]
    today = today_of(person).isoformat()
    return rows, cover(framework, level_id, items, as_of=today, owner=str(person.pk))


def _row(one: CriterionCover, by_id: dict[str, Accomplishment], examples: tuple[str, ...]) -> Row:
    return Row(
        cover=one,
        library=library_label(one.kind),
        word=WORDS[one.state],
        examples=examples,
        entries=tuple(by_id[name] for name in one.evidence),
    )
