"""The form of one set of three values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _

from fairlead.library.translations import ORIGINAL
from fairlead.web.direction.forms import Asked, Words
from fairlead.web.direction.value_sets import all_sets, chosen, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.library.direction import DirectionTexts
    from fairlead.web.direction.value_sets import SetAsked


class SetForm(Asked):
    """The most and the least of three values."""

    kind: ClassVar = "set"

    def __init__(
        self, texts: DirectionTexts, asked: SetAsked, *, sent: Mapping[str, Any] | None, content: Any
    ) -> None:
        """Show the three, and what was chosen if this set was answered."""
        self.asked = asked
        self.shown = all_sets()[asked.place]
        before = next(
            (one for one in chosen(content, asked.side) if place_of(one.shown) == asked.place), None
        )
        initial = {"most": before.most, "least": before.least} if before else {}
        super().__init__(sent, initial=initial)
        pairs = [(one, texts.choice("value", one)) for one in self.shown]
        language = texts.language if texts.language in ("en", "de") else ORIGINAL
        for name, with_says in (("most", True), ("least", False)):
            self.fields[name] = forms.ChoiceField(
                label=LEAST_AND_MOST[language][asked.side, name],
                choices=[
                    (one.value, Words(words.label, words.says if with_says else "")) for one, words in pairs
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the three.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one value in both places."""
        found = super().clean() or {}
        if found.get("most") and found.get("most") == found.get("least"):
            self.add_error("least", _("One value cannot be both. Choose another one here."))
        return found

    def put_into(self, content: Any) -> Any:
        """Put the choice in the place of an earlier one of the same set, or at the end."""
        said = [dict(one) for one in (content or {}).get(self.asked.side, [])]
        new = {
            "shown": [one.value for one in self.shown],
            "most": self.cleaned_data["most"],
            "least": self.cleaned_data["least"],
        }
        at = next((n for n, one in enumerate(said) if set(one["shown"]) == set(new["shown"])), None)
        if at is None:
            said.append(new)
        else:
            said[at] = new
        return {**(content or {}), self.asked.side: said}


LEAST_AND_MOST: Final = {
    "en": {
        ("mine", "most"): "This matters most to me",
        ("mine", "least"): "This matters least to me",
        ("practice", "most"): "This is rewarded most",
        ("practice", "least"): "This is rewarded least",
    },
    "de": {
        ("mine", "most"): "Das ist mir am wichtigsten",
        ("mine", "least"): "Das ist mir am wenigsten wichtig",
        ("practice", "most"): "Das wird am meisten belohnt",
        ("practice", "least"): "Das wird am wenigsten belohnt",
    },
}
