"""What people type about themselves."""

from __future__ import annotations

import unicodedata
import zoneinfo
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from datetime import date

JOINERS: Final = frozenset("\u200c\u200d")
"""Zero-width joiners, which names in several scripts need."""


@cache
def zones() -> tuple[str, ...]:
    """Time zones people live in, by region; the technical ones are left out."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    names = sorted(name for name in zoneinfo.available_timezones() if name.startswith(regions))
    return ("UTC", *names)


def plain_text(text: str) -> None:
    """Refuse control and direction characters: they make a name look like another one."""
    if any(unicodedata.category(letter) in {"Cc", "Cf"} and letter not in JOINERS for letter in text):
        raise forms.ValidationError(
            _("This holds an invisible control or direction character. Type it anew.")
        )


FAR: Final = timedelta(days=20 * 365 + 5)
"""Twenty years: a day further away is a slip of the finger, and no calendar counts on from the year 9999."""


def near_day(day: date) -> None:
    """Refuse a day that nobody who plans or remembers means."""
    if abs(day - timezone.localdate()) > FAR:
        raise forms.ValidationError(_("Choose a day within twenty years of today."))


class SignupForm(forms.Form):
    """What signing up asks beside address and password."""

    name = Uncut(
        label="Your name",
        max_length=120,
        validators=[plain_text],
        required=False,
        help_text="Only for greeting you. You can leave it empty.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    zone = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput(attrs={"data-browser-zone": ""})
    )

    field_order = ["name", "email", "password1"]

    def clean_zone(self) -> str:
        """Take the browser's time zone where it is one that people live in; it is only a beginning."""
        zone: str = self.cleaned_data["zone"].strip()
        return zone if zone in zones() else ""

    def signup(self, request: Any, user: Any) -> None:
        """Have nothing to add: the account adapter makes the person."""


class SettingsForm(forms.Form):
    """Name, time zone and working hours."""

    name = Uncut(
        label="Your name",
        max_length=120,
        validators=[plain_text],
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    zone = forms.CharField(
        label="Time zone",
        help_text="Decides what counts as evening and weekend. Type a city near you.",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    work_from = forms.TimeField(
        label="Work starts", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    work_to = forms.TimeField(
        label="Work ends", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, keeps_name: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if keeps_name:  # nobody goes by a colleague's name
            self.fields["name"].disabled = True
            self.fields["name"].help_text = "As the organization has it; people operations can correct it."

    def clean_zone(self) -> str:
        """Accept a zone of the list."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone not in zones():
            raise forms.ValidationError(
                "This is no time zone that is known here. One looks like Europe/Berlin."
            )
        return zone

    def clean(self) -> dict[str, Any]:
        """Refuse a working day that ends before it starts."""
        said = super().clean() or self.cleaned_data
        start, end = said.get("work_from"), said.get("work_to")
        if start and end and start >= end:
            self.add_error("work_to", "The working day ends before it starts. Give a later time.")
        return said


class LeaveForm(forms.Form):
    """Typed confirmation before everything is removed."""

    typed = forms.CharField(
        label="Your e-mail address",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_typed(self) -> str:
        """Accept only the address of this account."""
        typed: str = self.cleaned_data["typed"].strip()
        if typed.lower() != self.email.lower():
            raise forms.ValidationError(f"This is not {self.email}. Nothing was removed.")
        return typed
