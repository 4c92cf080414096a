"""Reading the coach's space: what the two see of each other, while the coaching stands and no longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from fairlead.web.access.relations import coached_by, coaches_of
from fairlead.web.growth.later_models import CoachTalk, ShownNote
from fairlead.web.growth.models import CoachNote
from fairlead.web.people.models import Person
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from fairlead.web.today import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCoach:
    """A coach as the coached person sees them: the next talk, what they are shown, what they show."""

    coach: Person
    talk: CoachTalk | None
    shown: tuple[Waiting, ...]
    notes: tuple[ShownNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One of the coach's own notes, and whether the person it is about reads it."""

    note: CoachNote
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coached:
    """Somebody as their coach sees them: what they wrote for the next talk, what they show, own notes."""

    person: Person
    talk: CoachTalk | None
    shown: tuple[Waiting, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachHome:
    """The page about coaching, from both sides."""

    coaches: tuple[MyCoach, ...]
    coached: tuple[Person, ...]


def home(person: Person) -> CoachHome:
    """Give the person's coaches, and those whom they coach."""
    return CoachHome(
        coaches=tuple(_my_coach(person, one) for one in _people(coaches_of(person))),
        coached=tuple(_people(coached_by(person))),
    )


def coached(coach: Person, person: Person) -> Coached:
    """Give what a coach sees of somebody they coach."""
    shown = set(ShownNote.objects.filter(owner=coach, person=person).values_list("note", flat=True))
    notes = CoachNote.objects.filter(owner=coach, person=person)
    return Coached(
        person=person,
        talk=talk(person, coach),
        shown=tuple(_shown(person, coach)),
        notes=tuple(Note(note=one, is_shown=one.pk in shown) for one in notes),
    )


def talk(person: Person, coach: Person) -> CoachTalk | None:
    """Give what somebody wrote for their next talk with a coach."""
    return CoachTalk.objects.filter(owner=person, coach=coach).first()


def is_shown(note: CoachNote) -> bool:
    """Say whether the person it is about reads a copy of the note."""
    return ShownNote.objects.filter(note=note).exists()


def held(person: Person) -> dict[str, QuerySet[Any]]:
    """Give the rows of both sides that are open to the person today."""
    mine, theirs = coached_by(person), coaches_of(person)
    return {
        "CoachNote": CoachNote.objects.filter(owner=person, person__in=mine),
        "ShownNote": ShownNote.objects.filter(
            Q(owner=person, person__in=mine) | Q(person=person, owner__in=theirs)
        ),
        "CoachTalk": CoachTalk.objects.filter(Q(owner=person) | Q(coach=person, owner__in=mine)),
    }


def _my_coach(person: Person, coach: Person) -> MyCoach:
    return MyCoach(
        coach=coach,
        talk=talk(person, coach),
        shown=tuple(_shown(person, coach)),
        notes=tuple(ShownNote.objects.filter(owner=coach, person=person)),
    )


def _shown(owner: Person, reader: Person) -> Iterable[Waiting]:
    for _room, ask in offers("queries", "shown_between"):
        yield from ask(owner, reader)


def _people(numbers: Iterable[UUID]) -> list[Person]:
    return list(Person.objects.filter(pk__in=numbers).select_related("user").order_by("name", "pk"))
