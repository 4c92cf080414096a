"""A rating changed in calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from fairlead.web.people.forms import plain_text
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Sequence

CANNOT = "none"


def plain_lines(text: str) -> None:
    """Refuse control and direction characters, line by line."""
    for line in text.splitlines():
        plain_text(line.replace("\t", " "))


class ReviseForm(forms.Form):
    """Another score, and why."""

    score = forms.ChoiceField(
        label="The rating should be",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a score.", "invalid_choice": "Choose one of these."},
    )
    reason = Uncut(
        label="Why",
        max_length=1000,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what changes your rating."},
    )

    def __init__(
        self, sent: Any = None, *, scale: Sequence[tuple[int, str]], now: int | None, least: int
    ) -> None:
        """Begin with the rating as it stands."""
        super().__init__(sent, initial={"score": CANNOT if now is None else str(now)})
        found: Any = self.fields["score"]
        found.choices = [(str(score), f"{score}: {words}") for score, words in scale]
        found.choices += [(CANNOT, "I cannot say")]
        self.fields["reason"].help_text = (
            f"At least {least} characters. It stands beside both scores; the committee reads it now, the "
            "candidate and their manager once the round is decided."
        )

    @property
    def chosen(self) -> int | None:
        """Give the score."""
        said = self.cleaned_data["score"]
        return None if said == CANNOT else int(said)
