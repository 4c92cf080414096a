"""What was deleted is in no file of the installation: not in the database, not in its log, not beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests import tables

SCRIPT = """
import re, sqlite3, zlib
from contextlib import ExitStack
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from tests.web.audits import made
from django.db import connection
from fairlead.web import vault
from fairlead.web.audits.models import CalendarImport
from fairlead.web.runs.models import Run
from fairlead.web.vault.fields import Sealing
from fairlead.web.vault.files import beside
from fairlead.web.vault.tables import private_models

ADA = "quendolin.zypresse@example.org"
browser = Client(SERVER_NAME="127.0.0.1")

def post(path, **said):
    answer = browser.post(path, said)
    assert answer.status_code == 302, (path, re.sub(r"<[^>]+>", " ", answer.content.decode())[:900])

def work():
    call_command("db_worker", batch=True, reload=False, verbosity=0, startup_delay=False, interval=0.1)
    worker.execute("SELECT (SELECT count(*) FROM web_run), (SELECT count(*) FROM web_user)").fetchone()

def held(*marks):
    found = []
    for file in Path(settings.DATA).rglob("*"):
        if file.is_file() and not file.is_relative_to(settings.STATIC_ROOT):
            data = file.read_bytes()
            found += [(file.name, mark) for mark in marks if mark.encode() in data]
    return sorted(found)

def sealed_values():
    "Pieces of every sealed value and key as they stand in the database."
    found = []
    with connection.cursor() as cursor:
        for model in private_models():
            for field in model._meta.fields:
                if isinstance(field, Sealing):
                    cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')
                    found += [bytes(value)[20:60] for (value,) in cursor.fetchall() if value]
        cursor.execute("SELECT wrapped FROM web_datakey")
        return found + [bytes(value)[10:50] for (value,) in cursor.fetchall()]

def still(pieces):
    files = [file.read_bytes() for file in Path(settings.DATA).glob("*.sqlite3*")]
    return [piece.hex() for piece in pieces if any(piece in data for data in files)]

duty = ExitStack()  # kept by its name: forgotten, it would end at once
duty.enter_context(vault.on_duty("test"))
WORDS = (made.TITLE, made.PLACE, made.NOTE, made.GUEST, "boss@example.org")
OWN = ("Zaunkoenigin", "Wollgrasheide", "Steinbrechgrube", ADA, "ziegenmelker.ics", "Pfeifengrastitel")
call_command("migrate", verbosity=0)
# As the worker does, somebody has the database open all the time, so that its log stays.
worker = sqlite3.connect(settings.DATABASES["default"]["NAME"])
for schema, path in beside(settings.DATABASES["default"]["NAME"]).items():
    worker.execute(f"ATTACH DATABASE ? AS {schema}", (str(path),))
worker.execute("SELECT count(*) FROM web_run").fetchone()
post("/accounts/signup/", email=ADA, password1="correct horse battery staple", name="Zaunkoenigin")

# 1. titles forgotten at once
post("/role/calendar/", **made.form(data=made.ics(me=ADA), name="ziegenmelker.ics", addresses=ADA))
work()
assert Run.objects.get().state == "done", Run.objects.get().error
print("forgotten at once:", held(*WORDS))

# 2. titles kept, then forgotten: they are sealed, so the sealed bytes are looked for
kept = made.form(data=made.ics(me=ADA, weeks=7), name="ziegenmelker.ics", addresses=ADA, titles="keep")
post("/role/calendar/", **kept)
work()
calendar = CalendarImport.objects.first()
assert made.TITLE.encode() in zlib.decompress(calendar.titles)
with connection.cursor() as cursor:
    cursor.execute("SELECT titles FROM web_calendarimport WHERE titles IS NOT NULL")
    titles = [bytes(value)[20:60] for (value,) in cursor.fetchall()]
assert len(still(titles)) == 1, "the check itself must find them before"
post(f"/role/sort/{calendar.pk}/forget-titles/")
print("kept and forgotten:", still(titles), held(*WORDS))

# 3. everything of an account, then the account
post("/role/high-payoff/", area="own", name="Wollgrasheide", saves="x")
post("/role/decision/", text="Steinbrechgrube", decided_on="2026-01-05")
post("/role/procedures/", name="Pfeifengrastitel")
# What the account holds stands there as it is, what the person keeps is sealed.
assert {mark for _file, mark in held(*OWN)} == {"Zaunkoenigin", ADA}, "the check itself must find them before"
pieces = sealed_values()
assert len(pieces) > 20 and len(still(pieces)) == len(pieces), "as above"
post("/accounts/reauthenticate/", password="correct horse battery staple")
post("/account/leave/", typed=ADA)
print("left:", held(*OWN, *WORDS), still(pieces))
"""


@pytest.mark.slow
def test_forgotten_titles_and_accounts_that_left_are_in_no_file(tmp_path, empty_tables):
    tables.copied(empty_tables, tmp_path / "fairlead.sqlite3")
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
    assert said == ["forgotten at once: []", "kept and forgotten: [] []", "left: [] []"]
