"""What a person types and sends, as clean values."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from fairlead.core.work import HighPayoff, Kind, label
from fairlead.library import role_library
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from fairlead.core.roles import RoleMatch

MAX_FILES: Final = 20
PEOPLE_BYTES: Final = 5 * 1024 * 1024
SORT_CHOICES: Final = [
    (k.value, label(k)) for k in (Kind.LEADING, Kind.MANAGING, Kind.DOING, Kind.FIREFIGHTING, Kind.RECOVERY)
]
FORGET, KEEP = "forget", "keep"
ROLE_CODE: Final = r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$"
_BETWEEN: Final = re.compile(r"[\s,;]+")
_HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@cache
def zone_names() -> tuple[str, ...]:
    """Give the time zones people live in, for the browser to complete."""
    return tuple(
        sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    )


def day_input() -> forms.DateInput:
    """Give the browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PlainText(Uncut):
    """Text without control or direction characters, so that it can stand on a page and in a file."""

    def to_python(self, value: Any) -> Any:
        """Refuse what cannot be seen."""
        text = super().to_python(value)
        if isinstance(text, str) and _HIDDEN.search(text):
            raise forms.ValidationError(
                gettext_lazy("There is an invisible character in this text. Please type it again.")
            )
        return text


class SeveralFiles(forms.ClearableFileInput):
    """A file chooser that takes more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; each must hold something."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check every file alone and all of them together."""
        files: list[UploadedFile[Any]] = data if isinstance(data, list) else [data] if data else []
        if not files and not self.required:
            return []
        clean = [super(FilesField, self).clean(file, initial) for file in files] or [
            super().clean(None, initial)
        ]
        if len(clean) > MAX_FILES:
            raise forms.ValidationError(
                f"{len(clean)} files are too many. At most {MAX_FILES} are read at once."
            )
        size = sum(file.size or 0 for file in clean)
        if size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // 2**20
            raise forms.ValidationError(
                f"The files hold more than {most} MiB together. At most {most} MiB are read; "
                "export a shorter period."
            )
        return clean


class MailsField(forms.CharField):
    """Mail addresses between commas, spaces or lines."""

    def clean(self, value: Any) -> Any:
        """Give a list of addresses, each once, in lower case."""
        found: dict[str, None] = {}
        for word in _BETWEEN.split(super().clean(value) or ""):
            if not word:
                continue
            try:
                validate_email(word)
            except forms.ValidationError:
                message = f"“{word[:80]}” is not a mail address. One looks like name@example.org."
                raise forms.ValidationError(message) from None
            found[word.lower()] = None
        return list(found)


