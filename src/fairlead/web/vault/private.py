"""Rows of one person: what every private table has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models

from fairlead.web.vault.fields import PlainText, Sealed, Sealing
from fairlead.web.vault.viewer import must_look

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

M = TypeVar("M", bound=models.Model)


class PrivateRows(models.QuerySet[M]):
    """Rows that refuse what would compute with sealed columns in the database."""

    def update(self, **kwargs: Any) -> int:
        """Set columns; a sealed one to nothing, or to what ``vault.fields.sealed`` gives."""
        for name, value in kwargs.items():
            field = _sealed_field(self.model, name)
            if field is not None and not _holds_no_plain(field, value):
                raise PlainText(field)
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Refuse sealed columns: they are sealed one object at a time, by ``save``."""
        fields = list(fields)
        for name in fields:
            field = _sealed_field(self.model, name)
            if field is not None:
                raise PlainText(field)
        return super().bulk_update(objs, fields, batch_size)

    def order_by(self, *field_names: Any) -> Self:
        """Refuse to sort by what is sealed: that would be the order of noise."""
        for name in field_names:
            field = _sealed_field(self.model, name.lstrip("-")) if isinstance(name, str) else None
            if field is not None:
                raise PlainText(field)
        return super().order_by(*field_names)


class PrivateManager(models.Manager[M]):
    """Gives the rows that whoever looks may see; raises where nobody looks."""

    def get_queryset(self) -> PrivateRows[M]:
        """Begin every question here, those of related objects and of deletions too."""
        rows: PrivateRows[M] = PrivateRows(model=self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]
        looking = must_look()
        if looking.duty:
            return rows
        mine = models.Q()
        for path in self.model.seen_through:  # type: ignore[attr-defined]
            mine |= models.Q(**{path: looking.person})
        return rows.filter(mine)


class Private(models.Model):
    """A row that belongs to one person; kept in the vault, seen by nobody else.

    ``seen_through`` names the relations to those who may see it; the first is the owner.
    """

    vaulted: ClassVar = True
    seen_through: ClassVar[tuple[str, ...]] = ("owner",)

    objects: ClassVar[PrivateManager[Self]] = PrivateManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def kept_for(self) -> UUID:
        """Say whose key seals the row."""
        number: UUID = self.owner_id  # type: ignore[attr-defined]
        return number

    def also_for(self) -> tuple[UUID, ...]:
        """Say who may read the sealed values beside the owner."""
        return ()


def _holds_no_plain(field: Any, value: Any) -> bool:
    if value is None or isinstance(value, Sealed):
        return True
    return not hasattr(value, "resolve_expression") and bool(value == field.nothing())


def _sealed_field(model: type[models.Model], name: str) -> Any:
    found: Any = next((field for field in model._meta.concrete_fields if field.name == name), None)  # noqa: SLF001 - Django's public name for it
    return found if isinstance(found, Sealing) else None
