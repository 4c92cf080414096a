"""Reading the record: who looked at a person's data, what they did themselves, and how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from functools import reduce
from itertools import groupby
from operator import or_
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from fairlead.web import rights
from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.people.models import Person
from fairlead.web.rooms import offers
from fairlead.web.roster.models import Position
from fairlead.web.trail import wording
from fairlead.web.trail.models import Entry, Head, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

PAGE: Final = 50
"""Lines on one page."""

FIELDS: Final = {
    "Entry": {
        "id": "A running number.",
        "at": "When it happened.",
        "actor": "The number of the person who did it; none where Fairlead did it by itself.",
        "verb": "What was done.",
        "object_kind": "To what kind of thing.",
        "object_id": "To which one.",
        "subject": "Whose data it was, where it was a person's.",
        "facts": "Ids, counts and states; never what somebody wrote.",
        "seal": "Proof that the line was not changed afterwards.",
    },
    "Head": {
        "id": "A running number.",
        "day": "The day whose last line this is.",
        "entry": "The number of that line.",
        "seal": "The seal of that line; a copy outside shows that nothing was cut off.",
        "mailed_at": "When it was handed to people outside the database.",
        "pruned": "Whether older lines are gone because their time was over.",
    },
    "Verdict": {
        "id": "A running number.",
        "at": "When the whole record was checked.",
        "whole": "Whether it was whole.",
        "lines": "How many lines were right.",
        "wrong": "The first line that was not.",
        "says": "The same in a sentence.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give everything the person did, and everything others did with what is the person's."""
    found = Entry.objects.filter(Q(actor=person.pk) | Q(subject=person.pk)).exclude(_untold(person))
    found = found.order_by("id")
    return {"Entry": rights.rows(found, FIELDS["Entry"])}


def _untold(person: Person) -> Q:
    """Give the lines that rooms keep back from whom they are about until their time comes."""
    return reduce(or_, (part(person) for _room, part in offers("queries", "untold")), Q(pk__in=[]))


def facts_of(verb: str, object_id: UUID) -> dict[str, Any] | None:
    """Give the facts of the first line that says this of an object; nothing where no line does."""
    line = Entry.objects.filter(object_id=object_id, verb=verb).order_by("id").first()
    return None if line is None else dict(line.facts)


# --- in words, for a person -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line in words: who, in which capacity, what, when."""

    number: int
    at: datetime
    who: str
    role: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The lines of one day, newest first."""

    day: date
    lines: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some days, and the number before which the next page begins."""

    days: tuple[Day, ...]
    older: int | None
    newest: bool


def looked(person: Person, before: int | None = None) -> Page:
    """Give what others did with what is the person's, newest first."""
    found = Entry.objects.filter(subject=person.pk).exclude(actor=person.pk).exclude(_untold(person))
    # `exclude` of a column that can be empty: what Fairlead did by itself is told too.
    return _page(person, found, before)


def own_doings(person: Person, before: int | None = None) -> Page:
    """Give what the person did themselves, newest first."""
    return _page(person, Entry.objects.filter(actor=person.pk), before)


def _page(person: Person, found: QuerySet[Entry], before: int | None) -> Page:
    rest = found.filter(id__lt=before) if before is not None else found
    entries = list(rest.order_by("-id")[: PAGE + 1])
    shown = entries[:PAGE]
    zone = ZoneInfo(person.zone)
    names = _names(shown)
    roles = _Roles(person, shown)
    lines = [
        Told(
            number=entry.pk,
            at=entry.at.astimezone(zone),
            who="You"
            if entry.actor == person.pk
            else names.get(entry.actor, "Somebody who is no longer here"),
            role=roles.of(entry),
            says=wording.sentence(entry.verb, entry.object_kind, mine=entry.subject in {None, person.pk}),
        )
        for entry in shown
    ]
    days = [Day(day=day, lines=tuple(of)) for day, of in groupby(lines, key=lambda line: line.at.date())]
    return Page(days=tuple(days), older=shown[-1].pk if len(entries) > PAGE else None, newest=before is None)


