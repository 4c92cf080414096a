"""One frustration, as clean values; the words come from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.library import load
from fairlead.library.practice import SKILLS
from fairlead.web import asked_in
from fairlead.web.direction import later_forms

if TYPE_CHECKING:
    from fairlead.library.direction import Question


class FrustrationForm(forms.Form):
    """What frustrates, on which side, and the two questions that tell skill from will apart."""

    def __init__(self, sent: Any = None, **more: Any) -> None:
        """Take every word of the questions from the library."""
        super().__init__(sent, **more)
        for question in load.direction_texts(asked_in.now()).section("frustrations").questions:
            self.fields[question.id] = _field(question)

    def values(self) -> dict[str, Any]:
        """Give the entry as the section keeps it: what was left open is left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class MarkForm(forms.Form):
    """Which frustration was shown when a button was pressed."""

    was = forms.RegexField(r"^[0-9a-f]{16}$")


class AssignForm(MarkForm):
    """Which skill a frustration is closest to: said by the person, and never preset."""

    about = forms.ChoiceField(
        label=gettext_lazy("Which skill is it closest to?"),
        choices=[
            ("", gettext_lazy("Choose one")),
            *((name, gettext_lazy(label)) for name, label in SKILLS.items()),
        ],
        error_messages={
            "required": gettext_lazy("Choose the skill it is closest to; then it can be learned."),
            "invalid_choice": gettext_lazy("Choose one of the thirteen skills."),
        },
    )

    def __init__(self, sent: Any = None, *, number: int) -> None:
        """Know whose line it is: the same field stands on the page once for each."""
        super().__init__(sent, auto_id=f"id_%s_{number}")


def _field(question: Question) -> forms.Field:
    texts = load.direction_texts(asked_in.now())
    if question.id == "what":
        return later_forms.words(question.text, 300, required=True, help_text=question.help)
    if question.kind == "competency":
        named = ((name, asked_in.said(label)) for name, label in SKILLS.items())
        choices = [("", _("None of these, or I cannot say")), *named]
        return forms.ChoiceField(
            label=question.text, choices=choices, required=False, help_text=question.help
        )
    name = question.answers or ""
    if name in texts.choices:
        shown: list[tuple[Any, str]] = [(one.id, f"{one.label}: {one.says}") for one in texts.choices[name]]
        return later_forms.pick(question.text, shown, required=question.id == "side")
    steps = [(one.value, one.label) for one in texts.scales[name]]
    return later_forms.pick(question.text, steps, open_=_("I cannot say"), number=True)
