"""What somebody types about skills, experiments and training, as clean values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from fairlead.library.practice import SKILLS
from fairlead.web.growth import measuring
from fairlead.web.growth.later_forms import ONE, OwnWords, chosen, day_input, lines
from fairlead.web.growth.models import Training
from fairlead.web.people.forms import near_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, time

    from fairlead.library.practice import PracticePage

WEEKS: Final = range(4, 13)
OTHER: Final = "other"


class WantForm(forms.Form):
    """A skill for the list, in one's own words if wanted."""

    about = chosen("Skill", SKILLS)
    title = OwnWords(label="In my own words", max_length=120, required=False)


class WhyForm(forms.Form):
    """Why something ends, in one's own words."""

    because = OwnWords(label="What came of it", max_length=500, required=False, widget=lines(2))


class StopForm(forms.Form):
    """Why an experiment ends early: what is dropped without a reason is begun anew for the same one."""

    because = OwnWords(
        label="Why does it end early?",
        max_length=500,
        widget=lines(2),
        error_messages={"required": "Say in a few words why it ends early; only you read it."},
    )


class NoteForm(forms.Form):
    """What came of a practice."""

    note = OwnWords(label="What came of it", max_length=1000, required=False, widget=lines(2))
    done = forms.BooleanField(required=False)


class MeasureForm(forms.Form):
    """The behaviours of a skill and how content one is: the same before and after."""

    def __init__(
        self, sent: Mapping[str, Any] | None, *, questions: Sequence[Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(sent, **kwargs)
        self.asked = [str(one["id"]) for one in questions]
        language = measuring.language_of(questions)
        for one in questions:
            choices = [(f"{value:g}", words) for value, words in one["choices"]]
            self.fields[str(one["id"])] = _choice(str(one["text"]), choices)
        content = [(str(value), words) for value, words in measuring.SATISFACTION_CHOICES[language]]
        self.fields[measuring.SATISFACTION] = _choice(measuring.SATISFACTION_TEXT[language], content)

    @property
    def questions(self) -> Iterable[forms.BoundField]:
        """The behaviours, then the question about one's work."""
        return [self[name] for name in (*self.asked, measuring.SATISFACTION)]

    def values(self) -> dict[str, float]:
        """Give what was answered about behaviour, by question; 0 is not part of one's work."""
        said = {name: self.cleaned_data[name] for name in self.asked}
        return {name: float(value) for name, value in said.items() if value}

    def satisfaction(self) -> int | None:
        """Give how content somebody said they are."""
        said = self.cleaned_data[measuring.SATISFACTION]
        return int(said) if said else None


class BeginForm(MeasureForm):
    """How it is now, for how many weeks, and whether to be reminded."""

    weeks = forms.TypedChoiceField(
        label=gettext_lazy("Weeks until the same is asked again"),
        choices=[(week, format_lazy(gettext_lazy("{count} weeks"), count=week)) for week in WEEKS],
        initial=6,
        coerce=int,
    )
    by_mail = forms.BooleanField(
        label=gettext_lazy("Remind me by mail"),
        required=False,
        help_text=gettext_lazy(
            "A letter on days you plan something for, and when it is time to look again. It holds a link and "
            "nothing else."
        ),
    )


class PlanForm(forms.Form):
    """Which practice, and when: at a meeting of one's own calendar, or on a day and hour one names."""

    practice = chosen("Practice", {}, "Choose one of the three practices.")
    occasion = forms.ChoiceField(label="When", widget=forms.RadioSelect, required=False)
    day = forms.DateField(
        label="Another day",
        widget=day_input(),
        required=False,
        validators=[near_day],
        error_messages={"required": "Choose a day."},
    )
    at = forms.TimeField(
        label="Time of day", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(
        self, sent: Mapping[str, Any] | None, *, page: PracticePage, occasions: Sequence[Any], **kwargs: Any
    ) -> None:
        super().__init__(sent, **kwargs)
        self.found = {
            f"{one.day.isoformat()}T{one.at:%H:%M}-{number}": one for number, one in enumerate(occasions)
        }
        self.fields["practice"].choices = [  # type: ignore[attr-defined]
            ONE,
            *((one.id, one.title) for one in page.practices),
        ]
        if self.found:
            shown = [(key, f"{told(one.day, one.at)}: {one.says}") for key, one in self.found.items()]
            self.fields["occasion"].choices = [*shown, (OTHER, "On another day")]  # type: ignore[attr-defined]
        else:
            del self.fields["occasion"]
            self.fields["day"].label, self.fields["day"].required = "Day", True

    def clean(self) -> dict[str, Any]:
        """Ask for a day where no meeting was chosen."""
        cleaned = super().clean() or {}
        if not self.chosen(cleaned) and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Choose a meeting, or a day.")
        return cleaned

    def chosen(self, cleaned: Mapping[str, Any]) -> Any:
        """Give the meeting that was chosen; nothing for a day of one's own."""
        return self.found.get(cleaned.get("occasion") or "")

    def when(self) -> tuple[date, time | None, str]:
        """Give the day, the time and the meeting in words."""
        one = self.chosen(self.cleaned_data)
        if one is not None:
            return one.day, one.at, one.says
        return self.cleaned_data["day"], self.cleaned_data.get("at"), ""


class TrainingForm(forms.Form):
    """One piece of support (row 152)."""

    name = OwnWords(label="What it is", max_length=160)
    kind = chosen("Kind of support", dict(Training.Kind.choices), "Choose one of the four kinds.")
    about = forms.ChoiceField(
        label="Skill", choices=[("", "No skill in particular"), *SKILLS.items()], required=False
    )
    state = forms.ChoiceField(label="How far it is", choices=Training.State.choices)
    day = forms.DateField(label="Day", widget=day_input(), required=False, validators=[near_day])
    hours = forms.FloatField(
        label="Hours",
        required=False,
        min_value=0.25,
        max_value=2000,
        error_messages={
            "invalid": "Write the hours as a number, such as 1.5.",
            "min_value": "A quarter of an hour, 0.25, is the least. Leave it empty where you do not know.",
            "max_value": "2,000 hours, a year of work, is the most.",
        },
    )
    brought = OwnWords(label="What it brought", max_length=500, required=False, widget=lines(3))

    def clean(self) -> dict[str, Any]:
        """Refuse what was had on a day that is still to come."""
        cleaned = super().clean() or {}
        day = cleaned.get("day")
        if day and cleaned.get("state") == Training.State.DONE and day > timezone.localdate():
            self.add_error("day", "This day is still to come: it is booked, and not had yet.")
        return cleaned


def told(day: date, at: time) -> str:
    """Write Thursday 26 November, 14:00."""
    return f"{day:%A} {day.day} {day:%B}, {at:%H:%M}"


def _choice(text: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=text, choices=choices, widget=forms.RadioSelect, required=False)
