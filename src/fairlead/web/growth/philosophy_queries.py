"""Reading one's own way of leading, and those that colleagues published (row 131)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from fairlead.web.access.relations import here, in_chart, is_in_chart
from fairlead.web.growth.models import Philosophy, PublishedPhilosophy
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One published way of leading, as a colleague reads it: whose, where they work, since when, the text."""

    number: UUID
    person: Person
    place: str
    text: str
    since: date
    is_mine: bool

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text by its empty lines."""
        return paragraphs(self.text)


def paragraphs(text: str) -> tuple[str, ...]:
    """Give a text by its empty lines."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def draft(person: Person) -> str:
    """Give the draft, which nobody else sees."""
    found = draft_of(person)
    return found.text if found else ""


def draft_of(person: Person) -> Philosophy | None:
    """Give the draft as a thing that can be shown, if there is one."""
    return Philosophy.objects.filter(owner=person).first()


def own_published(person: Person) -> PublishedPhilosophy | None:
    """Give what the person published, if they did."""
    return PublishedPhilosophy.objects.filter(person=person).first()


def published_philosophies(viewer: Person) -> tuple[Published, ...]:
    """Give what colleagues published to somebody who stands in the organization chart, by name.

    Nobody outside the chart reads any but their own, and what people published who have left is not shown.
    """
    rows = PublishedPhilosophy.objects.select_related("person__user")
    if is_in_chart(viewer):
        rows = rows.filter(person__in=Person.objects.filter(here(), in_chart(), user__is_active=True))
    else:
        rows = rows.filter(person=viewer)
    found = list(rows)
    today = Position.objects.on(timezone.localdate()).filter(person__in=[one.person_id for one in found])
    places = {
        number: ", ".join(filter(None, (title, unit)))
        for number, title, unit in today.values_list("person", "title", "unit__name")
    }
    shown = [
        Published(
            number=one.pk,
            person=one.person,
            place=places.get(one.person_id, ""),
            text=one.text,
            since=timezone.localdate(one.published_at),
            is_mine=one.person_id == viewer.pk,
        )
        for one in found
    ]
    return tuple(sorted(shown, key=lambda one: (str(one.person).casefold(), one.number)))


def as_it_will_stand(person: Person, text: str) -> Published:
    """Give the draft in the form in which colleagues would read it."""
    position = Position.objects.on(timezone.localdate()).filter(person=person).select_related("unit").first()
    unit = position.unit.name if position and position.unit else ""
    return Published(
        number=person.pk,
        person=person,
        place=", ".join(filter(None, (position.title if position else "", unit))),
        text=text,
        since=timezone.localdate(),
        is_mine=True,
    )
