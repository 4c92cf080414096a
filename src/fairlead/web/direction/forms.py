"""Forms of My direction, built from the words of the library; every empty answer is one not given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django import forms
from django.utils.translation import gettext as _

from fairlead.core.direction_answers import NOBODY_ALONE, nobody_beside_somebody
from fairlead.core.work import Competency, label
from fairlead.library.direction import CHOICES, SCALES
from fairlead.web import asked_in
from fairlead.web.direction.carrying import EARLIER, is_earlier
from fairlead.web.direction.letters import Letters, fitting_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fairlead.library.direction import DirectionTexts, Question
    from fairlead.library.schema import Instrument, Section

_HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MOST_WORDS: Final = 2000
MOST_NAME: Final = 200
MOST_LINES: Final = 30
MOST_ENTRIES: Final = 12
MOST_LEVELS: Final = 20
MOST_BYTES: Final = 256 * 1024
BLANKS: Final = 2
"""Empty places under what stands there already."""


class PlainText(Letters):
    """Text without control or direction characters, so that it can stand on a page and in a file."""

    def to_python(self, value: Any) -> Any:
        """Refuse what cannot be seen."""
        text = super().to_python(value)
        if isinstance(text, str) and _HIDDEN.search(text):
            raise forms.ValidationError(
                _("There is an invisible character in this text. Please type it again.")
            )
        return text


class Words(str):
    """The label of a choice with its sentence."""

    __slots__ = ("says",)

    says: str

    def __new__(cls, text: str, says: str = "") -> Self:
        """Be the label, and carry the sentence."""
        made = super().__new__(cls, text)
        made.says = says
        return made


def field_for(
    question: Question, texts: DirectionTexts, *, short: bool = False, line: bool = False
) -> forms.Field:
    """Give the field that a question is answered with.

    ``short`` leaves the sentences of choices out, ``line`` asks for one line of text.
    """
    options: dict[str, Any] = {"label": question.text, "help_text": question.help, "required": False}
    if question.answers in CHOICES:
        choices: list[tuple[Any, Any]] = [
            (one.id, Words(one.label, "" if short else one.says)) for one in texts.choices[question.answers]
        ]
        if question.many:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
    if question.answers in SCALES:
        steps = [(str(one.value), Words(one.label)) for one in texts.scales[question.answers]]
        return forms.TypedChoiceField(
            choices=steps, coerce=int, empty_value=None, widget=forms.RadioSelect, **options
        )
    if line:
        return PlainText(max_length=MOST_NAME, language=texts.language, **options)
    return _typed(question.kind, options, texts.language)


def _typed(kind: str, options: dict[str, Any], language: str) -> forms.Field:
    if kind == "count":
        return forms.IntegerField(min_value=0, max_value=MOST_LEVELS, **options)
    if kind == "hours":
        widget = forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"})
        return forms.FloatField(min_value=0, max_value=80, widget=widget, **options)
    if kind == "competency":
        choices = [("", "none of them"), *((one.value, label(one)) for one in Competency)]
        return forms.ChoiceField(choices=choices, **options)
    if kind == "role":
        return PlainText(max_length=MOST_NAME, language=language, **options)
    rows = 5 if kind == "lines" else 3
    area = forms.Textarea(attrs={"rows": rows})
    return PlainText(max_length=MOST_WORDS, language=language, widget=area, **options)


def plain(question: Question, said: Any) -> Any:
    """Give a cleaned answer as a sitting holds it."""
    if question.many:
        return list(said or ())
    if question.kind == "lines":
        return fitting_lines(str(said or ""), most=MOST_LINES, longest=MOST_WORDS)
    if question.kind in {"text", "role"}:
        return str(said or "").strip()
    return None if said in {"", None} else said


class Asked(forms.Form):
    """One screen: what every form of this room shows and gives back."""

    kind: ClassVar = ""

    def put_into(self, content: Any) -> Any:
        """Give the content of the sitting with what was answered here."""
        raise NotImplementedError


class QuestionsForm(Asked):
    """Some questions of a section, each answered once."""

    kind: ClassVar = "questions"

    def __init__(
        self,
        texts: DirectionTexts,
        section: str,
        names: Sequence[str],
        *,
        sent: Mapping[str, Any] | None,
        content: Mapping[str, Any],
    ) -> None:
        """Begin with what was answered already."""
        self.questions = [texts.question(section, name) for name in names]
        super().__init__(sent, initial={one.id: _shown(content.get(one.id)) for one in self.questions})
        said: set[str | None] = set()
        for one in self.questions:
            self.fields[one.id] = field_for(one, texts, short=one.answers in said)
            said.add(one.answers)

    def clean(self) -> dict[str, Any]:
        """Refuse nobody beside somebody, and a list that is too long."""
        values = super().clean() or {}
        if nobody_beside_somebody(values.get("encouraged_by") or ()):
            self.add_error("encouraged_by", _(NOBODY_ALONE))
        for one in self.questions:
            try:
                plain(one, values.get(one.id))
            except forms.ValidationError as refused:
                self.add_error(one.id, refused)
        return values

    def put_into(self, content: Any) -> Any:
        """Put each answer under its question's name; an answer taken away leaves nothing behind."""
        said = {one.id: plain(one, self.cleaned_data.get(one.id)) for one in self.questions}
        return _without_nothing({**(content or {}), **said})


