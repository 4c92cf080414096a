"""The evidence log: what somebody did, who confirms it, what is made of it; all of it the person's own.

It is no development data: by the person's act, and by nothing else, entries go into a promotion case.
"""

from __future__ import annotations

import uuid
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from fairlead.web.people.models import Person
from fairlead.web.vault.fields import SealedBytes, SealedJSON, SealedText
from fairlead.web.vault.owned import Owned
from fairlead.web.vault.private import Private

if TYPE_CHECKING:
    from uuid import UUID

SIGNALS: Final = {
    "mastery": "Mastery in my role",
    "beyond": "An idea or advice beyond my own area",
    "across": "Work in a group across units",
}
"""What points beyond the daily work of a role (row 140)."""


class Accomplishment(Owned):
    """One thing that somebody did: what happened, and what would not have happened without them (row 132).

    ``seen_by`` is who saw it in the person's own words; who confirmed it stands in ``Witness``. ``criteria``
    are ids of criteria of the framework. ``thanks`` are words of thanks from ``thanks_from``. ``source`` is
    the number of what it came from in another room, so that nothing is put down twice (row 96).
    """

    class Origin(models.TextChoices):
        """How it came in."""

        NOTED = "noted", "Noted"
        FRIDAY = "friday", "A Friday message"
        RESULT = "result", "What came of an opportunity"
        THANKS = "thanks", "Thanks received"

    what = SealedText(max_length=1500)
    otherwise = SealedText(max_length=1000, blank=True)
    result = SealedText(max_length=1000, blank=True)
    seen_by = SealedText(max_length=300, blank=True)
    criteria = SealedJSON(default=list)
    signals = SealedJSON(default=list)
    links = SealedJSON(default=list)
    day = models.DateField(default=timezone.localdate)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.NOTED)
    came_from = SealedText(max_length=200, blank=True)
    thanks = SealedText(max_length=1500, blank=True)
    thanks_from = SealedText(max_length=160, blank=True)
    source = models.UUIDField(null=True)
    put_away_on = models.DateField(null=True)

    class Meta:
        ordering = ["-day", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "source"], name="one_accomplishment_of_a_source"),
        ]

    @property
    def title(self) -> str:
        """Its first words."""
        first = shorten(self.what, 90, placeholder="…")
        return first if first != "…" else f"{self.what[:80]}…"

    def __str__(self) -> str:
        return self.title


class Attachment(Owned):
    """A file beside an entry; it is handed back to its owner as it came, and never opened here."""

    entry = models.ForeignKey(Accomplishment, on_delete=models.CASCADE, related_name="files")
    name = SealedText(max_length=120)
    kind = models.CharField(max_length=4, choices=[(one, one) for one in ("pdf", "png", "jpg", "txt")])
    size = models.PositiveIntegerField()
    content = SealedBytes()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name


class Witness(Private):
    """That somebody is asked whether they saw one thing; ``copy`` is that thing alone, as it stood.

    A change of what was shown ends the confirmation. ``copy`` is emptied when the request is over.
    """

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "Asked"
        CONFIRMED = "confirmed", "Saw it"
        NOT_SEEN = "not_seen", "Did not see it"
        CHANGED = "changed", "Ended by a change"
        WITHDRAWN = "withdrawn", "Taken back"
        LAPSED = "lapsed", "Not answered in time"

    seen_through = ("owner", "witness")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    witness = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    entry = models.ForeignKey(Accomplishment, on_delete=models.CASCADE, related_name="witnesses")
    copy = SealedJSON(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField()
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "witness"],
                condition=models.Q(state__in=["asked", "confirmed"]),
                name="one_standing_question_to_a_witness",
            ),
        ]

    def also_for(self) -> tuple[UUID, ...]:
        """Let the witness read what is sealed here: the copy, and nothing else."""
        return (self.witness_id,)

    def __str__(self) -> str:
        return f"Question of {self.asked_on.day} {self.asked_on:%B %Y}"


class Summary(Owned):
    """What somebody makes of a quarter or a year, in versions; the last one is what stands (row 103)."""

    class Kind(models.TextChoices):
        """How long a time it covers."""

        QUARTER = "quarter", "Quarter"
        YEAR = "year", "Year"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(
        default=0, validators=[MinValueValidator(0), MaxValueValidator(4)]
    )
    versions = SealedJSON(default=list)
    changed_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-year", "-quarter", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "year", "quarter"], name="one_summary_of_a_time"),
        ]

    def __str__(self) -> str:
        return f"{ORDINALS[self.quarter]} quarter of {self.year}" if self.quarter else f"Year {self.year}"


ORDINALS: Final = {1: "First", 2: "Second", 3: "Third", 4: "Fourth"}


class Advocacy(Private):
    """That somebody is asked openly whether they want to speak for the person, and what they say (row 97)."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "Asked"
        YES = "yes", "Yes"
        NOT_YET = "not_yet", "Not yet"
        WITHDRAWN = "withdrawn", "Taken back"

    seen_through = ("owner", "advocate")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    advocate = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    aim = SealedText(max_length=200)
    words = SealedText(max_length=1000, blank=True)
    answer = SealedText(max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_on = models.DateField(default=timezone.localdate)
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "advocate"],
                condition=models.Q(state__in=["asked", "yes", "not_yet"]),
                name="one_standing_question_to_an_advocate",
            ),
        ]

    def also_for(self) -> tuple[UUID, ...]:
        """Let the one who is asked read what is sealed here."""
        return (self.advocate_id,)

    def __str__(self) -> str:
        return f"Question of {self.asked_on.day} {self.asked_on:%B %Y}"


class Argument(Owned):
    """What speaks for a step, put together out of the person's evidence (row 98)."""

    title = SealedText(max_length=160)
    claim = SealedText(max_length=1500, blank=True)
    entries = SealedJSON(default=list)
    team_benefit = SealedText(max_length=1500, blank=True)
    open_points = SealedText(max_length=1500, blank=True)
    changed_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-changed_on", "-made_at"]

    def __str__(self) -> str:
        return self.title


class AimedRole(Owned):
    """A role that somebody aims for: whether it exists, and what is known about it (rows 112-115)."""

    class Exists(models.TextChoices):
        """Whether there is such a role."""

        UNKNOWN = "unknown", "I do not know yet"
        EXISTS = "exists", "It exists, and is filled or open"
        TO_BE_CREATED = "to_be_created", "It would have to be created"
        NOWHERE = "nowhere", "Nothing of the kind is in sight here"

    class Known(models.TextChoices):
        """How far headcount or budget is, as far as the person knows."""

        UNKNOWN = "unknown", "I do not know"
        NOT_ASKED = "not_asked", "Not asked for, as far as I know"
        ASKED = "asked", "Asked for"
        AGREED = "agreed", "Agreed, as I was told"
        REFUSED = "refused", "Refused for now"

    title = SealedText(max_length=160)
    exists = models.CharField(max_length=13, choices=Exists.choices, default=Exists.UNKNOWN)
    headcount = models.CharField(max_length=9, choices=Known.choices, default=Known.UNKNOWN)
    budget = models.CharField(max_length=9, choices=Known.choices, default=Known.UNKNOWN)
    planned_on = models.DateField(null=True, blank=True)
    who_decides = SealedText(max_length=200, blank=True)
    notes = SealedText(max_length=1500, blank=True)
    outside = SealedText(max_length=1000, blank=True)
    looked_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.title


OWNED: Final[tuple[type[Owned], ...]] = (Attachment, Accomplishment, Summary, Argument, AimedRole)
"""Every table of the room whose rows have one owner."""
