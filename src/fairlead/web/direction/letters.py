"""Fields for own words that say how many letters they take, and refuse more instead of cutting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Callable

SAYS: Final[dict[str, Callable[[int], str]]] = {
    "en": lambda most: f"At most {most:,} letters.",
    "de": lambda most: f"Höchstens {most:,} Zeichen.".replace(",", "."),
}
TOO_LONG: Final = gettext_lazy(
    "These are %(show_value)d letters, and at most %(limit_value)d are kept. Nothing was cut: shorten it and "
    "send it again."
)


class Letters(forms.CharField):
    """Own words of limited length.

    No ``maxlength`` stands in the page: with it a browser cuts what is pasted and says nothing.
    """

    def __init__(self, *, max_length: int, language: str = "en", help_text: str = "", **more: Any) -> None:
        """Say the limit under the question."""
        says = SAYS.get(language, SAYS["en"])(max_length)
        super().__init__(max_length=max_length, help_text=f"{help_text} {says}".strip(), **more)
        self.error_messages["max_length"] = TOO_LONG

    def to_python(self, value: Any) -> Any:
        """Count the end of a line once, as it is typed; a browser sends two letters for it."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the limit to the server, which says what it refuses."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


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
