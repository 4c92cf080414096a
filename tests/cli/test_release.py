"""``fairlead release``: from two files to figures, files and clear refusals."""

import csv
import json
from datetime import date
from pathlib import Path

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
    page = ran(capsys, *files, "--items", "q1..q2", "--comments", "note", "--comments-verbatim").out
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


# Comments


def with_choice(rows, choices):
    return "id,q1,note,choice\n" + "".join(
        f"{n},4,{f'Secret {n}' if n in choices else ''},{choices.get(n, '')}\n" for n in rows
    )


def test_comments_whose_authors_nobody_asked_are_held_back(files, capsys):
    printed = ran(capsys, *files, "--items", "q1", "--comments", "note", "--json").out
    assert "Secret" not in printed
    assert json.loads(printed)["comments_held_back"] is True
    page = ran(capsys, *files, "--items", "q1", "--comments", "note").out
    assert "nobody asked their authors" in " ".join(page.split())


def test_each_comment_keeps_its_choice_and_the_page_prints_what_may_be_read_word_for_word(put, capsys):
    choices = {8: "verbatim", 5: "Themes", 6: "not to the manager", 7: "VERBATIM"}
    files = [put("a.csv", with_choice(range(1, 20), choices)), "--org", put("p.csv", PEOPLE), "--items", "q1"]
    options = ["--comments", "note", "--comment-choice", "choice"]
    found = json.loads(ran(capsys, *files, *options, "--json").out)
    assert {one["text"]: one["choice"] for one in found["comments"]} == {
        f"Secret {n}": choice.lower() for n, choice in choices.items()
    }
    page = ran(capsys, *files, *options).out
    assert ("Secret 8" in page, "Secret 7" in page) == (True, True)
    assert ("Secret 5" in page, "Secret 6" in page) == (False, False)
    assert "for people operations only" in page


@pytest.mark.parametrize(
    ("cell", "words"), [("aloud", "“choice” is “aloud”"), ("", "is empty beside a comment")]
)
def test_a_choice_that_is_none_is_refused_with_line_and_column(put, capsys, cell, words):
    files = [put("a.csv", with_choice([3, 4], {4: cell})), "--org", put("p.csv", PEOPLE), "--items", "q1"]
    said = ran(capsys, *files, "--comments", "note", "--comment-choice", "choice", code=3)
    assert said.err.startswith("a.csv, line 3, column 4: ")
    assert words in said.err
    assert "verbatim, themes or not to the manager" in said.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--comments-verbatim",), "Name the column with comments"),
        (("--comment-choice", "note"), "Name the column with comments"),
        (("--comments", "note", "--comment-choice", "gender", "--comments-verbatim"), "exclude each other"),
        (("--earlier", "people.csv"), "needs the --earlier-org of its day"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_use(
    files, capsys, monkeypatch, tmp_path, options, says
):
    monkeypatch.chdir(tmp_path)
    said = ran(capsys, *files, "--items", "q1", *options, code=2).err
    assert says in " ".join(said.split())


def test_an_empty_lens_is_refused(put, capsys):
    table = "id,q1,gender\n" + "".join(f"{n},4,\n" for n in range(1, 20))
    files = [put("a.csv", table), "--org", put("p.csv", PEOPLE), "--items", "q1"]
    said = ran(capsys, *files, "--lens", "gender", code=3).err
    assert said.startswith("a.csv, line 1, column 3: The column “gender” is empty.")
    said = ran(capsys, *files, "--lens", "title", code=3).err
    assert said.startswith("p.csv: Nobody who answered has anything under “title”.")


# Over time


@pytest.fixture
def waves(put, capsys, tmp_path):
    """A wave in spring, and in autumn the same people but for one."""
    spring = tmp_path / "spring.json"
    before = put("people-spring.csv", PEOPLE)
    ran(
        capsys, put("spring.csv", answers(range(1, 20))), "--org", before, "--items", "q1",
        "--on", "2026-03-02", "--out", str(spring),
    )  # fmt: skip
    now = put("people.csv", PEOPLE + "21,New Nora,nora@example.com,2,b,\n")
    autumn = put("autumn.csv", answers([*range(1, 11), *range(12, 20)]) + "21,1,1,,men\n")
    return autumn, ["--org", now, "--items", "q1", "--on", "2026-09-01"], str(spring), before


def test_where_few_came_the_last_figure_is_shown_again_on_every_way_out(waves, capsys, tmp_path):
    autumn, options, spring, before = waves
    table = tmp_path / "found.csv"
    earlier = ["--earlier", spring, "--earlier-org", before, "--out", str(table)]
    found = restore(json.loads(ran(capsys, autumn, *options, *earlier, "--json").out))
    cell = found.find("q1", "team", "2")
    assert (cell.held, cell.as_of, cell.shown.at) == (True, date(2026, 3, 2), 4.0)
    assert found.find("q1", "team", "3").trend == "about the same"
    row = next(
        row
        for row in csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())
        if (row["reach"], row["group"]) == ("team", "2")
    )
    assert (row["held"], row["as_of"]) == ("yes", "2026-03-02")
    page = ran(capsys, autumn, *options, *earlier).out
    assert "as on 2026-03-02" in page
    assert "the figure of that day again" in " ".join(page.split())


def test_an_earlier_release_needs_the_people_of_its_day(waves, capsys, put):
    autumn, options, spring, _ = waves
    other = put("others.csv", PEOPLE + "22,One More,more@example.com,2,b,\n")
    said = ran(capsys, autumn, *options, "--earlier", spring, "--earlier-org", other, code=3).err
    assert said.startswith("others.csv: This is not the people list with which spring.json was released.")


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"hash": "x"}', "null"])
def test_an_earlier_release_that_is_none_or_was_changed_is_refused(waves, capsys, put, text):
    autumn, options, spring, before = waves
    changed = Path(spring).read_text(encoding="utf-8").replace('"at": 4.0', '"at": 4.5')
    for content in (text, changed):
        path = put("other.json", content)
        said = ran(capsys, autumn, *options, "--earlier", path, "--earlier-org", before, code=3).err
        assert said.startswith("other.json: This is not a release as it was made.")


def test_agreement_stands_beside_a_team_on_page_and_in_json(files, capsys):
    found = json.loads(ran(capsys, *files, "--items", "q1", "--json").out)
    words = {cell["group"]: cell["agreement"] for cell in found["cells"] if cell["reach"] == "team"}
    assert words["3"] == "alike"
    assert "alike" in ran(capsys, *files, "--items", "q1").out
