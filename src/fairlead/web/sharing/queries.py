"""Reading what is shown to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from fairlead.web import rights
from fairlead.web.sharing.models import Share

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "Share": {
        "id": "The number of the share.",
        "owner": "The number of the person whose it is.",
        "reader": "The number of the person it is shown to.",
        "made_at": "When it was shared.",
        "kind": "What kind of thing it is.",
        "object_id": "The number of the thing itself.",
        "title": "What it is called.",
        "snapshot": "Exactly what the other person sees.",
        "until": "The last day on which they see it.",
        "ends_at": "The midnight after that day, where the owner lives.",
        "ended_at": "When it was taken back.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give what the person shows to others, and what others show to them."""
    found = Share.objects.filter(Q(owner=person) | Q(reader=person))
    return {"Share": rights.rows(found, FIELDS["Share"])}
