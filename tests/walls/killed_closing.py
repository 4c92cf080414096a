"""The closing of a survey is killed at random points: run by ``test_ballot_box.py`` in a process of its own.

    python killed_closing.py FOLDER KILLS PEOPLE    prints what came of it as JSON

Each round starts from the same files: a survey whose last day is over. A child does what is due and is
killed on its way. What another program then reads in the main file is either all of the release or
nothing of it; what is left in the other files is done by the next tick, which ends in one and the same
state.
"""

from __future__ import annotations

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
from django.db import connections, transaction  # noqa: E402
from tests.web.feedback.boxed import NOW, opened  # noqa: E402

from fairlead.web import vault  # noqa: E402
from fairlead.web.feedback import closing  # noqa: E402
from fairlead.web.feedback.models import Seat  # noqa: E402
from fairlead.web.people.models import Person  # noqa: E402

MAIN = """
SELECT (SELECT state FROM web_survey), (SELECT count(*) FROM web_release), (SELECT count(*) FROM web_report),
       (SELECT released_at IS NOT NULL FROM web_survey),
       (SELECT count(*) FROM web_entry WHERE verb = 'release')
"""
REST = {
    "vault.sqlite3": "SELECT count(*) FROM web_ballot",
    "keys.sqlite3": "SELECT count(*) FROM web_boxkey",
}


def plant() -> None:
    """Let a survey be open whose last day is over, with an answer of everybody."""
    with vault.on_duty("test"), transaction.atomic():
        people = [Person.objects.create(name=f"Person {number}") for number in range(PEOPLE + 10)]
        bosses, asked = people[:10], people[10:]
        made = opened([asked[at::10] for at in range(10)], managers=bosses)
        made.everybody_answers()


def tick(ready: int | None = None) -> None:
    if ready is not None:
        os.write(ready, b"!")
    with vault.on_duty("retention"):
        closing.close_due(NOW)


def in_child(*, kill_after: float | None = None) -> tuple[bool, float]:
    """Do what is due in a child, killed after some seconds if wanted; say whether it ended well."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            tick(writing)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told by the exit code
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    os.close(writing)
    os.read(reading, 1)
    began = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    return status == 0, time.monotonic() - began


def ask(file: str, sql: str) -> list[Any]:
    with sqlite3.connect(HERE / file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(database.execute(sql).fetchone())


def state() -> tuple[list[Any], list[Any]]:
    return ask("fairlead.sqlite3", MAIN), [ask(file, sql)[0] for file, sql in REST.items()]


def seats() -> set[str]:
    with vault.on_duty("test"):
        found = {seat.used for seat in Seat.objects.all()}
    connections.close_all()
    return found


def main() -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    plant()
    connections.close_all()
    shutil.copytree(HERE, TEMPLATE)
    before = state()
    well, seconds = in_child()
    assert well
    after = state()
    assert (before[0][0], after[0][0], after[1]) == ("open", "released", [0, 0])
    chance = random.Random(1912)
    told = {"kills": 0, "before": 0, "after": 0, "to be finished": 0, "half": 0, "not the same": 0}
    for _ in range(KILLS):
        shutil.rmtree(HERE)
        shutil.copytree(TEMPLATE, HERE)
        in_child(kill_after=chance.uniform(0, 1.1 * seconds))
        found = state()
        told["kills"] += 1
        told["before"] += found == before
        told["after"] += found == after
        told["to be finished"] += found[0] == after[0] and found[1] != after[1]
        told["half"] += found[0] not in (before[0], after[0]) or (
            found[0] == before[0] and found[1] != before[1]
        )
        well, _seconds = in_child()
        told["not the same"] += not well or state() != after or seats() != {"used"}
    return told | {"seconds": round(seconds, 3)}


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201 - what the test reads
