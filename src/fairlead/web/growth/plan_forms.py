"""The form of the plan: from where, to where, and four things of each year (row 68)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.web import asked_in
from fairlead.web.growth.later_forms import OwnWords, day_input, lines
from fairlead.web.growth.plan_queries import PARTS
from fairlead.web.people.forms import near_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.forms import BoundField

LONGEST: Final = 200
"""Letters of one part of one year: five years of four parts fit on one page of paper."""


class PlanForm(forms.Form):
    """The whole plan; ``years`` are asked about, each by four parts named ``<part>_<year>``."""

    start = OwnWords(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Where you are now, in a sentence."),
        required=False,
        max_length=300,
        widget=lines(2),
    )
    aim = OwnWords(
        label=gettext_lazy("To"),
        help_text=gettext_lazy("Where you want to be at the end, in a sentence. It need not be up."),
        required=False,
        max_length=300,
        widget=lines(2),
    )
    review_on = forms.DateField(
        label=gettext_lazy("Look at it again on"),
        help_text=gettext_lazy("The plan stands under Today when this day has come."),
        required=False,
        widget=day_input(),
        validators=[near_day],
    )

    def __init__(
        self, sent: Mapping[str, Any] | None, *, years: range, initial: dict[str, Any], today: date
    ) -> None:
        """Ask about these years, knowing what day it is where the person lives."""
        super().__init__(sent, initial=initial)
        self.asked, self.today = years, today
        for year in years:
            for name, label in PARTS.items():
                self.fields[f"{name}_{year}"] = OwnWords(
                    label=asked_in.said(label), required=False, max_length=LONGEST, widget=lines(3)
                )

    def clean_review_on(self) -> date | None:
        """Refuse a day that has passed, unless it stood there already: then the plan is due and stays so."""
        day: date | None = self.cleaned_data["review_on"]
        if day is not None and day < self.today and day != self.initial.get("review_on"):
            raise forms.ValidationError(_("This day has passed. Choose a day to come, or leave it empty."))
        return day

    def of_plan(self) -> list[BoundField]:
        """Give the fields of the whole plan."""
        return [self["start"], self["aim"], self["review_on"]]

    def of_years(self) -> list[tuple[int, list[BoundField]]]:
        """Give the fields of each year."""
        return [(year, [self[f"{name}_{year}"] for name in PARTS]) for year in self.asked]

    def clean(self) -> dict[str, Any]:
        """Ask for something at all."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(value for value in said.values()):
            raise forms.ValidationError(_("Write at least one thing. The rest can stay empty."))
        return said

    def years_said(self) -> dict[int, dict[str, str]]:
        """Give what was written, year by year."""
        return {year: {name: self.cleaned_data[f"{name}_{year}"] for name in PARTS} for year in self.asked}
