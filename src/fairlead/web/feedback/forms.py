"""What is said of a survey before its launch, and the file of a questionnaire, as clean values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from fairlead.core.ballots import FLOOR
from fairlead.library.strict_yaml import MAX_BYTES
from fairlead.web import finding
from fairlead.web.feedback import queries, surveys, terms
from fairlead.web.feedback.surveys import Wanted
from fairlead.web.people.forms import plain_text
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.web.feedback.models import Survey
    from fairlead.web.people.models import Person

USUALLY: Final = timedelta(days=14)
"""How long a survey is open unless somebody says otherwise."""


def _day(text: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=text,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-03-31."},
    )


class SurveyForm(forms.Form):
    """What every survey needs: a title, a questionnaire, its days."""

    kind: str
    usually: str = ""
    """The questionnaire to begin with, by its id."""

    title = Uncut(
        label="Title",
        max_length=120,
        validators=[plain_text],
        help_text="Everybody who is asked reads it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    questionnaire = forms.ChoiceField(
        label="Questionnaire", error_messages={"required": "Choose a questionnaire."}
    )
    opens_on = _day("First day", "Whom it asks is fixed when you launch it.")
    closes_on = _day("Last day", "3 to 60 days after the first; two reminders are sent on the way.")

    def __init__(self, sent: Any = None, *, person: Person, draft: Survey | None = None) -> None:
        """Begin with what was said before, or with what is usual."""
        super().__init__(sent, initial=self._said(person, draft))
        self.person = person
        self.offered = {one.digest: one for one in terms.offered(self.kind)}
        self.fields["questionnaire"].choices = [  # type: ignore[attr-defined]
            (
                one.digest,
                f"{one.title} ({one.minutes} minutes{', version ' + one.version if one.own else ''})",
            )
            for one in self.offered.values()
        ]
        usual = next((one.digest for one in self.offered.values() if one.id == self.usually), None)
        self.initial.setdefault("questionnaire", usual)
        today = timezone.localdate()
        self.fields["opens_on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + surveys.AHEAD).isoformat(),
        }
        self.fields["closes_on"].widget.attrs |= {"min": (today + surveys.SHORTEST).isoformat()}

    def _said(self, person: Person, draft: Survey | None) -> dict[str, Any]:
        if draft is None:
            today = timezone.localdate()
            return {
                "title": self.usual_title(person),
                "opens_on": today,
                "closes_on": today + USUALLY,
                "k": FLOOR,
            }
        names = ("title", "opens_on", "closes_on", "k", "lens")
        kept = {name: getattr(draft, name) for name in names} | {"unit": str(draft.unit_id or "")}
        try:
            return kept | {"questionnaire": terms.chosen(draft).digest}
        except LookupError:  # offered no more: the form asks again
            return kept

    def usual_title(self, person: Person) -> str:
        """Give the title to begin with."""
        del person
        return ""

    def clean(self) -> dict[str, Any]:
        """Let the days fit each other."""
        said = super().clean() or {}
        opens, closes = said.get("opens_on"), said.get("closes_on")
        if isinstance(opens, date) and isinstance(closes, date):
            refusal = surveys.days_refused(opens, closes, timezone.localdate())
            if refusal:
                self.add_error("closes_on" if "last day" in refusal else "opens_on", refusal)
        return said

    def wanted(self) -> Wanted:
        """Give what was said."""
        said = self.cleaned_data
        return Wanted(
            title=said["title"],
            questionnaire=self.offered[said["questionnaire"]],
            opens_on=said["opens_on"],
            closes_on=said["closes_on"],
            **self.more(),
        )

    def more(self) -> dict[str, Any]:
        """Give what this kind of survey says beside."""
        return {}


class OfUnitForm(SurveyForm):
    """A survey of everybody, or of one unit with all its parts."""

    unit = forms.ChoiceField(label="Who is asked", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(one.pk): one for one in queries.units()}
        named = [(pk, f"{one.name}, with all its parts") for pk, one in self.units.items()]
        self.fields["unit"].choices = [("", "Everybody"), *named]  # type: ignore[attr-defined]

    def more(self) -> dict[str, Any]:
        """Give the unit."""
        return {"unit": self.units.get(self.cleaned_data["unit"])}


class ManagersForm(OfUnitForm):
    """Each team about its manager."""

    kind = surveys.Kind.UPWARD
    usually = "role-audit-others"
    field_order = ["title", "questionnaire", "unit", "opens_on", "closes_on", "k"]

    k = forms.IntegerField(
        label="Answers behind every figure",
        min_value=FLOOR,
        max_value=surveys.HIGHEST_K,
        help_text=f"{FLOOR} at least; more protects better, and fewer managers get a figure.",
        error_messages={
            "min_value": f"No figure stands for fewer than {FLOOR} people: {FLOOR} to {surveys.HIGHEST_K}."
        },
    )

    def more(self) -> dict[str, Any]:
        """Give unit and least number."""
        return super().more() | {"k": self.cleaned_data["k"]}


class PulseForm(OfUnitForm):
    """A pulse."""

    kind = surveys.Kind.PULSE
    field_order = ["title", "questionnaire", "unit", "lens", "opens_on", "closes_on"]

    lens = forms.ChoiceField(
        label="Show everybody together also by",
        required=False,
        choices=[("", "Nothing else"), ("track", "Track"), ("tenure", "Time here, in four bands")],
        help_text="One at most, only where everybody is asked, and only if no combination of figures singles "
        "out fewer than five people.",
    )

    def clean(self) -> dict[str, Any]:
        """Let a lens be for everybody alone."""
        said = super().clean()
        if said.get("lens") and said.get("unit"):
            self.add_error(
                "lens", "Only a pulse that asks everybody can be shown this way. Choose nothing else."
            )
        return said

    def more(self) -> dict[str, Any]:
        """Give unit and lens."""
        return super().more() | {"lens": self.cleaned_data["lens"]}


class TeamForm(SurveyForm):
    """One's own team about oneself."""

    kind = surveys.Kind.UPWARD

    def usual_title(self, person: Person) -> str:
        """Name who asks."""
        return f"Feedback for {person}"[:120]


