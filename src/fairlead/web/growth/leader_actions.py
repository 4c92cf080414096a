"""Writing down leaders one has had (rows 85, 118)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from fairlead.web import erasing, trail
from fairlead.web.growth.models import Leader
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

MOST: Final = 30
"""Leaders of one person; nobody has had more that taught them something."""


@transaction.atomic
def add(actor: Person, **values: Any) -> Leader:
    """Write a leader down."""
    if Leader.objects.filter(owner=actor).count() >= MOST:
        raise Refused(f"{MOST} are written down, which is the most. Remove one first.")
    made = Leader.objects.create(owner=actor, **values)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def change(actor: Person, *, leader: Leader, **values: Any) -> None:
    """Change what is written of a leader."""
    for name, value in values.items():
        setattr(leader, name, value)
    leader.save(update_fields=list(values))
    trail.record(actor, "change", leader)


@transaction.atomic
def remove(actor: Person, *, leader: Leader) -> None:
    """Remove a leader."""
    trail.record(actor, "delete", leader)
    leader.delete()
    erasing.for_good()
