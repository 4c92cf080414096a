"""Fields for own words that say how many letters they take, and refuse more instead of cutting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from fairlead.web import asked_in
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Callable

SAYS: Final[dict[str, Callable[[int], str]]] = {
    "en": lambda most: f"At most {most:,} letters.",
    "de": lambda most: f"Höchstens {most:,} Zeichen.".replace(",", "."),
}


class Letters(Uncut):
    """Own words of limited length, with the limit said under the question.

    Without a ``language`` it is said in the one of the page on which the field stands.
    """

    def __init__(self, *, max_length: int, language: str = "", help_text: Any = "", **more: Any) -> None:
        help_text = _helped(help_text, max_length, language)
        super().__init__(max_length=max_length, help_text=help_text, **more)


def _with_limit(help_text: Any, most: int, language: str) -> str:
    says = SAYS.get(language or asked_in.now(), SAYS["en"])(most)
    return f"{help_text} {says}".strip()


_helped = lazy(_with_limit, str)


def fitting_lines(text: str, *, most: int, longest: int) -> list[str]:
    """Give each line that says something; ``ValidationError`` where there are too many, or one is too long.

    A line is told by its number: the sentence can wait in a session, where no own words stand.
    """
    lines = [line for line in (" ".join(one.split()) for one in text.splitlines()) if line]
    if len(lines) > most:
        wrong = _("These are %(count)s lines, and at most %(most)s are kept. Nothing was cut.")
        raise ValidationError(wrong % {"count": len(lines), "most": most})
    for number, line in enumerate(lines, 1):
        if len(line) > longest:
            wrong = _("Line %(line)s has %(count)s letters, and at most %(most)s are kept. Nothing was cut.")
            raise ValidationError(wrong % {"line": number, "count": len(line), "most": longest})
    return lines
