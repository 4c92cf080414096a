"""Forms of the handbook: tips, ideas, answers, notices, moderation, stated values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms

from fairlead.core.direction_answers import Value
from fairlead.web.handbook import looking, queries, stated
from fairlead.web.handbook.models import (
    ANSWER_CHARACTERS,
    IDEA_CHARACTERS,
    REASON_CHARACTERS,
    TIP_CHARACTERS,
    IdeaAnswer,
)
from fairlead.web.handbook.stated import Entry
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairlead.web.handbook.looking import Piece
    from fairlead.web.handbook.stated import Stated
    from fairlead.web.roster.models import Unit

_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85]")

SHORTEST: Final = 10
TOO_SHORT: Final = "This has %(show_value)d characters. At least %(limit_value)d are needed to say something."


class OwnWords(forms.CharField):
    """A text: lines as everybody writes them, nothing that cannot be seen, and not too long."""

    def __init__(self, *, most: int, rows: int = 5, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        messages = {
            "required": "Write something here.",
            "min_length": TOO_SHORT,
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(widget=widget, error_messages=messages, **kwargs)
        self.most = most

    def to_python(self, value: Any) -> str:
        """Let all line breaks be one character, as browsers count them."""
        return str(super().to_python(_BREAKS.sub("\n", value) if isinstance(value, str) else value) or "")

    def validate(self, value: str) -> None:
        """Refuse what is too long, and characters that cannot be seen."""
        super().validate(value)
        if _UNSEEN.search(value):
            raise forms.ValidationError("There is an invisible character in this text. Please type it again.")
        if len(value) > self.most:
            raise forms.ValidationError(
                f"This has {len(value):,} characters; {self.most:,} fit. Please shorten it."
            )


class LookedOver(forms.Form):
    """A form whose texts are looked over once before they are sent; ``own_words`` names them."""

    own_words: tuple[str, ...] = ("text",)
    looked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    marked: list[Piece]

    def digest(self) -> str:
        """Give the fingerprint of what was written."""
        return looking.digest(*(self.cleaned_data[name] for name in self.own_words))

    def looks_over(self, *, named: bool) -> bool:
        """Say whether something in it could give somebody away, and it was not looked over like this yet."""
        if self.cleaned_data["looked"] == self.digest():
            return False
        text = "\n\n".join(self.cleaned_data[name] for name in self.own_words)
        self.pieces = looking.pieces(text, named=named)
        self.marked = [piece for piece in self.pieces if piece.why]
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["looked"] = self.digest()
        return bool(self.marked)


class TipForm(LookedOver):
    """A tip, and whether the name stands under it."""

    text = OwnWords(
        most=TIP_CHARACTERS,
        min_length=SHORTEST,
        label="Your tip",
        help_text="What would you tell a colleague about this? Something that you did and that helped.",
    )
    name = forms.ChoiceField(
        label="Your name",
        choices=[("shown", "My name stands under it"), ("not", "Without my name")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether your name stands under it."},
    )

    @property
    def name_shown(self) -> bool:
        """Say whether the author's name stands under it."""
        return bool(self.cleaned_data["name"] == "shown")


class WordingForm(LookedOver):
    """The same tip in other words."""

    text = OwnWords(most=TIP_CHARACTERS, min_length=SHORTEST, label="Your tip")


