"""What somebody works on, one skill at a time; who helps; what became of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from fairlead.library.practice import SKILLS
from fairlead.web.growth.topics import TOPICS
from fairlead.web.people.models import Person
from fairlead.web.vault.fields import SealedJSON, SealedText
from fairlead.web.vault.owned import Owned
from fairlead.web.vault.private import Private

if TYPE_CHECKING:
    from uuid import UUID

ABOUT: Final = [(str(word), words) for word, words in SKILLS.items()]
"""What a skill can be about: the twelve competencies, and people under stress."""

TOPIC: Final = list(TOPICS.items())
"""What a mentor can be asked about: a skill, a track or an aspect."""


class Skill(Owned):
    """One skill somebody wants to work on: in the list, open (one at a time, row 192), done or put aside.

    ``title`` is the person's own words for it, ``came_from`` says where it came from. ``place`` is its
    place in the list while it waits.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "In the list"
        OPEN = "open", "Open"
        DONE = "done", "Finished"
        PUT_ASIDE = "put_aside", "Put aside"

    about = models.CharField(max_length=32, choices=ABOUT)
    title = SealedText(max_length=120, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    place = models.PositiveIntegerField(default=0)
    came_from = SealedText(max_length=300, blank=True)
    opened_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = SealedText(max_length=500, blank=True)

    class Meta:
        ordering = ["place", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(state="open"), name="one_open_skill_per_person"
            ),
            models.UniqueConstraint(
                fields=["owner", "about"],
                condition=models.Q(state__in=["waiting", "open"]),
                name="one_skill_of_a_kind_ahead",
            ),
        ]

    @property
    def word(self) -> str:
        """The plain words of what it is about."""
        return SKILLS[self.about]

    @property
    def is_open(self) -> bool:
        """Whether it is the one that is being worked on."""
        return self.state == self.State.OPEN

    def __str__(self) -> str:
        return self.title or self.word


class Experiment(Owned):
    """Some weeks of trying, measured before and after with the same questions in the same words (row 82).

    ``questions`` keeps each question as it was asked, so that a later wording changes nothing here.
    """

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="experiments")
    weeks = models.PositiveSmallIntegerField(validators=[MinValueValidator(4), MaxValueValidator(12)])
    begun_on = models.DateField()
    due_on = models.DateField()
    questions = SealedJSON(default=list)
    baseline = SealedJSON(default=dict)
    again = SealedJSON(null=True)
    satisfaction_before = SealedJSON(null=True)
    satisfaction_after = SealedJSON(null=True)
    ended_on = models.DateField(null=True)
    ended_because = SealedText(max_length=500, blank=True)
    by_mail = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["-begun_on", "-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["skill"], condition=models.Q(ended_on=None), name="one_running_experiment_per_skill"
            ),
        ]

    def __str__(self) -> str:
        return f"Experiment of {self.weeks} weeks from {self.begun_on.day} {self.begun_on:%B %Y}"


class Practice(Owned):
    """One thing tried in an experiment: which, when, at what occasion, and what came of it."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="practices")
    practice = models.CharField(max_length=64)
    stretch = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(3)])
    planned_for = models.DateField(null=True)
    planned_at = models.TimeField(null=True)
    event = SealedText(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    note = SealedText(max_length=1000, blank=True)

    class Meta:
        ordering = ["planned_for", "planned_at", "made_at"]

    def __str__(self) -> str:
        return self.practice.replace("_", " ").replace("-", " ")


class Feed(models.Model):
    """That somebody subscribed to their dates; the secret in the address is kept as its hash alone.

    Not in the vault: a calendar program asks without signing in, and the hash has to find its person
    before anything of theirs is opened. The row says nothing about what the dates are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return "Calendar address"


