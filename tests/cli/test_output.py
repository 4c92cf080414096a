"""Files are whole or not there, and nothing in a spreadsheet becomes a formula."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from dataclasses import replace

import click
import pytest
from tests.render.sample import figure, role_audit

from fairlead.cli import output
from fairlead.render.rows import COLUMNS, audit_rows


def test_a_file_replaces_the_old_one_only_when_it_is_whole(tmp_path, monkeypatch):
    path = tmp_path / "reading.json"
    path.write_text("old")
    monkeypatch.setattr(
        os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(click.UsageError, match="No space left on device"):
        output.write_whole(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_stop_in_the_middle_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "chmod", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        output.write_whole(tmp_path / "reading.json", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_file_may_be_read_as_any_other_file_of_the_person(tmp_path):
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    output.write_whole(tmp_path / "reading.json", b"{}")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {stat.S_IMODE(plain.stat().st_mode)}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a person without all rights")
def test_a_folder_without_rights_is_said_in_words(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(click.UsageError, match="could not be written"):
        output.write_whole(tmp_path / "reading.json", b"{}")


@pytest.mark.parametrize("name", ["reading", "reading.docx", "reading.pdf.exe", ".pdf"])
def test_an_unknown_ending_is_refused_before_work_begins(tmp_path, name):
    with pytest.raises(click.UsageError, match=r"\.pdf, \.html, \.csv, \.json"):
        output.check_endings((tmp_path / name,))


def output_columns():
    return audit_rows(role_audit())[0]


def test_endings_are_read_in_any_case(tmp_path):
    output.write_all(role_audit(), (tmp_path / "READING.JSON", tmp_path / "reading.Csv"), lambda _: None)
    assert json.loads((tmp_path / "READING.JSON").read_text(encoding="utf-8"))["method"]
    assert (tmp_path / "reading.Csv").read_text(encoding="utf-8-sig").partition(",")[0] == output_columns()[0]


def test_json_has_no_nan_and_keeps_letters():
    audit = replace(role_audit(), notes=("Über uns",))
    text = output.to_text(audit)
    assert "Über uns" in text
    assert json.loads(text)["notes"] == ["Über uns"]


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1"])
def test_text_that_looks_like_a_formula_is_disarmed(bad):
    audit = role_audit()
    planted = replace(audit, time=replace(audit.time, figures=(figure("x", 1.0, "count", formula=bad),)))
    written = output._as_file(planted, ".csv", None).decode("utf-8-sig")
    cells = [row["formula"] for row in csv.DictReader(io.StringIO(written)) if row["name"] == "x"]
    assert cells
    assert all(cell.startswith("'") for cell in cells)


def test_numbers_in_the_table_are_numbers_also_below_zero():
    audit = role_audit()
    planted = replace(audit, time=replace(audit.time, figures=(figure("x", -1.5, "hours"),)))
    written = output._as_file(planted, ".csv", None).decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(written)) if row["name"] == "x"]
    assert float(row["value"]) == -1.5


def test_the_flat_table_has_every_figure_and_every_week_once():
    audit = role_audit()
    columns, rows = audit_rows(audit)
    assert columns == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    keys = [row[:3] for row in rows]
    assert len(keys) == len(set(keys))
    weeks = [row for row in rows if row[0] == "week"]
    assert len(weeks) == 12 * 16
    first = next(row for row in rows if row[0] == "period")
    assert first[4] == audit.time.figures[0].value


def test_a_missing_number_is_empty_and_says_why():
    _, rows = audit_rows(role_audit())
    (row,) = [row for row in rows if row[2] == "holiday_hours"]
    assert row[4] is None
    assert "marks no days off" in row[-1]
