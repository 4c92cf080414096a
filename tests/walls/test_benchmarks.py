"""Benchmarks run, so that none rots; what they measure is for a quiet machine and not for a test."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SPEED = Path(__file__).parents[2] / "benchmarks" / "speed"
pytestmark = pytest.mark.slow


FIGURES = {
    "agreement": "ratio_cpu",
    "calendars": "ratio_cpu",
    "direction": "times_faster",
    "disclosure": "ratio_cpu",
    "export": "export_ratio",
    "impact": "ratio_cpu",
    "organization": "first_import",
    "pages": "my_role",
    "raters": "ratio_cpu",
    "roles": "times_faster",
    "roster": "ratio_to_polars_and_dict",
    "start": "help_ratio",
}


LONG = {"export", "organization", "pages"}
"""Half a minute each even when tiny: `make attack` runs them, before a release."""
RUN = {
    name: figure for name, figure in FIGURES.items() if name not in LONG or "FAIRLEAD_ATTACKED" in os.environ
}


@pytest.mark.parametrize(("name", "figure"), RUN.items())
def test_a_benchmark_of_speed_prints_its_figures_beside_a_peer(name, figure):
    done = subprocess.run(
        [sys.executable, SPEED / f"{name}.py", "--tiny"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert any(figure in key for key in told)


def test_no_benchmark_of_speed_is_forgotten_here():
    assert set(FIGURES) == {path.stem for path in SPEED.glob("*.py")}
