"""Three years of Tidewater Instruments: who joined, moved, led whom, was away and left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from fairlead.core.work import Track
from fairlead.web.demo import company
from fairlead.web.people.models import Person
from fairlead.web.roster.models import LongLeave, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.web.demo.company import Employee

YEARS: Final = 3
LEFT: Final = 52
"""People who left in these years, beside those whom somebody followed into a post."""

AWAY: Final = 11
REASONS: Final = (
    "Own wish", "Own wish", "Own wish", "Moved away", "Retired", "End of a fixed term", "Position closed",
)  # fmt: skip
_QUIT: Final = (("Manufacturing", 25), ("Manufacturing", 48))
"""The two good people of the plant who left without a warning: unit, days ago."""

_STEPPED_BACK: Final = ("Engineering", "Senior Test Engineer", "Test Team Lead", 300)
"""Who gave a team back and is glad of it: unit, post now, post then, days ago; the first of that post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What somebody was from one day to another."""

    person: str
    since: date
    until: date | None
    manager: str
    unit: str
    title: str
    level: str
    track: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The whole roster as plain rows: everybody with first and last day, stretches, days away."""

    people: tuple[Employee, ...]
    left: Mapping[str, tuple[date, str]]
    stretches: tuple[Stretch, ...]
    away: tuple[tuple[str, date, date | None], ...]


def history(everyone: Sequence[Employee], today: date) -> History:
    """Draw what came before today; the same seed gives the same past."""
    return _Drawing(everyone, today).whole()


class _Drawing:
    """One past on its way."""

    def __init__(self, everyone: Sequence[Employee], today: date) -> None:
        self.random = Random(company.SEED + 1)  # noqa: S311 - a demo company wants to be the same each time
        self.today = today
        self.begin = today - timedelta(days=365 * YEARS)
        self.now = {one.id: replace(one, hired=self._hired(one)) for one in everyone}
        self.names = company._Names(self.random)  # noqa: SLF001 - the company's own maker of names
        self.names._seen.update(one.name for one in everyone)  # noqa: SLF001 - as above
        self.left: dict[str, tuple[date, str]] = {}
        self.gone: list[Employee] = []
        self.before_them: dict[str, Employee] = {}
        self.stretches: list[Stretch] = []
        unit, title, *_ = _STEPPED_BACK
        self.stepped_back = next(one.id for one in everyone if (one.unit, one.title) == (unit, title))

    def whole(self) -> History:
        self._followed()
        self._leavers()
        for one in (*self.now.values(), *self.gone):
            self._stretches_of(one)
        return History(
            people=(*self.now.values(), *self.gone),
            left=self.left,
            stretches=tuple(self.stretches),
            away=self._away(),
        )

    def _hired(self, one: Employee) -> date:
        """Let the managing director and whoever rose from within be here from the start."""
        from_within = one.level >= 7 or one.title == "Engineering Director"
        return min(one.hired, self.begin - timedelta(days=400)) if from_within else one.hired

    def _followed(self) -> None:
        """Give everybody who came into a leading post somebody who had it before."""
        for one in list(self.now.values()):
            joined = self._took_over(one)
            if one.level < 5 or joined is None:
                continue
            last = joined - timedelta(days=self.random.randrange(5, 40))
            self.before_them[one.id] = self._somebody(one, last)

    def _took_over(self, one: Employee) -> date | None:
        if one.title == "Engineering Director":
            return self.today - timedelta(days=152)
        return one.hired if one.hired > self.begin else None

    def _leavers(self) -> None:
        members = [one for one in self.now.values() if one.level < 5]
        days = [self.random.randrange(20, 365 * YEARS - 60) for _ in range(LEFT - len(_QUIT))]
        for ago in days:
            self._somebody(self.random.choice(members), self.today - timedelta(days=ago))
        for unit, ago in _QUIT:
            like = next(one for one in members if one.unit == unit and one.level == 3)
            self._somebody(like, self.today - timedelta(days=ago), reason="Own wish")

    def _somebody(self, like: Employee, last: date, reason: str = "") -> Employee:
        """Make somebody who had a post like that one's and left."""
        name = next(self.names)
        first, family = name.lower().split()
        hired = min(last - timedelta(days=self.random.randrange(200, 2500)), last)
        made = replace(
            like,
            id=f"T{self.random.randrange(16**8):08x}",
            name=name,
            email=f"{first}.{family}@{company.DOMAIN}",
            hired=hired,
        )
        self.gone.append(made)
        self.left[made.id] = (last, reason or self.random.choice(REASONS))
        return made

    # What somebody was when

    def _stretches_of(self, one: Employee) -> None:
        """Cut somebody's time where the post, the manager or the level changed."""
        end = self.left[one.id][0] + timedelta(days=1) if one.id in self.left else None
        rose = self._rose(one)
        cuts = {one.hired} | {day for day in (rose, *self._changes_above(one)) if day and day > one.hired}
        days = sorted(day for day in cuts if end is None or day < end)
        rows = []
        for since, until in zip(days, [*days[1:], end], strict=True):
            earlier = rose is not None and since < rose
            rows.append(self._stretch(one, since, until, earlier=earlier))
        self.stretches += _joined(rows)

    def _rose(self, one: Employee) -> date | None:
        """Say when somebody came into the present post, if they were here in another one before."""
        if one.title == "Engineering Director" and one.id in self.now:
            return self.today - timedelta(days=152)
        if one.id == self.stepped_back:
            return self.today - timedelta(days=_STEPPED_BACK[3])
        first = max(one.hired + timedelta(days=240), self.begin)
        last = self.today - timedelta(days=60)
        if not 2 <= one.level <= 5 or first >= last or self.random.random() > 0.35:
            return None
        return first + timedelta(days=self.random.randrange((last - first).days))

    def _changes_above(self, one: Employee) -> list[date]:
        """Give the days on which somebody else became the manager."""
        boss = self.now.get(one.manager_id)
        days: list[date] = []
        while boss is not None:
            days += [boss.hired]
            if boss.id in self.before_them:
                days += [self.left[self.before_them[boss.id].id][0] + timedelta(days=1)]
            if boss.title == "Engineering Director":
                days += [self.today - timedelta(days=152)]
            boss = self.now.get(boss.manager_id)
        return days

    def _manager_on(self, one: Employee, day: date) -> str:
        """Give who led on that day: the present manager, who had the post before, or whoever is above."""
        boss = self.now.get(one.manager_id)
        while boss is not None:
            took_over = self._took_over(boss) or boss.hired
            if took_over <= day:
                return boss.id
            earlier = self.before_them.get(boss.id)
            if earlier and earlier.hired <= day <= self.left[earlier.id][0] and earlier.id != one.id:
                return earlier.id
            boss = self.now.get(boss.manager_id)
        return ""

    def _stretch(self, one: Employee, since: date, until: date | None, *, earlier: bool) -> Stretch:
        title, level = one.title, one.level
        if earlier and one.title == "Engineering Director":
            title, level = "Firmware Team Lead", 5
        elif earlier and one.id == self.stepped_back:
            title, level = _STEPPED_BACK[2], 5
        elif earlier:
            level -= 1
            title = title.removeprefix("Senior ").replace(
                "Team Lead", "Engineer" if one.unit == "Engineering" else "Specialist"
            )
        return Stretch(
            person=one.id,
            since=since,
            until=until,
            manager=self._manager_on(one, since),
            unit=one.unit,
            title=title,
            level=str(level),
            track=_track(one, title, level),
        )

    def _away(self) -> tuple[tuple[str, date, date | None], ...]:
        """Draw long leaves: some are over, three go on."""
        here = [
            one for one in self.now.values() if one.level < 5 and one.hired < self.today - timedelta(days=500)
        ]
        rows: list[tuple[str, date, date | None]] = []
        for number, one in enumerate(self.random.sample(here, AWAY)):
            if number < 3:
                since = self.today - timedelta(days=self.random.randrange(20, 200))
                back = self.today + timedelta(days=self.random.randrange(30, 200))
                rows.append((one.id, since, None if number == 0 else back))
            else:
                since = self.today - timedelta(days=self.random.randrange(300, 480))
                rows.append((one.id, since, since + timedelta(days=self.random.randrange(90, 290))))
        return tuple(rows)


