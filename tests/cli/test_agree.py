"""``fairlead agree`` as a person meets it: page, JSON, files, refusals."""

import csv
import io
import json

import pikepdf
import pytest

from fairlead.cli import main

TEAMS = {
    "North": ((5, 4), (5, 5), (4, 4), (5, 4), (4, 5), (5, 5)),
    "South": ((1, 1), (5, 5), (1, 2), (5, 4), (2, 1), (4, 5)),
    "Two": ((3, 3), (3, 4)),
    "Alone": ((2, 2),),
}


@pytest.fixture
def answers(tmp_path):
    """Teams that agree, that are split, and that are too small."""
    rows = [(team, *said) for team, people in TEAMS.items() for said in people]
    lines = [f"p{number},{','.join(map(str, row))}" for number, row in enumerate(rows)]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(["id,team,q1,q2", *lines, ""]))
    return path


def agree(capsys, path, *arguments, options="5"):
    code = main.run(["agree", str(path), "--group", "team", "--options", options, *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_page_says_who_sees_it_alike_and_gives_no_mean_where_nobody_may_average(answers, capsys):
    code, out, err = agree(capsys, answers, "--items", "q1,q2")
    assert code == 0
    assert not err
    said = " ".join(out.split())
    assert "15 people in 4 groups" in said
    assert "1 group sees this alike. 1 group sees this differently." in said
    assert "Too few answered to say it of 2 groups." in said
    lines = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    assert "4.58" in lines["North"]
    assert lines["North"].rstrip().endswith("alike")
    assert "no mean" in lines["South"]
    assert lines["South"].rstrip().endswith("differently, in two camps")
    assert lines["Alone"].rstrip().endswith("too few to say")
    assert "1 group has one answer" in said


def test_a_negative_icc_is_shown_and_said(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("team,q1\nA,1\nA,5\nB,5\nB,1\nC,1\nC,5\n")
    code, out, _ = agree(capsys, path, "--items", "q1")
    assert code == 0
    assert "−1.00" in out
    assert "ICC(1) is below 0" in " ".join(out.split())
    told = json.loads(agree(capsys, path, "--items", "q1", "--json")[1])
    assert told["scales"][0]["icc1"] == pytest.approx(-1.0)
    assert told["scales"][0]["icc2"] is None


def test_json_has_exactly_the_promised_keys_and_nothing_else_is_printed(answers, capsys):
    code, out, err = agree(capsys, answers, "--items", "both=q1,q2", "--items", "q1", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert set(told) == {"n", "groups", "scales"}
    assert (told["n"], told["groups"]) == (15, 4)
    both, single = told["scales"]
    keys = {"name", "items", "alpha", "icc1", "icc2", "rwg_j", "ad_mean", "groups"}
    assert set(both) == set(single) == keys
    assert (both["name"], both["items"], single["name"], single["items"]) == ("both", 2, "q1", 1)
    assert single["alpha"] is None
    assert set(both["rwg_j"]) == set(both["ad_mean"]) == {"mean", "median", "min", "max"}
    assert [group["group"] for group in both["groups"]] == list(TEAMS)
    assert set(both["groups"][0]) == {"group", "n", "mean", "rwg_j", "ad_mean"}
    alone = both["groups"][3]
    assert (alone["n"], alone["mean"], alone["rwg_j"], alone["ad_mean"]) == (1, 2.0, None, None)


def test_for_one_item_rwg_j_is_rwg(answers, capsys):
    told = json.loads(agree(capsys, answers, "--items", "q1", "--json")[1])
    north = told["scales"][0]["groups"][0]
    assert north["rwg_j"] == pytest.approx(1 - (4 / 15) / 2)  # 5 5 4 5 4 5: variance 4/15


def test_every_index_stands_in_the_json_where_it_is_asked_for(answers, capsys):
    told = json.loads(agree(capsys, answers, "--items", "q1,q2", "--json", "--all")[1])
    scale = told["scales"][0]
    assert scale["verdicts"] == {"alike": 1, "differently": 1, "too_few": 2}
    assert {"rwg_star", "awg", "ad_median", "icc", "chance", "null"} <= set(scale)
    assert scale["groups"][1]["two_camps"] is True
    assert scale["icc"]["icc1_reml"] is not None
    assert "nobody answers a group twice" in told["notes"][0]


def test_the_same_seed_prints_the_same_page(answers, capsys):
    pages = {
        agree(capsys, answers, "--items", "q1,q2", "--json", "--all", "--seed", "7")[1] for _ in range(2)
    }
    assert len(pages) == 1


def test_items_can_be_turned_around_first(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("team,q1,q2\nA,5,1\nA,4,2\nA,4,1\nB,1,5\nB,2,5\nB,1,4\n")
    plain = json.loads(agree(capsys, path, "--items", "q1,q2", "--json")[1])["scales"][0]
    turned = json.loads(agree(capsys, path, "--items", "q1,q2", "--reverse", "q2", "--json")[1])["scales"][0]
    assert plain["alpha"] < 0 < turned["alpha"]
    assert turned["groups"][0]["mean"] == pytest.approx((5 + 5 + 4 + 4 + 4 + 5) / 6)
    assert plain["groups"][0]["rwg_j"] == turned["groups"][0]["rwg_j"]


def test_files_are_written_by_their_ending(answers, tmp_path, capsys):
    outs = [tmp_path / f"found.{ending}" for ending in ("pdf", "html", "csv", "json")]
    arguments = [part for path in outs for part in ("--out", str(path))]
    code, _, err = agree(capsys, answers, "--items", "q1,q2", *arguments)
    assert code == 0
    assert all(f"Written: {path}" in err for path in outs)
    with pikepdf.open(outs[0]) as pdf:
        assert len(pdf.pages) >= 1
    assert "differently, in two camps" in outs[1].read_text()
    rows = list(csv.DictReader(io.StringIO(outs[2].read_text(encoding="utf-8-sig"))))
    assert [row["group"] for row in rows] == ["", *TEAMS]
    assert rows[1]["verdict"] == "alike"
    assert rows[4]["rwg_j"] == ""
    assert json.loads(outs[3].read_text())["groups"] == 4


def test_a_group_named_like_a_formula_stays_text_in_the_table(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("team,q1\n=1+1,4\n=1+1,5\n")
    out = tmp_path / "o.csv"
    assert agree(capsys, path, "--items", "q1", "--out", str(out))[0] == 0
    assert "'=1+1" in out.read_text()


def test_a_file_too_long_is_told_in_mib_with_the_option_that_raises_it(tmp_path, capsys):
    path = tmp_path / "long.csv"
    path.write_text("team,q1\n" + "a,1\n" * 2**18, encoding="utf-8")
    code, out, err = agree(capsys, path, "--items", "q1", "--limit", "1")
    assert (code, out) == (3, "")
    assert "long.csv: The file is longer than 1 MiB. Split it, or raise --limit." in err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("team,q1\nA,4\nA,many\n", "a.csv, line 3, column 2: “q1” is “many”."),
        ("team,q1\nA,4\nA,6\n", "a.csv, line 3, column 2: “q1” is “6”."),
        ("tean,q1\nA,4\n", "a.csv, line 1, column 1: There is no column “team”. Did you mean “tean”?"),
        ("id,team,q1\n1,A,4\n1,A,4\n", "a.csv, line 3, column 1: “1” answers again"),
        ("team,q1\nA,4,4\n", "a.csv, line 2: The row has 3 cells"),
        ("", "a.csv: The table is empty."),
    ],
)
def test_bad_input_ends_with_3_names_the_place_and_writes_nothing(tmp_path, capsys, text, place):
    path, out = tmp_path / "a.csv", tmp_path / "o.json"
    path.write_text(text)
    code, printed, err = agree(capsys, path, "--items", "q1", "--out", str(out))
    assert (code, printed) == (3, "")
    assert err.startswith(place)
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--items", "q1", "--out", "found.doc"),
        ("--items", "q1", "--reverse", "q2"),
        ("--items", "q1", "--null", "heavy", "--options", "7"),
        ("--items", "q1", "--options", "1"),
        (),
    ],
)
def test_wrong_use_ends_with_2(answers, capsys, arguments):
    code, out, err = agree(capsys, answers, *arguments)
    assert (code, out) == (2, "")
    assert err


def test_a_skewed_null_makes_less_of_the_same_agreement(answers, capsys):
    uniform, slight = (
        json.loads(agree(capsys, answers, "--items", "q1,q2", "--null", null, "--json")[1])
        for null in ("uniform", "slight")
    )
    north = [told["scales"][0]["groups"][0]["rwg_j"] for told in (uniform, slight)]
    assert north[1] < north[0]


def test_a_column_under_another_name_is_mapped(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("Abteilung,q1\nA,4\nA,5\n")
    assert agree(capsys, path, "--items", "q1", "--map", "Abteilung=team", "--json")[0] == 0


def test_a_table_without_people_is_said_and_no_error(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("team,q1\n")
    code, out, _ = agree(capsys, path, "--items", "q1")
    assert code == 0
    assert "There is no group." in out


def test_many_groups_are_not_all_printed(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("team,q1\n" + "".join(f"T{i},{1 + i % 5}\nT{i},3\n" for i in range(60)))
    out = agree(capsys, path, "--items", "q1")[1]
    assert "The first 40 of 60 groups." in out
    assert "T39 " in out
    assert "T40 " not in out
