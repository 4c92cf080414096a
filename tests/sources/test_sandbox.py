"""The sandbox gives what the reader gives, and holds what it promises."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from tests.sources.ics_text import FIRST, LAST, calendar, event

from fairlead.core.problems import BadInput
from fairlead.core.tables import NO_NOTICE, Meetings
from fairlead.sources import ics, sandbox
from fairlead.sources.files import read_table
from fairlead.sources.people import PEOPLE_COLUMNS, who

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these limits are Linux's")
PEOPLE = b"id,name,email,manager_id,unit\n1,Ann,ann@c.com,,X\n2,Bo,bo@c.com,1,X\n"


def same(one: Meetings, other: Meetings) -> bool:
    return all(
        np.array_equal(getattr(one, f.name), getattr(other, f.name))
        and getattr(getattr(one, f.name), "dtype", None) == getattr(getattr(other, f.name), "dtype", None)
        if isinstance(getattr(one, f.name), np.ndarray)
        else getattr(one, f.name) == getattr(other, f.name)
        for f in dataclasses.fields(Meetings)
    )


def inside(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that has limited itself as the sandbox does."""
    start = (
        "from fairlead.sources.sandbox_child import limit_resources, leave_the_network, forbid\n"
        "limit_resources(); leave_the_network(); import socket, os, subprocess; forbid()\n"
    )
    return subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, check=False)


def test_a_calendar_comes_back_as_the_reader_gives_it():
    data = calendar(
        event(
            "RRULE:FREQ=WEEKLY;COUNT=9", "SUMMARY:Ünïcode \U0001f600", "CATEGORIES:a,b",
            "ORGANIZER:mailto:ann@c.com",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@c.com",
        ),
        event("STATUS:CANCELLED", uid="2"),
    )  # fmt: skip
    people = who(["ann@c.com"], people=read_table("p.csv", PEOPLE, known=PEOPLE_COLUMNS))
    options = {"who": people, "zone": "Europe/Berlin", "first": FIRST, "last": LAST}
    there, here = sandbox.read_calendar([("a.ics", data)], **options), ics.read([("a.ics", data)], **options)
    assert same(there.meetings, here.meetings)
    assert there.meetings.created[0] == NO_NOTICE
    assert (there.who, there.first, there.last, there.notes) == (here.who, here.first, here.last, here.notes)


def test_the_table_that_a_guess_needs_goes_along():
    data = calendar(event("ORGANIZER:mailto:bo@c.com"), head=("X-WR-CALNAME:ann@c.com",))
    people = who([], people=read_table("p.csv", PEOPLE, known=PEOPLE_COLUMNS))
    found = sandbox.read_calendar([("a.ics", data)], who=people, zone="UTC", first=FIRST, last=LAST)
    assert found.meetings.report_labels == ("Bo",)
    assert found.meetings.reports.tolist() == [1]


def test_a_refusal_comes_back_whole():
    data = calendar(event("RRULE:FREQ=SECONDLY"))
    problems = []
    for read in (sandbox.read_calendar, ics.read):
        with pytest.raises(BadInput) as caught:
            read([("a.ics", data)], zone="UTC", first=FIRST, last=LAST)
        problems.append(caught.value.problems)
    assert problems[0] == problems[1]
    assert problems[0][0].line == 7


def test_tables_and_documents_come_back_too():
    assert sandbox.read_table("p.csv", PEOPLE) == read_table("p.csv", PEOPLE)
    document = sandbox.read_document("a.yaml", b"a:\n  - x\n  - 12:30\n")
    assert document.value == {"a": ["x", "12:30"]}
    assert document.position(("a", 1)) == (3, 5)


def test_what_is_too_long_does_not_even_start_a_child(monkeypatch):
    monkeypatch.setattr(sandbox, "_exchange", None)
    with pytest.raises(BadInput, match="MiB were given"):
        sandbox.read_calendar([("a.ics", b"x" * 2_000)], limit_bytes=1_000)


def test_a_reading_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(sandbox, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(BadInput, match="takes more than 10 seconds"):
        sandbox.read_calendar([("a.ics", calendar())])
    assert time.monotonic() - began < 5


def test_an_answer_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(sandbox, "_START", "import sys\nwhile True: sys.stdout.buffer.write(b'x' * 65536)")
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 1_000_000)
    with pytest.raises(BadInput, match="larger than"):
        sandbox.read_calendar([("a.ics", calendar())])


@pytest.mark.parametrize("code", ["import os; os._exit(3)", "raise SystemExit(1)", "print('no json')"])
def test_a_child_that_fails_is_told_and_not_shown(monkeypatch, code):
    monkeypatch.setattr(sandbox, "_START", code)
    with pytest.raises(BadInput, match="The reader stopped"):
        sandbox.read_calendar([("a.ics", calendar())])


def test_the_child_inherits_no_environment_and_no_files(monkeypatch):
    monkeypatch.setenv("FAIRLEAD_SECRET_KEY", "planted")
    read_end, write_end = os.pipe()
    os.set_inheritable(write_end, True)
    try:
        monkeypatch.setattr(
            sandbox,
            "_START",
            "import os, json; seen = [dict(os.environ), os.listdir('/proc/self/fd')]; "
            "print(json.dumps({'result': seen}))",
        )
        environment, files = sandbox._run("any", [], {})
    finally:
        os.close(read_end)
        os.close(write_end)
    assert "planted" not in str(environment)
    assert set(environment) <= {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "LC_ALL", "SYSTEMROOT"}
    assert len(files) <= 4, "stdin, stdout, stderr and the listing itself"


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.com', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "open('fairlead-test', 'w')",
        "open('fairlead-test', 'r+')",
        "os.open('fairlead-test', os.O_CREAT | os.O_WRONLY)",
        "os.remove('none')",
        "import ctypes; ctypes.CDLL(None)",
    ],
)
def test_the_child_may_not(code):
    done = inside(code)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr


@LINUX
def test_the_child_may_not_take_more_memory():
    done = inside("x = bytearray(600 << 20)")
    assert "MemoryError" in done.stderr


@LINUX
def test_the_child_is_stopped_after_its_processor_time():
    done = inside(
        "import resource; s = resource.getrlimit(resource.RLIMIT_CPU); print(s[0]); "
        "resource.setrlimit(resource.RLIMIT_CPU, (1, s[1]))\nwhile True: pass"
    )
    assert done.returncode == -24
    assert done.stdout == "" or done.stdout.strip() == str(sandbox.PROCESSOR_SECONDS)


@LINUX
def test_too_much_memory_is_said_as_such(monkeypatch):
    monkeypatch.setattr(
        sandbox,
        "_START",
        "import sys; sys.path.append(sys.argv[1]); from fairlead.sources import sandbox_child as c; "
        "c._work = lambda *a: bytearray(900 << 20); c.main()",
    )
    with pytest.raises(BadInput, match="more than 512 MiB of memory"):
        sandbox.read_calendar([("a.ics", calendar())])


def test_several_threads_may_read_at_once():
    data = calendar(event("RRULE:FREQ=DAILY;COUNT=5"))
    counts = []

    def work() -> None:
        found = sandbox.read_calendar([("a.ics", data)], zone="UTC", first=FIRST, last=LAST)
        counts.append(len(found.meetings))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [5, 5, 5]


def test_today_goes_along():
    data = calendar(event("RRULE:FREQ=WEEKLY"))
    found = sandbox.read_calendar([("a.ics", data)], zone="UTC", today=dt.date(2025, 3, 3))
    assert found.last == dt.date(2025, 3, 3)
