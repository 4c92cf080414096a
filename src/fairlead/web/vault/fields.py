"""Fields whose values stand sealed in the database and plain in Python.

A sealed value cannot be searched, sorted by or computed with in the database; asking for it raises.
What holds nothing ("" or the field's default) is stored as nothing and needs no key.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.core.validators import MaxLengthValidator
from django.db import models

from fairlead.web.vault import sealing
from fairlead.web.vault.viewer import NotForYou, must_look

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.backends.base.base import BaseDatabaseWrapper

    TextBase = models.TextField[str, str]
    JSONBase = models.JSONField[Any, Any]
    BytesBase = models.BinaryField[Any, Any]
else:
    TextBase = JSONBase = BytesBase = models.Field


REMOVES: Final = frozenset({"erasure", "retention"})


class Sealed(bytes):
    """A value that is sealed already; nothing else is ever stored."""

    __slots__ = ()


class PlainText(TypeError):  # noqa: N818 - named for what was refused
    """Something would have gone into a sealed column as plain text, or compared with it."""

    def __init__(self, field: models.Field[Any, Any]) -> None:
        super().__init__(
            f"{field.model.__name__}.{field.name} is sealed: it takes and compares no plain values here. "
            "Set it on an object and save it, or use vault.fields.sealed(object, name, value)."
        )


class Sealing:
    """What the three kinds share; each says how its values become bytes and back."""

    empty_strings_allowed = False
    lookups: ClassVar = frozenset({"exact", "isnull"})

    def to_bytes(self, value: Any) -> bytes:
        """Write a value."""
        raise NotImplementedError

    def of_bytes(self, plain: bytes) -> Any:
        """Read it back."""
        raise NotImplementedError

    def nothing(self: Any) -> Any:
        """Give the value that holds nothing."""
        raise NotImplementedError

    def get_internal_type(self) -> str:
        """Be stored as bytes."""
        return "BinaryField"

    def where(self: Any) -> str:
        """Say where the value stands; it opens nowhere else."""
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001 - Django's public name for it

    def sealed(self: Any, value: Any, *, owner: UUID, readers: tuple[UUID, ...] = ()) -> Sealed | None:
        """Seal a value for its owner and readers."""
        from fairlead.web.vault import keys  # noqa: PLC0415 - keys are a table; a field is none

        if value is None or isinstance(value, Sealed):
            return value
        if hasattr(value, "resolve_expression"):
            raise PlainText(self)
        if value == self.nothing():
            return Sealed(b"")
        number, key = keys.of(owner)
        plain = self.to_bytes(value)
        return Sealed(sealing.seal(plain, key=key, number=number, where=self.where(), readers=readers))

    def opened(self: Any, blob: bytes) -> Any:
        """Open a value for who looks; ``NotForYou`` for anybody else."""
        from fairlead.web.vault import keys  # noqa: PLC0415 - as above

        if not blob:
            return self.nothing()
        looking, head = must_look(), sealing.header(blob)
        try:
            owner, key = keys.by_number(head.key)
        except keys.KeyGone:
            if looking.duty in REMOVES:  # who takes rows away need not be able to read them
                return self.nothing()
            raise
        if not looking.duty and looking.person != owner and looking.person not in head.readers:
            raise NotForYou(f"A value in {self.where()} was asked for by somebody it is not for.")
        return self.of_bytes(sealing.unseal(blob, key=key, where=self.where()))

    def pre_save(self: Any, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002 - Django's signature
        """Seal the object's value with its owner's key; the object keeps the plain one."""
        return sealed(model_instance, self.name, getattr(model_instance, self.attname))

    def get_db_prep_value(
        self: Any, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """Let sealed values through, nothing, and no plain one."""
        del prepared
        if value is None:
            return None
        if not isinstance(value, Sealed):
            # A migration asks what new rows begin with, and takes "nothing" for bytes.
            if hasattr(value, "as_sql") or value not in (self.nothing(), b""):
                raise PlainText(self)
            value = b""
        return connection.Database.Binary(value)  # type: ignore[attr-defined]

    def get_db_prep_save(self: Any, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Let no expression through either: what it computes would stand there as plain text."""
        return self.get_db_prep_value(value, connection)

    def from_db_value(self: Any, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Open what was stored."""
        del expression, connection
        return None if value is None else self.opened(bytes(value))

    def get_lookup(self: Any, lookup_name: str) -> Any:
        """Ask the database for "is there something" at most."""
        return super().get_lookup(lookup_name) if lookup_name in self.lookups else None  # type: ignore[misc]

    def get_transform(self, lookup_name: str) -> Any:
        """Look into a sealed value in Python only."""
        del lookup_name


class SealedText(Sealing, TextBase):
    """Text that only its owner reads."""

    description = "Sealed text"
    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def nothing(self) -> str:
        """Hold no letter."""
        return ""

    def to_python(self, value: Any) -> Any:
        """Be text."""
        return value if value is None or isinstance(value, str) else str(value)

    def to_bytes(self, value: Any) -> bytes:
        """Write UTF-8."""
        return str(value).encode()

    def of_bytes(self, plain: bytes) -> str:
        """Read UTF-8."""
        return plain.decode()


class SealedJSON(Sealing, JSONBase):
    """Plain data (numbers, text, lists, objects) that only its owner reads."""

    description = "Sealed JSON"

    def nothing(self) -> Any:
        """Hold what the field begins with; an empty object where it begins with nothing."""
        return {} if not self.has_default() or self.default is None else self.get_default()

    def to_bytes(self, value: Any) -> bytes:
        """Write JSON that keeps the order of its keys."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    def of_bytes(self, plain: bytes) -> Any:
        """Read JSON."""
        return json.loads(plain)


class SealedBytes(Sealing, BytesBase):
    """Bytes that only their owner reads."""

    description = "Sealed bytes"

    def nothing(self) -> bytes:
        """Hold no byte."""
        return b""

    def to_bytes(self, value: Any) -> bytes:
        """Be bytes already."""
        return bytes(value)

    def of_bytes(self, plain: bytes) -> bytes:
        """Be bytes."""
        return plain


def sealed(instance: models.Model, name: str, value: Any) -> Sealed | None:
    """Seal a value for a column of this object, as ``update`` of a queryset takes it."""
    field: Any = instance._meta.get_field(name)  # noqa: SLF001 - Django's public name for it
    owner = instance.kept_for() if hasattr(instance, "kept_for") else instance.owner_id  # type: ignore[attr-defined]
    readers = instance.also_for() if hasattr(instance, "also_for") else ()
    result: Sealed | None = field.sealed(value, owner=owner, readers=tuple(readers))
    return result
