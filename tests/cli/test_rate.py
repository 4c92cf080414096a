"""``fairlead rate`` as a person meets it: page, JSON, files, refusals."""

import csv
import io
import json

import pikepdf
import pytest
from tests.core.rater_cases import drawn

from fairlead.cli import main


def written(path, ratings):
    lines = [
        f"{ratings.ratees[p]},{ratings.raters[r]},{ratings.criteria[c]},{x}"
        for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True)
    ]
    path.write_text("\n".join(["ratee,rater,criterion,score", *lines, ""]))
    return path


@pytest.fixture
def ratings(tmp_path):
    """Thirty people and five raters who clearly differ."""
    return written(tmp_path / "ratings.csv", drawn(people=30, raters=5, each=3, spread=1.2, seed=5)[0])


def rate(capsys, path, *arguments):
    code = main.run(["rate", str(path), *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_page_shows_raw_and_fair_in_the_order_of_names_and_raters_in_words(ratings, capsys):
    code, out, err = rate(capsys, ratings, "--options", "4")
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert "240 ratings of 30 people by 5 raters on 3 criteria, from 1 to 4." in said
    assert "The raters differ by more than chance" in said
    places = [out.index(f"\np{person:03d} ") for person in range(30)]
    assert places == sorted(places)
    assert "than the other raters do, by about" in said
    assert "The middle one of the intervals is" in said
    assert "order" not in said.replace("in the order of", ""), "nobody is put in an order"
    assert "strict rater" not in said
    assert "halo" in said


def test_json_has_the_promised_keys_and_severities_that_sum_to_nothing(ratings, capsys):
    code, out, err = rate(capsys, ratings, "--options", "4", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert {
        "model",
        "connected",
        "components",
        "log_likelihood",
        "raters",
        "ratees",
        "criteria",
        "steps",
    } <= set(told)
    assert (told["model"], told["method"], told["connected"]) == ("rsm", "mml", True)
    assert {"rater", "n", "severity", "se", "infit", "outfit"} <= set(told["raters"][0])
    ratee = {"ratee", "n", "observed", "fair", "measure", "se", "infit", "outfit", "low", "high"}
    assert ratee <= set(told["ratees"][0])
    assert {"criterion", "difficulty", "se"} <= set(told["criteria"][0])
    assert len(told["steps"]) == 3
    assert sum(one["severity"] for one in told["raters"]) == pytest.approx(0, abs=1e-9)
    assert [one["ratee"] for one in told["ratees"]] == sorted(one["ratee"] for one in told["ratees"])
    assert told["components"][0]["verdict"] == "corrected"
    assert told["crossed"]["correlation"] > 0.9


def test_a_round_too_small_to_correct_says_so(tmp_path, capsys):
    small = written(tmp_path / "s.csv", drawn(people=12, raters=6, each=2, spread=0.0, seed=8)[0])
    code, out, _ = rate(capsys, small, "--options", "4")
    assert code == 0
    said = " ".join(out.split())
    assert "There are too few ratings to correct" in said
    assert "No score is corrected: the fair score is the mean of the ratings." in said
    assert "Too few ratings to say." in said


def test_parts_without_a_link_are_told_apart(tmp_path, capsys):
    table = drawn(people=30, raters=5, each=3, spread=1.0, seed=5)[0]
    lines = written(tmp_path / "a.csv", table).read_text().splitlines()
    other = [line.replace("p0", "q0").replace(",r", ",s") for line in lines[1:]]
    (tmp_path / "both.csv").write_text("\n".join([*lines, *other, ""]))
    code, out, _ = rate(capsys, tmp_path / "both.csv", "--options", "4")
    assert code == 0
    said = " ".join(out.split())
    assert "The ratings fall into 2 parts without a link." in said
    assert "can be compared inside a part, not across" in said
    told = json.loads(rate(capsys, tmp_path / "both.csv", "--json")[1])
    assert (told["connected"], len(told["components"])) == (False, 2)


def test_files_are_written_by_their_ending(ratings, tmp_path, capsys):
    names = ("o.pdf", "o.html", "o.csv", "o.json")
    outs = [part for name in names for part in ("--out", str(tmp_path / name))]
    code, _, err = rate(capsys, ratings, "--options", "4", "--json", *outs)
    assert code == 0
    with pikepdf.open(tmp_path / "o.pdf") as pdf:
        assert len(pdf.pages) >= 2
        assert "/MarkInfo" in pdf.Root
    page = (tmp_path / "o.html").read_text()
    assert page.count('class="figure"') >= 2
    assert "<script" not in page
    rows = list(csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text("utf-8-sig"))))
    told = json.loads((tmp_path / "o.json").read_text())
    people = [row for row in rows if row["what"] == "ratee"]
    assert [float(row["fair"]) for row in people] == [one["fair"] for one in told["ratees"]]
    assert {row["what"] for row in rows} == {"ratee", "rater", "criterion", "step"}
    assert not err


@pytest.mark.parametrize("arguments", [("--model", "pcm"), ("--method", "jml")])
def test_the_other_model_and_the_other_method_are_said(ratings, capsys, arguments):
    code, out, _ = rate(capsys, ratings, "--options", "4", *arguments)
    assert code == 0
    said = " ".join(out.split())
    assert ("Partial credit model by marginal" in said) == ("pcm" in arguments)
    assert ("Rating scale model by joint" in said) == ("jml" in arguments)


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("ratee,rater,score\nA,K,1\nB,K,2\n", (), "Every rating comes from “K”."),
        ("ratee,rater,score\nA,K,2\nA,L,2\nB,K,2\nB,L,2\n", (), "Every rating is 2."),
        ("ratee,rater,score\nA,K,2\nA,K,1\nB,L,2\n", (), "line 3, column 2: “K” rates “A” on “rating” again"),
        ("ratee,rater,score\nA,K,9\nA,L,1\n", ("--options", "5"), "line 2, column 3: “score” is “9”."),
        ("who,rater,score\nA,K,9\nA,L,1\n", (), "There is no column “ratee”."),
    ],
)
def test_bad_input_is_one_sentence_and_exit_3(tmp_path, capsys, text, arguments, said):
    path = tmp_path / "r.csv"
    path.write_text(text)
    code, out, err = rate(capsys, path, *arguments)
    assert (code, out) == (3, "")
    assert said in err
    assert err.startswith("r.csv")
    assert len(err.strip().splitlines()) == 1


