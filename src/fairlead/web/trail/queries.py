"""Reading the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from fairlead.web import rights
from fairlead.web.trail.models import Entry

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "Entry": {
        "id": "A running number.",
        "at": "When it happened.",
        "actor": "The number of the person who did it; none where Fairlead did it by itself.",
        "verb": "What was done.",
        "object_kind": "To what kind of thing.",
        "object_id": "To which one.",
        "subject": "Whose data it was, where it was a person's.",
        "facts": "Ids, counts and states; never what somebody wrote.",
        "seal": "Proof that the line was not changed afterwards.",
    },
    "Head": {
        "id": "A running number.",
        "day": "The day whose last line this is.",
        "entry": "The number of that line.",
        "seal": "The seal of that line; a copy outside shows that nothing was cut off.",
        "mailed_at": "When it was handed to people outside the database.",
        "pruned": "Whether older lines are gone because their time was over.",
    },
    "Verdict": {
        "id": "A running number.",
        "at": "When the whole record was checked.",
        "whole": "Whether it was whole.",
        "lines": "How many lines were right.",
        "wrong": "The first line that was not.",
        "says": "The same in a sentence.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give everything the person did, and everything others did with what is the person's."""
    found = Entry.objects.filter(Q(actor=person.pk) | Q(subject=person.pk)).order_by("id")
    return {"Entry": rights.rows(found, FIELDS["Entry"])}
