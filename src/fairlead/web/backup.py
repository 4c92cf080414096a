"""An installation as one archive, and back: tables, and apart from them the keys that open them.

The archive holds the main database and the vault. The keys (of people, of the installation) go to
a second file in a folder of their own that only ever holds the latest: whoever finds an old archive
cannot read what people kept here, and whoever was erased since is unreadable in all of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import connection, transaction

from fairlead.web import vault
from fairlead.web.vault.tables import KEY_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

FORM: Final = 1
"""The form of an archive; a later one that cannot be read by this version has a higher number."""

NAME: Final = "fairlead-{:%Y%m%dT%H%M%SZ}.tar.gz"
KEYS: Final = "fairlead-keys.tar"
TABLES: Final = ("fairlead.sqlite3", "vault.sqlite3")
KEY_TABLE: Final = "keys.sqlite3"
KEY_FILES: Final = ("secret.key", "vault.key", "trail.key")
DUMP: Final = "fairlead.pgdump"
KEY_DUMP: Final = "keys.pgdump"
SESSIONS: Final = ("django_session", "usersessions_usersession")
"""Left out of an archive: whoever found it could go on in somebody's session. People sign in again."""

BATCH: Final = 2_000


class CannotBackUp(Exception):  # noqa: N818 - named for what it means to whoever runs the server
    """A sentence why nothing was written, or nothing put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where the archive and the keys were written, and how many rows the archive holds."""

    archive: Path
    keys: Path
    rows: int


def back_up(folder: Path, *, keys: Path | None = None, keep_days: int = 14) -> Kept:
    """Write one archive and the latest keys; archives older than ``keep_days`` are removed."""
    keys = keys or folder / "keys"
    for place in (folder, keys):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(tz=UTC)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=folder) as part, vault.on_duty("backup"):
        work = Path(part)
        tables = _copy_sqlite(work) if connection.vendor == "sqlite" else _dump_postgresql(work)
        manifest = {
            "form": FORM,
            "version": version("fairlead"),
            "made_at": now.isoformat(timespec="seconds"),
            "tables": tables,
            "files": {
                path.name: _sha256(path) for path in sorted(work.iterdir()) if path.name in _OF_ARCHIVE
            },
        }
        (work / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        archive = _pack(work, ("manifest.json", *_OF_ARCHIVE), folder / NAME.format(now))
        for name in KEY_FILES:
            if (settings.DATA / name).exists():
                shutil.copy2(settings.DATA / name, work / name)
        kept_keys = _pack(work, (KEY_TABLE, KEY_DUMP, *KEY_FILES), keys / KEYS)
    _drop_old(folder, older_than=now - timedelta(days=keep_days))
    return Kept(archive=archive, keys=kept_keys, rows=sum(table["rows"] for table in tables.values()))


_OF_ARCHIVE: Final = (*TABLES, DUMP)


def put_back(archive: Path, *, keys: Path | None = None, replace: bool = False) -> dict[str, Any]:
    """Put an archive and the keys in place, into an empty installation; give the archive's manifest.

    With ``replace`` the database that is there is moved aside, never removed. Web and worker must
    not run meanwhile.
    """
    keys = keys or archive.parent / "keys" / KEYS
    for path, what in ((archive, "archive"), (keys, "file with the keys")):
        if not path.is_file():
            raise CannotBackUp(f"There is no {what} at {path}.")
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=settings.DATA) as part:
        work = Path(part)
        _unpack(archive, work, ("manifest.json", *_OF_ARCHIVE))
        _unpack(keys, work, (KEY_TABLE, KEY_DUMP, *KEY_FILES))
        manifest = _manifest(work, archive)
        if (work / DUMP).exists():
            _restore_postgresql(work)
        else:
            _place_sqlite(work, replace=replace)
        for name in KEY_FILES:
            if (work / name).exists():
                (work / name).replace(settings.DATA / name)
    return manifest


