"""The person's own rights: everything about them as a file, and everything of theirs removed.

Every room says in ``queries.FIELDS`` what each field of its tables holds. A field that is kept from
the file says why, in words that begin with ``WITHHELD``. A field without a sentence fails a test.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from fairlead.web import erasing, vault
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model

    from fairlead.web.people.models import Person

WITHHELD: Final = "Not in the file: "

Rows = list[dict[str, Any]]


def rows(found: Iterable[Any], fields: Mapping[str, str]) -> Rows:
    """Give each object as plain JSON values, field by field, without the withheld ones."""
    names = [name for name, says in fields.items() if not says.startswith(WITHHELD)]
    return [{name: _plain(obj, name) for name in names} for obj in found]


def _plain(obj: Model, name: str) -> Any:
    field = obj._meta.get_field(name)  # noqa: SLF001 - Django's public name for it
    value = field.value_from_object(obj)  # type: ignore[union-attr]
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def fields() -> dict[str, dict[str, str]]:
    """Say what every field of every table holds, from all rooms."""
    found: dict[str, dict[str, str]] = {}
    for _room, part in offers("queries", "FIELDS"):
        found.update(part)
    return found


def everything(person: Person) -> dict[str, Rows]:
    """Give all rows about the person, from all rooms."""
    found: dict[str, Rows] = {}
    for _room, export in offers("queries", "export"):
        found.update(export(person))
    return found


@transaction.atomic
def forget(person: Person) -> None:
    """Remove the account and what is private, at once; the trail holds no content.

    Somebody whom the organization keeps in its roster stays there, without an account.
    """
    with vault.on_duty("erasure"):
        for _room, clear in offers("actions", "forget"):  # the vault's takes every private row, and the key
            clear(person)
        user = person.user
        if not person.in_roster:
            person.delete()
        if user is not None:
            user.delete()
    erasing.for_good()
