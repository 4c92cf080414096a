"""Arguments and roles that somebody aims for: written, changed, removed; all of it the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.journey.models import AimedRole, Argument
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

MOST: Final = 20
"""Arguments, and roles, of one person: who aims for more aims for none."""


@transaction.atomic
def add_argument(*, actor: Person, **values: Any) -> Argument:
    """Put an argument together."""
    type(actor).objects.select_for_update().get(pk=actor.pk)
    if Argument.objects.filter(owner=actor).count() >= MOST:
        raise Refused(f"{MOST} arguments are kept, which is the most. Delete one first.")
    made = Argument.objects.create(owner=actor, **values)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def add_aim(*, actor: Person, **values: Any) -> AimedRole:
    """Note a role to aim for."""
    type(actor).objects.select_for_update().get(pk=actor.pk)
    if AimedRole.objects.filter(owner=actor).count() >= MOST:
        raise Refused(f"{MOST} roles are noted, which is the most. Remove one first.")
    made = AimedRole.objects.create(owner=actor, **values)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def change(*, actor: Person, found: Argument | AimedRole, **values: Any) -> None:
    """Change what is written, and note that it was looked at today."""
    seen = "changed_on" if isinstance(found, Argument) else "looked_on"
    for name, value in (values | {seen: timezone.localdate()}).items():
        setattr(found, name, value)
    found.save(update_fields=[*values, seen])
    trail.record(actor, "change", found)


@transaction.atomic
def remove(*, actor: Person, found: Argument | AimedRole) -> None:
    """Remove it for good."""
    trail.record(actor, "delete", found)
    found.delete()
    erasing.for_good()
