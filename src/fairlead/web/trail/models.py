"""One line of the record. Lines are added and never changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """Who did what to which object, when; ids and facts, never content.

    ``actor`` and ``object_id`` are plain ids without a foreign key: the line outlives what it names.
    ``subject`` is whose data it was, where that is a person: they can read who looked.
    ``seal`` is the HMAC that chains each line to the one before it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.UUIDField(null=True, editable=False)
    verb = models.CharField(max_length=40, editable=False)
    object_kind = models.CharField(max_length=40, editable=False)
    object_id = models.UUIDField(editable=False)
    subject = models.UUIDField(null=True, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["actor", "at"], name="trail_actor"),
            models.Index(fields=["object_id", "at"], name="trail_object"),
            models.Index(fields=["subject", "at"], name="trail_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_kind}"


class Head(models.Model):
    """The last line of a day and its seal, as it was handed to people outside the database.

    A copy of it in somebody else's hands shows that lines were cut off the end. ``pruned`` marks the
    line before the oldest one that is still kept: the chain begins there.
    """

    day = models.DateField(unique=True)
    entry = models.BigIntegerField()
    seal = models.CharField(max_length=64)
    mailed_at = models.DateTimeField(null=True)
    pruned = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"Head of {self.day:%Y-%m-%d}"
