"""What is stated about oneself, what may be stated, and how rounds are counted, as clean values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from fairlead.core.decisions import JOINED_BY, NOT_STATED
from fairlead.sources.decisions import MOST_VALUES, UNSTATED
from fairlead.web.people.forms import plain_text
from fairlead.web.promotions.impact_models import MOST_QUESTIONS
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.web.promotions.impact_models import StatementQuestion

SKIP: Final = "-"
ALONE: Final = "none"
MOST_LETTERS: Final = 60


def plain_lines(text: str) -> None:
    """Refuse control and direction characters, line by line."""
    for line in text.splitlines():
        plain_text(line.replace("\t", " "))


class StatementForm(forms.Form):
    """One answer to each question, or none; nothing is chosen beforehand."""

    def __init__(
        self, sent: Any = None, *, asked: Sequence[StatementQuestion], said: Mapping[str, str]
    ) -> None:
        """Begin with what stands there, where something does."""
        super().__init__(sent)
        self.asked = asked
        for one in asked:
            answer = said.get(str(one.pk), "")
            self.fields[_field(one)] = forms.ChoiceField(
                label=one.name,
                required=False,
                choices=[(name, name) for name in one.categories] + [(SKIP, "I do not say")],
                widget=forms.RadioSelect,
                initial=answer if answer in one.categories else SKIP if said else None,
                error_messages={"invalid_choice": "Choose one of these, or none."},
            )

    def answers(self) -> dict[str, str]:
        """Give what is stated, by the number of the question."""
        said = {str(one.pk): self.cleaned_data[_field(one)] for one in self.asked}
        return {pk: answer for pk, answer in said.items() if answer not in {"", SKIP}}


def _field(one: StatementQuestion) -> str:
    return f"about-{one.pk.hex}"


class QuestionsForm(forms.Form):
    """Up to two questions, each with its answers, a line each."""

    def __init__(self, sent: Any = None, *, asked: Sequence[StatementQuestion] = ()) -> None:
        """Begin with what is asked now."""
        super().__init__(sent)
        for number in range(MOST_QUESTIONS):
            one = asked[number] if number < len(asked) else None
            words = "First" if number == 0 else "Second"
            self.fields[f"name{number}"] = Uncut(
                label=f"{words}: what it is about",
                max_length=40,
                required=number == 0,
                validators=[plain_text],
                initial=one.name if one else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                error_messages={"required": "Give it a short name, such as the word your law uses."},
            )
            self.fields[f"categories{number}"] = Uncut(
                label=f"{words}: the answers, one a line",
                max_length=4000,
                required=number == 0,
                validators=[plain_lines],
                initial="\n".join(one.categories) if one else "",
                help_text="Without commas. “I do not say” is always there and need not be written.",
                widget=forms.Textarea(attrs={"rows": 6}),
                error_messages={"required": "Write at least two answers."},
            )

    def clean(self) -> dict[str, Any]:
        """See that each question has a name and two answers at least, and no answer means nothing."""
        said = super().clean() or self.cleaned_data
        for number in range(MOST_QUESTIONS):
            self._check(number, said.get(f"name{number}", ""), lines(said.get(f"categories{number}", "")))
        names = [one.casefold() for number in range(MOST_QUESTIONS) if (one := said.get(f"name{number}", ""))]
        if len(set(names)) < len(names):
            self.add_error("name1", "Both have one name. Give each its own.")
        return said

    def _check(self, number: int, name: str, those: list[str]) -> None:
        if JOINED_BY.strip() in name:
            self.add_error(
                f"name{number}", "Leave the comma out: it stands between the two when they are joined."
            )
        at = f"categories{number}"
        if at in self.errors or (number and not name and not those):
            return
        if not name and f"name{number}" not in self.errors:
            self.add_error(f"name{number}", "Say what these answers are about.")
        if len(those) < 2:
            self.add_error(at, "Write at least two answers, one a line.")
        if len(those) > MOST_VALUES:
            self.add_error(at, f"These are {len(those)} answers; at most {MOST_VALUES} can be compared.")
        for one in those:
            if len(one) > MOST_LETTERS:
                self.add_error(at, f"“{one[:30]}…” is longer than {MOST_LETTERS} letters.")
            if JOINED_BY.strip() in one:
                self.add_error(
                    at, f"“{one}” has a comma. Leave it out: it stands between two answers joined."
                )
            if one.casefold() in UNSTATED | {NOT_STATED, SKIP}:
                self.add_error(at, f"“{one}” means that nothing is stated. Leave it out: it is always there.")
        if len({one.casefold() for one in those}) < len(those):
            self.add_error(at, "One of these stands there twice.")

    def wanted(self) -> list[tuple[str, list[str]]]:
        """Give the questions with their answers."""
        return [
            (name, lines(self.cleaned_data[f"categories{number}"]))
            for number in range(MOST_QUESTIONS)
            if (name := self.cleaned_data[f"name{number}"])
        ]


def lines(text: str) -> list[str]:
    """Give the lines that say something."""
    return [line for one in text.splitlines() if (line := " ".join(one.split()))]


class CountForm(forms.Form):
    """What the rates are compared within."""

    inside = forms.ChoiceField(
        label="Compare within",
        error_messages={"required": "Choose one of these.", "invalid_choice": "Choose one of these."},
        choices=[
            ("unit", "the large units of the organization"),
            ("level", "the levels people had when the round opened"),
            (ALONE, "nothing: all together alone"),
        ],
        initial="unit",
        widget=forms.RadioSelect,
        help_text="Smaller parts say more of where a difference arises, and leave fewer counts that can be "
        "shown. What is chosen once is best kept: rounds counted otherwise cannot be joined.",
    )

    @property
    def chosen(self) -> str:
        """Give what is compared within, or nothing."""
        said: str = self.cleaned_data["inside"]
        return "" if said == ALONE else said


class PublishForm(forms.Form):
    """Words that stand above the summary."""

    words = Uncut(
        label="What you say to it",
        required=False,
        max_length=2000,
        validators=[plain_lines],
        help_text="What the organization takes from it. Everybody who is signed in reads it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
