"""Do the verdicts on agreement hold? Simulate teams that agree, teams in two camps and teams of chance.

    python -m benchmarks.recovery.agreement [--teams 600] [--seed 20261122] [--json FILE]

Each team answers a scale on five options. In teams that agree each answer is the team's option, moved up
or down now and then; in teams in two camps half of the people stand at each end; in teams of chance the
items of a person go together and nothing else does. The table sets the verdict beside the old rule of
thumb, rwg(j) of .70.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from fairlead.core.agreement import ALIKE, DIFFERENTLY, agreement
from fairlead.core.chance import draw, uniform

OPTIONS, CORRELATION = 5, 0.4
SIZES, ITEMS = (4, 8, 20), (1, 5, 11)
KINDS = ("agree", "two camps", "chance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One row of the table: shares of simulated teams."""

    kind: str
    size: int
    items: int
    teams: int
    alike: float
    differently: float
    above_070: float
    two_camps: float
    mean_rwg_j: float


def said_by(kind: str, teams: int, size: int, items: int, rng: np.random.Generator) -> np.ndarray:
    """Answers of all teams: teams, people, items; options counted from 0."""
    if kind == "chance":
        drawn = draw(teams * size, items, uniform(OPTIONS), rng=rng, correlation=CORRELATION)
        return drawn.reshape(teams, size, items)
    if kind == "agree":
        own = rng.integers(1, OPTIONS - 1, size=(teams, 1, 1))
    else:
        own = np.where(np.arange(size) < size / 2, 0, OPTIONS - 1)[None, :, None]
    moved = rng.choice([-1, 0, 1], p=[0.2, 0.6, 0.2], size=(teams, size, items))
    return np.clip(own + moved, 0, OPTIONS - 1)


def recovered(teams: int, seed: int) -> list[Recovery]:
    rng = np.random.default_rng(seed)
    rows = []
    for kind in KINDS:
        for size in SIZES:
            for items in ITEMS:
                answers = said_by(kind, teams, size, items, rng).reshape(teams * size, items)
                found = agreement(
                    answers,
                    np.repeat(np.arange(teams), size),
                    [str(team) for team in range(teams)],
                    options=OPTIONS,
                    rng=rng,
                )
                rwg = np.array([group.rwg_j for group in found.groups], dtype=float)
                rows.append(
                    Recovery(
                        kind=kind,
                        size=size,
                        items=items,
                        teams=teams,
                        alike=float(np.mean([group.verdict == ALIKE for group in found.groups])),
                        differently=float(np.mean([g.verdict == DIFFERENTLY for g in found.groups])),
                        above_070=float(np.mean(rwg >= 0.70)),
                        two_camps=found.two_camps / teams,
                        mean_rwg_j=float(rwg.mean()),
                    )
                )
    return rows


def table(rows: list[Recovery]) -> str:
    """The rows as the table of the method page."""
    lines = [
        "| the team | people | items | alike | differently | rwg(j) of .70 | two camps | mean rwg(j) |",
        "|---|---|---|---|---|---|---|---|",
        *(
            f"| {row.kind} | {row.size} | {row.items} | {row.alike:.0%} | {row.differently:.0%} | "
            f"{row.above_070:.0%} | {row.two_camps:.0%} | {row.mean_rwg_j:.2f} |"
            for row in rows
        ),
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teams", type=int, default=600)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows = recovered(asked.teams, asked.seed)
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=2))
    print(table(rows))


if __name__ == "__main__":
    main()
