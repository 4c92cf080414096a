"""Who gets what from the addresses of this room."""

from __future__ import annotations

import uuid
from typing import Any

from fairlead.web.privacy.models import ErasureRequest

PEOPLE_OPERATIONS = ("ada", "finn")
READ_THE_PAPERS = ("ada", "finn", "gina", "hugo", "ida")


def own_request(person: Any) -> dict[str, Any]:
    return {"pk": ErasureRequest.objects.create(person=person.pk).pk}


def rows(row: Any) -> dict[str, Any]:
    answers = dict.fromkeys(PEOPLE_OPERATIONS, ("200", "405"))
    step_up = dict.fromkeys(PEOPLE_OPERATIONS, ("again", "again"))
    papers = dict.fromkeys(READ_THE_PAPERS, ("200", "405"))
    missing = {"pk": str(uuid.UUID(int=0))}
    return {
        "privacy/": row("in 200 200", "405 405 405"),
        "privacy/erasure/": row("in again again", "in again again"),
        "privacy/erasure/take-back/": row("405 405 405", "in 302 302"),
        "privacy/requests/": row("in 404 404", "405 405 405", roles=answers),
        "privacy/requests/<uuid:pk>/erase/": row(
            "in 404 404", "in 404 404", own=own_request, missing=missing, roles=step_up
        ),
        "privacy/requests/<uuid:pk>/refuse/": row(
            "in 404 404", "in 404 404", own=own_request, missing=missing, roles=step_up
        ),
        "privacy/papers/<slug:name>/": row(
            "in 404 404", "405 405 405", path="/privacy/papers/processing-record/", roles=papers
        ),
        "privacy/papers/<slug:name>/pdf/": row(
            "in 404 404", "405 405 405", path="/privacy/papers/works-council/pdf/", roles=papers
        ),
    }
