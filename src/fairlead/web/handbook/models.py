"""What people of the organization add to the handbook: tips, ideas, and the values it states."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db import models
from django.utils import timezone

from fairlead.web.people.models import Person
from fairlead.web.roster.models import Unit

TIP_CHARACTERS: Final = 1200
IDEA_CHARACTERS: Final = 2000
ANSWER_CHARACTERS: Final = 1000
REASON_CHARACTERS: Final = 400


class Tip(models.Model):
    """What somebody advises under one page of the handbook; read by nobody else until it is published.

    It keeps days and no times, so that nobody puts a time and a person together. ``author`` is kept
    so that they read the answer and can take it back; where ``name_shown`` is false no page shows it
    to anybody, and the record holds no line that names them. ``suggestion`` is another wording that
    waits for the author's yes.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be read"
        SUGGESTED = "suggested", "waiting for your yes to another wording"
        PUBLISHED = "published", "published"
        DECLINED = "declined", "not published"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    page = models.CharField(max_length=48)
    text = models.TextField(max_length=TIP_CHARACTERS)
    name_shown = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    suggestion = models.TextField(max_length=TIP_CHARACTERS, blank=True)
    reason = models.CharField(max_length=REASON_CHARACTERS, blank=True)
    written_on = models.DateField(default=timezone.localdate, editable=False)
    moderated_on = models.DateField(null=True)
    moderated_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-written_on", "id"]

    def __str__(self) -> str:
        return "Tip"


class Idea(models.Model):
    """What one unit found and another may try: what it is, what it did; always under a name.

    ``from_unit`` is the author's unit on the day it was written. ``for_units`` holds the numbers of the
    units it is meant for (none where it is for all); everybody in the chart reads it.
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        CLOSED = "closed", "no longer offered"
        HIDDEN = "hidden", "taken away by people operations"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=IDEA_CHARACTERS)
    effect = models.TextField(max_length=IDEA_CHARACTERS)
    from_unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    for_units: models.JSONField[Any, Any] = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=REASON_CHARACTERS, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return "Idea"


class IdeaAnswer(models.Model):
    """What somebody says to an idea, or what came of it where they tried it."""

    class Tried(models.TextChoices):
        NOT = "", "We have not tried it"
        WORKED = "worked", "We tried it, and it worked"
        PARTLY = "partly", "We tried it, and it worked in part"
        NO = "no", "We tried it, and it did not work here"

    class State(models.TextChoices):
        SHOWN = "shown", "shown"
        HIDDEN = "hidden", "taken away by people operations"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    from_unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=ANSWER_CHARACTERS)
    tried = models.CharField(max_length=6, choices=Tried.choices, blank=True, default=Tried.NOT)
    state = models.CharField(max_length=6, choices=State.choices, default=State.SHOWN)
    reason = models.CharField(max_length=REASON_CHARACTERS, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "Answer"


class Notice(models.Model):
    """That somebody asks people operations to look at a tip, an idea or an answer.

    ``by`` is shown to nobody and goes when people operations have answered; ``taken_away`` says how.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    tip = models.ForeignKey(Tip, null=True, on_delete=models.CASCADE, related_name="notices")
    idea = models.ForeignKey(Idea, null=True, on_delete=models.CASCADE, related_name="notices")
    answer = models.ForeignKey(IdeaAnswer, null=True, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=REASON_CHARACTERS)
    made_on = models.DateField(default=timezone.localdate, editable=False)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_away = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tip__isnull=False, idea=None, answer=None)
                | models.Q(tip=None, idea__isnull=False, answer=None)
                | models.Q(tip=None, idea=None, answer__isnull=False),
                name="a_notice_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return "Notice"


class UnitFollow(models.Model):
    """That somebody wants to hear of the ideas of one unit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "unit"], name="followed_once")]

    def __str__(self) -> str:
        return "Unit followed"


class StatedValues(models.Model):
    """What the organization says it values, as it stood from one day on.

    ``content`` is a list of ``{"name", "says", "values"}``; ``values`` are among the six work values.
    Without ``published_on`` it is a draft that people operations alone read; the newest published one
    stands, the ones before it are kept as what stood then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content: models.JSONField[Any, Any] = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_on = models.DateField(default=timezone.localdate, editable=False)
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ["-published_on", "-written_on"]

    def __str__(self) -> str:
        return "Stated values"
