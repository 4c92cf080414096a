"""What this room holds about a person, field by field, and all of it as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from fairlead.web import rights
from fairlead.web.journey.models import OWNED, Advocacy, Witness

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

_OWN: Final = {"id": "Its number.", "owner": "Whose it is: you.", "made_at": "When it was made."}

FIELDS: Final = {
    "Accomplishment": _OWN
    | {
        "what": "What happened.",
        "otherwise": "What would not have happened without you.",
        "result": "What came of it.",
        "seen_by": "Who saw it, in your words.",
        "criteria": "The criteria it speaks to.",
        "signals": "Whether it goes beyond the daily work of your role.",
        "links": "Where one can see it.",
        "day": "When.",
        "origin": "How it came in.",
        "came_from": "What it came from.",
        "thanks": "Words of thanks.",
        "thanks_from": "From whom they are.",
        "source": "The number of what it came from.",
        "put_away_on": "When you put it away.",
    },
    "Attachment": _OWN
    | {
        "entry": "The entry it stands beside.",
        "name": "The name of the file.",
        "kind": "What kind of file it is.",
        "size": "How many bytes it has.",
        "content": "The file itself, in base64.",
    },
    "Witness": {
        "id": "Its number.",
        "owner": "The number of the person whose entry it is.",
        "witness": "The number of the person who was asked.",
        "entry": "The number of the entry.",
        "copy": "What the witness was shown.",
        "state": "What was answered.",
        "asked_on": "When it was asked.",
        "ends_on": "Until when it could be answered.",
        "answered_on": "When it was answered.",
        "ended_on": "When it ended.",
    },
    "Summary": _OWN
    | {
        "kind": "A quarter or a year.",
        "year": "Which year.",
        "quarter": "Which quarter of it; 0 for the whole year.",
        "versions": "What you wrote, version by version.",
        "changed_on": "When you last changed it.",
    },
    "Advocacy": {
        "id": "Its number.",
        "owner": "The number of the person who asked.",
        "advocate": "The number of the person who was asked to speak for them.",
        "aim": "For what.",
        "words": "What was asked.",
        "answer": "What was answered.",
        "state": "How far it is.",
        "asked_on": "When it was asked.",
        "answered_on": "When it was answered.",
        "ended_on": "When it ended.",
    },
    "Argument": _OWN
    | {
        "title": "What it argues for.",
        "claim": "What you claim.",
        "entries": "The entries that it rests on.",
        "team_benefit": "What others would have of it.",
        "open_points": "What speaks against it, or is not there yet.",
        "changed_on": "When you last changed it.",
    },
    "AimedRole": _OWN
    | {
        "title": "The role you aim for.",
        "exists": "Whether there is such a role.",
        "headcount": "Whether there is a place for it, as far as you know.",
        "budget": "Whether there is money for it, as far as you know.",
        "planned_on": "When it is planned for.",
        "who_decides": "Who decides about it.",
        "notes": "What else you noted.",
        "outside": "What there is outside.",
        "looked_on": "When you last looked.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about the person, and what they were asked by others while it stands."""
    found: dict[str, Any] = {
        table.__name__: table._default_manager.filter(owner=person)  # noqa: SLF001 - five tables, one loop
        for table in OWNED
    }
    found["Witness"] = Witness.objects.filter(Q(owner=person) | Q(witness=person))
    found["Advocacy"] = Advocacy.objects.filter(Q(owner=person) | Q(advocate=person))
    return {name: rights.rows(objects, FIELDS[name]) for name, objects in found.items()}
