"""Agreement of 1,000,000 people in 125,000 teams on 5 items, beside R's multilevel in one run.

    python benchmarks/speed/agreement.py [--tiny] [--no-r]

Both get the same table and compute rwg of one item, rwg(j) of five, AD of one and of five for every
team; the means must be the same to 1e-9. Ours then also adds simulated critical values, verdicts, ANOVA
and REML ICC and gives the plain result (``everything``). Where R or its multilevel is missing, and with
--tiny, the peer is a plain loop over the groups with numpy. Ratios are of CPU seconds. Prints JSON.
"""

from __future__ import annotations

import csv
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.agreement import agreement
from fairlead.core.agreement_sums import group_sums
from fairlead.core.chance import draw, uniform

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

TINY = "--tiny" in sys.argv
PEOPLE, TEAMS = (2_000, 250) if TINY else (1_000_000, 125_000)
ITEMS, OPTIONS = 5, 5
TURNS = 1 if TINY else 7
UNIFORM = Fraction(2)


def company() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Answers from 1 to 5 and teams: people lean to their team's option, items go together."""
    rng = np.random.default_rng(4)
    teams = rng.integers(TEAMS, size=PEOPLE)
    leaning = rng.integers(OPTIONS, size=TEAMS)[teams][:, None]
    follows = rng.random((PEOPLE, ITEMS)) < 0.5
    answers = np.where(follows, leaning, draw(PEOPLE, ITEMS, uniform(OPTIONS), rng=rng, correlation=0.3))
    return answers + 1, teams + 1


def timed(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def ours(answers: NDArray[np.int64], teams: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """The four indices that R computes, from the same numbers as R gets them."""
    said, groups = answers - 1, teams - 1
    one = group_sums(said[:, :1], groups, TEAMS, options=OPTIONS)
    five = group_sums(said, groups, TEAMS, options=OPTIONS)
    return {
        "rwg": one.rwg_j(UNIFORM),
        "rwg_j": five.rwg_j(UNIFORM),
        "ad_1": one.ad_mean,
        "ad": five.ad_mean,
    }


def loop(answers: NDArray[np.int64], teams: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """The peer without R: one group after the other."""
    order = np.argsort(teams, kind="stable")
    cuts = np.flatnonzero(np.diff(teams[order])) + 1
    found: dict[str, list[float]] = {name: [] for name in ("rwg", "rwg_j", "ad_1", "ad")}
    for rows in np.split(answers[order], cuts):
        if len(rows) < 2:
            continue
        ratio = np.minimum(rows.var(axis=0, ddof=1) / 2, 1)
        mean = min(rows.var(axis=0, ddof=1).mean() / 2, 1)
        away = np.abs(rows - rows.mean(axis=0)).mean(axis=0)
        found["rwg"].append(1 - ratio[0])
        found["rwg_j"].append(ITEMS * (1 - mean) / (ITEMS * (1 - mean) + mean))
        found["ad_1"].append(away[0])
        found["ad"].append(away.mean())
    return {name: np.array(values) for name, values in found.items()}


def by_r(answers: NDArray[np.int64], teams: NDArray[np.int64]) -> dict[str, dict[str, float]] | None:
    """Let R do it; ``None`` where R or multilevel is missing."""
    program = shutil.which("Rscript")
    if program is None or TINY or "--no-r" in sys.argv:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["team", *(f"q{item + 1}" for item in range(ITEMS))])
            writer.writerows(np.column_stack([teams, answers]).tolist())
        script = Path(__file__).with_suffix(".R")
        done = subprocess.run(
            [program, "--vanilla", str(script), str(path)], capture_output=True, text=True, check=False
        )
    return json.loads(done.stdout) if done.returncode == 0 else None


def by_loop(answers: NDArray[np.int64], teams: NDArray[np.int64]) -> dict[str, dict[str, float]]:
    """Time the loop as a whole and give its means."""
    found: dict[str, NDArray[np.float64]] = {}
    cpu, wall = timed(lambda: found.update(loop(answers, teams)))
    told = {name: {"cpu": 0.0, "wall": 0.0, "mean": float(values.mean())} for name, values in found.items()}
    told["rwg_j"] |= {"cpu": cpu, "wall": wall}
    return told


def main() -> None:
    answers, teams = company()
    peer_name = "R multilevel"
    peer = by_r(answers, teams)
    if peer is None:
        peer_name, peer = "a loop over groups", by_loop(answers, teams)
    found = ours(answers, teams)
    for name, values in found.items():
        if abs(float(np.nanmean(values)) - peer[name]["mean"]) > 1e-9:
            raise SystemExit(f"{name} is not what the peer says.")
    labels = [str(team) for team in range(1, TEAMS + 1)]

    def everything() -> object:
        rng = np.random.default_rng(1)
        return agreement(answers - 1, teams - 1, labels, options=OPTIONS, rng=rng)

    indices = [timed(lambda: ours(answers, teams)) for _ in range(TURNS)]
    whole = [timed(everything) for _ in range(TURNS)]
    peer_cpu = sum(one["cpu"] for one in peer.values())
    cpu, wall = (statistics.median(one[place] for one in indices) for place in (0, 1))
    print(
        json.dumps(
            {
                "people": PEOPLE,
                "teams": TEAMS,
                "items": ITEMS,
                "peer": peer_name,
                "peer_cpu_seconds": {name: one["cpu"] for name, one in peer.items()},
                "peer_total_cpu_seconds": peer_cpu,
                "peer_total_wall_seconds": sum(one["wall"] for one in peer.values()),
                "indices_cpu_seconds": cpu,
                "indices_wall_seconds": wall,
                "ratio_cpu": peer_cpu / cpu,
                "everything_cpu_seconds": statistics.median(one[0] for one in whole),
                "everything_wall_seconds": statistics.median(one[1] for one in whole),
                "turns": TURNS,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
