"""A note of the committee, and a vote with notes for oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from fairlead.web.promotions.calibration_forms import plain_lines
from fairlead.web.promotions.conferring import VOTES
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from fairlead.web.promotions.apart_models import CommitteeVote

READ_BY = (
    "Read with your name by members of the committee who have a part in the case, at once; by the candidate, "
    "the manager and the manager’s manager once the round is decided."
)


class NoteForm(forms.Form):
    """What a member notes about a case."""

    text = Uncut(
        label="A note",
        max_length=2000,
        help_text=READ_BY,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what you saw or ask."},
    )


class VoteForm(forms.Form):
    """How a member sees a case; empty where they only keep notes for themselves."""

    said = forms.ChoiceField(
        label="How do you see it?",
        choices=VOTES,
        required=False,
        widget=forms.RadioSelect,
        help_text="Nobody else reads it. When all who have a part have voted, the committee sees the counts "
        "and nothing else; where all vote alike, counts say how each did.",
        error_messages={"invalid_choice": "Choose one of these."},
    )
    notes = Uncut(
        label="Notes for myself",
        max_length=4000,
        required=False,
        help_text="Nobody else reads them, whatever their role.",
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, sent: Any = None, *, mine: CommitteeVote | None) -> None:
        """Begin with what was said before."""
        initial = {"said": mine.vote, "notes": mine.notes} if mine is not None else {}
        super().__init__(sent, initial=initial)
