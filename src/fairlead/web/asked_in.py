"""The language in which somebody is asked: what they chose, else what their browser prefers.

Only questions and what stands around them while answering have a second language; answers are the
same in each, and so are readings. The choice stays in the browser: nothing here keeps it, because in
which language somebody answered says something about who it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language_info, gettext
from django.utils.translation.trans_real import parse_accept_lang_header

from fairlead.library.translations import ORIGINAL
from fairlead.render import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Concatenate, ParamSpec, TypeVar

    from django.http import HttpRequest, HttpResponseBase

    Given = ParamSpec("Given")
    Asking = TypeVar("Asking", bound=HttpRequest)
    Answer = TypeVar("Answer", bound=HttpResponseBase)

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
    return in_language(language, known, is_chosen=chosen in known)


def in_language(language: str, known: Sequence[str], *, is_chosen: bool = False) -> Asked:
    """Ask in one of the known languages, and offer the others."""
    others = tuple((code, name_of(code)) for code in known if code != language)
    return Asked(language=language, others=others, is_chosen=is_chosen)


def now() -> str:
    """Give the language of the page that is being made; the original outside a page that asks."""
    language = (translation.get_language() or ORIGINAL).partition("-")[0]
    return language if language in framed_in() else ORIGINAL


def said(text: str) -> str:
    """Say words of the vocabulary in the language of the page, where that has them."""
    return gettext(text) if text and now() != ORIGINAL else text


def day(found: date | None) -> str:
    """Write a date as the page does: 2 Mar 2026, or as its language has it; empty where there is none."""
    if found is None:
        return ""
    if now() == ORIGINAL:
        return words.day(found.isoformat())
    return date_format(found, gettext("j M Y"))


def hours(found: float) -> str:
    """Write hours as the page does: 12.5 h, or with the comma of its language."""
    return words.hours(found) if now() == ORIGINAL else gettext("%(count)s h") % {"count": number(found)}


def number(found: float) -> str:
    """Write a number with at most one decimal, with the comma of the page's language."""
    exact = words.number(round(found, 1))
    return exact if now() == ORIGINAL else number_format(round(found, 1), None if "." not in exact else 1)


def speaks(
    languages: Callable[[], Sequence[str]] = framed_in,
) -> Callable[[Callable[Concatenate[Asking, Given], Answer]], Callable[Concatenate[Asking, Given], Answer]]:
    """Make a whole page in the language in which somebody is asked; ``languages`` gives those it has.

    Its templates find it as ``request.asked``. What the page keeps stays what it is in each language.
    """

    def decorate(
        view: Callable[Concatenate[Asking, Given], Answer],
    ) -> Callable[Concatenate[Asking, Given], Answer]:
        @wraps(view)
        def answer(request: Asking, /, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
            how = asked(request, languages())
            request.asked = how  # type: ignore[attr-defined]
            if not how.is_translated:
                return view(request, *args, **kwargs)
            with translation.override(how.language):
                return view(request, *args, **kwargs)

        return answer

    return decorate


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
