"""Reading what this room holds about a person, and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.feedback.models import OwnInstrument, Report, Seat, Survey, Theme

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

_SEALED_FIGURES: Final = (
    rights.WITHHELD + "figures of several people together; you read them under Feedback, as a page or a file."
)

FIELDS: Final = {
    "OwnInstrument": {
        "id": "The number of the questionnaire.",
        "made_by": "The number of the person who uploaded it.",
        "made_at": "When it was uploaded.",
        "name": "Its short name.",
        "version": "Its version.",
        "title": "Its title.",
        "asks": "Whom it asks about what.",
        "text": "The whole questionnaire.",
        "digest": "The fingerprint of its text.",
        "retired_at": "Since when it is offered no more.",
    },
    "Survey": {
        "id": "The number of the survey.",
        "kind": "Whether it is about a manager, one person's work, or a pulse.",
        "state": "How far it is.",
        "title": "What it is called.",
        "made_by": "The number of the person who began it.",
        "made_at": "When it was begun.",
        "about": "The number of the person it is about.",
        "unit": "The number of the unit that is asked.",
        "instrument": "Which questionnaire.",
        "instrument_version": "Its version.",
        "instrument_digest": "The fingerprint of its text.",
        "instrument_text": "The questionnaire as it was asked.",
        "family": "Which surveys are waves of the same one.",
        "k": "The least number of people behind any figure.",
        "lens": "The one lens through which everybody together may be shown.",
        "opens_on": "Its first day.",
        "closes_on": "Its last day.",
        "organization": rights.WITHHELD + "who reported to whom on that day, also of others.",
        "terms": "The fingerprint of all rules.",
        "frozen_at": "Since when nothing of it changes.",
        "closed_at": "When it was closed.",
        "released_at": "When its figures were released.",
        "reminders": "How many times a reminder was sent.",
        "refusal": "Why nothing could be released.",
    },
    "Seat": {
        "id": "The number of your seat.",
        "owner": "Your number.",
        "survey": "The number of the survey.",
        "team": "The number of the manager whose team you were in.",
        "lens": "Your value of the lens.",
        "used": "Whether your ballot is used. What you answered is not joined to you anywhere.",
    },
    "Release": {
        "id": "The number of the release.",
        "survey": "The number of the survey.",
        "made_at": "When it was released.",
        "verdict": "What the check before the release found.",
        "content": _SEALED_FIGURES,
    },
    "Report": {
        "id": "The number of the report.",
        "survey": "The number of the survey.",
        "about": "The number of the person whose report it is.",
        "reach": "Whose answers it counts.",
        "figures": _SEALED_FIGURES,
        "comments": rights.WITHHELD + "words of others; you read them under Feedback.",
        "others_comments": rights.WITHHELD + "words of others that their authors kept from you.",
        "shown_to_team_at": "Since when the team sees it too.",
    },
    "Theme": {
        "id": "The number of the theme.",
        "report": "The number of the report.",
        "written_by": "The number of the person who put it into words.",
        "made_at": "When it was written.",
        "text": rights.WITHHELD + "what others said, in other words; you read it under Feedback.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the seats, the surveys one began or that are about one, and that reports about one exist."""
    surveys = Survey.objects.filter(made_by=person) | Survey.objects.filter(about=person)
    return {
        "OwnInstrument": rights.rows(OwnInstrument.objects.filter(made_by=person), FIELDS["OwnInstrument"]),
        "Survey": rights.rows(surveys, FIELDS["Survey"]),
        "Seat": rights.rows(Seat.objects.filter(owner=person), FIELDS["Seat"]),
        "Report": rights.rows(Report.objects.filter(about=person), FIELDS["Report"]),
        "Theme": rights.rows(Theme.objects.filter(written_by=person), FIELDS["Theme"]),
    }
