"""What people said and decided about a case: raters, ratings once they are open, input, decision, reply."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.db import models

from fairlead.web.people.models import Person
from fairlead.web.promotions.models import Nomination, Numbered, Recusal, Round
from fairlead.web.vault.house_fields import HouseJSON, HouseText

RESTS_ON: Final = [
    ("seen", "I saw it myself"),
    ("artefact", "A piece of work that I looked at"),
    ("heard", "I heard of it"),
    ("impression", "An impression"),
]
"""What a rating rests on: the words of ``core.confidence_flags.BASES``."""


class RaterAssignment(Numbered):
    """That one member of the committee rates one case; how far they are, without what they say.

    ``read_at`` is when they first opened the evidence, ``handed_in_at`` when their ratings were final.
    An assignment that was ended keeps its reason. What was rated under it is destroyed, unless ratings were
    open by then: those of somebody recused later stay readable, struck out, and count nowhere.
    """

    class Ended(models.TextChoices):
        RECUSED = "recused", "has no part in this case"
        LEFT = "left", "left the committee"
        REASSIGNED = "reassigned", "somebody else rates"
        NOT_RATED = "not_rated", "did not rate in time"
        CASE_OVER = "case_over", "the case ended"

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="assignments")
    rater = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=Ended.choices, blank=True)

    class Meta:
        ordering = ["nomination", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "rater"],
                condition=models.Q(ended_at=None),
                name="one_assignment_of_a_rater_in_a_case",
            ),
        ]

    def __str__(self) -> str:
        return "Assignment"


class Rating(Numbered):
    """What one rater said about one criterion, moved here out of the vault when calibration began.

    ``score`` is empty where they could not say. ``score`` is what stands now; what was given first and each
    change with its reason is in ``RatingChange``.
    """

    assignment = models.ForeignKey(RaterAssignment, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.CharField(max_length=64)
    score = models.PositiveSmallIntegerField(null=True)
    rests_on = models.CharField(max_length=12, choices=RESTS_ON, blank=True)
    words = HouseText(max_length=2000, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["assignment", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="one_rating_a_criterion"),
        ]

    def __str__(self) -> str:
        return "Rating"


class RatingChange(Numbered):
    """One change of a rating in calibration, by the rater who gave it: before, after, and why."""

    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="changes")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)
    reason = HouseText(max_length=1000)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Change of {self.made_at:%Y-%m-%d}"


class Calibration(Numbered):
    """One look at all ratings of a round with how strict each rater was.

    ``content`` is a core result as JSON; people stand in it by their numbers, never by name.
    ``ratings_sha256`` says of which ratings: after a change another one is made. ``run`` is the number of the
    run that made it. ``was_open`` says that the committee read it when a newer one was made: it goes on
    reading it until every rater has read the newer one.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="calibrations")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    run = models.UUIDField(null=True)
    method = models.CharField(max_length=120)
    ratings_sha256 = models.CharField(max_length=64)
    content = HouseJSON(default=dict)
    was_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Calibration of {self.made_at:%Y-%m-%d}"


class CalibrationNote(Numbered):
    """What the committee noted about a case while it talked, under a name, and when it was changed."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = HouseText(max_length=2000)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Note of {self.made_at:%Y-%m-%d}"


class PeerInput(Numbered):
    """That a colleague was asked about a case, in which form it will be read, and what came of it (row 100).

    The words lie in the vault (``apart_models.PeerWords``) and are its author's. ``form`` is what the author
    was told before writing and never changes. ``leaning`` is the author's own word for it: a voice against
    is visible to the sponsor and can be answered. ``left_open`` says that ``answer`` is no answer to it but
    the chair's reason why there is none. ``voice`` is the number under which readers find what was said: it
    stands nowhere beside the author, so that whoever asked cannot tell by it who said what.
    """

    class Form(models.TextChoices):
        NAMED = "named", "with its author’s name"
        SUMMARIZED = "summarized", "as a summary without the name"

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        WRITTEN = "written", "written"
        DECLINED = "declined", "did not want to"
        WITHDRAWN = "withdrawn", "taken back"

    class Leaning(models.TextChoices):
        FOR = "for", "speaks for it"
        MIXED = "mixed", "sees both sides"
        AGAINST = "against", "speaks against it"

    voice = models.UUIDField(default=uuid4, unique=True, editable=False)
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="inputs")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    form = models.CharField(max_length=12, choices=Form.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    leaning = models.CharField(max_length=8, choices=Leaning.choices, blank=True)
    written_at = models.DateTimeField(null=True)
    summary = HouseText(max_length=2000, blank=True)
    summary_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = HouseText(max_length=2000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    left_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "author"], name="one_input_of_a_colleague"),
        ]

    def __str__(self) -> str:
        return "Input of a colleague"


class VoteTally(Numbered):
    """How a committee stood on a case when its vote was closed: counts alone."""

    nomination = models.OneToOneField(Nomination, on_delete=models.CASCADE, related_name="tally")
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    for_it = models.PositiveSmallIntegerField(default=0)
    against_it = models.PositiveSmallIntegerField(default=0)
    not_sure = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "Tally"


class Decision(Numbered):
    """What a named person decided about a case, and why; the candidate reads both.

    ``calibration`` is the look at the ratings that lay before them. ``by_name`` stays when the person's
    entry goes. ``earlier`` holds what it said before it was changed, the oldest first, each with its outcome,
    its reasons and the moment until which it stood; ``changed_at`` is the last of them.
    """

    class Outcome(models.TextChoices):
        PROMOTED = "promoted", "Promoted"
        NOT_NOW = "not_now", "Not in this round"
        NO_OPENING = "no_opening", "The criteria are met; there is no opening for it"

    nomination = models.OneToOneField(Nomination, on_delete=models.CASCADE, related_name="decision")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = HouseText(max_length=6000)
    calibration = models.ForeignKey(Calibration, null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True)
    earlier = HouseJSON(default=list)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Decision of {self.made_at:%Y-%m-%d}"


class UndoneDecision(Numbered):
    """A decision that was undone before anybody was told it, because somebody should have had no part in it.

    It stays as it was written, struck out, beside the one that was made anew; ``recusal`` says why.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="undone_decisions")
    recusal = models.ForeignKey(Recusal, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    outcome = models.CharField(max_length=12, choices=Decision.Outcome.choices)
    reasons = HouseText(max_length=6000)
    earlier = HouseJSON(default=list)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Undone decision of {self.decided_at:%Y-%m-%d}"


class CounterStatement(Numbered):
    """What the candidate says to a decision, or to one rating; it stays beside it as long as it is kept."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="counter_statements")
    rating = models.ForeignKey(Rating, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    text = HouseText(max_length=4000)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Statement of {self.made_at:%Y-%m-%d}"


class NextStep(Numbered):
    """What is done next with somebody who was not promoted: what, who sees to it, by when."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="next_steps")
    text = HouseText(max_length=1000)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "made_at"]

    def __str__(self) -> str:
        return f"Next step until {self.due:%Y-%m-%d}"
