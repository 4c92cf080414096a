"""``fairlead audit``: from files to a reading, in every form, with every refusal in words."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys

import pytest
from tests.cli.calendars import ME, REPORTS, SECRET, twelve_weeks

from fairlead.cli.main import run

SHELL = "from fairlead.cli.main import main; main()"
WHO = ("--me", ME, "--reports", ",".join(REPORTS))


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    path = tmp_path_factory.mktemp("calendar") / "work.ics"
    path.write_bytes(twelve_weeks())
    return str(path)


@pytest.fixture(scope="module")
def everything(work, tmp_path_factory):
    """One run that writes all files and prints JSON, as a person's shell would start it."""
    folder = tmp_path_factory.mktemp("out")
    outs = [str(folder / f"reading.{ending}") for ending in ("pdf", "html", "csv", "json")]
    options = [*WHO, "--role", "engineering manager", "--json", *(p for out in outs for p in ("--out", out))]
    done = subprocess.run(
        [sys.executable, "-c", SHELL, "audit", work, *options], capture_output=True, text=True, check=False
    )
    return done, folder


def test_json_is_the_only_thing_on_standard_output(everything):
    done, _ = everything
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["events"] == 12 * 8 + 6
    assert found["period"]["zone"] == "Europe/Berlin"
    assert sum(found["hours"].values()) == pytest.approx(12 * (1.5 + 1 + 1.5 + 1 + 1 + 2) + 6 * 2)
    assert found["asked"]["code"] == "11-9041.00"
    assert "Traceback" not in done.stderr


