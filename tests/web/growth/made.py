"""What the tests of this room make."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fairlead.web.growth.later_models import CoachTalk, Plan, ShownNote
from fairlead.web.growth.models import (
    CoachNote,
    Experiment,
    Feed,
    Leader,
    MentorOffer,
    Mentorship,
    MentorWish,
    Philosophy,
    Practice,
    PublishedPhilosophy,
    Skill,
    Training,
    Year,
)
from fairlead.web.sharing.models import ShareComment


def skill(person: Any, about: str = "conflict_navigation", **values: Any) -> Skill:
    """A skill as it stands."""
    return Skill.objects.create(owner=person, about=about, **values)


def experiment(of: Skill, **values: Any) -> Experiment:
    """An experiment that began four weeks ago with two questions, both answered with 2."""
    today = timezone.localdate()
    questions = [
        {"id": name, "text": f"Question {name}", "choices": [[1, "Never"], [5, "Always"]]}
        for name in ("one", "two")
    ]
    usual: dict[str, Any] = {
        "weeks": 4,
        "begun_on": today - timedelta(weeks=4),
        "due_on": today,
        "questions": questions,
        "baseline": {"one": 2, "two": 2},
        "satisfaction_before": 3,
    }
    return Experiment.objects.create(owner=of.owner, skill=of, **usual | values)


def practice(of: Experiment, **values: Any) -> Practice:
    """A practice of an experiment."""
    usual = {"practice": "a_practice", "stretch": 1}
    return Practice.objects.create(owner=of.owner, experiment=of, **usual | values)


def everything_of(person: Any, other: Any) -> None:
    """One row of each table, with something written in every text."""
    today = timezone.localdate()
    done = skill(
        person, "reliability", state="done", title=".", came_from=".", ended_because=".", ended_on=today
    )
    over = experiment(done, ended_on=today, ended_because=".")
    practice(over, event=".", note=".")
    Feed.objects.get_or_create(person=person, defaults={"token_sha256": "0" * 64})
    Training.objects.create(owner=person, name=".", kind="training", brought=".")
    MentorOffer.objects.get_or_create(person=person, defaults={"about": ["innovation"], "says": "."})
    MentorWish.objects.get_or_create(owner=person, about="innovation", defaults={"says": "."})
    Mentorship.objects.create(learner=person, mentor=other, about="innovation", words=".", answer=".")
    note = CoachNote.objects.create(owner=person, person=other, text=".")
    ShownNote.objects.create(owner=person, note=note, person=other, text=".", day=today)
    ShareComment.objects.create(owner=person, person=other, kind="plan", object_id=person.pk, text=".")
    CoachTalk.objects.create(owner=person, coach=other, agenda=".")
    Plan.objects.update_or_create(owner=person, defaults={"start": ".", "aim": ".", "earlier": ["."]})
    Year.objects.get_or_create(owner=person, year=today.year + 9, defaults={"content": {"aim": "."}})
    Leader.objects.create(owner=person, label=".", keep=["."], never=["."])
    Philosophy.objects.get_or_create(owner=person, defaults={"text": "."})
    PublishedPhilosophy.objects.get_or_create(person=person, defaults={"text": "."})
