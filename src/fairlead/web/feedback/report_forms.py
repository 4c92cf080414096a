"""The one form among the pages of reports."""

from __future__ import annotations

from django import forms

from fairlead.web.feedback.themes import LONGEST
from fairlead.web.uncut import Uncut


class ThemeForm(forms.Form):
    """A theme in the words of people operations."""

    text = Uncut(
        label="Theme",
        help_text="What several people mean, in your own words: no name, no date, nothing that only one of "
        "them can know.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
