"""Who gets what from signals, advocates, arguments and roles that somebody aims for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.factories import PersonFactory
from tests.web.journey import made

from fairlead.web.journey.models import AimedRole, Argument

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = "00000000-0000-4000-8000-000000000000"
SHOWN = "405 405 405"


def asked(person: Any) -> dict[str, Any]:
    """Somebody asks the person to speak for them."""
    return {"pk": made.advocacy(PersonFactory.create(), person).pk}


def asking(person: Any) -> dict[str, Any]:
    return {"pk": made.advocacy(person, PersonFactory.create()).pk}


def over(person: Any) -> dict[str, Any]:
    return {"pk": made.advocacy(person, PersonFactory.create(), state="withdrawn").pk}


def own_argument(person: Any) -> dict[str, Any]:
    return {"pk": Argument.objects.create(owner=person, title="Lead of testing").pk}


def own_aim(person: Any) -> dict[str, Any]:
    return {"pk": AimedRole.objects.create(owner=person, title="Lead of testing").pk}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table."""
    missing = {"pk": NOWHERE}
    return {
        "journey/signals/": row("in 200 200", SHOWN),
        "journey/advocates/": row("in 200 200", SHOWN),
        "journey/advocates/ask/": row("in 200 200", "in 422 422"),
        "journey/advocates/<uuid:pk>/answer/": row(SHOWN, "in 422 404", own=asked, missing=missing),
        "journey/advocates/<uuid:pk>/take-back/": row(SHOWN, "in 302 404", own=asking, missing=missing),
        "journey/advocates/<uuid:pk>/remove/": row(SHOWN, "in 302 404", own=over, missing=missing),
        "journey/arguments/": row("in 200 200", "in 422 422"),
        "journey/arguments/<uuid:pk>/": row("in 200 404", SHOWN, own=own_argument, missing=missing),
        "journey/arguments/<uuid:pk>/change/": row(
            "in 200 404", "in 422 404", own=own_argument, missing=missing
        ),
        "journey/arguments/<uuid:pk>/delete/": row(SHOWN, "in 302 404", own=own_argument, missing=missing),
        "journey/aims/": row("in 200 200", "in 422 422"),
        "journey/aims/<uuid:pk>/": row("in 200 404", "in 422 404", own=own_aim, missing=missing),
        "journey/aims/<uuid:pk>/remove/": row(SHOWN, "in 302 404", own=own_aim, missing=missing),
    }
