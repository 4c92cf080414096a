"""What was deleted is gone from the files too, not only from the tables."""

from __future__ import annotations

from typing import Final

from django.db import DatabaseError, connection, transaction

PATIENCE: Final = 2_000
"""Milliseconds to wait for others who read or write; ``tick`` comes back to what had to wait."""


def for_good() -> None:
    """Once this transaction is over, take what it deleted out of SQLite's log as well.

    SQLite overwrites deleted rows in the database file (``secure_delete``), yet its log keeps the old
    pages for as long as any process, such as the worker, has the file open.
    """
    transaction.on_commit(empty_the_log)


def empty_the_log() -> bool:
    """Move SQLite's log into its file and cut it to nothing; say whether nobody was in the way."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_pages) = cursor.fetchone()
        except DatabaseError:  # somebody writes: what they do comes first
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
    return not busy
