"""Are severities and fair scores what they claim? Simulate rounds whose truth is known.

    python -m benchmarks.recovery.raters [--rounds 200] [--seed 20261123] [--json FILE]

Each round has people, raters and four criteria on a scale of five points; every person gets three raters by
lot. Measures are normal with a standard deviation of 1.2 logits, severities with the one given; halo is a
normal shift that one rater's ratings of one person share. The true fair score is the expected one at the true
measure from raters of mean severity, halo averaged out; a rater's true points are by how much the expected
scores of the round's people move with the rater's severity. All intervals are meant to hold in 80 %.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from fairlead.core.raters import severity
from fairlead.core.ratings import Ratings

DIFFICULTY = np.array([-0.4, 0.0, 0.1, 0.3])
THRESHOLDS = np.array([-1.8, -0.6, 0.6, 1.8])
MEASURES, RATERS_EACH = 1.2, 3
INSIDE = 1.2815515655446004
SIZES = {
    "12 people, 6 raters": (12, 6, 1.0),
    "40 people, 12 raters": (40, 12, 0.5),
    "300 people, 40 raters": (300, 40, 0.1),
}
SPREADS, HALOS = (0.0, 0.5, 1.0), (0.0, 0.8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One row of the table."""

    size: str
    spread: float
    halo: float
    rounds: int
    corrected: float
    slope: float | None
    severity_rmse: float
    severity_inside: float
    points_alone: float
    points_rmse: float
    points_inside: float
    raw_rmse: float
    fair_rmse: float
    fair_bias: float
    fair_inside: float


def expected(measure: np.ndarray, halo: float) -> np.ndarray:
    """Mean score over the criteria at severity 0, halo averaged out by quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(21)
    weights = weights / weights.sum()
    told = np.zeros_like(measure)
    cumulative = np.concatenate([[0.0], np.cumsum(THRESHOLDS)])
    for node, weight in zip(nodes * halo, weights, strict=True):
        for hard in DIFFICULTY:
            logits = np.arange(5) * (measure[:, None] + node - hard) - cumulative
            chance = np.exp(logits - logits.max(axis=1, keepdims=True))
            told += weight * (chance @ np.arange(1, 6)) / chance.sum(axis=1) / len(DIFFICULTY)
    return told


def simulated(
    people: int, raters: int, spread: float, halo: float, rng: np.random.Generator
) -> tuple[Ratings, np.ndarray, np.ndarray]:
    """Draw one round: ratings, true severities (mean 0), true measures."""
    strict = rng.normal(0.0, spread, raters) if spread else np.zeros(raters)
    strict -= strict.mean()
    measure = rng.normal(0.0, MEASURES, people)
    rows = []
    cumulative = np.concatenate([[0.0], np.cumsum(THRESHOLDS)])
    for person in range(people):
        for rater in rng.choice(raters, RATERS_EACH, replace=False):
            shift = rng.normal(0.0, halo) if halo else 0.0
            for criterion, hard in enumerate(DIFFICULTY):
                logits = np.arange(5) * (measure[person] + shift - strict[rater] - hard) - cumulative
                chance = np.exp(logits - logits.max())
                score = 1 + int(rng.choice(5, p=chance / chance.sum()))
                rows.append((f"p{person:03d}", f"r{rater:03d}", f"c{criterion}", score))
    return Ratings.from_rows(rows, lowest=1, highest=5), strict, measure


def recovered(name: str, spread: float, halo: float, rounds: int, rng: np.random.Generator) -> Recovery:
    people, raters, _ = SIZES[name]
    parts: dict[str, list[np.ndarray]] = {}
    corrected = 0

    def keep(**values: np.ndarray) -> None:
        for key, value in values.items():
            parts.setdefault(key, []).append(np.atleast_1d(np.asarray(value, dtype=float)))

    for _ in range(rounds):
        ratings, strict, measure = simulated(people, raters, spread, halo, rng)
        found = severity(ratings)
        if len(found.components) > 1 or len(found.raters) < raters:
            continue
        corrected += found.components[0].verdict == "corrected"
        estimate, se, points, least, most = (
            np.array([getattr(one, field) for one in found.raters])
            for field in ("severity", "se", "points", "points_low", "points_high")
        )
        raw, fair, low, high = (
            np.array([getattr(one, field) for one in found.ratees])
            for field in ("observed", "fair", "low", "high")
        )
        truth = expected(measure, halo)
        moved = expected((measure[:, None] - strict).ravel(), halo).reshape(people, raters).mean(axis=0)
        moved -= truth.mean()
        keep(
            strict=strict,
            estimate=estimate,
            error=estimate - strict,
            inside=np.abs(estimate - strict) <= INSIDE * se,
            moved=moved,
            points=points - moved,
            believed=(least <= moved) & (moved <= most),
            raw=raw - truth,
            fair=fair - truth,
            covered=(low <= truth + 1e-9) & (truth <= high + 1e-9),
        )
    all_ = {key: np.concatenate(values) for key, values in parts.items()}
    used = len(parts["raw"])
    return Recovery(
        size=name,
        spread=spread,
        halo=halo,
        rounds=used,
        corrected=corrected / used,
        slope=float(all_["strict"] @ all_["estimate"] / (all_["strict"] @ all_["strict"]))
        if spread
        else None,
        severity_rmse=_rms(all_["error"]),
        severity_inside=float(all_["inside"].mean()),
        points_alone=_rms(all_["moved"]),
        points_rmse=_rms(all_["points"]),
        points_inside=float(all_["believed"].mean()),
        raw_rmse=_rms(all_["raw"]),
        fair_rmse=_rms(all_["fair"]),
        fair_bias=float(all_["fair"].mean()),
        fair_inside=float(all_["covered"].mean()),
    )


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2)))


def table(rows: list[Recovery]) -> str:
    """The rows as the table of the method page."""
    columns = (
        "round", "severities' SD", "halo SD", "corrected", "slope", "severity RMSE", "inside 80 %",
        "points, all 0", "points RMSE", "inside 80 %", "raw RMSE", "fair RMSE", "fair bias", "inside 80 %",
    )  # fmt: skip
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for row in rows:
        cells = (
            row.size,
            f"{row.spread:g}",
            f"{row.halo:g}",
            f"{row.corrected:.0%}",
            "" if row.slope is None else f"{row.slope:.2f}",
            f"{row.severity_rmse:.2f}",
            f"{row.severity_inside:.0%}",
            f"{row.points_alone:.2f}",
            f"{row.points_rmse:.2f}",
            f"{row.points_inside:.0%}",
            f"{row.raw_rmse:.3f}",
            f"{row.fair_rmse:.3f}",
            f"{row.fair_bias:+.3f}",
            f"{row.fair_inside:.0%}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def every(rounds: int, seed: int) -> list[Recovery]:
    """All rows; larger rounds are drawn less often, for they hold more raters and people each."""
    rng = np.random.default_rng(seed)
    return [
        recovered(name, spread, halo, max(2, round(rounds * share)), rng)
        for name, (_, _, share) in SIZES.items()
        for halo in HALOS
        for spread in SPREADS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows = every(asked.rounds, asked.seed)
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=2))
    print(table(rows))


if __name__ == "__main__":
    main()
