"""Fields that the forms of mentors, coaches, plans, leaders and philosophies have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.web.growth.topics import GROUPS
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


ONE: Final = ("", gettext_lazy("Choose one"))


def chosen(
    label: str, words: Mapping[str, str], required: str = "Choose a skill first."
) -> forms.ChoiceField:
    """Ask for one of several where nothing is preset: what nobody chose is nobody's choice."""
    return forms.ChoiceField(
        label=label, choices=[ONE, *words.items()], error_messages={"required": required}
    )


def topic(label: Any, required: Any) -> forms.ChoiceField:
    """Ask for one topic of mentors, by groups, with nothing preset."""
    return forms.ChoiceField(label=label, choices=grouped(), error_messages={"required": required})


def grouped(offered: Collection[str] | None = None) -> list[Any]:
    """Give the topics of mentors by their groups, those that are offered, with nothing preset."""
    groups = {
        name: [
            (word, gettext_lazy(says)) for word, says in words.items() if offered is None or word in offered
        ]
        for name, words in GROUPS.items()
    }
    return [ONE, *((gettext_lazy(name), words) for name, words in groups.items() if words)]


class OwnWords(Uncut):
    """Text without control or direction characters; lines are kept."""

    def to_python(self, value: Any) -> Any:
        """Refuse what cannot be seen, and write every line end alike."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        if _HIDDEN.search(text):
            raise forms.ValidationError(
                _("There is an invisible character in this text. Please type it again.")
            )
        return text.replace("\r\n", "\n").replace("\r", "\n")


def lines(rows: int) -> forms.Textarea:
    """Give room for some lines."""
    return forms.Textarea(attrs={"rows": rows})


def day_input() -> forms.DateInput:
    """Give the browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
