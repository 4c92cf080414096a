"""The figures of the five tracks beside the O*NET database, which is never committed."""

import csv
import os
from importlib import resources
from pathlib import Path

import pytest

from fairlead.library import load, role_library
from fairlead.library.track_library import write_derived
from fairlead.sources.onet import read_folder

ROOT = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA") or Path(__file__).parents[3] / "shared/data")
ONET = ROOT / "onet"
RELEASE = "30.1 (work activities 30.0, job zones 27.0)"

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not ONET.is_dir(), reason=f"no O*NET data: {ONET} is not there"),
]


def test_the_shipped_file_is_made_again_byte_for_byte():
    found = read_folder(ONET, role_library.activities())
    data = write_derived(
        load.track_file(),
        found.occupations,
        [one.id for one in role_library.activities()],
        release=RELEASE,
        attribution=role_library.attribution(RELEASE),
        as_of=found.as_of,
    )
    assert data == resources.files("fairlead.library").joinpath("tracks/derived.json").read_bytes()


def test_one_strength_comes_out_of_the_raw_ratings():
    code, activity = "11-1021.00", "4.A.4.b.4"
    track = load.track_file().tracks[0]
    assert code in track.stands_for
    with (ONET / "Work Activities.csv").open(encoding="utf-8-sig", newline="") as file:
        ratings = {
            row["O*NET-SOC Code"]: (float(row["IM"]), float(row["LV"]))
            for row in csv.DictReader(file)
            if row["Element ID"] == activity
        }
    wanted = [(im - 1) / 4 * lv / 7 for im, lv in (ratings[one] for one in track.stands_for)]
    shown = dict(load.tracks()[0].activities)[activity]
    assert shown == pytest.approx(sum(wanted) / len(wanted), abs=0.0006)
