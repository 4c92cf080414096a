"""An analysis that somebody started."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from fairlead.web.people.models import Person
from fairlead.web.vault.fields import SealedJSON, SealedText
from fairlead.web.vault.private import Private

if TYPE_CHECKING:
    from datetime import datetime


class State(models.TextChoices):
    """How far a run is."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "At work"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"


class Run(Private):
    """What went in (digest, parameters, seed, version), how far it is, and what came out.

    ``words`` are sentences of our own about how far it is, never about what is read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="runs", db_constraint=False)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    page = models.CharField(max_length=200, blank=True)
    params = SealedJSON(default=dict)
    inputs_digest = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=80, blank=True)
    seed = models.BigIntegerField(default=0)
    result = SealedJSON(null=True)
    svgs = SealedJSON(default=dict)
    error = SealedText(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    finished_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["owner", "kind", "-created_at"], name="runs_of_a_person")]
        constraints = [
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="progress_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {State.DONE, State.FAILED}

    @property
    def is_done(self) -> bool:
        """Whether there is a result."""
        return self.state == State.DONE

    @property
    def is_failed(self) -> bool:
        """Whether it ended without a result."""
        return self.state == State.FAILED
