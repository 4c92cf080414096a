"""Empty tables made once, and copied to whoever needs some and does not test how they come to be.

To make them takes ten seconds of a processor: every migration is run. They are kept beside pytest's own
cache for as long as nothing changes that makes them, so that one file of tests begins at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import fairlead.web

if TYPE_CHECKING:
    from collections.abc import Iterator

_WEB: Final = Path(fairlead.web.__file__).parent
_MADE_BY: Final = (
    "migrations/*.py",
    "vault/**/*.py",
    "trail/guard.py",
    "management/**/*.py",
    "*.py",
    "**/*models.py",
)


def kept_in(folder: Path) -> Path:
    """Give the folder with the three files, made anew where something that makes them has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    found = folder / _fingerprint()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            for old in filter(Path.is_dir, folder.iterdir()):
                shutil.rmtree(old)
            making = folder / "making"
            making.mkdir()
            _migrate(making)
            for other in set(making.iterdir()) - set(making.glob("*.sqlite3")):
                shutil.rmtree(other) if other.is_dir() else other.unlink()
            making.rename(found)
    return found


def copied(tables: Path, main: Path) -> None:
    """Copy the files to where a main one of that name looks for its others."""
    from fairlead.web.vault import files

    main.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(tables / "fairlead.sqlite3", main)
    for schema, path in files.beside(main).items():
        shutil.copy(tables / f"{schema}.sqlite3", path)


def _fingerprint() -> str:
    found = hashlib.sha256(sys.version.encode())
    for path in sorted({_WEB.parents[2] / "uv.lock", *_makers()}):
        if path.exists():
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _makers() -> Iterator[Path]:
    for pattern in _MADE_BY:
        yield from _WEB.glob(pattern)


def _migrate(data: Path) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    subprocess.run(
        [sys.executable, "-m", "fairlead.web.manage", "migrate", "--verbosity", "0"],
        env={**kept, "FAIRLEAD_DATA": str(data)},
        check=True,
        timeout=300,
    )