def test_every_file_is_whole_and_says_the_same(everything):
    done, folder = everything
    assert json.loads((folder / "reading.json").read_text()) == json.loads(done.stdout)
    assert (folder / "reading.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (folder / "reading.pdf").read_bytes().rstrip().endswith(b"%%EOF")
    assert (folder / "reading.html").read_text().endswith("</html>\n")
    assert sorted(f.name for f in folder.iterdir()) == [
        f"reading.{e}" for e in ("csv", "html", "json", "pdf")
    ]


def test_the_csv_has_a_row_per_figure_and_per_week(everything):
    done, folder = everything
    rows = list(csv.DictReader((folder / "reading.csv").read_text("utf-8-sig").splitlines()))
    found = json.loads(done.stdout)
    period = {row["name"]: row["value"] for row in rows if row["about"] == "period"}
    assert float(period["reactive_share"]) == found["reactive_share"]
    leading = [float(r["value"]) for r in rows if r["about"] == "week" and r["name"] == "leading_hours"]
    assert len(leading) == found["period"]["weeks"]
    assert sum(leading) == pytest.approx(found["hours"]["leading"])


def test_no_title_and_no_name_is_in_any_result(everything):
    done, folder = everything
    written = done.stdout + "".join((folder / f"reading.{e}").read_text() for e in ("html", "csv", "json"))
    for secret in (SECRET, "Unwise", *REPORTS, "zoe@acme.example"):
        assert secret not in written


def test_titles_of_unclear_events_stay_when_the_person_keeps_them(work, capsys):
    assert run(["audit", work, *WHO, "--keep-titles", "--json"]) == 0
    assert SECRET in capsys.readouterr().out


def test_the_terminal_page_begins_with_the_next_step(work, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["audit", work, *WHO, "--role", "11-9041.00"]) == 0
    page = capsys.readouterr().out
    assert max(map(len, page.splitlines())) <= 80
    assert page.index("One thing to do next") < page.index("Your average week")
    assert "Firefighting ▒" in page
    assert "\x1b" not in page
    assert "O*NET" in page
    assert "Every number" not in page


@pytest.mark.parametrize("width", ["40", "60", "200"])
def test_the_page_fits_narrow_and_wide_terminals(work, capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    assert run(["audit", work, *WHO]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= min(int(width), 80)


def test_explain_says_how_every_number_was_made(work, capsys):
    assert run(["audit", work, *WHO, "--explain"]) == 0
    page = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "The rule of the next step" in page
    assert "Which rules decided" in page


def test_without_a_role_the_week_is_read_all_the_same(work, capsys):
    assert run(["audit", work, *WHO, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["asked"] is None
    assert found["hours"]["managing"] > 0


def test_own_rules_sort_what_was_unclear(work, tmp_path, capsys):
    run(["audit", work, *WHO, "--json"])
    before = json.loads(capsys.readouterr().out)
    own = tmp_path / "own.yaml"
    own.write_text(f"own:\n  - about: title\n    match: {SECRET}\n    kind: leading\n")
    run(["audit", work, *WHO, "--json", "--rules", str(own)])
    after = json.loads(capsys.readouterr().out)
    assert after["hours"]["leading"] == pytest.approx(before["hours"]["leading"] + 12)
    assert after["other_hours"]["unclear"] == pytest.approx(before["other_hours"]["unclear"] - 12)


def test_a_period_is_kept_to(work, capsys):
    assert run(["audit", work, *WHO, "--json", "--from", "2026-09-07", "--to", "2026-09-13"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["period"]["from"], found["period"]["to"]) == ("2026-09-07", "2026-09-13")
    assert found["events"] == 8


def test_an_empty_answer_file_can_be_filled_in_and_read(work, tmp_path, capsys):
    assert run(["audit", "--new-answers", "rut-check"]) == 0
    text = capsys.readouterr().out
    empty = tmp_path / "answers.yaml"
    filled = re.sub(r"(?m)^  answered_on:.*$", "  answered_on: 2026-11-20", text)
    empty.write_text(filled)
    assert run(["audit", work, *WHO, "--answers", str(empty), "--json"]) == 0
    assert [a["instrument"] for a in json.loads(capsys.readouterr().out)["answers"]] == ["rut-check"]


def test_a_job_description_gives_what_the_role_asks(work, tmp_path, capsys):
    job = tmp_path / "job.txt"
    job.write_text(
        "You coach and mentor the engineers in your team.\nYou set the vision and inspire others.\n"
        "You manage the budget and allocate resources.\nYou plan the schedule and monitor progress.\n"
        "You write code and review code.\nYou resolve conflicts between teams.\nYou hire people.\n"
        "You identify and mitigate risks.\nYou improve processes.\n"
    )
    assert run(["audit", work, *WHO, "--description", str(job), "--json"]) == 0
    asked = json.loads(capsys.readouterr().out)["asked"]
    assert asked["source"] == "description"
    assert asked["leading"] + asked["managing"] + asked["doing"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "Give at least one calendar"),
        (["nothing.ics"], 2, "nothing.ics"),
        (["{work}", "--out", "reading.docx"], 2, ".pdf, .html, .csv, .json"),
        (["{work}", "--out", "no/such/folder/reading.pdf"], 2, "does not exist"),
        (["{work}", "--from", "2026-02-30"], 2, "2026-02-30"),
        (["{work}", "--from", "2026-05-02", "--to", "2026-05-01"], 2, "--to lies before --from"),
        (["{work}", "--role", "nobody.yaml"], 2, "there is no such file"),
        (["{work}", "--sort", "own.yaml", "--me", ME], 2, "needs a terminal"),
        (["--new-answers", "horoscope"], 2, "There are: role-audit, rut-check"),
        (["{work}", "--hours", "late"], 3, "09:00-17:30"),
        (["{work}", "--zone", "Mars/Base"], 3, "Mars/Base"),
        (["{work}", "--role", "qqqqqq zzzzz"], 3, "No role is called"),
        (["{work}", "--map", "nonsense"], 3, "theirs=ours"),
        (["{broken}"], 3, "broken.ics"),
        (["{work}", "--answers", "{broken}"], 3, "broken.ics"),
        (["{work}", "--rules", "{broken}"], 3, "broken.ics"),
    ],
)
def test_what_is_wrong_is_said_in_words(work, tmp_path, capsys, monkeypatch, arguments, code, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.ics").write_bytes(b"This is : no [ calendar\n")
    filled = [part.format(work=work, broken="broken.ics") for part in arguments]
    assert run(["audit", *filled]) == code
    printed = capsys.readouterr()
    assert says in printed.err
    assert "Traceback" not in printed.err
    assert "fault in Fairlead" not in printed.err
    assert printed.out == ""
    assert sorted(p.name for p in tmp_path.iterdir()) == ["broken.ics"]


def test_an_error_names_line_and_what_would_be_right(tmp_path, capsys):
    broken = tmp_path / "bad.ics"
    broken.write_bytes(twelve_weeks().replace(b"FREQ=WEEKLY", b"FREQ=SECONDLY", 1))
    assert run(["audit", str(broken)]) == 3
    assert re.match(r"bad\.ics, line \d+", capsys.readouterr().err)


def test_a_whole_shell_run_ends_with_the_promised_code(tmp_path):
    broken = tmp_path / "bad.ics"
    broken.write_bytes(b"BEGIN:NOTHING\n")
    done = subprocess.run(
        [sys.executable, "-c", SHELL, "audit", str(broken)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_sorting_by_keys_is_kept_and_used_at_once(work, tmp_path, capsys, monkeypatch):
    import click

    # A focus time for coding is not asked about; x is no key and is passed over; the one left is leading.
    keys = iter("xl")
    monkeypatch.setattr(click, "getchar", lambda: next(keys))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    own = tmp_path / "own.yaml"
    assert run(["audit", work, *WHO, "--sort", str(own), "--json"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert "[L] Leading" in printed.err
    assert f'match: "{SECRET}"\n    kind: leading' in own.read_text()
    assert found["other_hours"]["unclear"] == pytest.approx(0)
    run(["audit", work, *WHO, "--rules", str(own), "--json"])
    again = json.loads(capsys.readouterr().out)
    assert again["hours"] == found["hours"]


def sort_with(keys, monkeypatch):
    import click

    waiting = iter(keys)
    monkeypatch.setattr(click, "getchar", lambda: next(waiting))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)


@pytest.mark.parametrize("keys", ["q", "dq"])
def test_sorting_shows_titles_and_keeps_none_in_the_reading(work, tmp_path, capsys, monkeypatch, keys):
    sort_with(keys, monkeypatch)
    page = tmp_path / "reading.html"
    own = str(tmp_path / "own.yaml")
    assert run(["audit", work, *WHO, "--sort", own, "--json", "--out", str(page)]) == 0
    printed = capsys.readouterr()
    assert "1/" in printed.err
    assert all(not one["title"] for one in json.loads(printed.out)["time"]["unsorted"])
    for secret in (SECRET, "Focus time: coding", *REPORTS):
        assert secret not in printed.out
        assert secret not in page.read_text()


def test_the_page_is_as_wide_as_its_terminal(work):
    import fcntl
    import os
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    call = [sys.executable, "-c", SHELL, "audit", work, *WHO]
    with subprocess.Popen(call, stdout=slave, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(slave)
        parts = []
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # the other end of a closed terminal
                break
            if not part:
                break
            parts.append(part)
    os.close(master)
    assert process.returncode == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", b"".join(parts).decode()).splitlines()
    assert max(map(len, lines)) == 50


def test_the_whole_rule_is_in_the_explanation_and_its_deciding_line_on_the_card(work, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    last = "Otherwise keep what works, and measure again."
    assert run(["audit", work, *WHO]) == 0
    page = re.sub(r"[\s│]+", " ", capsys.readouterr().out)
    assert re.search(r"Line \d+ of the rule decided: ", page)
    assert last not in page
    assert run(["audit", work, *WHO, "--explain"]) == 0
    page = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert f"10. {last}" in page
    assert " 1. Nothing is known yet" in page


def test_the_page_says_for_whom_it_took_the_person(work, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["audit", work]) == 0
    page = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "Your address was taken to be" in page or "it is not known who you are" in page


def test_a_file_without_an_end_is_refused_like_a_long_one(capsys):
    assert run(["audit", "/dev/zero", "--limit", "1"]) == 3
    assert "zero: The file is longer than 1 MiB." in capsys.readouterr().err
