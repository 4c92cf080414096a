"""What this room holds about a person: every field explained, and their rows for their file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, StatedValues, Tip, UnitFollow

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "Tip": {
        "id": "The number of the tip.",
        "author": "The number of the person who wrote it.",
        "page": "The page of the handbook under which it stands.",
        "text": "The tip.",
        "name_shown": "Whether the name of its author stands under it.",
        "state": "Whether it waits to be read, waits for its author, is published, or was declined.",
        "suggestion": "Another wording that people operations ask its author about.",
        "reason": "What people operations say to its author.",
        "written_on": "The day it was written.",
        "moderated_on": "The day people operations answered.",
        "moderated_by": f"{rights.WITHHELD}who of people operations answered.",
    },
    "Idea": {
        "id": "The number of the idea.",
        "author": "The number of the person who wrote it.",
        "title": "What it is called.",
        "text": "What it is.",
        "effect": "What it did.",
        "from_unit": "The number of the unit of its author on that day.",
        "for_units": "The numbers of the units it is meant for; none where it is for all.",
        "state": "Whether it is offered, no longer offered, or was taken away.",
        "reason": "What people operations say to its author.",
        "made_at": "When it was written.",
    },
    "IdeaAnswer": {
        "id": "The number of the answer.",
        "idea": "The number of the idea.",
        "author": "The number of the person who wrote it.",
        "from_unit": "The number of the unit of its author on that day.",
        "text": "The answer.",
        "tried": "Whether it was tried, and whether it worked.",
        "state": "Whether it is shown, or was taken away.",
        "reason": "What people operations say to its author.",
        "made_at": "When it was written.",
    },
    "Notice": {
        "id": "The number of the notice.",
        "by": "The number of the person who asked people operations to look; gone once they answered.",
        "tip": "The number of the tip it is about.",
        "idea": "The number of the idea it is about.",
        "answer": "The number of the answer it is about.",
        "text": "Why somebody should look.",
        "made_on": "The day it was sent.",
        "settled_on": "The day people operations answered.",
        "settled_by": f"{rights.WITHHELD}who of people operations answered.",
        "taken_away": "Whether what it is about was taken away.",
    },
    "UnitFollow": {
        "id": "The number of this line.",
        "owner": "The number of the person who follows.",
        "unit": "The number of the unit whose ideas they want to hear of.",
        "since": "The day they began.",
    },
    "StatedValues": {
        "id": "The number of this version.",
        "content": "What the organization says it values, each with the work values it comes to.",
        "source": "Where the organization says so.",
        "written_by": "The number of the person who wrote it down.",
        "written_on": "The day it was written down.",
        "published_on": "The day from which it stands.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give everything the person wrote here and follows; an organization's values are about nobody."""
    return {
        "Tip": rights.rows(Tip.objects.filter(author=person), FIELDS["Tip"]),
        "Idea": rights.rows(Idea.objects.filter(author=person), FIELDS["Idea"]),
        "IdeaAnswer": rights.rows(IdeaAnswer.objects.filter(author=person), FIELDS["IdeaAnswer"]),
        "Notice": rights.rows(Notice.objects.filter(by=person), FIELDS["Notice"]),
        "UnitFollow": rights.rows(UnitFollow.objects.filter(owner=person), FIELDS["UnitFollow"]),
        "StatedValues": rights.rows(StatedValues.objects.filter(written_by=person), FIELDS["StatedValues"]),
    }
