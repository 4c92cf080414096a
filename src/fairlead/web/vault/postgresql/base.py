"""Django's own engine for PostgreSQL, which tells the server for whom each statement is sent.

The policies of ``vault.policies`` read ``fairlead.person`` and ``fairlead.duty``. They are set on the
session just before a statement that needs them to be different; whatever undoes a setting (a rollback)
makes them be said again.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.db.backends.postgresql import base

from fairlead.web.vault.tables import private_models
from fairlead.web.vault.viewer import current

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY: Final = ("", "")
_TELL: Final = "SELECT set_config('fairlead.person', %s, false), set_config('fairlead.duty', %s, false)"


@cache
def _private() -> re.Pattern[str]:
    names = "|".join(re.escape(model._meta.db_table) for model in private_models())  # noqa: SLF001 - Django's public name for it
    return re.compile(rf"\b(?:{names})\b")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose server knows who looks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: tuple[str, str] | None = None
        self.execute_wrappers.append(self._tell_first)

    def init_connection_state(self) -> None:
        """Begin a session that knows of nobody."""
        self._told = NOBODY
        super().init_connection_state()

    def _rollback(self) -> Any:
        self._told = None
        return super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None

    def _tell_first(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        wanted = self._wanted(sql)
        if wanted != self._told and self.connection is not None:
            with self.wrap_database_errors:
                self.connection.execute(_TELL, wanted)
            self._told = wanted
        return execute(sql, params, many, context)

    def _wanted(self, sql: Any) -> tuple[str, str]:
        looking = current()
        if looking is None:
            return NOBODY
        if looking.duty:
            return ("", looking.duty)
        # To ask who is signed in takes statements too; these are sent for nobody.
        person = looking.known
        if person is None and _private().search(str(sql)):
            person = looking.person
        return NOBODY if person is None else (str(person), "")
