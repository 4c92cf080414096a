"""How far somebody is with a skill, for pages of other rooms that name it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.growth.models import Experiment, Practice, Skill
from fairlead.web.growth.planned import planned
from fairlead.web.learning import Learning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairlead.web.people.models import Person

PLACES: Final = (
    gettext_noop("It stands next in your list."),
    gettext_noop("It stands second in your list."),
    gettext_noop("It stands third in your list."),
    gettext_noop("It stands fourth in your list."),
    gettext_noop("It stands fifth in your list."),
)


def learning(person: Person) -> Callable[[str], Learning | None]:
    """Read the list of skills once, and give what says how far each is."""
    return partial(_learning, tuple(Skill.objects.filter(owner=person)))


def _learning(skills: Sequence[Skill], about: str) -> Learning | None:
    """Say how far a skill is: it runs, it waits in the list, it was finished; or another one runs first."""
    running = next((one for one in skills if one.is_open), None)
    if running is not None and running.about == about:
        return _runs(running)
    waiting = [one for one in skills if one.state == Skill.State.WAITING]
    mine = next((one for one in waiting if one.about == about), None)
    if mine is not None:
        return _waits(mine, waiting.index(mine), running)
    done = [one for one in skills if one.about == about and one.state == Skill.State.DONE and one.ended_on]
    if done:
        return _finished(max(done, key=lambda one: one.ended_on or one.made_at.date()))
    if running is None:
        return None
    return Learning(
        says=f"{_runs_now(running)} "
        + _("Put on your list, this one waits there until that is finished or put aside."),
        href=reverse("growth:skill", args=[running.pk]),
        link=_("To the skill that runs"),
        is_on_the_list=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOpen:
    """The open skill: since when it runs, what is next, and where that is done."""

    runs: str
    next: str
    href: str
    link: str


def of_open(skill: Skill) -> OfOpen:
    """Say since when the open skill runs, and what is next there."""
    running = Experiment.objects.filter(skill=skill, ended_on=None).first()
    said, href, link = _next(skill, running)
    return OfOpen(runs=_runs_now(skill), next=said, href=href, link=link)


def _runs(skill: Skill) -> Learning:
    found = of_open(skill)
    return Learning(says=f"{found.runs} {found.next}", href=found.href, link=found.link)


def _runs_now(skill: Skill) -> str:
    named = asked_in.said(str(skill))
    if skill.opened_on is None:
        return _("You are working on “%(skill)s”.") % {"skill": named}
    on = asked_in.day(skill.opened_on)
    return _("You are working on “%(skill)s” since %(on)s.") % {"skill": named, "on": on}


def _next(skill: Skill, running: Experiment | None) -> tuple[str, str, str]:
    if running is None:
        href = reverse("growth:begin", args=[skill.pk])
        return _("Next there: an experiment of some weeks."), href, _("Begin an experiment")
    if timezone.localdate() >= running.due_on:
        href = reverse("growth:measure", args=[running.pk])
        return _("Its weeks are over. Next there: look again."), href, _("Look again")
    until = _("Its experiment runs until %(on)s.") % {"on": asked_in.day(running.due_on)}
    ahead = running.practices.filter(done_on=None, planned_for__gte=timezone.localdate()).first()
    if ahead is None:
        href = reverse("growth:plan_practice", args=[running.pk])
        says = _("Next there: plan a practice.")
        return f"{until} {says}", href, _("Plan a practice")
    return f"{until} {_ahead(ahead, skill.about)}", _of(skill), _("Go on there")


def _ahead(row: Practice, about: str) -> str:
    """Say what is planned; titles of practices are English, so in another language its day says which."""
    if asked_in.now() == ORIGINAL:
        return f"Next there: {practice_in_words(row, about)}."
    return _("Next there: what you planned for %(on)s.") % {"on": asked_in.day(row.planned_for)}


def _waits(skill: Skill, at: int, running: Skill | None) -> Learning:
    if running is not None:
        far = _("It stands at place %(place)s in your list.") % {"place": at + 1}
        place = asked_in.said(PLACES[at]) if at < len(PLACES) else far
        says = f"{place} {_runs_now(running)}"
        return Learning(says=says, href=reverse("growth:index"), link=_("To your list"))
    says = _("It waits in your list, and no skill runs: you can take it up.")
    return Learning(says=says, href=_of(skill), link=_("To the skill, to take it up"))


def _finished(skill: Skill) -> Learning:
    said = {"skill": asked_in.said(str(skill)), "on": asked_in.day(skill.ended_on)}
    says = _(
        "You finished “%(skill)s” on %(on)s. If it is better now, answer again what led here; if not, put "
        "it on your list once more."
    )
    return Learning(says=says % said, href=_of(skill), link=_("What came of it"), is_on_the_list=False)


def practice_in_words(row: Practice, about: str) -> str:
    """Give a practice with its day, its time and its occasion, on one line."""
    return f"“{planned(row, about).title}” on {when(row)}"


def when(row: Practice) -> str:
    """Give the day of a practice, its time, and the occasion it was put to."""
    day = f"{row.planned_for:%A} {asked_in.day(row.planned_for)}" if row.planned_for else ""
    at = f", {row.planned_at:%H:%M}" if row.planned_at else ""
    return f"{day}{at}{f' ({row.event})' if row.event else ''}"


def _of(skill: Skill) -> str:
    return reverse("growth:skill", args=[skill.pk])
