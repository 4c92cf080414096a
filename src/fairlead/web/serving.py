"""Serving pages and doing the background work beside them, until Ctrl+C."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

WAIT_FOR_FIRST_PAGE: Final = 60.0
TRY_PORTS: Final = 50


def free_port(host: str, wanted: int) -> int:
    """Give the wanted port, or the next one that nobody uses."""
    for port in range(wanted, wanted + TRY_PORTS):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port between {wanted} and {wanted + TRY_PORTS - 1}.")


def is_taken(host: str, port: int) -> bool:
    """Say whether something listens at this address already."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(address)
        except OSError as wrong:
            return wrong.errno == errno.EADDRINUSE
        return False


def serve(*, host: str, port: int, workers: int, background: bool, announce: Callable[[], Any]) -> int:
    """Start the web server, and the worker if wanted; announce the address once a page comes back.

    Both are processes of their own (nothing is forked), and end together: with Ctrl+C, or as soon
    as one of them ends.
    """
    children = [_start(_granian(host, port, workers))]
    if background:
        children.append(_start([sys.executable, "-m", "fairlead.web.manage", "worker"]))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    address = f"http://{host}:{port}"
    threading.Thread(
        target=_announce_when_up, args=(address, children[0], stop, announce), daemon=True
    ).start()
    try:
        while not stop.wait(0.2):
            if any(child.poll() is not None for child in children):
                break
    finally:
        _end(children)
    return 0 if stop.is_set() else next((child.returncode for child in children if child.returncode), 1)


def _granian(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "fairlead.web.wsgi:application",
    ]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "fairlead.web.settings"}
    return subprocess.Popen(command, env=environment)  # noqa: S603 - our own interpreter and module


def _announce_when_up(
    address: str, web: subprocess.Popen[bytes], stop: threading.Event, announce: Callable[[], Any]
) -> None:
    until = time.monotonic() + WAIT_FOR_FIRST_PAGE
    while time.monotonic() < until and not stop.is_set() and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own address
                announce()
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
