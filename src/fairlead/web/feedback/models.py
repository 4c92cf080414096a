"""Surveys, who is asked, and what was released; the ballots themselves lie in the vault."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db import models
from django.utils import timezone

from fairlead.core.ballots import FLOOR
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Unit
from fairlead.web.vault.fields import SealedText
from fairlead.web.vault.private import Private

OPEN: Final = "open"
USED: Final = "used"
"""What a seat says of its ballot: two words of one length, so that the sealed ones do not differ."""


class OwnInstrument(models.Model):
    """A questionnaire that the organization wrote; its text stays as it was uploaded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    name = models.CharField(max_length=48)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    asks = models.CharField(max_length=8)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title", "-made_at"]

    def __str__(self) -> str:
        return self.title


class Survey(models.Model):
    """One asking: of whom, about what, until when, and by which rules.

    From ``frozen_at`` on nothing of it changes but its state: the questionnaire's text, the
    organization as it stood that day, the least number of people and the lens are kept here, and
    ``terms`` is their fingerprint. ``about`` is the one person asked about, where there is one;
    ``unit`` the part of the organization that is asked, or nothing for all of it.
    """

    class Kind(models.TextChoices):
        UPWARD = "upward", "each team about its manager"
        ROLE = "role", "colleagues about one person's work"
        PULSE = "pulse", "a pulse"

    class State(models.TextChoices):
        DRAFT = "draft", "being prepared"
        FROZEN = "frozen", "fixed, not open yet"
        OPEN = "open", "open"
        CLOSED = "closed", "closed, being counted"
        RELEASED = "released", "released"
        HELD = "held", "nothing could be released"
        CANCELLED = "cancelled", "cancelled, every answer destroyed unread"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=120)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    about = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=48)
    instrument_version = models.CharField(max_length=20, blank=True)
    instrument_digest = models.CharField(max_length=64, blank=True)
    instrument_text = models.TextField(blank=True)
    family = models.CharField(max_length=160, blank=True)
    k = models.PositiveSmallIntegerField(default=FLOOR)
    lens = models.CharField(max_length=16, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    organization: models.JSONField[Any, Any] = models.JSONField(null=True)
    terms = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="survey_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=models.Q(k__gte=FLOOR), name="survey_keeps_the_floor"),
        ]

    def __str__(self) -> str:
        return self.title


class Seat(Private):
    """That one person is asked in one survey, for which team, and whether their one ballot is used.

    Nobody else reads it, in no role. It holds no time and nothing of the answer; ``used`` is sealed
    and is ``OPEN`` or ``USED``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    team = models.CharField(max_length=36, blank=True)
    lens = SealedText(max_length=40)
    used = SealedText(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "owner"], name="one_seat_each")]

    def __str__(self) -> str:
        return "Seat"


class Release(models.Model):
    """What of a survey may ever be seen, once and for all; ``content`` is sealed by the house.

    ``verdict`` is what the gate found, for auditors and the works council; it holds no figure.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    verdict: models.JSONField[Any, Any] = models.JSONField(default=dict)
    content = models.TextField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Release of {self.made_at:%Y-%m-%d}"


class Report(models.Model):
    """One group's part of a release: whoever may read it reads all of it but the comments.

    ``reach`` says whose answers: a team's about or under ``about``, the ``organization`` of smaller
    teams below ``about``, or the ``whole`` (``about`` is empty then). ``figures``, ``comments`` (those
    that may be read word for word by whom it is about) and ``others_comments`` (those for people
    operations) are sealed by the house.
    """

    class Reach(models.TextChoices):
        TEAM = "team", "the team"
        ORGANIZATION = "organization", "everybody below"
        WHOLE = "whole", "everybody"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    reach = models.CharField(max_length=12, choices=Reach.choices)
    figures = models.TextField()
    comments = models.TextField(blank=True)
    others_comments = models.TextField(blank=True)
    shown_to_team_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["survey", "reach"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "about", "reach"], name="one_report_a_group"),
            models.UniqueConstraint(
                fields=["survey"], condition=models.Q(about=None), name="one_report_of_everybody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, {self.get_reach_display()}"


class Theme(models.Model):
    """What people operations put into other words out of comments whose authors wanted that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="themes")
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    text = models.TextField()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "Theme"