def test_lowest_without_options_is_wrong_use(ratings, capsys):
    code, _, err = rate(capsys, ratings, "--lowest", "0")
    assert code == 2
    assert "--lowest needs --options" in err


def grouped(swap=""):
    """Ten people, eight raters; raters of “North” score all a point lower."""
    lines = ["ratee,rater,score,office,track"]
    for who in range(12):
        for by in range(8):
            office = "North" if by < 4 else "South"
            if f"{who}-{by}" == swap:
                office = "West"
            score = min(5, max(1, 2 + (who * 5 + by * by) % 3 + (who > 6) - (by < 4)))
            lines.append(f"p{who:02d},r{by},{score},{office},{'owner' if who % 2 else 'expert'}")
    return "\n".join(lines) + "\n"


def test_groups_of_raters_are_compared_where_columns_are_named(tmp_path, capsys):
    path = tmp_path / "ratings.csv"
    path.write_text(grouped())
    options = ("--options", "5", "--rater-group", "office", "--ratee-group", "track")
    one, other = json.loads(rate(capsys, path, *options, "--json")[1])["groups"]
    assert (one["rater_group"], one["ratee_group"], one["said"]) == ("North", "", "lower")
    assert one["points_high"] < 0
    assert (one["raters"], one["other_raters"], one["people"]) == (4, 4, 12)
    assert (other["rater_group"], other["ratee_group"]) == ("North", "expert")
    page = rate(capsys, path, *options)[1]
    assert "Groups of raters" in page
    assert "Raters of “North” score people lower" in " ".join(page.split())


def test_a_rater_in_two_groups_is_refused_with_both_lines(tmp_path, capsys):
    path = tmp_path / "ratings.csv"
    path.write_text(grouped(swap="3-2"))
    code, _, err = rate(capsys, path, "--rater-group", "office")
    assert code == 3
    assert f"line {2 + 3 * 8 + 2}, column 4: “r2” is in “West” here and in “North” on line 4." in err


def test_groups_of_people_need_groups_of_raters(tmp_path, capsys):
    path = tmp_path / "ratings.csv"
    path.write_text(grouped())
    assert rate(capsys, path, "--ratee-group", "track")[0] == 2
