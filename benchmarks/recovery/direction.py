"""What directions get right: simulated people with known values, wishes and energy, read by the core.

    python -m benchmarks.recovery.direction [--people 300] [--seed 20261123] [--json FILE] [--write]

Choices of values follow the maximum-difference model with utilities as spread as the row says; wishes
about a track lie around a mean of their own; energy follows the kind of work and the activity. `--write`
replaces the tables of docs/methods/direction.md.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from itertools import combinations, permutations
from pathlib import Path

import numpy as np

from fairlead.core import choices
from fairlead.core.direction_answers import TaskEnergy, TrackAnswers, Value, ValueChoice, Values
from fairlead.core.energy import read_energy
from fairlead.core.track_fit import apart, read_tracks
from fairlead.core.value_sets import designs, next_set
from fairlead.core.values import read_values
from fairlead.library import load
from fairlead.library.role_library import activities

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "direction.md"
DAY = "2026-11-23"
VALUES = tuple(Value)
APART = 0.3
"""Two shares that lie at least so far apart in truth should be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesRow:
    """``holds`` is the share of intervals that hold the truth; ``false`` of equal values named apart."""

    spread: float
    everything: bool
    sets: float
    correlation: float
    holds: float
    false: float
    found: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TracksRow:
    """``named`` is the share of pairs named; ``right`` of those, the share in the true direction.

    ``people`` is the share of people of whom at least one pair is named.
    """

    case: str
    answered: int
    named: float
    people: float
    right: float


def answer(shown: tuple[Value, ...], utility: np.ndarray, rng: np.random.Generator) -> ValueChoice:
    ways = list(permutations(shown, 2))
    worth = np.array([utility[VALUES.index(a)] - utility[VALUES.index(b)] for a, b in ways])
    chance = np.exp(worth - worth.max())
    most, least = ways[int(rng.choice(len(ways), p=chance / chance.sum()))]
    return ValueChoice(shown=(shown[0], shown[1], shown[2]), most=most, least=least)


def answered(utility: np.ndarray, rng: np.random.Generator, *, everything: bool) -> tuple[ValueChoice, ...]:
    if everything:
        return tuple(answer(shown, utility, rng) for shown in designs())
    said: list[ValueChoice] = []
    while (shown := next_set(said)) is not None:
        said.append(answer(shown, utility, rng))
    return tuple(said)


def values_row(spread: float, people: int, rng: np.random.Generator, *, everything: bool) -> ValuesRow:
    sets, correlations, holds, false, found, right = [], [], [], [], [], []
    for _ in range(people):
        mine, other = rng.normal(0, spread, (2, len(VALUES)))
        said = answered(mine, rng, everything=everything)
        same = read_values(Values(mine=said, practice=answered(mine, rng, everything=everything)), DAY)
        read = read_values(Values(mine=said, practice=answered(other, rng, everything=everything)), DAY)
        truth, theirs = choices.put_first(mine), choices.put_first(other)
        scores = same.mine.scores
        sets.append(len(said))
        correlations.append(np.corrcoef([one.figure.value for one in scores], truth)[0, 1])
        holds += [one.figure.low <= at <= one.figure.high for one, at in zip(scores, truth, strict=True)]
        false.append(len(same.mismatches) / len(VALUES))
        named = {one.value: one.more for one in read.mismatches}
        for value, own, practice in zip(VALUES, truth, theirs, strict=True):
            if abs(own - practice) >= APART:
                found.append(value in named)
            if value in named:
                right.append((named[value] == "mine") == (own > practice))
    return ValuesRow(
        spread=spread, everything=everything, sets=float(np.mean(sets)),
        correlation=float(np.mean(correlations)), holds=float(np.mean(holds)), false=float(np.mean(false)),
        found=float(np.mean(found)), right=float(np.mean(right)),
    )  # fmt: skip


def wishes_row(case: str, differ: float, kept: int, people: int, rng: np.random.Generator) -> TracksRow:
    """People want of each track what lies around a mean of its own; ``differ`` spreads these means."""
    tracks = load.tracks()
    named, right = [], []
    for _ in range(people):
        means = dict(zip((one.id for one in tracks), rng.normal(3, differ, len(tracks)), strict=True))
        said = []
        for track in tracks:
            ids = [one.id for one in track.demands][:kept]
            wishes = np.clip(np.round(rng.normal(means[track.id], 1.0, len(ids))), 1, 5).astype(int).tolist()
            said.append(TrackAnswers(track=track.id, want=tuple(zip(ids, wishes, strict=True))))
        pairs = [one for one in apart(read_tracks(tracks, said, DAY)) if one.on == "want"]
        named.append(len(pairs) / 10)
        right += [means[one.more] > means[one.less] for one in pairs]
    return TracksRow(
        case=case, answered=kept, named=float(np.mean(named)), people=float(np.mean(np.array(named) > 0)),
        right=float(np.mean(right)) if differ > 0 and right else float("nan"),
    )  # fmt: skip