def _names(entries: Sequence[Entry]) -> dict[UUID | None, str]:
    actors = {entry.actor for entry in entries if entry.actor is not None}
    found: dict[UUID | None, str] = {
        one.pk: str(one) for one in Person.objects.filter(pk__in=actors).select_related("user")
    }
    return found | {None: "Fairlead itself"}


class _Roles:
    """In which capacity somebody did it: roles held on that day, and what they were to the person."""

    def __init__(self, person: Person, entries: Sequence[Entry]) -> None:
        actors = {entry.actor for entry in entries} - {None, person.pk}
        self.me = person.pk
        self.grants = (
            list(Grant.objects.filter(person__in=actors, confirmed_at__isnull=False)) if actors else []
        )
        self.managed = list(Position.objects.filter(person=person, manager__in=actors)) if actors else []

    def of(self, entry: Entry) -> str:
        day = timezone.localtime(entry.at).date()
        found = []
        if any(
            one.manager_id == entry.actor and one.since <= day and (one.until is None or day < one.until)
            for one in self.managed
        ):
            found.append("your manager")
        for grant in self.grants:
            if grant.person_id == entry.actor and _held(grant, entry.at, day):
                if grant.over == Over.PERSON:
                    if grant.over_id == self.me:
                        found.append("your coach or mentor")
                else:
                    found.append(Role(grant.role).label.lower())
        return ", ".join(dict.fromkeys(found))


def _held(grant: Grant, at: datetime, day: date) -> bool:
    begun = grant.confirmed_at is not None and grant.confirmed_at <= at and grant.since <= day
    return begun and day <= grant.until and (grant.ended_at is None or at < grant.ended_at)


# --- for those who check the record, and for whoever runs it ----------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How often something was done to a kind of object on one day; nobody's name."""

    did: str
    kind: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What those who check the record see of it."""

    days: tuple[tuple[date, tuple[Times, ...]], ...]
    older: date | None
    newest: bool
    verdict: Verdict | None
    heads: tuple[Head, ...]


DAYS: Final = 14
"""Days with lines on one page."""


def metadata(before: date | None = None) -> Metadata:
    """Give how often what was done to which kind of object, day by day, newest first."""
    found = Entry.objects.annotate(day=TruncDate("at"))
    if before is not None:
        found = found.filter(at__lt=_midnight(before))
    days = list(found.order_by("-day").values_list("day", flat=True).distinct()[: DAYS + 1])
    shown = days[:DAYS]
    rows: list[dict[str, Any]] = []
    if shown:
        of_days = found.filter(at__gte=_midnight(shown[-1])).values("day", "verb", "object_kind")
        counted = of_days.annotate(times=Count("id"))
        rows = [dict(row) for row in counted.order_by("-day", "-times", "verb", "object_kind")]
    counts = tuple(
        (day, tuple(_times(row) for row in of)) for day, of in groupby(rows, key=lambda row: row["day"])
    )
    return Metadata(
        days=counts,
        older=shown[-1] if len(days) > DAYS else None,
        newest=before is None,
        verdict=Verdict.objects.first(),
        heads=tuple(Head.objects.order_by("-day")[:DAYS]) if before is None else (),
    )


def _times(row: dict[str, Any]) -> Times:
    return Times(did=wording.short(row["verb"]), kind=wording.kind(row["object_kind"]), times=row["times"])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Technical:
    """How the record is: its size, its ends, its keys, its last check; nothing that was done."""

    lines: int
    first: int | None
    last: int | None
    last_at: datetime | None
    pruned: Head | None
    head: Head | None
    unmailed: int
    keys: int
    days_kept: int | None
    verdict: Verdict | None


def technical() -> Technical:
    """Give how the record is."""
    ends = Entry.objects.aggregate(lines=Count("id"), first=Min("id"), last=Max("id"), last_at=Max("at"))
    return Technical(
        **ends,
        pruned=Head.objects.filter(pruned=True).last(),
        head=Head.objects.order_by("day").last(),
        unmailed=Head.objects.filter(mailed_at=None, pruned=False).count(),
        keys=len(settings.TRAIL_KEYS),
        days_kept=settings.KEEP_DAYS["record"],
        verdict=Verdict.objects.first(),
    )
