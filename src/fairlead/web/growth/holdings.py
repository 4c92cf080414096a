"""What this room holds about a person, field by field, and all of it as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from fairlead.web import rights
from fairlead.web.growth import coach_queries
from fairlead.web.growth.later_models import LATER_OWNED
from fairlead.web.growth.models import OWNED, Feed, MentorOffer, Mentorship, PublishedPhilosophy

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

_OWN: Final = {"id": "Its number.", "owner": "Whose it is: you.", "made_at": "When it was made."}
_OUTSIDE: Final = {"id": "Its number.", "person": "Whose it is: you.", "made_at": "When it was made."}

FIELDS: Final = {
    "Skill": _OWN
    | {
        "about": "What it is about.",
        "title": "Your own words for it.",
        "state": "How far it is.",
        "place": "Its place in your list.",
        "came_from": "Where it came from.",
        "opened_on": "When you took it up.",
        "ended_on": "When you finished it or put it aside.",
        "ended_because": "Why, in your words.",
    },
    "Experiment": _OWN
    | {
        "skill": "The skill it belongs to.",
        "weeks": "How many weeks you set.",
        "begun_on": "When it began.",
        "due_on": "When the same is asked again.",
        "questions": "What you were asked, word for word.",
        "baseline": "What you answered at the beginning.",
        "again": "What you answered at the end.",
        "satisfaction_before": "How content you were with your work at the beginning, from 1 to 5.",
        "satisfaction_after": "And at the end.",
        "ended_on": "When it ended.",
        "ended_because": "Why you stopped early, in your words.",
        "by_mail": "Whether you wanted reminders by mail.",
        "reminded_on": "When the last reminder was sent.",
    },
    "Practice": _OWN
    | {
        "experiment": "The experiment it belongs to.",
        "practice": "Which practice it is.",
        "stretch": "How much it asks, from 1 to 3.",
        "planned_for": "The day you planned it for.",
        "planned_at": "The time of that day.",
        "event": "At what occasion.",
        "done_on": "When you did it.",
        "note": "What you noted.",
    },
    "Feed": _OUTSIDE
    | {"token_sha256": rights.WITHHELD + "the hash of your calendar address, which opens your dates."},
    "Training": _OWN
    | {
        "name": "What it is called.",
        "about": "The skill it is about.",
        "kind": "Which kind of support it is.",
        "state": "Whether you wish for it, have booked it or have had it.",
        "day": "When.",
        "hours": "How many hours.",
        "brought": "What it brought.",
    },
    "MentorOffer": _OUTSIDE
    | {
        "about": "The skills you offer to be a mentor for.",
        "says": "What you say about it to colleagues.",
        "capacity": "For how many people.",
        "taken": "For how many of them you said yes.",
        "open": "Whether you can be asked now.",
    },
    "MentorWish": _OWN | {"about": "The skill you look for a mentor in.", "says": "What you noted."},
    "Mentorship": {
        "id": "Its number.",
        "learner": "The number of the person who asked.",
        "mentor": "The number of the person who was asked.",
        "about": "The skill it is about.",
        "state": "How far it is.",
        "words": "What was asked.",
        "answer": "What was answered.",
        "asked_on": "When it was asked.",
        "answered_on": "When it was answered.",
        "ended_on": "When it ended.",
    },
    "CoachNote": _OWN
    | {"person": "The number of the person it is about.", "text": "What you noted.", "day": "The day."},
    "ShownNote": _OWN
    | {
        "note": "The note it is a copy of.",
        "person": "The number of the person it is about, who reads it.",
        "text": "What is shown of it.",
        "day": "The day of the note.",
    },
    "CoachTalk": _OWN
    | {
        "coach": "The number of the coach, who reads it.",
        "day": "When you talk next.",
        "agenda": "What you want to talk about.",
        "changed_on": "When you last wrote it.",
    },
    "Plan": _OWN
    | {
        "start": "From where.",
        "aim": "To where.",
        "review_on": "When you look at it again.",
        "changed_on": "When you last changed it.",
        "earlier": "What stood there before.",
    },
    "Year": _OWN | {"year": "The year.", "content": "What you planned for it."},
    "Leader": _OWN
    | {
        "label": "What you call this leader.",
        "kind": "Good, bad, or some of both.",
        "keep": "What you want to keep.",
        "never": "What you never want to repeat.",
    },
    "Philosophy": _OWN | {"text": "How you want to lead: your draft."},
    "PublishedPhilosophy": {
        "id": "Its number.",
        "person": "Whose it is: you.",
        "text": "What you published of it for colleagues.",
        "published_at": "When.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about the person; a coach's notes are the coach's own (row 64)."""
    # Every table has a manager; an abstract base has no other name for it.
    found: dict[str, Any] = {
        table.__name__: table._default_manager.filter(owner=person)  # noqa: SLF001
        for table in (*OWNED, *LATER_OWNED)
    }
    found |= {
        table.__name__: table._default_manager.filter(person=person)  # noqa: SLF001 - as above
        for table in (Feed, MentorOffer, PublishedPhilosophy)
    }
    # What a coach and the coached person share closes for both with the coaching, also in this file.
    found |= coach_queries.held(person)
    found["Mentorship"] = Mentorship.objects.filter(Q(learner=person) | Q(mentor=person))
    return {name: rights.rows(objects, FIELDS[name]) for name, objects in found.items()}
