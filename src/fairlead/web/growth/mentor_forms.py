"""What is asked of those who offer to be a mentor, and of those who look for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.library.practice import SKILLS
from fairlead.web.growth.later_forms import OwnWords, grouped, lines, topic
from fairlead.web.growth.topics import ASPECTS, TRACKS

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_ROOM = 5
OFFERED = ("skills", "tracks", "aspects")


def _named(topics: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Give topics to choose from, in the language of the page on which they stand."""
    return [(word, gettext_lazy(says)) for word, says in topics.items()]


class OfferForm(forms.Form):
    """For which skills, tracks and aspects, for how many, in own words, open or not."""

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills you offer to help with"),
        choices=_named(SKILLS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tracks = forms.MultipleChoiceField(
        label=gettext_lazy("Tracks you know from the inside"),
        choices=_named(TRACKS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    aspects = forms.MultipleChoiceField(
        label=gettext_lazy("Aspects of leading you like to talk about"),
        choices=_named(ASPECTS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    says = OwnWords(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy(
            "What you have been through yourself, and how you like to work with somebody. Every colleague in "
            "the chart reads it."
        ),
        required=False,
        max_length=600,
        widget=lines(5),
    )
    capacity = forms.TypedChoiceField(
        label=gettext_lazy("For how many people at the same time"),
        choices=[(number, str(number)) for number in range(1, MOST_ROOM + 1)],
        coerce=int,
        initial=1,
    )
    is_open = forms.BooleanField(
        label=gettext_lazy("I can be asked now"),
        help_text=gettext_lazy(
            "Untick it for a while: nobody finds you then, and what you have agreed to goes on."
        ),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one topic, of whichever kind."""
        said = super().clean() or {}
        if not any(said.get(name) for name in OFFERED):
            self.add_error("skills", _("Tick at least one skill, track or aspect."))
        return said

    def about(self) -> list[str]:
        """Give every topic that was ticked."""
        return [word for name in OFFERED for word in self.cleaned_data[name]]


class WishForm(forms.Form):
    """For which topic one looks."""

    about = topic(gettext_lazy("About"), gettext_lazy("Choose what you look for."))
    says = OwnWords(
        label=gettext_lazy("What you hope for"),
        help_text=gettext_lazy(
            "For yourself; nobody else sees it. When you ask somebody, it stands there to begin with."
        ),
        required=False,
        max_length=600,
        widget=lines(3),
    )


class SearchForm(forms.Form):
    """For which topic, and whether somebody should know a track."""

    about = topic(gettext_lazy("What it is about"), gettext_lazy("Choose what you look for."))
    track = forms.ChoiceField(
        label=gettext_lazy("Somebody who knows this track from the inside"),
        choices=[("", gettext_lazy("It does not matter")), *_named(TRACKS)],
        required=False,
    )


class AskForm(forms.Form):
    """For which of the offered topics, and what one says to the mentor."""

    about = topic(gettext_lazy("About"), gettext_lazy("Choose what you ask them about."))
    words = OwnWords(
        label=gettext_lazy("What you say to them"),
        help_text=gettext_lazy(
            "What you would like to get better at, and how often you would like to talk. They read it, and "
            "nobody else."
        ),
        max_length=600,
        widget=lines(5),
        error_messages={"required": gettext_lazy("Say in a sentence what you would like to get better at.")},
    )

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        """Offer the topics that this mentor offers."""
        super().__init__(*args, **kwargs)
        about: Any = self.fields["about"]
        about.choices = grouped(offered)


class AnswerForm(forms.Form):
    """What a mentor may say with their yes."""

    answer = OwnWords(
        label=gettext_lazy("A word with your yes"),
        help_text=gettext_lazy("For example when you could meet first."),
        required=False,
        max_length=600,
        widget=lines(3),
    )
