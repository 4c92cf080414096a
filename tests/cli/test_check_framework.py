"""``fairlead check`` of promotion frameworks: what was read, what is asked, what changed, what is kept."""

import json

import pytest
from click.testing import CliRunner

from fairlead.cli.check import command
from fairlead.core.framework import digest
from fairlead.library.framework import framework, framework_text, read_framework
from fairlead.library.strict_yaml import read_yaml

LADDER = """\
Track,Level,Criterion,Library,Seen
people manager,Lead,Divides work,managing,Says on Monday who does what
people manager,Head,Divides work,managing,Moves people between teams
"""
FAMILY = """\
name: Care
levels:
  - {id: nurse, name: Nurse}
  - {id: senior, name: Senior Nurse}
themes:
  - {id: technical, name: Nursing}
competencies:
  - {id: c1, level: nurse, theme: technical, summary: "Gives the usual care"}
  - {id: c2, level: senior, theme: technical, summary: "Speaks with charisma"}
"""


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    return write


def run(*arguments, code=0):
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_a_framework_of_our_own_is_told_with_its_tracks_levels_and_hash(put):
    page = run(put("ours.yaml", run("--blank", "framework")))
    assert "ours.yaml: framework\n" in page
    assert "  criteria leading: 6\n  criteria managing: 6\n  criteria doing: 2\n" in page
    assert f"  sha256: {digest(framework('fairlead'))}\n" in page
    assert "note: People manager: Team lead (rung 2, 12 criteria); Manager (rung 3, 12 criteria);" in page
    assert "What changed" not in page


def test_a_change_of_the_shipped_one_is_told_beside_it(put):
    text = (
        framework_text("fairlead")
        .replace("on Monday what", "on Friday what")
        .replace('version: "1"', "version: 2")
    )
    page = run(put("ours.yaml", text))
    assert "note: What changed: fairlead: version 1 beside version 2.\n" in page
    assert "[-Monday-] {+Friday+}" in page


def test_two_versions_of_an_own_framework_are_compared_in_the_order_given(put):
    old = framework_text("fairlead").replace("id: fairlead", "id: ours", 1)
    new = old.replace('version: "1"', 'version: "1.1"').replace(
        "id: expert-5, rung: 5", "id: expert-5, rung: 6"
    )
    found = json.loads(run(put("old.yaml", old), put("new.yaml", new), "--json"))["files"]
    assert not [note for note in found[0]["notes"] if "changed" in note]
    assert found[1]["notes"][-2:] == [
        "What changed: ours: version 1 beside version 1.1.",
        "Level “Master of the craft”: moved from rung 5 to 6.",
    ]


def test_a_table_is_told_apart_from_a_people_list(put):
    page = run(put("ladder.csv", LADDER))
    assert "ladder.csv: framework as a table\n" in page
    assert "note: No criterion is leading.\n" in page
    mapped = LADDER.replace("Criterion", "Merkmal").replace("Seen", "Sichtbar")
    assert "framework as a table" in run(
        put("b.csv", mapped), "--map", "Merkmal=criterion", "--map", "Sichtbar=seen"
    )
    people = put("people.csv", "id,name,level\n1,Ann,Head\n2,Bo,Lead\n")
    assert "people list" in run(people)


def test_what_is_not_known_is_asked_and_the_answer_is_told_and_kept(put, tmp_path):
    path = put("care.yml", FAMILY)
    page = run(path, code=3)
    assert "problem: line 3, column 10: The level “nurse” does not say which track it belongs to." in page
    kept = tmp_path / "ours.yaml"
    page = run(path, "--map", "*=expert", "--keep", str(kept))
    assert "note: Taken for Hands-on expert: nurse, senior.\n  note: Taken for Doing: technical.\n" in page
    assert "note: To be mended before anybody is rated by it: " in page
    assert "line 9, column 56: “charisma” is how somebody comes across" in page
    written = kept.read_text("utf-8")
    assert "Gives the usual care" in written
    assert "problem: line " in run(str(kept), code=3), "an impression is refused in our own form"
    kept.write_text(written.replace("Speaks with charisma", "Trains new nurses"), encoding="utf-8")
    assert read_framework(read_yaml("ours.yaml", kept.read_bytes())).track("expert").levels == (
        "nurse",
        "senior",
    )


def test_keeping_never_writes_over_a_file_and_needs_one_framework(put, tmp_path):
    ours, there = put("a.yaml", framework_text("fairlead")), put("there.yaml", "mine: 1\n")
    assert "is there already" in run(ours, "--keep", there, code=2)
    assert (tmp_path / "there.yaml").read_text("utf-8") == "mine: 1\n"
    assert "writes one framework, and 0 could be read" in run(
        there, "--keep", str(tmp_path / "x.yaml"), code=2
    )
    assert "ends in .yaml" in run(ours, "--keep", str(tmp_path / "x.json"), code=2)
    assert "cannot be written" in run(ours, "--keep", str(tmp_path / "no" / "x.yaml"), code=2)
    assert not (tmp_path / "x.yaml").exists()


def test_a_json_file_that_is_none_of_them_says_what_is_known(put):
    assert "This is no framework that is known here." in run(put("x.json", '{"a": 1}'), code=3)
    assert "line 1, column 6: This is not JSON" in run(put("y.json", '{"a" 1}'), code=3)


def test_a_framework_cut_off_before_its_levels_is_told_what_is_missing_of_it(put):
    whole = run("--blank", "framework")
    page = run(put("cut.yaml", whole[: whole.index("\nlevels:")] + "\n"), code=3)
    assert "cut.yaml: framework\n" in page
    assert "“levels” is missing" in page
    assert "purpose" not in page


def test_what_a_kind_may_be_is_said_whole_and_what_is_said_is_taken(put):
    whole = run("--blank", "framework")
    page = run(put("kind.yaml", whole.replace("kind: leading", "kind: leadin", 1)), code=3)
    assert "“kind” is “leadin”. It should be leading, managing or doing." in page
    assert page.count("problem:") == 1
    refused = run(put("kind.yaml", whole.replace("kind: leading", "kind: recovery", 1)), code=3)
    assert "It should be leading, managing or doing." in refused