class CalendarForm(forms.Form):
    """Calendar files and what is needed to read them."""

    calendars = FilesField(
        label="Calendar files",
        widget=SeveralFiles(attrs={"accept": ".ics,.zip,.csv,text/calendar"}),
        error_messages={
            "required": "Choose at least one file: .ics, .zip or a Viva Insights .csv.",
            "empty": "This file is empty. Export the calendar again.",
        },
    )
    addresses = MailsField(
        label="My mail addresses in this calendar",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    reports = MailsField(
        label="Addresses of my reports", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    people = forms.FileField(label="Or a people list (CSV)", required=False)
    role = PlainText(
        label="My role",
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "hx-get": reverse_lazy("audits:suggest"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#suggestions",
                "hx-sync": "this:replace",
            }
        ),
    )
    role_code = forms.RegexField(ROLE_CODE, required=False, widget=forms.HiddenInput)
    zone = forms.CharField(
        label="My time zone", initial="UTC", widget=forms.TextInput(attrs={"list": "zones"})
    )
    day_starts = forms.TimeField(
        label="My working day starts",
        initial="09:00",
        widget=_clock(),
    )
    day_ends = forms.TimeField(label="and ends", initial="17:30", widget=_clock())
    first = forms.DateField(label="From", required=False, widget=day_input())
    last = forms.DateField(label="To", required=False, widget=day_input())
    titles = forms.ChoiceField(
        label="Titles",
        choices=[
            (FORGET, "Forget titles at once"),
            (
                KEEP,
                "Keep the titles of unclear events until I have sorted them, at most 7 days; only I see them",
            ),
        ],
        initial=FORGET,
        widget=forms.RadioSelect,
    )
    remember = forms.BooleanField(label="Remember these addresses for my next calendar", required=False)

    def clean_zone(self) -> str:
        """Accept the names of the time zone database and no path."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone not in available_timezones():
            raise forms.ValidationError(f"“{zone[:60]}” is no time zone. One looks like Europe/Berlin.")
        return zone

    def clean_people(self) -> UploadedFile[Any] | None:
        """Refuse a list that would not be read."""
        people: UploadedFile[Any] | None = self.cleaned_data.get("people")
        if people is not None and (people.size or 0) > PEOPLE_BYTES:
            raise forms.ValidationError(
                "The people list is larger than 5 MiB. The columns id, name, email and manager_id are enough."
            )
        return people

    def clean(self) -> dict[str, Any]:
        """Check that days and hours run forwards."""
        values = super().clean() or {}
        starts, ends = values.get("day_starts"), values.get("day_ends")
        if starts and ends and starts >= ends:
            self.add_error(
                "day_ends", "The working day ends before it starts. A day looks like 09:00 to 17:30."
            )
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", "The period ends before it starts.")
        return values

    @property
    def matches(self) -> tuple[RoleMatch, ...]:
        """Roles to choose from, where the wording did not say which one."""
        return getattr(self, "_matches", ())

    def resolve_role(self) -> tuple[str, str] | None:
        """Give code and title of the role: empty when none was named, ``None`` when it is not clear which."""
        library = role_library.load()
        code, wording = self.cleaned_data["role_code"], self.cleaned_data["role"].strip()
        if code in library.profiles:
            return code, library.profiles[code].title
        if not wording:
            return "", ""
        found = library.find(wording)
        if found and found[0].title.casefold() == wording.casefold():
            return found[0].code, found[0].title
        self._matches = found
        none = "No role is near enough to this. Try other words, or leave it empty."
        self.add_error("role", "Choose one of the roles below." if found else none)
        return None

    def sent_files(self) -> list[tuple[str, bytes]]:
        """Give the calendar files by name."""
        return [(file.name, file.read()) for file in self.cleaned_data["calendars"]]

    def typed(self) -> dict[str, Any]:
        """Give what is needed to read the files, as plain values."""
        values = self.cleaned_data
        people = values.get("people")
        return {
            "addresses": values["addresses"],
            "reports": values["reports"],
            "people_name": people.name if people else "",
            "people": people.read().decode("latin-1") if people else "",
            "zone": values["zone"],
            "day_starts": f"{values['day_starts']:%H:%M}",
            "day_ends": f"{values['day_ends']:%H:%M}",
            "first": values["first"].isoformat() if values["first"] else "",
            "last": values["last"].isoformat() if values["last"] else "",
            "titles": values["titles"],
        }


class SortForm(forms.Form):
    """What a person says a series is; or that they skip it, or take the last answer back."""

    series = forms.IntegerField(min_value=0, required=False)
    kind = forms.ChoiceField(choices=SORT_CHOICES, required=False)
    go = forms.ChoiceField(choices=[("skip", "skip"), ("undo", "undo")], required=False)
    skipped = forms.RegexField(r"^[0-9,]{0,4000}$", required=False)

    def next_skipped(self) -> tuple[int, ...]:
        """Give what has been skipped so far, this one included."""
        before = [int(series) for series in self.cleaned_data["skipped"].split(",") if series]
        now = self.cleaned_data["series"]
        if self.cleaned_data["go"] == "skip" and now is not None:
            before.append(now)
        return tuple(dict.fromkeys(before)) if self.cleaned_data["go"] != "undo" else ()


class SearchForm(forms.Form):
    """A wording of a role."""

    q = PlainText(required=False, max_length=200, strip=True)


class RoleForm(forms.Form):
    """A role by its code in the library, or an own profile by its number."""

    code = forms.RegexField(ROLE_CODE, required=False)
    profile = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Take exactly one of the two."""
        values = super().clean() or {}
        if bool(values.get("code")) == bool(values.get("profile")):
            raise forms.ValidationError("Choose one role.")
        return values


class DescriptionForm(forms.Form):
    """The text of a job description."""

    text = PlainText(
        label="Job description",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Paste the text of a job description first."},
    )
    title = PlainText(label="Name of the role", required=False, max_length=200)


class OwnProfileForm(forms.Form):
    """A role profile written by hand: pasted or as a file."""

    text = Uncut(
        label="Role profile (YAML)",
        required=False,
        max_length=256 * 1024,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )
    file = forms.FileField(label="Or a file", required=False)

    def clean(self) -> dict[str, Any]:
        """Give bytes and a name, whichever way they came."""
        values = super().clean() or {}
        file, text = values.get("file"), values.get("text")
        if file is not None and file.size > 256 * 1024:
            raise forms.ValidationError(
                "The file is larger than 256 KiB. A role profile is one page of text."
            )
        if file is None and not text:
            raise forms.ValidationError("Write or choose a role profile first.")
        values["name"] = file.name if file is not None else "role.yaml"
        values["data"] = file.read() if file is not None else (text or "").encode()
        return values


class HighPayoffForm(forms.Form):
    """One entry of the high-payoff register."""

    area = forms.ChoiceField(
        label="Area", choices=[*((a.value, label(a)) for a in HighPayoff), ("own", "My own")]
    )
    name = PlainText(label="What I do", max_length=120)
    saves = PlainText(label="The trouble it saves later", required=False, max_length=300)
    people = PlainText(label="Who works on it", required=False, max_length=200)
    words = PlainText(label="Words in titles that mark it", required=False, max_length=200)


class ProcedureForm(forms.Form):
    """One entry of the procedure register."""

    name = PlainText(label="Procedure", max_length=120)
    brings = PlainText(label="What it brings order to", required=False, max_length=300)
    kept_at = PlainText(label="Where it is written down", required=False, max_length=300)
    checked_on = forms.DateField(
        label="Last checked",
        required=False,
        widget=day_input(),
    )


class ResolutionForm(forms.Form):
    """A decision with its date."""

    text = PlainText(label="What I decide", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    decided_on = forms.DateField(label="On", widget=day_input())


class TickForm(forms.Form):
    """One week in which it was done, or not after all."""

    monday = forms.DateField()
    note = PlainText(required=False, max_length=300)


class SureForm(forms.Form):
    """A word typed before everything is deleted."""

    sure = forms.CharField(label="Type delete to go on")

    def clean_sure(self) -> str:
        """Accept the word and nothing else."""
        word: str = self.cleaned_data["sure"].strip().lower()
        if word != "delete":
            raise forms.ValidationError("Type the word delete. Nothing has been deleted.")
        return word
