"""Every read of the evidence log; each begins with the person, and finds nobody else's rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import CharField, Count, Prefetch, Q, Value
from django.urls import reverse
from django.utils import timezone

from fairlead.web.journey import advocate_queries, criteria, holdings, witness_queries
from fairlead.web.journey.models import SIGNALS, Accomplishment, Attachment, Witness
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from fairlead.core.framework import Framework
    from fairlead.web.people.models import Person

FIELDS: Final = holdings.FIELDS
export = holdings.export

ON_A_PAGE: Final = 25
FRIDAY: Final = 4

LATER: Final = {
    "otherwise": "what would not have happened without you",
    "witness": "somebody who confirms that they saw it",
    "criteria": "the criteria it speaks to",
    "result": "what came of it",
}
"""What is asked later of an entry that was written in a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry as its owner sees it."""

    entry: Accomplishment
    criteria: tuple[str, ...]
    signals: tuple[str, ...]
    confirmed: tuple[Witness, ...]
    asked: tuple[Witness, ...]
    over: tuple[Witness, ...]
    files: tuple[Attachment, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not there yet, by the words of ``LATER``."""
        there = {
            "otherwise": self.entry.otherwise,
            "witness": self.confirmed or self.asked,
            "criteria": self.entry.criteria,
            "result": self.entry.result,
        }
        return tuple(name for name in LATER if not there[name])

    @property
    def later(self) -> tuple[str, ...]:
        """What is not there yet, in words."""
        return tuple(LATER[name] for name in self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked later, over all entries: how many lack it, and where they are listed."""

    name: str
    says: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What the home of the room shows."""

    page: Page[Any]
    entries: tuple[Shown, ...]
    total: int
    later: tuple[Asked, ...]
    only: str
    only_words: str
    put_away: tuple[Accomplishment, ...]
    asked_of_me: tuple[Witness, ...]
    framework: Framework
    is_own_framework: bool

    @property
    def waits_for_me(self) -> tuple[Witness, ...]:
        """What the person was asked and has not answered."""
        return tuple(one for one in self.asked_of_me if one.state == Witness.State.ASKED)

    @property
    def confirmed_by_me(self) -> tuple[Witness, ...]:
        """What the person confirmed for others, and can take back."""
        return tuple(one for one in self.asked_of_me if one.state == Witness.State.CONFIRMED)


def log(person: Person, *, only: str = "", page: str = "") -> Log:
    """Give the entries of a page, what is asked later, and what others ask of the person."""
    used = criteria.in_use()
    lacking = _lacking(person)
    counts = Accomplishment.objects.filter(owner=person, put_away_on=None).aggregate(
        total=Count("pk"), **{name: Count("pk", filter=rule) for name, rule in lacking.items()}
    )
    chosen = entries(person).filter(lacking[only]) if only in lacking else entries(person)
    here = Paginator(chosen, ON_A_PAGE).get_page(page)
    return Log(
        page=here,
        entries=tuple(shown(here, used.framework)),
        total=counts["total"],
        later=tuple(
            Asked(name=name, says=says, count=counts[name]) for name, says in LATER.items() if counts[name]
        ),
        only=only if only in LATER else "",
        only_words=LATER.get(only, ""),
        put_away=tuple(Accomplishment.objects.filter(owner=person, put_away_on__isnull=False)),
        asked_of_me=witness_queries.asked_of(person),
        framework=used.framework,
        is_own_framework=used.is_own,
    )


def _lacking(person: Person) -> dict[str, Q]:
    """Say which entries lack something; of what is sealed, only whether it is empty is asked."""
    standing = Q(state=Witness.State.CONFIRMED) | Q(
        state=Witness.State.ASKED, ends_on__gte=timezone.localdate()
    )
    seen = Witness.objects.filter(owner=person).filter(standing).values("entry")
    return {
        "otherwise": Q(otherwise=""),
        "witness": ~Q(pk__in=seen),
        "criteria": Q(criteria=[]),
        "result": Q(result=""),
    }


def entries(person: Person) -> QuerySet[Accomplishment]:
    """Give the entries that stand, newest first, with their witnesses and the names of their files."""
    return _with_all(person, Accomplishment.objects.filter(owner=person, put_away_on=None))


def _with_all(person: Person, rows: QuerySet[Accomplishment]) -> QuerySet[Accomplishment]:
    files = Attachment.objects.filter(owner=person).defer("content")
    said = Witness.objects.filter(owner=person).select_related("witness").defer("copy")
    return rows.prefetch_related(Prefetch("witnesses", queryset=said), Prefetch("files", queryset=files))


def shown(rows: Iterable[Accomplishment], framework: Framework) -> list[Shown]:
    """Lay entries out."""
    return [_shown(one, framework) for one in rows]


def _shown(one: Accomplishment, framework: Framework) -> Shown:
    said = list(one.witnesses.all())
    today = timezone.localdate()
    asked = [it for it in said if it.state == Witness.State.ASKED and it.ends_on >= today]
    confirmed = [it for it in said if it.state == Witness.State.CONFIRMED]
    return Shown(
        entry=one,
        criteria=tuple(criteria.titles(framework, one.criteria)),
        signals=tuple(SIGNALS[it] for it in one.signals if it in SIGNALS),
        confirmed=tuple(confirmed),
        asked=tuple(asked),
        over=tuple(it for it in said if it not in asked and it not in confirmed),
        files=tuple(one.files.all()),
    )


def one_shown(person: Person, entry: Accomplishment) -> Shown:
    """Lay one entry out, whether it is put away or not."""
    again = _with_all(person, Accomplishment.objects.filter(owner=person)).get(pk=entry.pk)
    return _shown(again, criteria.in_use().framework)


def bare(person: Person, *names: str) -> QuerySet[Accomplishment]:
    """Give the entries that stand with these fields alone: what is not read is not opened either."""
    rows = Accomplishment.objects.filter(owner=person, put_away_on=None)
    return rows.only("owner", "day", "made_at", *names)


def evidence_offered(person: Person) -> list[dict[str, Any]]:
    """Give what somebody can choose out of for a case of their own; offered to the room of promotions."""
    said = Witness.objects.filter(owner=person, state=Witness.State.CONFIRMED)
    confirmed = Counter(said.values_list("entry", flat=True))
    return [
        {
            "id": str(one.pk),
            "day": one.day.isoformat(),
            "title": one.title,
            "criteria": list(one.criteria),
            "confirmed": confirmed[one.pk],
        }
        for one in bare(person, "what", "criteria")
    ]


# --- Friday ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The week that a Friday message looks back on, and what is written down of it already."""

    first: date
    last: date
    entries: tuple[Accomplishment, ...]


def today_of(person: Person) -> date:
    """Give the date where the person lives."""
    return timezone.now().astimezone(ZoneInfo(person.zone)).date()


def week(person: Person) -> Week:
    """Give this week; on a Monday or Tuesday the one before, which is then the one to look back on."""
    today = today_of(person)
    monday = today - timedelta(days=today.weekday())
    if today.weekday() < 2:
        monday -= timedelta(days=7)
    last = min(monday + timedelta(days=6), today)
    rows = Accomplishment.objects.filter(owner=person, put_away_on=None, day__range=(monday, last))
    return Week(first=monday, last=last, entries=tuple(rows))


def friday_waits(person: Person) -> bool:
    """Say whether it is Friday where the person lives, and nothing was answered yet."""
    return today_of(person).weekday() == FRIDAY and not _answered(person).exists()


def _answered(person: Person) -> QuerySet[Accomplishment]:
    """Give what was answered this week to Friday's questions."""
    since = today_of(person) - timedelta(days=5)
    return Accomplishment.objects.filter(owner=person, origin=Accomplishment.Origin.FRIDAY, day__gt=since)


# --- Today -----------------------------------------------------------------------------------


def today(person: Person) -> Today | None:
    """Say what waits: an answer as a witness or advocate, news about one's own, Friday's questions."""
    there, waiting = _there(person), []
    if "witness" in there:
        waiting += witness_queries.waiting(person)
    if "advocate" in there:
        waiting += advocate_queries.waiting(person)
    if today_of(person).weekday() == FRIDAY and "friday" not in there:
        says = "Three questions; what you answer stands in your evidence log."
        waiting.append(
            Waiting(title="A Friday message to yourself", href=reverse("journey:friday"), says=says)
        )
    return Today(waiting=tuple(waiting)) if waiting else None


def _there(person: Person) -> set[str]:
    """Say of what there is something: one question for all, because Today is opened every day."""
    kinds = {
        "witness": witness_queries.new(person),
        "advocate": advocate_queries.new(person),
        "friday": _answered(person),
    }
    first, *others = (
        rows.order_by().values_list(Value(name, output_field=CharField()), flat=True)
        for name, rows in kinds.items()
    )
    return set(first.union(*others))
