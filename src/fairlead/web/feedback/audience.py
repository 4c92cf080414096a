"""Whom a survey asks: the organization as it stands on one day, without those who cannot answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from fairlead.core.blocks import EVERYBODY, Organization, Team
from fairlead.core.work import label
from fairlead.web.feedback.models import Survey
from fairlead.web.people.models import Person
from fairlead.web.roster.models import LongLeave, Position, Unit
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

Kind = Survey.Kind

BANDS: Final = ((1, "under 1 year"), (3, "1 to 3 years"), (7, "3 to 7 years"))
LONGEST: Final = "over 7 years"

CIRCLE: Final = (
    "In the roster {names} report to each other in a circle. Put that right first: the figures of teams "
    "inside others cannot be formed otherwise."
)


class Asked(NamedTuple):
    """One person who is asked: for which team, from which unit, with which value of the lens."""

    person: UUID
    team: str
    unit: UUID | None
    lens: str
    account: bool


@dataclass(frozen=True)
class Audience:
    """Everybody who is asked, in no order that means anything, and the teams they are in.

    ``dropped`` are those who were named and cannot be asked any more, ``gone_round`` the teams that are
    not asked because their manager asks them the same.
    """

    asked: tuple[Asked, ...]
    organization: Organization
    dropped: int = 0
    gone_round: int = 0

    def around(self, teams: Collection[str]) -> Audience:
        """Give the audience without these teams; they keep their place between those above and below."""
        kept = tuple(
            replace(team, members=() if team.id in teams else team.members)
            for team in self.organization.teams
        )
        return Audience(
            tuple(one for one in self.asked if one.team not in teams),
            replace(self.organization, teams=kept),
            dropped=self.dropped,
            gone_round=len(teams),
        )

    @cached_property
    def of_units(self) -> list[tuple[UUID | None, int]]:
        """Count the people of each unit, the largest first."""
        return Counter(one.unit for one in self.asked).most_common()

    @property
    def without_account(self) -> int:
        """Count those who cannot answer until they have an account."""
        return sum(not one.account for one in self.asked)

    def small_teams(self, k: int) -> list[UUID]:
        """Give the managers whose team is too small for any figure, whatever happens."""
        return [UUID(one.id) for one in self.organization.teams if 0 < len(one.members) < k]

    def largest_team(self) -> int:
        """Count the people of the largest team."""
        return max((len(one.members) for one in self.organization.teams), default=0)


class Place(NamedTuple):
    """Where somebody stands on one day, and whether they can be asked."""

    boss: UUID | None
    unit: UUID | None
    track: str
    hired: date | None
    account: bool
    can_answer: bool


def audience(survey: Survey, day: date) -> Audience:
    """Give those a survey asks as the organization stands on a day; ``Refused`` where it has a circle."""
    if survey.kind == Kind.ROLE:
        return _named(survey, day)
    places = _places(day)
    if survey.about_id is not None:
        return _team_of(survey.about_id, places)
    inside = None if survey.unit_id is None else units_inside(survey.unit_id)
    found = {
        person: place
        for person, place in places.items()
        if place.can_answer
        and (inside is None or place.unit in inside)
        and (survey.kind == Kind.PULSE or place.boss in places)
    }
    asked = tuple(
        Asked(
            person,
            str(place.boss) if place.boss in places else EVERYBODY,
            place.unit,
            _lens(survey.lens, place, day),
            place.account,
        )
        for person, place in found.items()
    )
    return Audience(asked, _organization(asked, places))


def reports_of(person: Person, day: date) -> int:
    """Count those who report to somebody directly and can be asked about them."""
    return len(_team_of(person.pk, _places(day, boss=person.pk)).asked)


def units_inside(unit: UUID) -> set[UUID]:
    """Give a unit with all its parts, and theirs."""
    parts: dict[UUID | None, list[UUID]] = {}
    for pk, parent in Unit.objects.values_list("pk", "parent_id"):
        parts.setdefault(parent, []).append(pk)
    found: set[UUID] = set()
    waiting = [unit]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += parts.get(here, [])
    return found


def _places(day: date, boss: UUID | None = None) -> dict[UUID, Place]:
    """Give everybody's place on a day, or that of one person's direct reports: two queries."""
    rows = Position.objects.on(day).filter(Q(person__left=None) | Q(person__left__gte=day))
    if boss is not None:
        rows = rows.filter(manager=boss)
    away = _away(day)
    wanted = ("person_id", "manager_id", "unit_id", "track", "person__hired", "person__user__is_active")
    return {
        # No account yet counts, a closed one does not: nobody will ever answer with it.
        person: Place(
            manager, unit, track, hired, active is not None, person not in away and active is not False
        )
        for person, manager, unit, track, hired, active in rows.values_list(*wanted)
    }


def _away(day: date, people: Collection[UUID] | None = None) -> set[UUID]:
    leaves = LongLeave.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    if people is not None:
        leaves = leaves.filter(person__in=people)
    return set(leaves.values_list("person_id", flat=True))


def _team_of(manager: UUID, places: Mapping[UUID, Place]) -> Audience:
    return _one_team(
        manager,
        [
            (person, place.unit, place.account)
            for person, place in places.items()
            if place.boss == manager and place.can_answer
        ],
    )


def _named(survey: Survey, day: date) -> Audience:
    """Give the colleagues whom somebody named, as far as they are here."""
    about = survey.about_id
    assert about is not None  # noqa: S101 - feedback about a role is about somebody
    named = [UUID(one) for one in named_in(survey)]
    away = _away(day, named)
    here = Person.objects.filter(Q(left=None) | Q(left__gte=day), pk__in=named).exclude(pk=about)
    here = here.exclude(user__is_active=False)
    there = [(pk, user is not None) for pk, user in here.values_list("pk", "user_id") if pk not in away]
    positions = Position.objects.on(day).filter(person__in=named)
    units = dict(positions.values_list("person_id", "unit_id"))
    found = _one_team(about, [(pk, units.get(pk), account) for pk, account in there])
    return Audience(found.asked, found.organization, dropped=len(named) - len(there))


def named_in(survey: Survey) -> list[str]:
    """Give the numbers of those named in feedback about somebody's role."""
    kept = survey.organization
    return list(kept["teams"][0]["members"]) if kept else []


