"""A private row with one owner and a number nobody can guess, as most rooms keep what is somebody's own."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from fairlead.web.vault.private import Private


class Owned(Private):
    """A row of one person, named by a number nobody can guess."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # People stand in another file than what is theirs, and no database looks across files.
    owner = models.ForeignKey("web.Person", on_delete=models.CASCADE, related_name="+", db_constraint=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Private.Meta):
        abstract = True