class PeopleField(forms.MultipleChoiceField):
    """Sealed choices of people; what was not sealed for the one who chooses is no choice."""

    def valid_value(self, value: str) -> bool:
        """Take any text: it is opened afterwards."""
        return len(value) <= 400

    def validate(self, value: Any) -> None:
        """Take none as well: how many are needed is said by the refusal."""


class WorkForm(SurveyForm):
    """Colleagues about one's own work; whom one looks for is a step of its own."""

    kind = surveys.Kind.ROLE
    usually = "role-audit-others"
    field_order = ["title", "questionnaire", "opens_on", "closes_on", "people", "who", "step"]

    people = PeopleField(label="Who is asked", required=False, widget=forms.CheckboxSelectMultiple)
    who = Uncut(
        label="Somebody else",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    step = forms.ChoiceField(choices=[("find", "find"), ("keep", "keep")], required=False)

    def __init__(
        self, sent: Mapping[str, Any] | None = None, *, person: Person, draft: Survey | None = None
    ) -> None:
        """Offer those chosen before, and those one works with most."""
        super().__init__(sent, person=person, draft=draft)
        self.fields["who"].help_text = (
            "A part of their name as the roster has it, or the exact e-mail address they sign in with."
            if person.in_roster
            else "The exact e-mail address they sign in with."
        )
        self.chosen: list[Person] = []
        if sent is None and draft is not None:
            self.chosen = queries.named(draft)

    def usual_title(self, person: Person) -> str:
        """Name who asks."""
        return f"Feedback for {person}"[:120]

    def clean_people(self) -> list[Person]:
        """Open the sealed choices."""
        self.chosen = finding.all_chosen(self.person, self.cleaned_data["people"][: 2 * surveys.MOST_NAMED])
        return self.chosen

    @property
    def looks(self) -> bool:
        """Say whether somebody is looked for, and nothing kept yet."""
        return bool(self.cleaned_data.get("step") == "find")

    def more(self) -> dict[str, Any]:
        """Give the colleagues."""
        return {"people": tuple(one.pk for one in self.chosen)}


FORMS: Final[dict[str, type[SurveyForm]]] = {
    "managers": ManagersForm,
    "pulse": PulseForm,
    "team": TeamForm,
    "work": WorkForm,
}
"""The four ways to ask, by the last part of their address."""


class InstrumentForm(forms.Form):
    """A questionnaire of one's own."""

    file = forms.FileField(
        label="A file",
        help_text="YAML, up to 256 KiB. One that ships is a good start: take its file and change it.",
        error_messages={"empty": "This file is empty.", "required": "Choose a file."},
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,application/yaml,text/yaml"}),
    )

    def clean_file(self) -> Any:
        """Read nothing that is too long."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                f"The file is {file.size / 1024:,.0f} KiB long. At most {MAX_BYTES // 1024} KiB are read."
            )
        return file
