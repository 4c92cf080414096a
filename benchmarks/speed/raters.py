"""Severities and fair scores of 20,000, 200,000 and twice 1,000,000 ratings, beside R in one run.

    python benchmarks/speed/raters.py [--tiny] [--no-r] [--turns 5]

Each rating is on one of five criteria with five points; the last table has 10,000 raters.
``severity`` is everything: the design and its
strength, the marginal maximum likelihood fit, errors, halo, shrinkage, fit statistics, agreement, use of the
scale, fair scores with intervals, and the plain records. Peers: lme4's crossed linear model on the same
table (on 20,000 and 200,000; ours, ``crossed``, must have the same criterion), and eRm's rating scale model
on a complete table of 400 people and 6 raters, because it knows no raters. Where R or a package is missing,
and with --tiny, the peer is the same likelihood climbed by scipy's L-BFGS-B over loops. Packages that
estimate the same model stand on the method page with the times they took once. Fairlead and its peers take
turns; ratios are of the medians of CPU seconds, the first turn left out. Prints JSON.
"""

from __future__ import annotations

import csv
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.crossed import crossed
from fairlead.core.raters import severity
from fairlead.core.ratings import Ratings

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

TINY = "--tiny" in sys.argv
TURNS = 2 if TINY else int(sys.argv[sys.argv.index("--turns") + 1]) if "--turns" in sys.argv else 5
CRITERIA = np.linspace(-0.5, 0.5, 5)
STEPS = np.linspace(-1.5, 1.5, 4)
SIZES = (
    {"tiny": (60, 8, 2)}
    if TINY
    else {
        "20k": (2_000, 200, 2),
        "200k": (10_000, 1_000, 4),
        "1M": (50_000, 5_000, 4),
        "1M_10k": (100_000, 10_000, 2),
    }
)
COMPLETE = (30, 3, 3) if TINY else (400, 6, 6)
LME4 = ("20k", "200k")


def drawn(people: int, raters: int, each: int, seed: int = 1) -> Ratings:
    """People get one rater from each of ``each`` pools by lot."""
    rng = np.random.default_rng(seed)
    measure, strict = rng.normal(0.0, 1.0, people), rng.normal(0.0, 0.5, raters)
    pool = raters // each
    by = rng.integers(pool, size=(people, each)) + np.arange(each) * pool
    ratee = np.repeat(np.arange(people), each * len(CRITERIA))
    rater = np.repeat(by.ravel(), len(CRITERIA))
    criterion = np.tile(np.arange(len(CRITERIA)), people * each)
    distance = measure[ratee] - strict[rater] - CRITERIA[criterion]
    weight = np.exp(np.arange(5) * distance[:, None] - np.concatenate([[0.0], np.cumsum(STEPS)]))
    below = np.cumsum(weight / weight.sum(axis=1, keepdims=True), axis=1)[:, :-1]
    return Ratings(
        ratees=tuple(f"p{number:06d}" for number in range(people)),
        raters=tuple(f"r{number:05d}" for number in range(raters)),
        criteria=tuple(f"c{number}" for number in range(len(CRITERIA))),
        ratee=ratee.astype(np.int32),
        rater=rater.astype(np.int32),
        criterion=criterion.astype(np.int32),
        score=((rng.random(len(ratee))[:, None] > below).sum(axis=1) + 1).astype(np.int32),
        lowest=1,
        highest=5,
    )


def timed(
    work: Callable[[], object], peer: Callable[[], dict[str, float] | None] | None = None
) -> tuple[dict[str, float], dict[str, float] | None]:
    """The median of CPU and wall seconds after a first turn that warms up; and a peer's, turn by turn."""
    spent, theirs = [], []
    for turn in range(TURNS + 1):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        if turn:
            spent.append((time.process_time() - cpu, time.perf_counter() - wall))
            theirs.append(peer() if peer else None)
    told = [one for one in theirs if one]
    ours = {
        "cpu_seconds": statistics.median(one for one, _ in spent),
        "wall_seconds": statistics.median(one for _, one in spent),
        "best_cpu_seconds": min(one for one, _ in spent),
    }
    return ours, {key: statistics.median(one[key] for one in told) for key in told[0]} if told else None


