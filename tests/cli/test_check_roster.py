"""``fairlead check`` of a people list says what an import would: columns, shape, every refused row."""

import csv
import json

import pytest
from click.testing import CliRunner

from fairlead.cli.check import command

EXPORT = """\
Personalnummer;Vorname;Nachname;E-Mail;Vorgesetzte:r;Abteilung;Eintritt;Laufbahn;Kostenstelle A
1;Ann;Alt;ann@example.com;;Vorstand;1. März 2015;Führungskraft;10
2;Ben;Bell;ben@example.com;1;Vertrieb;3.4.2018;;20
3;Cy;Cole;cy@example.com;Ben Bell;Vertrieb;5.6.2020;IC;20
4;Di;Dorn;di@example.com;ben@example.com;Vertrieb;7.8.2021;;20
5;Ed;Ende;ed@example.com;1;Technik;9.10.2022;;30
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
    return result.stdout


def only(*arguments, code=0):
    (one,) = json.loads(run("--json", *arguments, code=code))["files"]
    return one


def test_the_shape_of_the_organization_is_counted(put):
    assert only(put("p.csv", EXPORT))["found"] == {
        "rows": 5, "rows_refused": 0, "people": 5, "left": 0, "with_email": 5, "with_manager": 4,
        "units": 3, "heads": 1, "levels_deep": 3, "span_median": 2.0, "span_largest": 2,
    }  # fmt: skip


def test_the_columns_are_told_and_those_that_are_not_read(put):
    path = put("p.csv", EXPORT)
    mapping = {one["theirs"]: one["ours"] for one in only(path)["mapping"]}
    assert (mapping["Vorgesetzte:r"], mapping["Vorname"]) == ("manager_id", "first_name")
    assert mapping["Kostenstelle A"] is None
    page = run(path)
    assert "“Personalnummer” is id" in page
    assert "Not read: Kostenstelle A." in page
    assert "1 manager was found by name, not by id" in page


def test_a_bad_row_is_told_with_line_and_column_and_the_others_are_counted(put):
    wrong = EXPORT.replace("5.6.2020", "5/6/2020").replace("5;Ed;Ende;ed@", "5;Ed;Ende;DI@")
    found = only(put("p.csv", wrong), code=3)
    assert [(one["line"], one["column"]) for one in found["problems"]] == [(4, 7), (5, 4), (6, 4)]
    assert (found["found"]["people"], found["found"]["rows_refused"]) == (2, 3)
    page = run(put("p.csv", wrong), code=3)
    assert "problem: line 4, column 7: “5/6/2020” can be 5 June 2020 or 6 May 2020" in page


def test_a_circle_is_printed_by_name(put):
    found = only(put("p.csv", "id,name,manager_id\n12,Ann,7\n7,Ben,12\n"), code=3)
    assert {one["wrong"] for one in found["problems"]} == {
        "The reporting lines go round in a circle: Ann (12) → Ben (7) → Ann."
    }


def test_what_only_deserves_a_look_is_a_note_and_no_problem(put):
    found = only(put("p.csv", "id,name,email,manager_id\n1,Ann,,\n2,Ben,,\n3,Cy,,1\n"))
    assert found["notes"] == [
        (
            "2 people have no manager: Ann (1) and Ben (2). "
            "That can be right; else give each of the others a manager."
        )
    ]


def test_a_list_without_an_id_shows_its_columns_and_can_be_mapped(put):
    path = put("p.csv", "Kennung,Name\n1,Ann\n")
    found = only(path, code=3)
    assert "--map theirs=id" in found["problems"][0]["right"]
    assert found["found"] == {}
    assert only(path, "--map", "Kennung=id")["found"]["people"] == 1
    assert "no column 'Nix' to map" in only(path, "--map", "Nix=id", code=3)["problems"][0]["wrong"]
    assert "none of the columns" in only(path, "--map", "Kennung=colour", code=3)["problems"][0]["wrong"]


def test_everybody_who_left_is_counted_apart(put):
    found = only(put("p.csv", "id,name,left\n1,Ann,\n2,Ben,2020-01-31\n"))["found"]
    assert (found["people"], found["left"], found["units"], found["span_median"]) == (1, 1, 0, None)


def test_what_was_found_keeps_the_columns_as_a_table(put, tmp_path):
    out = tmp_path / "found.csv"
    run(put("p.csv", EXPORT), "--out", str(out))
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert ["Abteilung", "unit"] in [row[3:5] for row in rows if row[2] == "column"]
