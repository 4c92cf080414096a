"""What somebody types about what they did, as clean values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from fairlead.web.journey import criteria, file_actions
from fairlead.web.journey.fields import Links, day_field, line, lines, words
from fairlead.web.journey.models import SIGNALS
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.core.framework import Framework

OTHERWISE: Final = "What would not have happened without me?"
OTHERWISE_HELP: Final = (
    "Think of the same weeks without you: what would others have done, later, or not at all? “Nothing” is an "
    "honest answer; leave it empty then."
)
WHAT_NEEDED: Final = {"required": "Say in a sentence what happened."}


class QuickForm(forms.Form):
    """One field and keep; the rest is asked later."""

    what = words(
        "What happened?",
        1500,
        required=True,
        help_text="What you did, in a sentence.",
        error_messages=WHAT_NEEDED,
    )


class CriterionForm(QuickForm):
    """Something for one criterion, written down beside it."""

    otherwise = words(OTHERWISE, 1000, rows=2)
    criterion = forms.CharField(max_length=64, widget=forms.HiddenInput)
    level = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, sent: Mapping[str, Any] | None, *, framework: Framework) -> None:
        """Know the framework, so that nothing is kept for a criterion that there is not."""
        super().__init__(sent)
        self.framework = framework

    def clean(self) -> dict[str, Any]:
        """Take a criterion of the level that the page shows."""
        said = super().clean() or self.cleaned_data
        known = {level.id for level in self.framework.levels}
        asked = self.framework.asked(said["level"]) if said.get("level") in known else ()
        if said.get("criterion") not in {criterion.id for criterion, _seen in asked}:
            raise forms.ValidationError("Choose a level first, and write beside one of its criteria.")
        return said


class EntryForm(forms.Form):
    """Everything about one thing."""

    what = words("What happened?", 1500, required=True, rows=4, error_messages=WHAT_NEEDED)
    otherwise = words(OTHERWISE, 1000, help_text=OTHERWISE_HELP)
    result = words(
        "What came of it?", 1000, help_text="What is different now, for whom; a number where there is one."
    )
    seen_by = line(
        "Who saw it?",
        300,
        help_text="In your words. Once it is kept, you can ask one of them to confirm that they saw it.",
    )
    day = day_field("When")
    criteria = forms.MultipleChoiceField(
        label="Criteria it speaks to", required=False, widget=forms.CheckboxSelectMultiple
    )
    signals = forms.MultipleChoiceField(
        label="It goes beyond the daily work of my role",
        required=False,
        choices=list(SIGNALS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    links = Links(
        label="Links",
        required=False,
        max_length=3000,
        help_text="Where one can see it: one address a line, beginning with https://",
        widget=lines(2),
    )

    def __init__(
        self,
        sent: Mapping[str, Any] | None,
        *,
        framework: Framework,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the criteria of the framework, and those that the entry names already."""
        super().__init__(sent, initial=dict(initial or {"day": timezone.localdate()}))
        field: Any = self.fields["criteria"]
        field.choices = criteria.choices(framework)
        known = {one.id for one in framework.criteria}
        gone = [one for one in (initial or {}).get("criteria", ()) if one not in known]
        if gone:
            named = list(zip(gone, criteria.titles(framework, gone), strict=True))
            field.choices = [*field.choices, ("No longer in the framework", named)]


class ThanksForm(forms.Form):
    """Thanks that somebody received, pasted."""

    thanks = words(
        "Their words",
        1500,
        required=True,
        rows=4,
        help_text="Paste them as they came. Only you read them; who wrote them is told nothing.",
        error_messages={"required": "Paste the words of thanks."},
    )
    thanks_from = line(
        "From whom", 160, required=True, error_messages={"required": "Say from whom the thanks came."}
    )
    what = words("What was it for?", 1500, required=True, error_messages=WHAT_NEEDED)
    day = day_field("When")


class ResultForm(forms.Form):
    """What came of something that somebody took on beside their work."""

    came_from = line(
        "What you took on",
        200,
        required=True,
        help_text="A project, a task force, standing in for somebody, an area of your own.",
        error_messages={"required": "Say what you took on."},
    )
    what = words("What you did in it", 1500, required=True, error_messages=WHAT_NEEDED)
    result = words(
        "What came of it", 1000, required=True, error_messages={"required": "Say what came of it, so far."}
    )
    otherwise = words("What of it would not have happened without you?", 1000)
    seen_by = line("Who saw it?", 300)
    day = day_field("When")


class FridayForm(forms.Form):
    """Three questions at the end of a week; what is answered becomes an entry."""

    what = words(
        "What moved forward this week because of you, or whom did you help to move something?",
        1500,
        required=True,
        error_messages={"required": "Name one thing, or close the page: not every week has one."},
    )
    otherwise = words("What of it would not have happened without you?", 1000)
    seen_by = line("Who saw it?", 300)


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="A file",
        help_text=f"{file_actions.KINDS}, up to {file_actions.LARGEST // file_actions.MIB} MiB.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.txt"}),
    )


class FindForm(forms.Form):
    """Whom to ask: somebody looked for, then chosen."""

    who = line(
        "Whom do you ask?",
        254,
        required=True,
        min_length=2,
        help_text="A part of their name, or the exact address they sign in with.",
        error_messages={
            "required": "Write at least two letters of their name, or their address.",
            "min_length": "Write at least two letters of their name, or their address.",
        },
    )
    chosen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    step = forms.ChoiceField(choices=[("find", "find"), ("ask", "ask")], required=False)

    def __init__(self, sent: Mapping[str, Any] | None = None) -> None:
        """Want a name to look for, where nobody is asked yet."""
        super().__init__(sent)
        self.fields["who"].required = not (sent and sent.get("step") == "ask")


class DigestForm(forms.Form):
    """What stood on the page when it was answered."""

    digest = Uncut(max_length=64)
