"""A backup is what a restore makes of it: taken under load, put back elsewhere, opened, compared."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest
from tests import tables

PLANT = """
from fairlead.web import trail, vault
from fairlead.web.audits.models import AnswerSheet
from fairlead.web.people.models import Person, User
user = User.objects.create_user("ada@example.org", "correct horse battery staple")
with vault.on_duty("test"):
    person = Person.objects.create(user=user, name="Ada")
    AnswerSheet.objects.create(
        owner=person, instrument="rut-check", version="1", sha256="0" * 64, texts={"a": "sealed-canary-words"}
    )
    for _ in range(20):
        trail.record(person, "join", person)
from django.test import Client
Client(SERVER_NAME="127.0.0.1").post(
    "/accounts/login/", {"login": "ada@example.org", "password": "correct horse battery staple"}
)
"""
LOAD = """
import itertools, sys
from fairlead.web import trail, vault
from fairlead.web.people.models import Person
person = Person.objects.get(name="Ada")
for number in itertools.count():
    Person.objects.create(name=f"Person {number}", number=f"N{number}")
    trail.record(person, "join", person)
    sys.stdout.write(".")
    sys.stdout.flush()
"""
READ = """
from django.test import Client
from fairlead.web import vault
from fairlead.web.audits.models import AnswerSheet
said = {"login": "ada@example.org", "password": "correct horse battery staple"}
answer = Client(SERVER_NAME="127.0.0.1").post("/accounts/login/", said)
with vault.on_duty("test"):
    print(answer.headers["Location"], AnswerSheet.objects.get().texts)
