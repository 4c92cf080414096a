"""Do the intervals of scores and of drift hold what they promise? Simulate, score, compare with the truth.

    python -m benchmarks.recovery.drift [--people 4000] [--seed 20261122] [--json FILE]

A simulated person has a level and meets items that are easier or harder for everybody; each answer is
level + item + the chance of the day, rounded to the options 1 to 5. The truth is what the person would
answer on average over all items of that kind. At the later time the level has moved.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass

import numpy as np

from fairlead.core.scales import Scale, ScaleItem, drift, score
from fairlead.core.tables import Answers

LEVEL_SPREAD, ITEM_SPREAD, DAY_SPREAD = 0.8, 0.5, 0.7
ITEMS = (2, 3, 5, 10)
MOVES = (0.0, 0.5, 1.0, -1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One row of the table: shares of simulated people, half widths in points."""

    items: int
    move: float
    people: int
    score_covered: float
    score_half_width: float
    drift_covered: float
    drift_half_width: float
    said_higher: float
    said_lower: float


def expected_answer(level: np.ndarray) -> np.ndarray:
    """Average answer over items and days, exactly: the normal probability of each rounded option."""
    from scipy.special import ndtr

    spread = np.hypot(ITEM_SPREAD, DAY_SPREAD)
    edges = np.arange(1.5, 5.0)
    return 1.0 + sum(1.0 - ndtr((edge - level) / spread) for edge in edges)


def answer(level: np.ndarray, items: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Answers of people (rows) to items (columns of that person), rounded to the options."""
    said = level[:, None] + items + rng.normal(0, DAY_SPREAD, items.shape)
    return np.clip(np.rint(said), 1, 5)


def recover(n_items: int, move: float, people: int, rng: np.random.Generator) -> Recovery:
    """Score simulated people twice and count how often the intervals hold the truth."""
    level = rng.normal(3.0, LEVEL_SPREAD, people)
    items = rng.normal(0, ITEM_SPREAD, (people, n_items))
    names = [f"i{j}" for j in range(n_items)]
    scale = Scale(
        id="s", label="S", about="own", items=tuple(ScaleItem(id=name) for name in names),
        low_option=1.0, high_option=5.0, min_answered=2,
    )  # fmt: skip
    before, after = answer(level, items, rng), answer(level + move, items, rng)
    truth, later_truth = expected_answer(level), expected_answer(level + move)
    rows = []
    for i in range(people):
        first = score(_answers("2026-01-01", names, before[i]), [scale])
        second = score(_answers("2026-04-01", names, after[i]), [scale])
        found, (moved,) = first.scores[0], drift(first, second)
        change = later_truth[i] - truth[i]
        rows.append((
            found.low <= truth[i] <= found.high, (found.high - found.low) / 2,
            moved.low <= change <= moved.high, (moved.high - moved.low) / 2,
            moved.moved == "higher", moved.moved == "lower",
        ))  # fmt: skip
    means = [float(value) for value in np.mean(np.array(rows, dtype=float), axis=0)]
    names_of_means = ("score_covered", "score_half_width", "drift_covered", "drift_half_width",
                      "said_higher", "said_lower")  # fmt: skip
    return Recovery(items=n_items, move=move, people=people, **dict(zip(names_of_means, means, strict=True)))


def run(people: int, seed: int) -> tuple[Recovery, ...]:
    rng = np.random.default_rng(seed)
    return tuple(recover(n_items, move, people, rng) for n_items in ITEMS for move in MOVES)


def table(found: tuple[Recovery, ...]) -> str:
    """The rows as the table of the method page."""
    heads = (
        "items", "true move of the level", "score: interval holds the truth", "half width",
        "drift: interval holds the truth", "half width", "called higher", "called lower",
    )  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [
        f"| {r.items} | {r.move:+.1f} | {r.score_covered:.0%} | {r.score_half_width:.2f} "
        f"| {r.drift_covered:.0%} | {r.drift_half_width:.2f} | {r.said_higher:.0%} | {r.said_lower:.0%} |"
        for r in found
    ]
    return "\n".join(lines)


def _answers(on: str, names: list[str], said: np.ndarray) -> Answers:
    values = dict(zip(names, map(float, said), strict=True))
    return Answers(instrument="simulated", version="1", answered_on=on, values=values, texts={})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--json", default="")
    chosen = parser.parse_args()
    found = run(chosen.people, chosen.seed)
    print(table(found))
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as file:  # noqa: PTH123 - one line is enough
            json.dump([asdict(row) for row in found], file, indent=1)


if __name__ == "__main__":
    main()
