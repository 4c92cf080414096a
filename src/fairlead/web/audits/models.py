"""What a person keeps about their own role; every row has one owner and no other reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils import timezone

from fairlead.core.work import HighPayoff, Kind, label
from fairlead.web.runs.models import Run
from fairlead.web.vault.fields import SealedBytes, SealedJSON, SealedText
from fairlead.web.vault.owned import Owned
from fairlead.web.vault.private import Private

if TYPE_CHECKING:
    from uuid import UUID

TITLES_KEPT_FOR: Final = timedelta(days=7)
"""How long titles of unclear events may stay, at most, when the person chose to keep them."""

READING_STANDS_FOR: Final = timedelta(days=90)
"""After this a reading is history and no description any more (row 47)."""

SORTABLE: Final = (Kind.LEADING, Kind.MANAGING, Kind.DOING, Kind.FIREFIGHTING, Kind.RECOVERY)
"""What a person can call an event; unclear is what is left."""


AREAS: Final = [*((a.value, label(a)) for a in HighPayoff), ("own", "My own")]
"""The five preset areas of high payoff, and the person's own."""


class CalendarImport(Owned):
    """One upload: the occurrences without titles, addresses or names, and how it was read.

    ``table`` holds the columns of ``core.tables.Meetings`` and ``placed`` what the rules said while
    the titles were still there. ``titles`` exists only where the person chose to keep the titles of
    unclear events, and only until ``titles_until``. ``weeks`` holds the totals of an export that
    knows no single events.
    """

    digest = models.CharField(max_length=64)
    names = SealedJSON(default=list)
    options = SealedJSON(default=dict)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    events = models.PositiveIntegerField(default=0)
    table = SealedBytes(null=True)
    placed = SealedBytes(null=True)
    titles = SealedBytes(null=True)
    titles_until = models.DateTimeField(null=True)
    weeks = SealedJSON(null=True)
    notes = SealedJSON(default=list)
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return ", ".join(self.names)

    @property
    def titles_stand(self) -> bool:
        """Whether titles of unclear events are still here."""
        return (
            self.titles is not None and self.titles_until is not None and self.titles_until > timezone.now()
        )


class Reading(Owned):
    """One role audit as it was on its day; the result and its figures stand on the run that made it."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="+")
    calendar = models.ForeignKey(CalendarImport, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()
    role_title = models.CharField(max_length=200, blank=True)
    line = SealedJSON(default=dict)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Reading of {self.made_on.day} {self.made_on:%B %Y}"

    @property
    def stands_until(self) -> date:
        """The last day on which this reading describes anything."""
        return self.made_on + READING_STANDS_FOR

    @property
    def is_history(self) -> bool:
        """Whether the reading has expired (row 47)."""
        return timezone.localdate() > self.stands_until


class SortingSalt(Owned):
    """Half of the key behind the fingerprints of own rules; the other half is the installation's secret.

    Whoever has a copy of the database alone can neither read a title from a fingerprint nor test a
    guess; when this row goes, the fingerprints mean nothing to anybody.
    """

    salt = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_salt_per_person")]

    def __str__(self) -> str:
        return "Salt"


class OwnRule(Owned):
    """What the person says a series, or a title, is; holds for the past and for every later calendar."""

    about = models.CharField(max_length=8, choices=[("series", "series"), ("title", "title")])
    match = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=[(k.value, label(k)) for k in SORTABLE])
    competency = models.CharField(max_length=32, blank=True)
    high_payoff = models.CharField(max_length=120, blank=True)
    says = SealedText(max_length=200)
    events = models.PositiveIntegerField(default=0)
    hours = models.FloatField(default=0)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "about", "match"], name="one_own_rule_per_series"),
        ]

    def __str__(self) -> str:
        return f"{self.says}: {label(self.kind)}"


class AnswerSheet(Owned):
    """One person's answers to one questionnaire, saved at each step."""

    instrument = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64)
    values = SealedJSON(default=dict)
    texts = SealedJSON(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "instrument"],
                condition=models.Q(finished_at=None),
                name="one_open_sheet_per_questionnaire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.version}"

    @property
    def is_finished(self) -> bool:
        """Whether the person has handed it in to themselves."""
        return self.finished_at is not None


class OwnProfile(Owned):
    """A role profile the person wrote, uploaded or read out of a job description."""

    title = SealedText(max_length=200)
    source = models.CharField(max_length=16, choices=[("own", "own"), ("description", "description")])
    profile = SealedJSON()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title


class Remembered(Owned):
    """What the upload form may fill in next time, kept only because the person asked for it."""

    values = SealedJSON(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="one_memory_per_person"),
        ]

    def __str__(self) -> str:
        return "Remembered for the next calendar"


class HighPayoffEntry(Owned):
    """Something done now that saves trouble later, treated as an investment (rows 37-42)."""

    area = models.CharField(
        max_length=64, choices=[*((a.value, label(a)) for a in HighPayoff), ("own", "My own")]
    )
    name = SealedText(max_length=120)
    saves = SealedText(max_length=300, blank=True)
    people = SealedText(max_length=200, blank=True)
    words = SealedText(max_length=200, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name


class Procedure(Owned):
    """One entry of the procedure register (row 154)."""

    name = SealedText(max_length=120)
    brings = SealedText(max_length=300, blank=True)
    kept_at = SealedText(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name


class Resolution(Owned):
    """The dated decision to move (row 34); its weeks are ticked one by one (row 21)."""

    text = SealedText(max_length=500)
    decided_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-decided_on", "-made_at"]

    def __str__(self) -> str:
        return self.text


OWNED: Final[tuple[type[Owned], ...]] = (
    Reading,
    CalendarImport,
    SortingSalt,
    OwnRule,
    AnswerSheet,
    OwnProfile,
    Remembered,
    HighPayoffEntry,
    Procedure,
    Resolution,
)
"""Every table of the room that has an owner; ticks go with their decision."""


class WeekTick(Private):
    """One week of the way out in which the person did what they had decided."""

    seen_through = ("resolution__owner",)

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="ticks")
    monday = models.DateField()
    note = SealedText(max_length=300, blank=True)

    class Meta:
        ordering = ["monday"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "monday"], name="one_tick_per_week"),
        ]

    def kept_for(self) -> UUID:
        """Whose decision it is."""
        return self.resolution.owner_id

    def __str__(self) -> str:
        return f"week of {self.monday:%d %B %Y}"
