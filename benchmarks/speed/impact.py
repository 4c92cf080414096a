"""Exact, mid-p and score intervals of a million pairs of groups, beside scipy's exact test one by one.

    python benchmarks/speed/impact.py [--tiny]

scipy tests as many tables as take about two seconds; its time for all is that per table. Both get the same
tables and the p of the ones scipy has done must be the same to 1e-9. ``impact_seconds`` is the whole of
``impact`` on a million decisions (three groups, 50 units), ``release_seconds`` a whole safe
release of a round: one attribute of three values, ten units, 400 people. Prints JSON; seconds are of CPU.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from fairlead.core.decisions import Attribute, Decisions
from fairlead.core.impact import impact
from fairlead.core.impact_release import release_impact
from fairlead.core.mantel_haenszel import mantel_haenszel
from fairlead.core.two_groups import exact_and_mid_p, ratio_interval

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
TINY = "--tiny" in sys.argv
TABLES = 2_000 if TINY else 1_000_000
BY_SCIPY = 100 if TINY else 3_000
STRATA = 50 if TINY else 500
PEOPLE, UNITS = (80, 2) if TINY else (400, 10)
MANY = (2_000, 5) if TINY else (1_000_000, 50)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def round_of_decisions(people: int, units: int) -> Decisions:
    rng = np.random.default_rng(2)
    return Decisions(
        steps=("promoted",),
        passed=(rng.random(people) < 0.4).astype(np.int64),
        open=np.zeros(people, bool),
        attributes=(
            Attribute(name="group", values=("a", "b", "c"), of=rng.choice(3, people, p=[0.6, 0.3, 0.1])),
        ),
        strata=Attribute(
            name="unit", values=tuple(f"u{at}" for at in range(units)), of=rng.integers(0, units, people)
        ),
    )


def main() -> None:
    from scipy.stats import fisher_exact

    rng = np.random.default_rng(1)
    n, m = rng.integers(5, 60, TABLES), rng.integers(5, 60, TABLES)
    x, y = rng.binomial(n, 0.4), np.maximum(rng.binomial(m, 0.5), 1)
    exact_seconds, found = timed(lambda: exact_and_mid_p(x, n, y, m))
    interval_seconds, _ = timed(lambda: ratio_interval(x, n, y, m))
    rows = list(zip(x[:BY_SCIPY], n[:BY_SCIPY], y[:BY_SCIPY], m[:BY_SCIPY], strict=True))
    scipy_seconds, of_scipy = timed(
        lambda: [fisher_exact([[a, b - a], [c, d - c]]).pvalue for a, b, c, d in rows]
    )
    if np.abs(found[0][:BY_SCIPY] - of_scipy).max() > 1e-9:
        raise SystemExit("The exact p is not that of scipy.")
    strata = [tuple(int(v) for v in row) for row in np.stack([x, n, y, m], axis=1)[:STRATA]]
    strata_seconds, _ = timed(lambda: mantel_haenszel(strata))
    release_seconds, released = timed(lambda: release_impact(round_of_decisions(PEOPLE, UNITS)))
    many = round_of_decisions(*MANY)
    impact_seconds, _ = timed(lambda: impact(many))
    per_scipy = scipy_seconds / BY_SCIPY
    print(
        json.dumps(
            {
                "tables": TABLES,
                "exact_and_mid_p_seconds": exact_seconds,
                "score_interval_seconds": interval_seconds,
                "scipy_seconds_per_table": per_scipy,
                "ratio_cpu": per_scipy * TABLES / exact_seconds,
                "strata": STRATA,
                "mantel_haenszel_seconds": strata_seconds,
                "decisions": len(many),
                "impact_seconds": impact_seconds,
                "release_seconds": release_seconds,
                "release_withheld": released.audit.withheld,
                "release_counts": released.audit.cells,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
