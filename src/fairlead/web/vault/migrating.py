"""Migrations that seal columns, and that open them again on the way back.

``SealFields`` changes fields of one table to sealed ones with all their rows. On SQLite the table is
made anew once, whatever the number of fields; on PostgreSQL each column gets a sealed one beside it
that takes its place.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.db.migrations.operations.base import Operation

from fairlead.web.vault.fields import SealedBytes, SealedJSON, Sealing
from fairlead.web.vault.viewer import on_duty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field

BATCH: Final = 200
NEW: Final = "sealed__"


class SealFields(Operation):
    """Seal these fields of a model; change ``others`` (such as its foreign keys) on the way.

    ``owner`` is SQL that gives the owner of a row of the table, ``readers`` the column of a person who
    may read it too.
    """

    reversible = True
    atomic = True

    def __init__(
        self,
        model: str,
        fields: dict[str, Any],
        *,
        others: dict[str, Any] | None = None,
        owner: str = "owner_id",
        readers: str = "NULL",
    ) -> None:
        self.model, self.fields, self.others = model, fields, others or {}
        self.owner, self.readers = owner, readers

    def describe(self) -> str:
        """Say what is done."""
        return f"Seal {', '.join(self.fields)} of {self.model}"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Know the fields as sealed from here on."""
        for name, field in (self.fields | self.others).items():
            state.alter_field(app_label, self.model.lower(), name, field, preserve_default=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Seal."""
        self._change(app_label, schema_editor, from_state, to_state, forwards=True)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Open again."""
        self._change(app_label, schema_editor, from_state, to_state, forwards=False)

    def _change(self, label: str, editor: Any, from_state: Any, to_state: Any, *, forwards: bool) -> None:
        old, new = (state.apps.get_registered_model(label, self.model) for state in (from_state, to_state))
        if not self.allow_migrate_model(editor.connection.alias, new):
            return
        swap = [(old._meta.get_field(name), new._meta.get_field(name)) for name in self.fields]  # noqa: SLF001
        others = [(old._meta.get_field(name), new._meta.get_field(name)) for name in self.others]  # noqa: SLF001
        with on_duty("migration"):
            if editor.connection.vendor == "sqlite":
                if not forwards:  # a table of plain fields takes no sealed values, a sealed one takes both
                    self._rewrite(editor, new, swap, forwards=forwards, prefix="")
                editor._remake_table(old, alter_fields=[*swap, *others])  # noqa: SLF001 - one remake for all fields
                if forwards:
                    self._rewrite(editor, new, swap, forwards=forwards, prefix="")
                return
            for before, after in others:
                editor.alter_field(old, before, after)
            self._beside(editor, new, swap, forwards=forwards)

    def _beside(self, editor: Any, model: Any, swap: list[tuple[Any, Any]], *, forwards: bool) -> None:
        table = editor.quote_name(model._meta.db_table)  # noqa: SLF001
        for _before, after in swap:
            kind = after.db_type(editor.connection)
            editor.execute(f'ALTER TABLE {table} ADD COLUMN "{NEW}{after.column}" {kind}')
        self._rewrite(editor, model, swap, forwards=forwards, prefix=NEW)
        for before, after in swap:
            editor.execute(f'ALTER TABLE {table} DROP COLUMN "{before.column}"')
            editor.execute(f'ALTER TABLE {table} RENAME COLUMN "{NEW}{after.column}" TO "{after.column}"')
            if not after.null:
                editor.execute(f'ALTER TABLE {table} ALTER COLUMN "{after.column}" SET NOT NULL')

    def _rewrite(
        self, editor: Any, model: Any, swap: list[tuple[Any, Any]], *, forwards: bool, prefix: str
    ) -> None:
        """Turn the values of every row."""
        table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001
        sets = ", ".join(f'"{prefix}{after.column}" = %s' for _before, after in swap)
        update = f'UPDATE "{table}" SET {sets} WHERE "{key}" = %s'  # noqa: S608 - names out of the models
        for number, owner, reader, *values in self._rows(editor, table, key, [b.column for b, _a in swap]):
            turned = []
            for (before, after), value in zip(swap, values, strict=True):
                if forwards:
                    readers = () if reader is None else (_uuid(reader),)
                    turned.append(_sealed(after, before, value, owner=_uuid(owner), readers=readers))
                else:
                    turned.append(_plain(before, after, value))
            prepared = [
                after.get_db_prep_save(value, editor.connection)
                for (_before, after), value in zip(swap, turned, strict=True)
            ]
            with editor.connection.cursor() as cursor:
                cursor.execute(update, [*prepared, number])

    def _rows(self, editor: Any, table: str, key: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
        # By key, some at a time: a table may be larger than the memory.
        names = ", ".join(f'"{column}"' for column in columns)
        select = f'SELECT "{key}", {self.owner}, {self.readers}, {names} FROM "{table}"'  # noqa: S608 - names out of the models
        last: list[Any] = []
        while True:
            where = f'WHERE "{key}" > %s' if last else ""
            with editor.connection.cursor() as cursor:
                cursor.execute(f'{select} {where} ORDER BY "{key}" LIMIT {BATCH}', last)
                rows = cursor.fetchall()
            if not rows:
                return
            yield from rows
            last = [rows[-1][0]]


def _sealed(after: Any, before: Field[Any, Any], value: Any, *, owner: Any, readers: Any) -> Any:
    if value is None:
        return None if after.null else after.sealed(after.nothing(), owner=owner)
    if isinstance(after, SealedBytes):
        value = bytes(value)
    elif isinstance(after, SealedJSON) and isinstance(value, str | bytes):
        value = json.loads(value)
    del before
    return after.sealed(value, owner=owner, readers=readers)


def _plain(before: Any, after: Any, value: Any) -> Any:
    if value is None or not isinstance(before, Sealing):
        return value
    opened = before.opened(bytes(value))
    return after.get_default() if opened == before.nothing() and after.has_default() else opened


def _uuid(value: Any) -> Any:
    from uuid import UUID  # noqa: PLC0415 - SQLite gives 32 letters, PostgreSQL the thing itself

    return value if isinstance(value, UUID) else UUID(value)
