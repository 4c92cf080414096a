"""What a piece of evidence says that somebody types by hand; files come out of one's own log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from fairlead.web.people.forms import plain_text
from fairlead.web.promotions import cases
from fairlead.web.promotions.calibration_forms import plain_lines
from fairlead.web.promotions.models import CaseEvidence
from fairlead.web.uncut import Uncut, UncutAddress

if TYPE_CHECKING:
    import datetime as dt

    from fairlead.web.promotions.models import Nomination

KIND: Final = CaseEvidence.Kind
BY_HAND: Final = tuple((kind.value, kind.label) for kind in KIND if kind is not KIND.FILE)
SAID: Final = ("criterion", "kind", "text", "what_else", "day", "link", "seen_by")
NEEDS: Final = {
    KIND.LINK.value: ("link", "Write the address where it can be looked at, or choose another kind."),
    KIND.WITNESS.value: ("seen_by", "Write who saw it, or choose another kind."),
}


def _words(label: str, most: int, help_text: str, *, rows: int, required: bool = False) -> Any:
    return Uncut(
        label=label, max_length=most, help_text=help_text, required=required, validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": "Write a few words."},
    )  # fmt: skip


def _one_of(label: str, choices: Any = ()) -> Any:
    return forms.ChoiceField(
        label=label, choices=choices,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """One piece of evidence."""

    criterion = _one_of("Criterion")
    kind = _one_of("Kind", BY_HAND)
    text = _words("What happened", 2000, "What was done, when, and what came of it.", rows=4, required=True)
    what_else = _words("What would not have happened otherwise", 1000, "Without this person.", rows=2)
    day = forms.DateField(
        label="When", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day such as 2026-03-31."},
    )  # fmt: skip
    link = UncutAddress(
        label="Link", max_length=500, required=False, assume_scheme="https",
        help_text="Where it can be looked at.",
    )  # fmt: skip
    seen_by = Uncut(
        label="Who saw it", max_length=300, required=False, validators=[plain_text],
        help_text="Names; a witness reads nothing of the case.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, sent: Any = None, *, case: Nomination, criterion: str = "", piece: CaseEvidence | None = None
    ) -> None:
        """Offer the criteria that the level asks; begin with a piece that is changed."""
        said = {name: getattr(piece, name) for name in SAID} if piece else {"criterion": criterion}
        super().__init__(sent, initial=said)
        asked: Any = self.fields["criterion"]
        asked.choices = [(name, found.title) for name, (found, _seen) in cases.asked_of(case).items()]

    def clean_day(self) -> dt.date | None:
        """Refuse a day that is still to come."""
        day: dt.date | None = self.cleaned_data["day"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Evidence is what has happened.")
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind stands on, at its field."""
        said = super().clean() or {}
        name, refusal = NEEDS.get(said.get("kind", ""), ("", ""))
        if name and not said.get(name) and name not in self.errors:
            self.add_error(name, refusal)
        return said
