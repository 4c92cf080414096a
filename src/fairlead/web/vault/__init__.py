"""The second wall: private tables apart, sealed with a key per person, opened for one viewer at a time.

It protects stolen backups and databases; not against the person who runs the server and holds the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from fairlead.web.vault.viewer import DUTIES, NobodyLooks, NotForYou, on_duty, seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.web.people.models import Person

__all__ = ["DUTIES", "NobodyLooks", "NotForYou", "destroy_key", "on_duty", "open_keys", "seen_by"]


def destroy_key(person: Person | UUID) -> None:
    """Destroy a person's key: what was sealed with it is noise from now on, in old backups too."""
    # The database engines live in this package and are loaded before any table is.
    from fairlead.web.vault import keys  # noqa: PLC0415 - see above

    keys.destroy(person if isinstance(person, UUID) else person.pk)


def open_keys(people: Iterable[UUID]) -> None:
    """Open the keys of many people before their rows are written or read, in a look of one transaction."""
    from fairlead.web.vault import keys  # noqa: PLC0415 - as above

    keys.of_many(people)
