"""The keys that seal what people keep here, and the ballot boxes; without its key a sealed field is noise."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final, Self

from django.db import models
from django.utils import timezone

from fairlead.web.vault.viewer import NobodyLooks, current

COUNTS: Final = frozenset({"ballots", "backup", "migration"})
"""The duties on which the rows of a ballot box are reached; no person who looks ever reaches one."""


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


class BoxKey(models.Model):
    """The key of one survey's ballot box, sealed by the installation's key; destroyed when it is counted.

    ``size`` is how many bytes a paper has at most, ``mixed_on`` the day on which all of the box was
    last sealed anew.
    """

    box = models.UUIDField(primary_key=True, editable=False)
    wrapped = models.BinaryField(max_length=128)
    size = models.PositiveIntegerField()
    mixed_on = models.DateField()

    def __str__(self) -> str:
        return "Key of a box"


class BallotManager(models.Manager["Ballot"]):
    """Gives rows to the house when it counts, copies or migrates; raises for everybody else."""

    def get_queryset(self) -> models.QuerySet[Ballot]:
        """Begin every question here."""
        looking = current()
        if looking is None or looking.duty not in COUNTS:
            raise NobodyLooks
        return super().get_queryset()


class Ballot(models.Model):
    """One place in a box, with a paper in it or with nothing; which of them only the box's key tells.

    Nothing here changes its length, and nothing is in the order in which it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.UUIDField(editable=False)
    head = models.BinaryField()
    paper = models.BinaryField()

    objects: ClassVar[models.Manager[Self]] = BallotManager()  # type: ignore[assignment]

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["box", "id"], name="places_of_a_box")]

    def __str__(self) -> str:
        return "Place"
