"""What it costs to start: --help is light, and each room loads without what it does not need."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = (
    "altair", "django", "duckdb", "ibis", "icalendar", "narwhals", "numpy", "openpyxl", "pandas", "polars",
    "pydantic", "rapidfuzz", "recurring_ical_events", "rich", "scipy", "typst", "vl_convert", "yaml",
)  # fmt: skip

SLOW = (
    "altair",
    "duckdb",
    "ibis",
    "pandas",
    "pyspark",
    "scipy.optimize",
    "scipy.stats",
    "typst",
    "vl_convert",
)
"""Never loaded by importing a room, only by the call that needs it."""


def loaded_by(code):
    """Run code in a fresh interpreter and give the names of all modules it has loaded."""
    tail = "\nimport sys; sys.stdout.write('\\n@' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("@")[2].split())


def cpu_seconds(arguments):
    before = os.times()
    subprocess.run(arguments, capture_output=True, check=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


IMPORT = "from fairlead.cli.main import run\n"
HELP = f"{IMPORT}assert run(['--help']) == 0"


def test_help_costs_at_most_a_fifth_of_a_second():
    # The best of several: CPU time of one run counts what the machine does beside it, too.
    spent = min(cpu_seconds([sys.executable, "-c", HELP]) for _ in range(5))
    assert spent <= 0.2, f"{spent:.2f} s"


def test_help_loads_nothing_heavy():
    assert not loaded_by(HELP) & set(HEAVY)


def test_a_wrong_command_loads_nothing_heavy():
    assert not loaded_by("from fairlead.cli.main import run\nassert run(['nonsense']) == 2") & set(HEAVY)


def test_a_wrong_option_is_refused_before_numbers_are_loaded():
    code = f"{IMPORT}assert run(['audit', '--answers', 'none']) == 2"
    assert not loaded_by(code) & set(HEAVY)


@pytest.mark.parametrize("room", ["core", "library", "sources", "render", "cli"])
def test_no_module_of_a_room_loads_what_is_slow_or_the_web(room):
    code = (
        "import importlib, pkgutil, warnings\n"
        f"import fairlead.{room} as room\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    loaded = loaded_by(code)
    assert not loaded & {*SLOW, "django", "fairlead.web"}


def test_the_core_loads_without_the_libraries_of_other_rooms():
    code = (
        "import importlib, pkgutil\n"
        "import fairlead.core as room\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    others = {"click", "icalendar", "polars", "pydantic", "rapidfuzz", "rich", "yaml"}
    assert not loaded_by(code) & others


def test_words_for_a_terminal_do_not_load_the_charts():
    code = (
        "import fairlead.cli.terminal, fairlead.render.content, fairlead.render.page, fairlead.render.report"
    )
    assert not loaded_by(code) & {"altair", "vl_convert", "typst"}
