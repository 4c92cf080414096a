"""An archive holds ballots as noise; the key of a box is in the latest file of keys and nowhere else."""

from __future__ import annotations

import os
import sqlite3
import tarfile

import pytest
from tests.web.test_backup import done

BOX = "0b0b0b0b-0000-4000-8000-000000000000"
PERSON = "0a0a0a0a-0000-4000-8000-000000000000"
MAKE = f"""
from uuid import UUID
from fairlead.web.vault import writing
writing.make_box(UUID("{BOX}"), size=400, slots=8)
writing.drop(UUID("{BOX}"), UUID("{PERSON}"), {{"answers": [4], "comments": ["sealed-canary-words"]}})
"""
READ = f"""
from uuid import UUID
from fairlead.web.vault import reading, writing
try:
    print(reading.papers(UUID("{BOX}")))
except writing.NoBox:
    print("no box")
"""
BURN = f"""
from uuid import UUID
from fairlead.web.vault import writing
writing.burn(UUID("{BOX}"))
"""

pytestmark = pytest.mark.skipif("FAIRLEAD_TEST_DATABASE" in os.environ, reason="about SQLite's files")


def unpacked(path, folder):
    folder.mkdir()
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    return folder


def tables(path):
    with sqlite3.connect(path) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def count(path, table):
    with sqlite3.connect(path) as database:
        return database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]


@pytest.mark.slow
def test_an_archive_of_an_open_survey_opens_with_that_nights_keys_and_never_after_the_close(tmp_path):
    data, backups = tmp_path / "data", tmp_path / "backups"
    done("migrate", "--verbosity=0", data=data)
    done("shell", "--command", MAKE, data=data)
    done("backup", backups, data=data)
    (archive,) = backups.glob("fairlead-*.tar.gz")
    nights_keys = (backups / "keys" / "fairlead-keys.tar").read_bytes()
    held = unpacked(archive, tmp_path / "held")
    assert count(held / "vault.sqlite3", "web_ballot") == 8
    assert not any("web_boxkey" in tables(path) for path in held.glob("*.sqlite3"))
    assert b"sealed-canary-words" not in b"".join(path.read_bytes() for path in held.iterdir())
    assert (
        count(unpacked(backups / "keys" / "fairlead-keys.tar", tmp_path / "k") / "keys.sqlite3", "web_boxkey")
        == 1
    )

    done("shell", "--command", BURN, data=data)
    done("backup", tmp_path / "later", "--keys", backups / "keys", data=data)
    later = tmp_path / "later-keys"
    assert count(unpacked(backups / "keys" / "fairlead-keys.tar", later) / "keys.sqlite3", "web_boxkey") == 0

    after = tmp_path / "after"
    done("restore", archive, "--keys", backups / "keys" / "fairlead-keys.tar", data=after)
    assert "no box" in done("shell", "--command", READ, data=after)

    (tmp_path / "nights.tar").write_bytes(nights_keys)
    that_night = tmp_path / "that-night"
    done("restore", archive, "--keys", tmp_path / "nights.tar", data=that_night)
    assert "sealed-canary-words" in done("shell", "--command", READ, data=that_night)
