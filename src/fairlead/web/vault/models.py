"""The keys that seal what people keep here; without its key a sealed field is noise, in backups too."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class DataKey(models.Model):
    """One person's key, itself sealed by the installation's key that lies outside the database.

    ``person`` is a plain id. Destroying this row is what erases.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(unique=True, editable=False)
    wrapped = models.BinaryField(max_length=128)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return "Key"
