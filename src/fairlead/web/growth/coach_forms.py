"""What is written in the coach's space."""

from __future__ import annotations

from django import forms

from fairlead.web.growth.later_forms import OwnWords, day_input, lines
from fairlead.web.people.forms import near_day


class TalkForm(forms.Form):
    """What somebody wants to talk about with their coach, and when."""

    agenda = OwnWords(
        label="What I want to talk about",
        help_text="Your coach reads it as soon as you keep it.",
        required=False,
        max_length=3000,
        widget=lines(6),
    )
    day = forms.DateField(label="Day of the talk", required=False, widget=day_input(), validators=[near_day])


class NoteForm(forms.Form):
    """One note of a coach."""

    text = OwnWords(
        label="Note",
        help_text="Only you read it, until you show it.",
        max_length=4000,
        widget=lines(6),
        error_messages={"required": "Write something first."},
    )
    day = forms.DateField(label="Day", widget=day_input(), validators=[near_day])
