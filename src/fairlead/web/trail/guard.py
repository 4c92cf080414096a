"""The database refuses too: triggers against changing, removing or writing over lines.

They keep mistakes and careless scripts out. Whoever owns the database can drop them; what shows
that is the chain of seals. A prune announces itself by the head it marks as ``pruned``: only lines
up to that one may go.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

TABLE: Final = "web_entry"
SAYS: Final = "The record is never changed."
_ANNOUNCED: Final = "EXISTS (SELECT 1 FROM web_head WHERE pruned AND entry >= OLD.id)"

_SQLITE: Final = (
    (
        f"CREATE TRIGGER IF NOT EXISTS trail_update BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    ),
    (
        f"CREATE TRIGGER IF NOT EXISTS trail_delete BEFORE DELETE ON {TABLE} WHEN NOT {_ANNOUNCED} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    ),
    # INSERT OR REPLACE removes the line in its way without asking the trigger above.
    (
        f"CREATE TRIGGER IF NOT EXISTS trail_insert BEFORE INSERT ON {TABLE} "  # noqa: S608 - names of our own
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    ),
)
_SQLITE_OFF: Final = tuple(f"DROP TRIGGER IF EXISTS trail_{what}" for what in ("update", "delete", "insert"))
_POSTGRESQL_OFF: Final = tuple(
    f"DROP TRIGGER IF EXISTS trail_{what} ON {TABLE}" for what in ("rows", "truncate")
)
_POSTGRESQL: Final = (
    (
        "CREATE OR REPLACE FUNCTION trail_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF {_ANNOUNCED} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ),
    *_POSTGRESQL_OFF,
    (
        f"CREATE TRIGGER trail_rows BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW "
        "EXECUTE FUNCTION trail_stands()"
    ),
    (
        f"CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT "
        "EXECUTE FUNCTION trail_stands()"
    ),
)


def arm(using: str = "default", **_signal: Any) -> None:
    """Put the triggers there; run after every migration, because SQLite drops them with a changed table."""
    _run(using, {"sqlite": _SQLITE, "postgresql": _POSTGRESQL})


def disarm(using: str = "default") -> None:
    """Take them away: to empty a whole database, as ``flush`` does."""
    _run(using, {"sqlite": _SQLITE_OFF, "postgresql": _POSTGRESQL_OFF})


def _run(using: str, statements: dict[str, tuple[str, ...]]) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if {TABLE, "web_head"} <= set(connection.introspection.table_names(cursor)):
            for statement in statements[connection.vendor]:
                cursor.execute(statement)
