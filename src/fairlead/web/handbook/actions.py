"""What the room does when somebody leaves or is erased, and when a unit disappears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, Tip, UnitFollow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fairlead.web.people.models import Person
    from fairlead.web.roster.models import Unit


REMOVED: Final = "Removed at its author’s wish"
"""What stands in place of an idea's name where others' answers stay after its words have gone."""


@transaction.atomic
def forget(person: Person) -> None:
    """Let go of somebody whose account goes.

    Tips that nobody published, and those with their name, go. A published tip without a name stays, and
    nothing says any more whose it was. Ideas and answers stay with their unit, without the name.
    """
    own = Tip.objects.filter(author=person)
    own.exclude(state=Tip.State.PUBLISHED).delete()
    own.filter(name_shown=True).delete()
    own.update(author=None)
    IdeaAnswer.objects.filter(author=person, state=IdeaAnswer.State.HIDDEN).delete()
    _remove_words(Idea.objects.filter(author=person, state=Idea.State.HIDDEN))
    Idea.objects.filter(author=person).update(author=None)
    IdeaAnswer.objects.filter(author=person).update(author=None)
    Notice.objects.filter(by=person).delete()
    UnitFollow.objects.filter(owner=person).delete()


@transaction.atomic
def forget_names(person: Person) -> None:
    """Remove everything that somebody who is erased wrote here, also what would stay when they leave."""
    Tip.objects.filter(author=person).delete()
    IdeaAnswer.objects.filter(author=person).delete()
    _remove_words(Idea.objects.filter(author=person))


def _remove_words(ideas: QuerySet[Idea]) -> None:
    """Delete ideas; where answers of others stand under one, leave it without a word and without a name."""
    ideas.filter(answers=None).delete()
    Notice.objects.filter(idea__in=ideas).delete()
    ideas.exclude(state=Idea.State.HIDDEN).update(state=Idea.State.CLOSED)
    ideas.update(author=None, title=REMOVED, text="", effect="", reason="", for_units=[])


def unit_merged(unit: Unit, into: Unit) -> None:
    """Let what names a unit that disappears name the one it became part of."""
    Idea.objects.filter(from_unit=unit).update(from_unit=into)
    IdeaAnswer.objects.filter(from_unit=unit).update(from_unit=into)
    before, now = str(unit.pk), str(into.pk)
    for idea in Idea.objects.all():
        if before in idea.for_units:
            idea.for_units = sorted({now if one == before else one for one in idea.for_units})
            idea.save(update_fields=["for_units"])
    there = UnitFollow.objects.filter(unit=into).values("owner")
    UnitFollow.objects.filter(unit=unit).exclude(owner__in=there).update(unit=into)
