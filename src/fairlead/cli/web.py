"""Start ``fairlead-web`` beside the command line, which itself never imports the web."""

from __future__ import annotations

import importlib.util
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


def start(command: str, arguments: Sequence[str]) -> int:
    """Run one command of ``fairlead-web`` until it ends and give its exit code.

    Raises
    ------
    click.UsageError
        When the web extra is not installed.
    """
    if importlib.util.find_spec("django") is None:
        raise click.UsageError(
            "The web application is not installed. Install it with: pip install 'fairlead[web]'"
        )
    call = [sys.executable, "-m", "fairlead.web.manage", command, *arguments]
    process = subprocess.Popen(call)  # noqa: S603 - our own module, arguments as a list
    # A service manager ends the parent; the server must not live on without it.
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The child got the same Ctrl-C and shuts down in its own order; wait for it to finish.
            continue
