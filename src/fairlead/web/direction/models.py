"""What a person says about their own direction; every row has one owner and no other reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils import timezone

from fairlead.core.direction_answers import SECTIONS
from fairlead.web.vault.fields import SealedJSON, SealedText
from fairlead.web.vault.owned import Owned
from fairlead.web.vault.private import Private

if TYPE_CHECKING:
    from uuid import UUID

STANDS_FOR: Final = timedelta(days=180)
"""After this what somebody said about their direction is history and describes nobody (row 47)."""

TITLES: Final = {
    "why": "Why I work",
    "values": "Values",
    "energy": "Energy",
    "passions": "Passions",
    "strengths": "Strengths",
    "frustrations": "Frustrations",
    "motives": "Motives",
    "skills": "Two sides of skill",
    "next_level": "The next level",
    "tracks": "Tracks",
}
"""What each section is called on a screen."""


class Sitting(Owned):
    """One section of direction as somebody answered it at one time; saved at each step.

    ``content`` is the section's part of ``core.direction_answers`` as plain data. One sitting per
    section can be open; finished ones stay, and no later day changes them. ``instrument`` and
    ``version`` name the questionnaire where one was used, ``language`` the one it was asked in.
    """

    section = models.CharField(max_length=16, choices=[(name, TITLES[name]) for name in SECTIONS])
    language = models.CharField(max_length=2, choices=[("en", "English"), ("de", "Deutsch")], default="en")
    instrument = models.CharField(max_length=64, blank=True)
    version = models.CharField(max_length=32, blank=True)
    content = SealedJSON(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "section"],
                condition=models.Q(finished_at=None),
                name="one_open_sitting_per_section",
            ),
        ]

    def __str__(self) -> str:
        return TITLES[self.section]

    @property
    def is_finished(self) -> bool:
        """Whether the person is done with it."""
        return self.finished_at is not None

    @property
    def finished_on(self) -> date | None:
        """The day on which the person was done with it."""
        return timezone.localdate(self.finished_at) if self.finished_at else None

    @property
    def stands_until(self) -> date | None:
        """The last day on which it describes anybody."""
        return self.finished_on + STANDS_FOR if self.finished_on else None

    @property
    def is_history(self) -> bool:
        """Whether its time is over (row 47)."""
        return self.stands_until is not None and timezone.localdate() > self.stands_until


class PromotionGoal(Owned):
    """The goal to be promoted, which is opened with its written Why or not at all (row 63)."""

    text = SealedText(max_length=300)
    why = SealedText(max_length=2000)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    closed_because = SealedText(max_length=500, blank=True)

    class Meta:
        ordering = ["-opened_on", "-made_at"]

    def __str__(self) -> str:
        return self.text


class Offer(Owned):
    """An offer that came, with time to think: before ``think_until`` it asks for no answer (row 9)."""

    class Decision(models.TextChoices):
        OPEN = "", "not decided"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        POSTPONED = "postponed", "put off"

    title = SealedText(max_length=200)
    from_whom = SealedText(max_length=200, blank=True)
    came_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True)
    think_until = models.DateField()
    notes = SealedText(max_length=4000, blank=True)
    decision = models.CharField(max_length=10, blank=True, choices=Decision.choices, default=Decision.OPEN)
    decided_on = models.DateField(null=True)
    reasons = SealedText(max_length=4000, blank=True)

    class Meta:
        ordering = ["-came_on", "-made_at"]

    def __str__(self) -> str:
        return self.title


class OfferPart(Private):
    """What belongs to one offer."""

    seen_through = ("offer__owner",)

    class Meta(Private.Meta):
        abstract = True

    def kept_for(self) -> UUID:
        """Whose offer it is."""
        owner: UUID = self.offer.owner_id  # type: ignore[attr-defined]
        return owner


class OfferPromise(OfferPart):
    """One benefit or burden that was promised with an offer (row 4)."""

    class Kind(models.TextChoices):
        BENEFIT = "benefit", "benefit"
        BURDEN = "burden", "burden"

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = SealedText(max_length=300)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text


class OfferCheck(OfferPart):
    """What came of an offer after some months: ``content`` is promise to yes, partly or no (row 70)."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="checks")
    months = models.PositiveSmallIntegerField(choices=[(3, "3 months"), (6, "6 months"), (12, "12 months")])
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    content = SealedJSON(default=dict)
    note = SealedText(max_length=2000, blank=True)
    satisfaction = SealedJSON(null=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "months"], name="one_check_per_offer_and_month"),
        ]

    def __str__(self) -> str:
        return f"after {self.months} months"


OWNED: Final[tuple[type[Owned], ...]] = (Sitting, PromotionGoal, Offer)
"""Every table of the room that has an owner; what belongs to an offer goes with it."""
