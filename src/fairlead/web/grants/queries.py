"""Reading who holds which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.grants.models import Grant

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "Grant": {
        "id": "The number of the grant.",
        "person": "Your number.",
        "role": "The role you hold or held.",
        "over": "What it reaches.",
        "over_id": "The number of the unit, round or person it reaches.",
        "since": "Its first day.",
        "until": "Its last day.",
        "reason": "Why it was proposed.",
        "proposed_by": "The number of the person who proposed it.",
        "proposed_at": "When it was proposed.",
        "confirmed_by": "The number of the second person, who confirmed it.",
        "confirmed_at": "When it was confirmed.",
        "ended_by": "The number of the person who ended it.",
        "ended_at": "When it was ended.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the roles the person holds, held or is proposed for."""
    return {"Grant": rights.rows(Grant.objects.filter(person=person), FIELDS["Grant"])}
