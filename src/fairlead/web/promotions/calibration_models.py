"""That a rater was told first how strict their own ratings were, before the committee reads it."""

from __future__ import annotations

from django.db import models

from fairlead.web.people.models import Person
from fairlead.web.promotions.models import Numbered, Round


class SeverityTold(Numbered):
    """That one rater of a round can read how their ratings compare, since ``made_at``; and that they did.

    Of the newest look at the ratings: when they are put on one scale anew, all begin to read anew.

    Nothing of the reading itself stands here: it is in ``case_models.Calibration``. The committee reads
    severities when all raters have confirmed or their time is over (``calibration.opens``).
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="told")
    rater = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "rater"], name="one_telling_of_a_rater"),
        ]

    def __str__(self) -> str:
        return f"Told on {self.made_at:%Y-%m-%d}"
