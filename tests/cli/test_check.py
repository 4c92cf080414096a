"""``fairlead check``: every kind of file is recognized, counted, and told what is wrong with it."""

import gzip
import io
import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner

from fairlead.cli.check import READS, command
from fairlead.library.load import instrument, instrument_digest
from fairlead.library.schema import Instrument
from fairlead.sources import role_profile
from fairlead.sources.answers import new_answers

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:one@example.com
DTSTAMP:20260301T080000Z
DTSTART:20260302T090000Z
DTEND:20260302T100000Z
SUMMARY:Secret plan with Ann
RRULE:FREQ=WEEKLY;COUNT=4
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

PEOPLE = """\
id,name,email,manager_id,unit
1,Ann Alt,ann@example.com,,Sales
2,Bo Bell,,1,Sales
3,Cy Cole,cy@example.com,1,IT
"""
WEEKS = """\
PersonId,MetricDate,Collaboration_hours,Email_hours
p1,2026-03-01,12.5,3
p1,2026-03-08,11,2
p2,2026-03-01,7,1
"""


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def run(*arguments, code=0):
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


def checked(*arguments, code=0):
    return json.loads(run("--json", *arguments, code=code))


def only(*arguments, code=0):
    result = checked(*arguments, code=code)
    assert result["ok"] is (code == 0)
    (one,) = result["files"]
    assert one["ok"] is (code == 0)
    return one


def test_a_calendar_is_counted_and_its_titles_are_not_repeated(put):
    path = put("cal.ics", CALENDAR)
    found = only(path)
    assert (found["kind"], found["found"]["occurrences"], found["found"]["series"]) == ("calendar", 4, 1)
    assert found["found"]["last_day"] >= "2026-03-23"
    assert "Secret" not in run(path)


def test_a_zip_of_calendars_and_a_calendar_without_its_ending_are_recognized(put):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.ics", CALENDAR)
    assert only(put("calendars.zip", packed.getvalue()))["found"]["occurrences"] == 4
    assert only(put("export", CALENDAR))["kind"] == "calendar"


def test_a_broken_calendar_names_its_line(put):
    broken = CALENDAR.replace("RRULE:FREQ=WEEKLY;COUNT=4", "RRULE:FREQ=SECONDLY")
    found = only(put("cal.ics", broken), code=3)
    assert found["problems"][0]["line"] == 10


def test_an_empty_calendar_is_no_problem_and_says_so(put):
    found = only(put("cal.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"))
    assert found["found"]["occurrences"] == 0
    assert any("nothing in these days" in note for note in found["notes"])


@pytest.mark.parametrize("packed", [False, True])
def test_an_export_of_weeks_is_recognized(put, packed):
    data = gzip.compress(WEEKS.encode()) if packed else WEEKS.encode()
    found = only(put("pq.csv.gz" if packed else "pq.csv", data))
    assert found["kind"] == "export: person-weeks"
    assert found["found"] == {"rows": 3, "people": 2, "weeks_of_the_first_person": 2}


def test_an_export_that_is_not_read_says_which_one_would_be(put):
    ties = "PrimaryCollaborator_PersonId,SecondaryCollaborator_PersonId,MetricDate\na,b,2026-03-01\n"
    found = only(put("p2p.csv", ties), code=3)
    assert "person query" in found["problems"][0]["right"]


def test_a_wrong_number_in_an_export_is_placed(put):
    found = only(put("pq.csv", WEEKS.replace("12.5", "many")), code=3)
    assert found["problems"][0]["line"] == 2


def test_a_people_list_is_counted_without_names(put):
    path = put("people.csv", PEOPLE)
    found = only(path)
    assert found["kind"] == "people list"
    counted = {"people": 3, "with_email": 2, "with_manager": 2, "units": 2}
    assert counted.items() <= found["found"].items()
    assert "Ann" not in run(path)


def test_a_people_list_as_a_sheet_is_recognized(put):
    book = openpyxl.Workbook()
    for row in PEOPLE.splitlines():
        book.active.append(row.split(","))
    packed = io.BytesIO()
    book.save(packed)
    assert only(put("people.xlsx", packed.getvalue()))["found"]["people"] == 3


def test_a_wrong_row_of_a_people_list_names_its_line(put):
    found = only(put("people.csv", PEOPLE.replace("cy@example.com,1", "cy@example.com,9")), code=3)
    assert (found["kind"], found["problems"][0]["line"]) == ("people list", 4)
    assert "no person with the id 9" in found["problems"][0]["wrong"]


