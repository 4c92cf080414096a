"""Kinds of events kept without titles, and the person's own rules laid over them.

The shipped rules read titles once, while a calendar is imported. What they said is kept as codes;
own rules match fingerprints, so a correction holds for the past without the title coming back.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.conf import settings

from fairlead.core.calendar_sums import sum_up
from fairlead.core.calendar_texts import say_people, say_when
from fairlead.core.kinds import (
    COMPETENCIES,
    KINDS,
    UNCLEAR,
    Classified,
    Rule,
    When,
    classify,
    series_fingerprints,
)
from fairlead.core.titles import DistinctTitles, Lexicon
from fairlead.core.work import Competency, HighPayoff, Kind
from fairlead.web.audits.models import HighPayoffEntry, OwnRule, SortingSalt
from fairlead.web.audits.packing import pack_columns, unpack_columns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.calendars import WorkingHours
    from fairlead.core.kinds import Rules
    from fairlead.core.tables import Meetings
    from fairlead.web.people.models import Person

_COLUMNS: Final = tuple(f.name for f in fields(Classified) if str(f.type).startswith("NDArray"))
YOU_SAID: Final = {
    "series": "you sorted this series yourself",
    "title": "you sorted events of this title yourself",
}


class Placed:
    """What the shipped rules said about every event of a calendar, with a fingerprint for each series."""

    def __init__(self, classified: Classified, prints: dict[int, str]) -> None:
        self.classified = classified
        self.prints = prints

    def pack(self) -> bytes:
        """Write it without any title: of a title only the lexicon's own term and a fingerprint stay."""
        found = self.classified
        used, word = np.unique(found.word, return_inverse=True)
        terms = ["" if number < 0 else found.terms[number] for number in used.tolist()]
        columns = {name: getattr(found, name) for name in _COLUMNS} | {"word": word.astype(np.int32)}
        rest = {
            "areas": found.areas,
            "rules": [_rule_out(rule) for rule in found.rules],
            "terms": terms,
            "title_fingerprints": found.title_fingerprints,
            "version": found.version,
            "prints": {str(number): text for number, text in self.prints.items()},
        }
        return pack_columns(columns, rest)

    @classmethod
    def unpack(cls, data: bytes) -> Placed:
        """Read back what ``pack`` wrote."""
        columns, rest = unpack_columns(data)
        found = Classified(
            **columns,
            areas=tuple(rest["areas"]),
            rules=tuple(_rule_in(rule) for rule in rest["rules"]),
            terms=tuple(rest["terms"]),
            title_fingerprints=tuple(rest["title_fingerprints"]),
            version=rest["version"],
        )
        return cls(found, {int(number): text for number, text in rest["prints"].items()})

    def with_own(self, meetings: Meetings, own: Sequence[OwnRule]) -> Classified:
        """Lay the person's own rules over the shipped ones; a series wins over a title."""
        found = self.classified
        kind, competency, payoff, rule = (
            found.kind.copy(), found.competency.copy(), found.high_payoff.copy(), found.rule.copy()
        )  # fmt: skip
        areas = tuple(dict.fromkeys([*found.areas, *(one.high_payoff for one in own if one.high_payoff)]))
        for place, one in enumerate(sorted(own, key=lambda one: one.about, reverse=True)):
            rows = self._rows(meetings, one)
            kind[rows] = KINDS.index(Kind(one.kind))
            competency[rows] = COMPETENCIES.index(Competency(one.competency)) if one.competency else -1
            if one.high_payoff:
                payoff[rows] = areas.index(one.high_payoff)
            rule[rows] = len(found.rules) + place
        said = [_own_as_rule(one) for one in sorted(own, key=lambda one: one.about, reverse=True)]
        return replace(
            found,
            kind=kind,
            competency=competency,
            high_payoff=payoff,
            rule=rule,
            word=np.where(rule >= len(found.rules), _empty_word(found), found.word).astype(np.int32),
            areas=areas,
            rules=(*found.rules, *said),
        )

    def _rows(self, meetings: Meetings, own: OwnRule) -> NDArray[np.bool_]:
        if own.about == "series":
            numbers = [number for number, text in self.prints.items() if text == own.match]
            return np.isin(meetings.series, numbers)
        prints = np.array([text == own.match for text in self.classified.title_fingerprints] + [False])
        rows: NDArray[np.bool_] = prints[self.classified.title_code]  # -1, no title, is the last entry
        return rows


