"""A labelled table of the two behaviours becomes the small table that a calendar is scored with."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairlead.cli.audit import command
from fairlead.core.behaviours import CELLS
from fairlead.core.problems import BadInput
from fairlead.sources.behaviours import COLUMNS, behaviours
from fairlead.sources.files import read_table

GOLDEN = Path(__file__).parents[1] / "golden" / "behaviours" / "expected.json"


def labelled(change=lambda _row, _cells: None, copies=1):
    """Give a table in which meetings of several functions are the leader's, and of one the manager's."""
    weights = {cell: (3.0 if "functions" in cell.split("+") else 1.0) for cell in CELLS}
    leader = sum(weights.values()) * copies
    manager = sum(1 / weight for weight in weights.values()) * copies
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for number, cell in enumerate(list(CELLS) * copies):
        cells = [*cell.split("+"), weights[cell] / leader, 1 / weights[cell] / manager]
        change(number, cells)
        sheet.writerow(cells)
    return read_table("behaviours.csv", out.getvalue().encode(), known=COLUMNS)


def test_each_behaviour_sums_to_one_over_the_combinations_a_calendar_carries():
    table = behaviours(labelled())
    assert len(table.leader) == len(table.manager) == len(CELLS) == 48
    assert sum(table.leader) == pytest.approx(1)
    assert sum(table.manager) == pytest.approx(1)


def test_rows_that_are_alike_are_added_up_so_a_finer_table_gives_the_same():
    assert behaviours(labelled(copies=3)).leader == pytest.approx(behaviours(labelled()).leader)


@pytest.mark.parametrize(
    ("place", "text", "says"),
    [
        (0, "lengthy", "One of: short, long."),
        (3, "abroad", "One of: inside, outside, both."),
        (5, "many", "Write a number from 0 to 1."),
        (6, "-0.1", "Write a number from 0 to 1."),
        (5, "nan", "Write a number from 0 to 1."),
    ],
)
def test_what_cannot_be_read_is_told_with_line_and_column(place, text, says):
    def change(number, cells):
        if number == 4:
            cells[place] = text

    with pytest.raises(BadInput) as caught:
        behaviours(labelled(change))
    problem = caught.value.problems[0]
    assert (problem.file, problem.line, problem.column) == ("behaviours.csv", 6, place + 1)
    assert problem.right == says


def test_probabilities_that_do_not_sum_to_one_are_refused():
    def change(_number, cells):
        cells[5] = float(cells[5]) / 2

    with pytest.raises(BadInput, match=r"“leader” sums to 0\.500"):
        behaviours(labelled(change))


def test_a_missing_column_is_named():
    table = read_table("b.csv", b"length,planned\nlong,planned\n", known=COLUMNS)
    with pytest.raises(BadInput, match="“size” is missing"):
        behaviours(table)


def test_the_prior_is_the_published_distribution_over_the_firms():
    made = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert list(behaviours(labelled()).prior) == made["theta_histogram"]
    assert sum(made["theta_histogram"]) == made["firms"]


def test_a_calendar_is_scored_with_the_table_and_says_so(tmp_path):
    calendar, people = tmp_path / "me.ics", tmp_path / "people.csv"
    people.write_text(
        "id,name,email,manager_id,unit\n1,Me,me@a.example,,One\n2,Ann,ann@a.example,1,One\n3,Bo,bo@a.example,,Two\n",
        encoding="utf-8",
    )
    events = [
        f"BEGIN:VEVENT\nUID:{day}-{hour}\nCREATED:20260101T080000Z\nDTSTAMP:20260101T080000Z\n"
        f"DTSTART:202603{day:02}T{hour:02}0000Z\nDTEND:202603{day:02}T{hour:02}3000Z\nSUMMARY:Plan\n"
        "ORGANIZER:mailto:me@a.example\nATTENDEE:mailto:ann@a.example\nATTENDEE:mailto:bo@a.example\nEND:VEVENT\n"
        for day in range(2, 28)
        for hour in (9, 11)
    ]
    calendar.write_text("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + "".join(events) + "END:VCALENDAR\n")
    table = labelled()
    file = tmp_path / "behaviours.csv"
    file.write_text("\n".join(",".join(row) for row in (table.columns, *table.rows)), encoding="utf-8")
    given = [str(calendar), "--me", "me@a.example", "--people", str(people), "--json"]

    without = json.loads(CliRunner().invoke(command, given).output)["time"]["behaviour"]
    scored = json.loads(CliRunner().invoke(command, [*given, "--behaviours", str(file)]).output)["time"][
        "behaviour"
    ]

    assert without["index"] is None
    assert "do not say which" in without["too_little"]
    assert 0.5 < scored["low"] < scored["index"] < scored["high"] <= 1
    assert "doi:10.1086/705331" in scored["method"]
