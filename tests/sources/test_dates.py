"""Days as programs write them: one reading, two that the column settles, or a clear refusal."""

from __future__ import annotations

from datetime import date

import pytest

from fairlead.core.roster import plan_roster
from fairlead.sources.dates import order_of, read_day
from fairlead.sources.roster import read_roster

TODAY = date(2026, 7, 1)


def read(text):
    return read_roster("people.csv", text.encode(), today=TODAY, sandboxed=False)


def cells(found, *names):
    return [tuple(getattr(row, name) for name in names) for row in found.rows]


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-09", "2024-3-9", "2024/3/9", "2024.03.09", "20240309", "2024-03-09 00:00:00",
        "2024-03-09T08:00:00Z", "2024-03-09T00:00:00.000+01:00", "9.3.2024", "09.03.2024", "9. 3. 2024",
        "09.03.24", "9 March 2024", "09-Mar-2024", "9-mar-24", "9. März 2024", "9. Mrz. 2024", "9 Maerz 2024",
        "March 9, 2024", "Mar 9 2024", "Mar. 9th, 2024", "9th March 2024", "9 MAR 2024", " 9  March  2024 ",
    ],
)  # fmt: skip
def test_a_day_that_can_be_only_one_is_read(text):
    assert read_day(text, None, TODAY).day == date(2024, 3, 9)


@pytest.mark.parametrize(("number", "names"), enumerate((
    "January Januar Jänner Jan", "February Februar Feb", "March März Mrz Mar", "April Apr", "May Mai",
    "June Juni Jun", "July Juli Jul", "August Aug", "September Sept Sep", "October Oktober Okt Oct",
    "November Nov", "December Dezember Dez Dec",
), start=1))  # fmt: skip
def test_months_are_known_in_english_and_german(number, names):
    for name in names.split():
        assert read_day(f"5. {name} 2021", None, TODAY).day == date(2021, number, 5)


@pytest.mark.parametrize(
    ("text", "year"), [("1.2.55", 1955), ("1.2.31", 2031), ("1.2.32", 1932), ("1.2.00", 2000)]
)
def test_a_year_of_two_digits_is_the_one_that_can_be(text, year):
    assert read_day(text, None, TODAY).day == date(year, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "–",
        "n/a",
        "None",
        "0000-00-00",
        "00.00.0000",
        "31.12.9999",
        "9999-12-31",
        "99991231",
        "12/31/9999",
    ],
)
def test_what_programs_write_for_no_day_is_no_day(text):
    found = read_day(text, None, TODAY)
    assert (found.day, found.wrong) == (None, "")


@pytest.mark.parametrize("text", [
    "2024", "soon", "2024-13-01", "30.2.2024", "31 June 2024", "3/4/24", "3 Brumaire 2024", "45352",
    "2024-3/9", "1/2/3/2024", "٣.٣.٢٠٢٤", "2024-02-30", "13/13/2024", "0/1/2024", "x" * 5000,
])  # fmt: skip
def test_what_is_no_day_is_told_with_what_would_be_right(text):
    found = read_day(text, None, TODAY)
    assert found.day is None
    assert len(found.wrong) < 200
    assert "YYYY-MM-DD" in found.right


def test_a_day_of_two_readings_is_settled_by_its_column():
    text = "id,name,hired\n1,Ann,03/04/2024\n2,Ben,{}\n3,Cy,05/05/2024\n"
    assert cells(read(text.format("25/12/2023")), "hired")[0] == (date(2024, 4, 3),)
    assert cells(read(text.format("12/25/2023")), "hired")[0] == (date(2024, 3, 4),)
    assert cells(read(text.format("25-12-2023")), "hired")[0] == (date(2024, 4, 3),)


def test_a_day_that_nothing_settles_is_refused_with_both_readings():
    found = read("id,name,hired,left\n1,Ann,03/04/2024,25/12/2025\n2,Ben,05/05/2024,\n")
    (one,) = found.problems
    assert (one.line, one.column) == (2, 3)
    assert "“03/04/2024” can be 3 April 2024 or 4 March 2024" in one.wrong
    assert one.right == "Write it as YYYY-MM-DD: 2024-04-03 or 2024-03-04."
    assert found.rows[1].hired == date(2024, 5, 5)
    plan = plan_roster(
        found.rows,
        (),
        file=found.file,
        columns=found.columns,
        places=found.places,
        complete=False,
        today=TODAY,
    )
    assert [row.id for row in plan.added] == ["2"]
    assert plan.refused == found.problems


def test_a_column_that_contradicts_itself_settles_nothing():
    assert order_of(["25/12/2023", "12/25/2023"]) is None
    found = read("id,name,hired\n1,Ann,03/04/2024\n2,Ben,25/12/2023\n3,Cy,12/25/2023\n")
    assert [one.line for one in found.problems] == [2]
    assert cells(found, "hired")[1:] == [(date(2023, 12, 25),), (date(2023, 12, 25),)]
