"""What is said about the next level, as clean values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.library import load
from fairlead.web import asked_in
from fairlead.web.direction import later_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.direction.next_queries import BurdenLine

MOST_OWN: Final = 10
"""Burdens in one's own words."""


class SearchForm(forms.Form):
    """A wording of a role."""

    q = later_forms.words(gettext_lazy("Which role do you think of?"), 200)


class RoleForm(forms.Form):
    """A role of the library by its code, or one in own words, of which nothing is known here."""

    code = forms.RegexField(r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$", required=False)
    role = later_forms.words(gettext_lazy("The role in my own words"), 200)

    def clean(self) -> dict[str, Any]:
        """Take exactly one of the two."""
        values = super().clean() or {}
        if bool(values.get("code")) == bool(values.get("role")):
            raise forms.ValidationError(_("Choose one role."))
        return values


class BurdensForm(forms.Form):
    """How somebody would take each burden, and burdens of their own."""

    own = later_forms.words(
        gettext_lazy("Another burden that you have seen, in your own words"),
        120,
        help_text=gettext_lazy("It is added below the list; say how you would take it in the next step."),
    )

    def __init__(self, sent: Any = None, *, lines: Sequence[BurdenLine]) -> None:
        """Ask about each burden."""
        self.lines = lines
        super().__init__(sent, initial={f"burden_{at}": one.bearing for at, one in enumerate(lines)})
        shown = [(one.id, one.label) for one in load.direction_texts(asked_in.now()).choices["bearing"]]
        asked = {
            f"burden_{at}": later_forms.pick(one.label, shown, open_=_("Leave it open"), help_text=one.says)
            for at, one in enumerate(lines)
        }
        self.fields = asked | self.fields

    @property
    def asked(self) -> list[tuple[BurdenLine, Any]]:
        """Give each burden with its field."""
        return [(one, self[f"burden_{at}"]) for at, one in enumerate(self.lines)]

    def said(self) -> dict[str, str]:
        """Give what was said, by burden; an own one goes when it is left open."""
        return {one.id: self.cleaned_data[f"burden_{at}"] for at, one in enumerate(self.lines)}

    def clean_own(self) -> str:
        """Refuse an own burden too many, and one that is there."""
        text: str = self.cleaned_data["own"]
        if text and sum(one.own for one in self.lines) >= MOST_OWN:
            wrong = _("%(most)s burdens of your own are the most. Leave one open first.")
            raise forms.ValidationError(wrong % {"most": MOST_OWN})
        if text.casefold() in {name.casefold() for one in self.lines for name in (one.id, one.label)}:
            raise forms.ValidationError(_("This one is on the list already."))
        return text


class TalkForm(forms.Form):
    """What somebody heard from a person who holds the role, and whether they would want that life."""

    heard = later_forms.words(gettext_lazy("What I heard"), 4000, rows=8)

    def __init__(self, sent: Any = None, **more: Any) -> None:
        """Take the answers from the library, in the language of the page."""
        super().__init__(sent, **more)
        steps = load.direction_texts(asked_in.now()).scales["would_want"]
        self.fields["would_want"] = later_forms.pick(
            _("Would you want this life?"),
            [(one.value, one.label) for one in steps],
            open_=_("Cannot say yet"),
            number=True,
        )
