"""Row-level security: PostgreSQL itself gives private rows to those who may see them, and to nobody else.

Held against the tables' owner too (``FORCE``), which is the role Fairlead signs in with; a superuser
would pass all the same, and is refused at the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connections

from fairlead.web.vault.models import COUNTS
from fairlead.web.vault.tables import BALLOTS, private_models

if TYPE_CHECKING:
    from django.db.models import Field, Model

NAME: Final = "fairlead_private"
ON_DUTY: Final = "coalesce(current_setting('fairlead.duty', true), '') <> ''"
PERSON: Final = "nullif(current_setting('fairlead.person', true), '')::uuid"

WHO: Final = "current_user"

NO_ROLE: Final = (
    "The PostgreSQL role {role} passes row-level security (it is a superuser or has BYPASSRLS): make one "
    "with CREATE ROLE fairlead LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS; see docs/run/postgresql.md."
)


def make(using: str = "default") -> None:
    """Make every policy as this version wants it; safe at any time and any number of times."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table, says in conditions().items():
            if table not in there:
                continue
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS {NAME} ON "{table}"')
            cursor.execute(f'CREATE POLICY {NAME} ON "{table}" USING ({says})')


def conditions() -> dict[str, str]:
    """Say for each guarded table who may see its rows; those of a ballot box nobody but the house."""
    found = {model._meta.db_table: condition(model) for model in private_models()}  # noqa: SLF001 - Django's public name for it
    duties = ", ".join(f"'{duty}'" for duty in sorted(COUNTS))
    return found | {BALLOTS: f"current_setting('fairlead.duty', true) IN ({duties})"}


def condition(model: type[Model]) -> str:
    """Say in SQL who may see a row, and write it: whom ``seen_through`` names, or the house on duty."""
    paths: tuple[str, ...] = model.seen_through  # type: ignore[attr-defined]
    return " OR ".join([ON_DUTY, *(_through(model, path.split("__")) for path in paths)])


def _through(model: type[Model], path: list[str]) -> str:
    first, *rest = path
    field: Field[Any, Any] = model._meta.get_field(first)  # type: ignore[assignment]  # noqa: SLF001 - Django's public name for it
    column = f'"{field.column}"'
    if not rest:
        return f"{column} = {PERSON}"
    related: Any = field.related_model
    inner = _through(related, rest)
    return f'{column} IN (SELECT "{related._meta.pk.column}" FROM "{related._meta.db_table}" WHERE {inner})'  # noqa: S608, SLF001 - names out of the models


def passing_role(using: str = "default") -> str:
    """Give the name of the role when row-level security does not hold for it; else nothing."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rolname FROM pg_roles WHERE rolname = {WHO} AND (rolsuper OR rolbypassrls)")  # noqa: S608 - our own words
        found = cursor.fetchone()
    return str(found[0]) if found else ""
