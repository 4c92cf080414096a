"""Who gets what from the pages about roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.factories import GrantFactory, PersonFactory

from fairlead.web.grants.models import Grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.web.people.models import Person

NOWHERE = "00000000-0000-4000-8000-000000000000"
SEE = ("ada", "finn", "gina", "hugo", "ida")
"""People operations, the system administrator, the auditor, the works council."""
GRANT = ("ada", "finn", "gina")


def waiting(person: Person) -> dict[str, Any]:
    """A role for the owner that waits, proposed by somebody outside the tests' organization."""
    row = GrantFactory.create(
        person=person,
        role="auditor",
        proposed_by=PersonFactory.create(),
        confirmed_by=None,
        confirmed_at=None,
    )
    return {"pk": row.pk}


def asked_to_coach(person: Person) -> dict[str, Any]:
    """Somebody asks the owner to be their coach."""
    asking = PersonFactory.create()
    row = Grant.objects.create(
        person=person,
        role="coach",
        over="person",
        over_id=asking.pk,
        since="2024-01-01",
        until="2099-12-31",
        reason="To learn",
        proposed_by=asking,
    )
    return {"pk": row.pk}


def standing(person: Person) -> dict[str, Any]:
    """A role of the owner."""
    return {"pk": GrantFactory.create(person=person, role="works_council").pk}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table."""

    def as_role(names: tuple[str, ...], get: str, post: str) -> dict[str, tuple[str, str]]:
        return dict.fromkeys(names, (get, post))

    gone = {"pk": NOWHERE}
    return {
        "roles/": row("in 404 404", "405 405 405", roles=as_role(SEE, "200", "405")),
        "roles/mine/": row("in 200 200", "405 405 405"),
        "roles/propose/": row("in 404 404", "in 404 404", roles=as_role(GRANT, "again", "again")),
        "roles/coach/": row("in 200 200", "in 422 422"),
        "roles/<uuid:pk>/confirm/": row(
            "405 405 405", "in 404 404", own=waiting, missing=gone, roles=as_role(GRANT, "405", "again")
        ),
        "roles/<uuid:pk>/agree/": row("405 405 405", "in 302 404", own=asked_to_coach, missing=gone),
        "roles/<uuid:pk>/decline/": row(
            "405 405 405", "in 302 404", own=waiting, missing=gone, roles=as_role(GRANT, "405", "302")
        ),
        "roles/<uuid:pk>/end/": row("in again again", "in again again", own=standing, missing=gone),
        "who-sees-what/": row("in 200 200", "405 405 405"),
    }
