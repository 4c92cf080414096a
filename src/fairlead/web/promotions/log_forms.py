"""Which entries of one's own log go into a case, and for which criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.forms import BoundField

    from fairlead.web.promotions.from_log import Offered


class FromLogForm(forms.Form):
    """For each entry of a page the criteria it is taken over for; nothing ticked leaves it in the log."""

    def __init__(
        self, sent: Any = None, *, entries: Sequence[Offered], criteria: Sequence[tuple[str, str]]
    ) -> None:
        """Ask for each entry; what is in the case already is not asked again."""
        super().__init__(sent)
        self.entries = entries
        for entry in entries:
            left = [(name, title) for name, title in criteria if name not in entry.there]
            self.fields[str(entry.id)] = forms.MultipleChoiceField(
                label=entry.title,
                choices=left,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose criteria that this level asks."},
            )

    def rows(self) -> Iterator[tuple[Offered, BoundField]]:
        """Give each entry with its field."""
        for entry in self.entries:
            yield entry, self[str(entry.id)]

    def wanted(self) -> dict[UUID, list[str]]:
        """Give what an action takes."""
        return {UUID(name): names for name, names in self.cleaned_data.items() if names}
