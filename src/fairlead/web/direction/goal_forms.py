"""The Why and a promotion goal, as clean values."""

from __future__ import annotations

from django import forms

from fairlead.web.direction import later_forms


class WhyForm(forms.Form):
    """Why somebody wants to get there."""

    why = later_forms.words("Why do I want to get there?", 2000, rows=6)


class GoalForm(forms.Form):
    """What somebody wants to become."""

    text = later_forms.words(
        "What I want to become", 300, required=True, help_text="For example: lead of the platform team."
    )


class CloseForm(forms.Form):
    """Why a goal is closed."""

    because = later_forms.words(
        "What became of it", 500, rows=2, help_text="Reached, no longer wanted, overtaken by something else."
    )
