"""What is asked of those who offer to be a mentor, and of those who look for one."""

from __future__ import annotations

from typing import Any

from django import forms

from fairlead.library.practice import SKILLS
from fairlead.web.growth.later_forms import ONE, OwnWords, chosen, lines
from fairlead.web.growth.mentor_queries import TRACKS

MOST_ROOM = 5


class OfferForm(forms.Form):
    """For which skills, which tracks are known from the inside, for how many, in own words, open or not."""

    skills = forms.MultipleChoiceField(
        label="Skills you offer to help with",
        choices=list(SKILLS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one skill."},
    )
    tracks = forms.MultipleChoiceField(
        label="Tracks you know from the inside",
        choices=list(TRACKS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    says = OwnWords(
        label="In your own words",
        help_text="What you have been through yourself, and how you like to work with somebody. "
        "Every colleague in the chart reads it.",
        required=False,
        max_length=600,
        widget=lines(5),
    )
    capacity = forms.TypedChoiceField(
        label="For how many people at the same time",
        choices=[(number, str(number)) for number in range(1, MOST_ROOM + 1)],
        coerce=int,
        initial=1,
    )
    is_open = forms.BooleanField(
        label="I can be asked now",
        help_text="Untick it for a while: nobody finds you then, and what you have agreed to goes on.",
        required=False,
        initial=True,
    )


class WishForm(forms.Form):
    """For which skill one looks."""

    about = chosen("Skill", SKILLS)
    says = OwnWords(
        label="What you hope for",
        help_text="For yourself; nobody else sees it. When you ask somebody, it stands there to begin with.",
        required=False,
        max_length=600,
        widget=lines(3),
    )


class SearchForm(forms.Form):
    """For which skill, and whether somebody should know a track."""

    about = chosen("For which skill", SKILLS)
    track = forms.ChoiceField(
        label="Somebody who knows this track from the inside",
        choices=[("", "It does not matter"), *TRACKS.items()],
        required=False,
    )


class AskForm(forms.Form):
    """For which of the offered skills, and what one says to the mentor."""

    about = chosen("About", {}, "Choose what you ask them about.")
    words = OwnWords(
        label="What you say to them",
        help_text="What you would like to get better at, and how often you would like to talk. They read it, "
        "and nobody else.",
        max_length=600,
        widget=lines(5),
        error_messages={"required": "Say in a sentence what you would like to get better at."},
    )

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        """Offer the skills that this mentor offers."""
        super().__init__(*args, **kwargs)
        about: Any = self.fields["about"]
        about.choices = [ONE, *((name, word) for name, word in SKILLS.items() if name in offered)]


class AnswerForm(forms.Form):
    """What a mentor may say with their yes."""

    answer = OwnWords(
        label="A word with your yes",
        help_text="For example when you could meet first.",
        required=False,
        max_length=600,
        widget=lines(3),
    )
