"""What is typed about an erasure."""

from __future__ import annotations

from typing import Any

from django import forms

from fairlead.web.privacy.actions import SHORTEST_REASON
from fairlead.web.uncut import Uncut


class RefuseForm(forms.Form):
    """The reason why something has to stay, which the person reads."""

    reason = Uncut(
        label="Why it has to stay",
        max_length=500,
        min_length=SHORTEST_REASON,
        help_text="Name the law or contract, what stays because of it, and until when.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "min_length": f"Write at least {SHORTEST_REASON} characters: the person will read this reason."
        },
    )


class EraseForm(forms.Form):
    """Typed confirmation before somebody is erased."""

    typed = forms.CharField(
        label="The person's name, as it stands above",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_typed(self) -> str:
        """Accept only the name."""
        typed: str = self.cleaned_data["typed"].strip()
        if typed.casefold() != self.name.casefold():
            raise forms.ValidationError(f"This is not “{self.name}”. Nothing was erased.")
        return typed