def differences(manifest: dict[str, Any]) -> list[str]:
    """Compare what stands now with what the archive says: a sentence for each table that differs."""
    if connection.vendor == "sqlite":
        now = _fingerprints_of_files(settings.DATA)
    else:
        with vault.on_duty("backup"), transaction.atomic():
            now = _fingerprints_of_postgresql()
    told = manifest["tables"]
    nothing = {"rows": 0}
    return [
        f"{name}: {told.get(name, nothing)['rows']} rows there, {now.get(name, nothing)['rows']} here"
        for name in sorted(told.keys() | now.keys())
        if told.get(name) != now.get(name)
    ]


# --- SQLite ----------------------------------------------------------------------------------


def _copy_sqlite(work: Path) -> dict[str, dict[str, Any]]:
    """Copy all files as they stand at one moment: writers wait for as long as it takes, readers do not."""
    with _nobody_writes():
        for name in (*TABLES, KEY_TABLE):
            if (settings.DATA / name).exists():
                _copy(settings.DATA / name, work / name)
    _end_sessions(work / TABLES[0])
    return _fingerprints_of_files(work)


def _end_sessions(copy: Path) -> None:
    database = sqlite3.connect(copy, isolation_level=None)
    try:
        for name in SESSIONS:
            database.execute(f'DELETE FROM "{name}"')  # noqa: S608 - a name of ours
        database.execute("VACUUM")
    finally:
        database.close()


@contextmanager
def _nobody_writes() -> Iterator[None]:
    main, *others = (*TABLES, KEY_TABLE)
    lock = sqlite3.connect(settings.DATA / main, timeout=60, isolation_level=None)
    try:
        for number, name in enumerate(others):
            if (settings.DATA / name).exists():
                lock.execute(f"ATTACH DATABASE ? AS other{number}", (str(settings.DATA / name),))
        lock.execute("BEGIN IMMEDIATE")
        yield
        lock.execute("ROLLBACK")
    finally:
        lock.close()


def _copy(here: Path, there: Path) -> None:
    there.touch(mode=0o600)
    source = sqlite3.connect(f"{here.resolve().as_uri()}?mode=ro", uri=True, timeout=60)
    target = sqlite3.connect(there)
    try:
        source.backup(target, pages=-1)
        _check(target, there.name)
    finally:
        source.close()
        target.close()


def _check(database: sqlite3.Connection, name: str) -> None:
    (found,) = database.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise CannotBackUp(f"{name} is damaged: {found}")


def _fingerprints_of_files(folder: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for file in TABLES:
        if not (folder / file).exists():
            continue
        database = sqlite3.connect(f"{(folder / file).resolve().as_uri()}?mode=ro", uri=True, timeout=60)
        try:
            names = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            for (name,) in names.fetchall():
                found[name] = _fingerprint(database.execute(f'SELECT * FROM "{name}" ORDER BY 1'))  # noqa: S608 - a name out of the schema
        finally:
            database.close()
    return found


def _place_sqlite(work: Path, *, replace: bool) -> None:
    standing = [name for name in (*TABLES, KEY_TABLE) if (settings.DATA / name).exists()]
    if standing and not replace:
        raise CannotBackUp(
            f"There is an installation in {settings.DATA} already. With --replace it is moved aside."
        )
    for name in (*TABLES, KEY_TABLE):
        if (work / name).exists():
            database = sqlite3.connect(work / name)
            try:
                _check(database, name)
            finally:
                database.close()
    connection.close()
    aside = f"before-restore-{datetime.now(tz=UTC):%Y%m%dT%H%M%SZ}-"
    for name in standing:
        for part in (name, f"{name}-wal", f"{name}-shm"):
            if (settings.DATA / part).exists():
                (settings.DATA / part).rename(settings.DATA / f"{aside}{part}")
    for name in (*TABLES, KEY_TABLE):
        if (work / name).exists():
            (work / name).replace(settings.DATA / name)


# --- PostgreSQL ------------------------------------------------------------------------------


def _dump_postgresql(work: Path) -> dict[str, dict[str, Any]]:
    """Dump what one snapshot sees, and take the fingerprints from the same one."""
    keys = sorted(KEY_TABLES)
    with _one_snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        same = ("--format=custom", "--no-owner", "--enable-row-security", f"--snapshot={snapshot}")
        left_out = (f"--exclude-table-data={name}" for name in (*keys, *SESSIONS))
        _run("pg_dump", *same, *left_out, f"--file={work / DUMP}")
        _run(
            "pg_dump",
            *same,
            "--data-only",
            *(f"--table={name}" for name in keys),
            f"--file={work / KEY_DUMP}",
        )
        return _fingerprints_of_postgresql()


@contextmanager
def _one_snapshot() -> Iterator[None]:
    # Set for the session: inside the transaction the note of who looks would come before it.
    level = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL"
    with connection.cursor() as cursor:
        cursor.execute(f"{level} REPEATABLE READ")
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"{level} READ COMMITTED")


