"""How often is a clear gap right? People with known shares of work, read by the audit; beside plain shares.

    python -m benchmarks.recovery.audit [--people 400] [--seed 20261122] [--json FILE] [--write]

A simulated person's role truly needs some mix of leading, managing and doing, and their work truly has
another. The role profile shows the first through an exchange of emphasis and hours that differs from kind
to kind; the calendar shows the second with weeks that differ, with doing that has no entry, and with
unsorted time that hides one kind more than another. `--write` replaces the table of docs/methods/audit.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from fairlead.core.calendars import Behaviour, KindHours, TimeAudit, WeekReading
from fairlead.core.gaps import find_gaps
from fairlead.core.replies import Replies
from fairlead.core.roles import Demand, RoleProfile
from fairlead.core.shares import EXCHANGE, UNSORTED_ODDS, Z80
from fairlead.core.work import ASKED_KINDS

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "audit.md"
BEGIN, END = "<!-- recovery table: begin -->", "<!-- recovery table: end -->"
WEEKS, UNSORTED = (4, 8, 13, 26), (0.05, 0.2, 0.4)
EDGES = (0.0, 0.05, 0.1, 0.2, 1.0)
LONG = 12.0
"""How even the weeks of one person are: shares of a week follow a Dirichlet of this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One row: ``called`` is the share of true gaps of each size that is called clear.

    ``errors`` multiplies, in log odds, how wrong the exchange of hours and the unsorted time are; at 1
    they are as wrong as the method allows for.
    """

    weeks: int
    unsorted: float
    errors: float
    people: int
    called: tuple[float, ...]
    right: float
    plain_right: float
    done_covered: float
    asked_covered: float


def calendar(hours: np.ndarray, unsorted: np.ndarray, free: np.ndarray) -> TimeAudit:
    first = dt.date(2026, 1, 5)
    weeks = tuple(
        WeekReading(
            monday=(first + dt.timedelta(weeks=i)).isoformat(), complete=True, events=20,
            hours=KindHours(leading=row[0], managing=row[1], doing=row[2], unclear=unsorted[i]),
            reactive_hours=0.0, high_payoff_hours=0.0, meeting_hours=0.0, after_hours=0.0, weekend_hours=0.0,
            focus_hours=float(free[i]), focus_blocks=0, fragmented_hours=0.0, days_without_free_hour=0,
            missed_personal=0,
        )
        for i, row in enumerate(hours.tolist())
    )  # fmt: skip
    totals = hours.sum(axis=0).tolist()
    return TimeAudit(
        first_day=first.isoformat(), last_day=(first + dt.timedelta(weeks=len(weeks))).isoformat(),
        zone="UTC", working_hours="", events=20 * len(weeks),
        hours=KindHours(
            leading=totals[0], managing=totals[1], doing=totals[2], unclear=float(unsorted.sum())
        ),
        figures=(), weeks=weeks, by_size=(), by_relation=(), competencies=(), high_payoff=(), one_to_ones=(),
        rules=(), unsorted=(), left_out=(),
        behaviour=Behaviour(index=None, low=None, high=None, level=0.8, units=0, too_little="-", method="-"),
    )  # fmt: skip


def profile(shares: np.ndarray) -> RoleProfile:
    kinds = tuple(
        Demand(name=kind, level=None, emphasis=None, share=float(share), share_low=None, share_high=None)
        for kind, share in zip(ASKED_KINDS, shares, strict=True)
    )
    return RoleProfile(code="s", title="Simulated", source="own", job_zone=None, kinds=kinds, competencies=())


def live(
    weeks: int, unsorted: float, errors: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, TimeAudit, RoleProfile]:
    """Draw one person: the truth of asked and done, and what calendar and profile show of it."""
    asked, done = rng.dirichlet([8, 8, 8]), rng.dirichlet([4, 5, 4])
    # Independent errors of s per kind move the log odds of one kind against the rest by about s * sqrt(1.5).
    exchange = np.exp(rng.normal(0, errors * math.log(EXCHANGE) / Z80 / math.sqrt(1.5), 3))
    shown = asked * exchange / (asked * exchange).sum()
    work = rng.dirichlet(LONG * done, weeks) * rng.uniform(25, 40, (weeks, 1))
    hidden = work[:, 2] * rng.beta(2, 3)
    work[:, 2] -= hidden
    odds = np.exp(rng.normal(0, errors * math.log(UNSORTED_ODDS) / Z80 / math.sqrt(1.5), 3))
    away = np.minimum(0.95, unsorted * odds / (done * odds).sum())
    free = hidden + rng.uniform(0, 6, weeks) + work[:, 2] * (1 - away[2])
    return asked, done, calendar(work * (1 - away), (work * away).sum(axis=1), free), profile(shown)


def recover(weeks: int, unsorted: float, errors: float, people: int, rng: np.random.Generator) -> Recovery:
    rows = []
    for _ in range(people):
        asked, done, time, role = live(weeks, unsorted, errors, rng)
        for gap, a, d in zip(find_gaps(time, role, Replies.of(()))[:3], asked, done, strict=True):
            if gap.gap is None:
                rows.append((abs(a - d), False, np.nan, np.nan, np.nan, np.nan))
                continue
            same = (gap.gap > 0) == (a > d)
            held = gap.done.low <= d <= gap.done.high, gap.asked.low <= a <= gap.asked.high
            rows.append((abs(a - d), gap.clear, same if gap.clear else np.nan, same, *held))
    size, clear, right, plain, done_held, asked_held = np.array(rows, dtype=float).T
    called = tuple(float(clear[(size >= low) & (size < high)].mean()) for low, high in pairwise(EDGES))
    return Recovery(
        weeks=weeks, unsorted=unsorted, errors=errors, people=people, called=called,
        right=float(np.nanmean(right)),
        plain_right=float(np.nanmean(plain)), done_covered=float(np.nanmean(done_held)),
        asked_covered=float(np.nanmean(asked_held)),
    )  # fmt: skip


def run(people: int, seed: int) -> tuple[Recovery, ...]:
    rng = np.random.default_rng(seed)
    cells = [(weeks, unsorted, 1.0) for weeks in WEEKS for unsorted in UNSORTED]
    cells += [(13, unsorted, 2.0) for unsorted in UNSORTED]
    return tuple(recover(*cell, people, rng) for cell in cells)


def table(found: tuple[Recovery, ...]) -> str:
    heads = (
        "weeks", "unsorted", "errors", "called clear: true gap below 5 points", "5 to 10", "10 to 20",
        "20 or more", "clear gaps in the right direction", "all gaps, without intervals",
        "done interval holds", "asked interval holds",
    )  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|" + "--:|" * len(heads)]
    for row in found:
        shares = (*row.called, row.right, row.plain_right, row.done_covered, row.asked_covered)
        cells = [
            str(row.weeks),
            f"{row.unsorted:.0%}",
            f"{row.errors:g}×",
            *(f"{share:.0%}" for share in shares),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--json", default="")
    parser.add_argument("--write", action="store_true", help="replace the table of the method page")
    chosen = parser.parse_args()
    found = run(chosen.people, chosen.seed)
    print(table(found))
    if chosen.json:
        Path(chosen.json).write_text(json.dumps([asdict(row) for row in found], indent=1), encoding="utf-8")
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{table(found)}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
