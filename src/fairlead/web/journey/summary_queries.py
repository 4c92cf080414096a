"""Reading summaries: which times there are, one of them, and the same as a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.sources.files import write_csv
from fairlead.web.journey import summarizing
from fairlead.web.journey.models import ORDINALS, Accomplishment, Summary, Witness
from fairlead.web.journey.queries import today_of

if TYPE_CHECKING:
    from datetime import date

    from fairlead.web.people.models import Person

FORMS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A quarter or a year that could be summarized, and how many entries it has."""

    year: int
    quarter: int
    name: str
    entries: int
    summary: Summary | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """One entry of the time, and who says now that they saw it."""

    what: str
    day: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A summary as it stands, with the versions before it."""

    summary: Summary
    number: int
    content: dict[str, Any]
    earlier: tuple[dict[str, Any], ...]
    first: str
    last: str
    confirmed: tuple[Confirmed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.content["sections"] or self.content["opening"] or self.content["closing"])


def times(person: Person) -> list[Time]:
    """Give every quarter and year with entries or a summary, and the running ones; the newest first."""
    rows = Accomplishment.objects.filter(owner=person, put_away_on=None)
    days = list(rows.values_list("day", flat=True))
    made = {(one.year, one.quarter): one for one in Summary.objects.filter(owner=person).defer("versions")}
    now = summarizing.quarter_of(today_of(person))
    counts: dict[tuple[int, int], int] = dict.fromkeys([*made, now, (now[0], 0)], 0)
    for day in days:
        for key in (summarizing.quarter_of(day), (day.year, 0)):
            counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts, key=lambda key: (key[0], key[1] or 5), reverse=True)
    return [
        Time(year=key[0], quarter=key[1], name=_name(*key), entries=counts[key], summary=made.get(key))
        for key in ordered
    ]


def _name(year: int, quarter: int) -> str:
    return f"{ORDINALS[quarter]} quarter of {year}" if quarter else f"Year {year}"


def standing(summary: Summary) -> Standing:
    """Give the version that stands."""
    last = summary.versions[-1]
    first_day, last_day = summarizing.bounds(summary.year, summary.quarter)
    return Standing(
        summary=summary,
        number=last["number"],
        content=last["content"],
        earlier=tuple(reversed(summary.versions[:-1])),
        first=first_day.isoformat(),
        last=last_day.isoformat(),
        confirmed=_confirmed(summary.owner, first_day, last_day, last["content"]),
    )


def _confirmed(person: Person, first: date, last: date, content: dict[str, Any]) -> tuple[Confirmed, ...]:
    """Look up who confirmed what a summary tells, as it stands now: a confirmation can be taken back."""
    told = "\n".join(section["text"] for section in content["sections"])
    rows = Witness.objects.filter(
        owner=person, state=Witness.State.CONFIRMED, entry__day__range=(first, last), entry__put_away_on=None
    )
    by: dict[Any, list[str]] = {}
    for one in rows.select_related("witness").defer("copy"):
        by.setdefault(one.entry_id, []).append(str(one.witness))
    entries = Accomplishment.objects.filter(owner=person, pk__in=by)
    return tuple(
        Confirmed(what=one.title, day=one.day.isoformat(), by=tuple(sorted(by[one.pk])))
        for one in sorted(entries, key=lambda one: (one.day, one.made_at))
        if summarizing.sentence(one.what) in told
    )


def written(summary: Summary, form: str) -> bytes:
    """Write the version that stands as a file."""
    found = standing(summary)
    if form == "json":
        confirmed = [{"what": one.what, "day": one.day, "by": list(one.by)} for one in found.confirmed]
        whole = {"time": str(summary), "first": found.first, "last": found.last} | found.content
        whole |= {"confirmed": confirmed}
        return json.dumps(whole, ensure_ascii=False, indent=2).encode()
    rows: list[list[str | float | None]] = [["Opening", found.content["opening"]]]
    for section in found.content["sections"]:
        rows += [[section["title"], part] for part in section["text"].split("\n\n")]
    rows.append(["Closing", found.content["closing"]])
    rows += [["Confirmed", f"{one.day}: {one.what} ({', '.join(one.by)})"] for one in found.confirmed]
    return write_csv(["section", "text"], [row for row in rows if row[1]]).encode("utf-8-sig")
