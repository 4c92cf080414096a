"""Adding a line to the record."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from fairlead.web.trail.models import Entry

if TYPE_CHECKING:
    from django.db.models import Model

    from fairlead.web.people.models import Person

MAX_FACT = 64
"""Facts are ids, counts and words of our own vocabulary; nothing a person wrote is that short by rule."""


def record(
    actor: Person | None,
    verb: str,
    obj: Model,
    *,
    subject: Person | None = None,
    **facts: str | float | bool | UUID | None,
) -> None:
    """Add one line: who, which verb, which object; facts are ids, counts and states, never content.

    ``subject`` is the person whose data it is, where that is somebody else than the actor: they can
    read the line.
    """
    plain = {name: str(fact) if isinstance(fact, UUID) else fact for name, fact in facts.items()}
    for name, fact in plain.items():
        if isinstance(fact, str) and len(fact) > MAX_FACT:
            raise ValueError(f"The fact {name!r} is {len(fact)} characters long: the trail keeps no content.")
    Entry.objects.create(
        actor=None if actor is None else actor.pk,
        verb=verb,
        object_kind=obj._meta.model_name or "",  # noqa: SLF001 - Django's public name for it
        object_id=obj.pk,
        subject=None if subject is None else subject.pk,
        facts=plain,
    )


def saw(actor: Person, obj: Model, *, subject: Person) -> None:
    """Add that somebody looked at an object of somebody else; looking at one's own leaves no line."""
    if actor.pk != subject.pk:
        record(actor, "saw", obj, subject=subject)
