"""Why a seat ends; who else rates which case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from fairlead.web.promotions.calibration_forms import plain_lines
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination


class EndSeatForm(forms.Form):
    """Why somebody leaves a committee."""

    reason = Uncut(
        label="Why",
        max_length=1000,
        help_text="People operations, the chair and the person read it; nobody else does.",
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why, in a sentence."},
    )


class AddRaterForm(forms.Form):
    """One more rater for one case."""

    case = forms.ChoiceField(
        label="Whose case",
        error_messages={"required": "Choose a case.", "invalid_choice": "Choose one of these."},
    )
    rater = forms.ChoiceField(
        label="Who rates it",
        error_messages={"required": "Choose somebody.", "invalid_choice": "Choose one of these."},
    )

    def __init__(
        self, sent: Any = None, *, cases: Sequence[Nomination], raters: Sequence[Person], case: str = ""
    ) -> None:
        """Offer the cases of the round and everybody who sits in its committee."""
        super().__init__(sent, initial={"case": case})
        self.cases = {str(one.pk): one for one in cases}
        self.raters = {str(one.pk): one for one in raters}
        which: Any = self.fields["case"]
        which.choices = [(pk, str(one.candidate)) for pk, one in self.cases.items()]
        who: Any = self.fields["rater"]
        who.choices = [(pk, str(one)) for pk, one in self.raters.items()]

    @property
    def chosen(self) -> tuple[Nomination, Person]:
        """Give the case and the rater."""
        return self.cases[self.cleaned_data["case"]], self.raters[self.cleaned_data["rater"]]
