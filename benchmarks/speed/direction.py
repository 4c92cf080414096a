"""Read a whole direction, and fit the choices of values beside scipy's general optimizer.

    python benchmarks/speed/direction.py [--tiny]

Both fits maximize the same posterior of the same ten answered sets and must agree to 1e-5; the peer is
scipy.optimize.minimize (BFGS) with the same gradient, which gives no covariance of its own. Prints JSON:
CPU milliseconds of one fit each, their ratio, and of one whole reading with five tracks, 15 tasks, both
sides of the values and all questionnaires' sections that need no instrument.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core import choices
from fairlead.core.direction import direction
from fairlead.core.direction_answers import (
    DirectionAnswers,
    Frustration,
    SkillSide,
    TaskEnergy,
    Taught,
    TrackAnswers,
    Value,
    ValueChoice,
    Values,
    WhyIWork,
)
from fairlead.core.direction_json import to_json
from fairlead.core.value_sets import designs, placed
from fairlead.library import load
from fairlead.library.role_library import activities

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TINY = "--tiny" in sys.argv
PEOPLE = 3 if TINY else 60
TURNS = 1 if TINY else 5

Sets = list[tuple[int, int, int]]


def said(rng: np.random.Generator) -> tuple[ValueChoice, ...]:
    found = []
    for shown in designs():
        most, least = rng.permutation(3)[:2]
        found.append(ValueChoice(shown=shown, most=shown[most], least=shown[least]))
    return tuple(found)


def by_scipy(sets: Sequence[tuple[int, int, int]]) -> np.ndarray:
    from scipy.optimize import minimize

    ways = np.zeros((len(sets), 6, len(Value)))
    chosen = np.zeros(len(Value))
    for row, (best, middle, worst) in enumerate(sets):
        chosen[best] += 1
        chosen[worst] -= 1
        for column, (a, b) in enumerate(permutations((best, middle, worst), 2)):
            ways[row, column, a] += 1
            ways[row, column, b] -= 1

    def loss(utility: np.ndarray) -> tuple[float, np.ndarray]:
        worth = np.exp(ways @ utility)
        total = worth.sum(axis=1, keepdims=True)
        slope = np.einsum("sw,swt->t", worth / total, ways) - chosen + utility
        return float(np.log(total).sum() - chosen @ utility + 0.5 * utility @ utility), slope

    found = minimize(loss, np.zeros(len(Value)), jac=True, method="BFGS", options={"gtol": 1e-8})
    return np.asarray(found.x - found.x.mean())


def answers(rng: np.random.Generator) -> DirectionAnswers:
    tasks = rng.choice(41, 15, replace=False)
    return DirectionAnswers(
        answered_on="2026-11-23",
        why=WhyIWork(encouragement=4),
        values=Values(mine=said(rng), practice=said(rng)),
        energy=tuple(
            TaskEnergy(
                task=activities()[at].id, effect=int(rng.integers(-2, 3)), hours_spent=float(rng.integers(9)),
                hours_wanted=float(rng.integers(9)),
            )
            for at in tasks
        ),
        frustrations=(Frustration(what="x", side=SkillSide.PEOPLE, taught=Taught.NO, with_tools=5),),
        tracks=tuple(
            TrackAnswers(
                track=track.id,
                want=tuple((one.id, int(rng.integers(1, 6))) for one in track.demands),
                able=tuple((one.id, int(rng.integers(1, 6))) for one in track.demands),
            )
            for track in load.tracks()
        ),
    )  # fmt: skip


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU milliseconds for each person, best of some turns."""
    best = float("inf")
    for _ in range(TURNS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return 1000 * best / PEOPLE


def main() -> None:
    rng = np.random.default_rng(5)
    people: list[Sets] = [placed(said(rng)) for _ in range(PEOPLE)]
    told = [answers(rng) for _ in range(PEOPLE)]
    tracks, map_ = load.tracks(), activities()

    def read() -> list[dict[str, object]]:
        return [to_json(direction(one, made_on="2026-11-23", tracks=tracks, activities=map_)) for one in told]

    apart = max(float(np.abs(choices.fit(one, 6)[0] - by_scipy(one)).max()) for one in people)
    if apart > 1e-5:
        sys.exit(f"The two fits differ by {apart:g}.")
    read()
    own = cpu_ms(lambda: [choices.fit(one, 6) for one in people])
    other = cpu_ms(lambda: [by_scipy(one) for one in people])
    result = {
        "people": PEOPLE,
        "fit_cpu_ms": own,
        "scipy_bfgs_cpu_ms": other,
        "times_faster": other / own,
        "largest_difference": apart,
        "whole_direction_cpu_ms": cpu_ms(read),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
