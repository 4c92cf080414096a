"""Find a role among all wordings, beside difflib.get_close_matches over the same wordings.

    python benchmarks/speed/roles.py [LIBRARY]

LIBRARY is a file made by "fairlead roles build"; without it the shipped library is searched.
Prints JSON: CPU seconds per search, the ratio, and how often each finds the role that is meant.
"""

from __future__ import annotations

import difflib
import json
import sys
import time
from typing import TYPE_CHECKING

from fairlead.library import role_library

if TYPE_CHECKING:
    from collections.abc import Callable

MEANT = {
    "engineering manager": "11-9041.00",
    "senior product manager": "11-2021.00",
    "head of people": "11-3121.00",
    "scrum master": "15-1299.09",
    "VP of Engineering": "11-3021.00",
    "Teamleiterin (m/w/d)": "43-1011.00",
    "Vertriebsleiterin": "11-2022.00",
    "registered nurses": "29-1141.00",
    "software engeneer": "15-1252.00",
    "plumber": "47-2152.00",
    "founder": "11-1011.00",
    "director of supply chain": "11-3071.04",
}


def per_search(search: Callable[[str], str | None]) -> tuple[float, int]:
    """CPU seconds of one search, best of three rounds, and how many find the role that is meant."""
    best, right = float("inf"), 0
    for _ in range(3):
        began = time.process_time()
        right = sum(search(wording) == code for wording, code in MEANT.items())
        best = min(best, (time.process_time() - began) / len(MEANT))
    return best, right


def main() -> None:
    began = time.process_time()
    library = role_library.load(next((a for a in sys.argv[1:] if not a.startswith("--")), None))
    loaded = time.process_time() - began
    began = time.process_time()
    finder = library.finder
    indexed = time.process_time() - began
    codes = dict(zip((shown.casefold() for shown in finder.shown), finder.codes, strict=True))

    def ours(wording: str) -> str | None:
        found = finder.find(wording, 1)
        return found[0].code if found else None

    def peer(wording: str) -> str | None:
        found = difflib.get_close_matches(wording.casefold(), codes, n=1)
        return codes[found[0]] if found else None

    (own, own_right), (other, other_right) = per_search(ours), per_search(peer)
    result = {
        "wordings": len(codes),
        "searches": len(MEANT),
        "load_cpu_s": loaded,
        "index_cpu_s": indexed,
        "fairlead_cpu_s_per_search": own,
        "difflib_cpu_s_per_search": other,
        "times_faster": other / own,
        "fairlead_right": own_right,
        "difflib_right": other_right,
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