def test_columns_of_a_people_list_may_be_mapped(put):
    path = put("people.csv", PEOPLE.replace("id,name", "number,name", 1))
    assert "no column 'id'" in only(path, code=3)["problems"][0]["wrong"]
    assert only(path, "--map", "number=id")["found"]["people"] == 3


def test_a_role_profile_is_read_and_placed(put):
    text = role_profile.template()
    found = only(put("role.yaml", text))
    assert found["kind"] == "role profile"
    assert found["found"]["asked_leading"] == pytest.approx(0.4)
    wrong = only(put("wrong.yaml", text.replace("managing: 40", "managing: a lot")), code=3)
    assert wrong["problems"][0]["line"] == text.splitlines().index("  managing: 40") + 1


def test_an_instrument_is_counted_and_hashed(put):
    text = instrument_text("rut-check")
    found = only(put("mine.yaml", text))
    assert found["kind"] == "instrument"
    assert found["found"]["items"] == len(instrument("rut-check").items)
    assert found["found"]["sha256"] == instrument_digest("rut-check")
    wrong = only(put("wrong.yaml", text.replace(b"rows: [6]", b"rows: [600]", 1)), code=3)
    assert "at most 194" in wrong["problems"][0]["right"]


def test_answers_are_counted_scored_and_dated(put):
    form = instrument("rut-check")
    text = new_answers(form, "2020-01-01").replace("    evenings:\n", "    evenings: 2\n")
    found = only(put("answers.yaml", text))
    assert found["kind"] == "answers"
    assert found["notes"] == [
        "The rut check, 2020-01-01: 1 of 43 answered, 0 of 8 scales scored, is history since 2020-03-01."
    ]
    wrong = only(put("wrong.yaml", text.replace("evenings: 2", "evenings: 9")), code=3)
    assert wrong["problems"][0]["line"] == text.splitlines().index("    evenings: 2") + 1


def test_an_instrument_for_surveys_is_checked_beside_the_one_that_it_mirrors(put):
    text = instrument_text("role-audit-others")
    assert only(put("others.yaml", text))["found"]["asks"] == "role"
    broken = text.replace(b"[strategic_influence, style_clearing]", b"[strategic_influence]")
    found = only(put("broken.yaml", broken), code=3)["problems"]
    at = broken[: broken.index(b"id: won_priority")].count(b"\n") + 1
    assert [(one["line"], one["column"]) for one in found if "other scales" in one["wrong"]] == [(at + 3, 17)]


def test_answers_to_ones_own_instrument_are_checked_beside_it(put):
    own = instrument_text("rut-check").replace(b"id: rut-check", b"id: my-check")
    form = put("form.yaml", own)
    answers = put("answers.yaml", new_answers(instrument("rut-check")).replace("rut-check", "my-check")
                  .replace("answered_on:", "answered_on: 2026-03-02"))  # fmt: skip
    assert [one["kind"] for one in checked(answers, form)["files"]] == ["answers", "instrument"]
    assert "no instrument “my-check”" in only(answers, code=3)["problems"][0]["wrong"]


def test_several_files_are_told_in_the_order_given_and_one_problem_is_enough_for_exit_three(put):
    found = checked(put("people.csv", PEOPLE), put("broken.yaml", "a: [1"), put("cal.ics", CALENDAR), code=3)
    assert [one["ok"] for one in found["files"]] == [True, False, True]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", b"%PDF-1.7"),
        ("noise", bytes(range(256))),
        ("notes.txt", "hello"),
        ("x.yaml", "colour: blue\n"),
        ("x.yaml", "- 1\n- 2\n"),
    ],
)
def test_an_unknown_kind_says_what_would_be_right(put, name, content):
    found = only(put(name, content), code=3)
    assert found["kind"] == "unknown"
    right = found["problems"][0]["right"]
    assert right == READS or "A role profile has" in right


def test_an_empty_file_is_told(put):
    assert only(put("cal.ics", b""), code=3)["problems"][0]["wrong"] == "The file is empty."


def test_a_file_above_the_limit_is_not_read(put):
    found = only(put("big.ics", b"x" * (1024 * 1024 + 1)), "--limit", "1", code=3)
    assert found["problems"][0]["wrong"] == "The file is longer than 1 MiB."


def test_the_page_says_kind_counts_and_place(put):
    page = run(put("answers.yaml", new_answers(instrument("rut-check"), "soon")), code=3)
    assert "answers.yaml: answers\n" in page
    assert "problem: line" in page
    assert "2026-01-31" in page
    assert "No problem found." in run(put("people.csv", PEOPLE))


