"""What is said of a round, a case, a rating and a decision, as clean values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from fairlead.web.people.forms import plain_text
from fairlead.web.promotions import case_models, cases, models, queries, rating, terms
from fairlead.web.promotions.states import LEAST_RATERS, LEAST_REASONS, LEAST_WORDS, PHASES, ROUND_WORDS
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.people.models import Person

WEEKS: Final = {"nominating": 2, "evidence": 5, "assigning": 6, "rating": 8, "calibrating": 9, "deciding": 10}
"""Weeks from today to the last day of each phase, unless somebody says otherwise."""


def plain_lines(text: str) -> None:
    """Refuse control and direction characters, line by line."""
    for line in text.splitlines():
        plain_text(line.replace("\t", " "))


def _text(label: str, most: int, help_text: str = "", *, rows: int = 4, required: bool = True) -> Any:
    return Uncut(
        label=label,
        max_length=most,
        help_text=help_text,
        required=required,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Write a few words."},
    )


def _line(label: str, most: int, help_text: str = "", *, required: bool = True) -> Any:
    return Uncut(
        label=label,
        max_length=most,
        help_text=help_text,
        required=required,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _day(label: str, help_text: str = "", *, required: bool = True) -> Any:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-03-31."},
    )


def _choice(
    label: str, choices: Sequence[tuple[str, str]], help_text: str = "", *, required: bool = True
) -> Any:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=required,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )


def _whole(label: str, least: int, most: int, help_text: str = "", *, required: bool = True) -> Any:
    says = f"Write a whole number from {least} to {most}."
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=help_text, required=required,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), says),
    )  # fmt: skip


class RoundForm(forms.Form):
    """A round before its opening: title, framework, rules, days."""

    title = _line("Title", 120, "Everybody reads it.")
    framework = _choice("Framework", [], "Signed by the leadership team; its fingerprint is frozen.")
    raters = _whole(
        "Raters for each case",
        terms.FEWEST_RATERS,
        terms.MOST_RATERS,
        "Three or more can be compared better.",
    )
    least_raters = _whole(
        "Raters whose ratings count in a case, at least",
        LEAST_RATERS,
        terms.MOST_RATERS,
        "Where somebody turns out to have had no part in a case, it is decided with the others if so many "
        "are left, and not otherwise.",
        required=False,
    )
    most_cases = _whole("Cases for one rater at most", 1, terms.MOST_CASES)
    least_reasons = _whole(
        "Reasons of a decision have at least",
        LEAST_REASONS,
        2000,
        "Characters; the candidate reads them.",
    )
    self_nomination = forms.BooleanField(label="Everybody can nominate themselves", required=False)
    way_back = _choice(
        "Can somebody who leads or manages go back to other work here?",
        [("", "Choose one"), *terms.WAY_BACK],
        "A way back is a rule that management stands behind, or it is none. Everybody reads the answer "
        "before they nominate or say yes.",
    )
    way_back_words = _text(
        "On what terms", 1000,
        "What somebody keeps, such as pay and title, for how long the way is open, and who in management "
        "stands behind it.", rows=3, required=False,
    )  # fmt: skip
    losses = _text(
        "Whom the organization lost where there was no way back", 1000,
        "How many, in how long, from which kind of role. No names: everybody reads it.",
        rows=2, required=False,
    )  # fmt: skip

    def __init__(self, sent: Any = None, *, draft: models.Round | None = None) -> None:
        """Begin with what was said before, or with what is usual."""
        super().__init__(sent, initial=self._said(draft))
        self.signed = queries.signed_frameworks()
        found: Any = self.fields["framework"]
        found.choices = [(str(one.pk), str(one)) for one in self.signed]
        words = dict(ROUND_WORDS)
        for phase in PHASES:
            self.fields[f"day_{phase}"] = _day(f"{words[phase]} until", "Last day of this phase.")

    @staticmethod
    def _said(draft: models.Round | None) -> dict[str, Any]:
        policy = terms.policy_of(draft) if draft else terms.Policy()
        today = timezone.localdate()
        days: dict[str, date] = {phase: today + timedelta(weeks=WEEKS[phase]) for phase in PHASES}
        if draft:
            days |= terms.dates_of(draft)
        said: dict[str, Any] = {f"day_{phase}": days[phase] for phase in PHASES}
        said |= {"title": draft.title, "framework": str(draft.framework_id)} if draft else {}
        return said | {
            "raters": policy.raters,
            "least_raters": policy.least_raters,
            "most_cases": policy.most_cases,
            "least_reasons": policy.least_reasons,
            "self_nomination": policy.self_nomination,
            "way_back": policy.way_back,
            "way_back_words": policy.way_back_words,
            "losses": policy.losses,
        }

    def clean(self) -> dict[str, Any]:
        """Put what is wrong with the days beside the days."""
        said = super().clean() or {}
        if (said.get("least_raters") or 0) > (said.get("raters") or terms.MOST_RATERS):
            self.add_error("least_raters", "No more can count than rate a case.")
        days = {str(phase): said.get(f"day_{phase}") for phase in PHASES}
        if all(days.values()):
            refusal = terms.dates_refused(days, timezone.localdate())  # type: ignore[arg-type]
            if refusal:
                words = {str(state): label for state, label in ROUND_WORDS}
                named = [phase for phase in PHASES if f"“{words[phase]}”" in refusal]
                self.add_error(f"day_{named[0]}" if named else f"day_{PHASES[-1]}", refusal)
        return said

    def wanted(self) -> dict[str, Any]:
        """Give what an action takes."""
        said = self.cleaned_data
        framework = next(one for one in self.signed if str(one.pk) == said["framework"])
        return {
            "title": said["title"],
            "framework": framework,
            "dates": {str(phase): said[f"day_{phase}"] for phase in PHASES},
            "policy": terms.Policy(
                raters=said["raters"],
                least_raters=said["least_raters"] or LEAST_RATERS,
                most_cases=said["most_cases"],
                least_reasons=said["least_reasons"],
                self_nomination=said["self_nomination"],
                way_back=said["way_back"],
                way_back_words=said["way_back_words"].strip(),
                losses=said["losses"].strip(),
            ),
        }


class OpeningForm(forms.Form):
    """One opening of a draft."""

    title = _line("Role", 120, "As people call it, such as “Lead of the workshop”.")
    place = _choice("Track and level", [])
    unit = _choice("Unit", [], required=False)
    headcount = _whole("How many", 1, 200)
    budget = _choice("Budget", models.Opening.Budget.choices)
    exists = _choice("Does the role exist", models.Opening.Exists.choices)
    planned_for = _day("Planned for", required=False)

    def __init__(self, sent: Any = None, *, one: models.Round) -> None:
        """Offer the levels of the round's framework, and the units of today."""
        super().__init__(sent, initial={"headcount": 1})
        place: Any = self.fields["place"]
        place.choices = queries.places(one)
        unit: Any = self.fields["unit"]
        self.units = {str(found.pk): found for found in queries.units()}
        unit.choices = [("", "Anywhere"), *((pk, str(found)) for pk, found in self.units.items())]

    def values(self) -> dict[str, Any]:
        """Give what an action takes."""
        said = dict(self.cleaned_data)
        said["track"], said["level"] = said.pop("place").split("/", 1)
        return said | {"unit": self.units.get(said["unit"])}


