"""What a start of the command line costs, beside a bare interpreter, in turns.

    python benchmarks/speed/start.py [--tiny]

Prints JSON: CPU seconds of whole processes, their median, and the ratio to `python -c pass`.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys

RUN = [sys.executable, "-c", "from fairlead.cli.main import main; main()"]
COMMANDS = {
    "python": [sys.executable, "-c", "pass"],
    "help": [*RUN, "--help"],
    "audit_help": [*RUN, "audit", "--help"],
    "roles": [*RUN, "roles", "nurse"],
}


def cpu_seconds(command: list[str]) -> float:
    """User and system time of the process and what it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"NO_COLOR": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command} ended with {done.returncode}: {done.stderr.decode()[:300]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    turns = 1 if "--tiny" in sys.argv else 9
    spent: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(turns):
        for name, command in COMMANDS.items():
            spent[name].append(cpu_seconds(command))
    median = {name: statistics.median(found) for name, found in spent.items()}
    told = {f"{name}_cpu_seconds": round(value, 3) for name, value in median.items()}
    told |= {
        f"{name}_ratio": round(median[name] / median["python"], 2) for name in COMMANDS if name != "python"
    }
    print(json.dumps(told | {"turns": turns}, indent=2))


if __name__ == "__main__":
    main()
