"""The front door: exit codes, a quiet end, and words instead of tracebacks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import click
import pytest

from fairlead.cli import main
from fairlead.core.problems import BadInput, Problem

SHELL = "from fairlead.cli.main import main; main()"


@pytest.fixture
def failing(monkeypatch):
    """A command that raises what a test wants."""

    def make(error):
        @click.command("check")
        def command():
            raise error

        monkeypatch.setattr(main.LazyGroup, "get_command", lambda *_: command)

    return make


def test_every_command_of_the_table_is_there(capsys):
    for name in main.COMMANDS:
        assert main.run([name, "--help"]) == 0
        assert f"fairlead {name}" in capsys.readouterr().out


def test_help_lists_every_command_with_its_sentence(capsys):
    assert main.run(["--help"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    for name, sentence in main.COMMANDS.items():
        assert f"{name} {sentence}" in page


def test_a_slip_of_the_pen_is_guessed(capsys):
    assert main.run(["audti"]) == 2
    assert "Did you mean 'audit'?" in capsys.readouterr().err


def test_the_version_is_the_installed_one(capsys):
    from importlib.metadata import version

    assert main.run(["--version"]) == 0
    assert capsys.readouterr().out == f"fairlead {version('fairlead')}\n"


def test_bad_input_ends_with_3_and_names_the_place(failing, capsys):
    failing(BadInput(Problem(file="a.ics", line=3, column=7, wrong="No date.", right="Write one.")))
    assert main.run(["check"]) == 3
    printed = capsys.readouterr()
    assert printed.err == "a.ics, line 3, column 7: No date. Write one.\n"
    assert printed.out == ""


def test_many_problems_are_told_up_to_a_screenful(failing, capsys):
    failing(BadInput(*(Problem(file="a.csv", line=n, wrong="Empty.", right="") for n in range(1, 1241))))
    assert main.run(["check"]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "... and 1,220 more."


def test_a_fault_of_ours_is_called_one_and_hides_nothing_on_request(failing, capsys, monkeypatch):
    failing(ZeroDivisionError("division by zero"))
    assert main.run(["check"]) == 1
    assert "fault in Fairlead" in capsys.readouterr().err
    monkeypatch.setenv("FAIRLEAD_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main.run(["check"])


def test_ctrl_c_ends_with_130_and_one_word(failing, capsys):
    failing(KeyboardInterrupt())
    assert main.run(["check"]) == 130
    assert capsys.readouterr().err.strip() == "Stopped."


def test_a_wrong_option_ends_with_2(capsys):
    assert main.run(["audit", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals and pipes")
def test_a_reader_that_leaves_early_is_no_error():
    code = (
        "import click, fairlead.cli.main as m\n"
        "def talk():\n    for _ in range(100000): click.echo('x' * 80)\n"
        "m.LazyGroup.get_command = lambda *_: click.command('check')(talk)\n"
        "m.main()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_real_ctrl_c_prints_no_traceback():
    code = (
        "import click, signal, time, fairlead.cli.main as m\n"
        # A shell that starts tests in the background lets its children ignore Ctrl+C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def wait():\n    click.echo('ready')\n    time.sleep(60)\n"
        "m.LazyGroup.get_command = lambda *_: click.command('check')(wait)\n"
        "m.main()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read().strip() == b"Stopped."
