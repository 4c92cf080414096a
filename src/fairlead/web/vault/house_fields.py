"""Fields whose values stand sealed with the installation's own key and are plain in Python.

For what belongs to the organization and not to one person, such as the reasons of a decision: it has to
outlast an account, and who reads it is decided by ``access``. It protects stolen databases and backups;
the second wall is for what is somebody's own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.validators import MaxLengthValidator
from django.db import connection, models, transaction

from fairlead.web.vault import house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

    TextBase = models.TextField[Any, Any]
else:
    TextBase = models.TextField


class HouseText(TextBase):
    """Text of a case: sealed where it stands, never searched or sorted by in the database."""

    description = "Text sealed by the house"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def where(self) -> str:
        """Say where the value stands; it opens nowhere else."""
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001 - Django's public name for it

    def written(self, value: Any) -> str:
        """Write a value as text."""
        return str(value)

    def read(self, text: str) -> Any:
        """Read it back."""
        return text

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Seal what is written; nothing stays nothing."""
        del connection
        if hasattr(value, "resolve_expression"):
            raise TypeError(f"{self.where()} is sealed: no expression can be written there.")
        if value is None or value in ("", {}, []):
            return None if value is None else ""
        return house.seal(self.written(value), where=self.where())

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Open what was stored."""
        del expression, connection
        if value is None:
            return None
        return self.read(house.unseal(value, where=self.where())) if value else self.nothing()

    def nothing(self) -> Any:
        """Give what stands for an empty column."""
        return ""

    def get_lookup(self, lookup_name: str) -> Any:
        """Ask the database for nothing by a sealed column but whether something stands there."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class HouseJSON(HouseText):
    """Plain data sealed by the house."""

    description = "JSON sealed by the house"

    def written(self, value: Any) -> str:
        """Write JSON that keeps the order of its keys."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    def read(self, text: str) -> Any:
        """Read JSON."""
        return json.loads(text)

    def nothing(self) -> Any:
        """Be what the field begins with."""
        return self.get_default() if self.has_default() else {}

    def to_python(self, value: Any) -> Any:
        """Be plain data already."""
        return value


def fields() -> Iterator[tuple[type[models.Model], HouseText]]:
    """Yield every column that the house seals, with its table."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's public name for it
            if isinstance(field, HouseText):
                yield model, field


@transaction.atomic
def seal_anew() -> tuple[int, int]:
    """Seal every such value with the newest key of the installation; say how many, of how many."""
    changed, seen = 0, 0
    for model, field in fields():
        table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001 - Django's public name for it
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{key}", "{field.column}" FROM "{table}"')  # noqa: S608 - names of ours
            for pk, blob in cursor.fetchall():
                if not blob:
                    continue
                seen += 1
                if house.is_newest(blob):
                    continue
                anew = house.seal(house.unseal(blob, where=field.where()), where=field.where())
                cursor.execute(
                    f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{key}" = %s',  # noqa: S608 - as above
                    [anew, pk],
                )
                changed += 1
    return changed, seen
