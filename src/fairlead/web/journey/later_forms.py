"""What somebody types about an advocate, an argument, and roles they aim for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from fairlead.web.journey.fields import day_field, line, words
from fairlead.web.journey.forms import FindForm
from fairlead.web.journey.models import AimedRole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class AskForm(FindForm):
    """What one is asked to speak for, and whom."""

    aim = line(
        "What should they speak for?",
        200,
        required=True,
        help_text="For example: lead of the test team, from next spring on.",
        error_messages={"required": "Say in a line what they should speak for."},
    )
    words = words("What you say to them", 1000, rows=4, help_text="They read it, and nobody else.")

    field_order = ("aim", "words", "who")


class AnswerForm(forms.Form):
    """Yes, or not yet, in words."""

    says = forms.ChoiceField(
        label="Do you want to speak for them?",
        choices=[("yes", "Yes"), ("not_yet", "Not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    words = words(
        "In your words", 1000, help_text="With a “not yet”: what you would need to see. They read it."
    )

    def clean(self) -> dict[str, Any]:
        """Want words with a "not yet": somebody has to know what is missing."""
        said = super().clean() or self.cleaned_data
        if said.get("says") == "not_yet" and not said.get("words") and "words" not in self.errors:
            self.add_error("words", "Say in a sentence what you would need to see.")
        return said


class ArgumentForm(forms.Form):
    """Claim, evidence, what others have of it, what is open."""

    title = line(
        "What it argues for", 160, required=True, error_messages={"required": "Say what it argues for."}
    )
    claim = words(
        "The claim", 1500, help_text="What you can be relied on for at that level, in two sentences."
    )
    entries = forms.MultipleChoiceField(
        label="The evidence it rests on", required=False, widget=forms.CheckboxSelectMultiple
    )
    team_benefit = words(
        "What would the team have of it?",
        1500,
        help_text="What those around you could do then that they cannot do now.",
    )
    open_points = words(
        "What speaks against it, or is not there yet?",
        1500,
        help_text="Whoever speaks for you will be asked. It is better said by you.",
    )

    def __init__(
        self,
        sent: Mapping[str, Any] | None,
        *,
        offered: Sequence[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the person's own entries."""
        super().__init__(sent, initial=dict(initial or {}))
        field: Any = self.fields["entries"]
        field.choices = list(offered)
        if not offered:
            field.help_text = "Nothing is written down yet."


class AimForm(forms.Form):
    """A role that somebody aims for; everything but its name is as far as known."""

    title = line("The role", 160, required=True, error_messages={"required": "Give the role a name."})
    exists = forms.ChoiceField(label="Is there such a role?", choices=AimedRole.Exists.choices)
    headcount = forms.ChoiceField(label="A place for it (headcount)", choices=AimedRole.Known.choices)
    budget = forms.ChoiceField(label="Money for it (budget)", choices=AimedRole.Known.choices)
    planned_on = day_field(
        "When it is planned for",
        required=False,
        past=False,
        help_text="Its place in the planning calendar: when the next plan is made, or when the role begins.",
    )
    who_decides = line("Who decides about it", 200)
    notes = words("What else I know", 1500)
    outside = words(
        "What there is outside",
        1000,
        help_text="Roles of the kind elsewhere. Knowing them makes staying a choice.",
    )
