"""What is said of a framework as a whole: a signature, who signs, a file."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Final

from django import forms

from fairlead.core.framework import LIBRARIES, TRACKS, library_label
from fairlead.core.work import label
from fairlead.web.grants.queries import find
from fairlead.web.people.forms import plain_text
from fairlead.web.promotions import signing
from fairlead.web.promotions.criteria_uploads import MOST_BYTES, TRACK
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.criteria_uploads import Question
    from fairlead.web.promotions.models import FrameworkVersion

NOBODY: Final = (
    "Nobody is found by “{line}”, or more than one. Type the address at work, the id in the roster, or the "
    "whole name."
)


def plain_lines(text: str) -> None:
    """Refuse control and direction characters, line by line."""
    for line in text.splitlines():
        plain_text(line.replace("\t", " "))


class SignForm(forms.Form):
    """Signed, or not and why; the hash of what was read goes along."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("signed", "I sign it"), ("refused", "I do not sign it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    words = Uncut(
        label="If not: what would have to be different?",
        help_text="People operations and the leadership team read it.",
        required=False,
        max_length=1000,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, sent: Any, *, draft: FrameworkVersion) -> None:
        """Know what is shown."""
        super().__init__(sent, initial={"seen": draft.sha256})

    def clean(self) -> dict[str, Any]:
        """Want words for a no."""
        said = super().clean() or {}
        if said.get("answer") == "refused" and len((said.get("words") or "").strip()) < 10:
            self.add_error("words", "Say in a few words what would have to be different.")
        return said

    def look_again(self, draft: FrameworkVersion) -> None:
        """Show what stands now: the next answer is about that."""
        sent: Any = self.data
        kept = sent.copy()
        kept["seen"] = draft.sha256
        self.data = kept


class TeamForm(forms.Form):
    """Who signs, one in a line."""

    people = Uncut(
        label="Who signs",
        help_text="One in a line: address at work, id in the roster, or the whole name.",
        max_length=4000,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Name at least one person."},
    )

    def __init__(self, sent: Any = None) -> None:
        """Begin with who signs now."""
        named = [one.email or str(one) for one in signing.people()]
        super().__init__(sent, initial={"people": "\n".join(named)})

    def clean_people(self) -> list[Person]:
        """Turn lines into people."""
        lines = list(filter(None, (line.strip() for line in self.cleaned_data["people"].splitlines())))
        found = []
        for line in lines[: signing.MOST + 1]:
            one = find(line)
            if one is None:
                raise forms.ValidationError(NOBODY.format(line=line))
            found.append(one)
        return found


class UploadForm(forms.Form):
    """A file; what was sent before goes along with the answers to what was asked about it."""

    file = forms.FileField(
        label="A file",
        required=False,
        help_text="Fairlead’s own form (YAML), the Financial Times’s job families, Snowflake (JSON), or a "
        "table (CSV, XLSX) with track, level, criterion, library, seen. Up to 1 MiB.",
        error_messages={"empty": "This file is empty.", "required": "Choose a file."},
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.json,.csv,.tsv,.xlsx"}),
    )
    name = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    content = forms.CharField(max_length=2 * MOST_BYTES, required=False, widget=forms.HiddenInput)
    answered = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, sent: Any = None, files: Any = None, *, seen: str = "") -> None:
        """Know what the draft was, where one is to be replaced."""
        super().__init__(sent, files, initial={"seen": seen})
        self.fields["file"].required = not (sent and sent.get("content"))
        self.asked: list[tuple[Question, str]] = []

    def clean(self) -> dict[str, Any]:
        """Give the file as name and bytes, and what was answered."""
        said = super().clean() or {}
        sent = said.get("file")
        if "file" in self.errors:
            return said
        if sent is not None:
            if sent.size > MOST_BYTES:
                self.add_error("file", "A file of up to 1 MiB is read.")
                return said
            said["name"], said["bytes"], said["names"] = sent.name[:200], sent.read(), {}
            return said
        try:
            said["bytes"] = base64.b64decode(said.get("content", ""), validate=True)
            names = json.loads(said.get("answered") or "{}")
        except ValueError:
            said["bytes"], names = b"", {}
        if not said["bytes"] or len(said["bytes"]) > MOST_BYTES or not isinstance(names, dict):
            self.add_error("file", "Choose a file.")
            return said
        said["names"] = {str(theirs): str(ours) for theirs, ours in names.items()} | self._answers()
        return said

    def _answers(self) -> dict[str, str]:
        """Give what was just answered, under the names of the file."""
        found: dict[str, str] = {}
        sent: Any = self.data
        for number in range(MOST_ASKED):
            theirs = sent.get(f"theirs_{number}")
            chosen = [one for one in sent.getlist(f"ours_{number}") if one in _KNOWN]
            if theirs and chosen:
                found[theirs[:300]] = "+".join(chosen)
        return found

    def ask(self, questions: Sequence[Question]) -> None:
        """Ask what no rule decides; the file and what was answered stay in the form."""
        said = self.cleaned_data
        self.asked = [(one, said["names"].get(one.name, "")) for one in questions[:MOST_ASKED]]
        self.keep()

    def keep(self) -> None:
        """Keep the file in the form, so that it need not be chosen again."""
        said = self.cleaned_data
        sent: Any = self.data
        kept = sent.copy()
        kept["name"], kept["content"] = said["name"], base64.b64encode(said["bytes"]).decode()
        kept["answered"] = json.dumps(said["names"], ensure_ascii=False)
        self.data = kept

    def look_again(self, seen: str) -> None:
        """Let the next sending be about what stands now."""
        sent: Any = self.data
        kept = sent.copy()
        kept["seen"] = seen
        self.data = kept

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Give each question with what can be answered."""
        return [
            {
                "number": number,
                "question": one,
                "several": one.kind == TRACK,
                "choices": [
                    (key, words, key in was.split("+"))
                    for key, words in (_TRACK_CHOICES if one.kind == TRACK else _LIBRARY_CHOICES)
                ],
            }
            for number, (one, was) in enumerate(self.asked)
        ]


MOST_ASKED: Final = 100
_TRACK_CHOICES: Final = tuple((track, label(track)) for track in TRACKS)
_LIBRARY_CHOICES: Final = tuple((kind, library_label(kind)) for kind in LIBRARIES)
_KNOWN: Final = {key for key, _words in (*_TRACK_CHOICES, *_LIBRARY_CHOICES)}
