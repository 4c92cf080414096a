"""Fields that several screens of this room share: plain words, lines, days, choices in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from fairlead.web.direction.letters import Letters
from fairlead.web.people.forms import near_day, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LINES = 20
"""Lines of one list: what is longer is no list that anybody weighs."""


def plain_lines(text: str) -> None:
    """Refuse invisible characters in each line; the ends of lines themselves are wanted."""
    for line in text.splitlines():
        plain_text(line)


def words(text: str, most: int, *, required: bool = False, rows: int = 0, **more: Any) -> forms.CharField:
    """Give a field for own words that says how many letters it takes; with ``rows`` an area of lines."""
    attrs = {"autocomplete": "off"}
    widget = forms.Textarea(attrs=attrs | {"rows": str(rows)}) if rows else forms.TextInput(attrs=attrs)
    return Letters(
        label=text,
        max_length=most,
        required=required,
        widget=widget,
        validators=[plain_lines if rows else plain_text],
        **more,
    )


def day(text: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """Give a field for one day."""
    return forms.DateField(
        label=text,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[near_day],
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-03-31."},
    )


def pick(
    text: str,
    choices: Iterable[tuple[Any, str]],
    *,
    required: bool = False,
    open_: str = "",
    number: bool = False,
    **more: Any,
) -> forms.TypedChoiceField:
    """Give a field with one answer out of several, all in sight; ``open_`` names leaving it open."""
    shown = [(str(value), label) for value, label in choices]
    if open_:
        shown.append(("", open_))
    return forms.TypedChoiceField(
        label=text,
        choices=shown,
        coerce=int if number else str,
        empty_value=None if number else "",
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of these."},
        **more,
    )


class Lines(forms.CharField):
    """One thing on each line; empty lines and repetitions are left out."""

    def __init__(self, text: str, *, most: int, rows: int = 4, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": str(rows), "autocomplete": "off"})
        super().__init__(label=text, widget=widget, required=False, validators=[plain_lines], **more)
        self.longest = most

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> Any:
        """Give the lines as a list."""
        text = super().clean(value)
        found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        if len(found) > MOST_LINES:
            raise forms.ValidationError(f"{len(found)} lines are too many. At most {MOST_LINES} are kept.")
        # The line by its number: this sentence can wait in the session, where no own words stand.
        long = next((at for at, line in enumerate(found, 1) if len(line) > self.longest), 0)
        if long:
            raise forms.ValidationError(
                f"Line {long} has {len(found[long - 1])} letters. At most {self.longest} fit on one line."
            )
        return found


def complaints(form: forms.Form) -> str:
    """Give what is wrong with a form in one line, for a page that shows no form."""
    return " ".join(str(said) for one in form.errors.values() for said in one)
