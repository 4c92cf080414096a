"""What is done with ideas: shared, changed, answered, tried, taken back; and following a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.handbook.models import Idea, IdeaAnswer, UnitFollow
from fairlead.web.roster.models import Position, Unit
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.people.models import Person

State = Idea.State

MOST_OPEN: Final = 20
MOST_ANSWERS: Final = 200
"""Answers under one idea: more than that nobody reads."""

MOST_FOLLOWED: Final = 20

GONE: Final = "This idea was taken back or is no longer shown."


def unit_of(person: Person) -> Unit | None:
    """Give the unit somebody is in today."""
    place = Position.objects.on(timezone.localdate()).filter(person=person).select_related("unit").first()
    return None if place is None else place.unit


@transaction.atomic
def share(actor: Person, *, title: str, text: str, effect: str, for_units: Sequence[Unit]) -> Idea:
    """Show an idea to everybody in the chart, under one's name and unit."""
    if Idea.objects.filter(author=actor, state=State.OPEN).count() >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} ideas of yours are open. Close or take back one of them first.")
    made = Idea.objects.create(
        author=actor,
        title=title,
        text=text,
        effect=effect,
        from_unit=unit_of(actor),
        for_units=[str(one.pk) for one in for_units],
    )
    trail.record(actor, "share_idea", made)
    return made


@transaction.atomic
def change(
    actor: Person, *, idea: Idea, title: str, text: str, effect: str, for_units: Sequence[Unit], is_open: bool
) -> None:
    """Say it in other words, or no longer offer it; what was taken away stays away."""
    now = Idea.objects.select_for_update().filter(pk=idea.pk, author=actor).first()
    if now is None or now.state == State.HIDDEN:
        raise Refused(GONE)
    now.title, now.text, now.effect = title, text, effect
    now.for_units = [str(one.pk) for one in for_units]
    now.state = State.OPEN if is_open else State.CLOSED
    now.save(update_fields=["title", "text", "effect", "for_units", "state"])
    trail.record(actor, "change_idea", now)
    erasing.for_good()


@transaction.atomic
def withdraw(actor: Person, *, idea: Idea) -> None:
    """Take an idea back; it is deleted with the answers to it."""
    now = Idea.objects.select_for_update().filter(pk=idea.pk, author=actor).first()
    if now is not None:
        trail.record(actor, "withdraw_idea", now)
        now.delete()
        erasing.for_good()


@transaction.atomic
def answer(actor: Person, *, idea: Idea, text: str, tried: str) -> IdeaAnswer:
    """Say something to an idea, or what came of it; its author finds it under Today."""
    now = Idea.objects.select_for_update().filter(pk=idea.pk, state=State.OPEN).first()
    if now is None:
        raise Refused("This idea is no longer offered.")
    if now.answers.count() >= MOST_ANSWERS:
        raise Refused(f"There are {MOST_ANSWERS} answers already. Talk to its author instead.")
    made = IdeaAnswer.objects.create(idea=now, author=actor, from_unit=unit_of(actor), text=text, tried=tried)
    trail.record(actor, "answer_idea", made)
    return made


@transaction.atomic
def withdraw_answer(actor: Person, *, answer: IdeaAnswer) -> None:
    """Take an answer back; it is deleted."""
    now = IdeaAnswer.objects.select_for_update().filter(pk=answer.pk, author=actor).first()
    if now is not None:
        trail.record(actor, "withdraw_answer", now)
        now.delete()
        erasing.for_good()


@transaction.atomic
def follow(actor: Person, *, unit: Unit) -> bool:
    """Begin to hear of a unit's ideas under Today, or stop; say whether one follows it now."""
    gone, _ = UnitFollow.objects.filter(owner=actor, unit=unit).delete()
    if gone:
        return False
    if UnitFollow.objects.filter(owner=actor).count() >= MOST_FOLLOWED:
        raise Refused(f"You follow {MOST_FOLLOWED} units, which is the most. Stop following one first.")
    UnitFollow.objects.get_or_create(owner=actor, unit=unit)
    return True
