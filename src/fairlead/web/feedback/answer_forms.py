"""The questions of a survey as one form; an empty answer is an answer that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.core.released_comments import FEWEST
from fairlead.core.scales import NOT_MY_WORK
from fairlead.web.feedback import answering, terms
from fairlead.web.feedback.answering import COMMENT_CHARACTERS, Comment
from fairlead.web.feedback.terms import COMMENT_BYTES
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairlead.core.released_comments import Choice
    from fairlead.library.schema import Item
    from fairlead.web.feedback.answering import Asked

NO_ANSWER: Final = gettext_lazy("No answer")
NOTHING: Final = gettext_lazy("You have not answered anything yet. One answer, or one comment, is enough.")

_HIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


class OwnWords(forms.CharField):
    """A comment: lines as everybody writes them, nothing that cannot be seen, and not too long."""

    widget = forms.Textarea(attrs={"rows": 4, "data-most": str(COMMENT_CHARACTERS)})

    def to_python(self, value: Any) -> str:
        """Let all line breaks be one character, as browsers count them."""
        return str(super().to_python(_BREAKS.sub("\n", value) if isinstance(value, str) else value) or "")

    def validate(self, value: str) -> None:
        """Refuse what is too long, and characters that cannot be seen."""
        super().validate(value)
        if _HIDDEN.search(value):
            raise forms.ValidationError(
                _("There is an invisible character in this text. Please type it again.")
            )
        if len(value) > COMMENT_CHARACTERS:
            raise forms.ValidationError(
                _("This has %(count)s characters; %(most)s fit. Please shorten it.")
                % {"count": _grouped(len(value)), "most": _grouped(COMMENT_CHARACTERS)}
            )
        if answering.bytes_in_paper(value) > COMMENT_BYTES:
            raise forms.ValidationError(
                _("This takes too much room, because of its signs. Please shorten it.")
            )


def _grouped(count: int) -> str:
    return str(number_format(count, use_l10n=True, force_grouping=True))


class AnswerForm(forms.Form):
    """All questions at once, with comments and what their author chooses for each."""

    def __init__(self, asked: Asked, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for _section, items in asked.sections:
            for item in items:
                self.fields[f"answer-{item.id}"] = _choices(asked, item)
        for item in asked.instrument.comment_items():
            self.fields[f"comment-{item.id}"] = OwnWords(
                required=False, label=asked.instrument.worded(item, asked.name)
            )
            if not asked.only_verbatim:
                self.fields[f"choice-{item.id}"] = forms.ChoiceField(
                    required=False,
                    choices=choices_of(asked),
                    widget=forms.RadioSelect,
                    label=asked.instrument.worded(item, asked.name),
                    error_messages={"invalid_choice": _("Choose one of the three.")},
                )

    def clean(self) -> dict[str, Any]:
        """Ask what may happen with each comment, and for one answer at least."""
        values = super().clean() or {}
        if not self.asked.only_verbatim:
            for item in self.asked.instrument.comment_items():
                name = f"choice-{item.id}"
                if values.get(f"comment-{item.id}") and not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose what may happen with this comment."))
        if not self.errors and not self.comments() and set(self.answers().values()) <= {None}:
            raise forms.ValidationError(NOTHING)
        return values

    def answers(self) -> dict[str, int | None]:
        """Give the numbers by question; "I have not seen this" and nothing are both no answer."""
        said = {
            item.id: self.cleaned_data.get(f"answer-{item.id}")
            for _section, items in self.asked.sections
            for item in items
        }
        return {
            item: int(value) if value and float(value) != NOT_MY_WORK else None
            for item, value in said.items()
        }

    def comments(self) -> list[Comment]:
        """Give what was written, in the order of the questions."""
        return [
            Comment(item.id, text, self._choice(item))
            for item in self.asked.instrument.comment_items()
            if (text := self.cleaned_data.get(f"comment-{item.id}", ""))
        ]

    def _choice(self, item: Item) -> Choice:
        if self.asked.only_verbatim:
            return "verbatim"
        return cast("Choice", self.cleaned_data.get(f"choice-{item.id}") or "not to the manager")

    # --- for the page ---------------------------------------------------------------------------

    def screens(self) -> Iterator[dict[str, Any]]:
        """Give the screens with choices, each with its items and their fields."""
        worded = self.asked.instrument.with_name
        for number, (section, items) in enumerate(self.asked.sections, start=1):
            yield {
                "number": number,
                "title": worded(section.title, self.asked.name),
                "intro": worded(section.intro, self.asked.name),
                "questions": [(item, self[f"answer-{item.id}"]) for item in items],
            }

    def own_words(self) -> list[dict[str, Any]]:
        """Give the places for comments, each with the field for what may happen with it."""
        worded = self.asked.instrument.with_name
        return [
            {
                "item": item,
                "help": worded(item.help, self.asked.name),
                "text": self[f"comment-{item.id}"],
                "choice": None if self.asked.only_verbatim else self[f"choice-{item.id}"],
            }
            for item in self.asked.instrument.comment_items()
        ]

    def looked_over(self) -> list[dict[str, Any]]:
        """Give the comments with what in them could give somebody away."""
        words = self.own_words()
        if not any(one["text"].value() for one in words):
            return words
        names = answering.names_beside(self.asked.about)
        for one in words:
            parts = answering.pieces(self.cleaned_data.get(one["text"].name, ""), names)
            one["pieces"] = parts
            one["marked"] = [part for part in parts if part.why]
        return words

    def said(self) -> list[dict[str, Any]]:
        """Give all choices in words, screen by screen, and as fields to carry along."""
        return [
            screen
            | {
                "answers": [
                    (field.label, dict(field.field.choices).get(field.value() or "", ""), field)
                    for _item, field in screen["questions"]
                ]
            }
            for screen in self.screens()
        ]


def _choices(asked: Asked, item: Item) -> forms.ChoiceField:
    offered = [(f"{value:g}", words) for value, words in asked.instrument.choices(item)]
    if not item.may_not_be_mine:
        offered.append(("", str(NO_ANSWER)))
    return forms.ChoiceField(
        label=asked.instrument.worded(item, asked.name),
        choices=offered,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This is none of the answers offered. Choose one of them.")},
    )


def choices_of(asked: Asked) -> list[tuple[Choice, str]]:
    """Say in words what may happen with a comment."""
    if not asked.name:
        return [
            ("verbatim", _("Word for word: one manager above me reads it as I wrote it.")),
            (
                "themes",
                _("As a theme only: people operations read it and put it into other words for that manager."),
            ),
            ("not to the manager", _("Not to a manager: people operations read it, managers never do.")),
        ]
    they = {"they": asked.name}
    return [
        ("verbatim", _("Word for word: %(they)s reads it as I wrote it.") % they),
        (
            "themes",
            _("As a theme only: people operations read it and put it into other words for %(they)s.") % they,
        ),
        ("not to the manager", _("Not to %(they)s: people operations read it, %(they)s never does.") % they),
    ]


def who_reads(asked: Asked) -> str:
    """Say who reads comments, and from how many answers on."""
    filled = {"name": asked.name, "fewest": max(FEWEST, asked.survey.k)}
    if asked.only_verbatim:
        says = _(
            "What you write here is read by %(name)s alone, word for word, mixed with what others wrote, and "
            "only if %(fewest)s people or more answered."
        )
    elif not asked.name:
        says = _(
            "For each comment you choose who reads it. It is mixed with what others wrote, and read only "
            "where %(fewest)s people or more answered together."
        )
    else:
        says = _(
            "For each comment you choose who reads it. They are mixed; %(name)s reads any only if %(fewest)s "
            "people or more of your team answered, people operations only where %(fewest)s or more answered "
            "together."
        )
    return terms.begun(says % filled)


class CodeForm(forms.Form):
    """The code of a receipt, however it was written down."""

    code = Uncut(
        label=gettext_lazy("The code of your receipt"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": gettext_lazy("Type the code that you were shown when you sent your answers.")
        },
    )
