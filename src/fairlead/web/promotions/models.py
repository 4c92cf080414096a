"""Frameworks as they were signed, rounds with what was frozen at their opening, cases and their evidence.

What a rater says before calibration, what a committee member notes for themselves, and what somebody
states about themselves lie in the vault (``apart_models``); what came of it stands in ``case_models``.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from fairlead.core.work import Track, label
from fairlead.web.people.models import Person
from fairlead.web.promotions.states import CASE_WORDS, ROUND_WORDS, CaseState, RoundState
from fairlead.web.roster.models import Unit
from fairlead.web.vault.house_fields import HouseJSON, HouseText

TRACKS: Final = [(str(track), label(track)) for track in Track]
"""The tracks that a framework can have, in the order in which they always stand; none is higher (row 188)."""


class Numbered(models.Model):
    """A row named by a number nobody can guess."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class FrameworkVersion(Numbered):
    """A framework in one version: a draft, signed by the leadership team, or retired (rows 121, 122).

    ``content`` is ``dataclasses.asdict`` of a ``core.framework.Framework`` and ``sha256`` its
    ``core.framework.digest``; once it is signed neither changes. ``follows`` is the version that stood when
    it was begun, to show what is different. A draft that waits for the leadership team has ``asked_at``; any
    change takes it back. ``notes`` say how a file was taken over, ``before`` is the content before the last
    change of a draft, to undo it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SIGNED = "signed", "Signed"
        RETIRED = "retired", "No longer used"

    framework = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    content: models.JSONField[Any, Any] = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    notes: models.JSONField[Any, Any] = models.JSONField(default=list)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)

    class Meta:
        ordering = ["framework", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "version"], name="one_framework_of_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class FrameworkSignature(Numbered):
    """What one member of the leadership team says of a version: of exactly the content with this hash.

    ``words`` say why not; they are for the leadership team and people operations, until all have signed.
    """

    class Answer(models.TextChoices):
        SIGNED = "signed", "Signed"
        REFUSED = "refused", "Not signed"

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=160, blank=True)
    sha256 = models.CharField(max_length=64)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.SIGNED)
    words = HouseText(max_length=1000, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="one_signature_each"),
        ]

    def __str__(self) -> str:
        return f"Signature of {self.made_at:%Y-%m-%d}"


class Round(Numbered):
    """One promotion round, from its draft to its end; ``states`` says which step follows which.

    ``dates`` names the last day of each phase, ``policy`` the rules (see ``terms.Policy``). At the opening
    everything that the round stands on is written into ``frozen`` and ``terms`` is its fingerprint:
    framework, openings, dates, committee, policy. None of it changes afterwards. ``early`` says of each phase
    that ended before its announced last day when that was and why, for everybody who reads the round.
    """

    title = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=ROUND_WORDS, default=RoundState.DRAFT)
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="rounds")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(null=True)
    dates: models.JSONField[Any, Any] = models.JSONField(default=dict)
    policy: models.JSONField[Any, Any] = models.JSONField(default=dict)
    frozen: models.JSONField[Any, Any] = models.JSONField(null=True)
    terms = models.CharField(max_length=64, blank=True)
    assignment_seed = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    cancelled_because = models.TextField(max_length=1000, blank=True)
    early: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title


class Opening(Numbered):
    """A role that can be filled: it exists or is to be created, with headcount and budget (rows 112-114).

    ``round`` is the round that fills it, empty while it is only planned. ``planned_for`` is its place in the
    planning calendar.
    """

    class Budget(models.TextChoices):
        AGREED = "agreed", "Budget agreed"
        ASKED = "asked", "Budget asked for"
        NOT_ASKED = "not_asked", "Budget not asked for yet"

    class Exists(models.TextChoices):
        EXISTS = "exists", "The role exists"
        TO_BE_CREATED = "to_be_created", "The role is to be created"

    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.CASCADE, related_name="openings")
    title = models.CharField(max_length=120)
    track = models.CharField(max_length=40, choices=TRACKS)
    level = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    headcount = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    budget = models.CharField(max_length=12, choices=Budget.choices, default=Budget.NOT_ASKED)
    exists = models.CharField(max_length=16, choices=Exists.choices, default=Exists.EXISTS)
    planned_for = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["made_at", "title"]

    def __str__(self) -> str:
        return self.title


class CommitteeSeat(Numbered):
    """That somebody sits in the committee of a round, and what they said about conflicts of interest.

    ``conflict`` is empty until they have said something, "none" or in their words. ``ended_at`` says that
    they left the committee, ``ended_because`` why; nobody is added after the opening.
    """

    class Part(models.TextChoices):
        CHAIR = "chair", "Chair"
        MEMBER = "member", "Member"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    part = models.CharField(max_length=8, choices=Part.choices, default=Part.MEMBER)
    conflict = HouseText(max_length=1000, blank=True)
    stated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = HouseText(max_length=1000, blank=True)

    class Meta:
        ordering = ["part", "made_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_committee_seat_each"),
        ]

    def __str__(self) -> str:
        return self.get_part_display()


class Nomination(Numbered):
    """One person's case in one round: what speaks for it, in whose words, and how far it is.

    ``manager`` and ``above`` are the person's manager and that manager's manager on the day of the
    nomination: a later move opens the case to nobody. ``sponsor`` carries the case where the manager does
    not. ``team_benefit`` and ``preparation`` answer row 93, ``argument`` row 98, ``loss_impact`` row 101; the
    person reads all of them; ``earlier`` holds what they were before somebody changed them, and who did.
    ``advocate`` is named by the candidate, or proposed to them, and is asked whether they want to (row 97).
    """

    class By(models.TextChoices):
        SELF = "self", "by themselves"
        MANAGER = "manager", "by their manager"

    class Wants(models.TextChoices):
        PROPOSED = "proposed", "proposed; the candidate has not said yes to it"
        ASKED = "asked", "asked, no answer yet"
        YES = "yes", "wants to speak for it"
        NO = "no", "does not want to"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="nominations")
    opening = models.ForeignKey(Opening, on_delete=models.RESTRICT, related_name="nominations")
    candidate = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    manager = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    above = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sponsor = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    nominated_by = models.CharField(max_length=8, choices=By.choices)
    state = models.CharField(max_length=10, choices=CASE_WORDS, default=CaseState.PROPOSED)
    team_benefit = HouseText(max_length=3000, blank=True)
    preparation = HouseText(max_length=3000, blank=True)
    argument = HouseText(max_length=4000, blank=True)
    loss_impact = HouseText(max_length=2000, blank=True)
    earlier = HouseJSON(default=list)
    advocate = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    advocate_wants = models.CharField(max_length=8, choices=Wants.choices, blank=True)
    advocate_words = HouseText(max_length=1000, blank=True)
    ended_because = HouseText(max_length=1000, blank=True)
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["candidate__name", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "candidate"],
                condition=models.Q(state__in=[CaseState.PROPOSED, CaseState.STANDING, CaseState.DECIDED]),
                name="one_case_of_a_person_in_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"Case of {self.candidate}"


class CaseEvidence(Numbered):
    """One thing that the candidate did, as a copy in the case: later changes elsewhere do not reach it.

    ``what_else`` says what would not have happened otherwise (row 132). ``source`` is the number of the
    entry of an evidence log that it was copied from, if any; ``file`` names what was attached there.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", "Told in words"
        ARTEFACT = "artefact", "A piece of work"
        LINK = "link", "A link"
        FILE = "file", "A file"
        WITNESS = "witness", "Somebody who saw it"

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ACCOUNT)
    day = models.DateField(null=True, blank=True)
    text = HouseText(max_length=6000)
    what_else = HouseText(max_length=1000, blank=True)
    link = HouseText(max_length=500, blank=True)
    file = HouseText(max_length=700, blank=True)
    seen_by = HouseText(max_length=1500, blank=True)
    source = models.UUIDField(null=True, blank=True)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["criterion", "day", "made_at"]

    def __str__(self) -> str:
        return f"Evidence of {self.made_at:%Y-%m-%d}"


