"""Whether somebody wants mail about rounds, and when they last got one."""

from __future__ import annotations

from django.db import models

from fairlead.web.people.models import Person
from fairlead.web.promotions.models import Numbered


class RoundMail(Numbered):
    """Mail about rounds for one person: at most one a day, none where they switched it off.

    ``sent_on`` is the day of the last one; ``due`` says that something came up since, for another day.
    Nothing of what it was about stands here.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    wanted = models.BooleanField(default=True)
    sent_on = models.DateField(null=True)
    due = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "Mail about rounds"
