"""Fields that several screens of this room share: plain words, lines, days, choices in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def words(text: Any, most: int, *, required: bool = False, rows: int = 0, **more: Any) -> forms.CharField:
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


def day(text: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Give a field for one day."""
    return forms.DateField(
        label=text,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[near_day],
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write a day such as 2026-03-31."),
        },
    )


def pick(
    text: Any,
    choices: Iterable[tuple[Any, Any]],
    *,
    required: bool = False,
    open_: Any = "",
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
        error_messages={"required": gettext_lazy("Choose one of these.")},
        **more,
    )


class Lines(forms.CharField):
    """One thing on each line; empty lines and repetitions are left out."""

    def __init__(self, text: Any, *, most: int, rows: int = 4, **more: Any) -> None:
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
            wrong = _("%(count)s lines are too many. At most %(most)s are kept.")
            raise forms.ValidationError(wrong % {"count": len(found), "most": MOST_LINES})
        # The line by its number: this sentence can wait in the session, where no own words stand.
        long = next((at for at, line in enumerate(found, 1) if len(line) > self.longest), 0)
        if long:
            wrong = _("Line %(line)s has %(count)s letters. At most %(most)s fit on one line.")
            said = {"line": long, "count": len(found[long - 1]), "most": self.longest}
            raise forms.ValidationError(wrong % said)
        return found


def complaints(form: forms.Form) -> str:
    """Give what is wrong with a form in one line, for a page that shows no form."""
    return " ".join(str(said) for one in form.errors.values() for said in one)