def test_a_name_cannot_write_to_the_terminal(put):
    path = put("a\x1b[31m\u202e.csv", PEOPLE)
    page = run(path)
    assert "\x1b" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("what", ["rut-check", "role-audit", "role-profile"])
def test_every_blank_file_passes_its_own_check(put, what):
    assert only(put("blank.yaml", run("--blank", what)))["kind"] in {"answers", "role profile"}


def test_the_schema_for_editors_is_that_of_the_instrument():
    assert (
        json.loads(run("--blank", "instrument-schema"))["properties"].keys() == Instrument.model_fields.keys()
    )


def test_wrong_usage_ends_with_two(put):
    for arguments in ((), (put("x", "") + "-missing",), ("--blank", "nothing")):
        assert CliRunner().invoke(command, list(arguments)).exit_code == 2


def test_the_whole_command_ends_with_three_and_says_so_on_standard_output(put):
    path = put("broken.yaml", "instrument: rut-check\nversion: 2.0\nanswered_on: x\nanswers: {}\n")
    start = "from fairlead.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", start, "check", "--json", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert json.loads(done.stdout)["files"][0]["problems"][0]["line"] == 3
    assert done.stderr == ""


def instrument_text(name):
    from importlib import resources

    return resources.files("fairlead.library").joinpath(f"instruments/{name}.yaml").read_bytes()


def test_what_was_found_is_written_by_ending_and_a_problem_stands_in_each_file(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.ics"
    good.write_text(CliRunner().invoke(command, ["--blank", "role-profile"]).output, encoding="utf-8")
    bad.write_bytes(b"not a calendar")
    files = [tmp_path / f"found.{ending}" for ending in ("json", "csv", "html", "pdf")]
    outs = [part for file in files for part in ("--out", str(file))]

    done = CliRunner().invoke(command, [str(good), str(bad), *outs])

    assert done.exit_code == 3
    told = json.loads(files[0].read_text(encoding="utf-8"))
    assert [one["ok"] for one in told["files"]] == [True, False]
    assert "BEGIN:VCALENDAR" in files[1].read_text(encoding="utf-8-sig")
    assert "BEGIN:VCALENDAR" in files[2].read_text(encoding="utf-8")
    assert files[3].read_bytes().startswith(b"%PDF")


def test_an_ending_nobody_knows_is_refused_before_anything_is_read(tmp_path):
    file = tmp_path / "x.ics"
    file.write_text(CALENDAR, encoding="utf-8")
    done = CliRunner().invoke(command, [str(file), "--out", str(tmp_path / "x.docx")])
    assert done.exit_code == 2
    assert ".pdf, .html, .csv, .json" in done.output


def test_a_page_of_practices_is_recognized_and_its_problems_have_a_place(put):
    text = shipped_text("practices/reliability.yaml")
    found = only(put("own.yaml", text))
    assert found["kind"] == "practices"
    assert (found["found"]["about"], found["found"]["practices"]) == ("reliability", 3)
    (problem,) = only(put("broken.yaml", text.replace(b"stretch: 3", b"stretch: 4")), code=3)["problems"]
    assert "“stretch” is “4”." in problem["wrong"]
    assert problem["line"] == text[: text.index(b"stretch: 3")].count(b"\n") + 1


def test_pages_of_the_handbook_are_recognized_and_a_link_to_nowhere_is_told(put):
    text = shipped_text("handbook/aspects.yaml")
    found = only(put("own.yaml", text))
    assert (found["kind"], found["found"]["pages"]) == ("handbook pages", 4)
    broken = text.replace(b"see: [difference_chart, communication,", b"see: [difference_chart, nowhere,", 1)
    (problem,) = only(put("broken.yaml", broken), code=3)["problems"]
    assert problem["wrong"] == "There is no page “nowhere”."
    assert problem["line"] == broken[: broken.index(b"nowhere")].count(b"\n") + 1


def test_a_page_of_ones_own_may_link_to_its_neighbours_in_the_file(put):
    text = shipped_text("handbook/aspects.yaml").replace(b"id: communication\n", b"id: talking\n")
    own = text.replace(b"see: [difference_chart, communication,", b"see: [difference_chart, talking,")
    assert only(put("own.yaml", own))["ok"] is True


def shipped_text(path):
    from importlib import resources

    return resources.files("fairlead.library").joinpath(path).read_bytes()
