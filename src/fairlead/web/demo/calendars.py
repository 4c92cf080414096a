"""A calendar as a mail program would export it, for each member of the cast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairlead.web.demo.company import Employee

ZONE: Final = "Europe/Berlin"
_OUTSIDE: Final = ("kim@northship.example", "r.aalto@fjordlines.example", "buyer@harbourworks.example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """Something that stands in the calendar every so many weeks.

    ``who`` names the guests: ``"reports"``, ``"report"`` (each in turn, one series each),
    ``"manager"``, ``"peers"``, ``"others"``, ``"outside"``; empty for time kept for oneself.
    """

    title: str
    days: str
    at: str
    minutes: int
    who: tuple[str, ...] = ()
    every: int = 1
    mine: bool = True
    category: str = ""
    since_week: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sudden:
    """Something that comes up: so many a week at first, so many at the end, set up hours before."""

    titles: tuple[str, ...]
    at_first: float
    at_last: float
    minutes: int
    notice: tuple[float, float]
    who: tuple[str, ...] = ()
    evening: float = 0.0
    category: str = ""
    declined: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The people around one member of the cast."""

    me: Employee
    manager: Employee | None
    reports: tuple[Employee, ...]
    peers: tuple[Employee, ...]
    others: tuple[Employee, ...]


def circle(me: Employee, everyone: Sequence[Employee]) -> Circle:
    """Find the person's manager, reports, peers and people of other units."""
    return Circle(
        me=me,
        manager=next((e for e in everyone if e.id == me.manager_id), None),
        reports=tuple(e for e in everyone if e.manager_id == me.id),
        peers=tuple(e for e in everyone if e.manager_id == me.manager_id and e.id != me.id),
        others=tuple(e for e in everyone if e.unit != me.unit),
    )


def calendar(
    around: Circle,
    regular: Sequence[Regular],
    sudden: Sequence[Sudden],
    *,
    first: date,
    weeks: int,
    seed: int,
) -> bytes:
    """Write ``weeks`` weeks from the Monday ``first``; the same arguments give the same bytes."""
    random = Random(seed)  # noqa: S311 - a demo calendar wants to be the same each time
    book = Calendar()
    book.add("prodid", "-//Tidewater Instruments//Demo//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", around.me.name)
    for event in (
        *_regular_events(around, regular, first, weeks),
        *_sudden_events(around, sudden, first, weeks, random),
    ):
        book.add_component(event)
    book.add_missing_timezones()
    return bytes(book.to_ical())


def _regular_events(around: Circle, regular: Sequence[Regular], first: date, weeks: int) -> Iterator[Event]:
    zone = ZoneInfo(ZONE)
    for number, item in enumerate(regular):
        alone = "report" in item.who
        guests: list[tuple[str, ...]] = (
            [(e.email,) for e in around.reports] if alone else [_guests(around, item.who)]
        )
        for turn, addresses in enumerate(guests):
            day = first + timedelta(weeks=item.since_week, days=_DAYS.index(item.days.split(",")[0]))
            if alone:  # one-to-ones are spread over the week
                day = first + timedelta(weeks=turn % item.every, days=turn % 5)
            start = datetime.combine(day, time.fromisoformat(item.at), zone) + timedelta(
                minutes=(turn // 5) * 45 if alone else 0
            )
            event = _event(
                around, item.title, start, item.minutes, addresses, mine=item.mine, category=item.category
            )
            event.add("uid", f"regular-{number}-{turn}@{around.me.id}")
            event.add("created", start - timedelta(days=20))
            rule: dict[str, object] = {"freq": "weekly", "interval": item.every}
            rule["until"] = datetime.combine(first + timedelta(weeks=weeks), time(0), ZoneInfo("UTC"))
            if not alone and "," in item.days:
                rule["byday"] = item.days.split(",")
            event.add("rrule", rule)
            yield event


def _sudden_events(
    around: Circle, sudden: Sequence[Sudden], first: date, weeks: int, random: Random
) -> Iterator[Event]:
    zone = ZoneInfo(ZONE)
    for number, item in enumerate(sudden):
        for week in range(weeks):
            mean = item.at_first + (item.at_last - item.at_first) * week / max(weeks - 1, 1)
            for turn in range(_poisson(mean, random)):
                day = first + timedelta(weeks=week, days=random.randrange(5))
                late = random.random() < item.evening
                hour = random.choice((18, 19, 20)) if late else random.choice((8, 9, 10, 11, 13, 14, 15, 16))
                start = datetime.combine(day, time(hour, random.choice((0, 15, 30))), zone)
                title = random.choice(item.titles)
                event = _event(
                    around,
                    title,
                    start,
                    item.minutes,
                    _guests(around, item.who, random),
                    mine=random.random() < 0.5,
                    category=item.category,
                    declined=random.random() < item.declined,
                )
                event.add("uid", f"sudden-{number}-{week}-{turn}@{around.me.id}")
                event.add("created", start - timedelta(hours=random.uniform(*item.notice)))
                yield event


_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _guests(around: Circle, who: tuple[str, ...], random: Random | None = None) -> tuple[str, ...]:
    """Name the guests; with ``random``, one of a group instead of all of it."""
    found: list[str] = []
    for group in who:
        people = {
            "reports": around.reports,
            "one report": around.reports,
            "manager": (around.manager,) if around.manager else (),
            "peers": around.peers[:5],
            "others": around.others[::37][:3],
        }.get(group, ())
        addresses = [e.email for e in people] or ([*_OUTSIDE] if group == "outside" else [])
        if random and addresses and group in {"others", "outside", "one report", "peers"}:
            addresses = random.sample(addresses, 1 + (len(addresses) > 1 and random.random() < 0.3))
        found.extend(addresses)
    return tuple(found)


def _event(
    around: Circle,
    title: str,
    start: datetime,
    minutes: int,
    guests: tuple[str, ...],
    *,
    mine: bool,
    category: str = "",
    declined: bool = False,
) -> Event:
    event = Event()
    event.add("summary", title)
    event.add("dtstamp", start.astimezone(ZoneInfo("UTC")) - timedelta(days=1))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=minutes))
    if category:
        event.add("categories", [category])
    if guests or declined:
        event.add("organizer", _address(around.me.email if mine or not guests else guests[0]))
        event.add("attendee", _address(around.me.email, "DECLINED" if declined else "ACCEPTED"))
        for guest in guests:
            event.add("attendee", _address(guest, "ACCEPTED"))
    return event


def _address(email: str, answer: str = "") -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if answer:
        address.params["PARTSTAT"] = vText(answer)
    return address


def _poisson(mean: float, random: Random) -> int:
    """Count arrivals in one unit of time (Knuth's way; the means here are small)."""
    count, left = 0, random.expovariate(1.0)
    while left < mean:
        count += 1
        left += random.expovariate(1.0)
    return count