class ModerationForm(forms.Form):
    """What people operations answer: as it is, in another wording, or not at all and why."""

    act = forms.ChoiceField(choices=[(one, one) for one in ("publish", "suggest", "decline")])
    read = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    wording = OwnWords(
        most=TIP_CHARACTERS,
        required=False,
        label="Another wording",
        help_text="Only its author can say yes to it.",
    )
    reason = OwnWords(
        most=REASON_CHARACTERS,
        rows=3,
        required=False,
        label="What you say to its author",
        help_text="Its author reads this.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the answer needs."""
        values = super().clean() or {}
        if values.get("act") == "suggest" and not values.get("wording"):
            self.add_error("wording", "Write the other wording.")
        if values.get("act") == "decline" and not values.get("reason"):
            self.add_error("reason", "Say why: its author reads it.")
        return values

    def shows(self, text: str) -> None:
        """Let the form hold the fingerprint of the text that stands above it, and of no other."""
        self.initial["read"] = looking.digest(text)
        if self.is_bound:
            sent: Any = self.data
            self.data = sent = sent.copy()
            sent["read"] = looking.digest(text)


class NoticeForm(forms.Form):
    """Why somebody should look at it."""

    text = OwnWords(
        most=REASON_CHARACTERS,
        rows=3,
        min_length=SHORTEST,
        label="What is wrong with it?",
        help_text="People operations read this. Your name is not shown to them.",
    )


class SettleForm(forms.Form):
    """What people operations do about a notice."""

    act = forms.ChoiceField(choices=[(one, one) for one in ("leave", "take_away")])
    reason = OwnWords(
        most=REASON_CHARACTERS,
        rows=3,
        required=False,
        label="Why it is taken away",
        help_text="Its author reads this.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is taken away."""
        values = super().clean() or {}
        if values.get("act") == "take_away" and not values.get("reason"):
            self.add_error("reason", "Say why: its author reads it.")
        return values


class IdeaForm(LookedOver):
    """An idea: what it is, what it did, whom it is meant for."""

    own_words = ("title", "text", "effect")

    title = OwnWords(most=100, rows=1, label="What do you call it?")
    text = OwnWords(
        most=IDEA_CHARACTERS,
        min_length=SHORTEST,
        label="What is it?",
        help_text="So that somebody from another unit could do it.",
    )
    effect = OwnWords(
        most=IDEA_CHARACTERS,
        rows=4,
        label="What did it do?",
        help_text="What was different afterwards, and how you noticed. “We do not know yet” is an answer.",
    )
    for_units = forms.MultipleChoiceField(
        label="Who may try it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whom you mean it for finds it under Today. Tick nothing to offer it to all. Everybody in "
        "the organization chart can read it in any case.",
        error_messages={"invalid_choice": "This unit is not here any more. Choose again."},
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        field: Any = self.fields["for_units"]
        field.choices = [(pk, unit.name) for pk, unit in self.units.items()]
        if not self.units:
            del self.fields["for_units"]

    def chosen(self) -> list[Unit]:
        """Give the units that were ticked."""
        return [self.units[pk] for pk in self.cleaned_data.get("for_units", ())]


class IdeaChangeForm(IdeaForm):
    """The same, and whether it is still offered."""

    is_open = forms.BooleanField(
        label="It is still offered",
        required=False,
        help_text="Without the tick it stays here to read, and nobody can answer it any more.",
    )


class AnswerForm(LookedOver):
    """What somebody says to an idea."""

    tried = forms.ChoiceField(
        label="Have you tried it?", choices=IdeaAnswer.Tried.choices, required=False, widget=forms.RadioSelect
    )
    text = OwnWords(
        most=ANSWER_CHARACTERS,
        rows=4,
        label="What do you want to say?",
        help_text="A question, or what came of it where you are: what helped, what was in the way.",
    )


class SearchForm(forms.Form):
    """Words to look for."""

    q = Uncut(
        required=False,
        max_length=100,
        label="Search the handbook",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class StatedValueForm(forms.Form):
    """One stated value: its name, what the organization says of it, the work values it comes to."""

    name = OwnWords(most=80, rows=1, required=False, label="Value, in the organization's words")
    says = OwnWords(most=300, rows=2, required=False, label="What it says about it")
    values = forms.MultipleChoiceField(
        label="Which work values does it come to?",
        required=False,
        choices=[(value.value, stated.PLAIN[value]) for value in Value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the six."},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a name where something else is filled in, and for a work value where there is a name."""
        found = super().clean() or {}
        if (found.get("says") or found.get("values")) and not found.get("name"):
            self.add_error("name", "Give it a name, or empty the line.")
        if found.get("name") and not found.get("values"):
            self.add_error("values", "Tick at least one: else nobody can set their own values beside it.")
        return found


class SourceForm(forms.Form):
    """Where the organization says so."""

    source = OwnWords(
        most=200,
        rows=1,
        required=False,
        label="Where does the organization say so?",
        help_text="A page, a leaflet, a speech: so that everybody can read it there.",
    )


Values = forms.formset_factory(StatedValueForm, extra=2, max_num=stated.MOST, validate_max=True)


def initial(found: Stated | None) -> list[dict[str, Any]]:
    """Begin with what was written before."""
    return [
        {"name": one.name, "says": one.says, "values": [value.value for value in one.values]}
        for one in (found.entries if found else ())
    ]


def entries(lines: Any) -> Iterator[Entry]:
    """Give the lines that are filled in."""
    for form in lines:
        said = form.cleaned_data
        if said.get("name"):
            yield Entry(
                name=said["name"], says=said["says"], values=tuple(Value(one) for one in said["values"])
            )


def idea_form(data: Any = None, **more: Any) -> IdeaForm:
    """Make the form of a new idea, with the units there are."""
    return IdeaForm(data, units=queries.units(), **more)


def change_form(data: Any, idea: Any) -> IdeaChangeForm:
    """Make the form of an idea that is there."""
    said = {"title": idea.title, "text": idea.text, "effect": idea.effect, "for_units": idea.for_units}
    said["is_open"] = idea.state == idea.State.OPEN
    return IdeaChangeForm(data, units=queries.units(), initial=said)
