"""Do the claims about selection rates hold? False verdicts, coverage, watching, impressions.

    python -m benchmarks.recovery.impact [--runs 1000] [--seed 20261123]

Prints the tables of the method page: how often groups with equal chances get a verdict, how often intervals
hold the truth, how often looking after every round raises a false alarm, and what becomes of a planted effect
of impressions.
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy.special import expit

from fairlead.core.impact_rates import Count, group_rates, reference_of
from fairlead.core.impressions import JudgedCase, impression_effect
from fairlead.core.mantel_haenszel import mantel_haenszel
from fairlead.core.two_groups import exact_and_mid_p, log_interval, ratio_interval
from fairlead.core.watching import ALARM, evidence, watched


def verdicts(runs: int, rng: np.random.Generator) -> list[str]:
    """Groups with equal chances, and one at half the chance: how often each word is said of any, or of it."""
    lines = [
        "| groups | people each | chance | one group's | lower or higher | four fifths | too few to say |",
        "|---|---|---|---|---|---|---|",
    ]
    for groups, people, chance, other in (
        (2, 8, 0.3, 0.3), (2, 20, 0.3, 0.3), (2, 100, 0.3, 0.3), (4, 20, 0.3, 0.3), (4, 100, 0.3, 0.3),
        (8, 50, 0.2, 0.2), (2, 20, 0.5, 0.25), (2, 50, 0.5, 0.25), (2, 100, 0.5, 0.25), (4, 100, 0.5, 0.25),
    ):  # fmt: skip
        said = below = few = 0
        for _ in range(runs):
            chances = np.full(groups, chance)
            chances[0] = other
            x = rng.binomial(people, chances)
            counts = [Count(str(at), people, int(x[at])) for at in range(groups)]
            found = group_rates(counts, reference_of(counts), named=False, level=0.95)
            looked = found if other == chance else found[:1]
            said += any(one.said in {"lower", "higher"} for one in looked)
            below += any(one.below_four_fifths for one in looked)
            few += any(one.said == "too few to say" for one in looked)
        lines.append(
            f"| {groups} | {people} | {chance:.0%} | {other:.0%} | {said / runs:.1%} | {below / runs:.0%} | "
            f"{few / runs:.0%} |"
        )
    return lines


def coverage(runs: int, rng: np.random.Generator) -> list[str]:
    """How often intervals hold the true ratio."""
    lines = [
        "| people | chances | score interval | by logarithms (none) | odds ratio over 6 strata |",
        "|---|---|---|---|---|",
    ]
    for n, m, p, q in ((8, 25, 0.4, 0.6), (20, 40, 0.2, 0.4), (40, 80, 0.3, 0.5), (100, 100, 0.1, 0.2)):
        x, y = rng.binomial(n, p, runs), np.maximum(rng.binomial(m, q, runs), 1)
        low, high = ratio_interval(x, np.full(runs, n), y, np.full(runs, m))
        held = float(np.mean((low <= p / q) & (p / q <= high)))
        logs = [log_interval(int(a), n, int(b), m) for a, b in zip(x, y, strict=True)]
        there = [one for one in logs if one is not None]
        by_log = float(np.mean([one[0] <= p / q <= one[1] for one in there]))
        odds = p / (1 - p) / (q / (1 - q))
        strata = 0
        for _ in range(runs):
            base = rng.uniform(0.2, 0.6, 6)
            mine = expit(np.log(base / (1 - base)) + np.log(odds))
            tables = list(zip(rng.binomial(n, mine), [n] * 6, rng.binomial(m, base), [m] * 6, strict=True))
            found = mantel_haenszel([tuple(map(int, one)) for one in tables])
            strata += found.low is not None and found.low <= odds <= found.high
        lines.append(
            f"| {n}, {m} | {p:.0%}, {q:.0%} | {held:.1%} | {by_log:.1%} ({1 - len(there) / runs:.0%}) | "
            f"{strata / runs:.1%} |"
        )
    return lines


def watching(runs: int, rng: np.random.Generator) -> list[str]:
    """False and true alarms when somebody looks after every round."""
    lines = [
        "| rounds | odds ratio | alarm | a test repeated every round | interval held at every round |",
        "|---|---|---|---|---|",
    ]
    for rounds, odds in ((10, 1.0), (40, 1.0), (10, 0.5), (20, 0.5), (40, 0.5)):
        base = 0.35
        mine = float(expit(np.log(base / (1 - base)) + np.log(odds)))
        alarms = tested = held = looked = 0
        for run in range(runs):
            x, y = rng.binomial(25, mine, rounds), rng.binomial(35, base, rounds)
            tables = [[(int(a), 25, int(b), 35)] for a, b in zip(x, y, strict=True)]
            alarms += max(evidence(tables)) >= 1 / ALARM
            at = np.arange(1, rounds + 1)
            tested += bool((exact_and_mid_p(np.cumsum(x), 25 * at, np.cumsum(y), 35 * at)[1] <= 0.05).any())
            if run < runs // 10:
                looks = watched("g", [(str(one), table) for one, table in enumerate(tables)]).looks
                looked += 1
                held += all(one.low <= odds <= (one.high or np.inf) for one in looks)
        lines.append(
            f"| {rounds} | {odds:g} | {alarms / runs:.1%} | {tested / runs:.1%} | {held / looked:.1%} |"
        )
    return lines


def impressions(runs: int, rng: np.random.Generator) -> list[str]:
    """A planted effect of impressions, with evidence measured well and badly."""
    lines = [
        "| decisions | true odds ratio | error of the evidence | median | interval holds it | 1 refused |",
        "|---|---|---|---|---|---|",
    ]
    planted = ((60, 1.0, 0.0), (60, 1.5, 0.0), (200, 1.0, 0.0), (200, 1.5, 0.0), (200, 1.0, 0.7))
    for n, odds, error in planted:
        found = []
        for _ in range(runs // 5):
            evidence_ = rng.normal(3, 0.7, n)
            share = np.clip(0.3 + 0.1 * (evidence_ - 3) + rng.normal(0, 0.15, n), 0, 1)
            chance = expit(1.2 * (evidence_ - 3) + np.log(odds) * (share - 0.3) * 10)
            promoted = rng.random(n) < chance
            seen = evidence_ + rng.normal(0, error, n) if error else evidence_
            effect = impression_effect([
                JudgedCase(round="1", evidence=float(e), impressions=float(s), promoted=bool(p))
                for e, s, p in zip(seen, share, promoted, strict=True)
            ])  # fmt: skip
            if effect.odds_ratio is not None:
                found.append(effect)
        median = float(np.median([one.odds_ratio for one in found]))
        held = float(np.mean([one.low <= odds <= one.high for one in found]))
        refused = float(np.mean([not one.low <= 1 <= one.high for one in found]))
        told = "none" if not error else "as large as its spread"
        lines.append(f"| {n} | {odds:g} | {told} | {median:.2f} | {held:.0%} | {refused:.0%} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261123)
    asked = parser.parse_args()
    for part in (verdicts, coverage, watching, impressions):
        print("\n".join(part(asked.runs, np.random.default_rng(asked.seed))), end="\n\n")


if __name__ == "__main__":
    main()
