"""Fields that the forms of My journey have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone

from fairlead.web.people.forms import near_day
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from datetime import date

_HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MOST_LINKS: Final = 5
LONGEST_LINK: Final = 500


class OwnWords(Uncut):
    """Text without control or direction characters; lines are kept."""

    def to_python(self, value: Any) -> Any:
        """Refuse what cannot be seen, and write every line end alike."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        if _HIDDEN.search(text):
            raise forms.ValidationError("There is an invisible character in this text. Please type it again.")
        return text.replace("\r\n", "\n").replace("\r", "\n")


class Links(OwnWords):
    """Some addresses of pages, one a line."""

    def clean(self, value: Any) -> Any:
        """Give each address once; only what a browser opens as a page."""
        text = super().clean(value) or ""
        found = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
        if len(found) > MOST_LINKS:
            raise forms.ValidationError(f"{len(found)} links are many. Keep the {MOST_LINKS} that show most.")
        for one in found:
            if len(one) > LONGEST_LINK or " " in one or not _is_page(one):
                raise forms.ValidationError(
                    f"“{one[:80]}” is no address of a page. It should begin with https:// and have at most "
                    f"{LONGEST_LINK} letters."
                )
        return found

    def prepare_value(self, value: Any) -> Any:
        """Write a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def lines(rows: int) -> forms.Textarea:
    """Give room for some lines."""
    return forms.Textarea(attrs={"rows": rows})


def words(label: str, most: int, *, rows: int = 3, required: bool = False, **more: Any) -> OwnWords:
    """Ask for some lines of one's own."""
    return OwnWords(label=label, max_length=most, required=required, widget=lines(rows), **more)


def line(label: str, most: int, *, required: bool = False, **more: Any) -> OwnWords:
    """Ask for one line."""
    plain = forms.TextInput(attrs={"autocomplete": "off"})
    return OwnWords(label=label, max_length=most, required=required, widget=plain, **more)


def past_day(day: date) -> None:
    """Refuse a day that is still to come."""
    near_day(day)
    if day > timezone.localdate():
        raise forms.ValidationError("This day is still to come. Write it down when it has happened.")


def day_field(label: str, *, required: bool = True, past: bool = True, **more: Any) -> forms.DateField:
    """Ask for a day."""
    shown = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    asked = {"required": "Choose a day.", "invalid": "Write a date such as 2026-03-31."}
    return forms.DateField(
        label=label,
        required=required,
        widget=shown,
        validators=[past_day if past else near_day],
        error_messages=asked,
        **more,
    )
