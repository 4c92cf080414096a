"""``fairlead serve`` and ``fairlead demo`` start the web beside the command line."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time

import pytest

from fairlead.cli import web
from fairlead.cli.main import run


def test_without_the_extra_it_says_what_to_install(monkeypatch, capsys):
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "django" else real(name))
    assert run(["serve"]) == 2
    assert "pip install 'fairlead[web]'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_help_needs_no_web(command, capsys):
    assert run([command, "--help"]) == 0
    assert "--port" in capsys.readouterr().out
    assert run([command, "--port", "70000"]) == 2


def test_the_exit_code_of_the_web_comes_through(tmp_path):
    assert web.start("no-such-command", []) != 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_ending_the_command_ends_the_server_too(tmp_path, ending):
    # A stand-in server that says when it stops, so that the test is about the command line alone.
    server = tmp_path / "server.py"
    server.write_text(
        "import signal, sys, time\n"
        "def stop(*_):\n    print('stopped', flush=True); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, stop); signal.signal(signal.SIGINT, stop)\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    code = (
        "import sys, subprocess\n"
        "from fairlead.cli import web\n"
        "real = subprocess.Popen\n"
        f"subprocess.Popen = lambda call: real([sys.executable, {str(server)!r}])\n"
        "sys.exit(web.start('serve', []))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.2)
        if ending == signal.SIGINT:  # a terminal sends it to the whole group
            os.killpg(process.pid, ending)
        else:
            process.send_signal(ending)
        assert process.stdout.read() == b"stopped\n"
        assert process.wait(20) == 0
        assert process.stderr.read() == b""
