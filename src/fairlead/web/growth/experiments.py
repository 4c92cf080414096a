"""Beginning, planning, practising, measuring again and stopping an experiment (row 82)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from fairlead.library import load
from fairlead.library.translations import ORIGINAL
from fairlead.web import erasing, trail
from fairlead.web.growth import measuring
from fairlead.web.growth.models import Experiment, Practice, Skill
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from datetime import date, time

    from fairlead.web.people.models import Person

MOST_PLANNED = 40
TOO_FEW = gettext_noop("Answer at least two of the behaviours, so that a change can be told later.")


@transaction.atomic
def begin(
    *,
    actor: Person,
    skill: Skill,
    weeks: int,
    values: dict[str, float],
    satisfaction: int | None,
    by_mail: bool,
    language: str = ORIGINAL,
) -> Experiment:
    """Keep how it is now and set the day on which the same is asked again."""
    type(actor).objects.select_for_update().get(pk=actor.pk)
    skill.refresh_from_db()
    if not skill.is_open:
        raise Refused(f"Take up “{skill}” first: an experiment belongs to the skill that is open.")
    if Experiment.objects.filter(skill=skill, ended_on=None).exists():
        raise Refused("An experiment is running already.")
    if not measuring.enough(values):
        raise Refused(TOO_FEW)
    today = timezone.localdate()
    made = Experiment.objects.create(
        owner=actor,
        skill=skill,
        weeks=weeks,
        begun_on=today,
        due_on=today + timedelta(weeks=weeks),
        questions=measuring.questions_of(skill.about, language),
        baseline=values,
        satisfaction_before=satisfaction,
        by_mail=by_mail,
    )
    trail.record(actor, "begin", made, weeks=weeks)
    return made


@transaction.atomic
def plan(
    *, actor: Person, experiment: Experiment, practice: str, day: date, at: time | None, event: str = ""
) -> Practice:
    """Put a practice on a day of the experiment."""
    _running(experiment)
    known = {one.id: one for one in load.practices()[experiment.skill.about].practices}
    if practice not in known:
        raise Refused("Choose one of the three practices of this skill.")
    if not timezone.localdate() <= day <= experiment.due_on:
        last = experiment.due_on
        raise Refused(f"Choose a day from today to {last.day} {last:%B %Y}, when the same is asked again.")
    if experiment.practices.count() >= MOST_PLANNED:
        raise Refused(f"{MOST_PLANNED} practices are planned, which is the most. Remove one first.")
    made = Practice.objects.create(
        owner=actor,
        experiment=experiment,
        practice=practice,
        stretch=known[practice].stretch,
        planned_for=day,
        planned_at=at,
        event=event[:200],
    )
    trail.record(actor, "plan", made)
    return made


@transaction.atomic
def practise(*, actor: Person, practice: Practice, note: str = "", done: bool = True) -> None:
    """Note that a practice was done and what came of it; or take that back."""
    practice.done_on = timezone.localdate() if done else None
    practice.note = note[:1000]
    practice.save(update_fields=["done_on", "note"])
    trail.record(actor, "practise", practice)


@transaction.atomic
def unplan(*, actor: Person, practice: Practice) -> None:
    """Remove a practice from the plan."""
    trail.record(actor, "delete", practice)
    practice.delete()
    erasing.for_good()


@transaction.atomic
def measure(
    *, actor: Person, experiment: Experiment, values: dict[str, float], satisfaction: int | None
) -> None:
    """Keep the second answers, once they are due, and end the experiment with them."""
    experiment = Experiment.objects.select_for_update().get(pk=experiment.pk)
    _running(experiment)
    today = timezone.localdate()
    if today < experiment.due_on:
        due = experiment.due_on
        raise Refused(
            f"It is due on {due.day} {due:%B %Y}: asked earlier, the weeks would not be over. To end it "
            "today, stop it and say why."
        )
    if not measuring.enough({name: value for name, value in values.items() if name in experiment.baseline}):
        raise Refused(TOO_FEW)
    _set(experiment, again=values, satisfaction_after=satisfaction, ended_on=today)
    trail.record(actor, "measure", experiment)


@transaction.atomic
def stop(*, actor: Person, experiment: Experiment, because: str) -> None:
    """End an experiment early, with the reason."""
    _running(experiment)
    _set(experiment, ended_on=timezone.localdate(), ended_because=because[:500])
    trail.record(actor, "stop", experiment)


@transaction.atomic
def remind(*, actor: Person, experiment: Experiment, by_mail: bool) -> None:
    """Switch reminders by mail on or off."""
    _set(experiment, by_mail=by_mail)
    trail.record(actor, "change", experiment)


def _running(experiment: Experiment) -> None:
    if experiment.ended_on is not None:
        raise Refused("This experiment is over.")


def _set(experiment: Experiment, **values: Any) -> None:
    for name, value in values.items():
        setattr(experiment, name, value)
    experiment.save(update_fields=list(values))
