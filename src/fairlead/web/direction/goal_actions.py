"""The written Why, and promotion goals, which are opened with it or not at all (row 63)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from fairlead.web import erasing, trail
from fairlead.web.direction import later_sittings, next_actions
from fairlead.web.direction.later_sittings import today_of
from fairlead.web.direction.models import PromotionGoal
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

WHY_FIRST: Final = (
    "Write your Why first. A goal that somebody else gave you looks the same as your own until you "
    "have to say what it is for; after that, one of the two is easier to let go."
)


STANDS_ON_IT: Final = (
    "A goal is open, and it stands on its Why. Write in a sentence what it is for, or close the goal first; "
    "letting go of it is as good an answer. The Why is kept as it was."
)


@transaction.atomic
def keep_why(*, actor: Person, why: str) -> None:
    """Keep why the person wants to get there; goals that are open keep the Why they were opened with.

    An empty one is refused while a goal is open (row 63).
    """
    later_sittings.one_window(actor)
    if not why.strip() and PromotionGoal.objects.filter(owner=actor, closed_on=None).exists():
        raise Refused(STANDS_ON_IT)
    next_actions.keep(actor=actor, why=why.strip())


@transaction.atomic
def open_goal(*, actor: Person, text: str, why: str) -> PromotionGoal:
    """Open a promotion goal; refused without its written Why."""
    later_sittings.one_window(actor)
    if not why.strip():
        raise Refused(WHY_FIRST)
    made = PromotionGoal.objects.create(owner=actor, text=text, why=why.strip(), opened_on=today_of(actor))
    trail.record(actor, "open", made)
    return made


@transaction.atomic
def close_goal(*, actor: Person, goal: PromotionGoal, because: str) -> None:
    """Close a goal, reached or not; letting go of one is as good an end as any other."""
    goal.closed_on, goal.closed_because = today_of(actor), because
    goal.save(update_fields=["closed_on", "closed_because"])
    trail.record(actor, "end", goal)


@transaction.atomic
def open_again(*, actor: Person, goal: PromotionGoal) -> None:
    """Open a closed goal again, with the Why it had."""
    goal.closed_on, goal.closed_because = None, ""
    goal.save(update_fields=["closed_on", "closed_because"])
    trail.record(actor, "open", goal)


@transaction.atomic
def delete_goal(*, actor: Person, goal: PromotionGoal) -> None:
    """Delete a goal with its Why."""
    trail.record(actor, "delete", goal)
    goal.delete()
    erasing.for_good()
