"""How long it takes to read a people list of 10,000 and to plan its import, beside polars and a dict.

    python benchmarks/speed/roster.py [--tiny]

Fairlead finds the columns, reads every cell and day, checks ids, addresses, managers and circles, and
compares with what stands; once into an empty roster and once with everybody there already. The peer is
the least that anybody could do: polars reads the same CSV and its rows go into a dict by id, unchecked.
Both run in turns in one process, in the same one thread; medians of their CPU times make the ratio.
Prints JSON.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING

os.environ["POLARS_MAX_THREADS"] = "1"  # before polars starts its threads: a CPU second is then one of ours

import polars as pl

from fairlead.core.roster import apply, org_facts, plan_roster
from fairlead.sources.roster import RosterFile, read_roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.core.roster import RosterPlan, Standing

TINY = "--tiny" in sys.argv
PEOPLE = 500 if TINY else 10_000
TURNS = 1 if TINY else 7
TODAY = dt.date(2026, 7, 1)


def written() -> bytes:
    """A people list as a personnel program exports it, in no order."""
    chance = random.Random(10)
    rows = []
    for i in range(1, PEOPLE + 1):
        boss = "" if i == 1 else (i + 5) // 7
        hired = dt.date(2005, 1, 1) + dt.timedelta(days=chance.randrange(7_500))
        rows.append(
            f"{i},First{i} Last{i % 977},p{i}@example.org,{boss},Unit {i // 40},"
            f"Title {i % 60},L{i % 6},{('Expert', 'Manager', '')[i % 3]},{hired:%d/%m/%Y},,"
        )
    chance.shuffle(rows)
    head = (
        "Employee ID,Full Name,Work Email,Manager ID,Department,Job Title,Job Level,Career Track,"
        "Hire Date,Termination Date,Termination Reason"
    )
    return "\n".join([head, *rows, ""]).encode()


def planned(read: RosterFile, standing: tuple[Standing, ...], *, complete: bool) -> RosterPlan:
    return plan_roster(
        read.rows,
        standing,
        file=read.file,
        columns=read.columns,
        places=read.places,
        complete=complete,
        today=TODAY,
    )


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    data = written()

    def reading() -> RosterFile:
        return read_roster("people.csv", data, today=TODAY, sandboxed=False)

    read = reading()
    first = planned(read, (), complete=False)
    standing = apply(first, ())
    again = planned(read, standing, complete=True)
    if len(first.added) != PEOPLE or first.refused or not again.empty:
        raise SystemExit("The list is not read as it was written.")

    def peer() -> dict[int, dict[str, object]]:
        return {row["Employee ID"]: row for row in pl.read_csv(io.BytesIO(data)).iter_rows(named=True)}

    steps: dict[str, Callable[[], object]] = {
        "read": reading,
        "plan_all_new": lambda: planned(read, (), complete=False),
        "plan_nothing_new": lambda: planned(read, standing, complete=True),
        "import": lambda: planned(reading(), (), complete=False),
        "peer": peer,
        "read_in_child_process": lambda: read_roster("people.csv", data, today=TODAY),
    }
    times: dict[str, list[float]] = {name: [] for name in steps}
    child: list[float] = []
    for _ in range(TURNS):
        for name, work in steps.items():
            began = time.perf_counter()
            times[name].append(cpu(work))
            if name == "read_in_child_process":
                child.append(time.perf_counter() - began)
    told = {f"{name}_cpu_seconds": statistics.median(found) for name, found in times.items()}
    facts = org_facts(standing, today=TODAY)
    print(
        json.dumps(
            {
                "people": PEOPLE,
                "bytes": len(data),
                "levels_deep": facts.levels_deep,
                **{name: value for name, value in told.items() if "child" not in name},
                "read_in_child_process_wall_seconds": statistics.median(child),
                "ratio_to_polars_and_dict": told["import_cpu_seconds"] / told["peer_cpu_seconds"],
                "turns": TURNS,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
