"""What the Today page shows: one thing to do, and what is waiting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from fairlead.web.access import SecondFactorNeeded
from fairlead.web.learning import Learning, learning
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fairlead.web.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """The one thing to do next, why, and where to do it; ``rule`` says how it was chosen.

    ``skill`` is the one that it asks to learn, ``learning`` how far that is, where it is on the list.
    """

    title: str
    does: str
    why: str
    href: str
    link: str
    rule: str = ""
    from_what: str = ""
    skill: str = ""
    learning: Learning | None = None
    measure_again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for the person: a questionnaire begun, unclear events, a finished reading.

    ``twin`` says that another one is called the same, so that its link is read out with what it says.
    """

    title: str
    href: str
    says: str = ""
    twin: bool = False


IN_YOUR_ROLE: Final = Waiting(
    title="Your role asks for a second factor",
    href="/roles/",
    says="What waits for you in your role stands here once you have shown it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """One room's part of the page."""

    do: Do | None = None
    waiting: tuple[Waiting, ...] = field(default=())


def _part(ask: Callable[[Person], Today | None], person: Person) -> Today | None:
    """Ask one room; what comes with a role waits behind the second factor, the page itself does not."""
    try:
        return ask(person)
    except SecondFactorNeeded:
        return Today(waiting=(IN_YOUR_ROLE,))


def today(person: Person) -> Today:
    """Put the rooms' parts together: the first room that has something to do says it."""
    parts = [part for _room, ask in offers("queries", "today") if (part := _part(ask, person)) is not None]
    doing = [part.do for part in parts if part.do is not None]
    if doing and doing[0].skill:
        doing[0] = replace(doing[0], learning=learning(person)(doing[0].skill))
    # One thing is to be done first; what other rooms have to do waits, and is not lost.
    later = tuple(Waiting(title=one.title, href=one.href, says=one.does) for one in doing[1:])
    waiting = tuple(waits for part in parts for waits in part.waiting)
    return Today(do=doing[0] if doing else None, waiting=told_apart(later + waiting))


def told_apart(waiting: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Mark those that are called the same: two surveys of one name, two offers."""
    titles = Counter(one.title for one in waiting)
    return tuple(replace(one, twin=titles[one.title] > 1) for one in waiting)
