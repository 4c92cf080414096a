"""What of a track somebody wants, can, and would lose, as clean values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _

from fairlead.library import load
from fairlead.web import asked_in
from fairlead.web.direction import later_forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.core.tracks import TrackDemand, TrackProfile

ASPECTS: Final = ("want", "able")


class TrackForm(forms.Form):
    """Each demand of a track: how far one wants it, how far one can do it; and what one would lose."""

    def __init__(self, sent: Any = None, *, profile: TrackProfile, said: Mapping[str, Any]) -> None:
        """Ask about each demand, with what was said before."""
        self.profile = profile
        # What goes is kept in the words of the original: no table knows in which language it was said.
        original = next(one for one in load.tracks() if one.id == profile.id)
        in_original = dict(zip(profile.loses, original.loses, strict=True))
        lose = [in_original.get(text, text) for text in said.get("lose", ())]
        initial: dict[str, Any] = {
            f"{aspect}_{demand}": number for aspect in ASPECTS for demand, number in said.get(aspect, ())
        }
        initial["lose"] = [text for text in lose if text in original.loses]
        initial["own_lose"] = [text for text in lose if text not in original.loses]
        super().__init__(sent, initial=initial)
        for demand in profile.demands:
            for aspect in ASPECTS:
                self.fields[f"{aspect}_{demand.id}"] = _scale(aspect)
        question = load.direction_texts(asked_in.now()).question("tracks", "lose")
        self.fields["lose"] = forms.MultipleChoiceField(
            label=question.text,
            choices=list(zip(original.loses, profile.loses, strict=True)),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["own_lose"] = later_forms.Lines(_("What else? One thing on each line"), most=200, rows=3)

    @property
    def asked(self) -> list[tuple[TrackDemand, Any, Any]]:
        """Give each demand with its two fields."""
        return [(one, self[f"want_{one.id}"], self[f"able_{one.id}"]) for one in self.profile.demands]

    def values(self) -> dict[str, Any]:
        """Give what was said; what was left open is left out."""
        clean = self.cleaned_data
        numbers = {
            aspect: {
                one.id: clean[f"{aspect}_{one.id}"]
                for one in self.profile.demands
                if clean[f"{aspect}_{one.id}"] is not None
            }
            for aspect in ASPECTS
        }
        lose = list(dict.fromkeys([*clean["lose"], *clean["own_lose"]]))
        return numbers | {"lose": lose}


def _scale(aspect: str) -> forms.Field:
    texts = load.direction_texts(asked_in.now())
    steps = [(one.value, one.label) for one in texts.scales[aspect]]
    return later_forms.pick(texts.question("tracks", aspect).text, steps, open_=_("Open"), number=True)
