"""Agreement and reliability against R's multilevel and psych on the data that lie beside a checkout."""

import csv
import json
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fairlead.cli.agree import command
from fairlead.core.agreement import agreement
from fairlead.core.agreement_sums import group_sums
from fairlead.core.intraclass import intraclass
from fairlead.core.reliability import reliability

pytestmark = pytest.mark.reference

BESIDE = Path(__file__).parents[2].parent / "shared" / "data"
DATA = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA", BESIDE))
SCALES = {
    "LEAD": ([f"LEAD{i:02d}" for i in range(1, 12)], 1),
    "TSIG": ([f"TSIG{i:02d}" for i in range(1, 4)], 1),
    "HOSTILE": ([f"HOSTIL{i:02d}" for i in range(1, 6)], 0),
}


def needed(*parts):
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"REFERENCE DATA ABSENT: ../shared/data/{'/'.join(parts)}")
    return path


def rows_of(*parts):
    with needed(*parts).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def companies():
    """The three scales of lq2002 in their 49 companies."""
    rows = rows_of("agreement_teams", "lq2002.csv")
    labels = sorted({row["COMPID"] for row in rows}, key=int)
    groups = np.array([labels.index(row["COMPID"]) for row in rows])
    found = {}
    for scale, (items, lowest) in SCALES.items():
        answers = np.array([[int(row[item]) - lowest for item in items] for row in rows])
        found[scale] = agreement(answers, groups, labels, options=5, lowest=lowest, name=scale)
    return found


@pytest.fixture(scope="module")
def of_r():
    return json.loads(needed("agreement_teams", "reference.json").read_text())


@pytest.mark.parametrize("scale", SCALES)
def test_icc_of_lq2002_is_that_of_aov_and_of_lme(companies, of_r, scale):
    wanted = of_r["icc_lq2002"][scale]
    found = companies[scale].icc
    assert (found.n, found.groups) == (wanted["n"], wanted["groups"])
    # The scale scores in R's file are rounded to nine digits.
    for ours, theirs in (
        ("ms_between", "MSB"), ("ms_within", "MSW"), ("f", "F"),
        ("icc1", "ICC1_anova"), ("icc2", "ICC2_anova"), ("icc1_reml", "ICC1_reml"),
    ):  # fmt: skip
        assert getattr(found, ours) == pytest.approx(wanted[theirs], abs=1e-6), ours
    mult = next(row for row in of_r["mult_icc_lq2002"] if row["Variable"] == scale)
    assert found.icc2_reml == pytest.approx(mult["ICC2"], abs=1e-6)
    assert companies[scale].alpha == pytest.approx(of_r["cronbach"][f"lq2002_{scale}"]["Alpha"], abs=1e-9)


def test_the_published_figures_of_lq2002(companies):
    lead = companies["LEAD"]
    assert lead.icc.icc1 == pytest.approx(0.087956219, abs=5e-10)
    assert lead.icc.icc2 == pytest.approx(0.800754373, abs=5e-10)
    assert lead.rwg_j.mean == pytest.approx(0.867785, abs=5e-7)
    assert lead.alpha == pytest.approx(0.902237, abs=5e-7)
    assert lead.rwg_star.mean == pytest.approx(0.39262108, abs=5e-9)
    assert lead.ad_mean.mean == pytest.approx(0.89019647, abs=5e-9)
    assert lead.awg.mean == pytest.approx(0.38373265, abs=5e-9)
    assert (lead.rwg_j.min, lead.rwg_j.max) == pytest.approx((0.77490, 0.94231), abs=5e-6)


