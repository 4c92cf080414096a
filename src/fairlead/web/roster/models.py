"""Units, positions by date, long leave, imports that can be undone, invitations."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from fairlead.core.work import Track, label
from fairlead.web.people.models import Person

if TYPE_CHECKING:
    from datetime import date


class Unit(models.Model):
    """A part of the organization, named as the roster names it; inside another one, or at the top."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PositionQuerySet(models.QuerySet["Position"]):
    """Positions, by day."""

    def on(self, day: date) -> PositionQuerySet:
        """Give the positions that hold on a day; a person has at most one."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=day), since__lte=day)

    def standing(self) -> PositionQuerySet:
        """Give the positions without an end."""
        return self.filter(until=None)


class Position(models.Model):
    """What one person is from one day to another: unit, manager, title, level, track.

    ``since`` is the first day, ``until`` the first day on which it no longer holds. A change of any
    of these ends one row and begins another, so that every past day can be asked who reported to
    whom. Somebody who left has no standing position.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    manager = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="leads_positions"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=160, blank=True)
    level = models.CharField(max_length=40, blank=True)
    track = models.CharField(max_length=40, blank=True, choices=[(t.value, label(t)) for t in Track])

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="one_standing_position"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="position_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(manager=None) | ~models.Q(manager=models.F("person")),
                name="nobody_reports_to_themselves",
            ),
        ]
        indexes = [models.Index(fields=["manager", "until"], name="position_manager")]

    def __str__(self) -> str:
        return self.title or "Position"


class LongLeave(models.Model):
    """Days on which somebody is away for long; never why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="long_leaves")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["person", "since"], name="one_leave_per_first_day"),
        ]

    def __str__(self) -> str:
        return f"Away from {self.since:%Y-%m-%d}"


class RosterImport(models.Model):
    """One file of people: first a preview, then done in one transaction, and undone if it was wrong.

    ``rows`` and ``plan`` hold what was read and what it would do while it waits for a yes;
    ``before`` holds what the last import replaced, until it can no longer be undone.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", "waits for your yes"
        DONE = "done", "imported"
        DROPPED = "dropped", "dropped"
        UNDONE = "undone", "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREVIEW)
    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict)
    complete = models.BooleanField(default=False)
    rows: models.JSONField[Any, Any] = models.JSONField(null=True)
    plan: models.JSONField[Any, Any] = models.JSONField(default=dict)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file


class Invitation(models.Model):
    """A link by mail with which somebody in the roster makes their account; kept as a hash, used once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    email = models.EmailField()
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Invitation of {self.made_at:%Y-%m-%d}"
