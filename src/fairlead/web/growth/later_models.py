"""What the coach's space and the plan on one page need beside the tables of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils import timezone

from fairlead.web.growth.models import CoachNote
from fairlead.web.people.models import Person
from fairlead.web.vault.fields import SealedJSON, SealedText
from fairlead.web.vault.owned import Owned

if TYPE_CHECKING:
    from uuid import UUID

VERSIONS_KEPT: Final = 5
"""How many earlier states of a plan can be gone back to."""


class CoachTalk(Owned):
    """What somebody wants to talk about with their coach next; they write it, the coach reads it (row 64)."""

    seen_through = ("owner", "coach")

    coach = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    day = models.DateField(null=True, blank=True)
    agenda = SealedText(max_length=3000, blank=True)
    changed_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "coach"], name="one_next_talk_of_two")]

    def also_for(self) -> tuple[UUID, ...]:
        """Let the coach read what is sealed here."""
        return (self.coach_id,)

    def __str__(self) -> str:
        return "Next talk"


class ShownNote(Owned):
    """A copy of one note that a coach shows to the person it is about; the note itself stays the coach's."""

    seen_through = ("owner", "person")

    note = models.OneToOneField(CoachNote, on_delete=models.CASCADE, related_name="shown")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    text = SealedText(max_length=4000)
    day = models.DateField()

    class Meta:
        ordering = ["-day", "-made_at"]

    def also_for(self) -> tuple[UUID, ...]:
        """Let the person it is about read what is sealed here."""
        return (self.person_id,)

    def __str__(self) -> str:
        return f"Note of {self.day.day} {self.day:%B %Y}"


class Plan(Owned):
    """What the years of a plan have in common: from where, to where, when it is looked at again (row 68).

    ``earlier`` holds what stood there before, the newest last, so that a change can be undone.
    """

    start = SealedText(max_length=300, blank=True)
    aim = SealedText(max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(default=timezone.localdate)
    earlier = SealedJSON(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_plan_per_person")]

    def __str__(self) -> str:
        return "My plan"


LATER_OWNED: Final[tuple[type[Owned], ...]] = (CoachTalk, ShownNote, Plan)
"""Tables of this file; each row has one owner."""