class Training(Owned):
    """One piece of support: an assessment, feedback, coaching or a training (row 152)."""

    class Kind(models.TextChoices):
        """The four kinds of support."""

        ASSESSMENT = "assessment", "Assessment"
        FEEDBACK = "feedback", "Feedback"
        COACHING = "coaching", "Coaching"
        TRAINING = "training", "Training"

    class State(models.TextChoices):
        """How far it is."""

        WISHED = "wished", "Wished for"
        BOOKED = "booked", "Booked"
        DONE = "done", "Had"

    name = SealedText(max_length=160)
    about = models.CharField(max_length=32, choices=ABOUT, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WISHED)
    day = models.DateField(null=True, blank=True)
    hours = models.FloatField(null=True, blank=True)
    brought = SealedText(max_length=500, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name


class MentorOffer(models.Model):
    """That somebody offers to be a mentor: for which topics and for how many; colleagues read it (row 81)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    about = models.JSONField(default=list)
    says = models.TextField(max_length=600, blank=True)
    capacity = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    # How many said yes to; mentorships lie in the vault, where nobody who looks for a mentor can count them.
    taken = models.PositiveSmallIntegerField(default=0)
    open = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("capacity")), name="no_more_learners_than_room"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} offers to be a mentor"


class MentorWish(Owned):
    """That somebody looks for a mentor, and what for; nobody else sees it."""

    about = models.CharField(max_length=32, choices=TOPIC)
    says = SealedText(max_length=600, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [models.UniqueConstraint(fields=["owner", "about"], name="one_mentor_wish_per_skill")]

    def __str__(self) -> str:
        return TOPICS[self.about]


class Mentorship(Private):
    """Two people who asked and said yes; both see it, and nobody else (row 81)."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "Asked"
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        ENDED = "ended", "Ended"

    seen_through = ("learner", "mentor")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    about = models.CharField(max_length=32, choices=TOPIC)
    state = models.CharField(max_length=16, choices=State.choices, default=State.ASKED)
    words = SealedText(max_length=600, blank=True)
    answer = SealedText(max_length=600, blank=True)
    asked_on = models.DateField(default=timezone.localdate)
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "mentor"],
                condition=models.Q(state__in=["asked", "agreed"]),
                name="one_standing_mentorship_of_two",
            ),
        ]

    def kept_for(self) -> UUID:
        """Whose key seals it: of the one who asked."""
        return self.learner_id

    def also_for(self) -> tuple[UUID, ...]:
        """Let the mentor read what is sealed here."""
        return (self.mentor_id,)

    def __str__(self) -> str:
        return TOPICS[self.about]


class CoachNote(Owned):
    """What a coach keeps about the work with one person; the coach's own, whomever it is about (row 64)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    text = SealedText(max_length=4000)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-day", "-made_at"]

    def __str__(self) -> str:
        return f"Note of {self.day.day} {self.day:%B %Y}"


class Year(Owned):
    """One year of the plan that fits on one page (row 68)."""

    year = models.PositiveSmallIntegerField()
    content = SealedJSON(default=dict)

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["owner", "year"], name="one_plan_per_year")]

    def __str__(self) -> str:
        return str(self.year)


class Leader(Owned):
    """A leader somebody has had: what to keep, what never to repeat (rows 85, 118)."""

    label = SealedText(max_length=80)
    kind = models.CharField(
        max_length=8, choices=[("good", "Good"), ("bad", "Bad"), ("mixed", "Some of both")], default="mixed"
    )
    keep = SealedJSON(default=list)
    never = SealedJSON(default=list)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.label


class Philosophy(Owned):
    """How somebody wants to lead, in their own words; a draft that nobody else sees (row 131)."""

    text = SealedText(max_length=6000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_philosophy_per_person")]

    def __str__(self) -> str:
        return "My way of leading"


class PublishedPhilosophy(models.Model):
    """What somebody published of it for every colleague to read.

    A table of its own, outside the vault: rows in there are for one person, and this is for all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=6000)
    published_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"How {self.person} wants to lead"


OWNED: Final[tuple[type[Owned], ...]] = (
    Practice, Experiment, Skill, Training, MentorWish, CoachNote, Year, Leader, Philosophy,
)  # fmt: skip
"""Every table of the room whose rows have one owner."""
