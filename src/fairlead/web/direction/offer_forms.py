"""What is typed about an offer, as clean values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.web.direction import later_forms
from fairlead.web.direction.models import Offer, OfferPromise
from fairlead.web.direction.offer_words import in_words, presets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

DECISIONS: Final = (
    (Offer.Decision.ACCEPTED, gettext_lazy("I accept it")),
    (Offer.Decision.DECLINED, gettext_lazy("I decline it")),
    (Offer.Decision.POSTPONED, gettext_lazy("I put it off")),
)
CAME: Final = (
    ("yes", gettext_lazy("It came")),
    ("partly", gettext_lazy("Partly")),
    ("no", gettext_lazy("It did not come")),
)
CONTENT: Final = (
    (1, gettext_lazy("Not at all")),
    (2, gettext_lazy("Rather not")),
    (3, gettext_lazy("Neither")),
    (4, gettext_lazy("Rather")),
    (5, gettext_lazy("Very much")),
)


PROMISES: Final = "promises"
"""The one form that the fields of both lists are part of: whichever button is pressed, both are sent."""


class OfferForm(forms.Form):
    """An offer: what, from whom, when it came, by when an answer is wanted, until when to think."""

    title = later_forms.words(gettext_lazy("What is offered"), 200, required=True)
    from_whom = later_forms.words(gettext_lazy("Who offers it"), 200)
    came_on = later_forms.day(gettext_lazy("It came on"), required=True)
    answer_by = later_forms.day(
        gettext_lazy("An answer is wanted by"),
        help_text=gettext_lazy("Leave it empty if nobody named a day."),
    )
    think_until = later_forms.day(
        gettext_lazy("I think about it until"),
        help_text=gettext_lazy(
            "Before this day Fairlead asks you not to answer. Left empty it is a week after it came, "
            "or the day on which an answer is wanted, if that is earlier."
        ),
    )
    notes = later_forms.words(gettext_lazy("Notes"), 4000, rows=4)

    def __init__(self, sent: Any = None, *, today: date, **more: Any) -> None:
        """Know what day it is where the person lives."""
        super().__init__(sent, **more)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Check that the days follow each other."""
        values = super().clean() or {}
        came, by, until = (values.get(name) for name in ("came_on", "answer_by", "think_until"))
        if came and came > self.today:
            self.add_error("came_on", _("This day has not come yet. Choose today or an earlier day."))
        if came and by and by < came:
            self.add_error("answer_by", _("An answer would be wanted before the offer came."))
        if came and until and until < came:
            self.add_error("think_until", _("You would be done thinking before the offer came."))
        elif by and until and until > by:
            self.add_error(
                "think_until", _("The answer is wanted before that. Think until that day at most.")
            )
        return values


class PromiseForm(forms.Form):
    """Benefits or burdens that come with an offer: some to tick, some in own words."""

    ticked = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    own = later_forms.Lines(gettext_lazy("In your own words, one on each line"), most=300, rows=3)

    def __init__(self, sent: Any = None, *, kind: str, taken: Sequence[str] = ()) -> None:
        """Offer what is not on the list yet; the fields of both lists belong to one form of the page."""
        super().__init__(sent, prefix=kind)
        self.kind = kind
        self._known = presets(kind)
        ticked: Any = self.fields["ticked"]
        again = sent.getlist(f"{kind}-ticked") if sent else ()  # a second click ticks what is there by now
        ticked.choices = [
            (key, in_words(text)) for key, text in self._known.items() if text not in taken or key in again
        ]
        ticked.label = _("Often promised") if kind == OfferPromise.Kind.BENEFIT else _("Often part of it")
        for field in self.fields.values():
            field.widget.attrs["form"] = PROMISES

    def texts(self) -> list[str]:
        """Give what was ticked and written, in words."""
        return [*(self._known[key] for key in self.cleaned_data["ticked"]), *self.cleaned_data["own"]]


class DecideForm(forms.Form):
    """A decision with its reasons; the three are asked for alike."""

    decision = later_forms.pick(gettext_lazy("My decision"), DECISIONS, required=True)
    reasons = later_forms.words(
        gettext_lazy("My reasons"),
        4000,
        required=True,
        rows=4,
        help_text=gettext_lazy(
            "For yourself, whichever way you decide. You read them again when you look back."
        ),
    )
    begins_on = later_forms.day(
        gettext_lazy("If I accept: it begins on"),
        help_text=gettext_lazy("Looking back is counted from here. Left empty: from today."),
    )
    until = later_forms.day(
        gettext_lazy("If I put it off: until"),
        help_text=gettext_lazy("Then it comes up again under Today. Left empty: 30 days from now."),
    )

    def __init__(self, sent: Any = None, *, today: date) -> None:
        """Know what day it is where the person lives."""
        super().__init__(sent)
        self.today = today

    def clean_until(self) -> date | None:
        """Refuse a day that is there already."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until <= self.today:
            raise forms.ValidationError(_("Choose a day after today on which it shall come up again."))
        return until

    def clean(self) -> dict[str, Any]:
        """Refuse a beginning that has passed: looking back would be counted from another day than that."""
        values = super().clean() or {}
        begins = values.get("begins_on")
        if values.get("decision") == Offer.Decision.ACCEPTED and begins and begins < self.today:
            self.add_error(
                "begins_on",
                _("This day has passed. Choose today or a later day, or leave it empty to count from today."),
            )
        return values


class LookBackForm(forms.Form):
    """What came of each promise, how content somebody is, and a note."""

    satisfaction = later_forms.pick(
        gettext_lazy("How glad are you of your decision today?"),
        CONTENT,
        open_=gettext_lazy("Cannot say"),
        number=True,
    )
    note = later_forms.words(gettext_lazy("What else came, that nobody promised or warned of?"), 2000, rows=3)

    def __init__(self, sent: Any = None, *, promises: Sequence[OfferPromise], **more: Any) -> None:
        """Ask about each promise."""
        super().__init__(sent, **more)
        self.names = {f"promise_{one.pk}": str(one.pk) for one in promises}
        asked = {
            f"promise_{one.pk}": later_forms.pick(in_words(one.text), CAME, open_=_("Cannot say yet"))
            for one in promises
        }
        self.fields = asked | self.fields

    def came(self) -> dict[str, str]:
        """Give what was said, by the number of the promise."""
        said = {number: self.cleaned_data[name] for name, number in self.names.items()}
        return {number: word for number, word in said.items() if word}
