"""One screen of a questionnaire as a form, built from the instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from fairlead.library.schema import ItemKind
from fairlead.web.audits.forms import PlainText, day_input

if TYPE_CHECKING:
    from fairlead.library.schema import Instrument, Item, Section


class StepForm(forms.Form):
    """One screen of a questionnaire; an empty answer is an answer that is not there."""

    def __init__(self, instrument: Instrument, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        self.instrument = instrument
        for item in section.items:
            for name, field in _fields(instrument, item):
                field.required = False
                self.fields[name] = field

    @property
    def questions(self) -> list[tuple[Item, list[forms.BoundField]]]:
        """Each item with its fields, in the order of the screen."""
        return [
            (item, [self[name] for name, _ in _fields(self.instrument, item)]) for item in self.section.items
        ]

    def answers(self) -> tuple[dict[str, float | None], dict[str, str]]:
        """Give numbers and texts by item; ``None`` and the empty text take an answer away."""
        values: dict[str, float | None] = {}
        texts: dict[str, str] = {}
        for item in self.section.items:
            said = self.cleaned_data.get(item.id)
            if item.kind in {ItemKind.CHOICE, ItemKind.NUMBER}:
                values[item.id] = None if said in {None, ""} else float(said)
            elif item.kind is ItemKind.MANY:
                texts[item.id] = "\n".join(said or ())
            elif item.kind is ItemKind.REGISTER:
                texts[item.id] = self._register(item)
            else:
                texts[item.id] = "" if said is None else str(said)
        return values, texts

    def _register(self, item: Item) -> str:
        lines = [
            f"{preset.id}: {said}"
            for preset in item.presets
            if (said := " ".join(self.cleaned_data.get(f"{item.id}.{preset.id}", "").split()))
        ]
        own = (self.cleaned_data.get(f"{item.id}.own") or "").splitlines()
        return "\n".join([*lines, *(f"own: {line.strip()}" for line in own if line.strip())])


def step_initial(section: Section, sheet: Any) -> dict[str, Any]:
    """Lay saved answers out as the fields of one screen."""
    found: dict[str, Any] = {}
    for item in section.items:
        text = sheet.texts.get(item.id, "")
        if item.kind is ItemKind.CHOICE:
            found[item.id] = f"{sheet.values[item.id]:g}" if item.id in sheet.values else ""
        elif item.kind is ItemKind.NUMBER:
            found[item.id] = sheet.values.get(item.id)
        elif item.kind is ItemKind.MANY:
            found[item.id] = text.splitlines()
        elif item.kind is ItemKind.REGISTER:
            lines = [line.partition(": ") for line in text.splitlines()]
            found |= {f"{item.id}.{preset}": said for preset, _, said in lines if preset != "own"}
            found[f"{item.id}.own"] = "\n".join(said for preset, _, said in lines if preset == "own")
        else:
            found[item.id] = text
    return found


def _fields(instrument: Instrument, item: Item) -> list[tuple[str, forms.Field]]:
    if item.kind is ItemKind.CHOICE:
        choices = [(f"{value:g}", words) for value, words in instrument.choices(item)]
        return [(item.id, forms.ChoiceField(label=item.text, choices=choices, widget=forms.RadioSelect))]
    if item.kind is ItemKind.NUMBER:
        widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
        number = forms.FloatField(label=item.text, min_value=item.low, max_value=item.high, widget=widget)
        return [(item.id, number)]
    if item.kind is ItemKind.DATE:
        return [(item.id, forms.DateField(label=item.text, widget=day_input()))]
    if item.kind is ItemKind.MANY:
        ticks = [(preset.id, preset.label) for preset in item.presets]
        boxes = forms.CheckboxSelectMultiple
        return [(item.id, forms.MultipleChoiceField(label=item.text, choices=ticks, widget=boxes))]
    if item.kind is ItemKind.REGISTER:
        lines = [
            (f"{item.id}.{preset.id}", PlainText(label=preset.label, max_length=300))
            for preset in item.presets
        ]
        lines_of_text = forms.Textarea(attrs={"rows": 3})
        own = PlainText(label=gettext_lazy("My own, one a line"), max_length=2000, widget=lines_of_text)
        return [*lines, (f"{item.id}.own", own)]
    text = PlainText(label=item.text, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    return [(item.id, text)]
