"""``fairlead check`` of translations and of direction answers."""

import json
from importlib import resources

import pytest

from fairlead.cli import main
from fairlead.library import load

FOLDER = resources.files("fairlead.library")


def check(capsys, *paths):
    code = main.run(["check", "--json", *map(str, paths)])
    return code, json.loads(capsys.readouterr().out)["files"]


@pytest.mark.parametrize(
    "name",
    [
        *(f"instruments/{one}.de.yaml" for one in load.instruments("self")),
        "direction/questions.de.yaml",
        "direction/choices.de.yaml",
        "direction/burdens.de.yaml",
        "direction/activities.de.yaml",
        "tracks/tracks.de.yaml",
    ],
)
def test_every_shipped_translation_is_known_as_one_and_has_no_problem(name, tmp_path, capsys):
    path = tmp_path / name.rpartition("/")[2]
    path.write_bytes(FOLDER.joinpath(name).read_bytes())
    code, (found,) = check(capsys, path)
    assert (code, found["kind"], found["problems"]) == (0, "translation", [])
    assert found["found"]["language"] == "de"
    assert found["found"]["texts"] > 5


def test_a_missing_text_is_told_with_line_and_column(tmp_path, capsys):
    text = FOLDER.joinpath("instruments/rut-check.de.yaml").read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith("      evenings:"))
    path = tmp_path / "rut-check.de.yaml"
    path.write_text(text.replace(line + "\n", ""), encoding="utf-8")
    code, (found,) = check(capsys, path)
    assert code == 3
    (problem,) = found["problems"]
    assert problem["wrong"] == "“sections › balance › items › evenings” is missing."
    assert problem["right"] == "The original says: I worked in the evening."
    assert problem["line"] > 1
    assert problem["column"] == 7


def test_an_own_questionnaire_can_be_translated_in_the_same_call(tmp_path, capsys):
    text = FOLDER.joinpath("instruments/two-sides.yaml").read_text(encoding="utf-8")
    own, words = tmp_path / "mine.yaml", tmp_path / "mine.de.yaml"
    own.write_text(text.replace("id: two-sides", "id: mine", 1), encoding="utf-8")
    german = FOLDER.joinpath("instruments/two-sides.de.yaml").read_text(encoding="utf-8")
    words.write_text(german.replace("translates: two-sides", "translates: mine"), encoding="utf-8")
    code, found = check(capsys, own, words)
    assert (code, [one["kind"] for one in found]) == (0, ["instrument", "translation"])
    assert check(capsys, words)[0] == 3


def test_an_instrument_says_that_nothing_was_measured_yet(tmp_path, capsys):
    path = tmp_path / "rut-check.yaml"
    text = FOLDER.joinpath("instruments/rut-check.yaml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert check(capsys, path)[1][0]["notes"] == ["Reliability: not yet measured."]
    path.write_text(
        text.replace("minutes: 5", "minutes: 5\nmeasured: alpha .8, n = 120", 1), encoding="utf-8"
    )
    assert check(capsys, path)[1][0]["notes"] == ["Reliability: alpha .8, n = 120."]


def test_direction_answers_are_known_and_say_what_is_answered(tmp_path, capsys):
    path = tmp_path / "direction.yaml"
    path.write_text('direction: "1"\nanswered_on: 2026-11-23\nwhy: {push: own}\n', encoding="utf-8")
    code, (found,) = check(capsys, path)
    assert (code, found["kind"]) == (0, "direction answers")
    assert found["found"]["parts"] == 1
    path.write_text('direction: "1"\nanswered_on: 2026-11-23\nwhy: {push: owm}\n', encoding="utf-8")
    code, (found,) = check(capsys, path)
    assert code == 3
    assert found["problems"][0]["line"] == 3
