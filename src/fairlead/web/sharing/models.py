"""What somebody shows to one other person."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils import timezone

from fairlead.web.people.models import Person
from fairlead.web.vault.fields import SealedJSON, SealedText
from fairlead.web.vault.owned import Owned
from fairlead.web.vault.private import Private

if TYPE_CHECKING:
    from uuid import UUID

KINDS: Final = {
    "reading": "web.Reading",
    "skill": "web.Skill",
    "direction": "web.Sitting",
    "plan": "web.Plan",
    "philosophy": "web.Philosophy",
    "accomplishment": "web.Accomplishment",
}
"""What can be shown, and the table it stands in; a share goes with its thing."""

FOR_COACHES: Final = frozenset({"direction"})
"""What can be shown to a coach alone, while the coaching stands: private reflection, by the policy table."""

FOR_NEAR: Final = frozenset({"plan", "philosophy", "accomplishment"})
"""What can be shown to one's manager, theirs, or a coach, while they are that, and to nobody else."""

COMMENTED: Final = frozenset({"skill", "plan"})
"""What a manager or a coach who is shown it can write a comment on, which the person reads."""


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


class ShareComment(Owned):
    """What a manager or a coach writes to somebody about what that person shows them; both see it.

    It names the thing and not the share: it stays with the person when the share is over.
    """

    seen_through = ("owner", "person")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=24, choices=[(kind, kind) for kind in sorted(COMMENTED)])
    object_id = models.UUIDField()
    text = SealedText(max_length=2000)

    class Meta:
        ordering = ["-made_at"]

    def also_for(self) -> tuple[UUID, ...]:
        """Let the person it is written to read it."""
        return (self.person_id,)

    def __str__(self) -> str:
        return f"Comment of {self.made_at.day} {self.made_at:%B %Y}"


def _gone(instance: models.Model, **_signal: Any) -> None:
    """Remove the shares of a thing that was deleted, and comments on it, whoever deleted it."""
    Share.objects.filter(object_id=instance.pk).delete()
    ShareComment.objects.filter(object_id=instance.pk).delete()


for _table in KINDS.values():
    models.signals.post_delete.connect(_gone, sender=_table, dispatch_uid=f"shares of {_table}")