def _fingerprints_of_postgresql() -> dict[str, dict[str, Any]]:
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name not in {*KEY_TABLES, *SESSIONS}:
                cursor.execute(f'SELECT * FROM "{name}" ORDER BY 1')  # noqa: S608 - a name out of the schema
                found[name] = _fingerprint(cursor)
    return found


def _restore_postgresql(work: Path) -> None:
    if connection.introspection.table_names():
        raise CannotBackUp("The database holds tables already. Set FAIRLEAD_DATABASE to an empty one.")
    connection.close()
    same = ("--no-owner", "--exit-on-error", "--single-transaction", "--enable-row-security")
    for name in (DUMP, KEY_DUMP):
        if (work / name).exists():
            _run("pg_restore", *same, str(work / name))


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on duty: the policies of the private tables let a backup pass."""
    at = connection.settings_dict
    parts = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "dbname": at["NAME"]}
    address = " ".join(f"{word}='{value}'" for word, value in parts.items() if value)
    environment = {**os.environ, "PGPASSWORD": at["PASSWORD"] or "", "PGOPTIONS": "-c fairlead.duty=backup"}
    command = [shutil.which(program) or program, *arguments, f"--dbname={address}"]
    try:
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL with arguments of our own
            command, env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise CannotBackUp(f"{program} is missing (on Debian: apt install postgresql-client).") from None
    if done.returncode:
        raise CannotBackUp(f"{program}: {done.stderr.strip()[-600:]}")


# --- Archives --------------------------------------------------------------------------------


def _fingerprint(rows: Any) -> dict[str, Any]:
    """Digest rows in their order."""
    seen, count = hashlib.sha256(), 0
    while batch := rows.fetchmany(BATCH):
        for row in batch:
            plain = [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
            seen.update(repr(plain).encode())
        count += len(batch)
    return {"rows": count, "sha256": seen.hexdigest()}


def _pack(work: Path, names: tuple[str, ...], target: Path) -> Path:
    """Write an archive beside its place and move it there whole, readable by its owner alone."""
    part = work / f"{target.name}.part"
    part.touch(mode=0o600)
    with tarfile.open(part, "w:gz" if target.suffix == ".gz" else "w") as archive:
        for name in names:
            if (work / name).exists():
                archive.add(work / name, arcname=name)
    part.replace(target)
    return target


def _unpack(path: Path, work: Path, names: tuple[str, ...]) -> None:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                if member.name not in names or not member.isfile():
                    raise CannotBackUp(f"{path} holds {member.name!r}, which no backup writes.")
                content = archive.extractfile(member)
                assert content is not None  # noqa: S101 - a plain file has content
                with (work / member.name).open("wb") as file:
                    shutil.copyfileobj(content, file)
                (work / member.name).chmod(0o600)
    except tarfile.TarError as error:
        raise CannotBackUp(f"{path} is no backup: {error}.") from None


def _manifest(work: Path, archive: Path) -> dict[str, Any]:
    path = work / "manifest.json"
    if not path.exists():
        raise CannotBackUp(f"{archive} has no manifest: it was not written by `fairlead-web backup`.")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if manifest.get("form") != FORM:
        raise CannotBackUp(f"{archive} has the form {manifest.get('form')}; this version reads {FORM}.")
    for name, digest in manifest["files"].items():
        if not (work / name).exists() or _sha256(work / name) != digest:
            raise CannotBackUp(f"{name} in {archive} is not what the manifest says: the archive is damaged.")
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _drop_old(folder: Path, *, older_than: datetime) -> None:
    for path in folder.glob("fairlead-*.tar.gz"):
        if datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < older_than:
            path.unlink()
