"""Requests to be erased, and when they were met."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Final

from django.db import models
from django.utils import timezone

ERASED_WITHIN: Final = timedelta(days=30)
"""A request is answered within a month (GDPR, article 12.3)."""


def due() -> date:
    """Give the last day on which a request made today is answered in time."""
    return timezone.localdate() + ERASED_WITHIN


class ErasureRequest(models.Model):
    """Somebody asks that what the organization holds about them goes too.

    ``person`` is a plain id: the row proves that a request was met after the person is gone.
    """

    class State(models.TextChoices):
        OPEN = "open", "waits"
        DONE = "done", "erased"
        REFUSED = "refused", "refused, with a reason"
        WITHDRAWN = "withdrawn", "taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField(default=due)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="open"), name="one_open_erasure_request"
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure due {self.due_on:%Y-%m-%d}"
