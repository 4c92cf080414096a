"""What people operations type and send, as clean values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import get_adapter
from django import forms
from django.urls import reverse_lazy

from fairlead.core.roster_rows import LONGEST, is_plain
from fairlead.core.work import Track, label
from fairlead.sources.roster_columns import CHOICES
from fairlead.sources.sandbox import TABLE_BYTES
from fairlead.web.people.account_forms import PASSWORD
from fairlead.web.roster import queries
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fairlead.web.people.models import User

COLUMN_WORDS: Final = {
    "id": "Id",
    "name": "Name",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail address",
    "manager_id": "Manager (id, address or name)",
    "manager_email": "Manager’s e-mail address",
    "manager_name": "Manager’s name",
    "unit": "Unit",
    "title": "Title",
    "level": "Level",
    "track": "Track",
    "hired": "First day",
    "left": "Last day",
    "left_reason": "Reason for leaving",
    "leave_from": "Long leave: first day",
    "leave_until": "Long leave: last day",
}
"""What a column can be, in the words of the mapping screen."""

_IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)\s*$")
TRACKS: Final = [("", "Not said"), *((track.value, label(track)) for track in Track)]


def day_field(text: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """Give a field with the browser's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=text, required=required, help_text=help_text, widget=widget)


class PlainText(Uncut):
    """Text without control or direction characters."""

    def to_python(self, value: Any) -> Any:
        """Refuse what cannot be seen."""
        text = super().to_python(value)
        if isinstance(text, str) and not is_plain(text):
            raise forms.ValidationError("There is an invisible character in this text. Please type it again.")
        return text


