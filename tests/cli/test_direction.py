"""``fairlead direction`` as a person meets it: the blank file, page, JSON, files, refusals."""

import csv
import io
import json
from pathlib import Path

import pikepdf
import pytest

from fairlead.cli import main
from fairlead.core.direction_reading import Direction
from fairlead.core.problems import BadInput
from fairlead.core.tracks import TRACK_ORDER
from fairlead.library import load
from fairlead.sources.direction_answers import read_direction_answers

STAR = """\
direction: "1"
answered_on: 2026-11-20
why: {push: pushed, need: organization, encouraged_by: [manager], encouragement: 5}
values:
  mine:
    - {shown: [relationships, support, independence], most: independence, least: support}
    - {shown: [working_conditions, recognition, relationships], most: relationships, least: recognition}
    - {shown: [achievement, working_conditions, support], most: achievement, least: support}
    - {shown: [recognition, independence, working_conditions], most: independence, least: recognition}
    - {shown: [support, achievement, recognition], most: achievement, least: recognition}
    - {shown: [independence, relationships, achievement], most: achievement, least: relationships}
energy:
  - {task: 4.A.2.b.2, effect: 2, hours_spent: 6, hours_wanted: 15}
  - {task: 4.A.4.b.4, effect: -1, hours_spent: 8, hours_wanted: 2}
  - {task: own, label: "Letters, “long” ones", effect: -2, hours_spent: 3, hours_wanted: 0}
frustrations:
  - {what: Quarrels, side: people, about: conflict_navigation, taught: "no", with_tools: 5, bothers: 5}
  - {what: Budget talks, side: technical, taught: "yes", with_tools: 1}
motives: {answers: {comes_next: 5, let_somebody_down: 5, others_are_there: 4, free_to_say_no: 1}}
skills: {asked_by_others: 5, hard_case_alone: 5, found_the_fault: 5, same_tone: 0}
next_level: {role: Manager, burdens: {paperwork: not_for_me}, would_want: 2}
tracks:
  people_manager: {want: {regular_talks: 1, not_good_enough: 1, divide_work: 2, hire_and_part: 1}}
  expert: {want: {hardest_work: 5, long_stretches: 5, keep_learning: 5, vouch_for_quality: 4}}
"""


@pytest.fixture
def star(tmp_path):
    path = tmp_path / "star.yaml"
    path.write_text(STAR, encoding="utf-8")
    return path


