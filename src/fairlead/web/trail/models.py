"""One line of the record. Lines are added and never changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """Who did what to which object, when; ids and facts, never content.

    ``actor`` and ``object_id`` are plain ids without a foreign key: the line outlives what it names.
    ``seal`` is kept for the HMAC that will chain each line to the one before; empty until then.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.UUIDField(null=True, editable=False)
    verb = models.CharField(max_length=40, editable=False)
    object_kind = models.CharField(max_length=40, editable=False)
    object_id = models.UUIDField(editable=False)
    facts = models.JSONField(default=dict, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["actor", "at"], name="trail_actor"),
            models.Index(fields=["object_id", "at"], name="trail_object"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_kind}"
