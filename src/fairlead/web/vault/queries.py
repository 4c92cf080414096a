"""What the vault itself holds about a person: one key, and nothing that could be read without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.vault.models import DataKey

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "DataKey": {
        "id": "The number of your key.",
        "person": "Your number.",
        "wrapped": rights.WITHHELD
        + "the sealed key itself; a file with it would open your data to a finder.",
        "made_at": "When it was made.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the key's number and age."""
    return {"DataKey": rights.rows(DataKey.objects.filter(person=person.pk), FIELDS["DataKey"])}
