"""What Today says of the one skill: what is next there, and what was planned and is not noted yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone

from fairlead.web.growth import learning
from fairlead.web.growth.models import Experiment, Practice, Skill
from fairlead.web.growth.planned import planned
from fairlead.web.today import Do, Today, Waiting

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

LATE: Final = timedelta(days=7)
"""For how long a practice that was planned and not done stands under Today."""

WEEK: Final = timedelta(days=6)
"""From today on: what is planned in it is named with its occasion."""

RULE: Final = (
    "One skill at a time: what is next for the one that is open. An experiment is measured again on the day "
    "that was set when it began."
)


def part(person: Person) -> Today | None:
    """Say what is next for the open skill, on one line, and which earlier plans were not noted."""
    now = timezone.localdate()
    skill = Skill.objects.filter(owner=person, state=Skill.State.OPEN).first()
    if skill is None:
        return None
    running = Experiment.objects.filter(skill=skill, ended_on=None).first()
    if running is None:
        return Today(do=_go_on(skill))
    open_ones = list(running.practices.filter(done_on=None, planned_for__gte=now - LATE))
    ahead = [one for one in open_ones if one.planned_for and now <= one.planned_for <= now + WEEK]
    do = _go_on(skill, ahead[0] if ahead else None)
    if now >= running.due_on:
        do = _look_again(skill, running)
    waiting = [one for one in open_ones if one.planned_for and one.planned_for < now]
    # What is planned beside the next one, for today, is as near; and before a second look nothing is lost.
    waiting += [one for one in (ahead if now >= running.due_on else ahead[1:]) if one.planned_for == now]
    return Today(do=do, waiting=tuple(_waits(one, skill) for one in waiting))


def _go_on(skill: Skill, ahead: Practice | None = None) -> Do:
    found = learning.of_open(skill)
    when = f"This week: {learning.practice_in_words(ahead, skill.about)}." if ahead else ""
    return Do(
        title=f"Go on with “{skill}”",
        does=when or found.next,
        why=found.runs,
        href=found.href,
        link=found.link,
        rule=RULE,
    )


def _look_again(skill: Skill, running: Experiment) -> Do:
    return Do(
        title="Look again",
        does="Answer the same questions as before, in three minutes.",
        why=f"You set {running.weeks} weeks for “{skill}”, and they are over.",
        href=reverse("growth:measure", args=[running.pk]),
        link="Answer them",
        rule=RULE,
    )


def _waits(one: Practice, skill: Skill) -> Waiting:
    return Waiting(
        title=planned(one, skill.about).title,
        href=reverse("growth:skill", args=[skill.pk]),
        says=f"planned for {learning.when(one)}; note what came of it",
    )
