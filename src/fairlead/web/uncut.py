"""Fields for what people type: a browser cuts none of it in silence, the server says what is too much."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy

TOO_LONG: Final = gettext_lazy(
    "These are %(show_value)d letters, and at most %(limit_value)d are kept. Nothing was cut: shorten it and "
    "send it again."
)
SAYS_EMPTY: Final = {"en": "Fill this in.", "de": "Füllen Sie das aus."}


def _empty() -> str:
    return SAYS_EMPTY.get((get_language() or "en").partition("-")[0], SAYS_EMPTY["en"])


EMPTY: Final = lazy(_empty, str)()
"""For a field that needs something, in the language of the page."""


class ServerLimits:
    """No ``maxlength`` stands in the page: with it a browser cuts what is pasted and says nothing."""

    default_error_messages: ClassVar[dict[str, Any]] = {"max_length": TOO_LONG, "required": EMPTY}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the limit to the server, which says what it refuses."""
        attrs: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        attrs.pop("maxlength", None)
        return attrs


class Uncut(ServerLimits, forms.CharField):
    """Own words of limited length."""

    def to_python(self, value: Any) -> Any:
        """Count the end of a line once, as it is typed; a browser sends two letters for it."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class UncutAddress(ServerLimits, forms.URLField):
    """The address of a page."""
