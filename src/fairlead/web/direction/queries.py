"""What this room tells other rooms; each begins with the person, and finds nobody else's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse

from fairlead.web.direction import holdings, home, offer_queries, parts
from fairlead.web.direction.models import Sitting
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from fairlead.web.people.models import Person


def skill_wish(person: Person) -> tuple[str, str] | None:
    """Give the skill that the next step asks for and why; another room puts it on its list."""
    return home.skill_wish(person)


def today(person: Person) -> Today | None:
    """Say at most one thing that waits here: an offer first, then a part that was begun."""
    waiting = offer_queries.today_part(person)[:1]
    begun = None
    if not waiting:
        begun = Sitting.objects.filter(owner=person, finished_at=None).order_by("-saved_at").first()
    if begun is not None:
        href = reverse("direction:section", args=[begun.section])
        waiting = (
            Waiting(
                title=f"My direction: {parts.title_of(begun.section)}",
                href=href,
                says="Begun; it goes on where you stopped.",
            ),
        )
    return Today(waiting=waiting) if waiting else None


FIELDS: Final = holdings.FIELDS
export = holdings.export
