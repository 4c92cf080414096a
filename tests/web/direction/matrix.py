"""Who gets what from the addresses of My direction."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fairlead.web.direction.models import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = "00000000-0000-4000-8000-000000000000"
SHOWN, FORM, DO = "405 405 405", "in 422 422", "405 405 405"


def own_begun(person: Any) -> dict[str, Any]:
    sitting = Sitting.objects.filter(owner=person, section="why", finished_at=None).first()
    return {"pk": (sitting or Sitting.objects.create(owner=person, section="why", content={"goals": "."})).pk}


def own_first(person: Any) -> dict[str, Any]:
    return own_begun(person) | {"number": 1}


def own_finished(person: Any) -> dict[str, Any]:
    content = {"success": "A garden", "push": "own"}
    made = Sitting.objects.create(owner=person, section="why", content=content, finished_at=timezone.now())
    return {"pk": made.pk}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table; ``missing`` is the same address with a number that names nothing."""

    def mine(get: str, post: str, own: Any, **more: Any) -> Any:
        return row(get, post, own=own, missing={"pk": NOWHERE} | more)

    found = {
        "direction/": row("in 200 200", SHOWN),
        "direction/next-step/put-on-my-list/": row(DO, "in 302 302"),
        "direction/delete-everything/": row("in 200 200", FORM),
        "direction/files/": row("in 200 200", FORM),
        "direction/files/answers.<slug:form>": row("in 200 200", SHOWN, path="/direction/files/answers.yaml"),
        "direction/part/<slug:section>/": row("in 200 200", "in 302 302", path="/direction/part/energy/"),
        "direction/sitting/<uuid:pk>/": mine("in 200 404", SHOWN, own_finished),
        "direction/sitting/<uuid:pk>/<int:number>/": mine("in 200 404", "in 302 404", own_first, number=1),
        "direction/sitting/<uuid:pk>/review/": mine("in 200 404", "in 302 404", own_begun),
        "direction/sitting/<uuid:pk>/delete/": mine(DO, "in 302 404", own_finished),
    }
    later = "tests.web.direction.matrix_later"
    return found | (import_module(later).rows(row) if find_spec(later) else {})
