"""From what somebody said to what the core reads in it, a section at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from fairlead.core import direction as core_direction
from fairlead.core import energy, motives, scales, skill_or_will, values
from fairlead.core.tables import Answers
from fairlead.library import load, role_library
from fairlead.web import asked_in
from fairlead.web.direction import parts, task_words
from fairlead.web.direction.sittings import read_answers

if TYPE_CHECKING:
    from fairlead.core.direction_answers import DirectionAnswers, TaskEnergy
    from fairlead.core.direction_reading import (
        Direction,
        EnergyReading,
        MotivesReading,
        SkillSideReading,
        ValuesReading,
    )
    from fairlead.core.scales import Scale, ScaleScore
    from fairlead.web.direction.models import Sitting
    from fairlead.web.people.models import Person


def answers_in(sitting: Sitting) -> DirectionAnswers:
    """Give one finished sitting as the core takes it."""
    day = sitting.finished_on
    return read_answers({sitting.section: sitting.content}, answered_on=day.isoformat() if day else "")


def values_in(sitting: Sitting) -> ValuesReading | None:
    """Read values."""
    said = answers_in(sitting)
    return values.read_values(said.values, said.answered_on) if said.values else None


def energy_in(sitting: Sitting) -> EnergyReading | None:
    """Read energizers and drains, with the words of the library for each task."""
    said = answers_in(sitting)
    if not said.energy:
        return None
    tasks = [in_plain_words(one) for one in said.energy]
    return energy.read_energy(tasks, said.answered_on, activities=role_library.activities())


def in_plain_words(task: TaskEnergy) -> TaskEnergy:
    """Give a task with its plain words."""
    words = task_words.task_label(
        {"task": task.task, "label": task.label}, load.direction_texts(asked_in.now())
    )
    return replace(task, label=words)


def motives_in(sitting: Sitting) -> MotivesReading | None:
    """Read motives."""
    said = answers_in(sitting)
    if said.motives is None:
        return None
    scores = scores_of("motives", said.motives.answers, said.answered_on)
    return motives.read_motives(said.motives, scores, said.answered_on)


def skills_in(sitting: Sitting) -> tuple[SkillSideReading, ...]:
    """Read the two sides of skill, without frustrations."""
    said = answers_in(sitting)
    scores = scores_of("skills", said.skills or (), said.answered_on)
    return skill_or_will.read_sides((), scores, said.answered_on)


def scores_of(section: str, pairs: tuple[tuple[str, int], ...], on: str) -> tuple[ScaleScore, ...]:
    """Score the questionnaire of a section; what is no question of it any more is left out."""
    asked = load.instrument(parts.INSTRUMENTS[section])
    known = {item.id for item in asked.items}
    kept = {item: float(value) for item, value in pairs if item in known}
    if not kept:
        return ()
    table = Answers(instrument=asked.id, version=asked.version, answered_on=on, values=kept, texts={})
    return scales.score(table, scales_of(section)).scores


def scales_of(section: str) -> tuple[Scale, ...]:
    """Give the scales of a section's questionnaire, each about what the core calls it."""
    asked = load.instrument(parts.INSTRUMENTS[section])
    return tuple(replace(one, about=one.about.removeprefix("motive.")) for one in asked.scoring())


def direction_of(person: Person, answers: DirectionAnswers) -> Direction:
    """Read everything that stands, put together; needs at least one answered section."""
    plain = tuple(in_plain_words(one) for one in answers.energy or ())
    return core_direction.direction(
        replace(answers, energy=plain or None),
        made_on=timezone.localdate().isoformat(),
        tracks=load.tracks(),
        activities=role_library.activities(),
        instruments=core_direction.Instruments(motives=scales_of("motives"), two_sides=scales_of("skills")),
        calendar=energy.calendar_week(task_words.newest_time(person)),
    )