def by_r(ratings: Ratings, peer: str) -> dict[str, float] | None:
    """Let R do it; ``None`` where R or the package is missing."""
    program = shutil.which("Rscript")
    if program is None or TINY or "--no-r" in sys.argv:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["ratee", "rater", "criterion", "score"])
            columns = (ratings.ratee, ratings.rater, ratings.criterion, ratings.score)
            writer.writerows(zip(*(column.tolist() for column in columns), strict=True))
        # Names, or R would take numbers for numbers.
        text = path.read_text().splitlines()
        named = ["p{},r{},c{},{}".format(*line.split(",")) for line in text[1:]]
        path.write_text("\n".join([text[0], *named, ""]))
        script = Path(__file__).with_suffix(".R")
        done = subprocess.run(
            [program, "--vanilla", str(script), str(path), peer], capture_output=True, text=True, check=False
        )
    return json.loads(done.stdout) if done.returncode == 0 and done.stdout.strip() else None


def by_loops(ratings: Ratings) -> dict[str, float]:
    """The same marginal likelihood, one person after the other, climbed with numerical slopes."""
    from scipy.optimize import minimize

    grid = np.linspace(-5, 5, 21)
    prior = np.exp(-0.5 * grid**2) / np.exp(-0.5 * grid**2).sum()
    raters, criteria = len(ratings.raters), len(ratings.criteria)
    starts = np.flatnonzero(np.diff(ratings.ratee, prepend=-1))
    rows = np.split(np.arange(len(ratings)), starts[1:])

    def value(at: NDArray[np.float64]) -> float:
        hard, steps = at[raters : raters + criteria], at[raters + criteria : -1]
        summed = np.concatenate([[0.0], np.cumsum(steps - steps.mean())])
        told = 0.0
        for mine in rows:
            distance = (
                np.exp(at[-1]) * grid[:, None] - at[ratings.rater[mine]] - hard[ratings.criterion[mine]]
            )
            logits = np.arange(5)[:, None, None] * distance - summed[:, None, None]
            levels = ratings.score[mine] - 1
            given = np.take_along_axis(logits, levels[None, None, :], axis=0)[0]
            told -= float(np.log(prior @ np.exp((given - np.log(np.exp(logits).sum(axis=0))).sum(axis=1))))
        return told + 1e-4 * float(hard.mean() ** 2)

    cpu, wall = time.process_time(), time.perf_counter()
    found = minimize(value, np.zeros(raters + criteria + 5), method="L-BFGS-B", options={"maxiter": 40})
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "criterion": -float(found.fun),
    }


def main() -> None:
    told: dict[str, object] = {"turns": TURNS, "peers": []}
    peers: dict[str, float] = {}
    for name, size in SIZES.items():
        ratings = drawn(*size)
        beside = (lambda ratings=ratings: by_r(ratings, "lme4")) if name in LME4 else None
        spent, found = timed(lambda ratings=ratings: severity(ratings), beside)  # type: ignore[misc]
        told[f"severity_{name}"] = {"ratings": len(ratings), **spent}
        told[f"severity_{name}"]["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # type: ignore[index]
        if found is not None:
            peers[f"lme4_{name}"] = found["cpu"]
            told[f"lme4_{name}"] = found
            told[f"severity_to_lme4_ratio_cpu_{name}"] = found["cpu"] / spent["cpu_seconds"]
            if name == "20k":
                ours = crossed(ratings, pairs=False)
                if abs(ours.reml - found["criterion"]) > 1e-3:
                    raise SystemExit("The crossed model is not what lme4 says.")
                told["crossed_20k"] = timed(lambda ratings=ratings: crossed(ratings, pairs=False))[0]  # type: ignore[misc]
                told["crossed_ratio_cpu"] = found["cpu"] / told["crossed_20k"]["cpu_seconds"]  # type: ignore[index]
    complete = drawn(*COMPLETE)
    spent, erm = timed(lambda: severity(complete), lambda: by_r(complete, "erm"))
    told["severity_complete"] = {"ratings": len(complete), **spent}
    if erm is not None:
        peers["erm"] = erm["cpu"]
        told["erm_complete"] = erm
        told["severity_to_erm_ratio_cpu"] = erm["cpu"] / spent["cpu_seconds"]
    if not peers:
        loops = by_loops(complete if TINY else drawn(60, 8, 2))
        told["loops"] = loops
        told["loops_ratio_cpu"] = loops["cpu"] / spent["cpu_seconds"]
    told["peers"] = sorted(peers) or ["loops"]
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
