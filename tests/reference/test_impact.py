"""Impact against R on the promotion exam of Ricci v. DeStefano, which lies beside a checkout."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fairlead.cli.impact import command
from fairlead.core.decisions import Decisions, attribute
from fairlead.core.impact import impact
from fairlead.core.mantel_haenszel import mantel_haenszel
from fairlead.core.score_gaps import score_gaps
from fairlead.core.two_groups import two_sided_p
from fairlead.core.watching import conditional_odds_ratio

pytestmark = pytest.mark.reference

BESIDE = Path(__file__).parents[2].parent / "shared" / "data"
DATA = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA", BESIDE)) / "adverse_impact"
POSITIONS = ("Captain", "Lieutenant")
COMPARED = [f"{where} {who} vs W" for where in (*POSITIONS, "All") for who in ("B", "H", "BH")]


@pytest.fixture(scope="module")
def rows():
    if not (DATA / "Ricci.csv").exists():
        pytest.skip("REFERENCE DATA ABSENT: ../shared/data/adverse_impact")
    with (DATA / "Ricci.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def of_r(rows):
    del rows
    return json.loads((DATA / "reference.json").read_text())


def passed(row):
    return float(row["Combine"]) >= 70


def table_of(rows, group=lambda race: race):
    return Decisions(
        steps=("pass",), passed=np.array([int(passed(row)) for row in rows]), open=np.zeros(len(rows), bool),
        attributes=(attribute("Race", [group(row["Race"]) for row in rows]),),
        strata=attribute("Position", [row["Position"] for row in rows]),
    )  # fmt: skip


@pytest.mark.parametrize("name", COMPARED)
def test_every_comparison_is_that_of_r(rows, of_r, name):
    where, who, *_ = name.split()
    wanted = of_r["ricci"][name]
    here = [row for row in rows if where in {"All", row["Position"]} and row["Race"] in {*who, "W"}]
    table = table_of(here, lambda race: race if race == "W" else who)
    whole = impact(table, reference="W").attributes[0].whole
    focal, base = (next(one for one in whole.groups if one.group == group) for group in (who, "W"))
    assert (focal.selected, focal.n, base.selected, base.n) == tuple(
        wanted[key] for key in ("focal_sel", "focal_n", "ref_sel", "ref_n")
    )
    odds = conditional_odds_ratio([(focal.selected, focal.n, base.selected, base.n)])
    z = -focal.deviations
    found = {
        "rate_focal": focal.rate, "rate_ref": base.rate, "impact_ratio": focal.impact_ratio,
        "ir_ci95_log": [focal.log_low, focal.log_high], "z_two_sd": z, "p_z": two_sided_p(z),
        "fisher_p": focal.fisher_p, "chisq_yates_p": focal.yates_p, "cohen_h": focal.effect_h,
        "shortfall": focal.shortfall, "phi": z / (focal.n + base.n) ** 0.5,
    }  # fmt: skip
    for key, value in found.items():
        assert value == pytest.approx(wanted[key], rel=1e-9), key
    # R's own search for the odds ratio stops at about five digits.
    assert odds == pytest.approx(wanted["fisher_or_cmle"], rel=1e-4)
    assert focal.low < focal.impact_ratio < focal.high
    assert focal.below_four_fifths


def test_mantel_haenszel_over_both_positions_is_that_of_r(rows, of_r):
    wanted = of_r["ricci_mantel_haenszel"]
    whole = impact(table_of(rows)).attributes[0].whole
    found = whole.mantel_haenszel.found
    assert found.odds_ratio == pytest.approx(wanted["common_or"], abs=1e-10)
    assert found.chi_square == pytest.approx(wanted["chisq"], abs=1e-9)
    assert found.p == pytest.approx(wanted["p"], abs=1e-12)
    assert found.exact_p == pytest.approx(wanted["exact_p"], abs=1e-12)
    assert [found.low, found.high] == pytest.approx(wanted["ci"], abs=1e-10)
    tables = [(6, 16, 16, 25), (9, 34, 25, 43)]
    assert mantel_haenszel(tables) == found


def test_counts_and_who_would_be_eligible_at_the_top_are_those_of_r(rows, of_r):
    strata = impact(table_of(rows)).attributes[0].whole.strata
    for one in strata:
        wanted = {row["_row"]: row for row in of_r["ricci_counts"][one.stratum]}
        assert {g.group: (g.selected, g.n - g.selected) for g in one.groups} == {
            race: (row["TRUE"], row["FALSE"]) for race, row in wanted.items()
        }
    for where, wanted in of_r["ricci_top"].items():
        here = sorted(
            (row for row in rows if row["Position"] == where), key=lambda row: -float(row["Combine"])
        )
        cut = float(here[wanted["k"] - 1]["Combine"])
        table = Decisions(
            steps=("eligible",), passed=np.array([int(float(row["Combine"]) >= cut) for row in here]),
            open=np.zeros(len(here), bool), attributes=(attribute("Race", [row["Race"] for row in here]),),
        )  # fmt: skip
        groups = impact(table).attributes[0].whole.groups
        assert {one.group: one.selected for one in groups} == wanted["eligible"]


@pytest.mark.parametrize("where", POSITIONS)
def test_scores_of_both_groups_are_those_of_rs_t_test(rows, of_r, where):
    here = [row for row in rows if row["Position"] == where]
    column = attribute("group", ["white" if row["Race"] == "W" else "minority" for row in here])
    gaps = score_gaps(np.array([float(row["Combine"]) for row in here]), column, reference="white")
    minority, white = gaps.groups
    wanted = of_r["ricci_t"][where]
    assert (minority.t, minority.df, minority.p) == pytest.approx(
        (wanted["t"], wanted["df"], wanted["p"]), rel=1e-9
    )
    assert (minority.mean, white.mean) == pytest.approx((wanted["mean_minority"], wanted["mean_white"]))
    assert -minority.d == pytest.approx(wanted["d"], rel=1e-9)


def test_the_command_says_what_r_says(rows, of_r, tmp_path):
    path = tmp_path / "ricci.csv"
    lines = ["Race,Position,pass", *(f"{row['Race']},{row['Position']},{int(passed(row))}" for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    done = CliRunner().invoke(
        command, [str(path), "--group", "Race", "--selected", "pass", "--by", "Position", "--json"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["reference"] == "W"
    assert told["mantel_haenszel"]["odds_ratio"] == pytest.approx(0.284622, abs=5e-7)
    assert told["mantel_haenszel"]["p"] == pytest.approx(0.0013851176, abs=5e-10)
    ratios = {
        (one["stratum"], group["group"]): group["impact_ratio"]
        for one in told["strata"]
        for group in one["groups"]
    }
    assert ratios["Captain", "B"] == pytest.approx(0.5859, abs=5e-5)
    assert ratios["Lieutenant", "B"] == pytest.approx(0.5432, abs=5e-5)
    assert ratios["Lieutenant", "H"] == pytest.approx(0.3440, abs=5e-5)
    whole = {group["group"]: group for group in told["groups"]}
    assert whole["B"]["fisher_p"] == pytest.approx(of_r["ricci"]["All B vs W"]["fisher_p"], rel=1e-9)
