"""What must stand before a page is served: tables, the chart library, static files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import fairlead
from fairlead.web.finder import RENDER
from fairlead.web.vault import files, ready

STATIC = Path(__file__).parent / "static"


def prepare(say: Any) -> None:
    """Bring the data folder up to this version; what stands already costs next to nothing."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        files.close_to_others(connection.settings_dict["NAME"])
        files.settle(say)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Setting up the tables.")
        call_command("migrate", verbosity=0, interactive=False)
    if wrong := ready.problems():
        raise ImproperlyConfigured(" ".join(wrong))
    stamp, version = settings.DATA / "static.stamp", _version()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != version:
        say("Putting scripts, colours and fonts in place.")
        call_command("bundle", verbosity=0, stdout=_Silence())
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(version, encoding="ascii")


class _Silence:
    """Swallows what a command reports."""

    def write(self, text: str) -> None:
        """Drop it."""

    def flush(self) -> None:
        """Have nothing to flush."""

    def isatty(self) -> bool:
        """Be no terminal."""
        return False


def _version() -> str:
    """Digest what goes into the static files, so that a checkout never serves old ones."""
    seen = hashlib.sha256(fairlead.__file__.encode())
    for folder in (STATIC, RENDER / "fonts"):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                stat = file.stat()
                seen.update(f"{file.name}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    colours = RENDER / "colours.css"
    seen.update(colours.read_bytes())
    return seen.hexdigest()
