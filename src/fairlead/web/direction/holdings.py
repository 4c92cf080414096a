"""What this room holds about a person, field by field, and all of it as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.direction.models import OWNED, OfferCheck, OfferPromise

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fairlead.web.people.models import Person
    from fairlead.web.vault.private import Private

_OWN: Final = {"id": "Its number.", "owner": "Whose it is: you.", "made_at": "When it was begun."}

FIELDS: Final = {
    "Sitting": _OWN
    | {
        "section": "Which part of your direction it is.",
        "language": "The language you were asked in.",
        "instrument": "The questionnaire, where one was used.",
        "version": "Its version.",
        "content": "What you answered.",
        "saved_at": "When you last answered.",
        "finished_at": "When you finished it.",
    },
    "PromotionGoal": _OWN
    | {
        "text": "What you want to become.",
        "why": "Why, in your words.",
        "opened_on": "When you opened it.",
        "closed_on": "When you closed it.",
        "closed_because": "Why you closed it.",
    },
    "Offer": _OWN
    | {
        "title": "What was offered.",
        "from_whom": "Who offered it.",
        "came_on": "When it came.",
        "answer_by": "By when an answer is wanted.",
        "think_until": "Until when you wanted to think.",
        "notes": "What you noted.",
        "decision": "What you decided.",
        "decided_on": "When.",
        "reasons": "Why.",
    },
    "OfferPromise": {
        "id": "A running number.",
        "offer": "The offer it belongs to.",
        "kind": "Whether it is a benefit or a burden.",
        "text": "What was promised.",
    },
    "OfferCheck": {
        "id": "A running number.",
        "offer": "The offer it belongs to.",
        "months": "After how many months you look back.",
        "due_on": "When that is.",
        "done_on": "When you did.",
        "content": "What came of each promise.",
        "note": "What you noted.",
        "satisfaction": "How content you were, from 1 to 5.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about the person."""
    found: dict[str, Any] = {table.__name__: _all_of(table, owner=person) for table in OWNED}
    found |= {table.__name__: _all_of(table, offer__owner=person) for table in (OfferPromise, OfferCheck)}
    return {name: rights.rows(objects, FIELDS[name]) for name, objects in found.items()}


def _all_of(table: type[Private], **whose: Person) -> QuerySet[Any]:
    return table._default_manager.filter(**whose)  # noqa: SLF001 - an abstract base has no other
