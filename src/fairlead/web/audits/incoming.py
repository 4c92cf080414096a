"""Uploaded bytes on their way to the worker: private files that live as long as one run.

A row in the database would outlive its deletion in free pages, logs and backups; a file in a folder
that only this account can open does not. The folder is removed by the run that reads it, whether it
succeeds or fails; what a killed worker leaves behind is removed by the next upload and by ``tick``.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STALE_AFTER: Final = 3600.0
"""Seconds after which a folder belongs to no run any more."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person sent: file names with their bytes, and what they typed beside them."""

    files: tuple[tuple[str, bytes], ...]
    typed: dict[str, Any]


def put(files: Iterable[tuple[str, bytes]], typed: Mapping[str, Any]) -> str:
    """Write the files where only this account can read them and return their token."""
    token = secrets.token_urlsafe(24)
    folder = _room() / token
    folder.mkdir(mode=0o700)
    try:
        names = []
        for number, (name, data) in enumerate(files):
            _write(folder / str(number), data)
            names.append(name)
        _write(folder / "typed.json", json.dumps({"names": names, "typed": dict(typed)}).encode())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return token


def take(token: str) -> Sent:
    """Read what stands under the token; ``FileNotFoundError`` once it was forgotten."""
    folder = _folder(token)
    sheet = json.loads((folder / "typed.json").read_bytes())
    files = tuple((name, (folder / str(i)).read_bytes()) for i, name in enumerate(sheet["names"]))
    return Sent(files=files, typed=sheet["typed"])


def forget(token: str) -> None:
    """Remove the folder; nothing happens when it has gone."""
    shutil.rmtree(_folder(token), ignore_errors=True)


def forget_stale() -> int:
    """Remove what runs that died left behind, and say how many."""
    old = [f for f in _room().iterdir() if time.time() - f.stat().st_mtime > STALE_AFTER]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _room() -> Path:
    room = Path(settings.DATA) / "incoming"
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    return room


def _folder(token: str) -> Path:
    if not token or "/" in token or token.startswith("."):
        raise FileNotFoundError(token)
    return _room() / token


def _write(path: Path, data: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(data)
