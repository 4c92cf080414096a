"""Reading requests to be erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.privacy.models import ErasureRequest

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "ErasureRequest": {
        "id": "The number of the request.",
        "person": "Your number.",
        "asked_at": "When you asked.",
        "due_on": "The day by which it is answered.",
        "state": "What became of it.",
        "reason": "The reason, if it was refused.",
        "answered_at": "When it was answered.",
        "answered_by": "The number of the person who answered.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the person's requests."""
    found = ErasureRequest.objects.filter(person=person.pk)
    return {"ErasureRequest": rights.rows(found, FIELDS["ErasureRequest"])}
