"""What this room holds about a person, field by field, and all of it as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.audits.models import OWNED, WeekTick

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fairlead.web.people.models import Person
    from fairlead.web.vault.owned import Owned

_OWN: Final = {"id": "Its number.", "owner": "Whose it is: you.", "made_at": "When it was made."}

FIELDS: Final = {
    "CalendarImport": _OWN
    | {
        "digest": "SHA-256 of the files and settings, to see when the same is read twice.",
        "names": "The names of the files.",
        "options": "The settings they were read with, without addresses.",
        "first_day": "The first day read.",
        "last_day": "The last day read.",
        "events": "How many events were counted.",
        "table": "When, how long and with how many people of which kind, packed (numpy .npz); no titles.",
        "placed": "What sort of work each event was, packed (numpy .npz).",
        "titles": "Titles of unclear events, packed, only if you chose to keep them for sorting.",
        "titles_until": "When those titles are forgotten.",
        "weeks": "The weekly totals of an export that knows no single events.",
        "notes": "What the reader remarked.",
        "run": "The work that read it.",
    },
    "Reading": _OWN
    | {
        "run": "The work that made it; the result and its figures stand there.",
        "calendar": "The calendar it was made from.",
        "made_on": "Its date.",
        "role_title": "The role it was compared with.",
        "line": "The few words that a list of readings shows of it.",
    },
    "SortingSalt": _OWN | {"salt": rights.WITHHELD + "half of the key that hides what your own rules match."},
    "OwnRule": _OWN
    | {
        "about": "Whether it is about a series or a title.",
        "match": "The fingerprint it matches; nobody can read a title from it.",
        "kind": "What you said it is.",
        "competency": "The competency you gave it.",
        "high_payoff": "The high-payoff area you gave it.",
        "says": "When and with whom, in words.",
        "events": "How many events it was about.",
        "hours": "How many hours.",
    },
    "AnswerSheet": _OWN
    | {
        "instrument": "The questionnaire.",
        "version": "Its version.",
        "sha256": "SHA-256 of the questionnaire.",
        "values": "Your answers in numbers; 0 is “not part of my work”.",
        "texts": "What you wrote.",
        "finished_at": "When you finished it.",
    },
    "OwnProfile": _OWN | {"title": "Its name.", "source": "Where it is from.", "profile": "What it asks."},
    "Remembered": _OWN | {"values": "The addresses you asked to be remembered."},
    "HighPayoffEntry": _OWN
    | {
        "area": "The area.",
        "name": "What you do.",
        "saves": "The trouble it saves later.",
        "people": "Who works on it.",
        "words": "Words in titles that mark it.",
    },
    "Procedure": _OWN
    | {
        "name": "Its name.",
        "brings": "What it brings order to.",
        "kept_at": "Where it is written down.",
        "checked_on": "When it was last checked.",
    },
    "Resolution": _OWN
    | {"text": "What you decided.", "decided_on": "When.", "closed_on": "When you decided anew."},
    "WeekTick": {
        "id": "A running number.",
        "resolution": "The decision it belongs to.",
        "monday": "The week.",
        "note": "What you noted.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about the person."""
    found = {table.__name__: _all_of(table, person) for table in OWNED}
    rows = {name: rights.rows(objects, FIELDS[name]) for name, objects in found.items()}
    ticks = WeekTick.objects.filter(resolution__owner=person)
    return rows | {"WeekTick": rights.rows(ticks, FIELDS["WeekTick"])}


def _all_of(table: type[Owned], person: Person) -> QuerySet[Any]:
    return table._default_manager.filter(owner=person)  # noqa: SLF001 - an abstract base has no other