"""


def run(*command: str | Path, data: Path, database: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fairlead.web.manage", *(str(part) for part in command)],
        env=environment(data, database),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def environment(data: Path, database: str = "") -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    more = {"FAIRLEAD_DATABASE": database} if database else {}
    return {**kept, "FAIRLEAD_DATA": str(data), **more}


def done(*command: str | Path, data: Path, database: str = "") -> str:
    ended = run(*command, data=data, database=database)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def shell(code: str, *, data: Path, database: str = "") -> str:
    return done("shell", "--no-imports", "-c", code, data=data, database=database)


@pytest.fixture(scope="module")
def databases():
    """Two empty PostgreSQL databases where the tests have a server, else two times SQLite."""
    address = os.environ.get("FAIRLEAD_TEST_DATABASE", "")
    if not address:
        yield "", ""
        return
    import psycopg

    server = address.rpartition("/")[0] + "/postgres"
    names = [f"fairlead_backup_{os.getpid()}_{which}" for which in ("here", "there")]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
    yield tuple(f"{address.rpartition('/')[0]}/{name}" for name in names)
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def installation(tmp_path_factory, databases, request):
    data = tmp_path_factory.mktemp("installation") / "data"
    if not databases[0]:
        tables.copied(request.getfixturevalue("empty_tables"), data / "fairlead.sqlite3")
    done("migrate", "--verbosity", "0", data=data, database=databases[0])
    shell(PLANT, data=data, database=databases[0])
    return data


@pytest.mark.slow
def test_a_backup_under_load_is_restored_elsewhere_whole_readable_and_verified(
    installation, databases, tmp_path
):
    here, there = databases
    load = subprocess.Popen(
        [sys.executable, "-m", "fairlead.web.manage", "shell", "--no-imports", "-c", LOAD],
        env=environment(installation, here),
        stdout=subprocess.PIPE,
    )
    assert load.stdout is not None
    reading = threading.Thread(target=load.stdout.read)
    try:
        assert load.stdout.read(20) == b"." * 20, "the load is there"
        reading.start()
        said = done("backup", tmp_path / "archives", data=installation, database=here).splitlines()
        assert load.poll() is None, "the load went on all the while"
    finally:
        load.kill()
        load.wait()
        reading.join()
        load.stdout.close()
    archive, keys = Path(said[0]), Path(said[1])
    assert keys == tmp_path / "archives" / "keys" / "fairlead-keys.tar"
    assert archive.stat().st_mode & 0o077 == keys.stat().st_mode & 0o077 == 0

    elsewhere = tmp_path / "elsewhere"
    restored = done("restore", archive, data=elsewhere, database=there)
    assert "each as the archive says" in restored
    read = shell(READ, data=elsewhere, database=there)
    assert "sealed-canary-words" in read
    assert "/" in read.split()[0]
    assert read == shell(READ, data=installation, database=here)
    assert "whole" in done("verify-trail", data=elsewhere, database=there)
    sessions = "from django.contrib.sessions.models import Session; print(Session.objects.count())"
    assert int(shell(sessions, data=installation, database=here)) >= 1
    assert shell(sessions, data=elsewhere, database=there).strip() == "1", "only the sign-in that came after"
    people = "from fairlead.web.people.models import Person; print(Person.objects.count())"
    assert (
        20
        <= int(shell(people, data=elsewhere, database=there))
        < int(shell(people, data=installation, database=here))
    )


@pytest.mark.slow
def test_an_archive_alone_shows_nothing_that_people_keep(installation, databases, tmp_path):
    archive = Path(done("backup", tmp_path, data=installation, database=databases[0]).splitlines()[0])
    folder = tmp_path / "opened"
    with tarfile.open(archive) as packed:
        names = packed.getnames()
        packed.extractall(folder, filter="data")
    assert not {"secret.key", "vault.key", "trail.key", "keys.sqlite3", "keys.pgdump"} & set(names)
    for file in folder.iterdir():
        assert b"sealed-canary-words" not in file.read_bytes()
    if (folder / "fairlead.sqlite3").exists():
        with sqlite3.connect(folder / "fairlead.sqlite3") as database:
            tables = {
                name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
            }
        assert "web_person" in tables
        assert not {"web_reading", "web_answersheet", "web_datakey", "web_share"} & tables


@pytest.mark.slow
@pytest.mark.skipif("FAIRLEAD_TEST_DATABASE" in os.environ, reason="about SQLite's files")
def test_a_restore_writes_over_nothing_unless_told_and_then_keeps_the_old(installation, tmp_path):
    archive = done("backup", tmp_path, data=installation).splitlines()[0]
    copy = tmp_path / "copy"
    shutil.copytree(installation, copy)
    before = (copy / "fairlead.sqlite3").read_bytes()
    refused = run("restore", archive, data=copy)
    assert refused.returncode != 0
    assert "--replace" in refused.stderr
    assert (copy / "fairlead.sqlite3").read_bytes() == before
    done("restore", archive, "--replace", data=copy)
    assert [p.read_bytes() for p in copy.glob("before-restore-*-fairlead.sqlite3")] == [before]


@pytest.mark.slow
def test_a_damaged_archive_is_refused_and_nothing_is_put_in_place(installation, databases, tmp_path):
    archive, keys, *_ = done("backup", tmp_path, data=installation, database=databases[0]).splitlines()
    folder = tmp_path / "opened"
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    manifest = json.loads((folder / "manifest.json").read_text())
    name = next(iter(manifest["files"]))
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with tarfile.open(tmp_path / "changed.tar.gz", "w:gz") as packed:
        for file in folder.iterdir():
            packed.add(file, arcname=file.name)
    for bad, says in (
        (tmp_path / "changed.tar.gz", "is damaged"),
        (tmp_path / "nowhere.tar.gz", "There is no archive"),
        (Path(keys), "which no backup writes"),
    ):
        data = tmp_path / "data"
        refused = run("restore", bad, "--keys", keys, data=data, database=databases[1])
        assert refused.returncode != 0
        assert says in refused.stderr
        assert not list(data.glob("*.sqlite3"))


@pytest.mark.slow
def test_old_archives_go_young_ones_stay_and_of_the_keys_there_is_one(installation, databases, tmp_path):
    for name, days in (("fairlead-old.tar.gz", 20), ("fairlead-young.tar.gz", 2), ("other.txt", 90)):
        (tmp_path / name).write_text("x")
        age = (tmp_path / name).stat().st_mtime - days * 86400
        os.utime(tmp_path / name, (age, age))
    for _ in range(2):
        done("backup", tmp_path, data=installation, database=databases[0])
    names = {path.name for path in tmp_path.iterdir()}
    assert "fairlead-old.tar.gz" not in names
    assert {"fairlead-young.tar.gz", "other.txt"} < names
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["fairlead-keys.tar"]
