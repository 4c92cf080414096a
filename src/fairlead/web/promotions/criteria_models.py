"""Who of the leadership team signs a framework of criteria: a list that takes two people (rows 121, 122)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from fairlead.web.people.models import Person
from fairlead.web.promotions.models import Numbered


class SigningTeam(Numbered):
    """The list of those who sign, as one person proposed it and another confirmed it.

    The newest that is confirmed and not ended counts. ``ended_at`` says that it was declined, taken back, or
    that a later list took its place.
    """

    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proposed_by=None)
                | models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="a_signing_team_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"Leadership team of {timezone.localtime(self.made_at):%Y-%m-%d}"


class SigningMember(Numbered):
    """That somebody is on such a list."""

    team = models.ForeignKey(SigningTeam, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["person__name", "person"]
        constraints = [
            models.UniqueConstraint(fields=["team", "person"], name="once_on_a_signing_team"),
        ]

    def __str__(self) -> str:
        return str(self.person)