class SelfRating(Numbered):
    """How the candidate sees one criterion themselves; it stands beside the evidence and counts nowhere."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="self_ratings")
    criterion = models.CharField(max_length=64)
    score = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "criterion"], name="one_self_rating_a_criterion"),
        ]

    def __str__(self) -> str:
        return "Self-rating"


class Recusal(Numbered):
    """That a member of the committee has no part in one case, and why; it is never taken back.

    ``rule`` says that the house found it (the candidate themselves, their manager, who reports to them);
    then nobody recorded it. ``stage`` says what it changed: before ratings are open what somebody rated is
    destroyed and the reason stays with those who run the round; afterwards their ratings stay readable as
    struck out, a decision that was made is undone, and one that was read stands with the objection beside it.
    From then on the reason is read by everybody who reads the ratings.
    """

    class Stage(models.TextChoices):
        BEFORE = "before", "before ratings were open"
        OPEN = "open", "after ratings were open"
        UNDONE = "undone", "after it was decided"
        AFTER = "after", "after the decision was read"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="recusals")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = HouseText(max_length=1000)
    rule = models.CharField(max_length=16, blank=True)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.BEFORE)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "person"], name="one_recusal_each"),
        ]

    def __str__(self) -> str:
        return f"Recusal of {self.made_at:%Y-%m-%d}"


class ImpactTable(Numbered):
    """Whether steps of a round treat groups differently, as one calculation found it; only what the gate let.

    ``content`` is sealed and holds no name. ``round`` is empty for a table over several rounds. ``summary``
    is what everybody may read once it is published.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Not released"
        RELEASED = "released", "Released"
        WITHHELD = "withheld", "Too few to say anything"

    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.CASCADE, related_name="impact_tables"
    )
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    attribute = models.CharField(max_length=40)
    step = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    content = HouseJSON(default=dict)
    summary = models.TextField(max_length=2000, blank=True)
    released_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Table of {self.made_at:%Y-%m-%d}"
