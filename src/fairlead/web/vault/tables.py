"""The private tables, in one place: which they are, and in which file they stand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from django.apps import apps

if TYPE_CHECKING:
    from django.db.models import Model

MAIN: Final = "main"
KEYS: Final = "keys"
VAULT: Final = "vault"

APART: Final = (KEYS, VAULT)
"""SQLite's other files, in the order in which a transaction is written to them: a key is there before
what it seals."""

KEY_TABLES: Final = frozenset({"web_datakey", "web_boxkey"})
BALLOTS: Final = "web_ballot"
"""Stands in the vault and belongs to no person."""


@cache
def private_models() -> tuple[type[Model], ...]:
    """Give every model whose rows belong to one person."""
    return tuple(model for model in apps.get_models() if getattr(model, "vaulted", False))


@cache
def schemas() -> dict[str, str]:
    """Give the file of each table that does not stand in the main one."""
    found = {model._meta.db_table: VAULT for model in private_models()}  # noqa: SLF001 - Django's public name for it
    return found | {BALLOTS: VAULT} | dict.fromkeys(KEY_TABLES, KEYS)


def schema_of(table: str) -> str:
    """Give the file a table belongs to; Django calls a table ``new__…`` while it is made anew."""
    return schemas().get(table.removeprefix("new__"), MAIN)
