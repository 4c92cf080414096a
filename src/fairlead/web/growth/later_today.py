"""What waits under Today from mentors, coaching and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from fairlead.web.growth import mentor_queries, plan_queries
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from fairlead.web.people.models import Person


def waiting(person: Person) -> tuple[Waiting, ...]:
    """Give questions to a mentor, answers from one, and a plan whose day has come."""
    found = list(mentor_queries.waiting(person))
    plan = plan_queries.plan_of(person)
    if plan is not None and plan_queries.is_due(plan, timezone.localdate()):
        says = "You wanted to look at it about now."
        found.append(Waiting(title="Your plan for the coming years", href=reverse("growth:plan"), says=says))
    return tuple(found)