@pytest.mark.parametrize(
    ("file", "scale", "index"),
    [
        ("ref_rwgj_lq2002_LEAD_ranvar2", "LEAD", "rwg_j"),
        ("ref_rwgj_lq2002_TSIG_ranvar2", "TSIG", "rwg_j"),
        ("ref_rwgj_lq2002_HOSTILE_ranvar2", "HOSTILE", "rwg_j"),
        ("ref_rwgj_lindell_lq2002_LEAD_ranvar2", "LEAD", "rwg_star"),
        ("ref_rwgj_lindell_lq2002_HOSTILE_ranvar2", "HOSTILE", "rwg_star"),
        ("ref_adm_lq2002_LEAD_mean", "LEAD", "ad_mean"),
        ("ref_adm_lq2002_LEAD_median", "LEAD", "ad_median"),
        ("ref_awg_lq2002_LEAD", "LEAD", "awg"),
    ],
)
def test_every_company_has_the_index_that_r_gives_it(companies, file, scale, index):
    wanted = {row["grpid"]: float(list(row.values())[1]) for row in rows_of("agreement_teams", f"{file}.csv")}
    found = {group.group: getattr(group, index) for group in companies[scale].groups}
    assert found == pytest.approx(wanted, abs=1e-12)


def test_one_item_and_a_skewed_null_are_those_of_r():
    rows = rows_of("agreement_teams", "lq2002.csv")
    labels = sorted({row["COMPID"] for row in rows}, key=int)
    groups = np.array([labels.index(row["COMPID"]) for row in rows])
    lead = np.array([[int(row[item]) - 1 for item in SCALES["LEAD"][0]] for row in rows])
    one = group_sums(lead[:, :1], groups, len(labels), options=5).rwg_j(Fraction(2))
    skewed = group_sums(lead, groups, len(labels), options=5).rwg_j(Fraction(134, 100))
    for found, file in (
        (one, "ref_rwg_lq2002_LEAD01_ranvar2"),
        (skewed, "ref_rwgj_lq2002_LEAD_slightskew1.34"),
    ):
        wanted = [float(list(row.values())[1]) for row in rows_of("agreement_teams", f"{file}.csv")]
        assert found == pytest.approx(wanted, abs=1e-12)


def test_shrout_and_fleiss_one_way_forms():
    rows = np.array(
        [[int(x) for x in row.values()] for row in rows_of("scales_icc", "shrout_fleiss_1979.csv")]
    )
    published = json.loads(needed("scales_icc", "reference.json").read_text())["shrout_fleiss"]["icc"]
    wanted = {form["type"]: form["ICC"] for form in published}
    found = intraclass(np.full(6, 4), rows.sum(axis=1), (rows**2).sum(axis=1))
    assert found.icc1 == pytest.approx(wanted["ICC1"], abs=1e-9)
    assert found.icc2 == pytest.approx(wanted["ICC1k"], abs=1e-9)


def test_alpha_and_omega_of_the_bfi_are_those_of_psych():
    keys = json.loads(needed("psych", "bfi.keys.json").read_text())
    wanted = json.loads(needed("psych", "reference.json").read_text())["bfi_omega_total"]
    rows = rows_of("psych", "bfi.csv")
    for scale, named in keys.items():
        columns = []
        for key in named:
            cells = [row[key.lstrip("-")] for row in rows]
            said = np.array([float(cell) if cell not in {"", "NA"} else np.nan for cell in cells])
            columns.append(7 - said if key.startswith("-") else said)
        found = reliability(np.column_stack(columns), named)
        assert found.omega == pytest.approx(wanted[scale], abs=1e-6), scale
        if scale == "agree":
            assert found.alpha == pytest.approx(0.7030184, abs=5e-8)
            assert found.alpha_standard == pytest.approx(0.7130286, abs=5e-8)


def test_the_command_says_what_r_says():
    path = needed("agreement_teams", "lq2002.csv")
    done = CliRunner().invoke(
        command,
        [str(path), "--group", "COMPID", "--items", "LEAD01..LEAD11", "--options", "5", "--json"],
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["n"], told["groups"]) == (2042, 49)
    scale = told["scales"][0]
    assert (scale["name"], scale["items"]) == ("LEAD", 11)
    assert scale["icc1"] == pytest.approx(0.087956219, abs=1e-8)
    assert scale["rwg_j"]["mean"] == pytest.approx(0.8677849, abs=1e-7)
    assert scale["groups"][0]["group"] == "2"
    assert scale["groups"][0]["ad_mean"] == pytest.approx(1.02051768, abs=1e-8)