def energy_row(rated: int, people: int, rng: np.random.Generator) -> TracksRow:
    """People have an energy for each kind of work and for each activity in it; they rate some."""
    # Stepping back is read from the same occupations as the expert: nothing can part the two.
    tracks = [one for one in load.tracks() if one.id != "stepping_back"]
    listed = {one.id: [strength for _, strength in one.activities] for one in tracks}
    usual = np.mean(list(listed.values()), axis=0)
    kinds = [str(one.kind) for one in activities()]
    named, right = [], []
    for _ in range(people):
        by_kind = {kind: rng.normal(0, 0.9) for kind in sorted(set(kinds))}
        truth = np.array([by_kind[kind] for kind in kinds]) + rng.normal(0, 0.7, len(kinds))
        told = rng.choice(len(kinds), rated, replace=False)
        effects = np.clip(np.round(truth), -2, 2).astype(int)
        energy = read_energy(
            [TaskEnergy(task=activities()[at].id, effect=int(effects[at])) for at in told], DAY
        )
        shapes = {name: np.corrcoef(truth, strengths - usual)[0, 1] for name, strengths in listed.items()}
        pairs = [one for one in apart(read_tracks(tracks, [], DAY, energy=energy)) if one.on == "energy"]
        named.append(len(pairs) / len(list(combinations(tracks, 2))))
        right += [shapes[one.more] > shapes[one.less] for one in pairs]
    return TracksRow(
        case="energy", answered=rated, named=float(np.mean(named)),
        people=float(np.mean(np.array(named) > 0)), right=float(np.mean(right)) if right else float("nan"),
    )  # fmt: skip


def run(people: int, seed: int) -> tuple[tuple[ValuesRow, ...], tuple[TracksRow, ...]]:
    rng = np.random.default_rng(seed)
    values = tuple(
        values_row(spread, people, rng, everything=everything)
        for spread in (0.5, 1.0, 1.5)
        for everything in (False, True)
    )
    cells = (("all wanted alike", 0.0), ("means half a point apart", 0.5), ("means a point apart", 1.0))
    tracks = [wishes_row(case, differ, kept, people, rng) for case, differ in cells for kept in (4, 8)]
    tracks += [energy_row(rated, people, rng) for rated in (10, 15, 41)]
    return values, tuple(tracks)


def values_table(found: tuple[ValuesRow, ...]) -> str:
    heads = (
        "spread of utilities", "sets", "sets answered", "correlation with the truth",
        "interval holds the truth", "equal values named apart", "30 points apart, named",
        "named, in the right direction",
    )  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|" + "--:|" * len(heads)]
    for row in found:
        shares = (row.holds, row.false, row.found, row.right)
        cells = [
            f"{row.spread:g}",
            "all ten" if row.everything else "shortened",
            f"{row.sets:.1f}",
            f"{row.correlation:.2f}",
            *(f"{share:.0%}" for share in shares),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def tracks_table(found: tuple[TracksRow, ...]) -> str:
    heads = (
        "case",
        "answered",
        "pairs named",
        "people of whom one or more is named",
        "named, in the right direction",
    )
    lines = [f"| {' | '.join(heads)} |", "|---|--:|--:|--:|--:|"]
    for row in found:
        right = "–" if np.isnan(row.right) else f"{row.right:.0%}"
        lines.append(f"| {row.case} | {row.answered} | {row.named:.1%} | {row.people:.0%} | {right} |")
    return "\n".join(lines)


def between(page: str, name: str, text: str) -> str:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    return f"{page.split(begin, maxsplit=1)[0]}{begin}\n\n{text}\n\n{end}{page.split(end)[1]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--json", default="")
    parser.add_argument("--write", action="store_true", help="replace the tables of the method page")
    chosen = parser.parse_args()
    values, tracks = run(chosen.people, chosen.seed)
    print(values_table(values), tracks_table(tracks), sep="\n\n")
    if chosen.json:
        rows = [asdict(row) for row in (*values, *tracks)]
        Path(chosen.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        page = between(page, "recovery of values", values_table(values))
        page = between(page, "recovery of tracks", tracks_table(tracks))
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
