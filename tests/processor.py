"""What a page costs of the processor, at the pace of the machine that measures it.

Milliseconds alone say as much about the machine as about the page: the same page takes twice as long
on an old processor, or on one that shares a core. So each measurement stands beside a piece of plain
work done in turns with it, and is told in the milliseconds of a machine that does that work in
``PLAIN_MS``.
"""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN_MS: Final = 5.0
"""What the plain work takes where the bounds were set: one core of a server of 2024, otherwise idle."""


def plain_work() -> int:
    """Do what pages mostly do: small objects, text put together, dictionaries, a little sorting."""
    rows = [{"name": f"Person {n}", "hours": n * 7 % 41, "kind": "leading"} for n in range(2_700)]
    rows.sort(key=lambda row: (row["hours"], row["name"]))
    page = "".join(f"<tr><td>{row['name']}</td><td>{row['hours']:.1f} h</td></tr>" for row in rows)
    return len(page) + len(json.loads(json.dumps(rows)))


def milliseconds(work: Callable[[], object], *, times: int = 15) -> list[float]:
    """Give what each of so many turns cost, sorted, at the pace of the machine."""
    work()  # templates are compiled once
    plain_work()
    spent, plain = [], []
    for _ in range(times):
        plain.append(_processor_ms(plain_work))
        spent.append(_processor_ms(work))
    pace = PLAIN_MS / statistics.median(plain)
    return sorted(one * pace for one in spent)


def _processor_ms(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000