class SeatForm(forms.Form):
    """A seat in the committee."""

    person = _choice("Who", [], "Those who hold the role of the promotion committee.")
    part = _choice("As", models.CommitteeSeat.Part.choices)

    def __init__(self, sent: Any = None, *, one: models.Round) -> None:
        """Offer those who hold the role today and have no seat yet."""
        super().__init__(sent, initial={"part": models.CommitteeSeat.Part.MEMBER})
        self.sat = {seat.person_id: seat for seat in one.seats.select_related("person")}
        free = [found for found in queries.committee_people() if found.pk not in self.sat]
        self.people = {str(found.pk): found for found in free}
        who: Any = self.fields["person"]
        who.choices = [(pk, str(one)) for pk, one in self.people.items()]

    def clean_part(self) -> str:
        """Refuse a second chair: nobody loses the chair without a word."""
        part = str(self.cleaned_data["part"])
        chair = next(
            (seat for seat in self.sat.values() if seat.part == models.CommitteeSeat.Part.CHAIR), None
        )
        if part == models.CommitteeSeat.Part.CHAIR and chair is not None:
            raise forms.ValidationError(
                f"{chair.person} chairs already. Remove that seat first, or give a seat as a member."
            )
        return part

    @property
    def chosen(self) -> Person:
        """Give who was chosen."""
        return self.people[self.cleaned_data["person"]]


