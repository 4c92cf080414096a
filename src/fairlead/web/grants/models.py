"""Which role somebody holds, over what, from when to when, and which two people said so."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from fairlead.web.people.models import Person


class Role(models.TextChoices):
    """Roles that are granted. Self, manager and manager's manager are not: they follow from the roster."""

    COACH = "coach", "Coach or mentor"
    COMMITTEE = "committee", "Promotion committee"
    PEOPLE_OPERATIONS = "people_operations", "People operations"
    EQUALITY_ANALYST = "equality_analyst", "Equality analyst"
    SYSTEM_ADMIN = "system_admin", "System administrator"
    AUDITOR = "auditor", "Auditor"
    WORKS_COUNCIL = "works_council", "Works council"


class Over(models.TextChoices):
    """What a role reaches."""

    ORGANIZATION = "organization", "the organization"
    UNIT = "unit", "one unit"
    ROUND = "round", "one promotion round"
    PERSON = "person", "one person"


class Grant(models.Model):
    """A role somebody holds, or is proposed for; it counts only while it is confirmed, begun and not over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    over = models.CharField(max_length=16, choices=Over.choices, default=Over.ORGANIZATION)
    over_id = models.UUIDField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at"]
        indexes = [models.Index(fields=["person", "role"], name="grant_person_role")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proposed_by=None) | ~models.Q(proposed_by=models.F("person")),
                name="nobody_proposes_themselves",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | models.Q(role=Role.COACH)
                | ~models.Q(confirmed_by=models.F("person")),
                name="nobody_confirms_themselves",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_by=None)
                | models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="a_role_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
