"""``fairlead impact``: the page, the JSON promise, files by their ending, mistakes in one sentence."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from fairlead.cli.impact import command
from fairlead.cli.main import run

RICCI = {
    ("B", "Captain"): (3, 8), ("H", "Captain"): (3, 8), ("W", "Captain"): (16, 25),
    ("B", "Lieutenant"): (6, 19), ("H", "Lieutenant"): (3, 15), ("W", "Lieutenant"): (25, 43),
}  # fmt: skip
"""Counts published in Ricci v. DeStefano, 557 U.S. 557."""


@pytest.fixture
def ricci(tmp_path):
    path = tmp_path / "ricci.csv"
    lines = ["Race,Position,Passed,People"]
    for (race, where), (x, n) in RICCI.items():
        lines += [f"{race},{where},yes,{x}", f"{race},{where},no,{n - x}"]
    path.write_text("\n".join(lines) + "\n")
    return path


def asked(path, *more):
    return ["impact", str(path), "--group", "Race", "--selected", "Passed", "--count", "People", *more]


def printed(capsys, *arguments):
    code = run(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_page_says_the_rates_and_what_may_be_said_of_them(ricci, capsys):
    code, out, _ = printed(capsys, *asked(ricci, "--by", "Position"))
    assert code == 0
    out = " ".join(out.split())  # lines are as long as the terminal is wide
    assert "118 decisions, 56 selected." in out
    assert "Beside W, the group selected most often. Lower: B, H." in out
    assert "Below four fifths of the reference's rate, a rule of thumb: B, H." in out
    assert "the odds of everybody else are 0.28 (0.13 to 0.62) of those of W." in out
    assert "Not stated: nobody." in out


def test_json_is_the_promise_and_nothing_else(ricci, capsys):
    code, out, err = printed(capsys, *asked(ricci, "--by", "Position", "--json"))
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told)[:3] == ["reference", "groups", "mantel_haenszel"]
    assert told["mantel_haenszel"]["odds_ratio"] == pytest.approx(0.284622, abs=5e-7)
    assert {one["group"]: one["below_four_fifths"] for one in told["groups"]} == {
        "B": True,
        "H": True,
        "W": False,
    }
    assert set(told["groups"][0]) >= {
        "group", "n", "selected", "rate", "impact_ratio", "low", "high", "fisher_p", "mid_p", "shortfall",
        "below_four_fifths",
    }  # fmt: skip
    without = json.loads(printed(capsys, *asked(ricci, "--json"))[1])
    assert without["mantel_haenszel"] is None


def test_files_are_written_by_their_ending_and_the_csv_has_the_laws_layout(ricci, tmp_path, capsys):
    outs = [tmp_path / f"impact.{ending}" for ending in ("pdf", "html", "csv", "json")]
    code, _, err = printed(capsys, *asked(ricci), *(part for out in outs for part in ("--out", str(out))))
    assert code == 0
    assert err.count("Written: ") == 4
    assert outs[0].read_bytes().startswith(b"%PDF")
    assert "Selection rates" in outs[1].read_text()
    rows = list(csv.DictReader(io.StringIO(outs[2].read_text(encoding="utf-8-sig"))))
    assert [row["Category"] for row in rows[:4]] == ["B", "H", "W", "Unknown"]
    assert (rows[2]["# of Applicants"], rows[2]["# Selected"], rows[2]["Impact Ratio"]) == ("68", "41", "1.0")
    assert float(rows[0]["Impact Ratio"]) == pytest.approx(0.55284552846)
    assert rows[3]["Note"] == "Not stated; not in the calculations above."
    assert json.loads(outs[3].read_text())["reference"] == "W"


def test_what_may_be_shown_to_others_holds_no_small_count_in_any_file(ricci, tmp_path, capsys):
    out = tmp_path / "shown.json"
    code, page, _ = printed(capsys, *asked(ricci, "--by", "Position", "--release", "--out", str(out)))
    assert code == 0
    told = json.loads(out.read_text())
    counts = [
        count for table in told["tables"] for one in table["groups"] for count in (one["n"], one["selected"])
    ]
    assert None in counts
    assert min(count for count in counts if count is not None) >= 5
    assert "withheld" in page
    assert "B, H together" in page
    assert told["audit"]["passed"]


def test_scores_are_compared_above_the_median_and_by_their_means(tmp_path, capsys):
    path = tmp_path / "scores.csv"
    path.write_text("sex,score\n" + "".join(f"{'wm'[at % 2]},{at}\n" for at in range(40)))
    code, out, _ = printed(capsys, "impact", str(path), "--group", "sex", "--score", "score", "--json")
    told = json.loads(out)
    assert code == 0
    assert [(one["n"], one["selected"]) for one in told["groups"]] == [(20, 10), (20, 10)]
    assert told["scores"]["groups"][0]["mean"] == 20.0
    assert any("above the median" in note for note in told["notes"])


def test_a_mistake_in_the_file_is_one_sentence_and_exit_3(tmp_path, capsys):
    path = tmp_path / "d.csv"
    path.write_text("sex,promoted\nw,1\nm,perhaps\n")
    code, out, err = printed(capsys, "impact", str(path), "--group", "sex", "--selected", "promoted")
    assert (code, out) == (3, "")
    assert err.startswith("d.csv, line 3, column 2: “promoted” is “perhaps”. It should be yes or no")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--reference", "X"), "nobody states “X”. There are: B, H, W."),
        (("--group", "Position", "--group", "People"), "at most two"),
        (("--score", "People"), "Give either --selected"),
        (("--out", "impact.doc"), "the name must end in one of"),
    ],
)
def test_wrong_use_is_said_before_any_work_and_exits_2(ricci, capsys, more, said):
    code, out, err = printed(capsys, *asked(ricci, *more))
    assert (code, out) == (2, "")
    assert said in err


def test_help_shows_every_option():
    said = CliRunner().invoke(command, ["--help"]).output
    for option in ("--group", "--selected", "--score", "--by", "--round", "--release", "--count", "--yes"):
        assert option in said


def test_a_row_of_the_law_s_table_stands_in_one_line(tmp_path):
    path = tmp_path / "d.csv"
    rows = [f"{'women' if n % 2 else 'men'},{'yes' if n % 3 == 0 else 'no'}" for n in range(60)]
    path.write_text("sex,promoted\n" + "\n".join(rows) + "\n", encoding="utf-8")
    arguments = [str(path), "--group", "sex", "--selected", "promoted"]
    page = CliRunner().invoke(command, arguments, catch_exceptions=False).output
    part = page[page.index("Local Law 144") :]
    lines = [line.split() for line in part.splitlines() if line.startswith("sex")]
    assert [line[:4] for line in lines[:2]] == [["sex", "men", "30", "10"], ["sex", "women", "30", "10"]]
    assert "sex Categories" not in part
