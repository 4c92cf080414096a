"""``fairlead score`` as a person meets it: page, JSON, files, refusals."""

import csv
import io
import json
import random

import pikepdf
import pytest

from fairlead.cli import main
from fairlead.library.load import instrument

FORM = instrument("rut-check")
ITEMS = [item for item in FORM.items if item.scales]


@pytest.fixture
def answers(tmp_path):
    """Forty people who answer along one line each, with a few gaps."""
    chance = random.Random(1)
    lines = [",".join(["respondent", "team", *(item.id for item in ITEMS)])]
    for person in range(40):
        level = chance.gauss(0, 1)
        cells = []
        for item in ITEMS:
            told = round(3 + (-level if item.reverse else level) + chance.gauss(0, 0.7))
            cells.append("" if chance.random() < 0.02 else str(min(max(told, 1), 5)))
        lines.append(",".join([f"p{person}", "A", *cells]))
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def score(capsys, *arguments):
    code = main.run(["score", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_page_gives_every_scale_with_its_reliability_and_no_person(answers, capsys):
    code, out, err = score(capsys, answers, "--instrument", "rut-check")
    assert (code, err) == (0, "")
    assert "40 rows of answers, rut-check version" in out
    for scale in FORM.scales:
        assert scale.label.split()[0] in out
    assert "Columns that are not scored: team." in out
    assert "p17" not in out


def test_json_holds_scales_then_everybody(answers, capsys):
    code, out, err = score(capsys, answers, "--instrument", "rut-check", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert list(told) == ["instrument", "version", "n", "scales", "respondents", "notes"]
    assert [scale["scale"] for scale in told["scales"]] == [scale.id for scale in FORM.scales]
    first = told["scales"][0]
    assert first["alpha_low"] < first["alpha"] < first["alpha_high"]
    assert first["alpha"] > 0.7
    assert told["respondents"][17]["respondent"] == "p17"
    scores = [one["scores"][first["scale"]] for one in told["respondents"]]
    known = [value for value in scores if value is not None]
    assert first["n"] == len(known)
    assert first["mean"] == pytest.approx(sum(known) / len(known))


def test_files_are_written_by_their_ending(answers, tmp_path, capsys):
    outs = [tmp_path / f"found.{ending}" for ending in ("pdf", "html", "csv", "json")]
    arguments = [part for path in outs for part in ("--out", path)]
    assert score(capsys, answers, "--instrument", "rut-check", *arguments)[0] == 0
    with pikepdf.open(outs[0]) as pdf:
        assert len(pdf.pages) >= 1
    assert "p17" not in outs[1].read_text()
    rows = list(csv.DictReader(io.StringIO(outs[2].read_text(encoding="utf-8-sig"))))
    assert len(rows) == 40 * len(FORM.scales)
    assert json.loads(outs[3].read_text())["n"] == 40


def test_a_person_with_too_few_answers_has_no_score(tmp_path, capsys):
    scale = FORM.scoring()[0]
    header = ",".join(item.id for item in scale.items)
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n3{',' * (len(scale.items) - 1)}\n")
    told = json.loads(score(capsys, path, "--instrument", "rut-check", "--json")[1])
    assert told["respondents"][0]["scores"][scale.id] is None
    assert any(scale.label in note and "without a score" in note for note in told["notes"])


def test_a_table_without_people_is_said_and_no_error(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("respondent," + ",".join(item.id for item in ITEMS) + "\n")
    code, out, _ = score(capsys, path, "--instrument", "rut-check", "--json")
    told = json.loads(out)
    assert (code, told["n"], told["respondents"]) == (0, 0, [])
    assert {scale["alpha"] for scale in told["scales"]} == {None}
    assert score(capsys, path, "--instrument", "rut-check")[0] == 0


def test_what_others_answered_about_a_role_is_scored_without_what_they_have_not_seen(tmp_path, capsys):
    form = instrument("role-audit-others")
    asked = [question.id for question in form.questions()]
    lines = [",".join(["respondent", *asked, *(item.id for item in form.comment_items())])]
    for person in range(6):
        said = ["I have not seen this" if person == 0 and item == "told_them_how" else "4" for item in asked]
        lines.append(",".join([f"p{person}", *said, "Secret words", ""]))
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n")
    code, out, _ = score(capsys, path, "--instrument", "role-audit-others", "--json")
    told = json.loads(out)
    assert (code, told["n"], len(told["scales"])) == (0, 6, 25)
    assert {(scale["scale"], scale["n"], scale["mean"]) for scale in told["scales"]} == {
        (scale.id, 5 if scale.id == "boss" else 6, 4.0) for scale in form.scales
    }
    assert "Secret" not in out


def test_an_own_instrument_is_read_and_a_broken_one_refused(answers, tmp_path, capsys):
    from importlib import resources

    own = resources.files("fairlead.library").joinpath("instruments/rut-check.yaml").read_text()
    path = tmp_path / "mine.yaml"
    path.write_text(own.replace("id: rut-check", "id: mine", 1))
    assert json.loads(score(capsys, answers, "--instrument", path, "--json")[1])["instrument"] == "mine"
    path.write_text("id: mine\n")
    code, out, err = score(capsys, answers, "--instrument", path)
    assert (code, out) == (3, "")
    assert err.startswith("mine.yaml, line 1")


def test_an_instrument_too_long_is_told_in_kib_and_without_an_option_for_answers(answers, tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text("# " + "x" * 256 * 1024, encoding="utf-8")
    code, out, err = score(capsys, answers, "--instrument", str(path))
    assert (code, out) == (3, "")
    assert "mine.yaml: The file is longer than 256 KiB." in err
    assert "--limit" not in err


def test_bad_input_ends_with_3_and_names_the_place(answers, capsys):
    text = answers.read_text().splitlines()
    text[3] = text[3].replace("p2,A,", "p2,A,often it seems,", 1).rsplit(",", 1)[0]
    answers.write_text("\n".join(text) + "\n")
    code, out, err = score(capsys, answers, "--instrument", "rut-check")
    assert (code, out) == (3, "")
    assert err.startswith(f"answers.csv, line 4, column 3: “{ITEMS[0].id}” is “often it seems”.")


def test_a_duplicated_respondent_ends_with_3(answers, capsys):
    text = answers.read_text()
    answers.write_text(text + text.splitlines()[1] + "\n")
    code, _, err = score(capsys, answers, "--instrument", "rut-check")
    assert code == 3
    assert "line 42, column 1: “p0” answers again; the first answer is on line 2." in err


@pytest.mark.parametrize("arguments", [("--instrument", "no-such"), ("--instrument", "no-such.yaml"), ()])
def test_wrong_use_ends_with_2(answers, capsys, arguments):
    code, out, err = score(capsys, answers, *arguments)
    assert (code, out) == (2, "")
    assert err


def test_forty_people_are_too_few_to_speak_of_structure(answers, capsys):
    out = score(capsys, answers, "--instrument", "rut-check")[1]
    assert "Not yet measured:" in out
    assert "It takes 100 people who answered every item" in " ".join(out.split())


def test_many_people_show_what_holds_the_items_of_a_scale_together(tmp_path, capsys):
    chance = random.Random(2)
    scale = FORM.scoring()[0]
    lines = [",".join(item.id for item in scale.items)]
    for _ in range(300):
        level = chance.gauss(0, 1)
        told = [round(3 + (-level if item.reverse else level) + chance.gauss(0, 0.8)) for item in scale.items]
        lines.append(",".join(str(min(max(one, 1), 5)) for one in told))
    path = tmp_path / "many.csv"
    path.write_text("\n".join(lines) + "\n")
    told = json.loads(score(capsys, path, "--instrument", "rut-check", "--json")[1])["scales"]
    first, second = told[0]["structure"], told[1]["structure"]
    assert (first["n"], first["factors"], first["too_little"]) == (300, 1, "")
    assert first["eigenvalues"][0] > first["by_chance"][0]
    assert first["low"] < first["omega"] < first["high"]
    assert [one["item"] for one in first["loadings"]] == [item.id for item in scale.items]
    assert second["factors"] is None
    assert second["too_little"]
    out = score(capsys, path, "--instrument", "rut-check")[1]
    structure = out[out.index("Factor structure") :]
    assert structure.index(scale.label[:10]) < structure.index("Not yet measured:")
