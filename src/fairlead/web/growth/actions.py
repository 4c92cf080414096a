"""Every write of this room's skills; each needs its owner, and nobody else ever passes here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fairlead.library.practice import SKILLS
from fairlead.web import erasing, trail
from fairlead.web.growth import coach_actions, dates, mentor_actions, reminding
from fairlead.web.growth.models import (
    Experiment,
    Feed,
    MentorOffer,
    PublishedPhilosophy,
    Skill,
    Training,
)
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

AHEAD = (Skill.State.WAITING, Skill.State.OPEN)


@transaction.atomic
def want_skill(*, actor: Person, about: str, came_from: str = "", title: str = "") -> Skill:
    """Put a skill on the list, at its end; one that is in it already, or open, stays as it is."""
    if about not in SKILLS:
        raise Refused("There is no page of practices for this skill. Choose one of the thirteen.")
    _one_window(actor)  # two at once do not make two of a kind, nor two at one place
    there = Skill.objects.filter(owner=actor, about=about, state__in=AHEAD).first()
    if there is not None:
        return there
    last = Skill.objects.filter(owner=actor).aggregate(last=Max("place"))["last"] or 0
    made = Skill.objects.create(
        owner=actor, about=about, title=title[:120], came_from=came_from[:300], place=last + 1
    )
    trail.record(actor, "want_skill", made)  # which skill is content, and auditors read the record
    return made


@transaction.atomic
def take_up(*, actor: Person, skill: Skill) -> None:
    """Open a skill; one at a time (row 192), so another one that is open is finished or put aside first."""
    _one_window(actor, skill)
    other = Skill.objects.filter(owner=actor, state=Skill.State.OPEN).exclude(pk=skill.pk).first()
    if other is not None:
        raise Refused(
            f"You are working on “{other.word}”. One skill at a time gets further than two: finish it or "
            f"put it aside first, then take up “{skill.word}”."
        )
    if skill.state != Skill.State.WAITING:
        raise Refused(f"“{skill.word}” does not wait in your list.")
    _set(skill, state=Skill.State.OPEN, opened_on=skill.opened_on or timezone.localdate(), ended_on=None)
    trail.record(actor, "take_up", skill)


@transaction.atomic
def finish(*, actor: Person, skill: Skill, because: str = "") -> None:
    """Finish the open skill; an experiment that runs is measured again or stopped first."""
    _one_window(actor, skill)
    if skill.state != Skill.State.OPEN:
        raise Refused(f"“{skill.word}” is not the skill that is open.")
    if Experiment.objects.filter(skill=skill, ended_on=None).exists():
        raise Refused("An experiment is running. Measure again when it is due, or stop it; then finish.")
    _set(skill, state=Skill.State.DONE, ended_on=timezone.localdate(), ended_because=because[:500])
    trail.record(actor, "finish", skill)


@transaction.atomic
def put_aside(*, actor: Person, skill: Skill, because: str = "") -> None:
    """Put the open skill aside; an experiment that runs stops with it, for the same reason."""
    _one_window(actor, skill)
    if skill.state != Skill.State.OPEN:
        raise Refused(f"“{skill.word}” is not the skill that is open.")
    today = timezone.localdate()
    for running in Experiment.objects.filter(skill=skill, ended_on=None):
        running.ended_on, running.ended_because = today, because[:500] or "The skill was put aside."
        running.save(update_fields=["ended_on", "ended_because"])
    _set(skill, state=Skill.State.PUT_ASIDE, ended_on=today, ended_because=because[:500])
    trail.record(actor, "put_aside", skill)


@transaction.atomic
def put_back(*, actor: Person, skill: Skill) -> None:
    """Undo: an open skill goes back to the top of the list; a past one opens again, or waits at the end."""
    _one_window(actor, skill)
    if skill.state == Skill.State.WAITING:
        return
    ahead = list(Skill.objects.filter(owner=actor, state__in=AHEAD).exclude(pk=skill.pk))
    if any(one.about == skill.about for one in ahead):
        raise Refused(f"“{skill.word}” is ahead of you already.")
    if skill.state == Skill.State.OPEN:
        if Experiment.objects.filter(skill=skill, ended_on=None).exists():
            raise Refused("An experiment is running. Stop it, or put the skill aside with it.")
        _place(skill, [skill, *(one for one in ahead if one.state == Skill.State.WAITING)])
        _set(skill, state=Skill.State.WAITING, opened_on=None)
    elif any(one.is_open for one in ahead):
        _place(skill, [*(one for one in ahead if one.state == Skill.State.WAITING), skill])
        _set(skill, state=Skill.State.WAITING, opened_on=None, ended_on=None, ended_because="")
    else:
        _set(skill, state=Skill.State.OPEN, ended_on=None, ended_because="")
    trail.record(actor, "put_back", skill)


@transaction.atomic
def move(*, actor: Person, skill: Skill, up: bool) -> None:
    """Move a waiting skill one place up or down; at the end of the list it stays where it is."""
    _one_window(actor, skill)
    waiting = list(Skill.objects.filter(owner=actor, state=Skill.State.WAITING))
    if skill not in waiting:
        raise Refused(f"“{skill.word}” does not wait in your list.")
    at = waiting.index(skill)
    to = min(max(at - 1 if up else at + 1, 0), len(waiting) - 1)
    waiting.insert(to, waiting.pop(at))
    _place(skill, waiting)
    trail.record(actor, "move", skill)


@transaction.atomic
def drop(*, actor: Person, skill: Skill) -> None:
    """Take a skill off the list: what was never tried goes, what was keeps its history and is put aside."""
    _one_window(actor, skill)
    if skill.state != Skill.State.WAITING:
        raise Refused(f"“{skill.word}” does not wait in your list.")
    if Experiment.objects.filter(skill=skill).exists():
        _set(skill, state=Skill.State.PUT_ASIDE, ended_on=timezone.localdate())
        trail.record(actor, "put_aside", skill)
    else:
        remove(actor=actor, entry=skill)


@transaction.atomic
def remove(*, actor: Person, entry: Skill | Training) -> None:
    """Remove a skill with its experiments, or an entry of the training register."""
    trail.record(actor, "delete", entry)
    entry.delete()
    erasing.for_good()


def _one_window(actor: Person, skill: Skill | None = None) -> None:
    """Let a second request of the same person wait until this transaction is over.

    The skill it is about is read again then: the first request may have finished or deleted it.
    """
    type(actor).objects.select_for_update().get(pk=actor.pk)
    if skill is None:
        return
    try:
        skill.refresh_from_db()
    except Skill.DoesNotExist:
        raise Refused(f"“{skill.word}” was taken off your list in another window.") from None


def _set(skill: Skill, **values: Any) -> None:
    for name, value in values.items():
        setattr(skill, name, value)
    skill.save(update_fields=list(values))


def _place(moved: Skill, order: list[Skill]) -> None:
    """Write the places anew; the one that moved is the caller's own object and has to know its place."""
    for place, one in enumerate(order, 1):
        target = moved if one.pk == moved.pk else one
        if target.place != place:
            _set(target, place=place)


# --- the training register -------------------------------------------------------------------


@transaction.atomic
def add_training(*, actor: Person, **values: Any) -> Training:
    """Write down a piece of support (row 152)."""
    made = Training.objects.create(owner=actor, **values)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def change_training(*, actor: Person, entry: Training, **values: Any) -> None:
    """Change an entry of the training register."""
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(values))
    trail.record(actor, "change", entry)


def forget(person: Person) -> None:
    """Remove what stands outside the vault, and what others note about them; the vault takes the rest."""
    mentor_actions.forget(person)
    coach_actions.forget(person)
    for table in (Feed, MentorOffer, PublishedPhilosophy):
        table._default_manager.filter(person=person).delete()  # noqa: SLF001 - three tables, one loop


def account_closed(person: Person) -> None:
    """End the address of somebody's dates with their account: opened again, they make a new one."""
    Feed.objects.filter(person=person).delete()


def tick() -> None:
    """Remind those who asked for it of dates they set themselves; clear up what ended between two people."""
    reminding.tick()
    dates.clear_up()
    mentor_actions.tick()
    coach_actions.tick()
