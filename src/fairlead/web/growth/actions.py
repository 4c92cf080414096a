"""Every write of this room's skills; each needs its owner, and nobody else ever passes here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from fairlead.web import trail
from fairlead.web.growth.models import Feed, MentorOffer, PublishedPhilosophy, Skill

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

AHEAD = (Skill.State.WAITING, Skill.State.OPEN)


@transaction.atomic
def want_skill(*, actor: Person, about: str, came_from: str = "", title: str = "") -> Skill:
    """Put a skill on the list, at its end; one that is in it already, or open, stays as it is."""
    # Two windows at once do not make two of a kind, nor two at one place.
    type(actor).objects.select_for_update().get(pk=actor.pk)
    there = Skill.objects.filter(owner=actor, about=about, state__in=AHEAD).first()
    if there is not None:
        return there
    last = Skill.objects.filter(owner=actor).aggregate(last=Max("place"))["last"] or 0
    made = Skill.objects.create(
        owner=actor, about=about, title=title[:120], came_from=came_from[:300], place=last + 1
    )
    trail.record(actor, "want_skill", made, about=about)
    return made


def forget(person: Person) -> None:
    """Remove what stands outside the vault; the vault takes the rest."""
    for table in (Feed, MentorOffer, PublishedPhilosophy):
        table._default_manager.filter(person=person).delete()  # noqa: SLF001 - three tables, one loop
