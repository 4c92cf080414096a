"""CSV and XLSX into columns of text and back, with the place of everything that is wrong."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.problems import BadInput
from fairlead.sources.files import parse_map, read_table, safe_cell, write_csv
from fairlead.sources.text import clean


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_each_delimiter_and_a_byte_order_mark_are_read(mark, start):
    data = start + f'id{mark}name\n1{mark}"Li{mark} Bo"\n\n2{mark}Björn\n'.encode()
    table = read_table("a.csv", data)
    assert table.columns == ("id", "name")
    assert table.rows == (("1", f"Li{' ' if mark == chr(9) else mark} Bo".replace("  ", " ")), ("2", "Björn"))
    assert table.lines == (2, 4)


def test_a_packed_table_is_read():
    assert read_table("a.csv.gz", gzip.compress(b"a,b\n1,2\n")).rows == (("1", "2"),)


def test_a_line_is_counted_where_it_begins():
    table = read_table("a.csv", b'a,b\n"two\nlines",1\n3,4\n')
    assert table.lines == (2, 4)
    assert table.column("a") == ("two lines", "3")


def test_a_workbook_gives_text_as_a_person_sees_it():
    data = workbook(
        ["id", "hired", "share", "left"], [7, dt.date(2024, 3, 1), 0.5, None], [8.0, None, True, "x"]
    )
    table = read_table("a.xlsx", data)
    assert table.rows == (("7", "2024-03-01", "0.5", ""), ("8", "", "TRUE", "x"))


def test_a_workbook_and_a_csv_of_the_same_table_are_the_same():
    rows = [["id", "name"], ["1", "Ann"], ["2", "Bo"]]
    text = "\n".join(",".join(row) for row in rows).encode()
    assert read_table("a", workbook(*rows)).rows == read_table("a", text).rows


def test_headers_are_known_in_any_case_and_mapped_by_hand():
    data = b"ID,Full Name,Manager ID\n1,Ann,\n"
    table = read_table("a.csv", data, names={"Full Name": "name"}, known=("id", "name", "manager_id"))
    assert table.columns == ("id", "name", "manager_id")
    assert next(table.records()) == (2, {"id": "1", "name": "Ann", "manager_id": ""})


def test_pairs_of_the_command_line_are_read():
    assert parse_map(["Full Name=name", "a=b=c"]) == {"Full Name": "name", "a=b": "c"}
    with pytest.raises(BadInput, match="theirs=ours"):
        parse_map(["name"])


@pytest.mark.parametrize(
    ("data", "line", "column", "wrong"),
    [
        (b"", None, None, "empty"),
        (b"a,b\n1\n", 2, None, "has 1 cells, the header has 2"),
        (b"a,a\n1,2\n", 1, 2, "'a' comes twice"),
        (b"a,\n1,2\n", 1, 2, "no name"),
        (b'a,b\n1,"x" y\n', 2, None, "cannot be read as CSV"),
        (b"a,b\n1,\xff\n", 2, 3, "0xFF is not UTF-8"),
        (b"\xff\xfea\x00", None, None, "UTF-16"),
        (b"a,b\n1,\x00\n", 2, None, "binary"),
        (b"a,b\n1," + b"x" * 10_241 + b"\n", 2, 2, "10,241 characters"),
        (b"a\n" + b"1\n" * 100_001, 100_002, None, "more than 100,000 rows"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(data, line, column, wrong):
    with pytest.raises(BadInput) as caught:
        read_table("people.csv", data)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("people.csv", line, column)
    assert wrong in problem.wrong
    assert problem.right


def test_a_file_that_is_too_long_is_refused():
    with pytest.raises(BadInput, match="5 MiB"):
        read_table("a.csv", b"a\n" + b"1\n" * 3_000_000)


def test_a_mapped_column_that_is_not_there_is_said():
    with pytest.raises(BadInput, match="no column 'x' to map"):
        read_table("a.csv", b"a\n1\n", names={"x": "a"})


@pytest.mark.parametrize("mark", list("=+-@\t\r＝＋－＠"))
@pytest.mark.parametrize("before", ["", " ", "\n", "\u3000", "\u00a0"])
def test_a_formula_becomes_text(mark, before):
    assert safe_cell(f"{before}{mark}1+1") == f"'{before}{mark}1+1"


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_no_written_cell_begins_a_formula_and_the_rows_come_back(rows):
    text = write_csv(["a", "b"], rows)
    back = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(back) == len(rows)
    for row in back:
        assert all(
            cell.strip(" \n\v\f\u00a0\u3000\u200b\ufeff")[:1] not in set("=+-@＝＋－＠") - {""}
            for cell in row
        )


def test_numbers_stay_numbers():
    assert write_csv(["a", "=b"], [[-1.5, None], [2, "-x"]]) == "a,'=b\r\n-1.5,\r\n2,'-x\r\n"


@given(st.text(max_size=300))
def test_clean_text_is_one_line_without_marks_and_cleaning_again_changes_nothing(text):
    once = clean(text, 50)
    assert len(once) <= 50
    assert clean(once, 50) == once
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\x85\n\r\t")
