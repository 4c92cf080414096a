"""Severities against sirt's data as two programs have them, and lme4, on data that lie beside a checkout."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest

from fairlead.core.crossed import crossed
from fairlead.core.raters import severity
from fairlead.core.ratings import Ratings

pytestmark = pytest.mark.reference

BESIDE = Path(__file__).parents[2].parent / "shared" / "data"
DATA = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA", BESIDE))
CRITERIA = ("k1", "k2", "k3", "k4", "k5")


def needed(*parts):
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"REFERENCE DATA ABSENT: ../shared/data/{'/'.join(parts)}")
    return path


@pytest.fixture(scope="module")
def ratings():
    """274 ratings of 135 texts by 7 raters on 5 criteria from 0 to 3."""
    with needed("rater_severity", "sirt_data.ratings1.csv").open(newline="") as file:
        rows = [
            (row["idstud"], row["rater"], name, int(row[name]))
            for row in csv.DictReader(file)
            for name in CRITERIA
        ]
    return Ratings.from_rows(rows, lowest=0, highest=3)


def test_marginal_estimates_are_those_of_a_wide_grid(ratings):
    found = severity(ratings)
    assert found.deviance == pytest.approx(2573.2464, abs=1e-3)
    assert found.spread**2 == pytest.approx(3.89735, abs=1e-3)
    assert found.reliability == pytest.approx(0.8853558, abs=1e-4)
    wanted = {
        "db01": 1.0039, "db02": 0.5084, "db03": 0.4128, "db07": -0.7511, "db08": -0.0871, "db31": -0.7646,
        "db54": -0.3223,
    }  # fmt: skip
    assert {one.rater: one.severity for one in found.raters} == pytest.approx(wanted, abs=1e-3)
    hard = [one.difficulty for one in found.criteria]
    assert hard == pytest.approx([-0.2410, 0.5057, -0.1035, 0.3902, 0.2635], abs=1e-3)
    assert [one.threshold for one in found.steps] == pytest.approx([-2.8454, 0.1049, 2.7405], abs=1e-3)
    assert found.log_likelihood == pytest.approx(-2573.2464 / 2, abs=1e-3)


@pytest.mark.parametrize(("model", "deviation"), [("rsm", 0.05), ("pcm", 0.05)])
def test_measures_of_people_are_those_of_tam_up_to_its_narrow_grid(ratings, model, deviation):
    found = severity(ratings, model=model)
    with needed("rater_severity", f"ref_ratings1__{model}_persons.csv").open(newline="") as file:
        wanted = {row["pid"]: (float(row["EAP"]), float(row["SD.EAP"])) for row in csv.DictReader(file)}
    assert len(wanted) == len(found.ratees)
    ours = np.array([(one.measure, one.se) for one in found.ratees])
    theirs = np.array([wanted[one.ratee] for one in found.ratees])
    inside = np.abs(theirs[:, 0]) < 3.5  # beyond, TAM's grid is at its end
    assert inside.sum() > 120
    assert np.abs(ours - theirs)[inside].max() < deviation
    assert np.corrcoef(ours[:, 0], theirs[:, 0])[0, 1] > 0.9999


def test_partial_credit_severities_are_those_of_sirt(ratings):
    told = json.loads(needed("rater_severity", "reference_jml_lmer.json").read_text())["ratings1_rmfacets_b"]
    found = severity(ratings, model="pcm")
    # sirt's grid ends at -6 and 6: its deviance is .15 lower, the severities the same to .003.
    assert found.deviance == pytest.approx(told["deviance"], abs=0.2)
    wanted = {one["rater"]: one["b.cent"] for one in told["rater"]}
    assert {one.rater: one.severity for one in found.raters} == pytest.approx(wanted, abs=0.015)


def test_joint_estimates_and_their_fit_are_those_of_older_programs(ratings):
    found = severity(ratings, method="jml")
    strict = [one.severity for one in found.raters]
    assert strict == pytest.approx([1.0470, 0.5281, 0.4406, -0.7588, -0.1315, -0.8701, -0.2553], abs=1e-3)
    hard = [one.difficulty for one in found.criteria]
    assert hard == pytest.approx([-0.4488, 0.3806, -0.2960, 0.2523, 0.1118], abs=1e-3)
    assert [one.threshold for one in found.steps] == pytest.approx([-3.1447, 0.0831, 3.0615], abs=1e-3)
    infit = [one.fit.infit for one in found.raters]
    outfit = [one.fit.outfit for one in found.raters]
    assert infit == pytest.approx([0.963, 0.920, 0.827, 0.625, 1.696, 0.934, 1.063], abs=1e-3)
    assert outfit == pytest.approx([1.046, 0.933, 0.828, 0.595, 1.567, 0.870, 1.067], abs=1.5e-3)
    apart = found.rater_separation
    assert apart.separation_sample == pytest.approx(5.176, abs=2e-3)
    assert apart.strata_sample == pytest.approx(7.235, abs=2e-3)
    assert apart.reliability_sample == pytest.approx(0.9640, abs=1e-4)


def test_the_two_methods_and_the_linear_model_say_the_same_of_raters(ratings):
    found, joint = severity(ratings), severity(ratings, method="jml")
    ours, older = (np.array([one.severity for one in told.raters]) for told in (found, joint))
    assert np.corrcoef(ours, older)[0, 1] > 0.99
    assert older.std() > ours.std()  # joint estimates lie too far apart
    assert crossed(ratings, found).correlation > 0.99


def test_the_crossed_model_is_that_of_lme4(ratings):
    told = json.loads((Path(__file__).parents[1] / "golden" / "raters" / "lme4.json").read_text())
    for pairs, wanted in ((False, told["ratee_rater"]), (True, told["ratee_rater_pair"])):
        found = crossed(ratings, pairs=pairs)
        assert found.reml == pytest.approx(wanted["reml"], abs=1e-6)
        variances = (found.var_ratee, found.var_rater, found.var_pair, found.var_residual)
        # lme4's own optimizer stops a few millionths away.
        assert variances == pytest.approx(wanted["variances"], abs=5e-6)
        assert [one.effect for one in found.raters] == pytest.approx(wanted["raters"], abs=2e-6)
        assert [mean for _, mean in found.criteria] == pytest.approx(wanted["criteria"], abs=1e-6)


def test_ratings_that_hang_together_are_seen(ratings):
    found = severity(ratings)
    assert 1.1 < found.halo.widening < 1.3
    assert found.connected
    assert not found.design.articulation
    assert found.components[0].verdict == "corrected"
    assert sum(one.extreme == "highest" for one in found.ratees) == 5
