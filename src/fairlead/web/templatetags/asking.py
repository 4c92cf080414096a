"""What every page that asks something has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

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