class ReasonForm(forms.Form):
    """A reason that somebody reads."""

    reason = _text("Reason", 6000)

    def __init__(self, sent: Any = None, *, read_by: str, least: int = LEAST_REASONS) -> None:
        """Say who reads it and how long it is at least."""
        super().__init__(sent)
        words = f"At least {least} characters and {LEAST_WORDS} different words."
        self.fields["reason"].help_text = f"{read_by} {words}"


class BecauseForm(forms.Form):
    """A reason that nobody has to give."""

    because = _text("Why", 1000, "Whoever carries the case reads it.", rows=2, required=False)


class ConflictForm(forms.Form):
    """What a member says about conflicts of interest."""

    conflict = _text(
        "A conflict of interest",
        1000,
        "With whom, and which. Leave it empty if there is none. People operations and the chair read it.",
        rows=2,
        required=False,
    )


class NominateForm(forms.Form):
    """Who is nominated for which opening."""

    who = _choice("Who", [])
    opening = _choice("For", [])

    def __init__(self, sent: Any = None, *, one: models.Round, person: Person) -> None:
        """Offer oneself where the round allows it, and those who report to one."""
        super().__init__(sent)
        self.people = {str(found.pk): found for found in queries.can_nominate(one, person)}
        who: Any = self.fields["who"]
        me = str(person.pk)
        who.choices = [(pk, "Myself" if pk == me else str(found)) for pk, found in self.people.items()]
        self.openings = {str(found.pk): found for found in one.openings.all()}
        opening: Any = self.fields["opening"]
        opening.choices = [(pk, queries.opening_words(one, found)) for pk, found in self.openings.items()]