def _one_team(about: UUID, people: Iterable[tuple[UUID, UUID | None, bool]]) -> Audience:
    team = str(about)
    asked = tuple(Asked(person, team, unit, "", account) for person, unit, account in people)
    members = tuple(sorted(str(one.person) for one in asked))
    return Audience(asked, Organization(teams=(Team(id=team, members=members),)))


def _organization(asked: Iterable[Asked], places: Mapping[UUID, Place]) -> Organization:
    """Put the asked into teams, and the teams into those above them, up to the top."""
    members: dict[str, list[str]] = {}
    for one in asked:
        members.setdefault(one.team, []).append(str(one.person))
    above: dict[str, str] = {}
    for team in members:
        _climb(team, above, places)
    teams = tuple(
        Team(id=team, above=above[team], members=tuple(sorted(members.get(team, ()))))
        for team in sorted(above)
    )
    return Organization(teams=teams, alone=tuple(sorted(members.get(EVERYBODY, ()))))


def _climb(team: str, above: dict[str, str], places: Mapping[UUID, Place]) -> None:
    """Note who stands above a team's manager, and above them, as far as it is not known yet."""
    way: list[str] = []
    while team != EVERYBODY and team not in above:
        if team in way:
            raise Refused(CIRCLE.format(names=_names(way[way.index(team) :])))
        way.append(team)
        boss = places[UUID(team)].boss
        team = str(boss) if boss in places else EVERYBODY
    above.update(zip(way, [*way[1:], team], strict=False))


def _names(people: list[str]) -> str:
    found = [str(one) for one in Person.objects.filter(pk__in=people[:6]).select_related("user")]
    return ", ".join(sorted(found))


def _lens(lens: str, place: Place, day: date) -> str:
    """Give the value of the lens; nothing where the roster does not say it."""
    if lens == "track":
        return label(place.track) if place.track else ""
    if lens != "tenure" or place.hired is None:
        return ""
    years = day.year - place.hired.year - ((day.month, day.day) < (place.hired.month, place.hired.day))
    return next((words for below, words in BANDS if years < below), LONGEST)
