"""What is asked before a role is proposed, a coach is chosen, or a role ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from fairlead.web.access.relations import proposes
from fairlead.web.grants import queries
from fairlead.web.people.forms import plain_text
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

YEAR: Final = timedelta(days=365)


class _Asked(forms.Form):
    """A person, a last day and a reason."""

    person = Uncut(
        max_length=254, validators=[plain_text], widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    until = forms.DateField(
        label="Last day",
        help_text="Two years at most. Then it is looked at again.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = Uncut(
        label="Why",
        help_text="At least ten characters.",
        min_length=10,
        max_length=300,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate() + YEAR

    def find(self) -> Person | None:
        """Find who is meant; the field below says which people can be."""
        raise NotImplementedError

    def clean_person(self) -> Person:
        """Turn what was typed into one person."""
        found = self.find()
        if found is None:
            raise forms.ValidationError(
                "Nobody is found by this, or more than one. Type the address at work, the id in the roster, "
                "or the whole name."
            )
        return found


class ProposeForm(_Asked):
    """Who, which role, over what, until when, why."""

    role = forms.ChoiceField()
    unit = forms.ChoiceField(
        required=False,
        help_text="Only a promotion committee can be for one unit alone.",
    )
    field_order = ["person", "role", "unit", "until", "reason"]

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(role.value, role.label) for role in queries.in_order(proposes(actor.user))]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]
        self.fields["unit"].choices = queries.units()  # type: ignore[attr-defined]
        self.fields["person"].help_text = "Address at work, id in the roster, or the whole name."

    def find(self) -> Person | None:
        """Find somebody with an account or in the roster."""
        return queries.find(self.cleaned_data["person"])

    def clean(self) -> dict[str, Any]:
        """Refuse a unit for a role that has none."""
        said = super().clean() or self.cleaned_data
        if said.get("unit") and said.get("role") not in queries.BY_UNIT:
            self.add_error("unit", "Only a promotion committee can be for one unit. Leave this empty.")
        return said


class CoachForm(_Asked):
    """Whom one asks to be one's coach, until when, why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = "Your coach"
        self.fields["person"].help_text = "Somebody of the organization chart: address at work or whole name."
        self.fields["reason"].label = "What you want to work on"
        self.fields["reason"].help_text = "Only your coach reads it."

    def find(self) -> Person | None:
        """Find somebody of the organization chart, and nobody else."""
        return queries.find(self.cleaned_data["person"], in_chart_only=True)


class EndForm(forms.Form):
    """At once, or on a day."""

    when = forms.ChoiceField(
        label="When",
        choices=[("now", "At once"), ("day", "On the day below")],
        initial="now",
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day where one is meant."""
        said = super().clean() or self.cleaned_data
        if said.get("when") == "day" and not said.get("day") and "day" not in self.errors:
            self.add_error("day", "Say which day.")
        return said
