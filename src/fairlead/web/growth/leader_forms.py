"""What is written of a leader: a word for them, what to keep, what never to repeat."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from fairlead.web.growth.later_forms import OwnWords, lines
from fairlead.web.people.forms import plain_text
from fairlead.web.uncut import Uncut

MOST_LINES: Final = 7
LONGEST_LINE: Final = 160


class LinesField(OwnWords):
    """Some lines, each one thing."""

    def clean(self, value: Any) -> Any:
        """Give the lines without empty ones, each once."""
        text = super().clean(value) or ""
        found = list(dict.fromkeys(line.strip().lstrip("-•* ").strip() for line in text.split("\n")))
        found = [line for line in found if line]
        if len(found) > MOST_LINES:
            raise forms.ValidationError(
                f"{len(found)} lines are many to live by. Choose the {MOST_LINES} that matter most."
            )
        if any(len(line) > LONGEST_LINE for line in found):
            raise forms.ValidationError(f"One line has more than {LONGEST_LINE} letters. Make two of it.")
        return found

    def prepare_value(self, value: Any) -> Any:
        """Write a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value


class LeaderForm(forms.Form):
    """One leader."""

    label = Uncut(
        label="A word for them",
        help_text="Not their name: “my first boss”, “the one who asked questions”. You will know who it is.",
        max_length=80,
        validators=[plain_text],
        error_messages={"required": "Give them a word, so that you know who it is."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="How it was to be led by them",
        choices=[("good", "Good"), ("mixed", "Some of both"), ("bad", "Bad")],
        initial="mixed",
        widget=forms.RadioSelect,
    )
    keep = LinesField(
        label="What I want to keep",
        help_text="One thing a line, as a rule for yourself: “Answer the same day, even with ‘not yet’.”",
        required=False,
        max_length=1400,
        widget=lines(4),
    )
    never = LinesField(
        label="What I never want to repeat",
        help_text="One thing a line: “Correct nobody in front of others.”",
        required=False,
        max_length=1400,
        widget=lines(4),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for something to keep or to avoid."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("keep") and not said.get("never"):
            raise forms.ValidationError("Write one thing to keep, or one never to repeat.")
        return said
