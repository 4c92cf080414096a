"""Reading signals beyond one's area, arguments, and roles somebody aims for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from fairlead.render import words
from fairlead.web.journey import queries, snapshots
from fairlead.web.journey.models import SIGNALS, AimedRole, Argument

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairlead.web.journey.models import Accomplishment
    from fairlead.web.journey.snapshots import Copied
    from fairlead.web.people.models import Person

NONE_YET: Final = {
    "mastery": "Nothing is marked here yet. Think of the work that others bring to you because you know it "
    "best, and of what of it you have passed on.",
    "beyond": "Nothing is marked here yet. Think of an idea or a piece of advice for an area that is not "
    "yours, and of what became of it; a small one counts.",
    "across": "Nothing is marked here yet. Think of a result that people of another unit brought about with "
    "you. Where there was no occasion, that is no fault: it can be asked for.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One kind of signal, and the entries that are marked as such."""

    name: str
    title: str
    entries: tuple[Accomplishment, ...]
    none_yet: str


def signals(person: Person) -> list[Signal]:
    """Give each kind of signal with its entries (row 140)."""
    rows = list(queries.bare(person, "what", "signals"))
    return [
        Signal(
            name=name,
            title=title,
            entries=tuple(one for one in rows if name in one.signals),
            none_yet=NONE_YET[name],
        )
        for name, title in SIGNALS.items()
    ]


# --- arguments -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """An argument with the entries that it rests on as they stand now, and what is missing, kindly."""

    argument: Argument
    evidence: tuple[Copied, ...]
    gone: int

    @property
    def hints(self) -> tuple[str, ...]:
        """What somebody who speaks for the person will be asked."""
        found = []
        if self.evidence and not any(one.entry.otherwise for one in self.evidence):
            found.append("No entry in it says what would not have happened otherwise.")
        if self.evidence and not any(one.confirmed for one in self.evidence):
            found.append("Nobody has confirmed an entry in it yet.")
        if not self.argument.team_benefit:
            found.append("What the team would have of it is not said yet.")
        if not self.argument.open_points:
            found.append("What is not there yet is not said. Everybody will think of something.")
        return tuple(found)


def arguments(person: Person) -> list[Argument]:
    """Give the person's arguments, the newest change first."""
    return list(Argument.objects.filter(owner=person))


def laid(argument: Argument) -> Laid:
    """Lay an argument out."""
    ids = [UUID(one) for one in argument.entries]
    found = snapshots.of(argument.owner, ids)
    return Laid(argument=argument, evidence=tuple(found), gone=len(ids) - len(found))


MOST_OFFERED: Final = 100
"""Entries to choose from, the newest; what was chosen before stays among them."""


def offered(person: Person, chosen: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Give the entries to choose from, the newest first."""
    rows = queries.bare(person, "what")
    kept = rows.filter(pk__in=[UUID(one) for one in chosen])
    found = {one.pk: one for one in (*rows[:MOST_OFFERED], *kept)}
    return [(str(one.pk), f"{one.title} ({words.day(one.day.isoformat())})") for one in found.values()]


# --- roles to aim for ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A role somebody aims for, and what can be said of it without a promise (row 116)."""

    role: AimedRole
    says: tuple[str, ...]


EXISTS_SAYS: Final = {
    "unknown": "Whether there is such a role is not known. It can be asked.",
    "exists": "Such a role exists. Whether it opens, and for whom, is not known from that.",
    "to_be_created": "It would have to be created: somebody has to want it first, and it needs a place and "
    "money.",
    "nowhere": "Nothing of the kind is in sight here. That can change, or stay so.",
}

KNOWN_SAYS: Final = {
    "unknown": "not known",
    "not_asked": "not asked for, as far as you know",
    "asked": "asked for",
    "agreed": "agreed, as you were told",
    "refused": "refused for now",
}


def aims(person: Person) -> list[Aim]:
    """Give the roles that the person aims for."""
    today = queries.today_of(person)
    return [Aim(role=one, says=state(one, today)) for one in AimedRole.objects.filter(owner=person)]


def state(role: AimedRole, today: date) -> tuple[str, ...]:
    """Say how things stand; no sentence says that anything will come."""
    found = [EXISTS_SAYS[role.exists]]
    if role.exists != AimedRole.Exists.NOWHERE:
        found.append(
            f"A place for it: {KNOWN_SAYS[role.headcount]}. Money: {KNOWN_SAYS[role.budget]}. "
            "Neither gives the role to anybody."
        )
    if role.planned_on is not None:
        day = words.day(role.planned_on.isoformat())
        over = role.planned_on < today
        found.append(
            f"It was planned for {day}, which is over. Ask what became of it."
            if over
            else f"In the planning calendar it stands at {day}, as far as you know; plans move."
        )
    if not role.outside and role.exists in {AimedRole.Exists.NOWHERE, AimedRole.Exists.TO_BE_CREATED}:
        found.append(
            "What there is outside is not noted. Looking costs nothing, and staying is then a choice."
        )
    return tuple(found)