class EntriesForm(Asked):
    """A list of things of one shape: passions, strengths, own reasons."""

    kind: ClassVar = "entries"

    def __init__(
        self,
        texts: DirectionTexts,
        section: str,
        names: Mapping[str, str],
        *,
        sent: Mapping[str, Any] | None,
        entries: Sequence[Mapping[str, Any]],
        at_once: int,
        under: str = "",
    ) -> None:
        """Offer what stands there, and some empty places; ``names`` maps keys of an entry to questions.

        ``at_once`` new things fit into one sitting; what was carried into it does not count.
        """
        self.under, self.at_once = under, at_once
        self.names = {key: texts.question(section, name) for key, name in names.items()}
        self.earlier = sum(map(is_earlier, entries))
        places = len(entries) + BLANKS if sent is None else _places(sent, len(entries))
        most = max(len(entries), min(self.earlier + at_once, MOST_ENTRIES))
        self.places, self.is_full = min(places, most), places >= most
        initial = {
            f"{number}-{key}": _shown(one.get(key)) for number, one in enumerate(entries) for key in names
        }
        super().__init__(sent, initial=initial | {"places": self.places})
        self.fields["places"] = forms.IntegerField(
            required=False, min_value=0, max_value=MOST_ENTRIES, widget=forms.HiddenInput
        )
        for number in range(self.places):
            for place, (key, one) in enumerate(self.names.items()):
                self.fields[f"{number}-{key}"] = field_for(one, texts, short=number > 0, line=not place)

    @property
    def blocks(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Each place with its fields, counted from 1, without what was carried into the sitting."""
        return [self._block(n) for n in range(self.earlier, self.places)]

    @property
    def carried(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Each thing that was said at an earlier time and is kept unless it is changed."""
        return [self._block(n) for n in range(self.earlier)]

    @property
    def carried_is_wrong(self) -> bool:
        """Whether something is to be mended in what was carried."""
        return any(field.errors for _n, fields in self.carried for field in fields)

    def _block(self, n: int) -> tuple[int, list[forms.BoundField]]:
        return n + 1, [self[f"{n}-{key}"] for key in self.names]

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a thing that something was said about."""
        values = super().clean() or {}
        first = next(iter(self.names))
        for number in range(self.places):
            said = {key: plain(one, values.get(f"{number}-{key}")) for key, one in self.names.items()}
            if not said[first] and any(said.values()):
                self.add_error(f"{number}-{first}", _("Write first what it is, in a few words."))
        return values

    def put_into(self, content: Any) -> Any:
        """Keep each thing that has a name, in the order of the places."""
        first = next(iter(self.names))
        entries = []
        for number in range(self.places):
            said = {
                key: plain(one, self.cleaned_data.get(f"{number}-{key}")) for key, one in self.names.items()
            }
            if said[first]:
                mark = {EARLIER: True} if number < self.earlier else {}
                entries.append(_without_nothing(said) | mark)
        return {**(content or {}), self.under: entries} if self.under else entries


class ItemsForm(Asked):
    """One screen of a questionnaire whose answers are numbers."""

    kind: ClassVar = "items"

    def __init__(
        self,
        instrument: Instrument,
        section: Section,
        *,
        sent: Mapping[str, Any] | None,
        answers: Mapping[str, int],
        under: str = "",
    ) -> None:
        """Begin with what was answered already."""
        self.under, self.section = under, section
        super().__init__(sent, initial={item.id: _shown(answers.get(item.id)) for item in section.items})
        for item in section.items:
            choices = [(f"{value:g}", Words(words)) for value, words in instrument.choices(item)]
            self.fields[item.id] = forms.TypedChoiceField(
                label=item.text,
                help_text=item.help,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def put_into(self, content: Any) -> Any:
        """Keep pairs of item and answer, in the order in which they were first asked."""
        before = (content or {}).get(self.under, []) if self.under else (content or [])
        answers = dict(before) | {item.id: self.cleaned_data.get(item.id) for item in self.section.items}
        pairs = [[item, value] for item, value in answers.items() if value is not None]
        return {**(content or {}), self.under: pairs} if self.under else pairs


class AnswerFileForm(forms.Form):
    """An answer file."""

    file = forms.FileField(
        label="Answer file (.yaml)",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        error_messages={"required": "Choose a file first.", "empty": "The file holds nothing."},
    )

    def clean_file(self) -> Any:
        """Take a file of the size that one person fills in."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 256 KiB. Answers are some pages of text.")
        return file


class SureForm(forms.Form):
    """A word typed before everything is deleted."""

    sure = forms.CharField(label="Type delete to go on")

    def clean_sure(self) -> str:
        """Accept the word and nothing else."""
        word: str = self.cleaned_data["sure"].strip().lower()
        if word != "delete":
            raise forms.ValidationError("Type the word delete. Nothing has been deleted.")
        return word


def _languages() -> list[tuple[str, str]]:
    return [(code, asked_in.name_of(code)) for code in asked_in.framed_in()]


class BeginForm(forms.Form):
    """How a sitting begins: in which language, and from nothing or from the answers of the last time."""

    language = forms.ChoiceField(choices=_languages)
    again = forms.BooleanField(required=False)
    stretch = forms.IntegerField(required=False)


def _shown(said: Any) -> Any:
    if isinstance(said, list) and said and not isinstance(said[0], str):
        return None
    if isinstance(said, bool) or said is None:
        return said
    return str(said) if isinstance(said, int) else said


def _places(sent: Mapping[str, Any], there: int) -> int:
    typed = str(sent.get("places", ""))
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
    return max(wanted, there, BLANKS)


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [])}


def joined(lines: Iterable[str]) -> str:
    """Give lines as they stand in a text field."""
    return "\n".join(lines)
