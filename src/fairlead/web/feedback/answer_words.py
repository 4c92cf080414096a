"""Sentences of other places that stand on the pages of answering: here, so that catalogues have them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

WHYS: Final = (
    gettext_noop("A name. It points at a person."),
    gettext_noop("It names somebody."),
    gettext_noop("An address points at one person."),
    gettext_noop("A link leads to one thing that few people know."),
    gettext_noop("A phone number points at one person."),
    gettext_noop("A date. Whoever was there then knows who wrote this."),
    gettext_noop("A time of day. Whoever was there then knows who wrote this."),
    gettext_noop("An amount of money. Few people know it."),
    gettext_noop("A number. Few people know it, and it can be looked up."),
    gettext_noop("If there is only one, everybody knows who that is."),
    gettext_noop("You said it before. Whoever heard it then knows who wrote this."),
    gettext_noop("It says something about you that may be true of you alone."),
    gettext_noop("It says what you alone may be in charge of."),
    gettext_noop("It says when you came, went or were away."),
)
"""Why a piece of a comment is marked, as ``core.comment_marks`` says it."""

REFUSALS: Final = (gettext_noop("This survey takes no answers."),)
"""What the ballot box says, ``vault.box``."""
