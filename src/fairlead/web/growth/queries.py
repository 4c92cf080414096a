"""Every read of this room; each begins with the person, and finds nobody else's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.web.growth import holdings
from fairlead.web.growth.models import Skill

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = holdings.FIELDS
export = holdings.export


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the home of the room shows."""

    skill: Skill | None
    waiting: tuple[Skill, ...]


def home(person: Person) -> Home:
    """Give the one skill and the list behind it."""
    ahead = list(Skill.objects.filter(owner=person, state__in=[Skill.State.OPEN, Skill.State.WAITING]))
    return Home(
        skill=next((one for one in ahead if one.is_open), None),
        waiting=tuple(one for one in ahead if not one.is_open),
    )