def run(capsys, *arguments):
    code = main.run(["direction", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_page_begins_with_one_next_step_and_sets_five_tracks_side_by_side(star, capsys):
    code, out, err = run(capsys, star)
    assert (code, err) == (0, "")
    assert out.index("The one next step") < out.index("Five tracks side by side")
    assert "Learn one skill: Conflict navigation" in out
    assert "rather a will gap" in out
    grid = out[out.index("energy, −2 to 2") :]
    places = [grid.index(track.label[:20]) for track in load.tracks()]
    assert places == sorted(places)
    assert "Traceback" not in out


def test_tasks_go_by_their_plain_words(star, capsys):
    out = run(capsys, star)[1]
    assert "Inventing and designing" in out
    assert "Thinking Creatively" not in out
    assert "Letters, “long” ones" in out


def test_a_role_is_found_from_any_wording_and_set_beside_the_values(star, capsys):
    code, out, _ = run(capsys, star, "--role", "software engineering manager")
    assert code == 0
    assert "Beside a role" in out
    code, _, err = run(capsys, star, "--role", "xqzwvk")
    assert code == 3
    assert "No role is called “xqzwvk”" in err


def test_json_holds_every_part_and_nothing_else_is_printed(star, capsys):
    code, out, err = run(capsys, star, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert list(told) == list(Direction.__dataclass_fields__)
    assert [track["track"] for track in told["tracks"]] == list(TRACK_ORDER)
    assert told["next_step"]["about"] == "conflict_navigation"
    assert told["answered_on"] == "2026-11-20"
    readings = {one["what"]: one["reading"] for side in told["sides"] for one in side["frustrations"]}
    assert readings == {"Quarrels": "skill_gap", "Budget talks": "will_gap"}
    technical = next(side for side in told["sides"] if side["side"] == "technical")
    assert [score["score"] for score in technical["scores"]] == [5.0]


def test_files_are_written_by_their_ending(star, tmp_path, capsys):
    paths = [tmp_path / f"out.{ending}" for ending in ("pdf", "html", "csv", "json")]
    code, _, err = run(capsys, star, *(part for path in paths for part in ("--out", path)))
    assert code == 0
    assert "Written:" in err
    with pikepdf.open(paths[0]) as pdf:
        assert len(pdf.pages) >= 2
    assert "Five tracks side by side" in paths[1].read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(paths[2].read_text(encoding="utf-8-sig"))))
    assert {row["part"] for row in rows} >= {"values", "energy", "skill or will", "tracks"}
    wanted = next(row for row in rows if row["name"] == "Hands-on expert, wanted")
    assert float(wanted["low"]) < float(wanted["value"]) <= float(wanted["high"])
    assert json.loads(paths[3].read_text(encoding="utf-8"))["method"]


@pytest.mark.parametrize("language", load.direction_languages())
def test_the_blank_file_can_be_read_at_once_and_says_what_is_missing(language, tmp_path, capsys):
    code, blank, err = run(capsys, "--new", "--lang", language)
    assert (code, err) == (0, "")
    path = tmp_path / "blank.yaml"
    path.write_text(blank, encoding="utf-8")
    code, out, err = run(capsys, path)
    assert (code, err) == (0, "")
    assert "Not answered" in out
    assert "Your values are not answered" in out


def test_what_is_wrong_in_the_file_is_told_with_line_and_column(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text(STAR.replace("push: pushed", "push: pusht"), encoding="utf-8")
    code, out, err = run(capsys, path)
    assert (code, out) == (3, "")
    assert "wrong.yaml, line 3, column 13: “pusht” is not known here. Did you mean “pushed”?" in err


def test_a_bound_is_told_as_people_write_it(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text(STAR.replace("hours_spent: 6", "hours_spent: -6"), encoding="utf-8")
    code, _, err = run(capsys, path)
    assert code == 3
    assert "“hours_spent” is “-6”. It should be at least 0." in err
    assert "0.0" not in err


def test_nobody_beside_somebody_is_told_with_its_place(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text(STAR.replace("[manager]", "[manager, nobody]"), encoding="utf-8")
    code, out, err = run(capsys, path)
    assert (code, out) == (3, "")
    assert "wrong.yaml, line 3" in err
    assert "“nobody” stands beside somebody. Name who encourages you, or write “nobody” alone." in err
    path.write_text(STAR.replace("[manager]", "[nobody]"), encoding="utf-8")
    code, out, _ = run(capsys, path)
    assert code == 0
    assert "Strong encouragement" not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Give a file of answers, or --new"),
        (("--new", "--json"), "--new prints a file to fill in"),
        (("--new", "--lang", "xx"), "--lang xx: there is en"),
    ],
)
def test_wrong_use_is_told(arguments, told, capsys):
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert told in err


def test_a_language_belongs_to_the_blank_file(star, capsys):
    code, _, err = run(capsys, star, "--lang", "de")
    assert code == 2
    assert "--lang goes with --new" in err


def test_a_day_far_ahead_is_told_with_its_place(tmp_path, capsys):
    path = tmp_path / "ahead.yaml"
    path.write_text(STAR.replace("2026-11-20", "9999-12-31"), encoding="utf-8")
    code, out, err = run(capsys, path)
    assert (code, out) == (3, "")
    assert "ahead.yaml, line 2, column 14: “answered_on” is 9999-12-31, a day that has not come." in err


def test_a_file_too_long_is_told_in_kib_and_without_an_option_that_is_not_there(tmp_path, capsys):
    path = tmp_path / "long.yaml"
    path.write_text(STAR + "# " + "x" * 256 * 1024, encoding="utf-8")
    code, out, err = run(capsys, path)
    assert (code, out) == (3, "")
    assert "long.yaml: The file is longer than 256 KiB." in err
    assert "--limit" not in err


def test_nothing_is_written_when_the_answers_are_wrong(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text("direction: 9\n", encoding="utf-8")
    assert run(capsys, path, "--out", tmp_path / "out.json")[0] == 3
    assert not (tmp_path / "out.json").exists()


def test_the_example_of_the_page_on_use_is_read():
    page = (Path(__file__).parents[2] / "docs" / "use" / "direction.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    said = read_direction_answers("direction.yaml", example.encode())
    assert [one.effect for one in said.energy] == [2, -2]
    assert said.frustrations[0].taught == "no"
    wrong = example.replace("push: pushed", "push: pusht")
    with pytest.raises(BadInput) as error:
        read_direction_answers("direction.yaml", wrong.encode())
    assert str(error.value.problems[0]) in page
