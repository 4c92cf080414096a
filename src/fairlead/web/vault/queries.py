"""What the vault itself holds about a person: one key; an answer in a ballot box is joined to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.vault.models import DataKey

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

_NOBODYS: Final = (
    rights.WITHHELD + "an answer in a ballot box is joined to nobody, so it cannot be found for you."
)

FIELDS: Final = {
    "DataKey": {
        "id": "The number of your key.",
        "person": "Your number.",
        "wrapped": rights.WITHHELD
        + "the sealed key itself; a file with it would open your data to a finder.",
        "made_at": "When it was made.",
    },
    "Ballot": dict.fromkeys(("id", "box", "head", "paper"), _NOBODYS),
    "BoxKey": dict.fromkeys(("box", "wrapped", "size", "mixed_on"), _NOBODYS),
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the key's number and age."""
    return {"DataKey": rights.rows(DataKey.objects.filter(person=person.pk), FIELDS["DataKey"])}
