"""What of the record a candidate reads only once the round is decided: until then nobody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from fairlead.web.promotions.case_models import (
    CalibrationNote,
    Decision,
    RaterAssignment,
    Rating,
    VoteTally,
)
from fairlead.web.promotions.models import Nomination
from fairlead.web.promotions.states import OVER

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

VERBS: Final = (
    "rate",
    "hand_in",
    "revise",
    "note_case",
    "change_note",
    "withdraw_note",
    "count_votes",
    "decide_case",
    "change_decision",
    "answer_peer",
    "leave_open",
)
"""Acts of others in somebody's case that would tell how it stands; who looked is told at once."""


def untold(person: Person) -> Q:
    """Give the lines about somebody that they do not read yet.

    What is read is named, and not what is hidden: a line about something that is gone stays unread.
    """
    told = Nomination.objects.filter(candidate=person, round__state__in=OVER)
    numbers = set(told.values_list("pk", flat=True))
    if numbers:
        for model, case in (
            (RaterAssignment, "nomination"),
            (Rating, "assignment__nomination"),
            (CalibrationNote, "nomination"),
            (VoteTally, "nomination"),
            (Decision, "nomination"),
        ):
            numbers |= set(model.objects.filter(**{f"{case}__in": told}).values_list("pk", flat=True))
    return Q(verb__in=VERBS, subject=person.pk) & ~Q(actor=person.pk) & ~Q(object_id__in=numbers)
