"""Who gets what from every address of My journey: the owner, and of one thing the one who is asked."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from tests.factories import PersonFactory
from tests.web.journey import made

from fairlead.web.journey.models import Summary

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = "00000000-0000-4000-8000-000000000000"
SHOWN = "405 405 405"


def own_entry(person: Any) -> dict[str, Any]:
    return {"pk": made.entry(person).pk}


def own_entry_to_do(person: Any) -> dict[str, Any]:
    return own_entry(person) | {"verb": "put-away"}


def own_file(person: Any) -> dict[str, Any]:
    return {"pk": made.attachment(made.entry(person)).pk}


def asked_by_me(person: Any) -> dict[str, Any]:
    """The person asks a witness, and reads what that one reads."""
    return {"pk": made.witness(made.entry(person), PersonFactory.create()).pk}


def asked_of_me(person: Any) -> dict[str, Any]:
    """Somebody asks the person, who answers."""
    return {"pk": made.witness(made.entry(PersonFactory.create()), person).pk}


def own_summary(person: Any) -> dict[str, Any]:
    there = Summary.objects.filter(owner=person).first()
    return {"pk": (there or made.summary(person)).pk}


def own_summary_file(person: Any) -> dict[str, Any]:
    return own_summary(person) | {"form": "csv"}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table; ``missing`` is the same address with a number that names nothing."""
    entry = {"own": own_entry, "missing": {"pk": NOWHERE}}
    file = {"own": own_file, "missing": {"pk": NOWHERE}}
    asking = {"own": asked_by_me, "missing": {"pk": NOWHERE}}
    asked = {"own": asked_of_me, "missing": {"pk": NOWHERE}}
    summary = {"own": own_summary, "missing": {"pk": NOWHERE}}
    found = {
        "journey/": row("in 200 200", "in 422 422"),
        "journey/new/": row("in 200 200", "in 422 422"),
        "journey/friday/": row("in 200 200", "in 422 422"),
        "journey/thanks/": row("in 200 200", "in 422 422"),
        "journey/result/": row("in 200 200", "in 422 422"),
        "journey/missing/": row("in 200 200", "in 422 422"),
        "journey/entries/<uuid:pk>/": row("in 200 404", SHOWN, **entry),
        "journey/entries/<uuid:pk>/change/": row("in 200 404", "in 422 404", **entry),
        "journey/entries/<uuid:pk>/do/<slug:verb>/": row(
            SHOWN, "in 302 404", own=own_entry_to_do, missing={"pk": NOWHERE, "verb": "put-away"}
        ),
        "journey/entries/<uuid:pk>/files/": row(SHOWN, "in 422 404", **entry),
        "journey/entries/<uuid:pk>/witness/": row("in 200 404", "in 422 404", **entry),
        "journey/files/<uuid:pk>/": row("in 200 404", SHOWN, **file),
        "journey/files/<uuid:pk>/remove/": row(SHOWN, "in 302 404", **file),
        "journey/witness/<uuid:pk>/": row("in 200 404", SHOWN, **asking),
        "journey/witness/<uuid:pk>/saw/": row(SHOWN, "in 302 404", **asked),
        "journey/witness/<uuid:pk>/did-not-see/": row(SHOWN, "in 302 404", **asked),
        "journey/witness/<uuid:pk>/take-back/": row(SHOWN, "in 302 404", **asking),
        "journey/summaries/": row("in 200 200", "in 422 422"),
        "journey/summaries/<uuid:pk>/": row("in 200 404", SHOWN, **summary),
        "journey/summaries/<uuid:pk>/change/": row("in 200 404", "in 422 404", **summary),
        "journey/summaries/<uuid:pk>/draft/": row(SHOWN, "in 302 404", **summary),
        "journey/summaries/<uuid:pk>/back/": row(SHOWN, "in 302 404", **summary),
        "journey/summaries/<uuid:pk>/delete/": row(SHOWN, "in 302 404", **summary),
        "journey/summaries/<uuid:pk>/file.<slug:form>": row(
            "in 200 404", SHOWN, own=own_summary_file, missing={"pk": NOWHERE, "form": "csv"}
        ),
    }
    if find_spec("tests.web.journey.later_matrix"):
        found |= import_module("tests.web.journey.later_matrix").rows(row)
    return found
