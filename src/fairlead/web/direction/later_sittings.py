"""Keeping a section that grows entry by entry: what was said today is one sitting, earlier days stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.direction import sittings
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


def one_window(actor: Person) -> None:
    """Let a second window of the same person wait until this transaction is over.

    Called before a list is read to be changed: what the other window added is then on it.
    """
    type(actor).objects.select_for_update().get(pk=actor.pk)


@transaction.atomic
def keep(*, actor: Person, section: str, content: Any) -> Sitting:
    """Keep a section as it now stands, in the finished sitting of today if there is one.

    That sitting stays the same one: what is shown of it to somebody is a copy, and stands as it was shown.
    Nothing is kept that could not be read back: the content passes the reader of all sections first.
    """
    sittings.read_answers({section: content}, answered_on=today_of(actor).isoformat())
    one_window(actor)
    before, zone = newest_of(actor, section), ZoneInfo(actor.zone)
    now = timezone.now()
    if before is not None and before.finished_at is not None:
        same_day = timezone.localdate(before.finished_at, zone) == timezone.localdate(now, zone)
        if same_day:
            before.content, before.saved_at, before.finished_at = content, now, now
            before.save(update_fields=["content", "saved_at", "finished_at"])
            erasing.for_good()
            trail.record(actor, "keep", before, section=section)
            return before
    made = Sitting.objects.create(
        owner=actor, section=section, content=content, saved_at=now, finished_at=now
    )
    trail.record(actor, "keep", made, section=section)
    return made
