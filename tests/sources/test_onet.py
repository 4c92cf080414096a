"""An O*NET folder, in both of its forms, and everything that can be wrong with it."""

import pytest

from fairlead.core.problems import BadInput
from fairlead.library.role_library import activities
from fairlead.sources.onet import read_folder

CODES = ("11-1011.00", "47-2061.00")


def lines(*rows, by="\t"):
    return "".join(by.join(map(str, row)) + "\n" for row in rows)


def wide(changes=()):
    rows = [
        [code, f"Role {code}", activity.id, f'"{activity.name}"', "3.00", "3.50"]
        for code in CODES
        for activity in activities()
    ]
    for line, column, value in changes:
        rows[line][column] = value
    return lines(["O*NET-SOC Code", "Title", "Element ID", "Element Name", "IM", "LV"], *rows, by=",")


def long(changes=()):
    head = ["O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value"]
    head += ["Recommend Suppress", "Not Relevant", "Date"]
    rows = [
        [code, activity.id, activity.name, scale, value, "N", "n/a", "08/2024"]
        for code in CODES
        for activity in activities()
        for scale, value in (("IM", "3.00"), ("LV", "3.50"))
    ]
    for line, column, value in changes:
        rows[line][column] = value
    return lines(head, *rows)


@pytest.fixture
def folder(tmp_path):
    head = ["O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", "Date"]
    files = {
        "Occupation Data.txt": lines(
            ["O*NET-SOC Code", "Title", "Description"],
            *[[code, f"Role {code}", 'Says "hello'] for code in CODES],
        ),
        "Work Activities.csv": wide(),
        "Job Zones.txt": lines(
            ["O*NET-SOC Code", "Job Zone", "Date"], [CODES[0], 5, "07/2014"], [CODES[1], 2, "08/2021"]
        ),
        "Work Values.txt": lines(
            head,
            [CODES[0], "1.B.2.a", "Achievement", "EX", "6.33", "06/2008"],
            [CODES[0], "1.B.2.a", "First", "VH", "1.00", "06/2008"],
        ),
        "Work Styles.txt": lines(
            head,
            [CODES[0], "1.D.1.a", "Innovation", "DR", "7.00", "12/2025"],
            [CODES[0], "1.D.1.a", "Innovation", "WI", "-2.30", "12/2025"],
        ),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def read(folder):
    return read_folder(folder, activities())


def refused(folder, match):
    with pytest.raises(BadInput, match=match) as error:
        read(folder)
    return error.value.problems[0]


def test_a_folder_becomes_occupations_in_the_order_of_their_codes(folder):
    found = read(folder)
    assert [role.code for role in found.occupations] == list(CODES)
    chief, labourer = found.occupations
    assert chief.title == "Role 11-1011.00"
    assert (chief.job_zone, labourer.job_zone) == (5, 2)
    assert chief.importance == (3.0,) * 41
    assert chief.level == (3.5,) * 41
    assert chief.styles == (("Innovation", -2.3),)
    assert labourer.values == ()
    assert found.as_of == "2025-12-01"


def test_only_the_extent_of_a_value_is_read_and_not_its_high_point(folder):
    values = read(folder).occupations[0].values
    assert [number for _, number in values] == [6.33]


def test_the_long_form_reads_the_same_as_the_wide_form(folder):
    expected = read(folder).occupations
    (folder / "Work Activities.csv").unlink()
    (folder / "Work Activities.txt").write_text(long(), encoding="utf-8")
    assert read(folder).occupations == expected


def test_suppressed_ratings_are_left_out_and_levels_that_are_not_relevant_are_zero(folder):
    (folder / "Work Activities.csv").unlink()
    (folder / "Work Activities.txt").write_text(long([(0, 5, "Y"), (3, 6, "Y")]), encoding="utf-8")
    chief = read(folder).occupations[0]
    assert chief.importance[:2] == (None, 3.0)
    assert chief.level[:2] == (3.5, 0.0)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder):
    text = (folder / "Job Zones.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
    (folder / "Job Zones.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read(folder).occupations[0].job_zone == 5


def test_further_titles_are_read_where_the_files_are_there(folder):
    assert read(folder).occupations[0].titles == ()
    (folder / "Alternate Titles.txt").write_text(
        lines(
            ["O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)"],
            [CODES[0], "Chief Executive Officer", "CEO", "08"],
            [CODES[0], "Agency Head", "n/a", "08"],
        )
    )
    (folder / "Sample of Reported Titles.txt").write_text(
        lines(
            ["O*NET-SOC Code", "Reported Job Title", "Shown"],
            [CODES[0], "Agency Head", "Y"],
            [CODES[1], "Hod Carrier", "N"],
        )
    )
    chief, labourer = read(folder).occupations
    assert chief.titles == ("Chief Executive Officer", "CEO", "Agency Head")
    assert labourer.titles == ("Hod Carrier",)


def test_a_folder_that_is_none_is_refused(tmp_path):
    refused(tmp_path / "nowhere", "This is not a folder")


@pytest.mark.parametrize(
    "stem", ["Occupation Data", "Work Activities", "Job Zones", "Work Values", "Work Styles"]
)
def test_a_missing_file_is_named(folder, stem):
    next(folder.glob(f"{stem}.*")).unlink()
    refused(folder, rf"{stem}\.txt is missing\. Take it from")


@pytest.mark.parametrize(
    ("name", "column"),
    [("Work Activities.csv", "Element ID"), ("Job Zones.txt", "Job Zone"), ("Occupation Data.txt", "Title")],
)
def test_a_missing_column_is_named_with_the_columns_that_are_there(folder, name, column):
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(column, "Something", 1), encoding="utf-8")
    problem = refused(folder, f"“{column}” is missing")
    assert (problem.file, problem.line) == (name, 1)
    assert "Something" in problem.right


def test_an_empty_file_names_the_column_that_is_missing(folder):
    (folder / "Job Zones.txt").write_text("")
    assert "it names nothing" in refused(folder, "column").right


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("5.01", "5.01 is outside the scale"),
        ("0.5", "outside the scale"),
        ("x", "“x” is not a number"),
        ("nan", "outside"),
        ("inf", "outside"),
    ],
)
def test_a_rating_off_its_scale_is_placed(folder, value, wrong):
    (folder / "Work Activities.csv").write_text(wide([(3, 4, value)]), encoding="utf-8")
    problem = refused(folder, wrong)
    assert (problem.line, problem.column) == (5, 5)
    assert problem.right == "IM should be a number from 1 to 5."


