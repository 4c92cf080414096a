"""One line of the record. Lines are added and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable


class NeverChanged(Exception):  # noqa: N818 - named for what it says
    """Somebody tried to change, remove or forge a line."""

    def __init__(self) -> None:
        super().__init__("The record is never changed: lines are added by trail.record and go by age alone.")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Lines to read; ``trail.record`` alone adds some, ``trail``'s own tick alone removes some."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise NeverChanged

    def delete(self) -> NoReturn:
        """Refuse."""
        raise NeverChanged

    def bulk_update(self, *_objects: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise NeverChanged

    def bulk_create(self, objs: Iterable[Entry], *args: Any, **options: Any) -> list[Entry]:
        """Add sealed lines; refuse lines without a seal, and to write over lines that stand."""
        lines = list(objs)
        if not all(line.seal for line in lines) or any(options.values()):
            raise NeverChanged
        return super().bulk_create(lines, *args, **options)


class Entry(models.Model):
    """Who did what to which object, when; ids and facts, never content.

    ``id`` counts without gaps. ``actor`` and ``object_id`` are plain ids without a foreign key: the
    line outlives what it names. ``subject`` is whose data it was, where that is a person: they can
    read who looked. ``seal`` is the HMAC that chains each line to the one before it.
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

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["actor", "at"], name="trail_actor"),
            models.Index(fields=["object_id", "at"], name="trail_object"),
            models.Index(fields=["subject", "at"], name="trail_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_kind}"

    def save(self, **options: Any) -> None:
        """Add the line, once and sealed; refuse everything else."""
        if not self._state.adding or not self.seal:
            raise NeverChanged
        super().save(**{**options, "force_insert": True})

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise NeverChanged


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


class Verdict(models.Model):
    """What a walk along the whole chain found, and when; the newest one is shown."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    whole = models.BooleanField()
    lines = models.BigIntegerField()
    wrong = models.BigIntegerField(null=True)
    says = models.CharField(max_length=400)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.says
