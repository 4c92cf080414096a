"""One command serves pages and does the work beside them, prints one address, and ends both."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from queue import Queue

import pytest
from django.core.management import CommandError, call_command

from fairlead.web import serving


def test_the_next_free_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serving.free_port("127.0.0.1", port) != port
        assert serving.is_taken("127.0.0.1", port)
    assert not serving.is_taken("127.0.0.1", port)


def test_a_port_that_somebody_else_serves_is_refused_before_anything_is_made():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use already"):
            call_command("serve", "--port", str(port))


@pytest.mark.slow
def test_serve_prints_one_address_answers_there_and_ends_with_everything_it_started(tmp_path):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    port = serving.free_port("127.0.0.1", 8600)
    server = subprocess.Popen(
        [sys.executable, "-m", "fairlead.web.manage", "serve", "--port", str(port)],
        env={**kept, "FAIRLEAD_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    lines: Queue[str] = Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in server.stdout], daemon=True)
    reader.start()
    try:
        said = []
        while not said or "http://" not in said[-1]:
            said.append(lines.get(timeout=120))
        addresses = re.findall(r"http://\S+", "".join(said))
        assert addresses == [f"http://127.0.0.1:{port}"]
        for path in ("/", "/readyz", "/static/vendor/vega.js"):
            with urllib.request.urlopen(addresses[0] + path, timeout=30) as answer:
                assert answer.status == 200
        with urllib.request.urlopen(addresses[0], timeout=30) as answer:
            style = re.search(r'href="(/static/fairlead\.[0-9a-f]+\.css)"', answer.read().decode())
        with urllib.request.urlopen(addresses[0] + style[1], timeout=30) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
        children = _children(server.pid)
        assert len(children) >= 2, "pages and background work"
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0
        reader.join(timeout=10)
        server.stdout.close()
    assert not [child for child in children if _alive(child)]


def _children(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True)
    return [int(child) for child in listed.stdout.split()]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
