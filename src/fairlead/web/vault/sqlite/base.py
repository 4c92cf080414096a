"""Django's own engine for SQLite, with two more files attached to every connection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError
from django.db.backends.base.introspection import TableInfo
from django.db.backends.sqlite3 import base, creation, introspection, schema

from fairlead.web.vault import files
from fairlead.web.vault.tables import APART, MAIN, schema_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_MAKES_TABLE: Final = re.compile(r'^CREATE TABLE "(?P<table>[^"]+)"')
_MAKES_INDEX: Final = re.compile(
    r'^CREATE (?P<unique>UNIQUE )?INDEX (?P<index>"[^"]+") ON "(?P<table>[^"]+)"'
)


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Makes a table in the file it belongs to, and an index beside its table; all else finds them."""

    def execute(self, sql: Any, params: Any = ()) -> None:
        """Say where, in the two statements that do not find it by themselves."""
        text = str(sql)
        if table := _MAKES_TABLE.match(text):
            where = schema_of(table["table"])
            text = self._in(where, "CREATE TABLE", files.within(where, text))
        elif index := _MAKES_INDEX.match(text):
            text = self._in(self._stands_in(index["table"]), f"CREATE {index['unique'] or ''}INDEX", text)
        else:
            return super().execute(sql, params)
        return super().execute(text, params)

    def _in(self, where: str, begins: str, text: str) -> str:
        return text if where == MAIN else f'{begins} "{where}".{text[len(begins) + 1 :]}'

    def _stands_in(self, table: str) -> str:
        with self.connection.cursor() as cursor:
            for where in (MAIN, *APART):
                found = f"SELECT 1 FROM {where}.sqlite_master WHERE type = 'table' AND name = %s"  # noqa: S608 - our own
                cursor.execute(found, [table])
                if cursor.fetchone():
                    return where
        return schema_of(table)


class Introspection(introspection.DatabaseIntrospection):
    """Finds the tables of all files."""

    def get_table_list(self, cursor: Any) -> list[TableInfo]:
        """List them; SQLite's own are left out."""
        found = []
        for where in (MAIN, *APART):
            cursor.execute(
                f"SELECT name, type FROM {where}.sqlite_master"  # noqa: S608 - a name of our own
                " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite|_%' ESCAPE '|'"
            )
            found += [TableInfo(name, kind[0]) for name, kind in cursor.fetchall()]
        return sorted(found)


class Creation(creation.DatabaseCreation):
    """Takes the other files of a test database away with it."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]
        if not keepdb:
            self._remove_others(name)
        return name

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]
        self._remove_others(test_database_name)

    def _remove_others(self, name: str) -> None:
        for path in files.beside(name).values():
            for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
                file.unlink(missing_ok=True)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection to three files."""

    SchemaEditorClass = SchemaEditor
    introspection_class = Introspection
    creation_class = Creation
    apart = True

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open the main file, attach the others, and set what holds for each."""
        files.make(conn_params["database"])
        opened: sqlite3.Connection = super().get_new_connection(conn_params)
        try:
            files.attach(opened, conn_params["database"])
        except BaseException:
            opened.close()
            raise
        return opened

    def check_constraints(self, table_names: Iterable[str] | None = None) -> None:
        """Look for rows that point to nothing, in all files."""
        super().check_constraints(table_names)
        if table_names is not None:
            return
        with self.cursor() as cursor:
            for where in APART:
                cursor.execute(f"PRAGMA {where}.foreign_key_check")
                for table, row, parent, _number in cursor.fetchall():
                    raise IntegrityError(f"Row {row} of {table} points to nothing in {parent}.")
