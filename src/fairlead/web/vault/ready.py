"""What must hold before a page is served: nobody passes the second wall, and its key is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.checks import Error
from django.db import DatabaseError, connections

from fairlead.web.vault import files, policies

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG_KEY: Final = (
    "The vault key does not open what is kept here: put the right vault.key into the data folder, or set "
    "FAIRLEAD_VAULT_KEY; see docs/run/backup.md."
)
STANDS_OPEN: Final = "Private tables stand in the main file ({names}): run `fairlead-web prepare`."


def problems(using: str = "default") -> list[str]:
    """Give a sentence for each thing that must be put right before anybody may look."""
    names = files.misplaced()
    stands_open = [STANDS_OPEN.format(names=", ".join(names))] if names else []
    return stands_open + lasting_problems(using)


def lasting_problems(using: str = "default") -> list[str]:
    """Give a sentence for each thing that `fairlead-web prepare` does not put right by itself."""
    from fairlead.web.vault import keys  # noqa: PLC0415 - keys are a table

    connection = connections[using]
    role = policies.passing_role(using)
    found = [policies.NO_ROLE.format(role=role)] if role else []
    if keys.TABLE in connection.introspection.table_names() and not keys.fit():
        found.append(WRONG_KEY)
    return found


def check(databases: Sequence[str] | None = None, **_more: Any) -> list[Error]:
    """Say the same to ``fairlead-web check --database default`` and to ``migrate``."""
    found = []
    for using in databases or ():
        try:
            found += [Error(says, id="fairlead.E001") for says in lasting_problems(using)]
        except DatabaseError:  # who cannot be reached is somebody else's error to tell
            continue
    return found