class PacketForm(forms.Form):
    """What a case says, beside its evidence."""

    argument = _text(
        "The argument", 4000, "What this person does already that the level asks for.", rows=6, required=False
    )
    team_benefit = _text(
        "How the team gains", 3000, "What gets better for the people this person would lead or help.",
        required=False,
    )  # fmt: skip
    preparation = _text(
        "Training and preparation", 3000,
        "What was given and learned so far for the new role, and what is still missing.", required=False,
    )  # fmt: skip
    loss_impact = _text(
        "If this person left", 2000,
        "What the team would lose, said openly. The person reads it too.", rows=3, required=False,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    advocate = _choice(
        "Advocate", [],
        "Who speaks for the case; the direct manager counts most. They are asked whether they want to.",
        required=False,
    )  # fmt: skip

    def __init__(self, sent: Any = None, *, case: models.Nomination) -> None:
        """Begin with what stands there."""
        said = {name: getattr(case, name) for name in cases.TEXTS}
        seen = cases.fingerprint(case)
        super().__init__(sent, initial=said | {"advocate": str(case.advocate_id or ""), "seen": seen})
        self.people = {str(one.pk): one for one in cases.possible_advocates(case)}
        if case.advocate is not None:
            self.people.setdefault(str(case.advocate_id), case.advocate)
        who: Any = self.fields["advocate"]
        who.choices = [("", "Nobody yet"), *((pk, str(one)) for pk, one in self.people.items())]


class AdvocateForm(forms.Form):
    """Whether somebody wants to speak for a case."""

    wants = _choice("Do you want to speak for it?", [("yes", "Yes"), ("no", "No")])
    words = _text("Why", 1000, "The candidate alone reads it.", rows=2, required=False)


class SelfRatingForm(forms.Form):
    """How the candidate sees each criterion."""

    def __init__(self, sent: Any = None, *, case: models.Nomination) -> None:
        """Ask each criterion of the level."""
        there = {one.criterion: str(one.score) for one in case.self_ratings.all()}
        super().__init__(sent, initial=there)
        scale = [(str(score), words) for score, words in terms.policy_of(case.round).scores]
        for name, (found, seen) in cases.asked_of(case).items():
            said = format_html("At this level: <bdi>{}</bdi>", seen.text)
            self.fields[name] = _choice(found.title, [("", "Not said"), *scale], said, required=False)

    def scores(self) -> dict[str, int]:
        """Give the scores that were said."""
        return {name: int(score) for name, score in self.cleaned_data.items() if score}


CANNOT_SAY: Final = "none"


class RatingForm(forms.Form):
    """One rating: a score with what it rests on, or that one cannot say."""

    score = forms.ChoiceField(
        label="How clearly is it seen?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one, or say that you cannot."},
    )
    rests_on = forms.ChoiceField(
        label="What does it rest on?",
        choices=case_models.RESTS_ON,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say what this rating rests on.",
            "invalid_choice": "Choose one of these.",
        },
    )
    words = _text(
        "Evidence", 2000,
        f"What was done that shows it, in at least {rating.LEAST_WORDS} characters. "
        "Neither this nor what it rests on is needed where you cannot say.",
        rows=3,
    )  # fmt: skip

    def __init__(
        self, sent: Any = None, *, policy: terms.Policy, criterion: str, given: dict[str, Any] | None = None
    ) -> None:
        """Begin with what was given before."""
        said = dict(given or {})
        if given is not None:
            said["score"] = CANNOT_SAY if given.get("score") is None else str(given["score"])
        super().__init__(sent, initial=said, prefix=criterion)
        self.criterion = criterion
        score: Any = self.fields["score"]
        score.choices = [
            *((str(number), f"{number}: {words}") for number, words in policy.scores),
            (CANNOT_SAY, "I cannot say"),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what a score rests on, and for evidence; for neither where somebody cannot say."""
        said = super().clean() or {}
        if said.get("score") == CANNOT_SAY:
            for name in {"rests_on", "words"} & set(self.errors):
                del self.errors[name]
                said[name] = ""
            return said
        words = str(said.get("words", "")).strip()
        if len(words) < rating.LEAST_WORDS:
            self.errors.pop("words", None)
            self.add_error("words", f"Say in at least {rating.LEAST_WORDS} characters what was done.")
        return said

    def given(self) -> rating.Given:
        """Give what an action takes."""
        said = self.cleaned_data
        score = None if said["score"] == CANNOT_SAY else int(said["score"])
        return rating.Given(
            criterion=self.criterion, score=score, rests_on=said["rests_on"], words=said["words"]
        )


class RecuseForm(forms.Form):
    """Who has no part in a case, and why."""

    person = _choice("Who", [])
    reason = _text("Why", 1000, rows=3)

    def __init__(
        self, sent: Any = None, *, people: Sequence[Person], me: Person, told: str, who: str = ""
    ) -> None:
        """Offer whom one may recuse, named in the address or oneself first, and say who reads why."""
        super().__init__(sent, initial={"person": who or str(me.pk)})
        self.fields["reason"].help_text = told
        self.people = {str(one.pk): one for one in people}
        person: Any = self.fields["person"]
        person.choices = [(pk, "Myself" if pk == str(me.pk) else str(one)) for pk, one in self.people.items()]


class DecisionForm(forms.Form):
    """What is decided, and why."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=case_models.Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    reasons = _text("Reasons", 6000, rows=8)

    def __init__(self, sent: Any = None, *, least: int, made: case_models.Decision | None = None) -> None:
        """Say how long the reasons are at least; begin with what was decided, where it is changed."""
        super().__init__(sent, initial={"outcome": made.outcome, "reasons": made.reasons} if made else {})
        self.fields["reasons"].help_text = (
            f"What was done that you rest it on. At least {least} characters and {LEAST_WORDS} different "
            "words. The candidate reads every word, with your name."
        )


class AnswerForm(forms.Form):
    """What the candidate says to a decision, or to one rating."""

    rating = _choice("What it is about", [], required=False)
    text = _text(
        "Your statement",
        4000,
        "It stays beside the decision as long as that is kept. It is not changed afterwards; you can add "
        "another.",
        rows=5,
    )

    def __init__(self, sent: Any = None, *, ratings: Sequence[tuple[str, Sequence[Any]]] = ()) -> None:
        """Offer the decision and each rating that can be read."""
        super().__init__(sent)
        about: Any = self.fields["rating"]
        about.choices = [("", "The decision")] + [
            (one.key, f"{title}, rated by {one.rater}") for title, group in ratings for one in group
        ]


class NextStepForm(forms.Form):
    """What is done next."""

    text = _text("What is done next", 1000, rows=3)
    by = _choice("Who sees to it", [])
    due = _day("Until")

    def __init__(self, sent: Any = None, *, people: Sequence[Person]) -> None:
        """Offer the candidate, the manager and oneself."""
        super().__init__(sent)
        self.people = {str(one.pk): one for one in people}
        who: Any = self.fields["by"]
        who.choices = [(pk, str(one)) for pk, one in self.people.items()]
