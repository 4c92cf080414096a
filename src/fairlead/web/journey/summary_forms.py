"""A summary as somebody edits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from fairlead.web.journey.fields import line, words

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SECTIONS: Final = 40
"""From here on no empty section is added; what a draft has stays, however many criteria there are."""


class BeginForm(forms.Form):
    """Which quarter or year."""

    year = forms.IntegerField(min_value=1990, max_value=2200)
    quarter = forms.IntegerField(min_value=0, max_value=4)


class RestoreForm(forms.Form):
    """Which version."""

    number = forms.IntegerField(min_value=1)


class SummaryForm(forms.Form):
    """Opening, sections with their paragraphs, closing; one empty section to add."""

    opening = words(
        "Opening", 2000, rows=4, help_text="What this time was about, in two or three sentences of your own."
    )
    closing = words("Closing", 2000, rows=4, help_text="What comes next, and what you need for it.")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, sent: Mapping[str, Any] | None, *, content: Mapping[str, Any], number: int) -> None:
        """Begin with what stands there."""
        room = len(content["sections"]) < MOST_SECTIONS
        sections = [*content["sections"], *([{"title": "", "text": ""}] if room else [])]
        initial = {"opening": content["opening"], "closing": content["closing"], "seen": number}
        for place, one in enumerate(sections):
            initial |= {f"title_{place}": one["title"], f"text_{place}": one["text"]}
        super().__init__(sent, initial=initial)
        self.places = range(len(sections))
        for place in self.places:
            self.fields[f"title_{place}"] = line("Heading", 160)
            self.fields[f"text_{place}"] = words(
                "Paragraphs", 60000, rows=8, help_text="An empty line begins a new paragraph."
            )

    @property
    def sections(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Heading and paragraphs of each section."""
        return [(self[f"title_{place}"], self[f"text_{place}"]) for place in self.places]

    def clean(self) -> dict[str, Any]:
        """Want a heading where there are paragraphs."""
        said = super().clean() or self.cleaned_data
        for place in self.places:
            if said.get(f"text_{place}") and not said.get(f"title_{place}"):
                self.add_error(f"title_{place}", "Give these paragraphs a heading.")
        return said

    def content(self) -> dict[str, Any]:
        """Give what was typed; a section without paragraphs goes."""
        said = self.cleaned_data
        sections = [
            {"title": said[f"title_{place}"], "text": said[f"text_{place}"]}
            for place in self.places
            if said[f"text_{place}"]
        ]
        return {"opening": said["opening"], "sections": sections, "closing": said["closing"]}
