"""The form with which something is shown to one person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms

from fairlead.web.people.forms import plain_text
from fairlead.web.sharing.actions import MOST_DAYS, USUAL_DAYS
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.web.showing import Shareable


def plain_lines(text: str) -> None:
    """Refuse invisible characters in each line; the ends of lines themselves are wanted."""
    for line in text.splitlines():
        plain_text(line)


STEPS: Final = ("find", "preview", "share")


class CommentForm(forms.Form):
    """What a manager or a coach writes about what they are shown."""

    text = Uncut(
        label="Your comment",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="The person reads it beside what it is about, and can delete it. Nobody else sees it.",
        error_messages={"required": "Write something first."},
        validators=[plain_lines],
    )


class ShareForm(forms.Form):
    """What of it, until when, and whom to look for; the choice of a person is a sealed token."""

    parts = forms.MultipleChoiceField(
        label="What they will see",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one part."},
    )
    until = forms.DateField(
        label="Last day on which they see it",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a last day.", "invalid": "Write a date such as 2026-03-31."},
    )
    who = Uncut(
        label="Whom do you show it to?",
        max_length=254,
        error_messages={"required": "Write a part of their name, or their address."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    reader = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])

    def __init__(
        self, sent: Mapping[str, Any] | None, *, offer: Shareable, today: date, searches_roster: bool
    ) -> None:
        """Offer the parts of this kind of thing, and days from today on."""
        initial = {"parts": sorted(offer.usual), "until": today + timedelta(days=USUAL_DAYS)}
        super().__init__(sent, initial=initial)
        self.today = today
        parts: Any = self.fields["parts"]
        parts.choices = list(offer.parts.items())
        until, who = self.fields["until"], self.fields["who"]
        self.last = today + timedelta(days=MOST_DAYS)
        until.widget.attrs |= {"min": today.isoformat(), "max": self.last.isoformat()}
        until.help_text = f"At most until {self.last.day} {self.last:%B %Y}. You can take it back any time."
        who.help_text = (
            "A part of their name as the roster has it, or the exact e-mail address they sign in with."
            if searches_roster
            else "The exact e-mail address they sign in with."
        )

    def clean_until(self) -> date:
        """Take a day from today on, within half a year."""
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= self.last:
            raise forms.ValidationError(
                f"Choose a day from today to {self.last.day} {self.last:%B %Y}.", code="out_of_range"
            )
        return until

    @property
    def asked(self) -> str:
        """Which step was asked for; the first one where none was."""
        return str(self.cleaned_data.get("step") or "find")
