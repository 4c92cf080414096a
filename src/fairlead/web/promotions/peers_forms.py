"""Asking a colleague, what they write, a summary, an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from fairlead.web.people.forms import plain_text
from fairlead.web.promotions.calibration_forms import plain_lines
from fairlead.web.promotions.case_models import PeerInput
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from fairlead.web.people.models import Person


class AskForm(forms.Form):
    """Whom to ask, and in which form it is read."""

    who = Uncut(
        label="Whom",
        max_length=120,
        validators=[plain_text],
        help_text="Their name, or the address they sign in with.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write a name or an address."},
    )
    form = forms.ChoiceField(
        label="How it is read",
        choices=PeerInput.Form.choices,
        widget=forms.RadioSelect,
        help_text="They are told before they write, and it never changes.",
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )

    def found(self, asker: Person) -> Person | None:
        """Find the one person who is meant; say what to write where nobody or several are."""
        from fairlead.web import finding  # noqa: PLC0415 - where somebody is looked for

        if finding.too_many_searches(asker, "promotions"):
            self.add_error("who", "That were many searches. Try again in an hour.")
            return None
        there = finding.find(asker, self.cleaned_data["who"])
        if len(there) == 1:
            return there[0].person
        says = (
            "Nobody who can be asked was found." if not there
            else "Several people are found by that: write the address of the one you mean."
        )  # fmt: skip
        self.add_error("who", says)
        return None


class WriteForm(forms.Form):
    """What a colleague saw."""

    text = Uncut(
        label="What you saw them do, and what came of it",
        max_length=3000,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write what you saw."},
    )
    leaning = forms.ChoiceField(
        label="What it says about the case",
        choices=PeerInput.Leaning.choices,
        widget=forms.RadioSelect,
        help_text="Your own word for it. What speaks against it is answered, or its silence is explained.",
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )


class WordsForm(forms.Form):
    """A summary or an answer."""

    text = Uncut(
        label="Words",
        max_length=2000,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write a few words."},
    )

    def __init__(self, sent: Any = None, *, label: str, help_text: str = "", now: str = "") -> None:
        """Name the field as the page needs it."""
        super().__init__(sent, initial={"text": now})
        self.fields["text"].label = label
        self.fields["text"].help_text = help_text
