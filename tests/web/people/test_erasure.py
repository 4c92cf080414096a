"""What was deleted is in no file of the installation: not in the database, not in its log, not beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import re, sqlite3, zlib
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from tests.web.audits import made
from fairlead.web.audits.models import CalendarImport
from fairlead.web.runs.models import Run

ADA = "quendolin.zypresse@example.org"
browser = Client(SERVER_NAME="127.0.0.1")

def post(path, **said):
    answer = browser.post(path, said)
    assert answer.status_code == 302, (path, re.sub(r"<[^>]+>", " ", answer.content.decode())[:900])

def work():
    call_command("db_worker", batch=True, reload=False, verbosity=0, startup_delay=False, interval=0.1)
    worker.execute("SELECT count(*) FROM web_run").fetchone()

def held(*marks):
    found = []
    for file in Path(settings.DATA).rglob("*"):
        if file.is_file() and not file.is_relative_to(settings.STATIC_ROOT):
            data = file.read_bytes()
            found += [(file.name, mark) for mark in marks if mark.encode() in data]
    return sorted(found)

WORDS = (made.TITLE, made.PLACE, made.NOTE, made.GUEST, "boss@example.org")
OWN = ("Zaunkoenigin", "Wollgrasheide", "Steinbrechgrube", ADA, "ziegenmelker.ics", "Pfeifengrastitel")
call_command("migrate", verbosity=0)
# As the worker does, somebody has the database open all the time, so that its log stays.
worker = sqlite3.connect(settings.DATABASES["default"]["NAME"])
worker.execute("SELECT count(*) FROM web_run").fetchone()
post("/accounts/signup/", email=ADA, password1="correct horse battery staple", name="Zaunkoenigin")

# 1. titles forgotten at once
post("/role/calendar/", **made.form(data=made.ics(me=ADA), name="ziegenmelker.ics", addresses=ADA))
work()
assert Run.objects.get().state == "done", Run.objects.get().error
print("forgotten at once:", held(*WORDS))

# 2. titles kept, then forgotten: they are packed, so the packed bytes are looked for
kept = made.form(data=made.ics(me=ADA, weeks=7), name="ziegenmelker.ics", addresses=ADA, titles="keep")
post("/role/calendar/", **kept)
work()
calendar = CalendarImport.objects.first()
packed = bytes(calendar.titles)
assert made.TITLE.encode() in zlib.decompress(packed)

def packed_in():
    files = Path(settings.DATA).rglob("fairlead.sqlite3*")
    return sorted(file.name for file in files if packed[20:60] in file.read_bytes())

assert packed_in() != [], "the check itself must find them before"
post(f"/role/sort/{calendar.pk}/forget-titles/")
print("kept and forgotten:", packed_in(), held(*WORDS))

# 3. everything of an account, then the account
post("/role/high-payoff/", area="own", name="Wollgrasheide", saves="x")
post("/role/decision/", text="Steinbrechgrube", decided_on="2026-01-05")
post("/role/procedures/", name="Pfeifengrastitel")
assert {mark for _file, mark in held(*OWN)} == set(OWN), "the check itself must find them before"
post("/accounts/reauthenticate/", password="correct horse battery staple")
post("/account/leave/", typed=ADA)
print("left:", held(*OWN, *WORDS))
"""


@pytest.mark.slow
def test_forgotten_titles_and_accounts_that_left_are_in_no_file(tmp_path):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "fairlead.web.manage", "shell", "--no-imports", "-c", SCRIPT],
        env={**kept, "FAIRLEAD_DATA": str(tmp_path), "PYTHONPATH": str(Path.cwd()), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stdout.splitlines() if ": [" in line]
    assert said == ["forgotten at once: []", "kept and forgotten: [] []", "left: []"]
