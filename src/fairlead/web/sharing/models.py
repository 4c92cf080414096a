"""What somebody shows to one other person."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils import timezone

from fairlead.web.people.models import Person
from fairlead.web.vault.fields import SealedJSON, SealedText
from fairlead.web.vault.private import Private

if TYPE_CHECKING:
    from uuid import UUID

KINDS: Final = {"reading": "web.Reading", "skill": "web.Skill", "direction": "web.Sitting"}
"""What can be shown, and the table it stands in; a share goes with its thing."""

FOR_COACHES: Final = frozenset({"direction"})
"""What can be shown to a coach alone, while the coaching stands: private reflection, by the policy table."""


class Share(Private):
    """A copy of one thing as it stood when it was shared; later changes never reach the other person.

    ``snapshot`` is exactly what the other person sees, nothing more; it goes when the share ends.
    ``until`` is the last day on which they see it, ``ends_at`` the midnight after it where the owner
    lives, ``ended_at`` when it was taken back, or found to be over.
    """

    seen_through = ("owner", "reader")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    kind = models.CharField(max_length=24, choices=[(kind, kind) for kind in KINDS])
    object_id = models.UUIDField()
    title = SealedText(max_length=200)
    snapshot = SealedJSON(null=True)
    until = models.DateField()
    ends_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def also_for(self) -> tuple[UUID, ...]:
        """Let the other person read what is sealed here."""
        return (self.reader_id,)

    def __str__(self) -> str:
        return self.title


def _gone(instance: models.Model, **_signal: Any) -> None:
    """Remove the shares of a thing that was deleted, whoever deleted it."""
    Share.objects.filter(object_id=instance.pk).delete()


for _table in KINDS.values():
    models.signals.post_delete.connect(_gone, sender=_table, dispatch_uid=f"shares of {_table}")
