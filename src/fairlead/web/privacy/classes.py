"""How long everything is kept: every table belongs to one class, and every class has an end.

A room says in ``expiry.KEPT`` to which class each of its tables belongs, and in ``expiry.EXPIRES`` how a
class is cleared: ``{"class": clear(now, days) -> how many rows}``. The days can be set
(``FAIRLEAD_KEEP_<CLASS>_DAYS``); nothing is kept for ever by leaving them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings

from fairlead.web import erasing, vault
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Clear = Callable[[datetime, int], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A kind of data with one end: what it is, from when the days count, and why so long."""

    name: str
    what: str
    since: str
    why: str


CLASSES: Final = (
    Class(
        name="readings",
        what="Calendars without titles, readings and what was worked out for them",
        since="since they were made",
        why="A reading describes a season; a year is enough to see a change.",
    ),
    Class(
        name="own",
        what="Your answers, your own rules, profiles, registers and decisions",
        since="until you delete them, or your account goes",
        why="They are yours and nobody else reads them.",
    ),
    Class(
        name="account",
        what="Your account, its addresses, second factors, browsers signed in and your key",
        since="after your last day at work and a month after it was noted, or until you delete it",
        why="Time to take along what is yours after leaving.",
    ),
    Class(
        name="leavers",
        what="The roster's entry of a person: positions, units, long leave",
        since="after the last day at work",
        why="How people leave is a question of years; claims about promotions can be raised for years.",
    ),
    Class(
        name="imports",
        what="What a roster import replaced, so that it can be undone",
        since="since the import",
        why="A mistake in a roster shows within a month.",
    ),
    Class(
        name="invitations",
        what="Invitations that were used, taken back or have ended",
        since="since they ended",
        why="Long enough to answer a question about one.",
    ),
    Class(
        name="grants",
        what="Roles that somebody held, and who confirmed them",
        since="since they ended",
        why="As long as the record that they explain.",
    ),
    Class(
        name="shares",
        what="That something was shown to somebody; its content goes when the sharing ends",
        since="since it ended",
        why="You can see for a year what you showed to whom.",
    ),
    Class(
        name="surveys",
        what="Surveys: what was asked, who was asked, and the figures that were released",
        since="after the survey's last day; single answers are destroyed when it is counted",
        why="A change is seen over years; figures of groups are about nobody alone.",
    ),
    Class(
        name="promotions",
        what="Promotion rounds with their cases, ratings, decisions and reasons",
        since="after the round ended",
        why="Whoever was not promoted can ask why for years, and claims can be raised.",
    ),
    Class(
        name="handbook",
        what="Tips, ideas and answers in the handbook, and notices about them",
        since="since they were written",
        why="Advice grows old; whoever still means it writes it again.",
    ),
    Class(
        name="requests",
        what="That an erasure was asked for and when it was answered",
        since="since the answer",
        why="Proof that the request was met in time.",
    ),
    Class(
        name="record",
        what="The record of who did and saw what, without content",
        since="since it happened",
        why="Misuse is often noticed late.",
    ),
    Class(
        name="organization",
        what="Names of units and how they hang together",
        since="as long as the organization is here",
        why="It is about no person.",
    ),
)
"""Every class; its days stand in the settings."""


def days(name: str) -> int | None:
    """Give the days of a class as this installation has them; ``None`` where something else ends it."""
    found: int | None = settings.KEEP_DAYS[name]
    return found


def kept() -> dict[str, str]:
    """Give the class of every table, from all rooms."""
    found: dict[str, str] = {}
    for _room, part in offers("expiry", "KEPT"):
        found.update(part)
    return found


def expire(now: datetime) -> dict[str, int]:
    """Remove everything whose time is over at a moment; give the rows by class. ``tick`` calls this."""
    gone: dict[str, int] = {}
    with vault.on_duty("retention"):
        for _room, part in offers("expiry", "EXPIRES"):
            clear: Clear
            for name, clear in part.items():
                limit = days(name)
                if limit is not None:
                    gone[name] = gone.get(name, 0) + clear(now, limit)
    if any(gone.values()):
        erasing.for_good()
    return gone