def _joined(rows: Sequence[Stretch]) -> list[Stretch]:
    """Make one of neighbours that differ in nothing but their days."""
    joined: list[Stretch] = []
    for row in rows:
        if joined and replace(joined[-1], since=row.since, until=row.until) == row:
            joined[-1] = replace(joined[-1], until=row.until)
        else:
            joined.append(row)
    return joined


def _track(one: Employee, title: str, level: int) -> str:
    """Give the track: leads manage, product managers own, some seniors lead without reports."""
    if level >= 5:
        return Track.PEOPLE_MANAGER.value
    if title.endswith("Product Manager"):
        return Track.OWNER.value
    if title.startswith("Senior") and int(one.id[-1], 16) % 3 == 0:
        return Track.INDIVIDUAL_CONTRIBUTOR_LEADER.value
    return Track.EXPERT.value


def write(drawn: History) -> dict[str, Person]:
    """Put the roster into the tables, in bulk; gives everybody by their id."""
    units = {name: Unit(name=name) for name in dict.fromkeys(one.unit for one in drawn.people)}
    Unit.objects.bulk_create(units.values())
    people = {
        one.id: Person(
            number=one.id,
            name=one.name,
            email=one.email,
            hired=one.hired,
            left=drawn.left[one.id][0] if one.id in drawn.left else None,
            left_reason=drawn.left[one.id][1] if one.id in drawn.left else "",
            zone="Europe/Berlin",
        )
        for one in drawn.people
    }
    Person.objects.bulk_create(people.values())
    Position.objects.bulk_create(
        Position(
            person=people[row.person],
            since=row.since,
            until=row.until,
            manager=people[row.manager] if row.manager else None,
            unit=units[row.unit],
            title=row.title,
            level=row.level,
            track=row.track,
        )
        for row in drawn.stretches
    )
    LongLeave.objects.bulk_create(
        LongLeave(person=people[person], since=since, until=until) for person, since, until in drawn.away
    )
    return people
