"""Reading what is unclear still, and why every other event has its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fairlead.web.audits.models import CalendarImport, OwnRule, Reading
from fairlead.web.audits.packing import unpack_text
from fairlead.web.audits.queries import audit_of, readings_of

if TYPE_CHECKING:
    from fairlead.core.reading import RoleAudit
    from fairlead.core.time_results import Unsorted
    from fairlead.web.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSort:
    """One entry of the sorting screen."""

    series: int
    title: str
    when: str
    people: str
    events: int
    hours: float
    about: str
    match: str

    @property
    def says(self) -> str:
        """What an own rule about it is called: never its title."""
        return f"{self.when}, {self.people}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """How far the sorting of one calendar is."""

    card: ToSort | None
    left: int
    before: float
    now: float
    skipped: str = ""
    skipped_count: int = 0
    last: OwnRule | None = None
    keys: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer to take back."""
        return self.last is not None


KEYS: Final = (
    ("L", "leading", "Leading"),
    ("M", "managing", "Managing"),
    ("D", "doing", "Doing"),
    ("F", "firefighting", "Firefighting"),
    ("R", "recovery", "Recovery"),
)


def sorting(person: Person, calendar: CalendarImport, skipped: tuple[int, ...] = ()) -> Sorting:
    """Give the next unclear series, largest first, and how much is unclear still."""
    reading = readings_of(person).filter(calendar=calendar).defer("run__svgs").first()
    if reading is None:
        return Sorting(card=None, left=0, before=0.0, now=0.0, keys=KEYS)
    audit = audit_of(reading)
    entries = to_sort(reading, audit, calendar)
    rules = {(rule.about, rule.match): rule for rule in OwnRule.objects.filter(owner=person)}
    mine = [rules[e.about, e.match] for e in entries if (e.about, e.match) in rules]
    open_ones = [e for e in entries if (e.about, e.match) not in rules]
    before = (audit.time.figure("unclear_share").value if audit.time else None) or 0.0
    whole = sum(e.hours for e in entries)
    rest = sum(e.hours for e in open_ones)
    waiting = [e for e in open_ones if e.series not in skipped]
    return Sorting(
        card=waiting[0] if waiting else None,
        left=len(open_ones),
        before=before,
        now=before * rest / whole if whole else 0.0,
        skipped=",".join(str(series) for series in skipped),
        skipped_count=len(skipped),
        last=max(mine, key=lambda rule: rule.made_at, default=None),
        keys=KEYS,
    )


def to_sort(reading: Reading, audit: RoleAudit, calendar: CalendarImport) -> list[ToSort]:
    """Give every unclear entry of a reading with what an own rule about it would match."""
    titles: dict[str, str] = unpack_text(bytes(calendar.titles or b"")) if calendar.titles_stand else {}
    prints: dict[str, str] = reading.run.result.get("series_prints", {})
    unsorted: tuple[Unsorted, ...] = audit.time.unsorted if audit.time else ()
    return [
        ToSort(
            series=one.series,
            title=titles.get(str(one.series), ""),
            when=one.when,
            people=one.people,
            events=one.events,
            hours=one.hours,
            about="title" if one.fingerprint else "series",
            match=one.fingerprint or prints.get(str(one.series), ""),
        )
        for one in unsorted
    ]


def entry(calendar: CalendarImport, person: Person, series: int) -> ToSort | None:
    """Give the unclear entry of that number in the newest reading of a calendar."""
    reading = readings_of(person).filter(calendar=calendar).defer("run__svgs").first()
    found = to_sort(reading, audit_of(reading), calendar) if reading else []
    return next((one for one in found if one.series == series), None)


def event(reading: Reading, series: int) -> ToSort | None:
    """Give the series of that number from the events of a reading, to be corrected."""
    names = ("series", "when", "people", "events", "hours", "about", "match")
    for one in reading.run.result.get("events", []):
        if one["series"] == series:
            return ToSort(title="", **{name: one[name] for name in names})
    return None


def own_rules(person: Person) -> list[OwnRule]:
    """Give what the person said about events, newest first."""
    return list(OwnRule.objects.filter(owner=person))


@dataclass(frozen=True, slots=True, kw_only=True)
class KindGroup:
    """The events of one kind, with the reason of each."""

    kind: str
    hours: float
    series: list[dict[str, Any]]
    more: int


MOST_SHOWN: Final = 40


def event_groups(reading: Reading) -> list[KindGroup]:
    """Give the events of a reading by kind, largest first, each series with its reason."""
    groups = []
    events: list[dict[str, Any]] = reading.run.result.get("events", []) if reading.calendar_id else []
    for kind in dict.fromkeys(one["kind"] for one in events):
        mine = [one for one in events if one["kind"] == kind]
        whole = sum(one["hours"] for one in mine)
        more = max(len(mine) - MOST_SHOWN, 0)
        groups.append(KindGroup(kind=kind, hours=whole, series=mine[:MOST_SHOWN], more=more))
    return sorted(groups, key=lambda group: -group.hours)
