"""What one value in a file of direction answers may be: a word of a list, a text, a step, a day, a task."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BeforeValidator, Field, StrictFloat, StrictInt
from pydantic_core import PydanticCustomError

from fairlead.core.direction_answers import Motive, Value
from fairlead.core.work import Competency, Kind
from fairlead.library import role_library
from fairlead.library.practice import SKILLS
from fairlead.library.wording import not_right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import StrEnum

FORM: Final = "1"
"""The version of the file; it changes when a file of today could no longer be read."""

OWN: Final = "own:"
MAX_TEXT: Final = 4000
MAX_ENTRIES: Final = 100


def near(wanted: object, known: Sequence[str]) -> str:
    """Say what was probably meant, or what can be meant."""
    found = get_close_matches(str(wanted), known, n=1)
    return f"Did you mean “{found[0]}”?" if found else f"Known here: {', '.join(known)}."


def _known(word: object, known: Sequence[str]) -> str:
    if not isinstance(word, str) or word not in known:
        raise not_right(f"“{short(word)}” is not known here.", near(word, known))
    return word


def word_of(kind: type[StrEnum]) -> BeforeValidator:
    """Take a word of that list, or nothing."""

    def check(value: object) -> object:
        return value if value is None else kind(_known(value, list(kind)))

    return BeforeValidator(check)


def known_skill(value: object) -> object:
    """Take a competency or people skill under stress, or nothing."""
    return value if value is None else _known(value, list(SKILLS))


def _own_words(value: object) -> object:
    """Take numbers that stand where words should for words: a year, an amount."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def known_task(value: object) -> object:
    """Take a work activity, a competency, a kind of work, or a task of one's own."""
    if value is None or (isinstance(value, str) and value.removesuffix(":") == OWN[:-1]):
        return OWN if value else value
    if isinstance(value, str) and value.startswith(OWN):
        return value
    codes = [one.id for one in role_library.activities()]
    return _known(
        value, [*codes, *Competency, *(kind for kind in Kind if kind is not Kind.UNCLEAR), OWN[:-1]]
    )


def a_day(value: object) -> str:
    """Take an ISO date that has come."""
    try:
        if isinstance(value, str) and len(value) == len("2026-01-31"):
            return _come(date.fromisoformat(value)).isoformat()
    except PydanticCustomError:
        raise
    except ValueError:
        pass
    raise not_right(f"“answered_on” is “{short(value)}”.", "It should be a date like 2026-01-31.")


def _come(day: date) -> date:
    """Refuse a day to come; where the file was written it may be tomorrow already."""
    today = date.today()  # noqa: DTZ011 - the person's own day
    if day - today > timedelta(days=1):
        raise not_right(f"“answered_on” is {day}, a day that has not come.", f"Today is {today}.")
    return day


def this_form(value: object) -> object:
    """Take the version of the file that is read here."""
    if str(value) != FORM:
        raise not_right(
            f"“direction” is “{short(value)}”.", f'This is form {FORM}: write direction: "{FORM}".'
        )
    return FORM


def short(value: object) -> str:
    """Give the beginning of what was written, as it stands in a message."""
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


Text = Annotated[Annotated[str, Field(max_length=MAX_TEXT)] | None, BeforeValidator(_own_words)]
Texts = Annotated[tuple[Text, ...], Field(max_length=MAX_ENTRIES)] | None
Step = Annotated[StrictInt, Field(ge=1, le=5)] | None
Hours = Annotated[StrictFloat, Field(ge=0, le=168, allow_inf_nan=False)] | None
AValue = Annotated[Value | None, word_of(Value)]
AMotive = Annotated[Motive | None, word_of(Motive)]
Steps = dict[str, Step] | None
