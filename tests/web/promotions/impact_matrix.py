"""Who gets what from the addresses of selection rates, and of what one states about oneself."""

from __future__ import annotations

from typing import Any

from tests.web.promotions import impact_made

NOWHERE = {"pk": "00000000-0000-4000-8000-000000000000"}
READ = "405 405 405"
NOBODY = "in 404 404"
SEES = ("ada", "finn", "jon", "hugo", "ida")
"""People operations, the equality analyst, the auditor, the works council."""


def own_table(_person: Any) -> dict[str, Any]:
    return {"pk": impact_made.table().pk}


def own_file(_person: Any) -> dict[str, Any]:
    return {"pk": impact_made.table().pk, "form": "csv"}


def own_published(_person: Any) -> dict[str, Any]:
    return {"pk": impact_made.table(published=True).pk}


def people(get: str, post: str, *names: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(names, (get, post))


def rows(row: Any) -> dict[str, Any]:
    """The rows of the table."""
    analyst = people("again", "again", "jon")
    return {
        "promotions/about-me/": row("in 200 200", "in 302 302"),
        "promotions/about-me/take-back/": row(READ, "in 302 302"),
        "promotions/impact/": row(NOBODY, NOBODY, roles=people("again", "again", *SEES)),
        "promotions/impact/questions/": row(NOBODY, NOBODY, roles=analyst),
        "promotions/impact/<uuid:pk>/": row(
            NOBODY, READ, own=own_table, missing=NOWHERE, roles=people("again", "405", *SEES)
        ),
        "promotions/impact/<uuid:pk>/file/<slug:form>/": row(
            NOBODY, READ, own=own_file, missing=NOWHERE | {"form": "csv"}, roles=people("again", "405", "jon")
        ),
        "promotions/impact/<uuid:pk>/publish/": row(
            NOBODY, NOBODY, own=own_table, missing=NOWHERE, roles=analyst
        ),
        "promotions/impact/<uuid:pk>/take-down/": row(
            READ, NOBODY, own=own_published, missing=NOWHERE, roles=people("405", "again", "jon")
        ),
        "promotions/impact/<uuid:pk>/summary/": row("in 200 200", READ, own=own_published, missing=NOWHERE),
    }