def test_an_empty_rating_is_not_rated(folder):
    (folder / "Work Activities.csv").write_text(wide([(0, 4, "")]), encoding="utf-8")
    assert read(folder).occupations[0].importance[0] is None


def test_a_line_with_too_few_fields_is_placed(folder):
    text = (folder / "Job Zones.txt").read_text(encoding="utf-8") + "99-9999.00\t3\n"
    (folder / "Job Zones.txt").write_text(text, encoding="utf-8")
    problem = refused(folder, "The line has 2 fields")
    assert problem.line == 4
    assert "It should have 3" in problem.right


def test_a_job_zone_outside_one_to_five_is_placed(folder):
    (folder / "Job Zones.txt").write_text(lines(["O*NET-SOC Code", "Job Zone"], [CODES[0], 6]))
    problem = refused(folder, "The job zone is “6”")
    assert (problem.line, problem.column) == (2, 2)


def test_a_rating_given_twice_is_refused(folder):
    text = wide() + wide().splitlines()[1] + "\n"
    (folder / "Work Activities.csv").write_text(text, encoding="utf-8")
    refused(folder, "has a second IM for 11-1011.00")


def test_an_activity_that_nobody_rated_is_refused(folder):
    text = "\n".join(line for line in wide().splitlines() if "4.A.4.b.5" not in line)
    (folder / "Work Activities.csv").write_text(text, encoding="utf-8")
    refused(folder, "No rating of Coaching and Developing Others")


def test_ratings_without_a_title_are_refused(folder):
    (folder / "Occupation Data.txt").write_text(lines(["O*NET-SOC Code", "Title"], [CODES[0], "Chief"]))
    refused(folder, "47-2061.00 has ratings and no title")


def test_other_encodings_and_broken_quotes_are_refused_with_a_line(folder):
    text = (folder / "Job Zones.txt").read_bytes()
    (folder / "Job Zones.txt").write_bytes(text + b"\xff\xfe")
    assert refused(folder, "not UTF-8").line == 4
    (folder / "Job Zones.txt").write_bytes(text)
    (folder / "Work Activities.csv").write_text(wide().replace(',"', ',"x"y', 1), encoding="utf-8")
    assert refused(folder, "The line cannot be read").line == 2


def test_a_file_without_rows_is_refused(folder):
    (folder / "Work Activities.csv").write_text(wide().splitlines()[0] + "\n", encoding="utf-8")
    refused(folder, "The file has no rows")
