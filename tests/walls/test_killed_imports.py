"""Killed at any point, an import has happened as a whole or not at all, and can be done again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests import tables

KILLS = 100 if "FAIRLEAD_ATTACKED" in os.environ else 30
"""All of them with ``make attack``."""


@pytest.mark.slow
@pytest.mark.skipif("FAIRLEAD_TEST_DATABASE" in os.environ, reason="about SQLite's files")
def test_kills_leave_nothing_partial_nothing_lost_and_nothing_twice(tmp_path, empty_tables):
    tables.copied(empty_tables, tmp_path / "data" / "fairlead.sqlite3")
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_imports.py"), tmp_path, str(KILLS), "150"],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kills"] == KILLS
    assert (told["partial"], told["lost"], told["not_repeatable"]) == (0, 0, 0)
    assert told["before"] + told["after"] == KILLS
    assert told["before"] >= KILLS // 5, "most kills must hit an import on its way"
