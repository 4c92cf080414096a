"""The language in which somebody is asked: what they chose, else what their browser prefers.

Only questions and what stands around them while answering have a second language; answers are the
same in each, and so are readings. The choice stays in the browser: nothing here keeps it, because in
which language somebody answered says something about who it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

from fairlead.library.translations import ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponseBase

COOKIE: Final = "fairlead_asked_in"
"""Where the browser keeps the choice until it is closed."""

_CHOSEN: Final = "fairlead.asked_in"
_GO: Final = "lang-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The language in which a page asks, and the others to choose from, with their own names."""

    language: str
    others: tuple[tuple[str, str], ...] = ()
    is_chosen: bool = False

    @property
    def name(self) -> str:
        """The language in its own words."""
        return name_of(self.language)

    @property
    def is_translated(self) -> bool:
        """Whether the page asks in another language than its frame and the results have."""
        return self.language != ORIGINAL


IN_ENGLISH: Final = Asked(language=ORIGINAL)


@cache
def framed_in() -> tuple[str, ...]:
    """Give the languages that the words around questions have: the original, and each with a catalogue."""
    found = (
        catalogue.parent.parent.name
        for folder in settings.LOCALE_PATHS
        for catalogue in Path(folder).glob("*/LC_MESSAGES/django.mo")
    )
    return (ORIGINAL, *sorted(found))


def name_of(language: str) -> str:
    """Give a language in its own words."""
    return str(get_language_info(language)["name_local"])


def asked(request: HttpRequest, offered: Sequence[str]) -> Asked:
    """Say in which of the offered languages this page asks; ``?lang=de`` chooses and is remembered."""
    known = [language for language in offered if language in framed_in()] or [ORIGINAL]
    if request.GET.get("lang", "") in known:
        choose(request, request.GET["lang"])
    chosen = request.META.get(_CHOSEN) or request.COOKIES.get(COOKIE, "")
    language = chosen if chosen in known else _preferred(request, known)
    others = tuple((code, name_of(code)) for code in known if code != language)
    return Asked(language=language, others=others, is_chosen=chosen in known)


def choose(request: HttpRequest, language: str) -> None:
    """Remember the language in which somebody wants to be asked; an unknown one changes nothing."""
    if language in framed_in():
        request.META[_CHOSEN] = language


def chose(request: HttpRequest, go: str) -> bool:
    """Say whether the button that was pressed changes the language, and remember which one it names."""
    if go.startswith(_GO):
        choose(request, go.removeprefix(_GO))
    return go.startswith(_GO)


def remembers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let the browser keep the language that was chosen on this page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if chosen := request.META.get(_CHOSEN):
            response.set_cookie(
                COOKIE, chosen, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response

    return answer


def _preferred(request: HttpRequest, known: Sequence[str]) -> str:
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = code.partition("-")[0]
        if language in known:
            return language
    return known[0]