class ManagerField(PlainText):
    """A manager by id, address or name, as one types them; gives the id."""

    def __init__(self, **more: Any) -> None:
        attrs = {
            "list": "people-found",
            "autocomplete": "off",
            "hx-get": reverse_lazy("roster:suggest"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#people-found",
            "hx-sync": "this:replace",
        }
        super().__init__(
            label="Manager",
            required=False,
            max_length=200,
            help_text="Name, id or e-mail address; empty for whoever heads the organization.",
            widget=forms.TextInput(attrs=attrs),
            **more,
        )

    def clean(self, value: Any) -> Any:
        """Give the id of the one person who is meant."""
        text: str = super().clean(value)
        if not text:
            return ""
        inside = _IN_BRACKETS.search(text)
        found = queries.called(inside[1] if inside else text)
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(f"{len(found)} people are called so. Give the id.")
        raise forms.ValidationError(f"Nobody in the roster is “{text[:80]}”. Give the id or the full name.")


class ImportForm(forms.Form):
    """A people list, as a file or pasted."""

    file = forms.FileField(
        label="A file",
        required=False,
        help_text="CSV or Excel (.xlsx), up to 5 MiB. Only id and name are needed.",
        error_messages={"empty": "This file is empty."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.gz,.xlsx,text/csv"}),
    )
    pasted = forms.CharField(
        label="Or a table, copied from a sheet and pasted here",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    complete = forms.BooleanField(
        label="This list is complete",
        required=False,
        help_text="Whoever works here and is not in it is marked as left today. You see who, before anything "
        "happens.",
    )

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        said = super().clean() or {}
        file, pasted = said.get("file"), (said.get("pasted") or "").strip()
        if file and pasted:
            raise forms.ValidationError("There is a file and a pasted table. Send one of them.")
        if not file and not pasted and not self.errors:
            raise forms.ValidationError("Choose a file, or paste a table with its header line.")
        if file and (file.size or 0) > TABLE_BYTES:
            self.add_error("file", f"The file is {file.size / 2**20:,.1f} MiB long. At most 5 MiB are read.")
        return said


class ColumnsForm(forms.Form):
    """Which of their columns is which of ours."""

    def __init__(self, plan: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: list[str] = [name for name, _ in plan["mapping"]]
        self.samples: dict[str, list[str]] = dict(plan["samples"])
        choices = [("", "Do not read"), *((name, COLUMN_WORDS[name]) for name in CHOICES)]
        for place, (name, field) in enumerate(plan["mapping"]):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=name, choices=choices, required=False, initial=field
            )

    def rows(self) -> list[dict[str, Any]]:
        """Give each column with its first values and its choice."""
        return [
            {"name": name, "samples": self.samples.get(name, []), "field": self[f"column_{place}"]}
            for place, name in enumerate(self.names)
        ]

    def mapping(self) -> dict[str, str]:
        """Give what was chosen, by their names."""
        return {name: self.cleaned_data[f"column_{place}"] for place, name in enumerate(self.names)}

    def clean(self) -> dict[str, Any]:
        """Let each of ours be chosen once, and id and name be among them."""
        said = super().clean() or {}
        chosen = [value for value in said.values() if value]
        for value in dict.fromkeys(chosen):
            if chosen.count(value) > 1:
                raise forms.ValidationError(f"Two columns are both “{COLUMN_WORDS[value]}”. Choose one.")
        if "id" not in chosen:
            raise forms.ValidationError("Say which column is the id: it is how somebody is known again.")
        if "name" not in chosen and not {"first_name", "last_name"} <= set(chosen):
            raise forms.ValidationError("Say which column is the name, or which are first and last name.")
        return said


class PersonForm(forms.Form):
    """Everything the roster says about one person now."""

    id = PlainText(
        label="Id", max_length=LONGEST["id"], help_text="A staff number or another id that stays theirs."
    )
    name = PlainText(label="Name", max_length=LONGEST["name"])
    email = PlainText(
        label="E-mail address",
        required=False,
        max_length=LONGEST["email"],
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    manager_id = ManagerField()
    unit = PlainText(
        label="Unit",
        required=False,
        max_length=LONGEST["unit"],
        help_text="A new name makes a new unit.",
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    title = PlainText(label="Title", required=False, max_length=LONGEST["title"])
    level = PlainText(label="Level", required=False, max_length=LONGEST["level"])
    track = forms.ChoiceField(label="Track", choices=TRACKS, required=False)
    hired = day_field("First day")

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["id"]


class LeftForm(forms.Form):
    """Somebody's last day."""

    left = day_field(
        "Last day", required=True, help_text="Today or before, or a day that is agreed on already."
    )
    left_reason = PlainText(label="Reason", required=False, max_length=LONGEST["left_reason"])


class LeaveForm(forms.Form):
    """A long leave: its days, never why."""

    since = day_field("First day away", required=True)
    last = day_field("Last day away", help_text="Empty while it is not known.")

    def clean(self) -> dict[str, Any]:
        """Let it end after it begins."""
        said = super().clean() or {}
        since, last = said.get("since"), said.get("last")
        if since and last and last < since:
            self.add_error("last", "The leave ends before it begins.")
        return said


class PositionForm(forms.Form):
    """A stretch of time, to be corrected."""

    since = day_field("From", required=True)
    last = day_field("To", help_text="The last day; empty while it goes on.")
    manager_id = ManagerField()
    unit = forms.ChoiceField(label="Unit", required=False)
    title = PlainText(label="Title", required=False, max_length=LONGEST["title"])
    level = PlainText(label="Level", required=False, max_length=LONGEST["level"])
    track = forms.ChoiceField(label="Track", choices=TRACKS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = queries.unit_choices(closed=True)  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    """A unit: its name, where it belongs, when it ceased to be."""

    name = PlainText(label="Name", max_length=LONGEST["unit"])
    parent = forms.ChoiceField(label="Part of", required=False)
    closed_on = day_field("Closed on", help_text="Empty while it exists.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = queries.unit_choices()  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Which unit another one becomes part of, for ever or from today."""

    into = forms.ChoiceField(label="Everybody moves to")
    always = forms.BooleanField(
        label="It was one unit all along",
        required=False,
        help_text="For two spellings of one name: the past is corrected too, and this unit disappears.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = queries.unit_choices()  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """The day on which the organization is looked at."""

    on = day_field("On this date")

    def day(self, today: date) -> date:
        """Give the day that was asked for, else today."""
        found: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return found or today


class AcceptForm(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label="Password",
        strip=False,
        help_text=PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    zone = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-browser-zone": ""})
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Ask the same of it as of every password here."""
        password: str = get_adapter().clean_password(self.cleaned_data["password"], user=self.user)
        return password
