"""``fairlead release``: from two files to figures, files and clear refusals."""

import csv
import json

import pytest

from fairlead.cli import main
from fairlead.core.disclosure import restore

PEOPLE = "id,name,email,manager_id,level,left\n1,Ada Quill,ada@example.com,,a,\n" + "".join(
    f"{n},Person {n},p{n}@example.com,{1 if n < 4 else 2 if n < 12 else 3},{'b' if n % 2 else 'c'},\n"
    for n in range(2, 20)
)


@pytest.fixture
def put(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def answers(rows):
    return "id,q1,q2,note,gender\n" + "".join(
        f"{n},{4 if n < 12 else 2},{5 if n % 3 else ''},{'Secret ' + str(n)},{'men' if n % 2 else 'women'}\n"
        for n in rows
    )


@pytest.fixture
def files(put):
    return [put("answers.csv", answers(range(1, 20))), "--org", put("people.csv", PEOPLE)]


def ran(capsys, *arguments, code=0):
    assert main.run(["release", *arguments]) == code, capsys.readouterr()
    return capsys.readouterr()


def test_the_json_is_the_release_and_nothing_else(files, capsys):
    printed = ran(capsys, *files, "--items", "q1,q2", "--json")
    found = restore(json.loads(printed.out))
    assert printed.err == ""
    teams = {
        cell.group: cell.shown.at for cell in found.cells if cell.reach == "team" and cell.question == "q1"
    }
    assert teams == {"2": 4.0, "3": 2.0}
    assert "Person" not in printed.out
    assert found.kind == "pulse"


def test_the_page_says_whose_figures_they_are_and_how_they_were_checked(files, capsys):
    page = ran(capsys, *files, "--items", "q1..q2", "--comments", "note").out
    assert "Direct reports of Person 2" in page
    assert "No combination of them depends on fewer than 5 people" in " ".join(page.split())
    assert "Secret" in page
    assert "Fewer than 5 answers." in page


def test_every_kind_of_file_is_written_and_holds_no_row(files, capsys, tmp_path):
    outs = [tmp_path / f"found.{ending}" for ending in ("pdf", "html", "csv", "json")]
    ran(capsys, *files, "--items", "q1,q2", *(word for out in outs for word in ("--out", str(out))))
    rows = list(csv.DictReader(outs[2].read_text(encoding="utf-8-sig").splitlines()))
    assert {
        (row["name"], row["at"]) for row in rows if row["question"] == "q1" and row["reach"] == "team"
    } == {
        ("Person 2", "4.0"),
        ("Person 3", "2.0"),
    }
    assert outs[0].read_bytes().startswith(b"%PDF")
    assert "Direct reports of Person 2" in outs[1].read_text(encoding="utf-8")
    assert restore(json.loads(outs[3].read_text(encoding="utf-8"))).cells
    for out in outs[1:]:
        assert "p7@example.com" not in out.read_text(encoding="utf-8")


def test_people_are_told_by_address_too_and_order_does_not_matter(put, capsys, files):
    ours = ran(capsys, *files, "--items", "q1", "--json").out
    by_mail = "email,q1\n" + "".join(
        f"{'ADA' if n == 1 else f'p{n}'}@example.com,{4 if n < 12 else 2}\n" for n in range(19, 0, -1)
    )
    theirs = ran(capsys, put("answers.csv", by_mail), *files[1:], "--items", "q1", "--json").out
    assert json.loads(theirs) == json.loads(ours)


def test_a_lens_may_be_a_column_of_the_answers_or_of_the_people(files, capsys):
    for lens, values in [("gender", {"men", "women"}), ("level", {"b", "other"})]:
        found = json.loads(ran(capsys, *files, "--items", "q1", "--lens", lens, "--json").out)
        shown = {cell["value"] for cell in found["cells"] if cell["reach"] == "lens"}
        assert shown <= values | {"c"}
        assert shown or any(one["reach"] == "lens" for one in found["withheld"])


def test_upward_feedback_shows_own_teams_and_a_roll_up(files, capsys):
    found = json.loads(ran(capsys, *files, "--items", "q1", "--kind", "upward", "--json").out)
    assert {(cell["reach"], cell["group"]) for cell in found["cells"]} == {
        ("team", "2"), ("team", "3"), ("organization", "1"), ("organization", ""),
    }  # fmt: skip


def test_more_people_may_be_asked_for_and_never_fewer(files, capsys):
    assert "5<=x" in ran(capsys, *files, "--items", "q1", "--k", "4", code=2).err
    found = json.loads(ran(capsys, *files, "--items", "q1", "--k", "9", "--json").out)
    assert not [cell for cell in found["cells"] if cell["reach"] == "team"]


def test_a_lens_on_feedback_about_a_person_is_wrong_use(files, capsys):
    said = ran(capsys, *files, "--items", "q1", "--kind", "upward", "--lens", "gender", code=2).err
    assert "no lens" in said


@pytest.mark.parametrize(
    ("row", "line", "column", "words"),
    [
        ("99,4,4,,men", 21, 1, "“99” is nobody in people.csv"),
        ("7,4,4,,men", 21, 1, "“7” answers again; the first answer is on line 8"),
        (",4,4,,men", 21, 1, "does not say whose answers"),
        ("20,4,4,,men", 21, 1, "nobody"),
        ("19,7,4,,men", 20, 2, "“q1” is “7”"),
        ("19,good,4,,men", 20, 2, "“q1” is “good”"),
    ],
)
def test_bad_rows_are_refused_with_line_and_column(put, capsys, row, line, column, words):
    text = answers(range(1, 20))
    text = answers(range(1, 19)) + row + "\n" if row.startswith("19,") else text + row + "\n"
    people = put("people.csv", PEOPLE + "20,Gone Girl,gone@example.com,2,b,2020-01-31\n")
    said = ran(capsys, put("answers.csv", text), "--org", people, "--items", "q1,q2", code=3)
    assert said.err.startswith(f"answers.csv, line {line}, column {column}: ")
    assert words in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("id,name,manager_id\n1,Ann,2\n2,Ben,1\n", "circle"),
        ("id,name\n1,Ann\n", "who reports to whom"),
        ("id,name,manager_id\n1,Ann,77\n", "There is no person with the id 77"),
    ],
)
def test_a_list_that_is_no_organization_is_refused(put, capsys, people, words):
    said = ran(capsys, put("a.csv", answers([1])), "--org", put("p.csv", people), "--items", "q1", code=3)
    assert words in said.err
    assert said.err.startswith("p.csv")


@pytest.mark.parametrize(
    "options",
    [
        ("--items", "q9"), ("--items", "q1", "--lens", "q9"), ("--items", "q1", "--respondent", "q9"),
        ("--items", "q1", "--comments", "q9"),
    ],
)  # fmt: skip
def test_a_column_that_is_not_there_is_refused(files, capsys, options):
    assert "line 1: There is no column “q9”" in ran(capsys, *files, *options, code=3).err


def test_a_file_that_could_not_be_written_is_refused_before_anything_is_read(files, capsys, tmp_path):
    assert "must end in" in ran(capsys, *files, "--items", "q1", "--out", str(tmp_path / "x.doc"), code=2).err


def test_a_formula_in_a_name_stays_text_in_the_table(put, capsys, tmp_path):
    people = put("p.csv", PEOPLE.replace("Person 2,", "=1+1,"))
    out = tmp_path / "found.csv"
    ran(capsys, put("a.csv", answers(range(1, 20))), "--org", people, "--items", "q1", "--out", str(out))
    assert ",=1+1," not in out.read_text(encoding="utf-8-sig")
    assert "'=1+1" in out.read_text(encoding="utf-8-sig")
