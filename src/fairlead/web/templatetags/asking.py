"""What every page that asks something has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext

from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in

if TYPE_CHECKING:
    from django.forms import BaseForm

register = template.Library()


@register.inclusion_tag("parts/errors.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """Say what is wrong with a form, once on a page: a second place that asks for it stays empty."""
    if not form or not form.errors or getattr(form, "is_told", False):
        return {"form": None}
    form.is_told = True  # type: ignore[attr-defined]
    return {"form": form}


@register.filter
def told(text: object) -> dict[str, str]:
    """Say a sentence that code wrote in the language of the page, where that has words for it.

    What waits for the next page is kept as it was written: no session holds a language.
    """
    written = str(text)
    says = gettext(written) if written else written
    return {"says": says, "language": ORIGINAL if says == written else asked_in.now()}


@register.filter
def said(words: object) -> str:
    """Say words of the vocabulary in the language of the page."""
    return asked_in.said(str(words))
