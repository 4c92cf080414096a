"""SQLite's three files: who has an account, what they keep, and the keys that open it.

``fairlead.sqlite3`` is the main one; ``vault.sqlite3`` and ``keys.sqlite3`` are attached to every
connection. A table's name finds its file by itself, so that joins and transactions are as ever; only
making a table needs to say where.

A transaction over several files is one for every writer: whoever writes holds all of them. In WAL mode
its end is written file after file (main, keys, vault), and if the process is killed or the machine dies
between two of them, one file has it and another not. That leaves at worst a row that points to nobody, or
a ballot box whose survey is released; ``tick`` removes both.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from fairlead.web.vault.tables import APART, MAIN, schema_of, schemas

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

PRAGMAS: Final = (("journal_mode", "WAL"), ("synchronous", "FULL"), ("secure_delete", "ON"))
"""What holds for each file: readers never wait, what is kept is on the disk, what is deleted is gone."""

_INDEX: Final = re.compile(r'^CREATE (UNIQUE )?INDEX ("[^"]+") ON', re.IGNORECASE)
_POINTS: Final = re.compile(r' REFERENCES "(?P<parent>[^"]+)" \("[^"]+"\)(?: DEFERRABLE INITIALLY DEFERRED)?')
_TABLE: Final = re.compile(r'^CREATE TABLE ("[^"]+"|\w+)', re.IGNORECASE)


def beside(main: str | Path) -> dict[str, Path]:
    """Give the other files that belong to a main one."""
    path = Path(main)
    if path.name == "fairlead.sqlite3":
        return {schema: path.with_name(f"{schema}.sqlite3") for schema in APART}
    return {schema: path.with_name(f"{path.name}.{schema}") for schema in APART}


def make(main: str | Path) -> None:
    """Make the files that are missing, closed to everybody else from their first moment."""
    for path in (Path(main), *beside(main).values()):
        if not path.exists():
            path.touch(mode=0o600)


def attach(opened: sqlite3.Connection, main: str | Path) -> None:
    """Attach the other files to a fresh connection, and set what holds for each."""
    for schema, path in beside(main).items():
        opened.execute(f"ATTACH DATABASE ? AS {schema}", (str(path),))
    for schema in (MAIN, *APART):
        for name, value in PRAGMAS:
            opened.execute(f"PRAGMA {schema}.{name} = {value}")


def close_to_others(main: str | Path) -> None:
    """Let nobody else open the files, whatever the folder allows; their logs take the same mode."""
    for path in (Path(main), *beside(main).values()):
        path.touch(mode=0o600)
        path.chmod(0o600)


def within(schema: str, sql: str) -> str:
    """Take out of a table's making what points into another file: SQLite looks for it in the same one."""
    return _POINTS.sub(lambda found: found[0] if schema_of(found["parent"]) == schema else "", sql)


def settle(say: Callable[[str], Any] = lambda _text: None) -> int:
    """Move private tables that stand in the main file to their own, and say how many it were.

    Installations from before the vault have them there. Copied first and removed after, in two
    transactions: whenever it is broken off, the main file's table is whole, or not needed any more.
    """
    if connection.vendor != "sqlite" or not hasattr(connection, "apart"):
        return 0
    standing = [name for name in _tables(MAIN) if schema_of(name) != MAIN]
    if not standing:
        return 0
    say("Moving what is private into files of its own.")
    free = connection.disable_constraint_checking()
    if not free:
        raise RuntimeError("Private tables cannot be moved within a transaction.")
    try:
        with transaction.atomic():
            for name in standing:
                _copy(name)
        with transaction.atomic(), connection.cursor() as cursor:
            for name in standing:
                cursor.execute(f'DROP TABLE {MAIN}."{name}"')
    finally:
        connection.enable_constraint_checking()
    return len(standing)


def _copy(name: str) -> None:
    schema = schema_of(name)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS {schema}."{name}"')
        cursor.execute(
            f"SELECT type, sql FROM {MAIN}.sqlite_master"  # noqa: S608 - a name of our own
            " WHERE tbl_name = %s AND sql IS NOT NULL ORDER BY type = 'table' DESC",
            [name],
        )
        made = cursor.fetchall()
        for kind, sql in made:
            if kind == "table":
                cursor.execute(_TABLE.sub(rf"CREATE TABLE {schema}.\1", within(schema, sql), count=1))
                cursor.execute(f'INSERT INTO {schema}."{name}" SELECT * FROM {MAIN}."{name}"')  # noqa: S608 - a name out of the schema
            elif kind == "index":
                cursor.execute(_INDEX.sub(rf"CREATE \1INDEX {schema}.\2 ON", sql, count=1))


def misplaced() -> list[str]:
    """Give the private tables that stand in the main file all the same."""
    if connection.vendor != "sqlite":
        return []
    return [name for name in _tables(MAIN) if name in schemas()]


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' ORDER BY name")  # noqa: S608 - a name of our own
        return [name for (name,) in cursor.fetchall()]
