"""The language in which somebody is asked: what they chose, else what their browser prefers.

Only questions and what stands around them while answering have a second language; answers are the
same in each, and so are readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation.trans_real import parse_accept_lang_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

SESSION: Final = "asked_in"
"""Where the choice is remembered until the person signs out."""

NAMES: Final = {"en": "English", "de": "Deutsch"}

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "choice": "Language of the questions",
        "begin": "Begin",
        "go_on": "Go on where you stopped",
        "screens": "screens",
        "minutes": "minutes, saved at each screen",
        "so_far": "answered so far",
        "stop": (
            "You can stop after any screen and go on another day, and leave out what you like: the result "
            "says what is missing."
        ),
        "screen": "Screen",
        "of": "of",
        "next": "Next",
        "back": "Back",
        "leave": "Save and leave",
        "review": "Look it over",
        "empty": "You can leave anything empty. What you answered is saved when you press a button, and only "
        "you see it.",
        "answered": "questions are answered.",
        "left_out": "What is empty is left out of the result, and the result says so.",
        "change": "Change",
        "nothing": "empty",
        "result": "Read the result",
        "first": "Back to the first screen",
        "where_from": "Where the questions come from",
        "reliability": "Reliability",
        "not_measured": "not yet measured",
    },
    "de": {
        "choice": "Sprache der Fragen",
        "begin": "Anfangen",
        "go_on": "Weitermachen, wo Sie aufgehört haben",
        "screens": "Seiten",
        "minutes": "Minuten, jede Seite wird gespeichert",
        "so_far": "bisher beantwortet",
        "stop": (
            "Sie können nach jeder Seite aufhören und an einem anderen Tag weitermachen. Sie können "
            "auslassen, was Sie möchten: Das Ergebnis sagt, was fehlt."
        ),
        "screen": "Seite",
        "of": "von",
        "next": "Weiter",
        "back": "Zurück",
        "leave": "Speichern und aufhören",
        "review": "Alles durchsehen",
        "empty": (
            "Sie können alles leer lassen. Was Sie geantwortet haben, wird gespeichert, sobald Sie auf einen "
            "Knopf drücken, und nur Sie sehen es."
        ),
        "answered": "Fragen sind beantwortet.",
        "left_out": "Was leer ist, fehlt im Ergebnis, und das Ergebnis sagt es.",
        "change": "Ändern",
        "nothing": "leer",
        "result": "Zum Ergebnis",
        "first": "Zurück zur ersten Seite",
        "where_from": "Woher die Fragen stammen",
        "reliability": "Zuverlässigkeit",
        "not_measured": "noch nicht gemessen",
    },
}
"""What stands around the questions, in each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The language in which a page asks, the others to choose from, and the words around the questions."""

    language: str
    others: tuple[tuple[str, str], ...]
    words: Mapping[str, str]

    @property
    def name(self) -> str:
        """The language in its own words."""
        return NAMES[self.language]


def asked(request: HttpRequest, offered: Sequence[str]) -> Asked:
    """Say in which of the offered languages this page asks; ``?lang=de`` chooses and is remembered."""
    known = [language for language in offered if language in WORDS] or ["en"]
    chosen = request.GET.get("lang", "")
    if chosen in known:
        choose(request, chosen)
    remembered = request.session.get(SESSION, "")
    language = remembered if remembered in known else _preferred(request, known)
    others = tuple((code, NAMES[code]) for code in known if code != language)
    return Asked(language=language, others=others, words=WORDS[language])


def choose(request: HttpRequest, language: str) -> None:
    """Remember the language in which somebody wants to be asked; an unknown one changes nothing."""
    if language in WORDS and request.session.get(SESSION) != language:
        request.session[SESSION] = language


def _preferred(request: HttpRequest, known: Sequence[str]) -> str:
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = code.partition("-")[0]
        if language in known:
            return language
    return known[0]
