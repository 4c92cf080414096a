"""``fairlead check`` of ratings and decisions: each fault with its place, in the words of rate and impact."""

import json

import pytest
from click.testing import CliRunner

from fairlead.cli import check, impact, rate
from fairlead.core.problems import BadInput

HEAD = "ratee,rater,criterion,score\n"
GOOD = (
    HEAD
    + "Ada,Kim,craft,4\nAda,Lou,craft,3\nBo,Kim,craft,2\nBo,Lou,craft,2\nCy,Lou,craft,5\nCy,Kim,craft,5\n"
)
DECISIONS = "id,sex,promoted,unit\n1,woman,yes,x\n2,man,no,x\n3,man,yes,y\n4,woman,,y\n"


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_text(content)
        return str(path)

    return write


def checked(*arguments):
    done = CliRunner().invoke(check.command, [*arguments, "--json"], catch_exceptions=False)
    found = json.loads(done.stdout)
    assert done.exit_code == (0 if found["ok"] else 3)
    return found["files"][0]


def said(of, *arguments):
    """What the command that reads the file in earnest says when it refuses."""
    with pytest.raises(BadInput) as refused:
        CliRunner().invoke(of.command, list(arguments), catch_exceptions=False)
    return [(one.line, one.column, one.wrong, one.right) for one in refused.value.problems]


FAULTS = {
    "out of range": (GOOD.replace("Bo,Kim,craft,2", "Bo,Kim,craft,9"), (4, 4), "“score” is “9”."),
    "twice": (GOOD.replace("Bo,Lou", "Bo,Kim"), (5, 2), "“Kim” rates “Bo” on “craft” again"),
    "no rater": (GOOD.replace("Ada,Lou", "Ada,"), (3, 2), "“rater” is empty."),
    "one rater": (HEAD + "Ada,Kim,craft,4\nBo,Kim,craft,2\n", (None, None), "Every rating comes from “Kim”."),
    "one score": (HEAD + "Ada,Kim,craft,3\nBo,Lou,craft,3\n", (None, None), "Every rating is 3."),
    "another name": (GOOD.replace("ratee", "person"), (1, None), "There is no column “ratee”."),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_ratings_has_its_place_and_the_words_of_rate(put, fault):
    text, place, begins = FAULTS[fault]
    path = put("ratings.csv", text)
    found = checked(path, "--options", "5")
    assert found["kind"] == "ratings"
    told = [(one["line"], one["column"], one["wrong"], one["right"]) for one in found["problems"]]
    assert told[0][:2] == place
    assert told[0][2].startswith(begins)
    assert told == said(rate, path, "--options", "5")


def test_faults_of_several_kinds_are_told_at_once(put):
    text = GOOD.replace("Bo,Kim,craft,2", "Bo,Kim,craft,9").replace("Cy,Lou", "Cy,Kim")
    found = checked(put("ratings.csv", text), "--options", "5")
    assert [(one["line"], one["column"]) for one in found["problems"]] == [(4, 4), (7, 2)]


def test_ratings_without_a_fault_are_counted(put):
    found = checked(put("ratings.csv", GOOD), "--options", "5")
    assert (found["found"]["ratings"], found["found"]["raters"], found["found"]["parts"]) == (6, 2, 1)
    assert (found["found"]["lowest"], found["found"]["highest"]) == (1, 5)


def test_a_part_without_a_link_is_placed_where_it_begins(put):
    text = HEAD + "Ada,Kim,craft,3\nBo,Kim,craft,4\nCy,Lou,craft,3\nDa,Lou,craft,2\nCy,May,craft,3\n"
    problem = checked(put("ratings.csv", text))["problems"][0]
    assert (problem["line"], problem["column"]) == (2, 2)
    assert problem["wrong"].startswith("“Kim” shares no link with “Lou”")
    assert "rate a person of the other" in problem["right"]


def test_names_are_held_against_the_people_list_and_the_framework_of_the_call(put):
    blank = CliRunner().invoke(check.command, ["--blank", "framework"]).stdout
    people = put("people.csv", "id,name\n1,Ada\n2,Bo\n3,Cy\n4,Kim\n")
    found = checked(put("ratings.csv", GOOD), people, put("ours.yaml", blank), "--options", "5")
    wrong = {one["wrong"] for one in found["problems"]}
    assert wrong == {
        "“Lou” is no person of the people list.",
        "“craft” is no criterion of the framework.",
    }
    assert {(one["line"], one["column"]) for one in found["problems"]} >= {(3, 2), (2, 3)}


def test_a_name_with_other_capitals_is_told(put):
    found = checked(put("ratings.csv", GOOD.replace("Bo,Kim", "Bo,kim")), "--options", "5")
    assert "“Kim” and “kim” are taken for two people." in found["notes"]


def test_wide_ratings_need_the_columns_that_hold_scores(put):
    path = put("wide.csv", "ratee,rater,craft,team\nAda,Kim,3,2\nAda,Lou,1,2\nBo,Kim,2,2\nBo,Lou,1,1\n")
    assert "--criteria" in checked(path)["problems"][0]["right"]
    assert checked(path, "--criteria", "craft..team")["found"]["ratings"] == 8


@pytest.mark.parametrize(
    ("text", "options", "place"),
    [
        (DECISIONS.replace("no,x", "perhaps,x"), (), (3, 3)),
        (DECISIONS.replace("2,man", "1,man"), ("--person", "id"), (3, 1)),
        (DECISIONS.replace("promoted", "promotd"), (), (1, 3)),
    ],
)
def test_a_fault_in_decisions_has_its_place_and_the_words_of_impact(put, text, options, place):
    arguments = (put("decisions.csv", text), "--group", "sex", "--selected", "promoted", *options)
    found = checked(*arguments)
    told = [(one["line"], one["column"], one["wrong"], one["right"]) for one in found["problems"]]
    assert told[0][:2] == place
    assert told == said(impact, *arguments)


def test_decisions_are_counted_and_nothing_to_compare_is_told(put):
    arguments = ("--group", "sex", "--selected", "promoted", "--by", "unit")
    found = checked(put("decisions.csv", DECISIONS), *arguments)
    assert (found["found"]["decided"], found["found"]["selected"], found["found"]["open"]) == (3, 2, 1)
    alone = checked(put("alone.csv", DECISIONS.replace("woman", "man")), *arguments)
    assert any("there is nothing to compare" in note for note in alone["notes"])


def test_a_table_with_a_column_of_yes_and_no_may_be_decisions(put):
    found = checked(put("decisions.csv", DECISIONS))
    assert any("--group COL --selected COL" in note for note in found["notes"])
    assert not any("--group" in note for note in checked(put("people.csv", "person\nAda\n"))["notes"])


def test_a_single_score_beyond_the_others_is_named_where_nobody_said_how_far_the_scale_goes(tmp_path):
    rows = [f"p{a},r{r},{c},{1 + (a + 2 * r + n) % 5}" for a in range(6) for r in range(3)
            for n, c in enumerate("abc")]  # fmt: skip
    rows[7] = rows[7][:-1] + "6"
    path = tmp_path / "ratings.csv"
    path.write_text("ratee,rater,criterion,score\n" + "\n".join(rows) + "\n", encoding="utf-8")
    said = CliRunner().invoke(check.command, [str(path)], catch_exceptions=False).output
    assert "A single rating is 6: if it is a slip" in " ".join(said.split())
    assert "A single rating is 1" not in said
    stated = CliRunner().invoke(check.command, [str(path), "--options", "6"], catch_exceptions=False).output
    assert "if it is a slip" not in stated
