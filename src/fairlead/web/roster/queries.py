"""Reading the organization: who is where, who reports to whom, and what it holds about one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from fairlead.web import rights
from fairlead.web.roster.models import Invitation, LongLeave, Position, Unit

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "Unit": {
        "id": "The number of the unit.",
        "name": "Its name.",
        "parent": "The unit it is part of.",
        "closed_on": "When it ceased to be.",
    },
    "Position": {
        "id": "The number of this stretch of time.",
        "person": "Your number.",
        "since": "Its first day.",
        "until": "The first day on which it no longer held.",
        "manager": "The number of the person you reported to.",
        "unit": "The number of the unit you were in.",
        "title": "Your title.",
        "level": "Your level.",
        "track": "Your track.",
    },
    "LongLeave": {
        "id": "The number of this absence.",
        "person": "Your number.",
        "since": "Its first day.",
        "until": "The first day on which you were back.",
    },
    "RosterImport": {
        "id": "The number of the import.",
        "actor": "Who imported.",
        "made_at": "When the file was given.",
        "state": "What became of it.",
        "file": "The name of the file.",
        "digest": "A fingerprint of the file.",
        "mapping": "Which of its columns was taken as what.",
        "complete": "Whether the file was said to hold everybody.",
        "rows": rights.WITHHELD + "rows about other people, kept only while the import waits for a yes.",
        "plan": rights.WITHHELD + "counts and sentences about rows of other people.",
        "before": rights.WITHHELD
        + "what rows of other people were before, kept only so that it can be undone.",
        "done_at": "When it was done.",
        "undone_at": "When it was undone.",
    },
    "Invitation": {
        "id": "The number of the invitation.",
        "person": "Your number.",
        "made_by": "The number of the person who invited you.",
        "made_at": "When you were invited.",
        "email": "The address it was sent to.",
        "token_sha256": rights.WITHHELD + "a one-way fingerprint of the link.",
        "expires_at": "When the link ends.",
        "used_at": "When you used it.",
        "withdrawn_at": "When it was taken back.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the person's positions with their units, absences and invitations."""
    positions = Position.objects.filter(person=person)
    of_person = {
        "Unit": Unit.objects.filter(Q(pk__in=positions.values("unit"))),
        "Position": positions,
        "LongLeave": LongLeave.objects.filter(person=person),
        "Invitation": Invitation.objects.filter(person=person),
    }
    return {name: rights.rows(found, FIELDS[name]) for name, found in of_person.items()}
