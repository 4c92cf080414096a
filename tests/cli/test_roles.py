"""``fairlead roles`` as a person meets it: pages, JSON, exit codes, refusals."""

import contextlib
import csv
import io
import json
import os
import subprocess
import sys
from typing import NamedTuple
from unittest import mock

import pikepdf
import pytest

from fairlead.cli.main import main
from fairlead.sources.role_profile import read


class Found(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def fairlead(*arguments, text="", **environment):
    """Run the command in this process, as the console script does."""
    out, err = io.StringIO(), io.StringIO()
    clean = {key: value for key, value in os.environ.items() if key != "FAIRLEAD_ROLES"}
    code = 0
    with (
        mock.patch.dict(os.environ, clean | {"COLUMNS": "100"} | environment, clear=True),
        mock.patch.object(sys, "argv", ["fairlead", "roles", *arguments]),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Found(code, out.getvalue(), err.getvalue())


def test_a_wording_of_every_trade_is_said_to_be_one_before_any_figure():
    found = fairlead("team", "lead")
    assert found.returncode == 0
    told = " ".join(found.stdout.split())
    assert told.index("Every trade uses this wording") < told.index("What the role asks")
    assert "Sales Managers (11-2022.00)" in told
    assert "Every trade" not in fairlead("sales", "team", "lead").stdout
    assert json.loads(fairlead("team", "lead", "--json").stdout)["matches"][0]["generic"] is True


def test_nonsense_is_refused_and_nothing_is_offered():
    found = fairlead("qwertz", "asdf")
    assert found.returncode == 3
    assert found.stdout == ""
    assert "No role is called “qwertz asdf”. Nothing is near it." in found.stderr


def test_the_command_runs_in_a_process_of_its_own():
    found = subprocess.run(
        [sys.executable, "-c", "from fairlead.cli.main import main; main()", "roles", "founder"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert found.returncode == 0
    assert found.stdout.startswith("Chief Executives\n")


def test_a_page_shows_what_a_role_asks_its_relatives_and_the_attribution():
    found = fairlead("engineering", "manager")
    assert found.returncode == 0
    assert found.stdout.startswith("Architectural and Engineering Managers\n")
    assert "found as “engineering manager”" in found.stdout
    assert "much more (+2.1 SD)" in found.stdout
    assert "Civil Engineers (17-2051.00), distance" in found.stdout
    said = " ".join(found.stdout.split())
    assert "information from the O*NET 30.1 Database" in said
    assert "Fairlead has modified" in said
    assert not found.stderr


def test_json_is_the_only_output_and_carries_every_figure():
    found = fairlead("--json", "11-1011.00", "--limit", "3")
    stored = json.loads(found.stdout)
    assert list(stored) == ["query", "role", "matches", "nearest", "release", "attribution"]
    role = stored["role"]
    assert (role["code"], role["title"], role["job_zone"]) == ("11-1011.00", "Chief Executives", 5)
    assert [kind["name"] for kind in role["kinds"]] == ["leading", "managing", "doing"]
    assert sum(kind["share"] for kind in role["kinds"]) == pytest.approx(1.0, abs=1e-3)
    assert len(role["competencies"]) == 12
    assert len(stored["nearest"]) == 3
    assert not found.stderr


def test_a_wording_that_nobody_knows_ends_with_3_and_the_nearest_wordings():
    found = fairlead("plumbre of the mnid")
    assert found.returncode == 3
    assert not found.stdout
    assert "No role is called “plumbre of the mnid”. Nearest wordings: “" in found.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("nurse", "--new"), ("--new", "--description", "-"), ("--limit", "0", "nurse")]
)
def test_wrong_usage_ends_with_2(arguments):
    found = fairlead(*arguments)
    assert found.returncode == 2
    assert not found.stdout


def test_a_new_profile_passes_the_check_and_can_be_shown(tmp_path):
    written = fairlead("--new").stdout
    assert read("role.yaml", written.encode()).title == "Team lead, customer service"
    file = tmp_path / "role.yaml"
    file.write_text(written, encoding="utf-8")
    shown = fairlead(str(file))
    assert shown.returncode == 0
    assert "A role profile of your own" in shown.stdout
    assert "give or take" in shown.stdout
    assert "Nearest relatives" in shown.stdout
    assert json.loads(fairlead(str(file), "--json").stdout)["role"]["source"] == "own"


def test_a_broken_profile_is_refused_with_its_place(tmp_path):
    file = tmp_path / "role.yaml"
    file.write_text("title: x\nkinds: {leading: 1, managing: 1, doing: lots}\n", encoding="utf-8")
    found = fairlead(str(file))
    assert found.returncode == 3
    assert "role.yaml, line 2, column 41: “doing” should be a number" in found.stderr
    assert fairlead(str(tmp_path / "none.yaml")).returncode == 3


def test_a_description_is_read_from_standard_input():
    duties = [
        "Coach the team",
        "Own the budget",
        "Write code",
        "Supervise staff",
        "Repair pumps",
        "Set a vision",
    ]
    text = "".join(f"- {duty}\n" for duty in duties)
    page = fairlead("--description", "-", text=text)
    assert page.returncode == 0
    assert "Leading, developing people. “Coach” stands for helping people to grow" in page.stdout
    assert "What the description asks" in page.stdout
    stored = json.loads(fairlead("--description", "-", "--json", text=text).stdout)
    assert list(stored) == ["sentences", "profile", "too_little"]
    assert [kind["share"] for kind in stored["profile"]["kinds"]] == [2 / 6, 2 / 6, 2 / 6]


def test_a_short_description_says_that_it_is_too_little_and_is_no_error():
    found = fairlead("--description", "-", text="Coach the team.")
    assert found.returncode == 0
    assert "Only 1 sentence asks" in found.stdout


def test_a_description_cannot_steer_the_terminal():
    found = fairlead("--description", "-", text="Coach \x1b[31m the \x1b]0;title\x07 \u202eteam.\n")
    assert "\x1b[31m" not in found.stdout
    assert "\x1b]0" not in found.stdout
    assert "\u202e" not in found.stdout


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "There is no text in it."),
        (b"Coach\x00\x01", "This is not a text file."),
        (b"Coach\n\xff\xfe", "line 2: This is not UTF-8 text."),
        (b"a" * 60_000, "The text has 60,000 characters."),
        (b"a" * 300_000, "The text has more than 200,000 bytes."),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(tmp_path, data, wrong):
    file = tmp_path / "advert.txt"
    file.write_bytes(data)
    found = fairlead("--description", str(file))
    assert found.returncode == 3
    assert wrong in found.stderr
    assert "advert.txt" in found.stderr


def test_a_missing_text_is_refused():
    assert "cannot be read" in fairlead("--description", "nowhere.txt").stderr


def test_a_library_of_ones_own_is_used_by_option_and_by_environment(tmp_path):
    broken = tmp_path / "mine.json"
    broken.write_text("{}")
    for found in (fairlead("nurse", "--library", str(broken)), fairlead("nurse", FAIRLEAD_ROLES=str(broken))):
        assert found.returncode == 3
        assert "This is not a role library of this version." in found.stderr


def test_a_library_cannot_be_built_from_nothing_and_nothing_is_left_behind(tmp_path):
    found = fairlead("build", str(tmp_path), "--out", str(tmp_path / "out.json"))
    assert found.returncode == 3
    assert "Occupation Data.txt is missing." in found.stderr
    assert list(tmp_path.iterdir()) == []
    assert fairlead("build", str(tmp_path)).returncode == 2


def test_results_are_written_by_their_endings(tmp_path):
    files = [tmp_path / f"role.{ending}" for ending in ("json", "csv", "html", "pdf")]
    found = fairlead("founder", "--json", *(word for file in files for word in ("--out", str(file))))
    assert found.returncode == 0
    stored, table, page, paper = (file.read_bytes() for file in files)
    assert json.loads(stored) == json.loads(found.stdout)
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert len(rows) == 15
    assert float(rows[0]["share"]) == json.loads(stored)["role"]["kinds"][0]["share"]
    assert all("O*NET 30.1 Database" in row["attribution"] for row in rows)
    html = page.decode()
    assert "<h1>Chief Executives</h1>" in html
    assert "O*NET 30.1 Database" in html
    assert "<script" not in html
    with pikepdf.open(io.BytesIO(paper)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo.Title) == "Chief Executives"


def test_a_description_is_written_with_every_sentence_and_its_reason(tmp_path):
    file, page = tmp_path / "read.csv", tmp_path / "read.html"
    text = "Coach <b>the team</b>.\n=cmd() supervise staff.\n"
    assert fairlead("--description", "-", "--out", str(file), "--out", str(page), text=text).returncode == 0
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert [row["kind"] for row in rows] == ["leading", "managing"]
    assert not rows[1]["sentence"].startswith("=")
    assert "&lt;b&gt;the team&lt;/b&gt;" in page.read_text(encoding="utf-8")


def test_a_file_of_another_kind_is_refused_before_any_work(tmp_path):
    found = fairlead("founder", "--out", str(tmp_path / "role.docx"))
    assert found.returncode == 2
    assert ".pdf, .html, .csv, .json" in found.stderr
    assert fairlead("--new", "--out", str(tmp_path / "role.json")).returncode == 2
    assert list(tmp_path.iterdir()) == []
