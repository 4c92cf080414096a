"""A roster import is killed at random points: run by ``test_killed_imports.py`` in a process of its own.

    python killed_imports.py FOLDER KILLS PEOPLE    prints what came of it as JSON

Each round starts from the same files. A child imports; it is killed somewhere on its way (mostly while
it writes); what is on the disk is compared with the two states that may be there; then the same list is
imported again, and the state must be the second one.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

FOLDER, KILLS, PEOPLE = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
HERE, TEMPLATE = FOLDER / "data", FOLDER / "template"
for name in [name for name in os.environ if name.startswith(("FAIRLEAD_", "DJANGO_"))]:
    del os.environ[name]
os.environ |= {"FAIRLEAD_DATA": str(HERE), "DJANGO_SETTINGS_MODULE": "fairlead.web.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from fairlead.web.roster import imports  # noqa: E402

STATE = """
SELECT person.number, person.name, person.left, position.since, position.until, position.title,
       manager.number, unit.name
FROM web_person person
LEFT JOIN web_position position ON position.person_id = person.id
LEFT JOIN web_person manager ON manager.id = position.manager_id
LEFT JOIN web_unit unit ON unit.id = position.unit_id
ORDER BY 1, 2, 4, 6
"""


def people(first: int, last: int, title: str) -> bytes:
    lines = ["id,name,manager_id,unit,title"]
    for number in range(first, last):
        boss = "" if number == first else f"E{first + (number - first) // 7}"
        lines.append(f"E{number},Person {number},{boss},Unit {number % 9},{title} {number}")
    return "\n".join(lines).encode()


BEFORE, AFTER = people(0, PEOPLE, "Baker"), people(PEOPLE // 2, PEOPLE * 2, "Miller")


def bring(data: bytes, ready: int | None = None) -> None:
    """Import, and say on ``ready`` when the writing begins."""
    found = imports.begin(None, name="people.csv", data=data, complete=True)
    if ready is not None:
        os.write(ready, b"!")
    imports.carry_out(None, found, typed=str(found.plan["many"] or ""))


def in_child(data: bytes, *, kill_after: float | None = None, wait: bool = True) -> tuple[bool, float]:
    """Import in a child, killed after some seconds if wanted; say whether it ended well, and its seconds."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            bring(data, writing)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told by the exit code
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    os.close(writing)
    if wait:
        os.read(reading, 1)
    began = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    return status == 0, time.monotonic() - began


def state() -> str:
    """Digest what the files say now, as another program reads them; a damaged file ends everything."""
    with sqlite3.connect(HERE / "fairlead.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return hashlib.sha256(repr(database.execute(STATE).fetchall()).encode()).hexdigest()


def said_done() -> int:
    with sqlite3.connect(HERE / "fairlead.sqlite3") as database:
        (found,) = database.execute("SELECT count(*) FROM web_rosterimport WHERE state = 'done'").fetchone()
    return int(found)


def fresh() -> None:
    shutil.rmtree(HERE)
    shutil.copytree(TEMPLATE, HERE)


def main() -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    bring(BEFORE)
    connections.close_all()
    shutil.copytree(HERE, TEMPLATE)
    before = state()
    well, seconds = in_child(AFTER)
    assert well
    after = state()
    assert before != after
    chance = random.Random(1912)
    told = {"kills": 0, "before": 0, "after": 0, "partial": 0, "lost": 0, "not_repeatable": 0}
    for number in range(KILLS):
        fresh()
        anywhere = number % 5 == 0
        in_child(AFTER, kill_after=chance.uniform(0, 1.1 * seconds), wait=not anywhere)
        found, done = state(), said_done()
        told["kills"] += 1
        told["before"] += found == before
        told["after"] += found == after
        told["partial"] += found not in {before, after}
        told["lost"] += done == 2 and found != after
        well, _ = in_child(AFTER)
        told["not_repeatable"] += not well or state() != after
    return told | {"seconds": round(seconds, 3)}


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201 - what the test reads
