"""Keeping a section that grows entry by entry: what was said today is one sitting, earlier days stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.direction import queries
from fairlead.web.direction.models import Sitting

if TYPE_CHECKING:
    from datetime import date

    from fairlead.web.people.models import Person


def today_of(person: Person) -> date:
    """Give the date where the person lives."""
    return timezone.localdate(timezone=ZoneInfo(person.zone))


def content_of(person: Person, section: str) -> Any:
    """Give the newest finished content of a section as plain data; ``None`` where there is none."""
    newest = newest_of(person, section)
    return newest.content if newest is not None else None


def newest_of(person: Person, section: str) -> Sitting | None:
    """Give the newest finished sitting of a section."""
    found = Sitting.objects.filter(owner=person, section=section, finished_at__isnull=False)
    return found.order_by("-finished_at").first()


@transaction.atomic
def keep(*, actor: Person, section: str, content: Any) -> Sitting:
    """Keep a section as it now stands, as a finished sitting in the place of an earlier one of today.

    Nothing is kept that could not be read back: the content passes the reader of all sections first.
    """
    queries.read_answers({section: content}, answered_on=today_of(actor).isoformat())
    type(actor).objects.select_for_update().get(pk=actor.pk)  # two windows at once: one after the other
    before, zone = newest_of(actor, section), ZoneInfo(actor.zone)
    now = timezone.now()
    if before is not None and before.finished_at is not None:
        same_day = timezone.localdate(before.finished_at, zone) == timezone.localdate(now, zone)
        if same_day:
            before.delete()
            erasing.for_good()
    made = Sitting.objects.create(
        owner=actor, section=section, content=content, saved_at=now, finished_at=now
    )
    trail.record(actor, "keep", made, section=section)
    return made
