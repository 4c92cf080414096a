"""What lies behind the second wall: nobody but its owner reads it, in no role, until the house moves it."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils import timezone

from fairlead.web.promotions.case_models import PeerInput, RaterAssignment
from fairlead.web.promotions.models import Nomination
from fairlead.web.vault.fields import SealedJSON, SealedText
from fairlead.web.vault.owned import Owned


class SealedRating(Owned):
    """What a rater says about one criterion before calibration: nobody else reads it, the chair neither.

    ``content`` holds ``score`` (or nothing: cannot say), ``rests_on`` and ``words``. When calibration begins
    the house moves all of them at once to ``case_models.Rating``; then none is left here.
    """

    assignment = models.ForeignKey(
        RaterAssignment, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    criterion = models.CharField(max_length=64)
    content = SealedJSON(default=dict)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="one_sealed_rating_a_criterion"),
        ]

    def __str__(self) -> str:
        return "Rating"


class CommitteeVote(Owned):
    """A committee member's own vote and notes on a case; the house counts votes, and nobody reads them."""

    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    vote = SealedText(max_length=40, blank=True)
    notes = SealedText(max_length=4000, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at"]
        constraints = [models.UniqueConstraint(fields=["owner", "nomination"], name="one_vote_each")]

    def __str__(self) -> str:
        return "Vote"


class PeerWords(Owned):
    """What a colleague wrote about a case; it goes with its author, and is read as they were told."""

    input = models.OneToOneField(PeerInput, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    text = SealedText(max_length=3000)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "Words of a colleague"


class SelfStatement(Owned):
    """What somebody says about their own sex, origin and the like, if they want to; nothing is filled in.

    Only its owner reads it, and the calculation of impact tables uses it (duty ``equality``).
    """

    content = SealedJSON(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_statement_about_oneself")]

    def __str__(self) -> str:
        return "Statement about oneself"


OWNED: Final[tuple[type[Owned], ...]] = (SealedRating, CommitteeVote, PeerWords, SelfStatement)
"""Every table of the room in the vault."""
