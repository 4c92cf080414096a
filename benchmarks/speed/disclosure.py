"""A release with its gate, beside the usual rule: show every group of five answers or more.

    python benchmarks/speed/disclosure.py [--tiny]

Both get the same ballots of 150 and of 10,000 people and one question. The usual rule counts and averages
every team and every organization and hides those below five; it proves nothing. Ours forms blocks, rounds,
and attacks everything before it gives it away. CPU seconds, the median of several turns; the ratio is ours to
theirs, so above 1 is what the proof costs. ``reconstructed`` says in how many of the organizations somebody's
exact answer can be computed from the figures of the usual rule, and from ours. ``second_wave_seconds`` is a
release that also counts who came or left since the one before. Prints JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.walls.attacker import attack, random_company, supports, threshold_only

from fairlead.core.disclosure import Earlier, release

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.walls.attacker import Company

TINY = "--tiny" in sys.argv
LARGE = 1_000 if TINY else 10_000
TURNS = 3 if TINY else 15
ATTACKED = 20 if TINY else 300


def usual(company: Company) -> dict[tuple[str, str], float]:
    """Means of all teams and organizations with five answers or more, sums handed up the tree."""
    above = company.above()
    own: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    whole: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for ballot in company.ballots:
        said = ballot.answers[0]
        if said is None:
            continue
        own[ballot.team][0] += said
        own[ballot.team][1] += 1
        at = ballot.team
        while at:
            whole[at][0] += said
            whole[at][1] += 1
            at = above[at]
        whole[""][0] += said
        whole[""][1] += 1
    return {
        (reach, group): total / count
        for reach, groups in (("team", own), ("organization", whole))
        for group, (total, count) in groups.items()
        if count >= 5
    }


def cpu(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(TURNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def measured(people: int) -> dict[str, float]:
    company = random_company(np.random.default_rng(people), people, questions=1, skips=0.03)
    ours = cpu(lambda: release(company.ballots, company.organization, company.policy))
    first = Earlier(
        released=release(company.ballots, company.organization, company.policy),
        organization=company.organization,
    )
    later = replace(company.policy, survey="s2", closed_on=company.policy.closed_on + timedelta(days=90))
    second = cpu(lambda: release(company.ballots, company.organization, later, earlier=[first]))
    theirs = cpu(lambda: usual(company))
    return {
        "people": people,
        "release_seconds": ours,
        "second_wave_seconds": second,
        "usual_rule_seconds": theirs,
        "ratio_cpu": ours / theirs,
    }


def reconstructed() -> dict[str, float]:
    rng = np.random.default_rng(1)
    theirs = ours = 0
    for _ in range(ATTACKED):
        company = random_company(rng, int(rng.integers(20, 151)), questions=1, skips=0)
        cells = release(company.ballots, company.organization, company.policy).cells
        theirs += attack(threshold_only(company, rng), len(company.ballots)).alone > 0
        ours += attack(supports(company, cells, 0), len(company.ballots)).alone > 0
    return {"organizations": ATTACKED, "usual_rule": theirs / ATTACKED, "release": ours / ATTACKED}


def main() -> None:
    small, large = measured(150), measured(LARGE)
    told = {"small": small, "large": large, "reconstructed": reconstructed(), "ratio_cpu": small["ratio_cpu"]}
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
