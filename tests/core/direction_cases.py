"""Answers to a direction from which several tests start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairlead.core.direction_answers import TaskEnergy, TrackAnswers, Value, ValueChoice
from fairlead.core.tracks import TRACK_ORDER, TrackDemand, TrackProfile
from fairlead.core.value_sets import designs, next_set

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = "2026-11-20"
VALUES = tuple(Value)


def choice(shown, order):
    """What somebody with this order of the values says to a set."""
    placed = sorted(shown, key=order.index)
    return ValueChoice(shown=shown, most=placed[0], least=placed[2])


def everything(order: Sequence[Value]) -> tuple[ValueChoice, ...]:
    return tuple(choice(shown, order) for shown in designs())


def until_known(order: Sequence[Value]) -> tuple[ValueChoice, ...]:
    said: list[ValueChoice] = []
    while (shown := next_set(said)) is not None:
        said.append(choice(shown, order))
    return tuple(said)


def a_track(name="people_manager", *, weights=(5, 4, 4, 3, 3, 2, 2, 1), **more):
    demands = tuple(
        TrackDemand(
            id=f"{name}_{i}", text=f"Thing {i}", weight=weight, about="developing_people" if i else ""
        )
        for i, weight in enumerate(weights)
    )
    return TrackProfile(id=name, label=name.replace("_", " ").capitalize(), demands=demands, **more)


def all_tracks(**more):
    return tuple(a_track(name, **more) for name in TRACK_ORDER)


def answers_to(track, want, able=None):
    ids = [one.id for one in track.demands]
    able = want if able is None else able
    return TrackAnswers(
        track=track.id,
        want=tuple(zip(ids, want, strict=False)),
        able=tuple(zip(ids, able, strict=False)),
    )


def task(code, effect, spent=None, wanted=None, **more):
    return TaskEnergy(task=code, effect=effect, hours_spent=spent, hours_wanted=wanted, **more)