def place(
    meetings: Meetings,
    rules: Rules,
    *,
    hours: WorkingHours,
    key: bytes,
    entries: Sequence[HighPayoffEntry] = (),
) -> Placed:
    """Let the shipped rules say what every event is, while its title is here."""
    found = classify(meetings, rules, working_hours=hours, key=key)
    titles = DistinctTitles.read(meetings.title, rules.lexicon)
    prints = series_fingerprints(meetings, titles.codes, titles.distinct, key)
    return Placed(_with_entries(found, titles, entries), prints)


def _with_entries(
    found: Classified, titles: DistinctTitles, entries: Sequence[HighPayoffEntry]
) -> Classified:
    """Mark the time of the person's own high-payoff entries by the words they gave (row 42)."""
    marking = [entry for entry in entries if entry.words.strip()]
    if not marking:
        return found
    named = [entry.name if entry.area == "own" else entry.area for entry in marking]
    areas = tuple(dict.fromkeys([*found.areas, *named]))
    payoff = found.high_payoff.copy()
    for entry, area in zip(marking, named, strict=True):
        terms = tuple(word.strip() for word in entry.words.split(",") if word.strip())
        lexicon = Lexicon.of({"own": terms})
        held = np.array([*(bool(lexicon.find(title)) for title in titles.distinct), False])
        payoff[held[titles.codes]] = areas.index(area)
    return replace(found, high_payoff=payoff, areas=areas)


def listed(
    meetings: Meetings,
    found: Classified,
    prints: dict[int, str],
    *,
    hours: WorkingHours,
    first: dt.date,
    last: dt.date,
) -> list[dict[str, Any]]:
    """Give every series or title with its kind, reason and hours, largest first, without titles."""
    sums = sum_up(meetings, found, bounds=hours.bounds(), first=first, last=last, holidays=())
    given = np.bincount(sums.pieces.event, weights=sums.credit.minutes, minlength=len(meetings)) / 60
    rows = np.flatnonzero(sums.counted)
    group = np.where(
        found.title_code[rows] >= 0, found.title_code[rows], -1 - meetings.series[rows].astype(np.int64)
    )
    lines = []
    for number in np.unique(group).tolist():
        mine = rows[group == number]
        one = int(mine[0])
        code = int(found.title_code[one])
        lines.append(
            {
                "series": int(meetings.series[one]),
                "kind": str(KINDS[found.kind[one]]),
                "when": say_when(meetings, found, mine.tolist()),
                "people": say_people(meetings, one),
                "reason": found.reason(one),
                "events": len(mine),
                "hours": float(given[mine].sum()),
                "about": "title" if code >= 0 else "series",
                "match": found.title_fingerprints[code]
                if code >= 0
                else prints.get(int(meetings.series[one]), ""),
            }
        )
    return sorted(lines, key=lambda line: (-line["hours"], line["series"]))


def unclear_titles(meetings: Meetings, found: Classified) -> dict[str, str]:
    """Give the titles of unclear series, by number, for the days in which the person sorts them."""
    rows = np.flatnonzero(found.kind == UNCLEAR)
    return {str(int(meetings.series[row])): meetings.title[row] for row in rows[::-1] if meetings.title[row]}


def key_of(person: Person) -> bytes:
    """Give the key behind the person's fingerprints: their salt and the installation's secret together."""
    made, _ = SortingSalt.objects.get_or_create(owner=person, defaults={"salt": secrets.token_bytes(32)})
    return hmac.new(settings.SECRET_KEY.encode(), bytes(made.salt), "sha256").digest()


def _empty_word(found: Classified) -> int:
    return found.terms.index("") if "" in found.terms else -1


def _own_as_rule(own: OwnRule) -> Rule:
    says = YOU_SAID[own.about]
    competency = Competency(own.competency) if own.competency else None
    return Rule(
        id=f"own-{own.pk}", kind=Kind(own.kind), when=When(), about=says, reason=says, competency=competency,
        high_payoff=own.high_payoff,
    )  # fmt: skip


def _rule_out(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "about": rule.about,
        "reason": rule.reason,
        "rows": rule.rows,
        "competency": rule.competency,
        "high_payoff": rule.high_payoff,
        "tags": rule.tags,
    }


def _rule_in(stored: dict[str, Any]) -> Rule:
    area = stored["high_payoff"]
    return Rule(
        id=stored["id"],
        kind=Kind(stored["kind"]),
        when=When(),
        about=stored["about"],
        reason=stored["reason"],
        rows=tuple(stored["rows"]),
        competency=Competency(stored["competency"]) if stored["competency"] else None,
        high_payoff=HighPayoff(area) if area in set(HighPayoff) else area,
        tags=tuple(stored["tags"]),
    )
