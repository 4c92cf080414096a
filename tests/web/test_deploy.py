"""The scripts of deploy/: a backup is what a restore makes of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PLANT = """
from fairlead.web.people.models import Person, User
user = User.objects.create_user("ada@example.org", "correct horse battery staple")
Person.objects.create(user=user, name="Ada")
"""
SIGN_IN = """
from django.test import Client
from django.conf import settings
said = {"login": "ada@example.org", "password": "correct horse battery staple"}
answer = Client(SERVER_NAME="127.0.0.1").post("/accounts/login/", said)
print(answer.headers["Location"], settings.SECRET_KEY[:12])
"""


def run(*command: str | Path, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    web = f"{BIN}/fairlead-web"
    return subprocess.run(
        [str(part) for part in command],
        env={**kept, "FAIRLEAD_DATA": str(data), "PYTHON": sys.executable, "FAIRLEAD_WEB": web, **more},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def web(data: Path, *command: str) -> str:
    done = run(sys.executable, "-m", "fairlead.web.manage", *command, data=data)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    data = tmp_path_factory.mktemp("installation") / "data"
    web(data, "migrate", "--verbosity", "0")
    web(data, "shell", "--no-imports", "-c", PLANT)
    return data


@pytest.mark.slow
def test_a_backup_under_load_is_restored_elsewhere_with_its_people_and_its_key(installation, tmp_path):
    stop = threading.Event()
    written: list[int] = []

    def keep_writing():
        with sqlite3.connect(installation / "fairlead.sqlite3", timeout=20) as database:
            while not stop.wait(0.002):
                database.execute(
                    "INSERT INTO web_entry (at, verb, object_kind, object_id, facts, seal)"
                    " VALUES ('2026-03-02', 'load', 'person', '00', '{}', '')"
                )
                database.commit()
                written.append(1)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        saved = run(ROOT / "deploy/backup.sh", tmp_path / "archives", data=installation)
    finally:
        stop.set()
        writer.join()
    assert saved.returncode == 0, saved.stderr
    assert written, "the load was there"
    archive = Path(saved.stdout.strip())
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as packed:
        assert sorted(packed.getnames()) == ["fairlead.sqlite3", "secret.key"]
    assert [p.name for p in (tmp_path / "archives").iterdir()] == [archive.name], "nothing half made is left"

    elsewhere = tmp_path / "elsewhere"
    restored = run(ROOT / "deploy/restore.sh", archive, data=elsewhere)
    assert restored.returncode == 0, restored.stderr
    assert web(elsewhere, "shell", "--no-imports", "-c", SIGN_IN) == web(
        installation, "shell", "--no-imports", "-c", SIGN_IN
    )


@pytest.mark.slow
def test_a_restore_writes_over_nothing_unless_told_and_then_keeps_the_old(installation, tmp_path):
    archive = run(ROOT / "deploy/backup.sh", tmp_path, data=installation).stdout.strip()
    copy = tmp_path / "copy"
    shutil.copytree(installation, copy)
    before = (copy / "fairlead.sqlite3").read_bytes()
    refused = run(ROOT / "deploy/restore.sh", archive, data=copy)
    assert refused.returncode == 2
    assert "REPLACE=1" in refused.stderr
    assert (copy / "fairlead.sqlite3").read_bytes() == before
    done = run(ROOT / "deploy/restore.sh", archive, data=copy, REPLACE="1")
    assert done.returncode == 0, done.stderr
    assert [p.read_bytes() for p in copy.glob("before-restore-*.sqlite3")] == [before]


def test_a_damaged_archive_is_refused_and_nothing_is_put_in_place(tmp_path):
    archive = tmp_path / "fairlead-x.tar.gz"
    archive.write_bytes(b"\x1f\x8b nothing of the kind")
    refused = run(ROOT / "deploy/restore.sh", archive, data=tmp_path / "data")
    assert refused.returncode == 2
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_old_archives_go_and_young_ones_stay(installation, tmp_path):
    for name, days in (("fairlead-old.tar.gz", 20), ("fairlead-young.tar.gz", 2), ("other.txt", 90)):
        (tmp_path / name).write_text("x")
        age = (tmp_path / name).stat().st_mtime - days * 86400
        os.utime(tmp_path / name, (age, age))
    saved = run(ROOT / "deploy/backup.sh", tmp_path, data=installation)
    assert saved.returncode == 0, saved.stderr
    names = {path.name for path in tmp_path.iterdir()}
    assert "fairlead-old.tar.gz" not in names
    assert {"fairlead-young.tar.gz", "other.txt"} < names


def test_a_backup_of_nothing_says_so(tmp_path):
    refused = run(ROOT / "deploy/backup.sh", tmp_path / "archives", data=tmp_path / "nowhere")
    assert refused.returncode == 2
    assert "There is no installation" in refused.stderr


def test_units_name_commands_that_exist():
    from django.core.management import get_commands

    known = set(get_commands())
    for unit in (ROOT / "deploy").glob("*.service"):
        for line in unit.read_text().splitlines():
            if line.startswith("Exec") and "fairlead-web " in line:
                assert line.split("fairlead-web ")[1].split()[0] in known, unit.name


def test_every_setting_is_in_the_documentation_and_the_other_way_round():
    import re

    source = (ROOT / "src/fairlead/web/settings.py").read_text()
    read = set(re.findall(r'"(FAIRLEAD_[A-Z_]+)"', source))
    page = (ROOT / "docs/run/settings.md").read_text()
    said = set(re.findall(r"FAIRLEAD_[A-Z_]+", page))
    for prefix, rest in re.findall(r"`(FAIRLEAD_[A-Z]+)_[A-Z]+`((?:, `_[A-Z]+`[ ᶠ]*)+)", page):
        said |= {f"{prefix}{part}" for part in re.findall(r"`(_[A-Z]+)`", rest)}
    assert read - said == set(), "say in docs/run/settings.md what these do"
    assert said - read - {"FAIRLEAD_SECRET_KEY_FILE"} == set(), "these are not read any more"
