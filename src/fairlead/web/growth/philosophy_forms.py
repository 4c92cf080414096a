"""The draft of one's own way of leading."""

from __future__ import annotations

from django import forms

from fairlead.web.growth.later_forms import OwnWords, lines
from fairlead.web.growth.philosophy_actions import LONGEST


class DraftForm(forms.Form):
    """One text."""

    text = OwnWords(
        label="How I want to lead",
        help_text="Only you see the draft. An empty line begins a new paragraph.",
        required=False,
        max_length=LONGEST,
        widget=lines(18),
    )


class PublishForm(forms.Form):
    """That this very text is meant."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
