"""What was deleted is gone from the files too, not only from the tables."""

from __future__ import annotations

from typing import Final

from django.db import DatabaseError, connection, transaction

from fairlead.web.vault.tables import APART, MAIN

PATIENCE: Final = 2_000
"""Milliseconds to wait for others who read or write; ``tick`` comes back to what had to wait."""


def for_good() -> None:
    """Once this transaction is over, take what it deleted out of SQLite's logs as well.

    SQLite overwrites deleted rows in the database file (``secure_delete``), yet its logs keep the old
    pages for as long as any process, such as the worker, has the files open.
    """
    transaction.on_commit(empty_the_log)


def empty_the_log() -> bool:
    """Move SQLite's logs into their files and cut them to nothing; say whether nobody was in the way."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            found = []
            for schema in (MAIN, *APART):  # without a file's name SQLite does them all and tells of none
                cursor.execute(f"PRAGMA {schema}.wal_checkpoint(TRUNCATE)")
                found.append(cursor.fetchone()[0])
        except DatabaseError:  # somebody writes: what they do comes first
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
    return not any(found)
